"""Working days: weekends, the notices of the State Council, and the office's own list before both.

The days are those of 国务院办公厅关于2025年、2026年部分节假日安排的通知.
"""

from datetime import date

import pytest
from msgspec.structs import replace

from tests.support.ledgers import PLAN, knowing
from wyexcel.period import Period
from wyexcel.plan.schedule import due, overdue, unknown_holidays
from wyexcel.plan.working_days import (
    Holiday,
    is_known,
    is_working_day,
    working_day_from,
    working_days_after,
)

UNKNOWN_YEAR = 2040
"""A year of which no calendar knows the holidays yet."""


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 10, 8), False),
        (date(2025, 10, 9), True),
        (date(2025, 10, 11), True),
        (date(2025, 10, 12), False),
        (date(2026, 2, 14), True),
        (date(2026, 2, 20), False),
    ],
)
def test_holidays_and_the_days_worked_for_them_are_known(day: date, *, works: bool) -> None:
    assert is_working_day(day) is works


def test_what_the_office_typed_wins() -> None:
    own = (
        Holiday(first=date(2025, 10, 9), last=date(2025, 10, 10)),
        Holiday(first=date(2025, 10, 12), last=date(2025, 10, 12), worked=True),
    )

    assert not is_working_day(date(2025, 10, 10), own)
    assert is_working_day(date(2025, 10, 12), own)
    assert working_day_from(date(2025, 10, 9), own) == date(2025, 10, 11)


def test_a_year_that_nobody_knows_has_its_weekends_only() -> None:
    new_year = date(UNKNOWN_YEAR, 1, 2)
    own = (Holiday(first=new_year, last=new_year, name="元旦"),)

    assert not is_known(UNKNOWN_YEAR)
    assert is_known(UNKNOWN_YEAR, own)
    assert is_working_day(new_year)
    assert not is_working_day(new_year, own)
    assert not is_working_day(date(UNKNOWN_YEAR, 1, 1))


def test_a_due_date_of_a_year_without_known_holidays_says_so() -> None:
    plan = replace(PLAN, years=(UNKNOWN_YEAR,))

    sentence = unknown_holidays(plan, Period(UNKNOWN_YEAR, 6))

    assert sentence.startswith(f"{UNKNOWN_YEAR}年的节假日还不知道")
    assert "按周末推算为2040年7月10日" in sentence
    assert unknown_holidays(plan, Period(2025, 9)) == ""


def test_lateness_counts_working_days_only() -> None:
    assert working_days_after(date(2025, 9, 30), date(2025, 10, 8)) == 0
    assert working_days_after(date(2025, 9, 30), date(2025, 10, 13)) == 4
    assert working_days_after(date(2025, 10, 10), date(2025, 10, 9)) == 0


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("2025-08", date(2025, 9, 8)),
        ("2025-09", date(2025, 10, 10)),
        ("2025-12", date(2026, 1, 20)),
        ("2026-01", date(2026, 2, 9)),
        ("2026-04", date(2026, 5, 8)),
        ("2026-06", date(2026, 7, 10)),
    ],
)
def test_a_period_is_due_by_the_latest_of_its_dates_on_a_working_day(
    period: str, last: date
) -> None:
    assert due(PLAN, Period.parse(period)) == last


def test_the_office_may_set_each_of_the_three() -> None:
    plan = knowing(month_days=25, quarter_days=5, year_days=31)

    dates = [due(plan, Period(2025, month)) for month in (8, 9, 12)]

    assert dates == [date(2025, 9, 25), date(2025, 10, 27), date(2026, 2, 2)]


def test_a_saturday_after_the_last_day_is_late_by_no_working_day() -> None:
    assert overdue(PLAN, Period(2025, 12), date(2026, 1, 20)) == ""
    assert overdue(PLAN, Period(2025, 12), date(2026, 1, 21)) == "已逾期1个工作日"
    assert overdue(PLAN, Period(2026, 6), date(2026, 7, 11)) == "已过截止日"

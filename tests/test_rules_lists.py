from datetime import date, datetime

import pytest
from forms import Answers, findings, found

from wyexcel.rolls import day, words

GOOD = ("富硒茶精深加工", "2403-511781-04-01-000001", "白沙", "2025-03-28", 6800, "")


def listed(*rows: tuple[object, ...]) -> Answers:
    """The committee's form with *rows* in 竣工项目 and its count left to them."""
    return Answers(typed={("C09", "全区"): None}, lists={"C09": rows})


def changed(**columns: object) -> tuple[object, ...]:
    names = ("name", "id", "park", "date", "amount", "note")
    return tuple({**dict(zip(names, GOOD, strict=True)), **columns}.values())


def test_a_listed_thing_says_what_where_and_when() -> None:
    assert found(listed(GOOD)) == []
    assert found(listed(changed(id=None, park=""))) == [("V01", "C4"), ("V01", "D4")]


def test_what_stands_in_the_second_row_is_told_there() -> None:
    assert found(listed(GOOD, changed(name="", id="2"))) == [("V01", "B5")]


@pytest.mark.parametrize(
    "typed",
    [
        "2025-03-28",
        "2025/3/28",
        "2025.3.28",
        "2025年3月28日",
        "20250328",
        20250328.0,
        "２０２５-3-28",
    ],
)
def test_a_day_may_be_written_as_people_write_it(typed: object) -> None:
    assert day(typed) == date(2025, 3, 28)  # type: ignore[arg-type]
    assert found(listed(changed(date=typed))) == []


def test_a_day_may_be_a_date() -> None:
    moment = datetime(2025, 3, 28)  # noqa: DTZ001 - cells know no time zone

    assert found(listed(changed(date=moment))) == []


@pytest.mark.parametrize("typed", ["2025年3月", "三月底", "2025-02-30", 45744.0, "25-3-28"])
def test_a_day_that_cannot_be_read_is_told(typed: object) -> None:
    assert found(listed(changed(date=typed))) == [("V12", "E4")]


def test_a_park_is_one_of_the_plan() -> None:
    assert found(listed(changed(park="白沙园区"))) == [("V14", "D4")]
    assert found(listed(changed(park="未分园区"))) == []


def test_an_amount_is_a_number_or_nothing() -> None:
    [finding] = findings(listed(changed(amount="6800万元")))

    assert (finding.rule, finding.cell, finding.suggestion) == ("V02", "F4", 6800)
    assert found(listed(changed(amount=None))) == []


def test_one_thing_is_not_in_two_parks() -> None:
    assert found(listed(GOOD, changed(park="官渡"))) == [("U03", "D5")]
    assert found(listed(GOOD, changed(name="另一个项目", id="2", park="官渡"))) == []


def test_a_code_that_became_a_number_keeps_its_digits() -> None:
    assert words(2403511781040001.0) == "2403511781040001"

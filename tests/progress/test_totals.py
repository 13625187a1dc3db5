from decimal import Decimal
from fractions import Fraction

import pytest

from tests.support.ledgers import (
    COMMITTEE,
    INDUSTRY,
    INVESTMENT,
    PLAN,
    SCIENCE,
    changed,
    said,
    split,
    stand,
)
from wyexcel.files.number_display import format_number
from wyexcel.forms.submission import Submission
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.status import Status
from wyexcel.progress import ledger, totals
from wyexcel.progress.totals import Report

PERIOD = Period(2025, 9)


def total(element: str, report: Submission) -> Report:
    entries = ledger.ledger_of([report], PLAN)
    return totals.aggregate(entries, PLAN, PERIOD)[element, report.unit]


def test_parks_and_buckets_add_up_to_the_zone() -> None:
    report = said(COMMITTEE, "C02 白沙 1\nC02 官渡 2\nC02 青花 3\nC02 区内园外 4\nC02 未分园区 5")

    assert total("C02", report).value == 15
    assert total("C02", report).parks["区内园外"] == 4
    assert [cell.cell for cell in total("C02", report).cells] == ["D7", "D8", "D9", "D10", "D11"]


def test_some_parks_are_never_taken_for_the_whole() -> None:
    report = said(COMMITTEE, "C02 白沙 1\nC02 官渡 2\nC02 青花 3\nC02 区内园外 4\nC02 未分园区 -")

    assert total("C02", report).value is None
    assert total("C02", report).parks == {"白沙": 1, "官渡": 2, "青花": 3, "区内园外": 4}


def test_a_typed_whole_stands_where_a_park_is_missing() -> None:
    report = said(COMMITTEE, "C02 白沙 1\nC02 官渡 2\nC02 全区 9")

    assert total("C02", report).value == 9
    assert [cell.cell for cell in total("C02", report).cells] == ["D9"]


def test_decimals_are_added_without_a_trace_of_binary() -> None:
    assert total("C02", said(COMMITTEE, split("C02 8.1 9.2 6.7"))).value == 24


def test_numbers_far_apart_in_size_lose_no_digit() -> None:
    report = said(COMMITTEE, split("C02 123456789012345 0.0000000000000000001 0"))

    assert total("C02", report).value == Decimal("123456789012345.0000000000000000001")


def test_a_list_is_counted_by_distinct_id_and_by_date() -> None:
    report = said(
        INDUSTRY,
        "C09 全区 9",
        listed="""
        C09 2403-01 茶厂 白沙 2025-01-01
        C09 2403-01 茶厂（二期） 白沙 2025-02-01
        C09 2403-02 冷链 官渡 2025-09-30
        C09 2403-03 下期的 官渡 2025-10-01
        C09 2403-04 去年的 官渡 2024-12-31
        """,
    )

    counted = total("C09", report)

    assert counted.value == 2
    assert [(i.name, i.source.cell) for i in counted.listed.values()] == [
        ("茶厂", "B5"),
        ("冷链", "B7"),
    ]


def test_an_empty_list_with_a_typed_zero_is_zero() -> None:
    counted = total("C10", said(INVESTMENT, "C10 全区 0"))

    assert counted.value == 0
    assert [cell.cell for cell in counted.cells] == ["D7"]


def test_other_periods_in_the_ledger_do_not_count() -> None:
    reports = [
        said(SCIENCE, "C07 全区 300", period="2025-06", file="6.xlsx"),
        said(SCIENCE, "C07 全区 748.7", file="9.xlsx"),
    ]

    summed = totals.aggregate(ledger.ledger_of(reports, PLAN), PLAN, PERIOD)

    assert summed["C07", SCIENCE].value == Decimal("748.7")


INSPECTED = changed(7, targets={2025: Decimal(97)}, tolerance=Decimal("0.5"))
"""Batches passed of batches inspected, in the cells of #7 (X13 of domain.md A2)."""


@pytest.mark.parametrize(
    ("no", "plan", "numbers", "expected"),
    [
        (
            3,
            PLAN,
            """
            C03a 50000 0      0
            C03b 0     114000 0
            C03c 0     0      12000
            C04  60000 120000 30000
            """,
            ("83.8", "72.8", Status.MISSED),
        ),
        (
            7,
            PLAN,
            """
            C07 700    150    100
            C06 150000 120000 150000
            """,
            ("0.226", "0.219", Status.REACHED),
        ),
        (
            7,
            INSPECTED,
            """
            C07 76 10 10
            C06 80 10 10
            """,
            ("96.0", "98.3", Status.MISSED),
        ),
    ],
)
def test_a_ratio_is_a_ratio_of_sums_and_never_a_mean_of_parks(
    no: int, plan: Plan, numbers: str, expected: tuple[str, str, Status]
) -> None:
    actual, mean, status = expected
    standing = stand(no, said(COMMITTEE, split(numbers)), plan=plan)

    parks = [value for value in standing.parks.values() if value is not None]
    decimals = len(actual.partition(".")[2])
    assert format_number(standing.actual, decimals) == actual
    assert format_number(sum(parks, Fraction(0)) / 3, decimals) == mean
    assert standing.status is status


def test_dividing_by_nothing_gives_no_ratio_and_no_error() -> None:
    standing = stand(3, said(COMMITTEE, split("C03a 0 0 0\nC03b 0 0 0\nC03c 0 0 0\nC04 0 0 0")))

    assert standing.actual is None
    assert standing.status is Status.NOT_APPLICABLE  # zeros were reported: it is not 未报
    assert standing.reason == "分母合计为0，不能计算比率，不作评判。"

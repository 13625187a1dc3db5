"""What is due when: even pace, whole things, the office's own quarters, January."""

from fractions import Fraction

import pytest

from tests.support.ledgers import TRADE, changed, knowing, output, projects, said, stand
from wyexcel.files.number_display import format_number
from wyexcel.plan.plan import Plan
from wyexcel.plan.status import Status


def test_a_third_of_what_was_due_in_the_first_quarter_is_far_behind() -> None:
    standing = output("20000", period="2025-03")

    assert format_number(standing.gap, 1) == "－16.7"
    assert format_number(standing.attainment, 0) == "33"
    assert standing.status is Status.FAR_BEHIND


def test_what_is_due_of_a_small_count_is_whole_things() -> None:
    due = {
        (no, year): [
            int(projects(no, 0, period=f"{year}-{month:02}").expected or 0)
            for month in (3, 6, 9, 12)
        ]
        for no, year in ((9, 2025), (9, 2026), (8, 2025))
    }

    assert due == {(9, 2025): [0, 0, 0, 1], (9, 2026): [0, 1, 1, 2], (8, 2025): [2, 4, 6, 8]}


def test_one_of_two_is_on_pace_from_the_second_quarter_and_behind_at_year_end() -> None:
    periods = ("2026-03", "2026-06", "2026-09", "2026-12")

    assert [projects(9, 1, period=period).status for period in periods] == [
        Status.NOT_DUE,
        Status.ON_PACE,
        Status.ON_PACE,
        Status.FAR_BEHIND,
    ]


@pytest.mark.parametrize("month", [1, 3, 9, 12])
def test_what_is_done_is_done_also_before_anything_is_due(month: int) -> None:
    standing = projects(9, 1, period=f"2025-{month:02}")

    assert standing.status is Status.DONE
    assert standing.reason == "累计1÷目标1＝100.0%，已完成全年任务。"


def test_an_amount_that_is_done_is_done_also_where_the_plan_asks_nothing_yet() -> None:
    rows = [f"2 2025 {quarter}季度计划 0" for quarter in "一二三"]
    plan = knowing(*rows, "2 2025 四季度计划 24")

    assert output("240000", plan=plan).status is Status.DONE
    assert output("239999", plan=plan).status is Status.NOT_DUE


def test_nothing_is_not_yet_due_at_the_end_of_the_year() -> None:
    assert projects(9, 0).status is Status.NOT_DUE
    assert projects(9, 0, period="2025-12").status is Status.FAR_BEHIND


def test_a_whole_thing_that_is_due_by_half_is_called_so() -> None:
    standing = projects(9, 0, period="2026-09")

    assert standing.expected == 1
    assert "时序75.0%应达1个（按整个计），欠1个" in standing.reason


def test_fifty_times_the_target_is_said_in_words() -> None:
    half = stand(11, said(TRADE, "C14 全区 5", period="2026-06"), period="2026-06")
    fifty = stand(11, said(TRADE, "C14 全区 500", period="2026-06"), period="2026-06")

    assert (half.completion, half.status) == (50, Status.ON_PACE)
    assert (fifty.completion, fifty.status) == (5000, Status.DONE)
    assert "超额完成（50倍）" in fifty.reason


def test_twice_the_target_is_not_yet_said_in_times() -> None:
    twice, more = (
        stand(11, said(TRADE, f"C14 全区 {amount}", period="2026-06"), period="2026-06")
        for amount in (20, 25)
    )

    assert "倍" not in twice.reason
    assert "超额完成（2.5倍）" in more.reason


def test_an_amount_printed_without_decimals_is_due_in_parts() -> None:
    assert output("1", period="2025-02", plan=changed(2, decimals=0)).expected == 4
    assert output("1", period="2025-01", plan=changed(2, decimals=0)).expected == 2
    assert output("1", period="2026-01", plan=changed(2, decimals=0)).expected == Fraction(31, 12)


def test_a_lagging_amount_says_what_each_month_that_is_left_needs() -> None:
    assert output("176000").outlook == "后3个月需月均2.13亿元，为前9个月月均1.96亿元的1.09倍"
    assert output("0").outlook == "后3个月需月均8.00亿元"
    assert output("200000").outlook == ""
    assert output("176000", period="2025-12").outlook == ""


def test_january_is_exempt_where_the_statistics_have_none() -> None:
    standing = output("-", period="2025-01")

    assert (standing.status, standing.reason) == (Status.NOT_DUE, "1月免报，不作评判。")
    assert stand(10, period="2025-01").status is Status.UNREPORTED
    assert output("-", period="2025-02").status is Status.UNREPORTED
    assert output("20000", period="2025-01").status is Status.ON_PACE


QUARTERS = ("2 2025 一季度计划 3", "2 2025 二季度计划 9", "2 2025 三季度计划 15")
CUMULATIVE = knowing(*QUARTERS, "2 2025 四季度计划 24")
INCREMENTS = knowing(
    "2 2025 一季度计划 3",
    "2 2025 二季度计划 6",
    "2 2025 三季度计划 6",
    "2 2025 四季度计划 9",
    quarter_plans_cumulative=False,
)


@pytest.mark.parametrize("plan", [CUMULATIVE, INCREMENTS], ids=["cumulative", "increments"])
@pytest.mark.parametrize(
    ("month", "expected"), [(1, 1), (3, 3), (4, 5), (6, 9), (8, 13), (9, 15), (11, 21), (12, 24)]
)
def test_the_office_plans_quarters_and_months_between_them_run_evenly(
    plan: Plan, month: int, expected: int
) -> None:
    standing = output("30000", period=f"2025-{month:02}", plan=plan)

    assert standing.expected == expected
    assert standing.due == Fraction(expected, 24) * 100
    assert standing.attainment == Fraction(3, expected) * 100


def test_a_planned_schedule_is_named_in_reason_and_remark() -> None:
    at_quarter, between = (
        output("140000", plan=CUMULATIVE),
        output("30000", period="2025-04", plan=CUMULATIVE),
    )

    assert "计划进度62.5%" in at_quarter.reason
    assert at_quarter.remarks == ("应达数按季度计划折算",)
    assert between.remarks == ("应达数按季度计划折算，季度之间按月均匀折算",)


def test_quarter_plans_of_one_park_are_not_those_of_the_zone() -> None:
    plan = knowing(*(f"2 2025 {q}季度计划 1 白沙" for q in "一二三四"))

    assert output("180000", plan=plan).expected == 18


def test_nothing_planned_for_a_quarter_is_not_due() -> None:
    plan = knowing(
        "2 2025 一季度计划 0",
        "2 2025 二季度计划 9",
        "2 2025 三季度计划 15",
        "2 2025 四季度计划 24",
    )

    standing = output("0", period="2025-03", plan=plan)

    assert standing.status is Status.NOT_DUE
    assert standing.reason == "计划进度0.0%，本期不作要求；累计0亿元。"

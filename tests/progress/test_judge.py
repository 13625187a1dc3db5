"""Statuses of levels, and what the office may set: bands, method, escalation."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.support.ledgers import (
    COMMITTEE,
    INDUSTRY,
    PLAN,
    all_stand,
    changed,
    enterprises,
    knowing,
    output,
    projects,
    said,
    split,
    stand,
)
from wyexcel.files.number_display import format_number
from wyexcel.period import Period
from wyexcel.plan.plan import Direction, Plan
from wyexcel.plan.status import Colour, Method, Status
from wyexcel.progress.standing import Standing
from wyexcel.reports.indicator_cells import status_words
from wyexcel.reports.quarterly.bulletin_document import overall_sentence


def test_a_level_without_a_baseline_is_shown_and_not_judged() -> None:
    standing = enterprises("12", plan=PLAN)

    assert standing.status is Status.NO_BASELINE
    assert format_number(standing.completion, 1) == "85.7"
    assert (standing.net_completion, standing.expected, standing.attainment) == (None, None, None)
    assert "基期与分解" in standing.reason
    assert standing.remarks == ("缺基期数",)


def test_a_level_that_is_reached_can_fall_back_with_or_without_a_baseline() -> None:
    assert enterprises("14", plan=PLAN).status is Status.REACHED_SO_FAR
    assert enterprises("15").status is Status.REACHED_SO_FAR


def test_the_baseline_of_another_year_is_none() -> None:
    assert enterprises("12", period="2026-06").status is Status.NO_BASELINE


@pytest.mark.parametrize(
    ("count", "expected", "status"),
    [
        ("14", 14, Status.NOT_DUE),
        ("13", 14, Status.FAR_BEHIND),
        ("15", 14, Status.NOT_DUE),
    ],
)
def test_no_whole_enterprise_is_due_in_the_first_quarter_of_three_in_a_year(
    count: str, expected: int, status: Status
) -> None:
    standing = enterprises(count, period="2026-03", plan=knowing("1 2026 基期 14"))

    assert standing.expected == expected
    assert standing.status is status
    assert f"期末{count}户" in standing.reason


def test_status_and_gap_of_a_level_never_disagree() -> None:
    lagging = {Status.BEHIND, Status.FAR_BEHIND}
    for month in range(1, 13):
        for count in range(8, 14):
            standing = enterprises(str(count), period=f"2025-{month:02}")
            assert standing.gap is not None
            assert (standing.gap < 0) == (standing.status in lagging), standing.reason


def test_a_level_to_be_kept_is_a_floor() -> None:
    kept = knowing("1 2025 基期 14")

    assert enterprises("14", plan=kept).status is Status.REACHED_SO_FAR
    assert enterprises("13", plan=kept).status is Status.BEHIND
    assert enterprises("13", plan=kept).reason == (
        "期末13户（目标的92.9%），目标与基期相同，欠1户；达成率92.9%。"
    )


@pytest.mark.parametrize(
    ("amount", "status"),
    [
        ("204000", Status.AHEAD),
        ("203999", Status.ON_PACE),
        ("180000", Status.ON_PACE),
        ("179999", Status.CLOSE),
        ("156000", Status.CLOSE),
        ("155999", Status.BEHIND),
        ("108000", Status.BEHIND),
        ("107999", Status.FAR_BEHIND),
    ],
)
def test_percentage_points_may_be_the_rule_and_leave_no_hole(amount: str, status: Status) -> None:
    standing = output(amount, plan=knowing(method=Method.POINTS))

    assert standing.status is status
    assert "达成率" not in standing.reason


def test_under_percentage_points_things_are_explained_by_them_too() -> None:
    standing = projects(8, 4, plan=knowing(method=Method.POINTS))

    assert standing.status is Status.BEHIND
    assert standing.reason == "累计4÷目标8＝50.0%，时序75.0%应达6个，欠25.0个百分点。"


@pytest.mark.parametrize(
    ("energy", "status", "words"),
    [
        ("84", Status.REACHED, "低1.00个百分点"),
        ("86", Status.CLOSE, "高1.00个百分点，未超过1个百分点的容差"),
        ("86.5", Status.MISSED, "高1.50个百分点，超过1个百分点的容差"),
    ],
)
def test_a_ratio_that_should_fall_is_reached_from_above(
    energy: str, status: Status, words: str
) -> None:
    parts = split(f"C03a {energy} 0 0\nC03b 0 0 0\nC03c 0 0 0\nC04 100 0 0")

    standing = stand(3, said(COMMITTEE, parts), plan=changed(3, direction=Direction.DOWN))

    assert standing.status is status
    assert standing.reason.endswith(f"，目标85.00%，{words}。")


def test_ratios_go_by_tolerance_under_every_rule() -> None:
    parts = split("C03a 84 0 0\nC03b 0 0 0\nC03c 0 0 0\nC04 100 0 0")

    standing = stand(3, said(COMMITTEE, parts), plan=knowing(method=Method.POINTS))

    assert standing.status is Status.CLOSE


def quarters(plan: Plan, *amounts: str | None, first: int = 1) -> list[tuple[Standing, ...]]:
    """Every indicator in one quarter after another; #2 is at *amounts*, None is no report."""
    stood: list[tuple[Standing, ...]] = []
    for number, amount in enumerate(amounts, first):
        period = f"2025-{3 * number:02}"
        reports = [said(INDUSTRY, f"C02 全区 {amount}", period=period)] if amount else []
        stood.append(all_stand(*reports, plan=plan, period=period, before=stood))
    return stood


@pytest.mark.parametrize("escalate", [True, False])
def test_yellow_twice_in_a_row_is_printed_red_and_stays_what_it_is(*, escalate: bool) -> None:
    plan = knowing(escalate=escalate)

    first, second = (s[1] for s in quarters(plan, "50000", "110000"))

    assert (first.status, second.status) == (Status.BEHIND, Status.BEHIND)
    assert (first.colour, first.periods_behind) == (Colour.YELLOW, 1)
    assert second.periods_behind == 2
    assert second.colour is (Colour.RED if escalate else Colour.YELLOW)
    assert status_words(second) == ("欠进度（连续2期，红）" if escalate else "欠进度")
    assert ("本年连续2期没有达到要求" in "".join(second.remarks)) == escalate


@pytest.mark.parametrize(
    ("amount", "colour"),
    [("113999.99", Colour.RED), ("114000", Colour.YELLOW), ("119999", Colour.YELLOW)],
)
def test_what_is_nearly_there_is_never_red_again(amount: str, colour: Colour) -> None:
    """Of 12 亿元 that are due by June 95 % are 11.4 亿元."""
    [_, second] = quarters(knowing(escalate=True), "50000", amount)

    assert (second[1].status, second[1].colour) == (Status.BEHIND, colour)
    assert second[1].attainment is not None
    printed = second[1].reason.rpartition("达成率")[2].removesuffix("%。")
    assert (Fraction(printed) < 95) == (colour is Colour.RED)


def test_yellow_after_red_is_printed_red_and_counted_as_yellow() -> None:
    [first, second] = quarters(knowing(escalate=True), "10000", "110000")

    assert first[1].status is Status.FAR_BEHIND
    assert (second[1].status, second[1].colour) == (Status.BEHIND, Colour.RED)
    assert "欠进度1项" in overall_sentence(second, Period(2025, 6))


def test_close_twice_in_a_row_is_close_and_a_ratio_that_is_reached_ends_it() -> None:
    plan = changed(3, plan=knowing(escalate=True), tolerance=Decimal(10))

    def share(dominant: int, period: str, *before: tuple[Standing, ...]) -> tuple[Standing, ...]:
        parts = split(f"C03a {dominant} 0 0\nC03b 0 0 0\nC03c 0 0 0\nC04 100 0 0")
        reports = [said(COMMITTEE, parts, period=period)]
        return all_stand(*reports, plan=plan, period=period, before=before)

    first = share(80, "2025-03")
    second = share(80, "2025-06", first)
    nearly = share(84, "2025-06", first)
    reached = share(85, "2025-09", first, second)

    assert [s[2].status for s in (first, second)] == [Status.CLOSE, Status.CLOSE]
    assert [s[2].colour for s in (first, second, nearly)] == [
        Colour.YELLOW,
        Colour.RED,
        Colour.YELLOW,
    ]
    assert (reached[2].status, reached[2].periods_behind) == (Status.REACHED, 0)
    assert share(80, "2025-12", first, second, reached)[2].periods_behind == 1


def test_a_period_without_a_report_neither_adds_to_the_count_nor_ends_it() -> None:
    first, silent, third = quarters(PLAN, "50000", None, "160000")

    assert (first[1].periods_behind, silent[1].periods_behind) == (1, 0)
    assert (third[1].periods_behind, third[1].missed) == (2, ("2025-06",))


def test_a_period_before_the_first_lag_is_not_missed() -> None:
    _, second = quarters(PLAN, None, "110000")

    assert (second[1].periods_behind, second[1].missed) == (1, ())


def test_a_period_on_pace_ends_the_count_of_lagging_periods() -> None:
    *_, third = quarters(PLAN, "50000", "120000", "160000")

    assert third[1].periods_behind == 1

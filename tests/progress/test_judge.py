"""Statuses of levels, and what the office may set: bands, method, escalation."""

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
from wyexcel.plan.plan import Direction
from wyexcel.plan.status import Method, Status
from wyexcel.progress.standing import Standing


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
        ("15", 14, Status.AHEAD),
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


@pytest.mark.parametrize(("escalate", "status"), [(True, "严重欠进度"), (False, "欠进度")])
def test_yellow_twice_in_a_row_is_red_where_the_office_wants_it(
    *, escalate: bool, status: str
) -> None:
    plan = knowing(escalate=escalate)
    june = all_stand(
        said(INDUSTRY, "C02 全区 110000", period="2025-06"), plan=plan, period="2025-06"
    )

    september = stand(2, said(INDUSTRY, "C02 全区 176000"), plan=plan, before=[june])

    assert june[1].status is Status.BEHIND
    assert september.status == status
    assert ("升级" in "".join(september.remarks)) == escalate
    assert (june[1].periods_behind, september.periods_behind) == (1, 2)


def test_close_twice_in_a_row_is_missed_and_a_ratio_that_is_reached_ends_it() -> None:
    plan = knowing(escalate=True)

    def share(dominant: int, period: str, *before: tuple[Standing, ...]) -> tuple[Standing, ...]:
        parts = split(f"C03a {dominant} 0 0\nC03b 0 0 0\nC03c 0 0 0\nC04 100 0 0")
        reports = [said(COMMITTEE, parts, period=period)]
        return all_stand(*reports, plan=plan, period=period, before=before)

    first = share(84, "2025-03")
    second = share(84, "2025-06", first)
    reached = share(85, "2025-09", first, second)

    assert [s[2].status for s in (first, second)] == [Status.CLOSE, Status.MISSED]
    assert [s[2].periods_behind for s in (first, second)] == [1, 2]
    assert (reached[2].status, reached[2].periods_behind) == (Status.REACHED, 0)
    assert share(84, "2025-12", reached)[2].status is Status.CLOSE


def test_a_period_without_a_report_ends_the_count_too() -> None:
    june = all_stand(said(INDUSTRY, "C02 全区 110000", period="2025-06"), period="2025-06")
    silent = all_stand(period="2025-07", before=[june])

    september = stand(2, said(INDUSTRY, "C02 全区 176000"), before=[june, silent])

    assert silent[1].periods_behind == 0
    assert september.periods_behind == 1


def test_a_period_on_pace_ends_the_count_of_lagging_periods() -> None:
    june = all_stand(said(INDUSTRY, "C02 全区 110000", period="2025-06"), period="2025-06")

    assert stand(2, said(INDUSTRY, "C02 全区 180000"), before=[june]).periods_behind == 0

"""One basis for everything printed: what is due, gap, text and status agree (domain.md B2, B3)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.support.ledgers import (
    BASELINE,
    COMMITTEE,
    INDUSTRY,
    PLAN,
    all_stand,
    enterprises,
    knowing,
    output,
    projects,
    said,
    split,
)
from wyexcel.files.writing.sheet import Sheet
from wyexcel.letters.supervision_letter import supervision_letters
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.status import LAGGING, Method, Status
from wyexcel.progress import ledger, reconcile, totals
from wyexcel.progress.standing import Standing
from wyexcel.reports.indicator_cells import completion_cell, gap_cell, schedule_cell
from wyexcel.reports.quarterly.annex_lagging import lagging_annex
from wyexcel.reports.quarterly.bulletin import bulletin_sheets
from wyexcel.reports.quarterly.bulletin_document import bulletin_document
from wyexcel.reports.quarterly.indicator_sentences import indicator_sentence
from wyexcel.reports.standings_sheet import standings_sheet
from wyexcel.reports.totals_sheet import totals_sheet

SEPTEMBER = Period(2025, 9)
POINTS = knowing(method=Method.POINTS)


def words(sheets: Sequence[Sheet]) -> str:
    return "\n".join(str(c.value) for s in sheets for row in s.rows for c in row.cells if c)


# ---- things are due whole ----


@pytest.mark.parametrize("plan", [PLAN, POINTS], ids=["达成率", "百分点"])
def test_one_of_two_in_september_is_what_was_due(plan: Plan) -> None:
    standing = projects(9, 1, period="2026-09", plan=plan)

    assert (standing.expected, standing.gap, standing.gap_points) == (1, 0, 0)
    assert standing.status is Status.ON_PACE
    cells = completion_cell(standing), schedule_cell(standing), gap_cell(standing)
    assert [cell.value for cell in cells] == [50, 50, 0]
    assert indicator_sentence(standing).endswith("完成年度目标50.0%，应达1个，与时序进度持平。")


@pytest.mark.parametrize("plan", [knowing("1 2025 基期 10"), POINTS], ids=["达成率", "百分点"])
def test_nothing_is_ever_listed_as_lagging_by_nothing(plan: Plan) -> None:
    for month in range(1, 13):
        period = f"2025-{month:02}"
        standings = [
            *(projects(8, count, period=period, plan=plan) for count in range(9)),
            *(enterprises(str(count), period=period, plan=plan) for count in range(8, 15)),
        ]
        for standing in standings:
            behind = standing.status in LAGGING
            assert behind == (standing.gap is not None and standing.gap < 0), standing.reason
            assert not behind or standing.gap_points is None or standing.gap_points < 0


def test_whole_things_that_are_due_say_what_part_they_are_where_points_judge() -> None:
    standing = projects(8, 1, period="2025-05", plan=POINTS)

    assert standing.reason == (
        "累计1÷目标8＝12.5%，时序41.7%应达3个（按整个计，为37.5%），欠25.0个百分点。"
    )


# ---- before a whole thing is due, and at the end of the year ----


def test_a_level_below_where_the_year_began_lags_and_one_above_is_not_due() -> None:
    plan = knowing("1 2026 基期 14")

    below, same, above = (
        enterprises(count, period="2026-03", plan=plan) for count in ("13", "14", "16")
    )

    assert [s.status for s in (below, same, above)] == [
        Status.FAR_BEHIND,
        Status.NOT_DUE,
        Status.NOT_DUE,
    ]
    assert {s.attainment for s in (below, same, above)} == {None}


@pytest.mark.parametrize(
    ("count", "status", "reason"),
    [
        ("14", Status.DONE, "期末14户，已达到目标14户。"),
        (
            "13",
            Status.BEHIND,
            "期末13户（目标的92.9%），没有基期数，年末按年度目标评判，欠1户；达成率92.9%。",
        ),
        (
            "11",
            Status.FAR_BEHIND,
            "期末11户（目标的78.6%），没有基期数，年末按年度目标评判，欠3户；达成率78.6%。",
        ),
    ],
)
def test_in_december_a_level_without_baseline_is_judged_on_the_target(
    count: str, status: Status, reason: str
) -> None:
    standing = enterprises(count, period="2025-12", plan=PLAN)

    assert (standing.status, standing.reason) == (status, reason)
    assert standing.attainment == Fraction(int(count) * 100, 14)
    assert standing.gap == int(count) - 14
    assert standing.remarks == ()


def test_a_level_that_is_reached_is_done_in_december_only() -> None:
    assert enterprises("14", period="2025-12").status is Status.DONE
    assert enterprises("14", period="2025-11").status is Status.REACHED_SO_FAR
    assert "已达到年度目标。" in indicator_sentence(enterprises("14", period="2025-12"))


@pytest.mark.parametrize("plan", [BASELINE, PLAN, POINTS], ids=["基期", "缺基期", "百分点"])
def test_in_december_nothing_is_not_yet_due_and_nothing_lacks_a_baseline(plan: Plan) -> None:
    period = "2025-12"
    for count in range(16):
        things = projects(9, min(count, 1), period=period, plan=plan)
        level = enterprises(str(count), period=period, plan=plan)
        assert {things.status, level.status} & {Status.NOT_DUE, Status.NO_BASELINE} == set()


# ---- 季度计划 is 计划进度 ----

QUARTERS = {
    1: ("11", "11", "13", "14"),
    2: ("3", "3.6", "15", "24"),
    8: ("1", "2", "5", "8"),
}
PLANNED = tuple(
    f"{no} 2025 {quarter}季度计划 {value}"
    for no, values in QUARTERS.items()
    for quarter, value in zip("一二三四", values, strict=True)
)


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("amount", ["0.5", "1", "1.2"])
def test_the_office_plan_is_never_called_the_calendar(method: Method, amount: str) -> None:
    plan = knowing("1 2025 基期 10", *PLANNED, method=method)
    share = Fraction(amount)
    standings = (
        enterprises(str(int(10 + 3 * share)), plan=plan),
        output(str(int(150000 * share)), plan=plan),
        projects(8, int(5 * share), plan=plan),
    )

    for standing in standings:
        for text in (standing.reason, indicator_sentence(standing)):
            assert "时序" not in text, text
    assert all("计划进度" in s.reason for s in standings)
    lagging = [s for s in standings if s.status in LAGGING]
    for letter in supervision_letters(standings, plan, SEPTEMBER, Period(2025, 10).end):
        assert "时序" not in str(letter)
    assert bool(lagging) == (amount == "0.5")
    text = words(
        bulletin_sheets(
            standings, bulletin_document(standings, (), plan, SEPTEMBER), plan, SEPTEMBER
        )
    )
    assert "达到时序" not in text
    assert "达到进度（达标）" in text


def test_half_a_year_by_plan_says_plan_where_the_calendar_would_say_otherwise() -> None:
    standing = output("48000", period="2025-06", plan=knowing(*PLANNED))

    assert standing.reason == (
        "累计4.80÷目标24.00＝20.0%，计划进度15.0%，超5.0个百分点；达成率133.3%。"
    )
    assert indicator_sentence(standing).endswith("完成年度目标20.0%，超计划进度5.0个百分点。")


# ---- digits until two numbers differ ----


def lacking(standing: Standing) -> list[object]:
    """应达, 实际 and 欠额 as 附件3 prints them."""
    rows = [[c and c.value for c in r.cells] for r in lagging_annex((standing,), SEPTEMBER).rows]
    return next(row[3:6] for row in rows if row[0] == 1)


@pytest.mark.parametrize(
    ("amount", "due", "actual", "missing"),
    [
        ("176000", "18.00亿元", "17.60亿元", "欠0.40亿元"),
        ("179999", "18.0000亿元", "17.9999亿元", "欠0.0001亿元"),
        ("179999.99", "18.000000亿元", "17.999999亿元", "欠0.000001亿元"),
        ("179999.9999", "18.00亿元", "18.00亿元", "持平"),
    ],
)
def test_what_is_due_and_what_is_there_differ_where_they_do(
    amount: str, due: str, actual: str, missing: str
) -> None:
    standing = output(amount)

    assert standing.status is Status.BEHIND
    assert lacking(standing) == [due, actual, missing]


@pytest.mark.parametrize(
    ("amount", "rate", "gap"),
    [
        ("179000", "74.6%", "欠时序进度0.4个百分点"),
        ("179999", "74.9996%", "欠时序进度0.0004个百分点"),
        ("179999.99", "74.999996%", "欠时序进度0.000004个百分点"),
        ("179999.9999", "75.0%", "与时序进度持平"),
    ],
)
def test_rate_and_schedule_differ_where_they_do(amount: str, rate: str, gap: str) -> None:
    standing = output(amount)

    assert standing.status is Status.BEHIND
    assert indicator_sentence(standing).endswith(f"完成年度目标{rate}，{gap}。")


@pytest.mark.parametrize(
    ("amount", "formats"),
    [
        ("179000", ["0.0", "0.0", "+0.0;-0.0;0.0"]),
        ("179999.99", ["0.000000", "0.000000", "+0.000000;-0.000000;0.000000"]),
        ("179999.9999", ["0.0", "0.0", ""]),
    ],
)
def test_the_cells_beside_each_other_have_the_same_digits(amount: str, formats: list[str]) -> None:
    standing = output(amount)

    cells = completion_cell(standing), schedule_cell(standing), gap_cell(standing)
    assert [cell.format for cell in cells] == formats
    assert (cells[2].value == "持平") == (not formats[2])
    printed = words([standings_sheet((standing,), SEPTEMBER)])
    assert ("持平" in printed) == (not formats[2])


def test_a_rate_just_below_a_bound_is_never_printed_as_the_bound() -> None:
    standing = output("143999.999999")

    assert standing.status is Status.FAR_BEHIND
    assert standing.reason.endswith("；达成率不足80%。")
    assert "不足80%" in words([standings_sheet((standing,), SEPTEMBER)]).splitlines()


def test_two_units_that_differ_are_printed_differently() -> None:
    reports = said(INDUSTRY, "C02 全区 176000"), said(COMMITTEE, split("C02 176001 0 0"))

    text = words([totals_sheet(all_stand(*reports), PLAN, SEPTEMBER)])

    assert f"{INDUSTRY}：17.6000亿元\n{COMMITTEE}：17.6001亿元" in text


# ---- 跨来源容差 is reckoned once ----


@pytest.mark.parametrize(
    "apart", ["2000", "2000.0000000000000000000000000001", "1999.9999999999999999999999999999"]
)
def test_rule_and_table_draw_the_tolerance_at_the_same_place(apart: str) -> None:
    element, lead = PLAN.element["C02"], Decimal(200000)
    other = totals.EXACT.add(lead, Decimal(apart))
    reports = said(INDUSTRY, f"C02 全区 {lead}"), said(COMMITTEE, split(f"C02 {other} 0 0"))
    summed = totals.aggregate(ledger.ledger_of(reports, PLAN), PLAN, SEPTEMBER)

    [settled] = [s for s in reconcile.settle(summed, PLAN) if s.element is element]

    agrees = Decimal(apart) <= 2000
    assert reconcile.agree(PLAN, element, lead, other) == agrees
    assert (settled.state is reconcile.State.AGREED) == agrees

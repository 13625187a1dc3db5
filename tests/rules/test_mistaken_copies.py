"""Numbers that were copied from elsewhere: last year's, and those of another park."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.forms import Answers, filled
from tests.support.small_plan import NEW_TOWN, PERIOD, PLACES, PLAN, STATISTICS, WHOLE, answers, at
from wyexcel.findings import Finding, Severity
from wyexcel.period import Period
from wyexcel.plan.settings import Given, GivenKind
from wyexcel.rules import all_rules
from wyexcel.rules.history import History

MARCH = Period(2031, 3)
YEAR_AGO = Period(2030, 6)
BEFORE = "SALES"
"""The row of which the tests are; TAX, which is part of it, stays small."""


def row(values: Sequence[Any], code: str = BEFORE, period: Period = PERIOD) -> Answers:
    """The form of 新城办 with *values* of one element in its three places, and hardly any tax."""
    rows = {(code, park): value for park, value in zip(PLACES, values, strict=True)}
    taxes = {("TAX", park): period.month * 60 + len(park) for park in PLACES}
    others = {
        (other, park): answers().typed[other, park] * period.month / PERIOD.month
        for other in ("OUT", "MACH", "FOOD", "TOYS", "SALES")
        for park in PLACES
    }
    form = answers(typed={**others, **taxes, **rows})
    return replace(form, period=period)


def found(now: Answers, **history: Any) -> list[Finding]:
    findings = all_rules.validate(filled(now), History(**history))
    return [f for f in findings if f.rule not in {"R06", "V10"}]


def since_march(now: Answers, last: Answers) -> list[Finding]:
    return found(now, period=MARCH, last={NEW_TOWN: filled(last).submission})


def rules(findings: Sequence[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


THEN = (20_000, 9_000, 4_000)


def test_two_parks_in_each_others_cells_are_told_once() -> None:
    [finding] = since_march(row((41_000, 8_300, 19_000)), row(THEN, period=MARCH))

    assert (finding.rule, finding.severity) == ("P02", Severity.REVIEW)
    assert finding.cell == f"{at(BEFORE, '江南')}:{at(BEFORE, '江心洲')}"
    assert "“销售收入”江南、江心洲两栏可能填反" in finding.message
    assert "本期为 8300、19000，上期（2031-03）为 9000、4000" in finding.message


def test_parks_apart_and_three_that_moved_on_are_told_too() -> None:
    [apart] = since_march(row((8_100, 18_500, 40_500)), row(THEN, period=MARCH))
    [moved] = since_march(row((8_200, 41_000, 18_600)), row(THEN, period=MARCH))

    assert "江北、江心洲两栏可能填反" in apart.message
    assert "江北、江南、江心洲几栏可能填反" in moved.message


def test_a_swap_since_last_year_is_told_in_a_first_report() -> None:
    ago = {NEW_TOWN: filled(row((40_000, 18_000, 8_000), period=YEAR_AGO)).submission}

    told = [f for f in found(row((41_000, 8_300, 19_000)), year_ago=ago) if f.rule == "P02"]

    assert any("上年同期为 18000、8000" in finding.message for finding in told)


@pytest.mark.parametrize(
    "now",
    [
        (41_000, 18_500, 8_100),
        (44_000, 16_500, 9_900),
        (36_000, 22_000, 8_000),
        (60_000, 27_000, 12_000),
    ],
)
def test_parks_that_grow_are_no_swap(now: Sequence[float]) -> None:
    told = since_march(row(now), row(THEN, period=MARCH))

    assert not [f for f in told if "填反" in f.message]


def test_parks_of_one_size_cannot_be_told_apart() -> None:
    last = row((20_000, 9_000, 8_000), period=MARCH)

    assert since_march(row((40_500, 16_200, 18_100)), last) == []


def test_what_lay_outside_may_go_to_a_park() -> None:
    last = row((20_000, 0, 9_000), period=MARCH)

    told = since_march(row((40_000, 18_400, 0)), last)

    assert not [f for f in told if "填反" in f.message]


@pytest.mark.parametrize(("now", "problem"), [((20, 3, 9), True), ((20, 10, 2), False)])
def test_counts_that_are_swapped_are_told(now: Sequence[int], *, problem: bool) -> None:
    last = row((20, 9, 3), code="FIRMS", period=MARCH)

    told = since_march(row(now, code="FIRMS"), last)

    assert [f.rule for f in told if "填反" in f.message] == (["P02"] if problem else [])


def ago(values: Mapping[tuple[str, str], Any]) -> dict[str, Any]:
    """History with what 县统计局 reported a year ago."""
    form = replace(answers(STATISTICS, typed=values), period=YEAR_AGO)
    return {"year_ago": {STATISTICS: filled(form).submission}}


def statistics(output: float) -> Answers:
    others = {("SALES", WHOLE): 37_000, ("TAX", WHOLE): 1_900}
    return answers(STATISTICS, typed={("OUT", WHOLE): output, **others})


@pytest.mark.parametrize("value", [28_500, 30_001.25, 7_000.5])
def test_last_years_amount_is_asked_about(value: float) -> None:
    told = found(statistics(value), **ago({("OUT", WHOLE): value}))

    [finding] = [f for f in told if f.rule == "P10"]
    assert (finding.severity, finding.cell) == (Severity.REVIEW, at("OUT", unit=STATISTICS))
    assert "和上年同期完全相同" in finding.message
    assert rules(told) == ["P10"]


def test_a_count_a_stock_or_nothing_may_be_what_it_was() -> None:
    assert found(statistics(0), **ago({("OUT", WHOLE): 0, ("FIRMS", WHOLE): 30})) == []
    assert rules(found(statistics(28_500), **ago({("OUT", WHOLE): 28_500.01}))) == []


def test_last_years_row_is_one_finding_and_one_park_is_named() -> None:
    then = {NEW_TOWN: filled(row((40_000, 18_000, 8_000), period=YEAR_AGO)).submission}

    def copies(now: Answers) -> list[Finding]:
        told = found(now, year_ago=then)
        return [f for f in told if f.rule == "P10" and "销售收入" in f.message]

    [whole] = copies(row((40_000, 18_000, 8_000)))
    [park] = copies(row((41_000, 18_000, 8_200)))
    assert whole.cell == f"{at(BEFORE, '江北')}:{at(BEFORE, '江心洲')}"
    assert whole.value == 66_000
    assert (park.cell, park.value) == (at(BEFORE, "江南"), 18_000)
    assert "“销售收入（江南）”" in park.message


def test_what_the_office_gave_of_last_year_counts_in_a_first_season() -> None:
    given = Given(no=2, year=2031, item=GivenKind.YEAR_AGO, park=WHOLE, value=Decimal("2.85"))
    form = replace(statistics(28_500), plan=replace(PLAN, given=(given,)))

    assert rules(found(form)) == ["P10"]


def test_a_number_of_last_period_is_told_by_that_alone() -> None:
    last = replace(statistics(28_500), period=MARCH)

    told = found(
        statistics(28_500),
        **ago({("OUT", WHOLE): 28_500}),
        period=MARCH,
        last={STATISTICS: filled(last).submission},
    )

    assert "P10" not in rules(told)
    assert "P03" in rules(told)


def test_a_written_reason_lets_it_pass() -> None:
    form = replace(statistics(28_500), remarks={"OUT": "确与上年相同"})

    [finding] = found(form, **ago({("OUT", WHOLE): 28_500}))
    assert (finding.rule, finding.severity) == ("P10", Severity.NOTICE)

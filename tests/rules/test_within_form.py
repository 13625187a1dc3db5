from collections.abc import Sequence
from decimal import Decimal

import pytest
from msgspec.structs import replace

from tests.support import small_plan
from tests.support.forms import COMMITTEE, PARKS, PLAN, SCIENCE, WHOLE, Answers, findings, found
from tests.support.places import at, span
from wyexcel.findings import Finding, Severity
from wyexcel.plan.relation import Relation, RelationKind
from wyexcel.rules.within_form import tolerance

ROW = ("2025-001", "白沙", "2025-03-28", 6800)


def amounts(element: str, *values: object, total: object = None) -> Answers:
    """The committee's form with *values* of *element* in its parks, and a typed total."""
    parks = {(element, park): value for park, value in zip(PARKS, values, strict=True)}
    return Answers(typed={**parks, (element, WHOLE): total})


def test_parks_add_up_to_a_typed_total_as_far_as_rounding_goes() -> None:
    assert found(amounts("C02", 8.1, 9.2, 6.7, 0, 0, total=24)) == []
    assert found(amounts("C02", 8.1, 9.2, 6.7, 0, 0, total=24.03)) == []
    assert found(amounts("C02", 8.1, 9.2, 6.7, 0, 0, total=24.04)) == [("R01", at("C02"))]


def test_a_total_that_is_not_the_sum_says_how_far_off_it_is() -> None:
    [finding] = findings(amounts("C02", 60000, 86000, 30000, 0, 0, total=175000))

    assert (finding.rule, finding.cell) == ("R01", at("C02"))
    assert (finding.value, finding.suggestion) == (175000, 176000)
    assert "白沙 60000＋官渡 86000＋青花 30000" in finding.message
    assert "相差 1000" in finding.message


def test_the_tolerance_of_a_sum_is_that_of_its_rounded_parts() -> None:
    output = PLAN.element["C02"]

    assert tolerance(replace(output, decimals=0), 3) == 2
    assert tolerance(output, 5) == Decimal("0.03")
    assert tolerance(PLAN.element["C01"], 5) == 0


def test_households_are_exact_so_that_a_total_is_too() -> None:
    assert found(amounts("C01", 5, 5, 2, 0, 0, total=12)) == []
    assert found(amounts("C01", 5, 5, 2, 0, 0, total=13)) == [("R01", at("C01"))]


def test_a_sum_with_a_blank_park_is_not_compared() -> None:
    assert found(amounts("C02", 1, 2, None, 0, 0, total=99)) == [("V01", at("C02", "青花"))]


@pytest.mark.parametrize(
    ("count", "rows", "problem"),
    [
        (1, [("茶厂", *ROW)], False),
        (2, [("茶厂", *ROW)], True),
        (1, [("茶厂", *ROW), ("茶厂二期", *ROW)], False),
        (1, [("茶厂", *ROW), ("旧项目", "2024-009", "官渡", "2024-12-31")], False),
        (1, [("茶厂", *ROW), ("下季项目", "2025-010", "官渡", "2025-10-01")], False),
        (1, [], True),
        (0, [], False),
        (None, [("茶厂", *ROW)], False),
    ],
)
def test_a_typed_count_is_that_of_the_list(
    count: object, rows: list[tuple[str, ...]], *, problem: bool
) -> None:
    form = Answers(typed={("C09", WHOLE): count}, lists={"C09": rows})

    counted = [place for rule, place in found(form) if rule == "R03"]
    assert counted == ([at("C09")] if problem else [])


@pytest.mark.parametrize(
    ("typed", "told"), [(2, "填 2 个，但名单只有 1 个"), (0, "填 0 个，但名单有 1 个")]
)
def test_a_count_is_told_with_that_of_the_list(typed: int, told: str) -> None:
    [finding] = findings(Answers(typed={("C09", WHOLE): typed}, lists={"C09": [("茶厂", *ROW)]}))

    assert told in finding.message


def test_neither_count_nor_list_is_unreported() -> None:
    assert found(Answers(typed={("C09", WHOLE): None})) == [("V01", at("C09"))]


def test_a_count_is_not_held_against_a_list_that_is_faulty_itself() -> None:
    form = Answers(
        typed={("C09", WHOLE): 1}, lists={"C09": [("茶厂", "2025-001", "白沙", "", 6800)]}
    )

    assert found(form) == [("V01", at("C09", "date"))]


def test_a_numerator_without_its_denominator_is_told_at_the_blank() -> None:
    form = Answers(unit=SCIENCE, typed={("C07", WHOLE): 950, ("C06", WHOLE): None})
    cell = at("C06", unit=SCIENCE)

    assert found(form) == [("V01", cell), ("R04", cell)]


def test_neither_numerator_nor_denominator_is_only_unreported() -> None:
    form = Answers(unit=SCIENCE, typed={("C07", WHOLE): None, ("C06", WHOLE): None})

    assert {rule for rule, _ in found(form)} == {"V01"}


def test_a_denominator_that_is_unknown_with_a_reason_is_let_be() -> None:
    form = Answers(
        unit=SCIENCE,
        typed={("C06", WHOLE): None},
        states={"C06": "不详"},
        remarks={"C06": "统计数未出"},
    )

    assert found(form) == []


@pytest.mark.parametrize(
    ("spent", "revenue", "problem"),
    [
        (748.7, 331000, False),
        (0, 331000, False),
        (33.1, 331000, False),
        (33.09, 331000, True),
        (16550, 331000, False),
        (16551, 331000, True),
        (0, 0, False),
    ],
)
def test_research_intensity_lies_where_it_can(
    spent: float, revenue: float, *, problem: bool
) -> None:
    form = Answers(unit=SCIENCE, typed={("C07", WHOLE): spent, ("C06", WHOLE): revenue})

    assert found(form) == ([("V08", at("C07", unit=SCIENCE))] if problem else [])


def test_an_explained_negative_number_is_not_sent_back_for_its_ratio() -> None:
    form = Answers(
        unit=SCIENCE,
        typed={("C07", WHOLE): -12, ("C06", WHOLE): 331000},
        remarks={"C07": "上期多报，本期调减"},
    )

    assert [(f.rule, f.severity) for f in findings(form)] == [("V05", Severity.NOTICE)]


def test_a_share_above_the_whole_is_told_at_its_largest_part() -> None:
    whole = {("C04", park): 10 for park in PARKS}
    most = {("C03b", "官渡"): 60}

    *_, finding = findings(Answers(unit=COMMITTEE, typed={**whole, **most}))

    assert (finding.rule, finding.cell, finding.value) == (
        "V08",
        span(at("C03b", PARKS[0]), at("C03b", PARKS[-1])),
        400,
    )


def industries(park: str, *values: float, total: float) -> Answers:
    """The committee's form with *values* of the four industries and the *total* of one park."""
    codes = ("C03a", "C03b", "C03c", "C03d")
    typed = {(code, park): value for code, value in zip(codes, values, strict=True)}
    return Answers(typed={**typed, ("C04", park): total})


def test_the_industries_of_a_park_are_within_all_it_produces() -> None:
    assert found(industries("官渡", 10, 60, 20, 10, total=100)) == []
    assert found(industries("官渡", 10, 60, 20, 10.02, total=100)) == []
    assert found(industries("官渡", 10, 60, 20, 10.03, total=100)) == [("B02", at("C04", "官渡"))]


def test_industries_that_are_too_large_say_which_park_and_by_what() -> None:
    [finding] = findings(industries("官渡", 10, 60, 20, 30, total=100))

    assert (finding.rule, finding.cell, finding.value) == ("B02", at("C04", "官渡"), 100)
    assert "官渡的“农产品加工产业产值＋绿色建材产业产值" in finding.message
    assert f"合计 120 大于“园区工业总产值”100（{at('C04', '官渡')}）" in finding.message


def test_research_costs_no_more_than_a_park_earns() -> None:
    costs = {("C06", "白沙"): 4, ("C07", "白沙"): 5}

    [finding] = findings(Answers(typed=costs))

    assert (finding.rule, finding.cell, finding.value) == ("R05", at("C07", "白沙"), 5)
    assert "白沙“研发费用”5 大于“规上工业营业收入”4" in finding.message
    assert found(Answers(typed={("C06", "白沙"): 5, ("C07", "白沙"): 5})) == []
    assert found(Answers(typed={("C06", "白沙"): 0, ("C07", "白沙"): 1})) == [("R05", finding.cell)]


def test_a_negative_whole_beside_parts_known_only_for_the_zone_is_told_and_no_more() -> None:
    unknown = {("C07", "白沙"): "约1", ("C07", WHOLE): 5, ("C06", "青花"): -1}

    assert ("V05", at("C06", "青花")) in found(Answers(typed=unknown))


def test_a_ratio_to_next_to_nothing_is_told_with_its_many_digits() -> None:
    tiny = {("C07", WHOLE): 1e-40, ("C06", WHOLE): 3e-80}

    [finding] = [f for f in findings(Answers(unit=SCIENCE, typed=tiny)) if f.rule == "V08"]

    assert "为 333333333333333333333333333333" in finding.message


def output(large: Sequence[float], whole: Sequence[float]) -> list[Finding]:
    """What is found where large firms and all firms make so much in each park."""
    typed = {("C02", park): value for park, value in zip(PARKS, large, strict=True)}
    typed |= {("C04", park): value for park, value in zip(PARKS, whole, strict=True)}
    return findings(Answers(typed={**NO_INDUSTRIES, **typed}))


NO_INDUSTRIES = {(f"C03{letter}", park): 0 for letter in "abcd" for park in PARKS}


def test_large_firms_make_no_more_than_all_in_any_park() -> None:
    whole = (60_000, 120_000, 30_000, 0, 0)

    assert output((60_000, 86_000, 30_000, 0, 0), whole) == []
    [finding] = output((60_000.5, 86_000, 30_000, 0, 0), whole)
    assert (finding.rule, finding.severity, finding.cell) == (
        "B02",
        Severity.ERROR,
        at("C02", "白沙"),
    )
    assert "白沙的“规上工业总产值”60000.5 大于“园区工业总产值”60000" in finding.message


def test_two_parks_that_would_fit_in_each_others_cells_say_so() -> None:
    [finding] = output((60_000, 30_000, 86_000, 0, 0), (60_000, 120_000, 30_000, 0, 0))

    assert (finding.rule, finding.cell) == ("B02", at("C02", "青花"))
    assert "官渡、青花两栏可能填反" in finding.message


def test_a_row_that_is_above_in_every_park_is_told_once() -> None:
    [finding] = output((60_000, 86_000, 30_000, 0, 0), (6, 12, 3, 0, 0))

    assert (finding.rule, finding.cell) == ("B02", span(at("C02", "白沙"), at("C02", "青花")))
    assert "白沙、官渡、青花的“规上工业总产值”60000、86000、30000 大于" in finding.message


def test_outside_the_parks_the_whole_is_only_asked_about() -> None:
    [finding] = output((60_000, 0, 0, 5_000, 0), (60_000, 0, 0, 0, 0))

    assert (finding.rule, finding.severity) == ("B02", Severity.REVIEW)
    assert finding.cell == at("C02", "区内园外")


def test_steps_hold_in_every_park_that_both_are_split_over() -> None:
    steps = Relation(kind=RelationKind.STEPS, elements=("TAX", "OUT"))
    plan = replace(small_plan.PLAN, relations=(steps,))
    typed = {("OUT", "江北"): 500, ("OUT", "江南"): 20_000}

    form = replace(small_plan.answers(typed=typed), plan=plan)

    told = [f for f in findings(form) if f.rule == "B09"]
    assert [f.cell for f in told] == [small_plan.at("TAX", "江北")]
    assert "“入库税收（江北）”600 万元大于“工业产值”500" in told[0].message

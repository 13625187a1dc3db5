from collections.abc import Sequence

import pytest

from tests.support.forms import (
    COMMITTEE,
    INDUSTRY,
    INVESTMENT,
    PARKS,
    PLAN,
    TRADE,
    WHOLE,
    Answers,
    filled,
)
from tests.support.places import at, span
from wyexcel.findings import Finding, Severity
from wyexcel.rules import all_rules, between_units

TEA = ("富硒茶精深加工", "2025-001", "白沙", "2025-03-28")
COAL = ("原煤洗选技改", "2025-002", "青花", "2025-09-12")


def across(*answers: Answers) -> list[Finding]:
    """What is found between forms, each of another unit, that are good in themselves."""
    forms = {a.unit: filled(a) for a in answers}
    return between_units.BETWEEN_UNITS.findings(
        between_units.AdoptedForms(plan=PLAN, forms=forms), file=""
    )


def of_two(*answers: Answers) -> list[Finding]:
    """The same, but for the units that have not reported yet."""
    return [finding for finding in across(*answers) if finding.rule != "U05"]


def both(element: str, lead: object, parks: Sequence[object]) -> list[Finding]:
    """市经信局 (主报) says *lead*, 管委会 (核对) says *parks*."""
    split = {(element, park): value for park, value in zip(PARKS, parks, strict=True)}
    return of_two(
        Answers(unit=INDUSTRY, typed={(element, WHOLE): lead}, file="经信.xlsx"),
        Answers(unit=COMMITTEE, typed=split, file="管委会.xlsx"),
    )


def lists(lead: Sequence[Sequence[object]], check: Sequence[Sequence[object]]) -> list[Finding]:
    """竣工项目 as 市经信局 (主报) and as 管委会 (核对, and the source by park) list them."""
    blank = {("C09", WHOLE): None}
    return of_two(
        Answers(unit=INDUSTRY, typed=blank, lists={"C09": lead}, file="经信.xlsx"),
        Answers(unit=COMMITTEE, typed=blank, lists={"C09": check}, file="管委会.xlsx"),
    )


def test_two_units_that_say_the_same_are_at_one() -> None:
    assert both("C01", 14, (5, 5, 4, 0, 0)) == []


def test_a_count_that_differs_names_both_units_values_and_cells() -> None:
    [finding] = both("C01", 14, (5, 5, 3, 0, 0))
    parks = span(at("C01", PARKS[0]), at("C01", PARKS[-1]))

    assert (finding.rule, finding.severity) == ("U01", Severity.REVIEW)
    assert (finding.unit, finding.file, finding.cell) == (COMMITTEE, "管委会.xlsx", parks)
    assert (finding.sheet, finding.value) == ("填报", 13)
    for word in (
        INDUSTRY,
        "14户",
        f"经信.xlsx 填报!{at('C01', unit=INDUSTRY)}",
        COMMITTEE,
        "13户",
        f"管委会.xlsx 填报!{parks}",
    ):
        assert word in finding.message


def test_an_amount_may_differ_by_one_percent_of_the_reporting_unit() -> None:
    assert both("C02", 100_000, (60_000, 41_000, 0, 0, 0)) == []
    assert [f.rule for f in both("C02", 100_000, (60_000, 41_001, 0, 0, 0))] == ["U01"]
    assert [f.rule for f in both("C02", 0, (1, 0, 0, 0, 0))] == ["U01"]


def test_lists_that_differ_name_what_only_one_of_them_has() -> None:
    [finding] = lists([TEA, COAL], [TEA])

    assert (finding.rule, finding.severity, finding.unit) == ("U02", Severity.REVIEW, COMMITTEE)
    assert (
        f"{INDUSTRY} 名单有、{COMMITTEE} 没有：原煤洗选技改（{at('C09', 'name', row=2)}）"
        in finding.message
    )
    assert lists([TEA, COAL], [COAL, TEA]) == []


def test_a_thing_in_two_parks_is_laid_at_the_unit_that_is_not_the_source_by_park() -> None:
    [finding] = lists([(*TEA[:2], "官渡", TEA[3])], [TEA])

    assert (finding.rule, finding.severity) == ("U03", Severity.REVIEW)
    assert (finding.unit, finding.file) == (INDUSTRY, "经信.xlsx")
    assert (finding.sheet, finding.cell, finding.value) == ("竣工项目", at("C09", "park"), "官渡")
    assert f"管委会.xlsx 竣工项目!{at('C09', 'park')}" in finding.message


def test_without_the_source_by_park_it_is_laid_at_the_checking_unit() -> None:
    blank = {("C10", WHOLE): None}

    [finding] = of_two(
        Answers(unit=INVESTMENT, typed=blank, lists={"C10": [TEA]}),
        Answers(unit=INDUSTRY, typed=blank, lists={"C10": [(*TEA[:2], "官渡", TEA[3])]}),
    )

    assert (finding.rule, finding.unit) == ("U03", INDUSTRY)


def test_a_reporting_unit_that_is_missing_is_told_at_the_unit_that_stands_in() -> None:
    [finding] = across(Answers(unit=TRADE), Answers(unit=INDUSTRY), Answers(unit="市科技局"))

    assert (finding.rule, finding.severity, finding.unit) == ("U05", Severity.REVIEW, INDUSTRY)
    assert INVESTMENT in finding.message
    assert "总投资10亿元以上新招引项目" in finding.message


def test_a_reporting_unit_that_does_not_know_is_stood_in_for() -> None:
    unknown = Answers(
        unit=TRADE,
        typed={("C14", WHOLE): None},
        states={"C14": "不详"},
        remarks={"C14": "未公布"},
    )

    [finding] = [f for f in across(unknown, Answers(unit=COMMITTEE)) if TRADE in f.message]

    assert (finding.rule, finding.unit) == ("U05", COMMITTEE)


def test_every_rule_tells_something_and_what_must_hold() -> None:
    for rule in all_rules.RULES:
        assert rule.holds
        assert rule.message
        assert rule.check.__doc__
    assert len({(rule.code, rule.holds) for rule in all_rules.RULES}) == len(all_rules.RULES)


def test_the_rules_of_this_stage_are_all_there() -> None:
    asked = (
        "F01 F02 F03 F04 F05 F06 F07 F08 F09 S01 S03 S04 S05 I01 I02 I04 I05 "
        "V01 V02 V03 V04 V05 V06 V08 V11 V12 V14 R01 R03 R04 U01 U02 U03 U04 U05 U06"
    )

    assert set(asked.split()) <= {rule.code for rule in all_rules.RULES}


@pytest.mark.parametrize(
    ("lead", "times"), [(176_000, 1), (1_760_000_000, 10_000), (17.6, 10_000), (17_600, 10)]
)
def test_two_units_of_which_one_is_in_another_measure_say_so(lead: float, times: int) -> None:
    told = both("C02", lead, (60_000, 86_000, 30_000, 0, 0))

    assert [f.rule for f in told] == ([] if times == 1 else ["U01"])
    if told:
        assert f"（约 {times} 倍），多半有一家没有按“万元”填" in told[0].message


@pytest.mark.parametrize(
    ("parks", "sentence"),
    [
        ((60_000, 8.6, 30_000, 0, 0), "“官渡”8.6 像是按“亿元”填的，折合 86000万元就相符"),
        ((60_000, 860_000_000, 30_000, 0, 0), "“官渡”860000000 像是按“元”填的，折合 86000万元"),
        ((60_000, 86_000, 3_000, 0, 0), "“青花”3000 像是少写了 1 位"),
    ],
)
def test_one_park_in_another_measure_is_named_where_the_sum_shows_it(
    parks: Sequence[float], sentence: str
) -> None:
    [finding] = both("C02", 176_000, parks)

    assert (finding.rule, finding.unit) == ("U01", COMMITTEE)
    assert f"{COMMITTEE}的{sentence}" in finding.message


def test_a_plain_difference_says_nothing_of_measures() -> None:
    [finding] = both("C02", 176_000, (60_000, 86_000, 45_000, 0, 0))

    assert "像是" not in finding.message
    assert "没有按" not in finding.message


def test_a_unit_that_is_asked_about_its_measure_explains_the_difference() -> None:
    forms = {
        a.unit: filled(a)
        for a in (
            Answers(unit=INDUSTRY, typed={("C02", WHOLE): 17.6}),
            Answers(unit=COMMITTEE, typed={("C02", park): 35_200 for park in PARKS}),
        )
    }

    def told(*slipped: tuple[str, str]) -> list[str]:
        adopted = between_units.AdoptedForms(plan=PLAN, forms=forms, slipped=frozenset(slipped))
        found = between_units.BETWEEN_UNITS.findings(adopted, file="")
        return [f.rule for f in found if f.rule == "U01" and "规上工业总产值" in f.message]

    assert told() == ["U01"]
    assert told((INDUSTRY, "C02")) == []
    assert told((INDUSTRY, "C05")) == ["U01"]

"""Amounts in another measure than asked, told by whatever there is to hold them against."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.forms import Answers, filled
from tests.support.small_plan import (
    INVESTMENT,
    NEW_TOWN,
    PERIOD,
    PLACES,
    PLAN,
    STATISTICS,
    WHOLE,
    answers,
    at,
)
from wyexcel.findings import Finding, Severity
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.settings import Given, GivenKind
from wyexcel.rules import all_rules
from wyexcel.rules.history import History
from wyexcel.rules.other_measure import by_size, digits_off

MARCH = Period(2031, 3)
YEAR_AGO = Period(2030, 6)


def found(now: Answers, *, last: Answers | None = None, **history: Any) -> list[Finding]:
    """What is found in *now*, in a season whose last report is *last*, without R06."""
    there = {} if last is None else {last.unit: filled(last).submission}
    period = None if last is None else last.period
    findings = all_rules.validate(
        filled(now), History(**{"period": period, "last": there, **history})
    )
    return [f for f in findings if f.rule != "R06"]


def rules(findings: list[Finding]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.cell) for finding in findings]


def output(value: Any, period: Period = PERIOD, plan: Plan = PLAN) -> Answers:
    """The form of 县统计局 with *value* as 工业产值, of which 40000万元 are due by June."""
    form = answers(STATISTICS, typed={("OUT", WHOLE): value})
    return replace(form, period=period, plan=plan)


def parks(element: str, values: Mapping[str, Any], period: Period = PERIOD) -> Answers:
    """The form of 新城办 with *values* of one element in its parks."""
    form = answers(typed={(element, park): value for park, value in values.items()})
    return replace(form, period=period)


def scaled(form: Answers, period: Period) -> Answers:
    """*form* as it was in *period*, at an even pace (0 stays 0)."""
    flows = {e.code for e in PLAN.elements if e.kind.value == "累计额"}
    typed = {
        (code, park): v * period.month / PERIOD.month if code in flows and v else v
        for (code, park), v in form.typed.items()
    }
    return replace(form, typed=typed, period=period)


def in_march(value: Any, element: str = "OUT", unit: str = STATISTICS) -> Answers:
    """The form of *unit* in March, with *value* of one element."""
    form = scaled(answers(unit), MARCH)
    return replace(form, typed={**form.typed, (element, WHOLE): value})


CELL = at("OUT", unit=STATISTICS)


@pytest.mark.parametrize(
    ("typed", "measure", "fitting"),
    [
        (3.1, "亿元", 31_000),
        (17.6, "亿元", 176_000),
        (0.21, "亿元", 2_100),
        (310, "百万元", 31_000),
        (310_000_000, "元", 31_000),
        (98_765_432.1, "元", 9876.54321),
    ],
)
def test_a_first_report_in_another_measure_is_told_by_the_target(
    typed: float, measure: str, fitting: float
) -> None:
    [finding] = found(output(typed))

    assert (finding.rule, finding.severity, finding.cell) == ("V09", Severity.REVIEW, CELL)
    assert (finding.value, finding.suggestion) == (typed, fitting)
    assert "按年度目标 8亿元推算的本期应达数 40000 " in finding.message
    assert f"像是按“{measure}”填的，折合 " in finding.message
    assert "”或“" not in finding.message


def test_ten_million_of_dollars_where_ten_thousands_are_asked() -> None:
    dollars = tuple(replace(e, measure="万美元") if e.code == "OUT" else e for e in PLAN.elements)
    plan = replace(PLAN, elements=dollars)

    [finding] = found(output(310_000_000, plan=plan))

    assert "像是按“美元”填的，折合 31000万美元" in finding.message


@pytest.mark.parametrize("typed", [0, 401, 4_000, 39_999, 80_000, 400_000, 3_999_999])
def test_doing_badly_or_very_well_is_no_other_measure(typed: float) -> None:
    assert rules(found(output(typed))) == []


@pytest.mark.parametrize("month", [1, 2, 3])
def test_the_first_quarter_may_begin_with_next_to_nothing(month: int) -> None:
    due = 80_000 * month / 12

    assert rules(found(output(round(due / 900, 2), Period(2031, month)))) == []
    assert rules(found(output(round(due * 50), Period(2031, month)))) == []
    assert rules(found(output(round(due / 10_000, 2), Period(2031, month)))) == [("V09", CELL)]


def test_a_plan_of_the_office_that_asks_nothing_yet_says_nothing() -> None:
    quarters = (GivenKind.QUARTER_1, GivenKind.QUARTER_2, GivenKind.QUARTER_3, GivenKind.QUARTER_4)
    given = tuple(
        Given(no=2, year=2031, item=item, park=WHOLE, value=Decimal(value))
        for item, value in zip(quarters, (0, 0, 0, 8), strict=True)
    )
    plan = replace(PLAN, given=given)

    assert rules(found(output(0.5, plan=plan))) == []
    assert rules(found(output(900_000, plan=plan))) == []
    assert rules(found(output(310_000_000, plan=plan))) == [("V09", CELL)]


def with_target(value: Any) -> Plan:
    """The small plan with another target of 工业产值 (亿元)."""
    indicators = tuple(
        replace(i, targets={2031: value, 2032: value}, decimals=4) if i.no == 2 else i
        for i in PLAN.indicators
    )
    return replace(PLAN, indicators=indicators)


@pytest.mark.parametrize("target", [Decimal(0), Decimal("0.001"), Decimal("0.002")])
def test_a_first_step_says_nothing_of_how_far_one_may_go(target: Decimal) -> None:
    for typed in (0.5, 4, 12_000, 300_000):
        assert rules(found(output(typed, plan=with_target(target)))) == []


def test_what_has_no_target_or_is_not_judged_is_not_asked() -> None:
    power = answers(INVESTMENT, typed={("POWER", WHOLE): 3_000_000})
    unsure = tuple(replace(i, judged=False) if i.no == 2 else i for i in PLAN.indicators)

    assert rules(found(power)) == []
    assert rules(found(output(3.1, plan=replace(PLAN, indicators=unsure)))) == []


def test_a_whole_row_in_another_measure_is_one_finding() -> None:
    values = dict(zip(PLACES, (1.2, 0.9, 1.0), strict=True))

    row = [f for f in found(parks("OUT", values)) if f.rule == "V09"]

    [finding] = [f for f in row if "工业产值" in f.message]
    assert finding.cell == f"{at('OUT', PLACES[0])}:{at('OUT', PLACES[-1])}"
    assert (finding.value, finding.suggestion) == (3.1, 31_000)


def test_one_park_in_yuan_is_told_at_its_cell() -> None:
    values = {"江北": 12_000, "江南": 98_000_000, "江心洲": 10_000}

    [finding] = [f for f in found(parks("OUT", values)) if f.rule == "V09" and f.suggestion]

    assert (finding.cell, finding.value, finding.suggestion) == (at("OUT", "江南"), 98e6, 9_800)
    assert "“工业产值（江南）”为 98000000" in finding.message


def test_a_ratio_far_off_its_target_asks_about_its_parts() -> None:
    values = dict.fromkeys(PLACES, 100_000_000)

    ratio = [f for f in found(parks("OUT", values)) if "两业产值占比" in f.message]

    assert [(f.rule, f.severity) for f in ratio] == [("V09", Severity.REVIEW)]
    assert "像是分子、分母没有用同一种计量单位" in ratio[0].message


def test_the_past_tells_one_park_of_a_row() -> None:
    last = scaled(answers(), MARCH)

    [finding] = [f for f in found(parks("SALES", {"江南": 1.21}), last=last) if f.rule != "R05"]

    assert (finding.rule, finding.cell) == ("V09", at("SALES", "江南"))
    assert "“销售收入（江南）”为 1.21，是上期（2031-03） 6000 的" in finding.message
    assert finding.suggestion == 12_100


def test_two_of_three_parks_are_one_finding_that_names_them() -> None:
    found_now = found(parks("SALES", {"江北": 1.2, "江南": 1.1}), last=scaled(answers(), MARCH))

    [finding] = [f for f in found_now if f.rule == "V09"]
    assert "“销售收入（江北、江南）”为 2.3" in finding.message
    assert finding.suggestion == 23_000
    assert not {f.rule for f in found_now} & {"P01", "P02"}


def test_where_last_time_was_in_another_measure_that_is_said() -> None:
    [finding] = found(output(31_000), last=in_march(1.5))

    assert finding.rule == "V09"
    assert "上期（2031-03）的数像是按“亿元”填的，折合 15000万元" in finding.message
    assert finding.suggestion is None


def test_the_same_mistake_in_every_period_is_still_told() -> None:
    assert rules(found(output(3.1), last=in_march(1.5))) == [("V09", CELL)]


def test_a_number_that_was_nothing_is_held_against_last_year() -> None:
    ago = {INVESTMENT: filled(answers(INVESTMENT)).submission}
    last = in_march(0, "POWER", INVESTMENT)

    now = answers(INVESTMENT, typed={("POWER", WHOLE): 950_000})
    [finding] = [f for f in found(now, last=last, year_ago=ago) if f.rule == "V09"]

    assert "是上年同期 90 的" in finding.message
    assert "像是按“千瓦时”填的，折合 95万千瓦时" in finding.message


@pytest.mark.parametrize("times", [30, 100, 400])
def test_a_small_park_may_grow_a_hundredfold(times: int) -> None:
    last = scaled(parks("TOYS", {"江心洲": 4}), MARCH)

    now = parks("TOYS", {"江心洲": 2 * times})

    assert "V09" not in {f.rule for f in found(now, last=last)}


def test_a_park_may_start_from_nothing() -> None:
    last = scaled(parks("TOYS", {"江心洲": 0}), MARCH)

    assert "V09" not in {f.rule for f in found(parks("TOYS", {"江心洲": 900}), last=last)}


def test_what_is_ten_or_a_hundred_times_off_says_so_beside_the_leap() -> None:
    last = scaled(answers(), MARCH)

    [leap] = [f for f in found(parks("SALES", {"江南": 121_000}), last=last) if f.rule == "P02"]
    assert "“江南”121000 像是按“千元”填的，折合 12100万元" in leap.message

    [power] = found(
        answers(INVESTMENT, typed={("POWER", WHOLE): 9}),
        last=in_march(45, "POWER", INVESTMENT),
    )
    assert (power.rule, power.suggestion) == ("P01", 90)
    assert "少写了 1 位" in power.message


def test_a_written_reason_lets_it_pass() -> None:
    form = replace(output(3.1), remarks={"OUT": "停产"})

    assert [(f.rule, f.severity) for f in found(form)] == [("V09", Severity.NOTICE)]


def test_measures_are_told_apart_by_the_nearest() -> None:
    def measure(factor: Fraction, of: str) -> str | None:
        other = by_size(Decimal(1), factor, of)
        return other and other.words.split("“")[1].split("”")[0]

    assert measure(Fraction(9_000), "万元") == "元"
    assert measure(Fraction(1, 9_000), "万元") == "亿元"
    assert measure(Fraction(12), "万元") == "千元"
    assert measure(Fraction(1, 90), "万元") == "百万元"
    assert measure(Fraction(9_000), "亿元") == "万元"
    assert measure(Fraction(9 * 10**7), "亿元") == "元"
    assert measure(Fraction(9_000), "万吨") == "吨"
    assert measure(Fraction(1, 9_000), "万千瓦时") == "亿千瓦时"
    assert measure(Fraction(12), "万吨") is None
    assert digits_off(Fraction(7)) == 1
    assert digits_off(Fraction(4)) is None


def test_a_stock_that_falls_is_let_fall() -> None:
    land = tuple(
        replace(e, measure="万元", decimals=2) if e.code == "FIRMS" else e for e in PLAN.elements
    )
    goes_down = tuple(
        replace(i, targets={2031: Decimal(4000), 2032: Decimal(10)}, measure="万元")
        if i.no == 1
        else i
        for i in PLAN.indicators
    )
    plan = replace(PLAN, elements=land, indicators=goes_down)
    form = answers(STATISTICS, typed={("FIRMS", WHOLE): 3_900})

    assert rules(found(replace(form, plan=plan, period=Period(2032, 6)))) == []
    far = answers(STATISTICS, typed={("FIRMS", WHOLE): 39_000_000})
    assert [f.rule for f in found(replace(far, plan=plan))] == ["V09"]


def test_the_form_of_the_unit_that_splits_is_clean_in_its_first_season() -> None:
    assert rules(found(answers())) == []
    assert rules(found(answers(STATISTICS))) == []
    assert rules(found(answers(NEW_TOWN), last=scaled(answers(), MARCH))) == []


def test_a_leap_from_next_to_nothing_is_told() -> None:
    [finding] = found(
        answers(INVESTMENT, typed={("POWER", WHOLE): 0.2}),
        last=in_march(0.001, "POWER", INVESTMENT),
    )

    assert finding.rule == "P02"

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from tests.support.forms import COMMITTEE, INDUSTRY, PARKS, PLAN, TRADE, WHOLE, Answers, filled
from tests.support.places import at, span
from wyexcel.findings import Finding, Severity
from wyexcel.period import Period
from wyexcel.plan.element import Kind
from wyexcel.rules import all_rules
from wyexcel.rules.history import History

JUNE = Period(2025, 6)
SEPTEMBER = Period(2025, 9)
YEAR_AGO = Period(2024, 9)
TEA = ("茶厂", "2025-001", "白沙", "2025-03-28", 6800)

CELL = at("C14", unit=TRADE)
YEAR_AGO_CELL = at("C14", "上年同期", TRADE)


def told(now: Answers, june: Answers | None = None, **history: Any) -> list[Finding]:
    """What is found in *now* after what was reported in June, in order but for that."""
    last = {} if june is None else {june.unit: filled(june).submission}
    period = JUNE if june is not None else None
    there = History(**{"period": period, "last": last, **history})
    return [
        f for f in all_rules.validate(filled(now), there) if f.rule[0] in "PB" or f.rule == "V09"
    ]


def trade(value: float, period: Period = SEPTEMBER, **more: Any) -> Answers:
    """市商务局's form, which asks for one number: C14 进出口总额（万元）."""
    return Answers(unit=TRADE, typed={("C14", WHOLE): value}, period=period, **more)


def codes(found: list[Finding]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.cell) for finding in found]


def parks(element: str, values: Mapping[str, float | None], **more: Any) -> Answers:
    """The committee's form with *values* of one element in thousands, everything else at 0."""
    typed = {(element, park): v if v is None else v * 1000 for park, v in values.items()}
    months = more.get("period", SEPTEMBER).month
    whole = {("C04", park): 200_000 * months for park in PARKS}
    return Answers(unit=COMMITTEE, typed={**nothing(COMMITTEE), **whole, **typed}, **more)


def nothing(unit: str) -> dict[tuple[str, str], float]:
    """Every amount that *unit* owes at 0, in its parks where it splits it."""
    amounts = [e for e in PLAN.owed_by(unit) if e.kind is Kind.FLOW]
    return {
        (e.code, park): 0 for e in amounts for park in (PARKS if PLAN.splits(e, unit) else (WHOLE,))
    }


@pytest.mark.parametrize("now", [630, 900, 1169])
def test_an_amount_that_goes_on_at_its_pace_is_in_order(now: float) -> None:
    assert told(trade(now), trade(600, JUNE)) == []


def test_a_running_total_that_fell_is_told_with_both_values() -> None:
    [finding] = told(trade(500), trade(600, JUNE))

    assert (finding.rule, finding.severity, finding.cell) == ("P01", Severity.REVIEW, CELL)
    assert "由上期（2025-06）600 降为 500" in finding.message


def test_a_stock_may_fall() -> None:
    fell = Answers(unit=INDUSTRY, typed={("C01", WHOLE): 12})
    june = Answers(unit=INDUSTRY, typed={("C01", WHOLE): 13}, period=JUNE)

    assert [rule for rule, _ in codes(told(fell, june)) if rule == "P01"] == []


def test_what_no_park_held_may_go_to_a_park() -> None:
    june = parks("C02", {"白沙": 600, "未分园区": 100}, period=JUNE)

    assert codes(told(parks("C02", {"白沙": 1000, "未分园区": 0}), june)) == []
    assert codes(told(parks("C02", {"白沙": 610, "未分园区": 50}), june)) == [
        ("P01", at("C02", "未分园区"))
    ]


def test_what_no_park_held_and_fell_is_told_where_the_zone_was_not_known() -> None:
    june = parks("C02", {"白沙": None, "未分园区": 100}, period=JUNE)

    assert codes(told(parks("C02", {"白沙": 600, "未分园区": 50}), june)) == [
        ("P01", at("C02", "未分园区"))
    ]


def test_a_count_that_its_list_makes_is_no_less_than_it_was() -> None:
    derived: dict[str, Any] = {"unit": INDUSTRY, "typed": {("C09", WHOLE): None}}
    june = Answers(lists={"C09": [TEA]}, period=JUNE, **derived)
    none = Answers(unit=INDUSTRY, typed={("C09", WHOLE): 0})

    assert ("P01", at("C09", unit=INDUSTRY)) in codes(told(none, june))
    again = Answers(lists={"C09": [TEA]}, **derived)
    assert "P01" not in [rule for rule, _ in codes(told(again, june))]


@pytest.mark.parametrize(
    ("now", "problem"), [(1170, False), (1171, True), (629, True), (630, False)]
)
def test_an_amount_that_leaves_its_pace_by_more_than_30_percent_is_asked_about(
    now: float, *, problem: bool
) -> None:
    assert codes(told(trade(now), trade(600, JUNE))) == ([("P02", CELL)] if problem else [])


def test_a_leap_says_how_far_and_from_what() -> None:
    [finding] = told(trade(1800), trade(600, JUNE))

    assert (finding.rule, finding.severity, finding.value) == ("P02", Severity.REVIEW, 1800)
    assert "比上期（2025-06）按月均推算的 900 增加 100%" in finding.message


def test_a_leap_on_last_year_is_asked_about_too() -> None:
    ago = {TRADE: filled(trade(600, YEAR_AGO)).submission}

    assert told(trade(780), year_ago=ago) == []
    [finding] = told(trade(781), year_ago=ago)
    assert (finding.rule, finding.cell) == ("P02", CELL)
    assert "比上年同期的 600 增加" in finding.message


def test_a_leap_that_is_explained_is_let_be() -> None:
    assert told(trade(1800, remarks={"C14": "新签出口合同"}), trade(600, JUNE)) == []


def test_an_amount_that_did_not_move_is_asked_about_once_for_neighbours() -> None:
    values = {"白沙": 600, "官渡": 860}

    found = told(parks("C02", values), parks("C02", values, period=JUNE))

    assert codes(found) == [("P03", span(at("C02", "白沙"), at("C02", "官渡")))]
    assert found[0].severity is Severity.REVIEW


def test_nothing_may_stay_nothing() -> None:
    assert told(trade(0), trade(0, JUNE)) == []


@pytest.mark.parametrize("now", [1760, 176000.0 * 10000, 176000.0 * 1000, 17.6])
def test_an_amount_in_another_unit_is_told_by_its_size_alone(now: float) -> None:
    found = codes(told(trade(now), trade(114000, JUNE)))

    wrong = [("V09", CELL)]
    assert found == ([("P01", CELL)] if now == 1760 else wrong)


def test_the_first_report_of_a_year_is_held_against_last_year() -> None:
    ago = {TRADE: filled(trade(176000, YEAR_AGO)).submission}

    [finding] = told(trade(17.6), year_ago=ago)

    assert (finding.rule, finding.severity) == ("V09", Severity.REVIEW)
    assert "是上年同期 176000 的 0.0001 倍" in finding.message


@pytest.mark.parametrize(("now", "factor"), [(11.4, "0.0001"), (114000 * 10000, "10000")])
def test_the_first_report_of_the_second_year_is_held_against_the_first(
    now: float, factor: str
) -> None:
    end = Period(2024, 12)
    ended = {TRADE: filled(trade(152000, end)).submission}

    [finding] = told(trade(now), end=end, ended=ended)

    assert (finding.rule, finding.severity) == ("V09", Severity.REVIEW)
    assert f"是上年 2024-12 按月折算的 114000 的 {factor} 倍" in finding.message
    assert told(trade(114000), end=end, ended=ended) == []


def test_a_period_that_a_unit_alone_left_out_is_noticed() -> None:
    june = filled(trade(600, JUNE)).submission
    industry = Answers(unit=INDUSTRY, typed=nothing(INDUSTRY))

    [finding] = told(industry, period=JUNE, last={TRADE: june})

    assert (finding.rule, finding.severity) == ("P06", Severity.NOTICE)
    assert "2025-06" in finding.message
    assert told(industry) == []


def test_what_counted_in_an_earlier_year_does_not_count_as_new() -> None:
    typed = {**nothing(INDUSTRY), ("C09", WHOLE): None}
    again = Answers(unit=INDUSTRY, typed=typed, lists={"C09": [TEA]})

    [finding] = told(again, counted={("C09", "2025-001"): 2024})

    assert (finding.rule, finding.severity, finding.cell) == (
        "P08",
        Severity.ERROR,
        at("C09", "id"),
    )
    assert "已在 2024 年计数" in finding.message
    assert told(again, counted={("C10", "2025-001"): 2024}) == []


def test_revenue_keeps_its_ratio_to_output() -> None:
    def industry(output: float, revenue: float, period: Period) -> Answers:
        typed = {("C02", WHOLE): output * 100, ("C05", WHOLE): revenue * 100}
        zero = {("C09", WHOLE): 0, ("C11", WHOLE): 0, ("C12", WHOLE): 0}
        return Answers(unit=INDUSTRY, typed={**nothing(INDUSTRY), **typed, **zero}, period=period)

    june = industry(1000, 2000, JUNE)

    assert told(industry(1500, 3000, SEPTEMBER), june) == []
    [finding] = told(industry(1250, 3750, SEPTEMBER), june)
    assert (finding.rule, finding.severity, finding.value) == ("B08", Severity.NOTICE, 3)
    assert "由上期（2025-06）2 变为 3" in finding.message


def test_what_was_carried_over_from_last_year_stands() -> None:
    ago = {TRADE: filled(trade(600, YEAR_AGO)).submission}

    assert told(trade(650, cells={("填报", YEAR_AGO_CELL): 600}), year_ago=ago) == []
    assert told(trade(650, cells={("填报", YEAR_AGO_CELL): "—"}), year_ago=ago) == []
    [finding] = told(trade(650, cells={("填报", YEAR_AGO_CELL): 500}), year_ago=ago)
    assert (finding.rule, finding.severity, finding.cell) == ("P05", Severity.ERROR, YEAR_AGO_CELL)
    assert "上年同期应为 600（系统已带出），现为 500" in finding.message


def carried(value: float) -> dict[str, Any]:
    """市商务局's form with *value* in the cell of 上年同期."""
    return {"cells": {("填报", YEAR_AGO_CELL): value}}


def test_last_years_number_that_was_right_when_issued_is_asked_about() -> None:
    ago = {TRADE: filled(trade(600, YEAR_AGO)).submission}
    replaced = (filled(trade(500, YEAR_AGO)).submission,)

    [finding] = told(trade(700, **carried(500)), year_ago=ago, replaced=lambda: replaced)
    assert (finding.rule, finding.severity, finding.cell) == ("P05", Severity.REVIEW, YEAR_AGO_CELL)
    assert "上年同期应为 600" in finding.message
    assert "下发以后才更正" in finding.message

    [finding] = told(trade(700, **carried(501)), year_ago=ago, replaced=lambda: replaced)
    assert finding.severity is Severity.ERROR


def past(*amounts: float) -> dict[str, Any]:
    """History in which 市商务局 reported so much a month, a quarter after another."""
    values = [(3 * (n % 4 + 1), Decimal(str(a)) * 3 * (n % 4 + 1)) for n, a in enumerate(amounts)]
    return {"past": lambda: {TRADE: {"C14": values}}}


USUAL = (10, 11, 12, 13, 14, 15, 16, 17)


def test_a_number_far_off_its_units_own_level_is_told() -> None:
    [finding] = told(trade(270), **past(*USUAL))

    assert (finding.rule, finding.severity, finding.cell) == ("P07", Severity.NOTICE, CELL)
    assert "月均为 30，明显偏离本单位近 8 期水平（月均中位数 13.5），请再核一次" in finding.message


def test_a_number_near_its_units_own_level_is_in_order() -> None:
    assert told(trade(180), **past(*USUAL)) == []


def test_fewer_than_eight_periods_or_a_level_that_never_moves_say_nothing() -> None:
    assert told(trade(270), **past(*USUAL[:7])) == []
    assert told(trade(270), **past(*(10,) * 8)) == []

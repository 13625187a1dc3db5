from datetime import datetime

import pytest

from tests.support.forms import (
    COMMITTEE,
    INDUSTRY,
    INVESTMENT,
    PARKS,
    TRADE,
    WHOLE,
    Answers,
    book,
    findings,
    found,
)
from tests.support.places import at, span
from wyexcel.findings import Severity

CELL = at("C14", unit=TRADE)
"""The one number that 市商务局's form asks for."""


def trade(value: object, **more: object) -> Answers:
    """市商务局's form, which asks for one number: C14 进出口总额（万元）."""
    return Answers(unit=TRADE, typed={("C14", WHOLE): value}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("unit", [COMMITTEE, INDUSTRY, TRADE, INVESTMENT])
def test_a_form_in_order_has_no_findings(unit: str) -> None:
    assert found(Answers(unit=unit)) == []


def test_a_blank_cell_is_unreported_and_a_typed_zero_is_zero() -> None:
    assert found(trade(None)) == [("V01", CELL)]
    assert found(trade("  \u3000")) == [("V01", CELL)]
    assert found(trade(0)) == []


def test_blank_neighbours_are_told_once_over_their_range() -> None:
    blank = Answers(typed={("C02", park): None for park in ("白沙", "官渡", "青花", "未分园区")})

    assert found(blank) == [
        ("V01", span(at("C02", "白沙"), at("C02", "青花"))),
        ("V01", at("C02", "未分园区")),
    ]


def test_a_number_that_nobody_knows_may_be_left_out_with_a_reason() -> None:
    assert found(trade(None, states={"C14": "不详"}, remarks={"C14": "海关数据未公布"})) == []
    assert found(trade(None, states={"C14": "不详"})) == [("V01", CELL)]
    assert found(trade(None, remarks={"C14": "海关数据未公布"})) == [("V01", CELL)]


@pytest.mark.parametrize(
    ("unit", "element", "typed", "guess"),
    [
        (INDUSTRY, "C01", "14户", 14),
        (INDUSTRY, "C01", "约14", 14),
        (INDUSTRY, "C02", "24.00亿元", 240000),
        (INDUSTRY, "C02", "2000万", 2000),
        (INDUSTRY, "C02", "12—14", None),
        (INDUSTRY, "C02", "5万美元", None),
        (INVESTMENT, "C13", "0万美元", 0),
        (INDUSTRY, "C02", True, None),
    ],
)
def test_text_is_never_made_a_number_but_one_is_suggested(
    unit: str, element: str, typed: object, guess: float | None
) -> None:
    [finding] = findings(Answers(unit=unit, typed={(element, WHOLE): typed}))

    assert (finding.rule, finding.severity) == ("V02", Severity.ERROR)
    assert finding.cell == at(element, unit=unit)
    assert finding.value == typed
    assert finding.suggestion == guess


@pytest.mark.parametrize("typed", ["２４", "1,234", " 24 ", "24\u00a0", "24.50", "\u200b24"])
def test_a_number_stored_as_text_is_taken_and_told(typed: str) -> None:
    [finding] = findings(trade(typed))

    assert (finding.rule, finding.severity, finding.cell) == ("V03", Severity.NOTICE, CELL)


@pytest.mark.parametrize("typed", ["/", "—", "——", "无", "-", "不适用", "N/A", "／"])
def test_a_sign_for_nothing_is_no_number(typed: str) -> None:
    assert found(trade(typed)) == [("V04", CELL)]
    assert found(trade(typed, states={"C14": "不适用"}, remarks={"C14": "无进出口企业"})) == []


def test_a_negative_number_must_be_explained() -> None:
    [bare] = findings(trade(-5))
    [explained] = findings(trade(-5, remarks={"C14": "退运冲减"}))

    assert (bare.rule, bare.severity) == ("V05", Severity.ERROR)
    assert (explained.rule, explained.severity) == ("V05", Severity.NOTICE)
    assert explained.message.endswith("单位已说明：“退运冲减”。")


def test_a_count_is_whole() -> None:
    assert found(Answers(typed={("C01", "官渡"): 2.5})) == [("V06", at("C01", "官渡"))]
    assert found(trade(2.5)) == []


def test_an_error_value_is_told_as_it_shows_and_not_as_blank() -> None:
    [finding] = findings(trade(None), errors={("填报", CELL): "#DIV/0!"})

    assert (finding.rule, finding.cell, finding.value) == ("V11", CELL, "#DIV/0!")


def test_a_formula_that_was_never_calculated_is_no_blank() -> None:
    assert found(trade(None), uncached=frozenset({("填报", CELL)})) == [("F06", CELL)]
    assert found(trade(4), uncached=frozenset({("填报", at("C14", "上期累计", TRADE))})) == []


def test_a_date_is_no_number() -> None:
    [finding] = findings(trade(datetime(2025, 3, 5)))  # noqa: DTZ001 - cells know no time zone

    assert (finding.rule, finding.cell, finding.value) == ("V12", CELL, "2025-03-05")


def test_a_state_is_one_of_its_list() -> None:
    assert found(trade(4, states={"C14": "快报"})) == [("V14", at("C14", "状态", TRADE))]
    assert found(trade(4, states={"C14": "正常"})) == []


def test_whoever_filled_it_is_named() -> None:
    nobody = trade(4, people={"preparer": "", "reviewer": "李四", "phone": " "})

    assert found(nobody) == [("I05", at("preparer", unit=TRADE)), ("I05", at("phone", unit=TRADE))]
    assert found(trade(4, people={"reviewer": "/"})) == [("I05", at("reviewer", unit=TRADE))]


def test_a_park_value_of_another_unit_is_only_compared() -> None:
    issued_to_another = book(Answers()).sheets

    assert ("U04", span(at("C01", PARKS[0]), at("C01", PARKS[-1]))) in found(
        trade(4), sheets=issued_to_another
    )
    assert found(Answers(), sheets=issued_to_another) == []


def test_park_columns_of_an_element_that_is_not_split_stay_empty() -> None:
    cell = at("C14", "官渡")

    [finding] = findings(Answers(cells={("填报", cell): 4}))

    assert (finding.rule, finding.cell, finding.value) == ("U06", cell, 4)
    assert found(Answers(cells={("填报", cell): None})) == []
    assert found(Answers(cells={("填报", cell): "/"})) == []


def test_an_amount_has_no_needless_digits() -> None:
    [finding] = findings(trade(14.3333333))

    assert (finding.rule, finding.severity, finding.cell) == ("V10", Severity.NOTICE, CELL)
    assert "有 7 位小数，按规定保留 2 位" in finding.message


@pytest.mark.parametrize("typed", [14.33, 14, 0.1 + 0.2, 176000.10, 1e-300, 99999999999.99])
def test_what_a_formula_leaves_behind_the_fifteenth_digit_is_no_excess(typed: float) -> None:
    rules = [rule for rule, _ in found(trade(typed))]

    assert rules == (["V10"] if typed == 1e-300 else [])


def test_needless_digits_in_neighbours_are_told_once() -> None:
    long = Answers(typed={("C02", "白沙"): 10.125, ("C02", "官渡"): 10.0625, ("C02", "青花"): 1.5})

    [finding] = findings(long)

    assert (finding.rule, finding.cell) == ("V10", span(at("C02", "白沙"), at("C02", "官渡")))
    assert "有 4 位小数" in finding.message

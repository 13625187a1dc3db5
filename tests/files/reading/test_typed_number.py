from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from wyexcel.files.reading.typed_number import TypedKind, interpret


@pytest.mark.parametrize(
    ("raw", "sort", "number"),
    [
        (14.0, TypedKind.NUMBER, "14"),
        (0.1, TypedKind.NUMBER, "0.1"),
        (None, TypedKind.BLANK, None),
        (" \u00a0\u3000", TypedKind.BLANK, None),
        ("２４", TypedKind.NUMERIC_TEXT, "24"),
        ("1,234,567.5", TypedKind.NUMERIC_TEXT, "1234567.5"),
        ("１，２３４", TypedKind.NUMERIC_TEXT, "1234"),
        ("－5", TypedKind.NUMERIC_TEXT, "-5"),
        ("12,34", TypedKind.TEXT, None),
        ("1 234 567.5", TypedKind.NUMERIC_TEXT, "1234567.5"),
        ("12 34", TypedKind.TEXT, None),
        ("2025 123", TypedKind.TEXT, None),
        ("12\n345", TypedKind.TEXT, None),
        ("9" * 400, TypedKind.TEXT, None),
        ("1e5", TypedKind.TEXT, None),
        ("——", TypedKind.PLACEHOLDER, None),
        ("无", TypedKind.PLACEHOLDER, None),
        (True, TypedKind.TEXT, None),
        (float("inf"), TypedKind.TEXT, None),
        (float("nan"), TypedKind.TEXT, None),
        (1e300, TypedKind.TEXT, None),
        (date(2025, 3, 5), TypedKind.DATE, None),
        (time(3, 5), TypedKind.DATE, None),
        (timedelta(hours=30), TypedKind.DATE, None),
    ],
)
def test_a_cell_is_sorted_by_what_stands_in_it(
    raw: object, sort: TypedKind, number: str | None
) -> None:
    reading = interpret(raw, "万元")  # type: ignore[arg-type]

    assert reading.kind is sort
    assert reading.number == (None if number is None else Decimal(number))


def test_a_sum_that_a_formula_made_is_what_the_cell_shows() -> None:
    assert interpret(8.1 + 9.2 + 6.7, "亿元").number == 24
    assert interpret(0.1 + 0.2, "亿元").number == Decimal("0.3")
    assert interpret(123456789012.345, "万元").number == Decimal("123456789012.345")


@pytest.mark.parametrize(
    ("text", "measure", "guess"),
    [
        ("14户", "户", "14"),
        ("约 14", "户", "14"),
        ("24.00亿元", "万元", "240000"),
        ("2,400.5万元", "万元", "2400.5"),
        ("176000元", "万元", "17.6"),
        ("3000万", "亿元", "0.3"),
        ("85%", "万元", None),
        ("约85%", "%", "85"),
        ("12～14", "户", None),
        ("14户（含新增2户）", "户", None),
        ("(14)", "万元", None),
        ("5万美元", "万元", None),
        ("5万元", "万美元", None),
        ("14万元", "户", None),
        ("12,34", "万元", None),
        ("12 34户", "户", None),
        ("十四", "户", None),
        ("9" * 400 + "户", "户", None),
    ],
)
def test_what_was_probably_meant_is_guessed_in_the_measure_of_the_cell(
    text: str, measure: str, guess: str | None
) -> None:
    reading = interpret(text, measure)

    assert reading.number is None
    assert reading.guess == (None if guess is None else Decimal(guess))


@pytest.mark.parametrize(
    ("raw", "percent", "sort", "number", "guess"),
    [
        (85.0, False, TypedKind.NUMBER, "85", None),
        ("85%", False, TypedKind.NUMERIC_TEXT, "85", None),
        ("８５ ％", False, TypedKind.NUMERIC_TEXT, "85", None),
        (0.85, True, TypedKind.NUMBER, "85", None),
        (85.0, True, TypedKind.PERCENT, None, "85"),
        (0.22, False, TypedKind.NUMBER, "0.22", None),
        (0.0022, True, TypedKind.NUMBER, "0.22", None),
        (1.0, True, TypedKind.NUMBER, "100", None),
    ],
)
def test_a_percentage_is_what_the_cell_shows(
    raw: str | float, sort: TypedKind, number: str | None, guess: str | None, *, percent: bool
) -> None:
    reading = interpret(raw, "%", percent=percent)

    assert reading.kind is sort
    assert reading.number == (None if number is None else Decimal(number))
    assert reading.guess == (None if guess is None else Decimal(guess))


@pytest.mark.parametrize("raw", [0.85, 85.0, 1760.0, 0.0])
def test_an_amount_shown_as_a_percentage_is_no_number(raw: float) -> None:
    assert interpret(raw, "万元", percent=True).kind is TypedKind.PERCENT
    assert interpret(raw, "万元", percent=True).number is None

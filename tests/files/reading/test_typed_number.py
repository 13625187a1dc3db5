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
        ("9" * 400 + "户", "户", None),
        ("–5", "万元", "-5"),
        (".5", "万元", "0.5"),
        ("176000。", "万元", "176000"),
        ("24（亿元）", "万元", "240000"),
        ("1亿2000万元", "万元", "12000"),
        ("6800万元（含税）", "万元", "6800"),
        ("5万美金", "万美元", "5"),
        ("14欧元", "万元", None),
        ("5千", "万元", None),
        ("第14", "户", None),
        ("14‰", "%", None),
        ("3/5", "户", None),
        ("14.5.6", "户", None),
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


@pytest.mark.parametrize("typed", ["1.76E+05", "1.76e5", "1.76×10^5", "1.76×10⁵", "1.76E5万元"])
def test_a_power_of_ten_is_suggested_as_the_number_that_it_is(typed: str) -> None:
    assert interpret(typed, "万元").guess == 176000


@pytest.mark.parametrize(
    "typed",
    [
        "1E+400",
        "1E99",
        "1.76E+20",
        "9" * 400 + "E5",
        "1.2E-40",
        "一" * 5000,
        "一万" * 9000,
        "九亿" * 20,
    ],
)
def test_what_is_no_number_that_can_be_is_not_suggested(typed: str) -> None:
    assert interpret(typed, "万元").guess is None


@pytest.mark.parametrize(
    ("words", "measure", "guess"),
    [
        ("十二", "户", "12"),
        ("廿五户", "户", "25"),
        ("一百零五", "户", "105"),
        ("两千三", "户", "2300"),
        ("柒佰", "万元", "700"),
        ("十七万六千", "万元", "176000"),
        ("17万6千", "万元", "176000"),
        ("壹拾柒万陆仟元整", "万元", "17.6"),
        ("壹仟贰佰元叁角伍分", "万元", "0.120035"),
        ("一百二十点五", "万元", "120.5"),
        ("二点五亿元", "万元", "25000"),
        ("二十四亿", "万元", "240000"),
        ("一七六〇〇〇", "万元", "176000"),
        ("负十二", "万元", "-12"),
        ("百分之八十五", "%", "85"),
        ("百分之八十五", "万元", None),
        ("十七万", "万元", None),
        ("三五", "户", None),
        ("三万五", "户", "35000"),
        ("三百五万元", "万元", None),
        ("三万五万", "户", None),
        ("三千零二", "户", "3002"),
        ("一千零五十万元", "万元", "1050"),
        ("一亿零五百万元", "万元", "10500"),
        ("一万亿元", "万元", "100000000"),
        ("百二", "户", None),
        ("一", "户", None),
        ("一般", "户", None),
        ("第十二", "户", None),
        ("十二月", "户", None),
    ],
)
def test_a_number_in_words_is_suggested_unless_it_may_be_another(
    words: str, measure: str, guess: str | None
) -> None:
    reading = interpret(words, measure)

    assert (reading.kind, reading.number) == (TypedKind.TEXT, None)
    assert reading.guess == (None if guess is None else Decimal(guess))


@pytest.mark.parametrize(
    ("typed", "guess"),
    [
        ("176OOO", "176000"),
        ("176ooo", "176000"),
        ("176〇〇〇", "176000"),
        ("l76,OOO.5", "176000.5"),
        ("I76000", "176000"),
        ("O", None),
        ("IO", None),
        ("176OOS", None),
        ("17B", None),
    ],
)
def test_letters_that_look_like_digits_are_taken_for_them_or_nothing_is_suggested(
    typed: str, guess: str | None
) -> None:
    assert interpret(typed, "万元").guess == (None if guess is None else Decimal(guess))


@pytest.mark.parametrize(
    "typed",
    ["①", "14①", "14²", "½", "14½", "㊿", "⑭", "⒕", "Ⅷ", "٣", "1٤", "𝟏𝟒", "१४", "㏠", "1⁄2", "₁₄"],
)
def test_only_the_ten_digits_and_their_wide_forms_are_digits(typed: str) -> None:
    reading = interpret(typed, "户")

    assert (reading.kind, reading.number, reading.guess) == (TypedKind.TEXT, None, None)


MARKS = [
    *map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0x200B, 0x2010))),
    *("\ufeff", "\u00ad", "\u2060", "\u061c", "\u0002", "\u007f", "\u009d", "\ufe0f"),
]


@pytest.mark.parametrize("mark", MARKS, ids=ascii)
@pytest.mark.parametrize("around", ["{0}176000{0}", "{0}176000", "176{0}000", "１７６，{0}０００"])
def test_marks_that_cannot_be_seen_are_no_part_of_a_number(mark: str, around: str) -> None:
    reading = interpret(around.format(mark), "万元")

    assert (reading.kind, reading.number) == (TypedKind.NUMERIC_TEXT, 176000)


@pytest.mark.parametrize("mark", MARKS, ids=ascii)
def test_marks_alone_are_a_blank(mark: str) -> None:
    assert interpret(f"{mark} {mark}", "万元").kind is TypedKind.BLANK

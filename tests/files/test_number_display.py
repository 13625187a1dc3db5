"""Numbers as they are printed: half up, once, and never saying what is not so."""

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wyexcel.files.number_display import (
    Number,
    all_digits,
    decimals_apart,
    decimals_to_see,
    format_number,
    rounded,
)
from wyexcel.reports.indicator_cells import change_cell, number_cell

NUMBERS = st.fractions(min_value=-(10**12), max_value=10**12, max_denominator=10**5)
DECIMALS = st.integers(min_value=0, max_value=6)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Decimal("2.675"), 2, "2.68"),
        (Decimal("0.125"), 2, "0.13"),
        (Fraction("71.25"), 1, "71.3"),
        (Fraction("-71.25"), 1, "－71.3"),
        (Fraction(176, 240) * 100, 1, "73.3"),
        (Fraction(1, 3), 4, "0.3333"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(0), 1, "0.0"),
        (Decimal("-0"), 1, "0.0"),
        (85, 2, "85.00"),
        (None, 2, "—"),
    ],
)
def test_halves_go_up_as_in_a_spreadsheet(value: Number | None, decimals: int, text: str) -> None:
    assert format_number(value, decimals) == text


def test_a_number_just_short_of_a_half_goes_down_however_short() -> None:
    assert rounded(Fraction(1, 2) - Fraction(1, 10**80), 0) == 0
    assert rounded(10**80 + Fraction(1, 2), 0) == 10**80 + 1


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction("0.0004"), 2, "0.0004"),
        (Fraction("-0.04"), 1, "－0.04"),
        (Fraction("0.05"), 1, "0.1"),
        (Fraction(1, 3000), 1, "0.0003"),
    ],
)
def test_what_is_not_nothing_does_not_look_like_nothing(
    value: Fraction, decimals: int, text: str
) -> None:
    assert format_number(value, decimals) == text


def test_four_ten_thousandths_are_visible_in_a_printed_cell() -> None:
    small, none = (
        number_cell(Fraction("0.0004"), 2),
        number_cell(Fraction(0), 2),
    )

    assert (small.value, small.format) == (0.0004, "0.0000")
    assert (none.value, none.format) == (0, "0")


def test_a_gap_of_four_hundredths_of_a_point_is_not_printed_as_none() -> None:
    cell = change_cell(Fraction("-0.04"), 1)

    assert (cell.value, cell.format) == (-0.04, "+0.00;-0.00;0.00")


@pytest.mark.parametrize(
    ("value", "text"),
    [("748.70", "748.7"), ("1E+5", "100000"), ("0.0000001", "0.0000001"), ("-3.50", "-3.5")],
)
def test_a_number_as_filled_in_keeps_its_digits_and_has_no_exponent(value: str, text: str) -> None:
    assert all_digits(Decimal(value)) == text


def test_a_value_is_shown_apart_from_every_bound_at_once() -> None:
    value, near, nearer = Fraction("0.0499"), Fraction("0.05"), Fraction("0.04")

    decimals = decimals_apart(value, [near, nearer], 1)

    assert decimals == 4
    assert rounded(value, decimals) not in {rounded(near, decimals), rounded(nearer, decimals)}


def test_a_value_equal_to_a_bound_needs_no_more_digits() -> None:
    assert decimals_apart(Fraction(80), [80, Fraction("79.96")], 1) == 2
    assert decimals_apart(Fraction(80), [80], 1) == 1


@given(NUMBERS, DECIMALS)
def test_rounding_is_exact_for_every_fraction(value: Fraction, decimals: int) -> None:
    units = Fraction(rounded(value, decimals)) * 10**decimals

    assert units.denominator == 1
    assert abs(units) == floor(abs(value) * 10**decimals + Fraction(1, 2))
    assert units * value >= 0


@given(NUMBERS, NUMBERS, DECIMALS)
def test_a_printed_order_is_never_the_wrong_way_round(
    one: Fraction, other: Fraction, decimals: int
) -> None:
    low, high = sorted((one, other))

    assert rounded(low, decimals) <= rounded(high, decimals)
    apart = decimals_apart(low, [high], decimals)
    assert (rounded(low, apart) < rounded(high, apart)) == (low < high)


@given(NUMBERS, DECIMALS)
def test_what_is_printed_has_the_sign_of_the_value(value: Fraction, decimals: int) -> None:
    text = format_number(value, decimals)

    assert text.startswith("－") == (value < 0)
    assert bool(set(text) & set("123456789")) == bool(value)
    assert decimals_to_see(value, decimals) >= decimals

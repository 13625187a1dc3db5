"""In which other measure a number was probably typed (元 for 万元), and what it makes then."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from wyexcel.forms.value_in_words import in_words

_POWERS: Final[Mapping[str, int]] = {"亿": 8, "百万": 6, "万": 4, "千": 3, "": 0}
_OF_MONEY_ALONE: Final = frozenset({"百万", "千"})
"""Multiples in which money is counted, but nothing else (千 belongs to 千瓦时 itself)."""

_MEASURE: Final = re.compile(r"(亿|百万|万|千(?=.{0,3}元$))?(.+)")
_TEN: Final = Fraction(10)
_TIGHT: Final = Fraction(3, 2)
"""So near to a power of ten a number is just that many digits off."""
_LEAST: Final = Fraction(1, 30)
"""In the right measure a number is at least this part of what was due, and at most ten times."""

_MOST_DIGITS: Final = 12


class OtherMeasure(NamedTuple):
    """What was probably done to a number, in a clause of a sentence, and what it should be."""

    words: str
    fitting: Decimal


def ten_thousands(measure: str) -> Fraction | None:
    """How many 万 one of *measure* is, where it is money (亿元 → 10000); else None."""
    power, base = _split(measure)
    return _TEN ** (power - _POWERS["万"]) if base.endswith("元") else None


def by_size(number: Decimal, factor: Fraction, measure: str) -> OtherMeasure | None:
    """The measure in which *number*, so many times what was due of *measure*, would be near it."""
    return min(_near(number, factor, measure), default=(Fraction(), None), key=_distance)[1]


def by_digits(number: Decimal, factor: Fraction, measure: str) -> OtherMeasure | None:
    """What makes *number* just as much too large or too small as a power of ten; else None."""
    digits = digits_off(factor)
    if digits is None:
        return None
    for shift, other in _others(measure):
        if shift == -digits:
            return typed_in(number, other, measure)
    wrong = "多" if digits > 0 else "少"
    fitting = _shifted(number, -digits)
    words = f"像是{wrong}写了 {abs(digits)} 位（{in_words(fitting)}{measure}？）"
    return OtherMeasure(words, fitting)


def digits_off(factor: Fraction) -> int | None:
    """The power of ten that *factor* is, but for what grows in a year; None where it is none."""
    for digits in range(1, _MOST_DIGITS):
        for signed in (digits, -digits):
            if 1 / _TIGHT <= factor / _TEN**signed <= _TIGHT:
                return signed
    return None


def guess(
    number: Decimal, factor: Fraction, measure: str, *, paced: Fraction | None = None
) -> OtherMeasure | None:
    """What was done to *number*: to the digit where *paced*, its factor by pace, tells it."""
    exactly = None if paced is None else by_digits(number, paced, measure)
    return exactly or by_size(number, factor, measure)


def typed_in(number: Decimal, other: str, measure: str) -> OtherMeasure:
    """What *number* is in *measure* where it was typed in the *other* one.

    >>> typed_in(Decimal("17.6"), "亿元", "万元")
    OtherMeasure(words='像是按“亿元”填的，折合 176000万元', fitting=Decimal('1.76E+5'))
    """
    shift = _split(other)[0] - _split(measure)[0]
    fitting = _shifted(number, shift)
    return OtherMeasure(f"像是按“{other}”填的，折合 {in_words(fitting)}{measure}", fitting)


def shifts(measure: str) -> Iterator[int]:
    """By how many digits a number is off where it was typed in another measure, or a 0 too many."""
    yield from dict.fromkeys([-shift for shift, _ in _others(measure)] + [1, -1])


def _split(measure: str) -> tuple[int, str]:
    found = _MEASURE.fullmatch(measure)
    prefix, base = found.groups() if found else ("", measure)
    return _POWERS[prefix or ""], base


def _others(measure: str) -> Iterator[tuple[int, str]]:
    """Every other measure of the same thing, and by how many digits its numbers must be shifted."""
    power, base = _split(measure)
    for prefix, other in _POWERS.items():
        if other != power and (base.endswith("元") or prefix not in _OF_MONEY_ALONE):
            yield other - power, prefix + base


def _near(
    number: Decimal, factor: Fraction, measure: str
) -> Iterator[tuple[Fraction, OtherMeasure | None]]:
    for shift, other in _others(measure):
        off = factor * _TEN**shift
        if _LEAST <= off <= _TEN:
            yield max(off, 1 / off), typed_in(number, other, measure)


def _distance(near: tuple[Fraction, OtherMeasure | None]) -> Fraction:
    return near[0]


def _shifted(number: Decimal, digits: int) -> Decimal:
    """*number* times ten to the power of *digits*, exactly."""
    return number.scaleb(digits) if number else number

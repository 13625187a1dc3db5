"""Numbers as people read them: rounded once, half up, and never contradicting the judgement."""

from collections.abc import Iterable
from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor
from typing import Final, TypeAlias

Number: TypeAlias = Fraction | Decimal | int

NONE: Final = "—"
"""What is printed where there is no number (GB/T practice: no such item)."""

LEVEL: Final = "持平"
"""What is printed in place of a difference that nobody can see."""

_HALF: Final = Fraction(1, 2)
_MOST_DECIMALS: Final = 12
_MOST_TO_TELL_APART: Final = 6
"""Decimals beyond which two numbers count as level (持平) in words and tables."""
_DIGITS: Final = 60
_HUNDRED: Final = 100


def rounded(value: Number, decimals: int) -> Decimal:
    """*value* to *decimals* places, halves away from zero (四舍五入).

    >>> rounded(Fraction(285, 4), 1), rounded(Decimal("2.675"), 2)
    (Decimal('71.3'), Decimal('2.68'))
    """
    units = floor(abs(Fraction(value)) * 10**decimals + _HALF)
    return Decimal(f"{'-' if value < 0 else ''}{units}e-{decimals}")


def decimals_to_see(value: Number, decimals: int) -> int:
    """*decimals*, or as many more as it takes for a value that is not zero not to look like it.

    >>> decimals_to_see(Fraction(4, 10000), 2), decimals_to_see(Fraction(-1, 25), 1)
    (4, 2)
    """
    while value and not rounded(value, decimals) and decimals < _MOST_DECIMALS:
        decimals += 1
    return decimals


def decimals_close(value: Number, decimals: int) -> int:
    """*decimals*, or as many more as it takes to be off by no more than a hundredth of *value*.

    >>> decimals_close(Fraction(6, 100000), 4), decimals_close(Fraction("17.604"), 2)
    (5, 2)
    """
    exact = Fraction(value)
    while decimals < _MOST_DECIMALS:
        if abs(Fraction(rounded(value, decimals)) - exact) <= abs(exact) / _HUNDRED:
            break
        decimals += 1
    return decimals


def decimals_to_tell(pairs: Iterable[tuple[Number, Number]], decimals: int) -> int:
    """*decimals*, or up to six where it takes more for the two of each pair not to look alike.

    A pair that looks alike with six decimals too is level, and asks for nothing.

    >>> decimals_to_tell([(Fraction("17.999999"), 18)], 2), decimals_to_tell([(17, 18)], 2)
    (6, 2)
    >>> decimals_to_tell([(Fraction("17.9999999"), 18)], 2)
    2
    """
    most = max(decimals, _MOST_TO_TELL_APART)
    unlike = [pair for pair in pairs if _are_unlike(*pair, most)]
    return next(
        places
        for places in range(decimals, most + 1)
        if all(_are_unlike(*pair, places) for pair in unlike)
    )


def _are_unlike(first: Number, second: Number, decimals: int) -> bool:
    return rounded(first, decimals) != rounded(second, decimals)


def decimals_apart(value: Number, others: Iterable[Number], decimals: int) -> int:
    """*decimals*, or up to six where it takes more for *value* not to look like one of *others*.

    >>> decimals_apart(Fraction("79.96"), [80, 100], 1), decimals_apart(80, [80, 100], 1)
    (2, 1)
    """
    return decimals_to_tell([(value, other) for other in others], decimals)


def is_level(first: Number, second: Number) -> bool:
    """Whether two numbers are equal as far as anybody prints them (持平).

    >>> is_level(Fraction("17.9999999"), 18), is_level(Fraction("17.999999"), 18)
    (True, False)
    """
    most = _MOST_TO_TELL_APART
    apart = Fraction(first) - Fraction(second)
    return not rounded(apart, most) or not _are_unlike(first, second, most)


def format_number(value: Number | None, decimals: int) -> str:
    """*value* as text, `—` where there is none.

    >>> format_number(Fraction(176, 10), 2), format_number(Fraction(4, 10000), 2)
    ('17.60', '0.0004')
    >>> format_number(None, 2)
    '—'
    """
    if value is None:
        return NONE
    number = rounded(value, decimals_to_see(value, decimals))
    return f"{number or abs(number):f}".replace("-", "－")


def all_digits(value: Number) -> str:
    """*value* with every digit it has, as it was filled in.

    >>> all_digits(Decimal("748.70")), all_digits(12)
    ('748.7', '12')
    """
    with localcontext() as context:
        context.prec = _DIGITS
        exact = Fraction(value)
        number = (Decimal(exact.numerator) / Decimal(exact.denominator)).normalize()
    return f"{number:f}"


def excel_format(decimals: int) -> str:
    """The number format that shows *decimals* places.

    >>> excel_format(0), excel_format(2)
    ('0', '0.00')
    """
    return f"0.{'0' * decimals}" if decimals else "0"

"""Numbers as people read them: rounded once, half up, and never contradicting the judgement."""

from collections.abc import Iterable
from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor
from typing import Final, TypeAlias

Number: TypeAlias = Fraction | Decimal | int

NONE: Final = "—"
"""What is printed where there is no number (GB/T practice: no such item)."""

_HALF: Final = Fraction(1, 2)
_MOST_DECIMALS: Final = 12
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


def decimals_apart(value: Number, others: Iterable[Number], decimals: int) -> int:
    """*decimals*, or as many more as it takes for *value* not to look like one of *others*.

    >>> decimals_apart(Fraction("79.96"), [80, 100], 1), decimals_apart(80, [80, 100], 1)
    (2, 1)
    """
    unlike = [other for other in others if other != value]
    while decimals < _MOST_DECIMALS:
        if rounded(value, decimals) not in {rounded(other, decimals) for other in unlike}:
            break
        decimals += 1
    return decimals


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

"""What formulas reckon with: numbers, texts and truth values, and what becomes of two of them."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from typing import Final, TypeAlias

from wyexcel.files.reading.formulas.elsewhere import Source
from wyexcel.files.reading.formulas.syntax import NotEvaluated, Value, number_in

ZERO: Final = Fraction(0)
MOST_BITS: Final = 4_096
_LARGEST_POWER: Final = 1_000
_LONGEST_WHOLE: Final = 10**11

_Rank: TypeAlias = tuple[int, Fraction, str]


class Elsewhere(NotEvaluated):
    """What a formula comes to depends on something outside the workbook."""

    def __init__(self, source: Source) -> None:
        """*source* is what it depends on."""
        super().__init__(source.name)
        self.source = source


class Wrong(NotEvaluated):
    """A formula comes to an error value, such as #DIV/0!."""


def as_number(value: Value) -> Fraction:
    """The number that *value* is where one is wanted."""
    if isinstance(value, str):
        number = number_in(value.strip())
        if number is None:
            raise Wrong(value)
        return number
    return Fraction(value or 0)


def as_text(value: Value) -> str:
    """*value* as it is joined to a text; only numbers that everybody writes alike."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return value
        case Fraction(denominator=1) if abs(value) < _LONGEST_WHOLE:
            return str(value)
        case _:
            raise NotEvaluated(value)


def compared(sign: str, left: Value, right: Value) -> bool:
    """Numbers come before texts, texts before truth values; blank is as nothing of the other."""
    return _COMPARED[sign](_rank(left, right), _rank(right, left))


def _rank(value: Value, other: Value) -> _Rank:
    if value is None:
        value = "" if isinstance(other, str) else False if isinstance(other, bool) else ZERO
    if isinstance(value, str):
        return 1, ZERO, value.casefold()
    return (2 if isinstance(value, bool) else 0), Fraction(value or 0), ""


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """*base* raised to *exponent*, exactly where that is whole; raise Wrong where it is none."""
    if base == 0 and exponent <= 0:
        raise Wrong(base)
    if abs(exponent) > _LARGEST_POWER:
        raise NotEvaluated(exponent)
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if exponent.denominator == 1 and bits * abs(exponent) <= MOST_BITS:
        return base**exponent.numerator
    if base < 0:
        raise NotEvaluated(base)
    return Fraction(float(base) ** float(exponent))


_COMPARED: Final[Mapping[str, Callable[[_Rank, _Rank], bool]]] = {
    "=": eq,
    "<>": ne,
    "<": lt,
    ">": gt,
    "<=": le,
    ">=": ge,
}


def divided(left: Fraction, right: Fraction) -> Fraction:
    """*left* by *right*; raise Wrong where that is nothing."""
    if right == 0:
        raise Wrong(left)
    return left / right


ARITHMETIC: Final[Mapping[str, Callable[[Fraction, Fraction], Fraction]]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": divided,
    "^": power,
}
"""What becomes of two numbers, by the sign between them."""

"""A formula's result held against the value that is stored beside it."""

from datetime import date, time, timedelta
from enum import Enum, auto
from fractions import Fraction
from typing import Final, NamedTuple

from wyexcel.files.reading.book import Book, CellValue
from wyexcel.files.reading.formulas.elsewhere import Source
from wyexcel.files.reading.formulas.evaluate import Reckoner, Result
from wyexcel.files.reading.formulas.syntax import NotEvaluated, Value, number_in
from wyexcel.files.reading.formulas.values import Elsewhere
from wyexcel.files.reading.typed_number import exact

_VISIBLE: Final = Fraction(1, 10**9)
"""Of a number: no program shows a smaller share of it, and some store no smaller one."""
_NOISE: Final = Fraction(1, 10**12)
"""Of the largest number on the way: what binary fractions may be off after many steps."""

_FEWEST_DECIMALS: Final = 2
_MOST_DECIMALS: Final = 15


class Agreement(Enum):
    """How a stored value stands to the formula beside it."""

    SAME = auto()
    DIFFERENT = auto()
    UNKNOWN = auto()
    ELSEWHERE = auto()


class Comparison(NamedTuple):
    """How a stored value stands to its formula; the `result` where known, the `source` outside."""

    agreement: Agreement
    result: Value = None
    source: Source | None = None


class FormulaChecker:
    """Holds stored values against the formulas of one workbook."""

    def __init__(self, book: Book) -> None:
        """*book* is the workbook."""
        self._exact = Reckoner(book)
        self._low = Reckoner(book, low=True)

    def compare(self, formula: str, sheet: str, stored: CellValue) -> Comparison:
        """How *stored*, in a cell of *sheet*, stands to *formula*."""
        try:
            exact = self._exact.reckon(formula, sheet)
            if fits(exact, stored) or (
                exact.ties and fits(self._low.reckon(formula, sheet), stored)
            ):
                return Comparison(Agreement.SAME, exact.value)
        except Elsewhere as elsewhere:
            return Comparison(Agreement.ELSEWHERE, source=elsewhere.source)
        except NotEvaluated:
            return Comparison(Agreement.UNKNOWN)
        is_day = isinstance(stored, date | time | timedelta)
        is_open = exact.ties > 1 or is_day
        return Comparison(Agreement.UNKNOWN if is_open else Agreement.DIFFERENT, exact.value)


def fits(result: Result, stored: CellValue) -> bool:
    """Whether *stored* is *result* as a program that reckons in binary stores it."""
    value = result.value
    if isinstance(value, bool) or isinstance(stored, bool):
        return value is stored
    if isinstance(value, Fraction):
        number = as_fraction(stored)
        if number is None:
            return False
        unseen = max(abs(value) * _VISIBLE, result.largest * _NOISE, _rounded_away(number))
        return abs(number - value) <= unseen
    return (value or "") == (stored or "")


def as_fraction(stored: CellValue) -> Fraction | None:
    """The number that is *stored*, or that a stored text plainly is; None where there is none."""
    if isinstance(stored, str):
        return number_in(stored)
    return Fraction(exact(float(stored))) if isinstance(stored, float | int) else None


def _rounded_away(stored: Fraction) -> Fraction:
    """How much may lack after the last decimal of *stored* where it has some.

    Workbooks that reckon as shown (以显示精度为准) store no more.
    """
    decimals = _FEWEST_DECIMALS
    while decimals < _MOST_DECIMALS and (stored * 10**decimals).denominator != 1:
        decimals += 1
    has_so_many = (stored * 10 ** (_FEWEST_DECIMALS - 1)).denominator != 1
    return Fraction(1, 2 * 10**decimals) if has_so_many else Fraction(0)

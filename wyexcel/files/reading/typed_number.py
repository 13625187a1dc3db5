"""What a person meant who typed into a number cell: a number, or something else, and what else."""

import re
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum, auto
from typing import Final

from msgspec import Struct

from wyexcel.files.reading.book import CellValue
from wyexcel.files.reading.plain_characters import ordinary


class TypedKind(Enum):
    """What stands in a number cell."""

    NUMBER = auto()
    NUMERIC_TEXT = auto()
    BLANK = auto()
    PLACEHOLDER = auto()
    PERCENT = auto()
    DATE = auto()
    TEXT = auto()
    ERROR = auto()
    UNCALCULATED = auto()
    MISCALCULATED = auto()


class TypedNumber(Struct, frozen=True):
    """What stands in a cell: `number` is what it says, `guess` only what was probably meant."""

    kind: TypedKind
    number: Decimal | None = None
    guess: Decimal | None = None


LIMIT: Final = 1e15
"""No amount is as large, and up to here a cell holds every digit that was typed."""

PERCENT: Final = "%"

_BLANK: Final = TypedNumber(TypedKind.BLANK)
_DATE: Final = TypedNumber(TypedKind.DATE)

_SIGNS: Final = frozenset("/\\-—–―─….*?、×x")
_WORDS: Final = frozenset(
    {"无", "没有", "暂无", "空", "不适用", "不详", "未知", "不清楚", "不掌握", "待定"}
    | {"n/a", "na", "nil", "none"}
)
_PLAIN: Final = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_TORN: Final = re.compile(r"(?<=[0-9])(?:(?<=[0-9]{4})|(?![^\S\r\n][0-9]{3}(?![0-9])))\s+(?=[0-9])")
"""A gap between digits that does not part them into thousands."""


def bare_text(text: str) -> str:
    """*text* without spaces of any kind and without marks, full-width forms made ordinary ones.

    >>> bare_text("１ ２３４．５\u00a0")
    '1234.5'
    """
    return "".join(ordinary(text).split())


def says_nothing(text: str) -> bool:
    """Whether *text* is blank, or but a sign or a word for nothing.

    >>> says_nothing("／"), says_nothing(" 无 "), says_nothing("无进出口企业")
    (True, True, False)
    """
    bare = bare_text(text)
    return bare.lower() in _WORDS or _SIGNS.issuperset(bare)


def interpret(raw: CellValue, measure: str, *, percent: bool = False) -> TypedNumber:
    """Say what *raw* is in a cell whose numbers are in *measure*; text is never made a number.

    The one exception is text that is a number in every eye (full-width digits, spaces around it or
    between thousands, thousands commas, % in a cell for percentages): that is NUMERIC_TEXT and says
    its number. A number that is shown as a *percent*age is a hundred times as many where
    percentages are asked for, up to 100 %; beyond, and in any other measure, nobody knows which of
    the two was meant.

    >>> interpret("２４", "户").number, interpret("14户", "户").number
    (Decimal('24'), None)
    >>> interpret("14户", "户").guess
    Decimal('14')
    >>> interpret("24.00亿元", "万元").guess
    Decimal('240000.00')
    """
    if raw is None:
        return _BLANK
    if isinstance(raw, bool):
        return TypedNumber(TypedKind.TEXT)
    if isinstance(raw, float | int) and percent:
        return _shown(exact(raw), measure)
    if isinstance(raw, float | int):
        return (
            TypedNumber(TypedKind.NUMBER, exact(raw))
            if abs(raw) < LIMIT
            else TypedNumber(TypedKind.TEXT)
        )
    if isinstance(raw, date | time | timedelta):
        return _DATE
    return _read_text(raw, measure)


def _shown(number: Decimal, measure: str) -> TypedNumber:
    """What a number is that is shown as a hundred times as many percent."""
    if measure != PERCENT:
        return TypedNumber(TypedKind.PERCENT)
    if number.copy_abs() <= 1:
        return TypedNumber(TypedKind.NUMBER, number * 100)
    return TypedNumber(TypedKind.PERCENT, guess=number)


def exact(number: float) -> Decimal:
    """The number that was typed or reckoned, to the fifteen digits that programs show and compare.

    What lies beyond them is the noise of binary fractions, as in a sum that a formula made.

    >>> exact(0.1), exact(0.1 + 0.2), exact(14.0)
    (Decimal('0.1'), Decimal('0.3'), Decimal('14'))
    """
    return Decimal(f"{number:.15g}")


def _read_text(raw: str, measure: str) -> TypedNumber:
    text = bare_text(raw)
    if not text:
        return _BLANK
    if _TORN.search(ordinary(raw)):
        return TypedNumber(TypedKind.TEXT)
    if measure == PERCENT:
        text = text.removesuffix(PERCENT)
    if _PLAIN.fullmatch(text):
        number = Decimal(text.replace(",", ""))
        too_large = number.copy_abs() >= LIMIT
        return (
            TypedNumber(TypedKind.TEXT)
            if too_large
            else TypedNumber(TypedKind.NUMERIC_TEXT, number)
        )
    if says_nothing(text):
        return TypedNumber(TypedKind.PLACEHOLDER)
    return TypedNumber(TypedKind.TEXT, guess=_guess(text, measure))


def _guess(text: str, measure: str) -> Decimal | None:
    from wyexcel.files.reading import number_guess  # noqa: PLC0415 - no right form needs it

    return number_guess.guess(text, measure)

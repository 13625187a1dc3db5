"""Rows that the plan sheets share: headings, notes, rows left open for more, and heights."""

import math
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from wyexcel.files.address import column_name
from wyexcel.files.reading.tables import NO, YES
from wyexcel.files.writing.sheet import Cell, Choice, Part, Row, Value, spread

YES_NO: Final = (YES, NO)
TEXT: Final = "@"
"""The number format of a cell that keeps what is typed (2-3 is no date)."""

GENERAL: Final = "General"

_CHARACTER: Final = 3.9
_LINE: Final = 15.0
LEAST: Final = 21.0


def title(text: str, across: int) -> Row:
    """The sheet's title over its whole width."""
    return spread(Part.TITLE, text, across, height=36)


def note(text: str, widths: Sequence[float]) -> Row:
    """A note over the whole width, as tall as it needs."""
    return spread(Part.NOTE, text, len(widths), height=height((text, sum(widths))))


def block(text: str, across: int) -> Row:
    """The line that opens one of several tables on a sheet (一、指标)."""
    return spread(Part.SUBTITLE, text, across, height=24)


def heading(*names: str | Cell | None) -> Row:
    """A heading row; None where a heading beside reaches over."""
    cells = tuple(
        Cell(value=name.replace("（", "\n（"), part=Part.HEADING) if isinstance(name, str) else name
        for name in names
    )
    return Row(cells, 34)


def empty(columns: int, count: int, *, dates: frozenset[int] = frozenset()) -> Iterator[Row]:
    """*count* rows of blank input cells."""
    parts = [Part.INPUT_DATE if at in dates else Part.INPUT for at in range(columns)]
    for _ in range(count):
        yield Row(tuple(Cell(value=None, part=part) for part in parts), LEAST)


def typed(value: str, *, down: int = 1, across: int = 1) -> Cell:
    """An input cell that keeps text as text."""
    return Cell(value=value or None, part=Part.INPUT, format=TEXT, down=down, across=across)


def word(value: str, *, down: int = 1) -> Cell:
    """An input cell for a word or two, in the middle."""
    return Cell(value=value or None, part=Part.INPUT_CENTRE, format=TEXT, down=down)


def number(value: Decimal | int | None) -> Cell:
    """An input cell with a number and all its digits."""
    return Cell(value=_plain(value), part=Part.INPUT_CENTRE, format=GENERAL)


def _plain(value: Decimal | int | None) -> Value:
    if value is None:
        return None
    return int(value) if value % 1 == 0 else float(value)


def yes(value: bool) -> Cell:  # noqa: FBT001 — the value is what is said
    """An input cell that says 是 or 否."""
    return word(YES if value else NO)


def choice(column: int, first: int, last: int, options: Sequence[str]) -> Choice:
    """A drop-down list down a column, rows counted from 0 and both included."""
    letters = column_name(column)
    return Choice(area=f"{letters}{first + 1}:{letters}{last + 1}", options=tuple(options))


def height(*texts: tuple[str, float]) -> float:
    """How tall, in points, a row must be to show each text within its width in mm."""
    return max(LEAST, max(_lines(text, width) for text, width in texts) * _LINE + 6)


def _lines(text: str, width: float) -> int:
    fits = max(1.0, (width - 3) / _CHARACTER)
    return sum(max(1, math.ceil(_breadth(line) / fits)) for line in text.split("\n"))


def _breadth(text: str) -> float:
    """How many full-width characters *text* is as wide as."""
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.55 for c in text)

"""How much room text needs on paper: lines, row heights, and what may not be torn apart."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import ceil
from typing import Final
from unicodedata import east_asian_width

from msgspec.structs import replace

from wyexcel.files.writing.looks import LOOKS
from wyexcel.files.writing.sheet import Cell, Row

POINTS_PER_MM: Final = 72 / 25.4
_LEADING: Final = 1.46
_SPARE: Final = 2.0
_CELL_PADDING: Final = 4.5
_NARROW: Final = 0.52
_STEP: Final = 0.75
"""A pixel in points: programs round row heights to whole pixels."""
TALLEST: Final = 409.0
"""The tallest row that Excel allows, in points."""

_UNBROKEN: Final = re.compile(r"[（《“‘〔【]*(?:[!-~]+|.)[，。、；：！？）》”’〕】]*")
"""What stays on one line: a number, a character with the punctuation that clings to it."""


def ems(text: str) -> float:
    """The width of *text* in squares of its own size: a Chinese character is 1, a digit about ½.

    >>> ems("产值17")
    3.04
    """
    return sum(1.0 if east_asian_width(letter) in "WFA" else _NARROW for letter in text)


@lru_cache(maxsize=4096)
def line_count(text: str, size: float, millimetres: float) -> int:
    """How many lines *text* takes at *size* points in a column of *millimetres*.

    >>> line_count("新增省市级先进制造业集群（产业新赛道）数量", 9, 46)
    2
    """
    room = (millimetres * POINTS_PER_MM - _CELL_PADDING) / size
    return sum(_broken(part, room) for part in text.split("\n"))


def _broken(text: str, room: float) -> int:
    """The lines of one paragraph, broken only where it may be."""
    count, used = 1, 0.0
    for piece in _UNBROKEN.findall(text):
        width = ems(piece)
        if used and used + width > room:
            count, used = count + 1, 0.0
        count += max(0, ceil(width / room) - 1)
        used += width if width <= room else width % room
    return count


def row_height(texts: Iterable[tuple[str, float, float]], *, least: float = 0.0) -> float:
    """The row height in points that shows every (text, size, millimetres) whole."""
    needed = (
        line_count(text, size, width) * size * _LEADING + _SPARE for text, size, width in texts
    )
    return min(TALLEST, ceil(max(least, *needed) / _STEP) * _STEP)


def fit_row(cells: Iterable[Cell | None], widths: Sequence[float], *, least: float = 0.0) -> Row:
    """*cells* as a row that is high enough for every one that wraps; *widths* in mm."""
    row = tuple(cells)
    texts = (
        (cell.value, LOOKS[cell.part].size, sum(widths[column : column + cell.across]))
        for column, cell in enumerate(row)
        if cell and isinstance(cell.value, str) and cell.down == 1 and LOOKS[cell.part].wrap
    )
    return Row(row, row_height(texts, least=least))


def keep_blocks_whole(blocks: Iterable[Sequence[Row]], page: float) -> tuple[Row, ...]:
    """The rows of *blocks* on pages of *page* points, no block torn over two pages.

    A block that does not fit on what is left is pushed on by the row above it, which grows.
    """
    rows: list[Row] = []
    used = 0.0
    for block in blocks:
        needed = sum(row.height or 0 for row in block)
        left = (page - used) // _STEP * _STEP
        if needed > left and rows and used:
            above = rows[-1].height or 0
            rows[-1] = replace(rows[-1], height=min(TALLEST, above + left))
            used = 0.0
        rows += block
        used += needed
    return tuple(rows)

"""How much room text needs on paper: lines and row heights, so that nothing is clipped."""

from collections.abc import Sequence
from math import ceil
from typing import Final
from unicodedata import east_asian_width

POINTS_PER_MM: Final = 72 / 25.4
_LEADING: Final = 1.46
_SPARE: Final = 2.0
_CELL_PADDING: Final = 6.0
TALLEST: Final = 409.0
"""The tallest row that Excel allows, in points."""


def ems(text: str) -> float:
    """The width of *text* in squares of its own size: a Chinese character is 1, a digit ½.

    >>> ems("产值17")
    3.0
    """
    return sum(1.0 if east_asian_width(letter) in "WFA" else 0.5 for letter in text)


def lines(text: str, size: float, millimetres: float) -> int:
    """How many lines *text* takes at *size* points in a column of *millimetres*.

    >>> lines("新增省市级先进制造业集群（产业新赛道）数量", 9, 46)
    2
    """
    room = (millimetres * POINTS_PER_MM - _CELL_PADDING) / size
    return sum(max(1, ceil(ems(part) / room)) for part in text.split("\n"))


def height(texts: Sequence[tuple[str, float, float]], *, least: float = 0.0) -> float:
    """The row height in points that shows every (text, size, millimetres) whole."""
    needed = (lines(*one) * one[1] * _LEADING + _SPARE for one in texts)
    return min(TALLEST, max(least, *needed))

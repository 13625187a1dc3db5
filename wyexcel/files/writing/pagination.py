"""How many pages a table is pressed onto, so that its last one never holds a few rows alone."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from wyexcel.files.writing.sheet import Page, Sheet
from wyexcel.files.writing.text_fit import POINTS_PER_MM

A4: Final = (210.0, 297.0)
"""The shorter and the longer side in mm."""
_ROW: Final = 15.0
"""The height of a row that says none, in points."""
_LEAST: Final = 0.33
"""How much of a page there must be for the last one. It is plenty: no two programs, nor two fonts,
make a table equally wide, and so equally small on paper."""
_SURE: Final = 0.97
"""What is left of a page where another program makes rows a little taller."""


def fit_pages(sheet: Sheet, *, smallest: float | None = None) -> Sheet:
    """*sheet* with a page less, and a little smaller, where its last would hold a few rows.

    With *smallest*, a share of its own size, it goes on one page if it fits there as small as that.
    """
    page = sheet.page
    if page.pages_tall or not sheet.widths:
        return sheet
    heights = [row.height or _ROW for row in sheet.rows]
    if smallest is not None and sum(heights) * smallest <= room(page):
        return replace(sheet, page=replace(page, pages_tall=1))
    first, last = page.repeat or (0, -1)
    again = sum(heights[first : last + 1])
    tall = pages_tall(heights, room=room(page, sum(sheet.widths)), again=again)
    return replace(sheet, page=replace(page, pages_tall=tall))


def room(page: Page, width: float = 1.0) -> float:
    """How many points of rows go on one *page* that is made to fit a *width* in mm."""
    across, down = A4 if page.orientation == "portrait" else A4[::-1]
    scale = min(1.0, (across - page.left - page.right) / width)
    return (down - page.top - page.bottom) * POINTS_PER_MM / scale


def pages_tall(heights: Sequence[float], *, room: float, again: float = 0.0) -> int:
    """The pages onto which rows of *heights* are pressed; 0 where they fall well by themselves.

    *room* is the height of a page, *again* that of the headings that every further page repeats;
    all of them in points.

    >>> [pages_tall([20.0] * rows, room=400.0) for rows in (19, 20, 25, 26, 39)]
    [0, 1, 1, 0, 2]
    """
    pages: list[list[float]] = [[]]
    used = 0.0
    for height in heights:
        if pages[-1] and used + height > room * _SURE:
            pages.append([])
            used = again
        pages[-1].append(height)
        used += height
    return len(pages) - 1 if sum(pages[-1]) <= _LEAST * room else 0

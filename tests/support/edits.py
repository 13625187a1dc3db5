"""What people do to a sheet in a spreadsheet program; merged cells go along as they do there.

Rows and columns count from 0. Each verb takes a row and a column and returns the page it leaves.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.files.address import parse
from wyexcel.files.writing.sheet import Cell, Part, Row, Sheet, Value
from wyexcel.practice.rehearsal import file_rewrites

Place = tuple[int, int]
Area = tuple[Place, Place]


class Page(Struct, frozen=True, dict=True):
    """A sheet while it is edited: its cells by place, and the areas that are merged."""

    cells: Mapping[Place, Cell]
    merged: tuple[Area, ...]

    def at(self, cell: str) -> Value:
        """What stands in *cell*."""
        there = self.cells.get(parse(cell))
        return None if there is None or there.value == "" else there.value


def opened(sheet: Sheet, typed: Mapping[Place, Value]) -> Page:
    """*sheet* with what is *typed* into it; a day is shown as one."""
    cells: dict[Place, Cell] = {}
    merged: list[Area] = []
    for row, line in enumerate(sheet.rows):
        for column, cell in enumerate(line.cells):
            if cell is not None:
                cells[row, column] = replace(cell, across=1, down=1)
                merged.append(((row, column), (row + cell.down - 1, column + cell.across - 1)))
    for place, value in typed.items():
        there = cells.get(place, Cell(value=None, part=Part.INPUT))
        shown = there.format if isinstance(value, str | int | float) else "yyyy-mm-dd"
        cells[place] = replace(there, value=value, format=shown)
    return Page(cells, _really(merged))


def _really(merged: Sequence[Area]) -> tuple[Area, ...]:
    """Those areas that hold more than one cell."""
    return tuple(
        (first, last)
        for first, last in merged
        if first != last and first[0] <= last[0] and first[1] <= last[1]
    )


def saved(page: Page, sheet: Sheet) -> Sheet:
    """*page* in the place of *sheet*."""
    height = 1 + max((row for row, _ in page.cells), default=0)
    width = 1 + max((column for _, column in page.cells), default=0)
    cells = dict(page.cells)
    for (top, left), (bottom, right) in page.merged:
        first = cells.get((top, left), Cell(value=None, part=Part.PLAIN))
        covered = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
        cells = {place: cell for place, cell in cells.items() if place not in covered}
        cells[top, left] = replace(first, across=right - left + 1, down=bottom - top + 1)
    rows = (Row(tuple(cells.get((row, c)) for c in range(width))) for row in range(height))
    return replace(sheet, rows=tuple(rows))


def put_row(page: Page, row: int, _column: int) -> Page:
    """An empty row stands above *row*."""
    return _moved(page, 0, lambda r: r + (r >= row))


def put_column(page: Page, _row: int, column: int) -> Page:
    """An empty column stands before *column*."""
    return _moved(page, 1, lambda c: c + (c >= column))


def put_title(page: Page, row: int, column: int) -> Page:
    """Two rows stand above *row* that are merged into one title as far as *column*."""
    lower = put_row(put_row(page, row, 0), row, 0)
    title = Cell(value="内部资料", part=Part.PLAIN)
    area = ((row, 0), (row + 1, column + 1))
    clear = [one for one in lower.merged if not one[0][0] < row <= one[1][0]]
    return Page({**lower.cells, (row, 0): title}, (*clear, area))


def put_copy(page: Page, row: int, _column: int) -> Page:
    """A copy of *row* stands above it."""
    lower = put_row(page, row, 0)
    return replace(
        lower, cells={**lower.cells, **{p: c for p, c in page.cells.items() if p[0] == row}}
    )


def take_row(page: Page, row: int, _column: int) -> Page:
    """*row* is deleted."""
    return _without(page, 0, row)


def take_column(page: Page, _row: int, column: int) -> Page:
    """*column* is deleted."""
    return _without(page, 1, column)


def change_rows(page: Page, row: int, column: int) -> Page:
    """*row* has changed places with the one as many rows below as *column* says."""
    other = {row: row + column, row + column: row}
    return _moved(replace(page, merged=()), 0, lambda r: other.get(r, r))


def change_columns(page: Page, row: int, column: int) -> Page:
    """*column* has changed places with the one as many columns behind it as *row* says."""
    other = {column: column + row, column + row: column}
    return _moved(replace(page, merged=()), 1, lambda c: other.get(c, c))


def part(page: Page, _row: int, _column: int) -> Page:
    """Nothing is merged any more."""
    return replace(page, merged=())


VERBS = (
    *(put_row, put_column, put_title, put_copy, take_row, take_column),
    *(change_rows, change_columns, part),
)


def _moved(page: Page, axis: int, to: Callable[[int], int]) -> Page:
    """Every row (or, on *axis* 1, every column) is now where *to* says."""
    return Page(
        {_at(place, axis, to): cell for place, cell in page.cells.items()},
        tuple((_at(first, axis, to), _at(last, axis, to)) for first, last in page.merged),
    )


def _without(page: Page, axis: int, gone: int) -> Page:
    """The row (or, on *axis* 1, the column) *gone* is not there any more."""
    left = {place: cell for place, cell in page.cells.items() if place[axis] != gone}
    merged = [
        (_at(first, axis, lambda n: n - (n > gone)), _at(last, axis, lambda n: n - (n >= gone)))
        for first, last in page.merged
    ]
    closer = _moved(Page(left, ()), axis, lambda n: n - (n > gone))
    return replace(closer, merged=_really(merged))


def _at(place: Place, axis: int, to: Callable[[int], int]) -> Place:
    row, column = place
    return (row, to(column)) if axis else (to(row), column)


def hidden(content: bytes, sheet: int, rows: Sequence[int]) -> bytes:
    """The workbook *content* with *rows* of the sheet that is the *sheet*th from 1 hidden."""
    wanted = "|".join(str(row + 1) for row in rows)
    hide = partial(re.compile(rf'<row r="({wanted})"').sub, r'<row r="\1" hidden="1"')
    return file_rewrites.rewrite_part(f"xl/worksheets/sheet{sheet}.xml", hide, more={})(content)

"""The cells of a workbook's sheets as formulas look at them: by row and column."""

from collections.abc import Collection, Mapping
from typing import NamedTuple, TypeAlias

from wyexcel.files.address import parse
from wyexcel.files.reading.book import Book, Place, Rows
from wyexcel.files.reading.formulas.syntax import Area

Spot: TypeAlias = tuple[int, int]
"""Row and column of a cell."""


_ByRow: TypeAlias = Mapping[int, Mapping[int, str]]
"""Texts by the row and the column of their cells."""


def _by_row(texts: Mapping[Place, str]) -> dict[str, dict[int, dict[int, str]]]:
    """*texts* by the sheet, the row and the column of their cells."""
    found: dict[str, dict[int, dict[int, str]]] = {}
    for (sheet, cell), text in texts.items():
        row, column = parse(cell)
        found.setdefault(sheet, {}).setdefault(row, {})[column] = text
    return found


class SheetCells(NamedTuple):
    """The cells of one sheet: values from A1 on, formulas, and which show an error."""

    name: str
    rows: Rows
    formulas: _ByRow
    errors: _ByRow


def sheets_of(book: Book) -> Mapping[str, SheetCells]:
    """The sheets of *book* by their names in small letters, as programs look for them."""
    formulas, errors = _by_row(book.formulas or {}), _by_row(book.errors)
    return {
        name.casefold(): SheetCells(name, rows, formulas.get(name, {}), errors.get(name, {}))
        for name, rows in book.sheets.items()
    }


def rows_to_search(area: Area, places: _ByRow) -> Collection[int]:
    """The rows in which *places* that lie in *area* can be: the fewer of both."""
    rows = range(area.first[0], area.last[0] + 1)
    return rows if len(rows) < len(places) else places.keys()


def within(area: Area, places: _ByRow) -> list[Spot]:
    """Those of *places* that lie in *area*."""
    (top, left), (bottom, right) = area.first, area.last
    return [
        (row, column)
        for row in rows_to_search(area, places)
        if row in places and top <= row <= bottom
        for column in places[row]
        if left <= column <= right
    ]

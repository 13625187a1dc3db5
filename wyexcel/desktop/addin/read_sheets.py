"""What stands on the sheets of an open workbook now, as it would be read from its file."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

import xlwings as xw

from wyexcel.desktop.addin import application
from wyexcel.files.reading.book import CellValue, Rows
from wyexcel.master import buttons


def names_of(book: xw.Book) -> tuple[str, ...]:
    """The names of all sheets of *book*; each costs a call, so they are asked for once a click."""
    return application.names(book)


class Said(NamedTuple):
    """What an open master says: its file, all its sheets, the rows of its desk and plan."""

    file: str
    names: tuple[str, ...]
    rows: Mapping[str, Rows]


def master(book: xw.Book, names: tuple[str, ...]) -> Said:
    """What the open *book* with sheets of these *names* says."""
    return Said(book.name, names, rows_of(book, buttons.read_by_clicks(names)))


def rows_of(book: xw.Book, names: Iterable[str]) -> dict[str, Rows]:
    """The values of the sheets *names* from A1 on, as they would be read from the file."""
    return {name: _rows(block) for name, block in application.blocks(book, names).items()}


def rows(sheet: xw.Sheet) -> Rows:
    """The values of *sheet* from A1 on."""
    return rows_of(sheet.book, [sheet.name])[sheet.name]


def _rows(block: list[list[Any]]) -> Rows:
    found = [_row(line) for line in block]
    while found and not found[-1]:
        found.pop()
    return found


def _row(line: list[Any]) -> list[CellValue]:
    values = [_value(value) for value in line]
    while values and values[-1] is None:
        values.pop()
    return values


def _value(value: Any) -> CellValue:
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if isinstance(value, datetime) and value.time() == time():
        return date(value.year, value.month, value.day)
    plain: CellValue = value
    return plain

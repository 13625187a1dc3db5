"""The values on the sheets of an open workbook, as they would be read from its file."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

import xlwings as xw

from wyexcel.desktop.addin import excel_or_calc
from wyexcel.files.reading.book import CellValue, Rows
from wyexcel.master import buttons


class MasterContents(NamedTuple):
    """The open master: its file's name, the names of all sheets, the rows of desk and plan."""

    file: str
    names: tuple[str, ...]
    rows: Mapping[str, Rows]


def master_contents(book: xw.Book, names: tuple[str, ...]) -> MasterContents:
    """The contents of the open master *book*, whose sheets are called *names*."""
    return MasterContents(book.name, names, rows_of(book, buttons.read_by_clicks(names)))


def rows_of(book: xw.Book, names: Iterable[str]) -> dict[str, Rows]:
    """The rows of the sheets *names*, by name, as they would be read from the file."""
    return {name: _rows(values) for name, values in excel_or_calc.sheet_values(book, names).items()}


def rows(sheet: xw.Sheet) -> Rows:
    """The rows of *sheet*."""
    return rows_of(sheet.book, [sheet.name])[sheet.name]


def _rows(values: list[list[Any]]) -> Rows:
    """The rows of *values* without the empty ones at the end."""
    rows = [_row(line) for line in values]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _row(line: list[Any]) -> list[CellValue]:
    """The values of *line* without the empty ones at the end."""
    values = [_value(value) for value in line]
    while values and values[-1] is None:
        values.pop()
    return values


def _value(value: Any) -> CellValue:
    """*value* as a file has it: blank text is None, a moment at midnight is a date."""
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if isinstance(value, datetime) and value.time() == time():
        return date(value.year, value.month, value.day)
    plain: CellValue = value
    return plain

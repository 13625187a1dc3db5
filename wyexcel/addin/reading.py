"""What the open master says now: the plan with every change not saved yet, and the period."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, Final

import xlwings as xw

from wyexcel import desk, plan_sheets
from wyexcel.addin import native
from wyexcel.address import a1
from wyexcel.book import Book, Rows
from wyexcel.errors import NotAWorkspace
from wyexcel.period import Period
from wyexcel.plan import Plan
from wyexcel.submission import CellValue

_ERRORS: Final = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
)


def names_of(book: xw.Book) -> tuple[str, ...]:
    """The names of all sheets of *book*; each costs a call, so they are asked for once a click."""
    return tuple(sheet.name for sheet in book.sheets)


def plan_of(book: xw.Book, names: tuple[str, ...]) -> Plan:
    """The plan as the plan sheets of the open *book* say it; *names* are all its sheets."""
    sheets = rows_of(book, [name for name in names if name in plan_sheets.NAMES])
    errors = {
        (name, a1(row, column)): str(value)
        for name, lines in sheets.items()
        for row, line in enumerate(lines)
        for column, value in enumerate(line)
        if value in _ERRORS
    }
    return plan_sheets.read(
        Book(
            file=book.name,
            sha256="",
            names=names,
            sheets=sheets,
            errors=errors,
            uncached=frozenset(),
            links=(),
            macros=True,
        )
    )


def period_of(book: xw.Book) -> Period:
    """The period that was chosen on the desk."""
    chosen: Any = book.sheets[desk.NAME][desk.PERIOD_CELL].value
    if isinstance(chosen, date):  # typed into a cell that lost its text format
        return Period(chosen.year, chosen.month)
    return Period.parse(str(chosen or ""))


def refuse_without_desk(book: xw.Book, names: tuple[str, ...]) -> None:
    """Raise NotAWorkspace where *book* has no desk, and so is not the master."""
    if desk.NAME not in names:
        message = f"“{book.name}”不是主工作簿（没有“{desk.NAME}”工作表）。请打开 master.xlsm 再点。"
        raise NotAWorkspace(message)


def rows_of(book: xw.Book, names: Iterable[str]) -> dict[str, Rows]:
    """The values of the sheets *names* from A1 on, as they would be read from the file."""
    return {name: _rows(block) for name, block in native.blocks(book, names).items()}


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

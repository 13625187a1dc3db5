"""What the open master says now: the plan with every change not saved yet, and the period."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

import xlwings as xw

from wyexcel import address, desk
from wyexcel.addin import native
from wyexcel.book import Book, Rows
from wyexcel.office import PlanSheet
from wyexcel.period import Period
from wyexcel.plan import Plan
from wyexcel.submission import CellValue

_ERRORS: Final = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
)


def names_of(book: xw.Book) -> tuple[str, ...]:
    """The names of all sheets of *book*; each costs a call, so they are asked for once a click."""
    return tuple(sheet.name for sheet in book.sheets)


class Said(NamedTuple):
    """What an open master says: its file, all its sheets, the rows of its desk and plan."""

    file: str
    names: tuple[str, ...]
    rows: Mapping[str, Rows]


def master(book: xw.Book, names: tuple[str, ...]) -> Said:
    """What the open *book* with sheets of these *names* says."""
    wanted = [name for name in names if name in {desk.NAME, *PlanSheet}]
    return Said(book.name, names, rows_of(book, wanted))


def plan_of(said: Said) -> Plan:
    """The plan as the plan sheets say it."""
    from wyexcel import plan_sheets  # noqa: PLC0415 - LibreOffice saves a copy meanwhile

    sheets = {name: rows for name, rows in said.rows.items() if name in plan_sheets.NAMES}
    errors = {
        (name, address.a1(row, column)): str(value)
        for name, lines in sheets.items()
        for row, line in enumerate(lines)
        for column, value in enumerate(line)
        if value in _ERRORS
    }
    return plan_sheets.read(
        Book(
            file=said.file,
            sha256="",
            names=said.names,
            sheets=sheets,
            errors=errors,
            uncached=frozenset(),
            links=(),
            macros=True,
        )
    )


def period_of(said: Said) -> Period:
    """The period that was chosen on the desk."""
    row, column = address.parse(desk.PERIOD_CELL)
    [line] = said.rows[desk.NAME][row : row + 1] or [[]]
    chosen = line[column] if column < len(line) else None
    if isinstance(chosen, date):  # typed into a cell that lost its text format
        return Period(chosen.year, chosen.month)
    return Period.parse(str(chosen or ""))


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

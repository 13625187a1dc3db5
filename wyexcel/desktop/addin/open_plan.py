"""The plan and the period of the open master, with every change that is not saved yet."""

from datetime import date
from typing import Final

from wyexcel.desktop.addin.read_sheets import MasterContents
from wyexcel.files import address
from wyexcel.files.reading.book import Book
from wyexcel.master import buttons, plan_sheets
from wyexcel.period import Period
from wyexcel.plan.plan import Plan

_ERRORS: Final = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
)


def plan_of(contents: MasterContents) -> Plan:
    """The plan that the plan sheets describe; raises what `plan_sheets.read` raises."""
    sheets = {name: rows for name, rows in contents.rows.items() if name in plan_sheets.NAMES}
    errors = {
        (name, address.a1(row, column)): str(value)
        for name, lines in sheets.items()
        for row, line in enumerate(lines)
        for column, value in enumerate(line)
        if value in _ERRORS
    }
    return plan_sheets.read(
        Book(
            file=contents.file,
            sha256="",
            names=contents.names,
            sheets=sheets,
            errors=errors,
            uncached=frozenset(),
            links=(),
            macros=True,
        )
    )


def period_of(contents: MasterContents) -> Period:
    """The period chosen on the desk; raises BadPeriod where it is none."""
    row, column = address.parse(buttons.PERIOD_CELL)
    [line] = contents.rows[buttons.NAME][row : row + 1] or [[]]
    chosen = line[column] if column < len(line) else None
    if isinstance(chosen, date):  # typed into a cell that lost its text format
        return Period(chosen.year, chosen.month)
    return Period.parse(str(chosen or ""))

"""What the open master means by what it says: the plan with every change not saved yet, the period.

Not loaded before it is needed: LibreOffice saves a copy meanwhile.
"""

from datetime import date
from typing import Final

from wyexcel.desktop.addin.read_sheets import Said
from wyexcel.files import address
from wyexcel.files.reading.book import Book
from wyexcel.master import buttons, plan_sheets
from wyexcel.period import Period
from wyexcel.plan.plan import Plan

_ERRORS: Final = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
)


def plan_of(said: Said) -> Plan:
    """The plan as the plan sheets say it."""
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
    """The period that was chosen on the buttons."""
    row, column = address.parse(buttons.PERIOD_CELL)
    [line] = said.rows[buttons.NAME][row : row + 1] or [[]]
    chosen = line[column] if column < len(line) else None
    if isinstance(chosen, date):  # typed into a cell that lost its text format
        return Period(chosen.year, chosen.month)
    return Period.parse(str(chosen or ""))

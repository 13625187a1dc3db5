"""Sheets written to a workspace as workbooks, marked where their numbers are invented."""

from collections.abc import Sequence
from math import isclose
from pathlib import Path
from typing import Final

from wyexcel.archive.workspace import folder
from wyexcel.files.address import a1
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book, CellValue
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.files.writing.sheet import Sheet
from wyexcel.plan.plan import Plan


def silent(_what: str, _done: int, _of: int) -> None:
    """Tell nobody."""


def is_another(sheets: Sequence[Sheet], path: Path, plan: Plan) -> bool:
    """Whether the workbook at *path* says something else than *sheets* do."""
    book = read_workbook.read(path, only=[sheet.name for sheet in sheets])
    if not isinstance(book, Book):
        return True
    marked = (with_sample_mark(sheet, plan.settings.mark) for sheet in sheets)
    return any(first_difference(book.sheets.get(s.name, []), s) for s in marked)


def first_difference(rows: Sequence[Sequence[CellValue]], sheet: Sheet) -> str:
    """The first cell in which *rows* say something else than *sheet* does; "" where none does."""
    for number, row in enumerate(sheet.rows):
        present: Sequence[CellValue] = rows[number] if number < len(rows) else ()
        for column, cell in enumerate(row.cells):
            value = present[column] if column < len(present) else None
            if cell is not None and not _is_same(cell.value, value):
                return a1(number, column)
    return a1(len(sheet.rows), 0) if any(map(any, rows[len(sheet.rows) :])) else ""


_STORED: Final = 1e-14
"""A workbook keeps sixteen digits of a number."""


def _is_same(described: object, present: CellValue) -> bool:
    if isinstance(described, int | float) and isinstance(present, int | float):
        return isclose(described, present, rel_tol=_STORED)
    return str(described or "").split() == str(present or "").split()


def write_sheets(sheets: Sequence[Sheet], path: Path, plan: Plan) -> Path:
    """*sheets* as a workbook at *path*, each marked where the numbers are invented."""
    folder(path.parent)
    xlsx.write([with_sample_mark(sheet, plan.settings.mark) for sheet in sheets], path)
    return path

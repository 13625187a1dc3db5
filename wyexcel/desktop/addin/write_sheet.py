"""A described sheet, written into the sheet of that name in the open workbook.

It says the same as the file that `xlsx.write` makes of it: the values go in one block, the looks by
area. Page, footers and frozen panes are the sheet's own: xlwings cannot set them everywhere, so the
master has them from the start.
"""

from collections.abc import Iterator
from typing import Any, Final

import xlwings as xw

from wyexcel.desktop.addin import application
from wyexcel.desktop.addin.formatting import TEXT, Table, dress
from wyexcel.desktop.addin.rectangles import Area, alike
from wyexcel.files.writing.looks import characters
from wyexcel.files.writing.sheet import Cell, Sheet

_TIP: Final = "点一下打开"
"""What is said where the mouse rests on a link; Excel takes 255 characters, xlwings the address."""


def put(book: xw.Book, sheet: Sheet) -> xw.Sheet:
    """Let the sheet of *book* that is called as *sheet* say what *sheet* says, and nothing else.

    A sheet that somebody deleted is added again at the end. What comes back is that of *book*.
    """
    target = _of(book, sheet.name)
    _clear(target, len(sheet.rows))
    if sheet.rows:
        _fill(target, sheet)
    return target


def _fill(target: xw.Sheet, sheet: Sheet) -> None:
    """Let *target*, cleared before, say what *sheet* says."""
    cells = table(sheet)
    _write(target, cells)
    for area in sorted(_merged(cells), key=_shape):  # Calc moves faster than it reshapes
        _range(target, area).merge()
    dress(target, _spread(cells))
    _size(target, sheet)
    whole = Area(1, 1, len(sheet.rows), len(sheet.widths))
    target.page_setup.print_area = _range(target, whole).address


def _of(book: xw.Book, name: str) -> xw.Sheet:
    if name in application.names(book):
        return book.sheets[name]
    return book.sheets.add(name, after=book.sheets[-1])


def _range(target: xw.Sheet, area: Area) -> xw.Range:
    return target.range(area.first, area.last)


def _clear(target: xw.Sheet, rows: int) -> None:
    """Empty *target*; those of its rows that come after so many are as high as empty ones again."""
    used = target.used_range
    used.unmerge()
    used.clear()
    last = used.last_cell.row
    if last > rows:
        target.range((rows + 1, 1), (last, 1)).rows.autofit()


def table(sheet: Sheet) -> Table:
    """The cells of *sheet*, every row as long as the longest."""
    wide = max(len(sheet.widths), *(len(row.cells) for row in sheet.rows))
    return [[*row.cells, *(None,) * (wide - len(row.cells))] for row in sheet.rows]


def _write(target: xw.Sheet, cells: Table) -> None:
    """Put the values in as they are: no text is taken for a date, a number or a formula."""
    values = [[_value(cell) for cell in row] for row in cells]
    if not application.write(target, values, _formulas(cells)):
        as_text = [[TEXT if cell and _says(cell) else None for cell in row] for row in cells]
        for area, code in alike(as_text):
            _range(target, area).number_format = code
        target.range((1, 1)).options(ndim=2).value = values
    for row, line in enumerate(cells, start=1):
        for column, cell in enumerate(line, start=1):
            if cell and cell.link:
                shown = "" if cell.value is None else str(cell.value)
                target.range((row, column)).add_hyperlink(_address(cell.link), shown, _TIP)


def _formulas(cells: Table) -> list[tuple[int, int]]:
    """Where *cells* say formulas, as row and column from 0."""
    return [
        (row, column)
        for row, line in enumerate(cells)
        for column, cell in enumerate(line)
        if cell and cell.formula
    ]


def _says(cell: Cell) -> bool:
    """Whether *cell* holds words."""
    return not cell.formula and isinstance(cell.value, str) and cell.value != ""


def _value(cell: Cell | None) -> Any:
    return None if cell is None else cell.formula or cell.value


def _address(link: str) -> str:
    """A link as a spreadsheet program is told it: a place in this workbook begins with #."""
    kind, _, place = link.partition(":")
    return f"#{place}" if kind == "internal" else place if kind == "external" else link


def _merged(cells: Table) -> Iterator[Area]:
    """The areas that one cell covers."""
    for row, line in enumerate(cells, start=1):
        for column, cell in enumerate(line, start=1):
            if cell and (cell.across > 1 or cell.down > 1):
                yield Area(row, column, row + cell.down - 1, column + cell.across - 1)


def _shape(area: Area) -> tuple[int, int]:
    """How many rows and columns *area* has more than one."""
    return area.bottom - area.top, area.right - area.left


def _spread(cells: Table) -> Table:
    """The cell that is seen at every place: a merged one at each that it covers."""
    seen = [list(line) for line in cells]
    for area in _merged(cells):
        for row in range(area.top - 1, area.bottom):
            for column in range(area.left - 1, area.right):
                seen[row][column] = cells[area.top - 1][area.left - 1]
    return seen


def _size(target: xw.Sheet, sheet: Sheet) -> None:
    for area, width in alike([[characters(width) for width in sheet.widths]]):
        _range(target, area).column_width = width
    for area, height in alike([[row.height or 0.0] for row in sheet.rows]):
        rows = _range(target, area)
        if height:
            rows.row_height = height
        else:
            rows.rows.autofit()

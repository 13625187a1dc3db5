"""A sheet as reports describe it, written into the sheet of that name in the open workbook.

It becomes the same as in the file that `xlsx.write` makes of it: the values go in one block, the
looks by area. Page, footers and frozen panes stay as they are: xlwings cannot set them everywhere,
so the master has them from the start.
"""

from collections.abc import Iterator
from typing import Any, Final

import xlwings as xw

from wyexcel.desktop.addin import excel_or_calc
from wyexcel.desktop.addin.equal_areas import Area, equal_areas
from wyexcel.desktop.addin.formatting import TEXT, CellGrid, format_cells
from wyexcel.files.writing.looks import characters
from wyexcel.files.writing.sheet import Cell, Sheet

_TIP: Final = "点一下打开"
"""The tip on a link: else xlwings takes the address, which can be too long for Excel (255)."""


def put(book: xw.Book, sheet: Sheet) -> xw.Sheet:
    """Replace the contents of the sheet of *book* with the name of *sheet*; return that of *book*.

    A sheet that somebody deleted is added again at the end.
    """
    target = _of(book, sheet.name)
    _clear(target, len(sheet.rows))
    if sheet.rows:
        _fill(target, sheet)
    return target


def _fill(target: xw.Sheet, sheet: Sheet) -> None:
    """Write *sheet* into *target*, which was cleared before."""
    cells = table(sheet)
    _write(target, cells)
    for area in sorted(_merged(cells), key=_size_beyond_one):  # Calc moves faster than it reshapes
        _range(target, area).merge()
    format_cells(target, _spread(cells))
    _set_sizes(target, sheet)
    printed = Area(1, 1, len(sheet.rows), len(sheet.widths))
    target.page_setup.print_area = _range(target, printed).address


def _of(book: xw.Book, name: str) -> xw.Sheet:
    if name in excel_or_calc.sheet_names(book):
        return book.sheets[name]
    return book.sheets.add(name, after=book.sheets[-1])


def _range(target: xw.Sheet, area: Area) -> xw.Range:
    return target.range(area.first, area.last)


def _clear(target: xw.Sheet, rows: int) -> None:
    """Empty *target*; below the first so many *rows*, rows get the height of empty ones."""
    used = target.used_range
    used.unmerge()
    used.clear()
    last = used.last_cell.row
    if last > rows:
        target.range((rows + 1, 1), (last, 1)).rows.autofit()


def table(sheet: Sheet) -> CellGrid:
    """The cells of *sheet*, every row as long as the longest."""
    wide = max(len(sheet.widths), *(len(row.cells) for row in sheet.rows))
    return [[*row.cells, *(None,) * (wide - len(row.cells))] for row in sheet.rows]


def _write(target: xw.Sheet, cells: CellGrid) -> None:
    """Write the values and links; no text is taken for a date, a number or a formula."""
    values = [[_value(cell) for cell in row] for row in cells]
    if not excel_or_calc.write_values(target, values, _formulas(cells)):
        as_text = [[TEXT if cell and _is_text(cell) else None for cell in row] for row in cells]
        for area, code in equal_areas(as_text):
            _range(target, area).number_format = code
        target.range((1, 1)).options(ndim=2).value = values
    for row, line in enumerate(cells, start=1):
        for column, cell in enumerate(line, start=1):
            if cell and cell.link:
                text = "" if cell.value is None else str(cell.value)
                target.range((row, column)).add_hyperlink(_address(cell.link), text, _TIP)


def _formulas(cells: CellGrid) -> list[tuple[int, int]]:
    """Row and column, from 0, of the formulas in *cells*."""
    return [
        (row, column)
        for row, line in enumerate(cells)
        for column, cell in enumerate(line)
        if cell and cell.formula
    ]


def _is_text(cell: Cell) -> bool:
    """Whether *cell* holds text."""
    return not cell.formula and isinstance(cell.value, str) and cell.value != ""


def _value(cell: Cell | None) -> Any:
    return None if cell is None else cell.formula or cell.value


def _address(link: str) -> str:
    """*link* of a described cell as a spreadsheet program takes it: `#` means this workbook."""
    kind, _, place = link.partition(":")
    return f"#{place}" if kind == "internal" else place if kind == "external" else link


def _merged(cells: CellGrid) -> Iterator[Area]:
    """The areas that one cell covers."""
    for row, line in enumerate(cells, start=1):
        for column, cell in enumerate(line, start=1):
            if cell and (cell.across > 1 or cell.down > 1):
                yield Area(row, column, row + cell.down - 1, column + cell.across - 1)


def _size_beyond_one(area: Area) -> tuple[int, int]:
    """How many rows and columns *area* has beyond the first."""
    return area.bottom - area.top, area.right - area.left


def _spread(cells: CellGrid) -> CellGrid:
    """*cells* with a merged cell repeated at every place that it covers."""
    spread = [list(line) for line in cells]
    for area in _merged(cells):
        for row in range(area.top - 1, area.bottom):
            for column in range(area.left - 1, area.right):
                spread[row][column] = cells[area.top - 1][area.left - 1]
    return spread


def _set_sizes(target: xw.Sheet, sheet: Sheet) -> None:
    """Set column widths and row heights; a row without one becomes as high as it needs."""
    for area, width in equal_areas([[characters(width) for width in sheet.widths]]):
        _range(target, area).column_width = width
    for area, height in equal_areas([[row.height or 0.0] for row in sheet.rows]):
        rows = _range(target, area)
        if height:
            rows.row_height = height
        else:
            rows.rows.autofit()

"""The mark of invented numbers (示例数据) on a sheet, so that nobody takes it for a real one."""

from msgspec.structs import replace

from wyexcel.files.writing import text_fit
from wyexcel.files.writing.looks import LOOKS
from wyexcel.files.writing.sheet import Cell, Part, Row, Sheet


def with_sample_mark(sheet: Sheet, mark: str) -> Sheet:
    """*sheet* with *mark* before its first words and in its page header; "" changes nothing."""
    if not mark or sheet.hidden:
        return sheet
    first = next((n for n, row in enumerate(sheet.rows) if _first(row) is not None), None)
    rows = list(sheet.rows)
    if first is not None:
        rows[first] = _marked(rows[first], mark, sheet.widths)
    return replace(sheet, rows=tuple(rows), page=replace(sheet.page, header=mark))


def _first(row: Row) -> int | None:
    """The column of the first words in *row*."""
    for column, cell in enumerate(row.cells):
        if cell is not None and isinstance(cell.value, str) and cell.value:
            return column
    return None


def _marked(row: Row, mark: str, widths: tuple[float, ...]) -> Row:
    """*row* with its first words marked, and as tall as they need now."""
    column = _first(row) or 0
    cells = list(row.cells)
    cell = cells[column] or Cell(value="", part=Part.PLAIN)
    text = f"【{mark}】{cell.value}"
    cells[column] = replace(cell, value=text)
    room = sum(widths[column : column + cell.across])
    needed = text_fit.row_height([(text, LOOKS[cell.part].size, room)])
    return Row(tuple(cells), None if row.height is None else max(row.height, needed))

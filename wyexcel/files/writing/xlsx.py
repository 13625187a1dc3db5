# pyright: basic
"""The only module that writes a workbook."""

import io
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from wyexcel.errors import CannotWrite
from wyexcel.files import disk
from wyexcel.files.writing import ribbon
from wyexcel.files.writing.looks import (
    COLUMN_PIXELS,
    LOOKS,
    NORMAL_FONT,
    NORMAL_SIZE,
    Look,
    is_live,
    pixels,
)
from wyexcel.files.writing.sheet import Cell, Choice, Page, Part, Sheet

if TYPE_CHECKING:  # a check writes no workbook, and starts sooner without
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

A4: Final = 9
EPOCH: Final = datetime(2025, 1, 1, tzinfo=UTC).replace(tzinfo=None)
MM_PER_INCH: Final = 25.4

_OPTIONS: Final[Mapping[str, Any]] = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
    "default_column_width": COLUMN_PIXELS,
    "default_format_properties": {"font_name": NORMAL_FONT, "font_size": NORMAL_SIZE},
}
_LOCKED: Final = {"select_locked_cells": True, "format_columns": True, "format_rows": True}
_NOTE: Final = {"author": "wyexcel", "x_scale": 3, "y_scale": 2}
"""Who notes on cells are by, and how much larger they are than usual."""
_LONGEST_LIST: Final = 255
_LONGEST_HEADER: Final = 250
_MOST_LINKS: Final = 65_530
"""What Excel holds on one sheet; the words of further links are written without their links."""


def write(
    sheets: Sequence[Sheet], path: Path, *, macros: Path | None = None, tab: str = ""
) -> None:
    """Write *sheets* to *path*, byte for byte the same every time.

    *macros* is a vbaProject.bin and *tab* the XML of a ribbon; with macros *path* is an .xlsm.
    Raises CannotWrite and leaves what stood at *path* where it cannot be written.
    """
    content = render(sheets, macros=macros)
    disk.write(path, lambda file: file.write(ribbon.inject(content, tab) if tab else content))


def render(sheets: Sequence[Sheet], *, macros: Path | None = None) -> bytes:
    """*sheets* as the bytes of a workbook."""
    import xlsxwriter  # noqa: PLC0415 - a third of what a check would load

    from wyexcel.files.writing.inline_strings import InlineStrings  # noqa: PLC0415 - likewise

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, deepcopy(dict(_OPTIONS)))  # which XlsxWriter writes into
    book.set_properties({"created": EPOCH, "author": "wyexcel"})
    if macros:
        book.add_vba_project(str(macros))
        book.set_vba_name("ThisWorkbook")
    formats = Formats(book.add_format)
    for number, sheet in enumerate(sheets, 1):
        worksheet = book.add_worksheet(sheet.name, InlineStrings if sheet.inline_strings else None)
        if macros:
            worksheet.set_vba_name(f"Sheet{number}")
        _fill(worksheet, sheet, formats)
        _set_up(worksheet, sheet)
    book.close()
    return content.getvalue()


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, add: "Callable[[dict[str, Any]], Format]") -> None:
        """Make formats with *add*, the workbook's own way of making one."""
        self._add = add
        self._made: dict[tuple[Part, str, bool], Format] = {}

    def of(self, cell: Cell) -> "Format":
        """The format of *cell*: its part's look, its own number format, text kept as text."""
        live = is_live(cell.value)
        key = (cell.part, cell.format, live)
        if key not in self._made:
            self._made[key] = self._add(properties(LOOKS[cell.part], cell.format, live=live))
        return self._made[key]

    def below(self, cell: Cell) -> "Format":
        """The format of an empty column below *cell*: as free and as shaped, but not drawn."""
        look = replace(LOOKS[cell.part], border=False, fill="")
        return self._add(properties(look, cell.format))


def properties(look: Look, number_format: str = "", *, live: bool = False) -> dict[str, Any]:
    """*look* in XlsxWriter's words."""
    words: dict[str, Any] = {
        "font_name": look.font,
        "font_size": look.size,
        "bold": look.bold,
        "underline": int(look.underline),
        "font_color": look.colour,
        "align": look.align,
        "valign": look.valign,
        "text_wrap": look.wrap,
        "shrink": look.shrink,
        "border": int(look.border),
        "num_format": "@" if live else number_format or look.number_format,
        "quote_prefix": live,
        "locked": look.locked,
    }
    return words | ({"bg_color": look.fill} if look.fill else {})


def _fill(worksheet: "Worksheet", sheet: Sheet, formats: Formats) -> None:
    below = sheet.rows[-1].cells if sheet.open_ended else ()
    for column, width in enumerate(sheet.widths):
        cell = below[column] if column < len(below) else None
        look = formats.below(cell) if cell is not None else None
        code = worksheet.set_column_pixels(column, column, pixels(width), look)
        _done(code, sheet=worksheet)
    _write_ids(worksheet, sheet)
    links = 0
    for number, row in enumerate(sheet.rows):
        if row.height is not None:
            _done(worksheet.set_row(number, row.height), sheet=worksheet)
        for column, cell in enumerate(row.cells):
            if cell is None:
                continue
            links += bool(cell.link)
            shown = replace(cell, link="") if links > _MOST_LINKS else cell
            _write(worksheet, (number, column), shown, formats.of(cell))
            if cell.note:
                _done(worksheet.write_comment(number, column, cell.note, _NOTE), sheet=worksheet)


def _write_ids(worksheet: "Worksheet", sheet: Sheet) -> None:
    """Put the ids of the rows into a hidden column behind the printed ones."""
    if sheet.row_ids:
        column = len(sheet.widths)
        _done(worksheet.set_column(column, column, None, None, {"hidden": True}), sheet=worksheet)
        for number, id_ in enumerate(sheet.row_ids):
            if id_:
                _done(worksheet.write_string(number, column, id_), sheet=worksheet)


def _write(worksheet: "Worksheet", at: tuple[int, int], cell: Cell, look: "Format") -> None:
    row, column = at
    if cell.across > 1 or cell.down > 1:
        last = (row + cell.down - 1, column + cell.across - 1)
        _done(worksheet.merge_range(row, column, *last, "", look), sheet=worksheet)
    if cell.link:
        shown = str(cell.value if cell.value is not None else "")
        _done(worksheet.write_url(row, column, cell.link, look, shown), sheet=worksheet)
        return
    _done(_put(worksheet, at, cell, look), sheet=worksheet)


def _put(worksheet: Any, at: tuple[int, int], cell: Cell, look: "Format") -> int:
    """Write one value; XlsxWriter takes more kinds of it than its hints say, hence Any."""
    value = cell.value
    code: int
    if cell.formula:
        code = worksheet.write_formula(*at, cell.formula, look, "" if value is None else value)
    elif value is None or value == "":
        code = worksheet.write_blank(*at, None, look)
    elif isinstance(value, str):
        code = worksheet.write_string(*at, value, look)
    elif isinstance(value, date):
        code = worksheet.write_datetime(*at, value, look)
    else:
        code = worksheet.write_number(*at, value, look)
    return code


def _done(code: int | None, *, sheet: "Worksheet") -> None:
    """Raise where XlsxWriter only returns a negative number."""
    if isinstance(code, int) and code < 0:
        message = f"工作表“{sheet.get_name()}”有一格写不进去（内容过长或超出范围）。"
        raise CannotWrite(message)


def _set_up(worksheet: "Worksheet", sheet: Sheet) -> None:
    _set_up_page(worksheet, sheet.page)
    if sheet.rows and not (sheet.open_ended or sheet.hidden):
        worksheet.print_area(0, 0, len(sheet.rows) - 1, len(sheet.widths) - 1)
    if sheet.freeze:
        worksheet.freeze_panes(*sheet.freeze)
    for choice in sheet.choices:
        _offer(worksheet, choice)
    for button in sheet.buttons:
        size = {"width": pixels(button.width), "height": pixels(button.height)}
        words = {"macro": button.macro, "caption": button.caption}
        _done(worksheet.insert_button(button.cell, words | size), sheet=worksheet)
    if sheet.protected:
        worksheet.protect("", _LOCKED)
    if sheet.hidden:
        worksheet.very_hidden()


def _offer(worksheet: "Worksheet", choice: Choice) -> None:
    """Put a drop-down list over an area."""
    if len(",".join(choice.options)) > _LONGEST_LIST:
        message = f"“{worksheet.get_name()}”的下拉选项超过 {_LONGEST_LIST} 个字符，写不进工作簿。"
        raise CannotWrite(message)
    options = {"validate": "list", "source": list(choice.options)}
    _done(worksheet.data_validation(choice.area, options), sheet=worksheet)


def _set_up_page(worksheet: "Worksheet", page: Page) -> None:
    worksheet.set_paper(A4)
    if page.orientation == "landscape":
        worksheet.set_landscape()
    margins = (page.left, page.right, page.top, page.bottom)
    worksheet.set_margins(*(side / MM_PER_INCH for side in margins))
    worksheet.fit_to_pages(1, page.pages_tall)
    if page.repeat:
        worksheet.repeat_rows(*page.repeat)
    if page.centred:
        worksheet.center_horizontally()
    if page.header:
        words = page.header.replace("&", "&&")
        if len(words) > _LONGEST_HEADER:
            message = f"“{worksheet.get_name()}”的页眉超过 {_LONGEST_HEADER} 个字符，写不进工作簿。"
            raise CannotWrite(message)
        worksheet.set_header(f"&C{words}")
    if page.numbered:
        worksheet.set_footer(f'&C&"{NORMAL_FONT},Regular"&14— &P —')

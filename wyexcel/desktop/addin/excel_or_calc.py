"""What Excel for Windows, Excel for Mac and LibreOffice Calc each do in a way of their own.

xlwings has no function for it, or one that is too slow or loses something.
"""

import sys
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import xlwings as xw

from wyexcel.desktop.addin.equal_areas import Area
from wyexcel.desktop.libreoffice import NAME
from wyexcel.desktop.libreoffice.properties import Traits
from wyexcel.desktop.libreoffice.rectangle import Rectangle
from wyexcel.desktop.libreoffice.values import Matrix
from wyexcel.errors import CannotWrite
from wyexcel.files import disk
from wyexcel.files.reading.book import Percentage, may_be_typed_with_a_sign

_ERRORS: Final = range(-2146828288 + 2000, -2146828288 + 2100)
"""CVErr(2000) to CVErr(2099): xlwings knows the names of seven."""
_ERROR: Final = "#VALUE!"
_SINGLE: Final = 2
"""xlUnderlineStyleSingle."""


def underline(area: xw.Range) -> None:
    """Underline the text of *area*."""
    if not _is_mac():
        api: Any = area.api
        api.Font.Underline = _SINGLE


def shrink(area: xw.Range) -> None:
    """Print the numbers of *area* smaller rather than as ####."""
    if not _is_mac():
        api: Any = area.api
        api.ShrinkToFit = True


def apply_traits(sheet: xw.Sheet, areas: Iterable[tuple[Area, Traits]]) -> bool:
    """Give each of the *areas* of *sheet* all its traits in one call.

    False, with nothing done, in Excel, which takes one trait at a time.
    """
    if not _is_calc(sheet.book):
        return False
    groups: dict[Traits, list[Rectangle]] = {}
    for area, traits in areas:
        groups.setdefault(traits, []).append(_rectangle(area))
    vars(sheet)["impl"].apply_traits(groups)
    return True


def write_values(sheet: xw.Sheet, rows: Matrix, formulas: Iterable[tuple[int, int]]) -> bool:
    """Write *rows* from A1 on, with *formulas* at (row, column) from 0, and all text as text.

    False, with nothing done, in Excel: there the cells need the text format first.
    """
    if not _is_calc(sheet.book):
        return False
    own_sheet = vars(sheet)["impl"]
    own_sheet.range((1, 1), (len(rows), len(rows[0]))).write(rows, formulas)
    return True


def _rectangle(area: Area) -> Rectangle:
    return Rectangle(area.top - 1, area.left - 1, area.bottom - 1, area.right - 1)


def sheet_names(book: xw.Book) -> tuple[str, ...]:
    """The names of all sheets of *book*; in Excel each costs a call."""
    if _is_calc(book):
        return tuple(_own_book(book).names)
    return tuple(sheet.name for sheet in book.sheets)


def sheet_values(book: xw.Book, names: Iterable[str]) -> dict[str, list[list[Any]]]:
    """The values of the sheets *names* of *book*, by name, each from A1 at least to its last row.

    Numbers, text, dates, and errors as they are shown. A small number that is shown as a percentage
    is a Percentage.
    """
    if _is_calc(book):
        return dict(_own_book(book).sheet_values(names))
    values: dict[str, list[list[Any]]] = {}
    for name in names:
        last = book.sheets[name].used_range.last_cell
        area = book.sheets[name].range((1, 1), (last.row, last.column))
        values[name] = _excel_values(area)
    return values


def _excel_values(area: xw.Range) -> list[list[Any]]:
    """The values of *area* of a sheet in Excel.

    Excel for Windows cuts money to four decimals, and gives newer errors as numbers; both are
    mended here.
    """
    block: list[list[Any]] = area.options(ndim=2, err_to_str=True).value
    if any(isinstance(value, Decimal) for line in block for value in line):
        block = _uncut_money(area, block)
    for row, line in enumerate(block, start=1):
        for column, value in enumerate(line, start=1):
            if _is_error(value):
                line[column - 1] = _ERROR
            elif may_be_typed_with_a_sign(value) and _is_percentage(area(row, column)):
                line[column - 1] = Percentage(value)
    return block


def _uncut_money(area: xw.Range, block: list[list[Any]]) -> list[list[Any]]:
    """*block* of *area* with every digit of its money."""
    api: Any = area.api
    uncut = api.Value2 if area.size > 1 else ((api.Value2,),)
    return [
        [full if isinstance(value, Decimal) else value for value, full in zip(*pair, strict=True)]
        for pair in zip(block, uncut, strict=True)
    ]


def _is_percentage(cell: xw.Range) -> bool:
    """Whether *cell* shows its number as a percentage."""
    from wyexcel.files.reading.format_code import is_percent  # noqa: PLC0415 - Excel alone has such cells here

    return is_percent(str(cell.number_format))


def _is_error(value: object) -> bool:
    """Whether *value* is how Excel for Windows gives an error; the numbers of cells are floats."""
    return type(value) is int and value in _ERRORS


def save_copy(book: xw.Book, path: Path) -> None:
    """Save a copy of *book* as it is on the screen at *path*; the book itself stays as it is.

    Excel for Mac has no such thing: there the book is saved, and its file copied.
    """
    if _is_calc(book):
        _own_book(book).save_copy(str(path))
    elif _is_mac():
        book.save()
        disk.copy(Path(book.fullname), path)
    else:
        api: Any = book.api
        api.SaveCopyAs(str(path))


class PendingCopy(NamedTuple):
    """A copy that is being saved: `keep` waits until the file is there, `discard` leaves none."""

    keep: Callable[[], None]
    discard: Callable[[], None]


def begin_copy(book: xw.Book, path: Path) -> PendingCopy:
    """Begin to save a copy of *book* as it is now at *path*.

    LibreOffice saves it while this process goes on; Excel answers one thread only, and so saves it
    when the copy is kept.
    """
    if _is_calc(book):
        return PendingCopy(*_own_book(book).begin_copy(path))
    return PendingCopy(partial(save_copy, book, path), lambda: None)


def restore(book: xw.Book, source: Path) -> xw.Book:
    """Replace *book* by the file *source*, on the disk and on the screen.

    Returns the book that is open then: Excel opens it anew, in a window of its own.
    """
    app, file = book.app, Path(book.fullname)
    if _is_calc(book):
        disk.copy(source, file)
        _own_book(book).reload()
        return book
    book.close()
    try:
        disk.copy(source, file)
    finally:
        restored = app.books.open(file)
    return restored


def unprotect(sheet: xw.Sheet) -> bool:
    """Remove the protection of *sheet*; return whether it was protected."""
    api: Any = sheet.api
    if _is_calc(sheet.book):
        protected = bool(api.isProtected())
        api.unprotect("")
    elif _is_mac():
        protected = bool(api.protect_contents.get())
        api.unprotect()
    else:
        protected = bool(api.ProtectContents)
        api.Unprotect()
    return protected


def protect(sheet: xw.Sheet) -> None:
    """Protect *sheet* again as forms are, without a password."""
    api: Any = sheet.api
    if _is_calc(sheet.book):
        api.protect("")
    elif _is_mac():
        api.protect_worksheet(allow_formatting_columns=True, allow_formatting_rows=True)
    else:
        api.Protect(AllowFormattingColumns=True, AllowFormattingRows=True)


def preview(sheet: xw.Sheet) -> None:
    """Open the print preview of *sheet*."""
    sheet.activate()
    api: Any = sheet.api
    if _is_calc(sheet.book):
        _own_book(sheet.book).preview()
    elif _is_mac():
        message = "这台电脑上的 Excel 不能由程序打开打印预览，请按 ⌘P 查看。"
        raise CannotWrite(message)
    else:
        api.PrintPreview()


def _own_book(book: xw.Book) -> Any:
    """The Book of our own engine behind xlwings' *book*."""
    return vars(book)["impl"]


def _is_calc(book: xw.Book) -> bool:
    return book.app.engine.name == NAME


def _is_mac() -> bool:
    return sys.platform == "darwin"

"""What xlwings has no word for, said to each spreadsheet program in its own."""

import sys
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import xlwings as xw

from wyexcel.desktop.addin.rectangles import Area
from wyexcel.desktop.libreoffice import NAME
from wyexcel.desktop.libreoffice.properties import Traits
from wyexcel.desktop.libreoffice.rectangle import Place
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


def paint(sheet: xw.Sheet, worn: Iterable[tuple[Area, Traits]]) -> bool:
    """Give every area of *sheet* all its traits at once; False where only one at a time goes."""
    if not _is_calc(sheet.book):
        return False
    groups: dict[Traits, list[Place]] = {}
    for area, traits in worn:
        groups.setdefault(traits, []).append(_place(area))
    vars(sheet)["impl"].paint(groups)
    return True


def write(sheet: xw.Sheet, block: Matrix, formulas: Iterable[tuple[int, int]]) -> bool:
    """Put *block* in from A1 on, with *formulas* at (row, column) from 0, and all text as text.

    False where that goes only by cells that are told before to hold text.
    """
    if not _is_calc(sheet.book):
        return False
    own = vars(sheet)["impl"]
    own.range((1, 1), (len(block), len(block[0]))).write(block, formulas)
    return True


def _place(area: Area) -> Place:
    return Place(area.top - 1, area.left - 1, area.bottom - 1, area.right - 1)


def names(book: xw.Book) -> tuple[str, ...]:
    """The names of all sheets of *book*."""
    if _is_calc(book):
        return tuple(_own(book).names)
    return tuple(sheet.name for sheet in book.sheets)


def blocks(book: xw.Book, names: Iterable[str]) -> dict[str, list[list[Any]]]:
    """What stands on the sheets *names* of *book*, each from A1 at least to its last row.

    Numbers, text, dates, and errors as they are shown. A small number that is shown as a percentage
    is a Percentage.
    """
    if _is_calc(book):
        return dict(_own(book).blocks(names))
    found: dict[str, list[list[Any]]] = {}
    for name in names:
        last = book.sheets[name].used_range.last_cell
        area = book.sheets[name].range((1, 1), (last.row, last.column))
        found[name] = _told(area)
    return found


def _told(area: xw.Range) -> list[list[Any]]:
    """What stands in *area* of a sheet in Excel.

    For Windows alone, money comes cut to four decimals, and newer errors as numbers of their own.
    """
    block: list[list[Any]] = area.options(ndim=2, err_to_str=True).value
    if any(isinstance(value, Decimal) for line in block for value in line):
        block = _in_full(area, block)
    for row, line in enumerate(block, start=1):
        for column, value in enumerate(line, start=1):
            if _is_error(value):
                line[column - 1] = _ERROR
            elif may_be_typed_with_a_sign(value) and _is_percentage(area(row, column)):
                line[column - 1] = Percentage(value)
    return block


def _in_full(area: xw.Range, block: list[list[Any]]) -> list[list[Any]]:
    """*block* of *area* with every digit of its money."""
    api: Any = area.api
    whole = api.Value2 if area.size > 1 else ((api.Value2,),)
    return [
        [said if isinstance(value, Decimal) else value for value, said in zip(*pair, strict=True)]
        for pair in zip(block, whole, strict=True)
    ]


def _is_percentage(cell: xw.Range) -> bool:
    """Whether *cell* shows its number as a percentage."""
    from wyexcel.files.reading.number_styles import is_percent  # noqa: PLC0415 - Excel alone has such cells here

    return is_percent(str(cell.number_format))


def _is_error(value: object) -> bool:
    """Whether *value* is how Excel for Windows gives an error; the numbers of cells are floats."""
    return type(value) is int and value in _ERRORS


def save_copy(book: xw.Book, path: Path) -> None:
    """Write *book* as it stands on the screen to *path*; the book itself stays as it is.

    Excel for Mac has no such thing: there the book is saved, and its file copied.
    """
    if _is_calc(book):
        _own(book).save_copy(str(path))
    elif _is_mac():
        book.save()
        disk.copy(Path(book.fullname), path)
    else:
        api: Any = book.api
        api.SaveCopyAs(str(path))


class Copying(NamedTuple):
    """A copy on its way: `keep` waits until it is there, `drop` until nobody makes it any more."""

    keep: Callable[[], None]
    drop: Callable[[], None]


def copying(book: xw.Book, path: Path) -> Copying:
    """*book* on its way to *path* as it stands now.

    LibreOffice saves it while this process goes on. Excel is asked by one thread only, and only
    when the copy is to be there.
    """
    if _is_calc(book):
        return Copying(*_own(book).copying(path))
    return Copying(partial(save_copy, book, path), lambda: None)


def restore(book: xw.Book, source: Path) -> xw.Book:
    """Let *book* be again what the file *source* says, on the screen and on the disk.

    What comes back is the book that is open then: Excel opens it anew, in a window of its own.
    """
    app, file = book.app, Path(book.fullname)
    if _is_calc(book):
        disk.copy(source, file)
        _own(book).reload()
        return book
    book.close()
    try:
        disk.copy(source, file)
    finally:
        opened = app.books.open(file)
    return opened


def unprotect(sheet: xw.Sheet) -> bool:
    """Let *sheet* be written; whether it was protected before."""
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
    """Show *sheet* as it will be printed."""
    sheet.activate()
    api: Any = sheet.api
    if _is_calc(sheet.book):
        _own(sheet.book).preview()
    elif _is_mac():
        message = "这台电脑上的 Excel 不能由程序打开打印预览，请按 ⌘P 查看。"
        raise CannotWrite(message)
    else:
        api.PrintPreview()


def _own(book: xw.Book) -> Any:
    """The book as our own engine knows it."""
    return vars(book)["impl"]


def _is_calc(book: xw.Book) -> bool:
    return book.app.engine.name == NAME


def _is_mac() -> bool:
    return sys.platform == "darwin"

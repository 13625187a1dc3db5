"""The sheets of an open workbook."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, Final

from xlwings import NoSuchObjectError
from xlwings import base_classes as bc

from wyexcel.desktop.libreoffice import properties
from wyexcel.desktop.libreoffice.owners import OwningBook
from wyexcel.desktop.libreoffice.properties import Traits
from wyexcel.desktop.libreoffice.ranges import Range
from wyexcel.desktop.libreoffice.rectangle import RANGES, Rectangle

_PRINTED: Final = "_xlnm.Print_Area"
"""The name under which a file keeps its print area. Calc keeps the one that it read, beside its own
print area, and would save both."""
_FAR_DOWN: Final = 30_000
_FAR_RIGHT: Final = 500


class Sheets(bc.Sheets):
    """The sheets of a workbook, in their order."""

    def __init__(self, book: OwningBook) -> None:
        """Those of *book*."""
        self.book = book

    @property
    def api(self) -> Any:
        """Calc's own sheets."""
        return self.book.calc_sheets

    @property
    def active(self) -> "Sheet":
        """The sheet in front."""
        return Sheet(self.book, self.book.controller.getActiveSheet().Name)

    def __call__(self, name_or_index: int | str) -> "Sheet":
        """The sheet of that name or number."""
        if isinstance(name_or_index, int):
            return Sheet(self.book, self.api.getElementNames()[name_or_index - 1])
        if not self.api.hasByName(name_or_index):
            message = f"Sheet {name_or_index} doesn't exist."
            raise NoSuchObjectError(message)
        return Sheet(self.book, name_or_index)

    def __len__(self) -> int:
        return int(self.api.getCount())

    def __iter__(self) -> Iterator["Sheet"]:
        return (Sheet(self.book, name) for name in self.api.getElementNames())

    def add(
        self, before: "Sheet | None" = None, after: "Sheet | None" = None, name: str | None = None
    ) -> "Sheet":
        """A new sheet *name*, last or beside another."""
        position = len(self)
        if before is not None or after is not None:
            position = (
                before.index - 1 if before is not None else after.index if after else position
            )
        free = (f"Sheet{number}" for number in range(1, len(self) + 2))
        chosen = name or next(title for title in free if not self.api.hasByName(title))
        self.api.insertNewByName(chosen, position)
        return self(chosen)


class Sheet(bc.Sheet):
    """One sheet."""

    def __init__(self, book: OwningBook, name: str) -> None:
        """The sheet of *book* that is called *name*."""
        self._book = book
        self._name = name
        self._calc_sheet: Any = None
        self._cursor: Any = None
        self._cursor_at = Rectangle(0, 0, 0, 0)

    @property
    def api(self) -> Any:
        """Calc's own sheet."""
        if self._calc_sheet is None:  # every question to Calc takes its time
            self._calc_sheet = self._book.calc_sheets.getByName(self._name)
        return self._calc_sheet

    def shared_range(self, rectangle: Rectangle) -> Any:
        """Calc's own range at *rectangle*, valid until the next one is asked for.

        It is one cursor that is moved about: to make a new range takes as long as ten calls. A
        cursor does not move where its other end would leave the sheet, so far away it is a new
        range.
        """
        if rectangle.bottom >= _FAR_DOWN or rectangle.right >= _FAR_RIGHT:
            return self.api.getCellRangeByPosition(*rectangle.corners)
        if self._cursor is None:
            self._cursor = self.api.createCursor()
            self._cursor.collapseToSize(1, 1)
        before, self._cursor_at = self._cursor_at, rectangle
        if rectangle.size != before.size:
            self._cursor.collapseToSize(*rectangle.size)
        right, down = rectangle.left - before.left, rectangle.top - before.top
        if right or down:
            self._cursor.gotoOffset(right, down)
        return self._cursor

    @property
    def book(self) -> OwningBook:
        """The book it belongs to."""
        return self._book

    @property
    def name(self) -> str:
        """What its tab says."""
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self.api.Name = self._name = value

    @property
    def index(self) -> int:
        """Its position, from 1."""
        return int(self.api.getRangeAddress().Sheet) + 1

    @property
    def visible(self) -> bool:
        """Whether its tab is shown."""
        return bool(self.api.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.api.IsVisible = bool(value)

    def activate(self) -> None:
        """Show it."""
        self._book.controller.setActiveSheet(self.api)

    select = activate

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """The cells between two corners, each an address, a (row, column) or a Range."""
        return Range(self, Rectangle.between(arg1, arg1 if arg2 is None else arg2))

    @property
    def cells(self) -> Range:
        """Every cell."""
        return Range(self, Rectangle.from_calc(self.api.getRangeAddress()))

    @property
    def used_range(self) -> Range:
        """The cells between the first and the last that are used."""
        cursor = self.shared_range(Rectangle(0, 0, 0, 0))
        cursor.gotoEndOfUsedArea(False)  # noqa: FBT003 - UNO knows no keywords
        cursor.gotoStartOfUsedArea(True)  # noqa: FBT003 - likewise
        self._cursor_at = Rectangle.from_calc(cursor.getRangeAddress())
        return Range(self, self._cursor_at)

    def apply_traits(self, groups: Mapping[Traits, Sequence[Rectangle]]) -> None:
        """Give the cells in the rectangles of each group its traits, in three calls a group."""
        area, number = self._book.api.createInstance(RANGES), self.index - 1
        formats = self._book.api.getNumberFormats()
        key = cache(partial(properties.format_key, formats))
        for traits, rectangles in groups.items():
            addresses = tuple(rectangle.to_calc(number) for rectangle in rectangles)
            area.addRangeAddresses(addresses, False)  # noqa: FBT003 - UNO knows no keywords
            properties.apply(area, properties.from_traits(traits, key))
            area.removeRangeAddresses(addresses)

    @property
    def page_setup(self) -> "PageSetup":
        """How it is printed."""
        return PageSetup(self)


class PageSetup(bc.PageSetup):
    """What of a sheet is printed."""

    def __init__(self, sheet: Sheet) -> None:
        """That of *sheet*."""
        self._sheet = sheet

    @property
    def print_area(self) -> str | None:
        """The address of what is printed, None for all of it."""
        areas = self._sheet.api.getPrintAreas()
        return Range(self._sheet, Rectangle.from_calc(areas[0])).address if areas else None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        areas = (Rectangle.between(value).to_calc(self._sheet.index - 1),) if value else ()
        named = self._sheet.api.NamedRanges
        if named.hasByName(_PRINTED):
            named.removeByName(_PRINTED)
        self._sheet.api.setPrintAreas(areas)

"""The sheets of an open workbook."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from xlwings import NoSuchObjectError
from xlwings import base_classes as bc

from wyexcel.desktop.libreoffice import properties
from wyexcel.desktop.libreoffice.properties import Traits
from wyexcel.desktop.libreoffice.ranges import Range
from wyexcel.desktop.libreoffice.rectangle import RANGES, Place

if TYPE_CHECKING:
    from wyexcel.desktop.libreoffice.books import Book

_PRINTED: Final = "_xlnm.Print_Area"
"""The name that says in a file what is printed. Calc keeps it as it was read beside what it prints
now, and would save both."""
_FAR_DOWN: Final = 30_000
_FAR_RIGHT: Final = 500


class Sheets(bc.Sheets):
    """The sheets of a workbook, in their order."""

    def __init__(self, book: "Book") -> None:
        """Those of *book*."""
        self.book = book

    @property
    def api(self) -> Any:
        """Calc's own sheets."""
        return self.book.own_sheets

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
        at = len(self)
        if before is not None or after is not None:
            at = before.index - 1 if before is not None else after.index if after else at
        free = (f"Sheet{number}" for number in range(1, len(self) + 2))
        chosen = name or next(title for title in free if not self.api.hasByName(title))
        self.api.insertNewByName(chosen, at)
        return self(chosen)


class Sheet(bc.Sheet):
    """One sheet."""

    def __init__(self, book: "Book", name: str) -> None:
        """The sheet of *book* that is called *name*."""
        self._book = book
        self._name = name
        self._found: Any = None
        self._hand: Any = None
        self._stands = Place(0, 0, 0, 0)

    @property
    def api(self) -> Any:
        """Calc's own sheet."""
        if self._found is None:  # every question to Calc takes its time
            self._found = self._book.own_sheets.getByName(self._name)
        return self._found

    def lent(self, place: Place) -> Any:
        """Calc's own range at *place*, until the next one is asked for.

        It is always the same, moved about: a new one takes as long as ten calls of one. A cursor
        does not go where its other end would leave the sheet, so far away it is a new one.
        """
        if place.bottom >= _FAR_DOWN or place.right >= _FAR_RIGHT:
            return self.api.getCellRangeByPosition(*place.corners)
        if self._hand is None:
            self._hand = self.api.createCursor()
            self._hand.collapseToSize(1, 1)
        was, self._stands = self._stands, place
        if place.size != was.size:
            self._hand.collapseToSize(*place.size)
        if (place.left, place.top) != (was.left, was.top):
            self._hand.gotoOffset(place.left - was.left, place.top - was.top)
        return self._hand

    @property
    def book(self) -> "Book":
        """Where it stands."""
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
        """Its place, from 1."""
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
        return Range(self, Place.between(arg1, arg1 if arg2 is None else arg2))

    @property
    def cells(self) -> Range:
        """Every cell."""
        return Range(self, Place.of(self.api.getRangeAddress()))

    @property
    def used_range(self) -> Range:
        """The cells between the first and the last that are used."""
        hand = self.lent(Place(0, 0, 0, 0))
        hand.gotoEndOfUsedArea(False)  # noqa: FBT003 - UNO knows no keywords
        hand.gotoStartOfUsedArea(True)  # noqa: FBT003 - likewise
        self._stands = Place.of(hand.getRangeAddress())
        return Range(self, self._stands)

    def paint(self, groups: Mapping[Traits, Sequence[Place]]) -> None:
        """Give cells the traits they are to have: the places of each group in three calls."""
        area, number = self._book.api.createInstance(RANGES), self.index - 1
        known = self._book.api.getNumberFormats()
        key = cache(partial(properties.format_key, known))
        for traits, places in groups.items():
            addresses = tuple(place.on(number) for place in places)
            area.addRangeAddresses(addresses, False)  # noqa: FBT003 - UNO knows no keywords
            properties.give(area, properties.of(traits, key))
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
        return Range(self._sheet, Place.of(areas[0])).address if areas else None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        areas = (Place.between(value).on(self._sheet.index - 1),) if value else ()
        named = self._sheet.api.NamedRanges
        if named.hasByName(_PRINTED):
            named.removeByName(_PRINTED)
        self._sheet.api.setPrintAreas(areas)

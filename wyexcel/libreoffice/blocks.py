"""The values of many sheets at once: each thing that Calc hands over takes its time."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from wyexcel.libreoffice.cells import RANGES, Place
from wyexcel.libreoffice.values import to_date

if TYPE_CHECKING:
    from wyexcel.libreoffice.books import Book

_DATES: Final = 2
_FORMULAS: Final = 16
_ANY: Final = 1 | _DATES | 4 | _FORMULAS
"""com.sun.star.sheet.CellFlags: numbers, dates, text, formulas."""
_WHOLE: Final = Place(0, 0, 1_048_575, 1023)
"""Every cell of the smallest sheets that Calc has."""


def read(book: "Book", names: Iterable[str]) -> dict[str, list[list[Any]]]:
    """What stands on the sheets *names* of *book*, each from A1 as far as any of them goes.

    Numbers, text, dates, and errors as they are shown. Asked about several sheets at once, Calc
    tells where on any of them something stands, and not on which: what is rare, formulas and
    dates, is asked for again sheet by sheet where it may be.
    """
    all_sheets = book.api.Sheets
    order: tuple[str, ...] = all_sheets.getElementNames()
    sheets = {order.index(name): name for name in names}
    area = book.api.createInstance(RANGES)
    area.addRangeAddresses(tuple(map(_WHOLE.on, sheets)), False)  # noqa: FBT003 - UNO knows no keywords
    filled, dates, formulas = (_places(area, kind) for kind in (_ANY, _DATES, _FORMULAS))
    bottom = max((place.bottom for place in filled), default=0)
    right = max((place.right for place in filled), default=0)
    found: dict[str, list[list[Any]]] = {}
    for number, name in sheets.items():
        block = all_sheets.getCellRangeByPosition(0, 0, right, bottom, number)
        if formulas and _places(block, _FORMULAS):
            found[name] = book.sheets(name).range((1, 1), (bottom + 1, right + 1)).raw_value
        else:
            found[name] = _dated(block, dates)
    return found


def _places(area: Any, kind: int) -> list[Place]:
    """Where in *area* cells of *kind* are."""
    return list(map(Place.of, area.queryContentCells(kind).getRangeAddresses()))


def _dated(block: Any, dates: Sequence[Place]) -> list[list[Any]]:
    """The values of *block*, with dates in place of numbers, which may be only at *dates*."""
    data = [list(row) for row in block.getDataArray()]
    if any(isinstance(data[row][column], float) for row, column in _cells(dates)):
        for row, column in _cells(_places(block, _DATES)):
            data[row][column] = to_date(data[row][column])
    return data


def _cells(places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    for place in places:
        yield from product(range(place.top, place.bottom + 1), range(place.left, place.right + 1))

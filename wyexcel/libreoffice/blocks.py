"""The values of many sheets at once: each thing that Calc hands over takes its time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Any, Final, TypeAlias

from wyexcel.libreoffice.place import RANGES, Place
from wyexcel.libreoffice.values import to_date

Block: TypeAlias = list[list[Any]]
_DATES: Final = 2
_FORMULAS: Final = 16
_ANY: Final = 1 | _DATES | 4 | _FORMULAS
"""com.sun.star.sheet.CellFlags: numbers, dates, text, formulas."""
_WHOLE: Final = Place(0, 0, 1_048_575, 1023)
"""Every cell of the smallest sheets that Calc has."""


def read(
    document: Any, names: Iterable[str], reckoned: Callable[[str, Place], Block]
) -> dict[str, Block]:
    """What stands on the sheets *names* of *document*, each from A1 as far as any of them goes.

    A sheet with formulas is left to *reckoned*.

    Numbers, text, dates, and errors as they are shown. Asked about several sheets at once, Calc
    tells where on any of them something stands, and not on which: what is rare, formulas and
    dates, is asked for again sheet by sheet where it may be.
    """
    all_sheets = document.Sheets
    order: tuple[str, ...] = all_sheets.getElementNames()
    sheets = {order.index(name): name for name in names}
    area = document.createInstance(RANGES)
    area.addRangeAddresses(tuple(map(_WHOLE.on, sheets)), False)  # noqa: FBT003 - UNO knows no keywords
    filled, dates, formulas = (_places(area, kind) for kind in (_ANY, _DATES, _FORMULAS))
    bottom = max((place.bottom for place in filled), default=0)
    right = max((place.right for place in filled), default=0)
    found: dict[str, Block] = {}
    for number, name in sheets.items():
        block = all_sheets.getCellRangeByPosition(0, 0, right, bottom, number)
        if formulas and _places(block, _FORMULAS):
            found[name] = reckoned(name, Place(0, 0, bottom, right))
        else:
            found[name] = _dated(block, dates)
    return found


def _places(area: Any, kind: int) -> list[Place]:
    """Where in *area* cells of *kind* are."""
    return list(map(Place.of, area.queryContentCells(kind).getRangeAddresses()))


def _dated(block: Any, dates: Sequence[Place]) -> Block:
    """The values of *block*, with dates in place of numbers, which may be only at *dates*."""
    data = [list(row) for row in block.getDataArray()]
    if any(isinstance(data[row][column], float) for row, column in _cells(dates)):
        for row, column in _cells(_places(block, _DATES)):
            data[row][column] = to_date(data[row][column])
    return data


def _cells(places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    for place in places:
        yield from product(range(place.top, place.bottom + 1), range(place.left, place.right + 1))

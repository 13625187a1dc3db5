"""The values of many sheets at once: each thing that Calc hands over takes its time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    document: Any, sheets: Any, names: Iterable[str], reckoned: Callable[[str, Place], Block]
) -> dict[str, Block]:
    """What stands on the *sheets* *names* of *document*, each from A1 as far as any of them goes.

    A sheet with formulas is left to *reckoned*.

    Numbers, text, dates, and errors as they are shown. Asked about several sheets at once, Calc
    tells where on any of them something stands, and not on which: what is rare, formulas and
    dates, is asked for again sheet by sheet where it may be.
    """
    order: tuple[str, ...] = sheets.getElementNames()
    numbers = {order.index(name): name for name in names}
    if not numbers:
        return {}
    area = document.createInstance(RANGES)
    area.addRangeAddresses(tuple(map(_WHOLE.on, numbers)), False)  # noqa: FBT003 - UNO knows no keywords
    filled, dates, formulas = (_places(area, kind) for kind in (_ANY, _DATES, _FORMULAS))
    bottom = max((place.bottom for place in filled), default=0)
    right = max((place.right for place in filled), default=0)
    corner = Place(0, 0, bottom, right)
    blocks = {n: sheets.getCellRangeByPosition(*corner.corners, n) for n in numbers}
    values = {n: [list(row) for row in block.getDataArray()] for n, block in blocks.items()}
    _date(values, dates, lambda number: _places(blocks[number], _DATES))
    left = [n for n, block in blocks.items() if formulas and _places(block, _FORMULAS)]
    return {
        name: reckoned(name, corner) if number in left else values[number]
        for number, name in numbers.items()
    }


def _date(
    values: Mapping[int, Block], dates: Sequence[Place], asked: Callable[[int], Sequence[Place]]
) -> None:
    """Let *values* say dates in place of numbers that are dates, on one of the sheets, at *dates*.

    Where several sheets have a number at the same place, each is *asked* which of its cells are.
    """
    doubtful: set[int] = set()
    for row, column in _cells(dates):
        having = [n for n, block in values.items() if isinstance(block[row][column], float)]
        if len(having) == 1:
            block = values[having[0]]
            block[row][column] = to_date(block[row][column])
        else:
            doubtful.update(having)
    for number in doubtful:
        for row, column in _cells(asked(number)):
            if isinstance(value := values[number][row][column], float):
                values[number][row][column] = to_date(value)


def _places(area: Any, kind: int) -> list[Place]:
    """Where in *area* cells of *kind* are."""
    return list(map(Place.of, area.queryContentCells(kind).getRangeAddresses()))


def _cells(places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    for place in places:
        yield from product(range(place.top, place.bottom + 1), range(place.left, place.right + 1))

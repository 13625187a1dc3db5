"""The values of many sheets at once: each thing that Calc hands over takes its time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import product
from typing import Any, Final, TypeAlias

from wyexcel.desktop.libreoffice.rectangle import RANGES, Place
from wyexcel.desktop.libreoffice.values import to_date
from wyexcel.files.reading.book import Percentage, may_be_typed_with_a_sign

Block: TypeAlias = list[list[Any]]
_DATES: Final = 2
_FORMULAS: Final = 16
_ANY: Final = 1 | _DATES | 4 | _FORMULAS
"""com.sun.star.sheet.CellFlags: numbers, dates, text, formulas."""
_AS_SHOWN: Final = {"SearchRegularExpression": True, "SearchType": 1, "SearchFormatted": True}
_PERCENT: Final = 128
"""com.sun.star.util.NumberFormat."""
_WHOLE: Final = Place(0, 0, 1_048_575, 1023)
"""Every cell of the smallest sheets that Calc has."""


def read(
    document: Any, sheets: Any, names: Iterable[str], reckoned: Callable[[str, Place], Block]
) -> dict[str, Block]:
    """What stands on the *sheets* *names* of *document*, each from A1 as far as any of them goes.

    A sheet with formulas is left to *reckoned*.

    Numbers, text, dates, and errors as they are shown; a small number that is shown as a percentage
    is a Percentage. Asked about several sheets at once, Calc
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
    values.update({n: reckoned(numbers[n], corner) for n in left})
    _mark_percentages(document, {n: (values[n], block) for n, block in blocks.items()})
    return {name: values[number] for number, name in numbers.items()}


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


def _mark_percentages(document: Any, asked: Mapping[int, tuple[Block, Any]]) -> None:
    """Let the values of the sheets *asked* say which of them their cells show as percentages.

    Only where one stands that somebody may have typed with a %: Calc looks for what is shown.
    """
    wanted: Any = None
    for values, block in asked.values():
        if not any(may_be_typed_with_a_sign(value) for row in values for value in row):
            continue
        wanted = wanted or _shown_with_a_percent_sign(block.getSpreadsheet())
        found = block.findAll(wanted)
        for row, column in _cells(list(map(Place.of, found.getRangeAddresses())) if found else []):
            if may_be_typed_with_a_sign(value := values[row][column]) and _is_percentage(
                document, block.getCellByPosition(column, row)
            ):
                values[row][column] = Percentage(value)


def _shown_with_a_percent_sign(sheet: Any) -> Any:
    """What Calc is asked to look for on *sheet* or another one."""
    wanted = sheet.createSearchDescriptor()
    for name, value in _AS_SHOWN.items():
        with suppress(Exception):  # an older LibreOffice looks at nothing else
            wanted.setPropertyValue(name, value)
    wanted.setSearchString("^-?[0-9.,]+%$")
    return wanted


def _is_percentage(document: Any, cell: Any) -> bool:
    """Whether the number format of *cell* multiplies by a hundred, and does not only say %."""
    return bool(document.getNumberFormats().getByKey(cell.NumberFormat).Type & _PERCENT)


def _places(area: Any, kind: int) -> list[Place]:
    """Where in *area* cells of *kind* are."""
    return list(map(Place.of, area.queryContentCells(kind).getRangeAddresses()))


def _cells(places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    for place in places:
        yield from product(range(place.top, place.bottom + 1), range(place.left, place.right + 1))

"""The values of several sheets in few calls to Calc: every call takes its time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import product
from typing import Any, Final, TypeAlias

from wyexcel.desktop.libreoffice.rectangle import RANGES, Rectangle
from wyexcel.desktop.libreoffice.values import to_date
from wyexcel.files.reading.book import Percentage, may_be_typed_with_a_sign

SheetValues: TypeAlias = list[list[Any]]
"""The values of a sheet, row by row from A1."""
_DATES: Final = 2
_FORMULAS: Final = 16
_ANY: Final = 1 | _DATES | 4 | _FORMULAS
"""com.sun.star.sheet.CellFlags: numbers, dates, text, formulas."""
_AS_SHOWN: Final = {"SearchRegularExpression": True, "SearchType": 1, "SearchFormatted": True}
_PERCENT: Final = 128
"""com.sun.star.util.NumberFormat."""
_WHOLE: Final = Rectangle(0, 0, 1_048_575, 1023)
"""Every cell of the smallest sheets that Calc has."""


def read(
    document: Any,
    sheets: Any,
    names: Iterable[str],
    read_formulas: Callable[[str, Rectangle], SheetValues],
) -> dict[str, SheetValues]:
    """The values of the *sheets* *names* of *document*, by name; all as large as the largest.

    Numbers, text, dates, and errors as they are shown; a small number that is shown as a percentage
    is a Percentage. A sheet with formulas is read by *read_formulas*.

    Asked about several sheets at once, Calc says in which cells something stands, but not on which
    sheet. So what is rare, formulas and dates, is asked for again sheet by sheet where there is
    any.
    """
    order: tuple[str, ...] = sheets.getElementNames()
    numbers = {order.index(name): name for name in names}
    if not numbers:
        return {}
    area = document.createInstance(RANGES)
    area.addRangeAddresses(tuple(map(_WHOLE.to_calc, numbers)), False)  # noqa: FBT003 - UNO knows no keywords
    filled, dates, formulas = (_rectangles(area, kind) for kind in (_ANY, _DATES, _FORMULAS))
    bottom = max((rectangle.bottom for rectangle in filled), default=0)
    right = max((rectangle.right for rectangle in filled), default=0)
    corner = Rectangle(0, 0, bottom, right)
    blocks = {n: sheets.getCellRangeByPosition(*corner.corners, n) for n in numbers}
    values = {n: [list(row) for row in block.getDataArray()] for n, block in blocks.items()}
    _convert_dates(values, dates, lambda number: _rectangles(blocks[number], _DATES))
    calculated = [n for n, block in blocks.items() if formulas and _rectangles(block, _FORMULAS)]
    values.update({n: read_formulas(numbers[n], corner) for n in calculated})
    _mark_percentages(document, {n: (values[n], block) for n, block in blocks.items()})
    return {name: values[number] for number, name in numbers.items()}


def _convert_dates(
    values: Mapping[int, SheetValues],
    dates: Sequence[Rectangle],
    dates_of: Callable[[int], Sequence[Rectangle]],
) -> None:
    """Replace numbers in *values* (by sheet) by the dates that they are, at *dates* on any sheet.

    Where several sheets have a number in the same cell, *dates_of* each says which are dates.
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
        for row, column in _cells(dates_of(number)):
            if isinstance(value := values[number][row][column], float):
                values[number][row][column] = to_date(value)


def _mark_percentages(document: Any, sheets: Mapping[int, tuple[SheetValues, Any]]) -> None:
    """Turn into a Percentage what a cell shows as one, in the values of *sheets*.

    Only where a number stands that may have been typed with a %: Calc looks for what is shown.
    """
    search: Any = None
    for values, block in sheets.values():
        if not any(may_be_typed_with_a_sign(value) for row in values for value in row):
            continue
        search = search or _search_for_percent_signs(block.getSpreadsheet())
        matches = block.findAll(search)
        areas = matches.getRangeAddresses() if matches else ()
        for row, column in _cells(list(map(Rectangle.from_calc, areas))):
            if may_be_typed_with_a_sign(value := values[row][column]) and _is_percentage(
                document, block.getCellByPosition(column, row)
            ):
                values[row][column] = Percentage(value)


def _search_for_percent_signs(sheet: Any) -> Any:
    """Calc's search for numbers shown with a %, made by *sheet* and good for every other one."""
    search = sheet.createSearchDescriptor()
    for name, value in _AS_SHOWN.items():
        with suppress(Exception):  # an older LibreOffice looks at nothing else
            search.setPropertyValue(name, value)
    search.setSearchString("^-?[0-9.,]+%$")
    return search


def _is_percentage(document: Any, cell: Any) -> bool:
    """Whether the number format of *cell* multiplies by a hundred, and does not only say %."""
    return bool(document.getNumberFormats().getByKey(cell.NumberFormat).Type & _PERCENT)


def _rectangles(area: Any, kind: int) -> list[Rectangle]:
    """Where in *area* cells of *kind* (CellFlags) are."""
    return list(map(Rectangle.from_calc, area.queryContentCells(kind).getRangeAddresses()))


def _cells(rectangles: Sequence[Rectangle]) -> Iterator[tuple[int, int]]:
    """Row and column, from 0, of every cell in *rectangles*."""
    for top, left, bottom, right in rectangles:
        yield from product(range(top, bottom + 1), range(left, right + 1))

"""The way through a filled form: every cell that is read, in the order in which it is read."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from msgspec import Struct

from wyexcel.files.address import a1, column_name, parse
from wyexcel.forms.layout import Layout
from wyexcel.forms.main_sheet import REMARK, SIGNED, STATE, VINTAGE
from wyexcel.forms.slot import TOLD, Slot

_KEPT: Final = 512
_NOWHERE: Final = -1


class NumberCell(NamedTuple):
    """One number cell: its column from 0, and what a value there is."""

    column: int
    element: str
    park: str
    cell: str


class NumberCellRow(NamedTuple):
    """One row with its number cells and the columns of its 状态 and 说明 (-1 where it has none)."""

    row: int
    state: int
    remark: int
    cells: tuple[NumberCell, ...]


class SignatureCell(NamedTuple):
    """Where a person's name or number is asked for."""

    who: str
    sheet: str
    row: int
    column: int
    cell: str


class ProgressCells(NamedTuple):
    """The row in which a unit tells of an indicator: its sheet, and the column of each field."""

    no: int
    sheet: str
    row: int
    columns: Mapping[str, int]

    def cell(self, field: str) -> str:
        """The address of *field*."""
        return a1(self.row, self.columns[field])


class NameListArea(NamedTuple):
    """A name list: its element, its sheet, its first row, and the column of each of its names."""

    element: str
    sheet: str
    first: int
    columns: Mapping[str, int]

    def cell(self, row: int, name: str) -> str:
        """The address of the column *name* in *row*, counted from 0."""
        return f"{column_name(self.columns[name])}{row + 1}"


class ReadingOrder(Struct, frozen=True, kw_only=True):
    """Everything to read from one layout's form."""

    number_rows: Mapping[str, tuple[NumberCellRow, ...]]
    people: tuple[SignatureCell, ...]
    progress: tuple[ProgressCells, ...]
    vintage: SignatureCell | None
    name_lists: tuple[NameListArea, ...]


@lru_cache(maxsize=_KEPT)
def reading_order(layout: Layout) -> ReadingOrder:
    """The route through a form laid out as *layout*; found once for each layout."""
    return ReadingOrder(
        number_rows={sheet: _number_rows(layout, sheet) for sheet in layout.sheets},
        people=tuple(
            SignatureCell(slot.element, slot.sheet, *parse(slot.cell), slot.cell)
            for slot in layout.slots
            if slot.element in SIGNED
        ),
        progress=_accounts(layout),
        vintage=next(
            (
                SignatureCell(slot.element, slot.sheet, *parse(slot.cell), slot.cell)
                for slot in layout.slots
                if slot.element == VINTAGE
            ),
            None,
        ),
        name_lists=_name_lists(layout),
    )


def _number_rows(layout: Layout, sheet: str) -> tuple[NumberCellRow, ...]:
    stops: defaultdict[int, list[NumberCell]] = defaultdict(list)
    words: dict[tuple[int, str], int] = {}
    for slot in layout.slots:
        if slot.sheet == sheet and _in_line(slot):
            row, column = parse(slot.cell)
            if slot.kind == "number":
                stops[row].append(NumberCell(column, slot.element, slot.park, slot.cell))
            else:
                title = REMARK if slot.kind == "text" else STATE
                words[row, title] = column
    return tuple(
        NumberCellRow(
            row, words.get((row, STATE), _NOWHERE), words.get((row, REMARK), _NOWHERE), (*at,)
        )
        for row, at in sorted(stops.items())
    )


def _in_line(slot: Slot) -> bool:
    """Whether *slot* belongs to a row of numbers."""
    return not slot.column and not slot.about and slot.element not in {*SIGNED, VINTAGE}


def _accounts(layout: Layout) -> tuple[ProgressCells, ...]:
    begun: dict[tuple[int, str, int], dict[str, int]] = {}
    for slot in layout.slots:
        if slot.about:
            field, no = slot.about
            row, column = parse(slot.cell)
            begun.setdefault((no, slot.sheet, row), {})[field] = column
    return tuple(
        ProgressCells(*place, columns)
        for place, columns in begun.items()
        if columns.keys() == TOLD.keys()
    )


def _name_lists(layout: Layout) -> tuple[NameListArea, ...]:
    begun: dict[str, dict[str, int]] = {}
    first: dict[str, tuple[str, int]] = {}
    for slot in layout.slots:
        if slot.column:
            row, column = parse(slot.cell)
            begun.setdefault(slot.element, {})[slot.column] = column
            first.setdefault(slot.element, (slot.sheet, row))
    return tuple(
        NameListArea(element, *first[element], columns) for element, columns in begun.items()
    )

"""Every cell of a filled form that is read, in the order in which it is read."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from msgspec import Struct

from wyexcel.files.address import a1, column_name, parse
from wyexcel.forms.asked import (
    SIGNATURES,
    ElementNumber,
    FormField,
    ListColumn,
    NameListColumn,
    ProgressField,
    ProgressStatement,
    RowRemark,
    RowState,
)
from wyexcel.forms.layout import Layout

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


class FormFieldCell(NamedTuple):
    """Where the form asks something of itself: a person's name or number, the day, 数据性质."""

    field: FormField
    sheet: str
    row: int
    column: int
    cell: str


class ProgressCells(NamedTuple):
    """The row in which a unit states an indicator's progress, and the column of each field."""

    no: int
    sheet: str
    row: int
    columns: Mapping[ProgressField, int]

    def cell(self, field: ProgressField) -> str:
        """The address of *field*."""
        return a1(self.row, self.columns[field])


class NameListArea(NamedTuple):
    """A name list: its element, its sheet, its first row, and where its columns are."""

    element: str
    sheet: str
    first: int
    columns: Mapping[ListColumn, int]

    def cell(self, row: int, column: ListColumn) -> str:
        """The address of *column* in *row*, counted from 0."""
        return f"{column_name(self.columns[column])}{row + 1}"


class ReadingOrder(Struct, frozen=True, kw_only=True):
    """Everything to read from one layout's form."""

    number_rows: Mapping[str, tuple[NumberCellRow, ...]]
    signatures: tuple[FormFieldCell, ...]
    progress: tuple[ProgressCells, ...]
    vintage: FormFieldCell | None
    name_lists: tuple[NameListArea, ...]


@lru_cache(maxsize=_KEPT)
def reading_order(layout: Layout) -> ReadingOrder:
    """What is read of a form laid out as *layout*; derived once for each layout."""
    fields = [
        FormFieldCell(slot.asks, slot.sheet, *parse(slot.cell), slot.cell)
        for slot in layout.slots
        if isinstance(slot.asks, FormField)
    ]
    return ReadingOrder(
        number_rows={sheet: _number_rows(layout, sheet) for sheet in layout.sheets},
        signatures=tuple(cell for cell in fields if cell.field in SIGNATURES),
        progress=_progress(layout),
        vintage=next((cell for cell in fields if cell.field is FormField.VINTAGE), None),
        name_lists=_name_lists(layout),
    )


def _number_rows(layout: Layout, sheet: str) -> tuple[NumberCellRow, ...]:
    cells: defaultdict[int, list[NumberCell]] = defaultdict(list)
    states: dict[int, int] = {}
    remarks: dict[int, int] = {}
    for slot in layout.slots:
        if slot.sheet != sheet:
            continue
        row, column = parse(slot.cell)
        match slot.asks:
            case ElementNumber(element, park):
                cells[row].append(NumberCell(column, element, park, slot.cell))
            case RowState():
                states[row] = column
            case RowRemark():
                remarks[row] = column
            case _:
                pass
    return tuple(
        NumberCellRow(row, states.get(row, _NOWHERE), remarks.get(row, _NOWHERE), (*in_row,))
        for row, in_row in sorted(cells.items())
    )


def _progress(layout: Layout) -> tuple[ProgressCells, ...]:
    """The rows that ask for every field of an indicator's progress."""
    rows: defaultdict[tuple[int, str, int], dict[ProgressField, int]] = defaultdict(dict)
    for slot in layout.slots:
        if isinstance(slot.asks, ProgressStatement):
            row, column = parse(slot.cell)
            rows[slot.asks.indicator, slot.sheet, row][slot.asks.field] = column
    return tuple(
        ProgressCells(*place, columns)
        for place, columns in rows.items()
        if len(columns) == len(ProgressField)
    )


def _name_lists(layout: Layout) -> tuple[NameListArea, ...]:
    columns: defaultdict[str, dict[ListColumn, int]] = defaultdict(dict)
    first: dict[str, tuple[str, int]] = {}
    for slot in layout.slots:
        if isinstance(slot.asks, NameListColumn):
            row, column = parse(slot.cell)
            columns[slot.asks.element][slot.asks.column] = column
            first.setdefault(slot.asks.element, (slot.sheet, row))
    return tuple(NameListArea(element, *first[element], columns[element]) for element in columns)

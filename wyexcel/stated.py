"""The layout that a workbook states itself, in its own `_form` (a form issued earlier)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wyexcel.address import parse
from wyexcel.anchors import Rows, at, says
from wyexcel.layout import PEOPLE, SLOT_COLUMNS, SLOTS, Anchor, Layout, Slot
from wyexcel.plan import Plan
from wyexcel.submission import CellValue

_MOST_ROWS: Final = 20_000
_MOST_COLUMNS: Final = 256
_MOST_SLOTS: Final = 10_000
_KINDS: Final = frozenset({"number", "text", "choice"})
_SEPARATOR: Final = " / "


def layout(sheets: Mapping[str, Rows], plan: Plan, unit: str) -> Layout:
    """The layout stated in *sheets*; rows of `_form` that cannot be understood are left out."""
    slots = tuple(_slots(sheets.get(SLOTS, ()), plan))
    names = tuple(dict.fromkeys(slot.sheet for slot in slots))
    anchors = tuple(dict.fromkeys(a for slot in slots for a in _anchors(slot, sheets)))
    return Layout(unit=unit, slots=slots, sheets=names, anchors=anchors)


def _slots(rows: Rows, plan: Plan) -> Iterator[Slot]:
    if not rows:
        return
    heading = [str(name) for name in rows[0]]
    if not set(SLOT_COLUMNS) <= set(heading):
        return
    places = [heading.index(name) for name in SLOT_COLUMNS]
    for number in range(1, min(len(rows), _MOST_SLOTS)):
        slot = Slot(*(_text(at(rows, number, place)) for place in places))
        if _understood(slot, plan):
            yield slot


def _text(value: CellValue) -> str:
    return value if isinstance(value, str) else ""


def _understood(slot: Slot, plan: Plan) -> bool:
    known = slot.element in plan.element or slot.element in PEOPLE
    if not known or not slot.sheet or not slot.label:
        return False
    if slot.kind not in _KINDS and not slot.column:
        return False
    try:
        row, column = parse(slot.cell)
    except ValueError:
        return False
    return row < _MOST_ROWS and column < _MOST_COLUMNS


def _anchors(slot: Slot, sheets: Mapping[str, Rows]) -> Iterator[Anchor]:
    """Where the words of the slot's label stand, or should stand where they are not found."""
    rows: Rows = sheets.get(slot.sheet, ())
    row, column = parse(slot.cell)
    left, separator, above = slot.label.rpartition(_SEPARATOR)
    if slot.column:
        left, above = "", slot.label
    elif not separator:
        left, above = slot.label, ""
    if left:
        place = _found([at(rows, row, c) for c in range(column)], left, otherwise=column - 1)
        yield Anchor(slot.sheet, row, max(place, 0), left, above=False)
    if above:
        place = _found([at(rows, r, column) for r in range(row)], above, otherwise=row - 1)
        yield Anchor(slot.sheet, max(place, 0), column, above, above=True)


def _found(line: Sequence[CellValue], words: str, *, otherwise: int) -> int:
    """The last place in *line* that says *words*."""
    for place in range(len(line) - 1, -1, -1):
        if says(line[place], words):
            return place
    return otherwise

"""The layout that a workbook states itself, in its own `_form` (a form issued earlier)."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from wyexcel.files.address import parse
from wyexcel.files.reading.book import CellValue, Place
from wyexcel.forms.filled.labels import Rows, WordIndex, same_words, value_at
from wyexcel.forms.layout import SLOT_COLUMNS, SLOTS, Layout
from wyexcel.forms.main_sheet import MEASURE, SIGNED, VINTAGE
from wyexcel.forms.slot import LabelPosition, Slot
from wyexcel.plan.plan import Plan

_MOST_ROWS: Final = 20_000
_MOST_COLUMNS: Final = 256
_MOST_SLOTS: Final = 1_000
"""Several times what the longest form asks; who states more has not got the form from us."""
_MOST_HEADINGS: Final = 64
_KINDS: Final = frozenset({"number", "text", "choice"})
_SEPARATOR: Final = " / "


def stated_layout(sheets: Mapping[str, Rows], plan: Plan) -> Layout:
    """The layout stated in *sheets*; rows of `_form` that cannot be understood are left out."""
    slots = tuple(_slots(sheets.get(SLOTS, ()), plan))
    names = tuple(dict.fromkeys(slot.sheet for slot in slots))
    there = {name: WordIndex.of(sheets.get(name, ())) for name in names}
    usual = {name: _usual([s for s in slots if s.sheet == name], there[name]) for name in names}
    found = (_anchors(slot, there[slot.sheet], usual[slot.sheet]) for slot in slots)
    anchors = tuple(dict.fromkeys(anchor for some in found for anchor in some))
    return Layout(slots=slots, sheets=names, labels=anchors)


def slots_not_asked_now(sheets: Mapping[str, Rows], plan: Plan) -> tuple[Slot, ...]:
    """The cells that *sheets* state for what the plan does not ask for any more."""
    slots = _stated(sheets.get(SLOTS, ()), plan)
    return tuple(s for s in slots if s.sheet and _place(s) and not _known(s, plan))


def stated_measures(form: Layout, sheets: Mapping[str, Rows]) -> Mapping[Place, str]:
    """In what the form itself says that each number is filled; "" where it does not say it."""
    there = {sheet: _headed(sheets.get(sheet, ())) for sheet in form.sheets}
    return {
        (slot.sheet, slot.cell): _measure(slot, there[slot.sheet], sheets.get(slot.sheet, ()))
        for slot in form.slots
        if slot.kind == "number"
    }


def _headed(rows: Rows) -> Sequence[tuple[int, int]]:
    """Where the heading of a column of measures stands, the last first."""
    found = (
        (row, column)
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
        if same_words(value, MEASURE)
    )
    return tuple(islice(found, _MOST_HEADINGS))[::-1]


def _measure(slot: Slot, headed: Sequence[tuple[int, int]], rows: Rows) -> str:
    row, column = parse(slot.cell)
    columns = (there for above, there in headed if above < row and there < column)
    there = next(columns, None)
    return "" if there is None else _text(value_at(rows, row, there)).partition("\n")[0].strip()


def _slots(rows: Rows, plan: Plan) -> Iterator[Slot]:
    return (slot for slot in _stated(rows, plan) if _understood(slot, plan))


def _stated(rows: Rows, plan: Plan) -> Iterator[Slot]:
    """The rows of `_form`, each park by its present name."""
    if not rows or len(rows) > _MOST_SLOTS:
        return
    heading = [str(name) for name in rows[0]]
    if not set(SLOT_COLUMNS) <= set(heading):
        return
    places = [heading.index(name) for name in SLOT_COLUMNS]
    for number in range(1, len(rows)):
        slot = Slot(*(_text(value_at(rows, number, place)) for place in places))
        yield slot._replace(park=plan.place_named(slot.park))


def _text(value: CellValue) -> str:
    return value if isinstance(value, str) else ""


def _understood(slot: Slot, plan: Plan) -> bool:
    if not _known(slot, plan) or not slot.sheet or not slot.label:
        return False
    if slot.kind not in _KINDS and not slot.column:
        return False
    return _place(slot) is not None


def _known(slot: Slot, plan: Plan) -> bool:
    """Whether the plan asks somebody for what *slot* asks."""
    asked = slot.element in plan.element or slot.element in {*SIGNED, VINTAGE}
    return asked or slot.about is not None


def _place(slot: Slot) -> tuple[int, int] | None:
    """Where *slot* stands, if that is on a sheet at all."""
    try:
        row, column = parse(slot.cell)
    except ValueError:
        return None
    return (row, column) if row < _MOST_ROWS and column < _MOST_COLUMNS else None


def label_words(slot: Slot) -> tuple[str, str]:
    """What must stand to the left of a slot, and what above it."""
    if slot.column:
        return "", slot.label
    left, separator, above = slot.label.rpartition(_SEPARATOR)
    return (left, above) if separator else (slot.label, "")


def _usual(slots: Sequence[Slot], there: WordIndex) -> int | None:
    """The column in which most row labels of a sheet stand."""
    columns = Counter(place for slot in slots if (place := _left(slot, there)) is not None)
    return columns.most_common(1)[0][0] if columns else None


def _left(slot: Slot, there: WordIndex) -> int | None:
    """The column in which the row label of *slot* stands, nearest to it; None if it does not."""
    row, column = parse(slot.cell)
    return _last(there.columns(row, label_words(slot)[0]), column)


def _anchors(slot: Slot, there: WordIndex, usual: int | None) -> Iterator[LabelPosition]:
    """Where the words of the slot's label stand, or should stand where they are not found."""
    row, column = parse(slot.cell)
    left, above = label_words(slot)
    if left:
        place = _left(slot, there)
        standing = usual if above and usual is not None else max(column - 1, 0)
        yield LabelPosition(
            slot.sheet, row, standing if place is None else place, left, above=False
        )
    if above:
        place = _last(there.rows(column, above), row)
        standing = max(row - 1, 0) if place is None else place
        yield LabelPosition(slot.sheet, standing, column, above, above=True)


def _last(places: Sequence[int], before: int) -> int | None:
    """The last of *places* that lies before another."""
    at = bisect_left(places, before)
    return places[at - 1] if at else None

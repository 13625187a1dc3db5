"""The layout that a workbook states itself, in its own `_form` (a form issued earlier)."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from wyexcel.files.address import parse
from wyexcel.files.reading.book import CellValue, Place
from wyexcel.forms.asked import ElementNumber, FormField, NameListColumn, ProgressStatement
from wyexcel.forms.filled.labels import Rows, WordIndex, same_words, value_at
from wyexcel.forms.layout import SLOTS, Layout
from wyexcel.forms.main_sheet import MEASURE
from wyexcel.forms.slot import SLOT_COLUMNS, LabelPosition, Slot, slot_from_row
from wyexcel.plan.plan import Plan

_MOST_ROWS: Final = 20_000
_MOST_COLUMNS: Final = 256
_MOST_SLOTS: Final = 1_000
"""Several times what the longest form asks; who states more has not got the form from us."""
_MOST_HEADINGS: Final = 64
_SEPARATOR: Final = " / "


def stated_layout(sheets: Mapping[str, Rows], plan: Plan) -> Layout:
    """The layout stated in *sheets*; rows of `_form` that cannot be understood are left out."""
    slots = tuple(
        slot
        for slot in _stated_slots(sheets, plan)
        if slot.label and _is_known(slot, plan) and _place(slot)
    )
    names = tuple(dict.fromkeys(slot.sheet for slot in slots))
    words = {name: WordIndex.of(sheets.get(name, ())) for name in names}
    usual = {
        name: _usual_column([slot for slot in slots if slot.sheet == name], words[name])
        for name in names
    }
    labels = (
        label for slot in slots for label in _labels(slot, words[slot.sheet], usual[slot.sheet])
    )
    return Layout(slots=slots, sheets=names, labels=tuple(dict.fromkeys(labels)))


def slots_not_asked_now(sheets: Mapping[str, Rows], plan: Plan) -> tuple[Slot, ...]:
    """The cells that *sheets* state for what the plan does not ask for any more."""
    slots = _stated_slots(sheets, plan)
    return tuple(slot for slot in slots if _place(slot) and not _is_known(slot, plan))


def stated_measures(form: Layout, sheets: Mapping[str, Rows]) -> Mapping[Place, str]:
    """In what the form itself says that each number is filled; "" where it does not say it."""
    headings = {sheet: _measure_headings(sheets.get(sheet, ())) for sheet in form.sheets}
    return {
        (slot.sheet, slot.cell): _measure(slot, headings[slot.sheet], sheets.get(slot.sheet, ()))
        for slot in form.slots
        if isinstance(slot.asks, ElementNumber)
    }


def _measure_headings(rows: Rows) -> Sequence[tuple[int, int]]:
    """Row and column of each heading of a column of measures, the last first."""
    places = (
        (row, column)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if same_words(value, MEASURE)
    )
    return tuple(islice(places, _MOST_HEADINGS))[::-1]


def _measure(slot: Slot, headings: Sequence[tuple[int, int]], rows: Rows) -> str:
    """What stands in the row of *slot* under the nearest heading above it and to its left."""
    row, column = parse(slot.cell)
    for heading_row, measure_column in headings:
        if heading_row < row and measure_column < column:
            return _text(value_at(rows, row, measure_column)).partition("\n")[0].strip()
    return ""


def _stated_slots(sheets: Mapping[str, Rows], plan: Plan) -> Iterator[Slot]:
    """The rows of `_form` that are ours and name a sheet, each park by its present name."""
    rows = sheets.get(SLOTS, ())
    if not rows or len(rows) > _MOST_SLOTS:
        return
    heading = [str(name) for name in rows[0]]
    if not set(SLOT_COLUMNS) <= set(heading):
        return
    places = [heading.index(name) for name in SLOT_COLUMNS]
    for number in range(1, len(rows)):
        code, park, *rest = (_text(value_at(rows, number, place)) for place in places)
        slot = slot_from_row((code, plan.place_named(park), *rest))
        if slot is not None and slot.sheet:
            yield slot


def _text(value: CellValue) -> str:
    return value if isinstance(value, str) else ""


def _is_known(slot: Slot, plan: Plan) -> bool:
    """Whether *slot* asks for an element of the plan, or for what every form asks."""
    if isinstance(slot.asks, FormField | ProgressStatement):
        return True
    return slot.asks.element in plan.element


def _place(slot: Slot) -> tuple[int, int] | None:
    """Where *slot* stands, if that is on a sheet at all."""
    try:
        row, column = parse(slot.cell)
    except ValueError:
        return None
    return (row, column) if row < _MOST_ROWS and column < _MOST_COLUMNS else None


def label_words(slot: Slot) -> tuple[str, str]:
    """What must stand to the left of a slot, and what above it."""
    if isinstance(slot.asks, NameListColumn):
        return "", slot.label
    left, separator, above = slot.label.rpartition(_SEPARATOR)
    return (left, above) if separator else (slot.label, "")


def _usual_column(slots: Sequence[Slot], words: WordIndex) -> int | None:
    """The column in which most row labels of a sheet stand."""
    places = (_row_label_column(slot, words) for slot in slots)
    columns = Counter(column for column in places if column is not None)
    return columns.most_common(1)[0][0] if columns else None


def _row_label_column(slot: Slot, words: WordIndex) -> int | None:
    """The column in which the row label of *slot* stands, nearest to it; None if it does not."""
    row, column = parse(slot.cell)
    return _last(words.columns(row, label_words(slot)[0]), column)


def _labels(slot: Slot, words: WordIndex, usual: int | None) -> Iterator[LabelPosition]:
    """Where the words of the slot's label stand, or should stand where they are not found."""
    row, column = parse(slot.cell)
    left, above = label_words(slot)
    if left:
        expected = usual if above and usual is not None else max(column - 1, 0)
        place = _row_label_column(slot, words)
        label_column = expected if place is None else place
        yield LabelPosition(slot.sheet, row, label_column, left, above=False)
    if above:
        place = _last(words.rows(column, above), row)
        label_row = max(row - 1, 0) if place is None else place
        yield LabelPosition(slot.sheet, label_row, column, above, above=True)


def _last(places: Sequence[int], before: int) -> int | None:
    """The last of *places* that lies before another."""
    number = bisect_left(places, before)
    return places[number - 1] if number else None

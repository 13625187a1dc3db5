"""What of an older form can be put into the present one, cell by cell, and what cannot (转入)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from wyexcel.files.address import column_name, parse
from wyexcel.files.reading.book import CellValue
from wyexcel.files.writing.sheet import Value
from wyexcel.forms import supplement
from wyexcel.forms.asked import (
    Asked,
    ElementNumber,
    FormField,
    ListColumn,
    NameListColumn,
    ProgressField,
    ProgressStatement,
    RowState,
)
from wyexcel.forms.filled import stated_layout
from wyexcel.forms.filled.labels import value_at
from wyexcel.forms.filled.name_rows import NameRow, as_text
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.main_sheet import STATES, VINTAGES
from wyexcel.forms.older import differences
from wyexcel.forms.slot import Slot
from wyexcel.forms.submission import Entry


class CarriedValue(NamedTuple):
    """A value with the same meaning in both forms: where it stood and where it is put."""

    label: str
    sheet: str
    cell: str
    raw: CellValue
    to_sheet: str
    to_cell: str
    value: Value


class LeftBehind(NamedTuple):
    """What was typed into an older form and has no safe place in the present one, and why."""

    label: str
    sheet: str
    cell: str
    raw: CellValue
    why: str


class Transfer(Struct, frozen=True):
    """Everything that was typed into an older form: what goes on, and what stays behind."""

    carried: tuple[CarriedValue, ...]
    left_behind: tuple[LeftBehind, ...]


def carry_over(form: FilledForm) -> Transfer:
    """What of *form* can be put into the present form of its unit for its period.

    A value goes on where both cells ask for the same, and in the same measure; nothing is added
    up or converted on the way.
    """
    values = (*_cells(form), *_lists(form), *_not_asked_now(form))
    return Transfer(
        carried=tuple(value for value in values if isinstance(value, CarriedValue)),
        left_behind=tuple(value for value in values if isinstance(value, LeftBehind)),
    )


def _cells(form: FilledForm) -> Iterator[CarriedValue | LeftBehind]:
    targets = differences.slots_by_question(differences.present_layout(form))
    entries = {(entry.sheet, entry.cell): entry for entry in form.submission.entries}
    counts = Counter(slot.asks for slot in form.layout.slots)
    measures, meanings = differences.other_measures(form), differences.other_meanings(form)
    for slot in form.layout.slots:
        raw = _raw(slot, form)
        if isinstance(slot.asks, NameListColumn) or not as_text(raw):
            continue
        target = targets.get(slot.asks)
        why = _hindrance(slot, form, target, measures.get((slot.sheet, slot.cell)))
        if not why and counts[slot.asks] > 1:
            why = "旧表有几格填的是这一项，请核对后自行填写"
        if not why and slot.code in meanings:
            why = "旧表用的是另一项的代码，请核对后自行填写"
        value = _value(slot, raw, entries)
        if target is None or why or value is None:
            why = why or _unusable(slot.asks)
            yield LeftBehind(slot.label, slot.sheet, slot.cell, raw, why)
        else:
            yield CarriedValue(
                slot.label, slot.sheet, slot.cell, raw, target.sheet, target.cell, value
            )


def _unusable(asks: Asked) -> str:
    """Why what was typed cannot stand in the present cell."""
    is_number = isinstance(asks, ElementNumber)
    return "不是数字，请填数字" if is_number else "不在可选项中，请从下拉框选择"


def _raw(slot: Slot, form: FilledForm) -> CellValue:
    """What stands in the cell of *slot*, an error as it is shown."""
    error = form.book.errors.get((slot.sheet, slot.cell))
    if error is not None:
        return error
    return value_at(form.book.sheets.get(slot.sheet, ()), *parse(slot.cell))


def _hindrance(slot: Slot, form: FilledForm, target: Slot | None, measure: str | None) -> str:
    """Why what stands in *slot* cannot be taken, "" where it can; *measure* is another one."""
    if form.labels.is_unreadable(slot.sheet, *parse(slot.cell)):
        return "所在的行或列被移动、改名过，没有读取"
    if target is None:
        return "现行表没有这一格"
    if measure:
        return f"旧表计量单位是“{measure}”，现为“{form.plan.element[slot.code].measure}”"
    return ""


def _value(slot: Slot, raw: CellValue, entries: Mapping[tuple[str, str], Entry]) -> Value:
    """What to put for *raw*: the number that it says, a word of the drop-down list, or the words.

    None where it is none of these.
    """
    if isinstance(slot.asks, ElementNumber):
        entry = entries.get((slot.sheet, slot.cell))
        number = None if entry is None else entry.number
        return None if number is None else float(number)
    options = _options(slot.asks)
    if not options:
        return _as_cell_value(raw)
    return as_text(raw) if as_text(raw) in options else None


def _options(asks: Asked) -> tuple[str, ...]:
    """The words of the drop-down list of a cell; none where any words may stand."""
    match asks:
        case FormField.VINTAGE:
            return VINTAGES
        case RowState():
            return STATES
        case ProgressStatement(field=ProgressField.STATE):
            return supplement.STATES
        case _:
            return ()


def _lists(form: FilledForm) -> Iterator[CarriedValue | LeftBehind]:
    """The rows of name lists, in their order, one below the other."""
    targets = differences.slots_by_question(differences.present_layout(form))
    counts: Counter[str] = Counter()
    for row in form.list_rows:
        element = row.item.element
        for column, raw in row.typed.items():
            if as_text(raw):
                target = targets.get(NameListColumn(element, column))
                yield _list_cell(row, column, target, counts[element])
        counts[element] += 1


def _list_cell(
    row: NameRow, column: ListColumn, target: Slot | None, number: int
) -> CarriedValue | LeftBehind:
    """What stands in *column* of *row*, put into the row *number* (from 0) below *target*."""
    item, raw, cell = row.item, row.typed[column], row.cell(column)
    label = f"{item.name or item.id} / {target.label if target else column}"
    if target is None:
        return LeftBehind(label, item.sheet, cell, raw, "现行表没有这一栏")
    first, letter = parse(target.cell)
    to_cell = f"{column_name(letter)}{first + number + 1}"
    value = item.park if column is ListColumn.PARK else _as_cell_value(raw)
    return CarriedValue(label, item.sheet, cell, raw, target.sheet, to_cell, value)


def _as_cell_value(raw: CellValue) -> Value:
    """*raw* as a cell of the present form takes it."""
    return raw if isinstance(raw, str | float | date) else as_text(raw)


def _not_asked_now(form: FilledForm) -> Iterator[LeftBehind]:
    """What was typed for something that is not asked for any more."""
    for slot in stated_layout.slots_not_asked_now(form.book.sheets, form.plan):
        raw = _raw(slot, form)
        if as_text(raw) and not isinstance(slot.asks, NameListColumn):
            yield LeftBehind(slot.label, slot.sheet, slot.cell, raw, "现在不报这一项")

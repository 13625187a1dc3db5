"""What of an older form can be put into the present one, cell by cell, and what cannot (转入)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from msgspec import Struct

from wyexcel.files.address import column_name, parse
from wyexcel.files.reading.book import CellValue
from wyexcel.files.writing.sheet import Value
from wyexcel.forms import supplement
from wyexcel.forms.filled import stated_layout
from wyexcel.forms.filled.labels import value_at
from wyexcel.forms.filled.name_rows import NameRow, as_text
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.main_sheet import STATES, VINTAGE, VINTAGES
from wyexcel.forms.older import differences
from wyexcel.forms.older.differences import Key
from wyexcel.forms.slot import Slot
from wyexcel.forms.submission import Entry
from wyexcel.plan.units import WHOLE

_UNUSABLE: Final = ("不在可选项中，请从下拉框选择", "不是数字，请填数字")


class CarriedValue(NamedTuple):
    """A value with the same meaning in both forms: where it stood and where it is put."""

    label: str
    sheet: str
    cell: str
    raw: CellValue
    target: str
    place: str
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

    moved: tuple[CarriedValue, ...]
    left: tuple[LeftBehind, ...]


def carry_over(form: FilledForm) -> Transfer:
    """What of *form* can be put into the present form of its unit for its period.

    A value goes on where element, park and kind are the same, and the measure too; nothing is
    added up or converted on the way.
    """
    found = (*_cells(form), *_lists(form), *_foreign(form))
    return Transfer(
        moved=tuple(one for one in found if isinstance(one, CarriedValue)),
        left=tuple(one for one in found if isinstance(one, LeftBehind)),
    )


def _cells(form: FilledForm) -> Iterator[CarriedValue | LeftBehind]:
    targets = differences.slots_by_key(differences.present_layout(form))
    entries = {(entry.sheet, entry.cell): entry for entry in form.submission.entries}
    several, measures = _several(form), differences.other_measures(form)
    meanings = differences.other_meanings(form)
    for slot in form.layout.slots:
        raw = _raw(slot, form)
        if slot.column or not as_text(raw):
            continue
        target = targets.get(differences.key(slot))
        why = _hindrance(slot, form, target, measures.get((slot.sheet, slot.cell)))
        if not why and differences.key(slot) in several:
            why = "旧表有几格填的是这一项，请核对后自行填写"
        if not why and slot.element in meanings:
            why = "旧表用的是另一项的代码，请核对后自行填写"
        value = _value(slot, raw, entries)
        if target is None or why or value is None:
            why = why or _UNUSABLE[slot.kind == "number"]
            yield LeftBehind(slot.label, slot.sheet, slot.cell, raw, why)
        else:
            yield CarriedValue(
                slot.label, slot.sheet, slot.cell, raw, target.sheet, target.cell, value
            )


def _several(form: FilledForm) -> frozenset[Key]:
    """What stands in more than one cell, be it that parks were merged."""
    seen: dict[Key, int] = {}
    for slot in form.layout.slots:
        seen[differences.key(slot)] = seen.get(differences.key(slot), 0) + 1
    return frozenset(what for what, times in seen.items() if times > 1)


def _raw(slot: Slot, form: FilledForm) -> CellValue:
    place = slot.sheet, slot.cell
    row, column = parse(slot.cell)
    shown = form.book.errors.get(place)
    return value_at(form.book.sheets.get(slot.sheet, ()), row, column) if shown is None else shown


def _hindrance(slot: Slot, form: FilledForm, target: Slot | None, measure: str | None) -> str:
    """Why what stands in *slot* cannot be taken, "" where it can; *measure* is another one."""
    if form.labels.is_unreadable(slot.sheet, *parse(slot.cell)):
        return "所在的行或列被移动、改名过，没有读取"
    if target is None:
        return "现行表没有这一格"
    if measure:
        return f"旧表计量单位是“{measure}”，现为“{form.plan.element[slot.element].measure}”"
    return ""


def _value(slot: Slot, raw: CellValue, entries: Mapping[tuple[str, str], Entry]) -> Value:
    """What to put for *raw*: the number that it says, a 状态 of the list, or the words."""
    if slot.kind == "number":
        entry = entries.get((slot.sheet, slot.cell))
        number = None if entry is None else entry.number
        return None if number is None else float(number)
    if slot.kind == "choice":
        return as_text(raw) if as_text(raw) in _options(slot) else None
    return _typed(raw)


def _options(slot: Slot) -> tuple[str, ...]:
    if slot.element == VINTAGE:
        return VINTAGES
    return supplement.STATES if slot.about else STATES


def _lists(form: FilledForm) -> Iterator[CarriedValue | LeftBehind]:
    """The rows of name lists, in their order, one below the other."""
    targets = differences.slots_by_key(differences.present_layout(form))
    rows: dict[str, int] = {}
    for line in form.list_rows:
        element = line.item.element
        number = rows[element] = rows.get(element, -1) + 1
        for name, raw in line.typed.items():
            if as_text(raw):
                target = targets.get((element, WHOLE, f"list:{name}"))
                yield _listed(line, name, target, number)


def _listed(
    line: NameRow, name: str, target: Slot | None, number: int
) -> CarriedValue | LeftBehind:
    raw, cell = line.typed[name], line.cell(name)
    who = line.item.name or line.item.id
    label = f"{who} / {target.label if target else name}"
    if target is None:
        return LeftBehind(label, line.item.sheet, cell, raw, "现行表没有这一栏")
    row, column = parse(target.cell)
    place = f"{column_name(column)}{row + number + 1}"
    value = line.item.park if name == "park" else _typed(raw)
    return CarriedValue(label, line.item.sheet, cell, raw, target.sheet, place, value)


def _typed(raw: CellValue) -> Value:
    """*raw* as a cell of the present form takes it."""
    return raw if isinstance(raw, str | float | date) else as_text(raw)


def _foreign(form: FilledForm) -> Iterator[LeftBehind]:
    """What was typed for something that is not asked for any more."""
    for slot in stated_layout.slots_not_asked_now(form.book.sheets, form.plan):
        raw = _raw(slot, form)
        if as_text(raw) and not slot.column:
            yield LeftBehind(slot.label, slot.sheet, slot.cell, raw, "现在不报这一项")

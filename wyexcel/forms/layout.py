"""Where a unit's form asks for what: its slots, and the words that must still stand beside them."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final, TypeAlias

from msgspec import Struct, field

from wyexcel.files.address import a1
from wyexcel.forms import supplement
from wyexcel.forms.asked import ElementNumber, ListColumn, NameListColumn, to_text
from wyexcel.forms.main_sheet import FIRST_ROW, FormRow, MainSheet
from wyexcel.forms.slot import FORM, LIST_FIRST_ROW, LabelPosition, Slot
from wyexcel.forms.supplement import SUPPLEMENT, Supplement
from wyexcel.period import Period
from wyexcel.plan.element import Element
from wyexcel.plan.plan import Plan
from wyexcel.plan.plan_cache import PlanCache
from wyexcel.plan.responsible_units import WHOLE

FORMAT: Final = "wyexcel/1"
"""What `_identity.format` says: how `_identity` and `_form` are to be read."""

IDENTITY: Final = "_identity"
SLOTS: Final = "_form"
PROBLEMS: Final = "问题清单"
"""The sheet that an annotated copy (退回件) has before the form's own."""

CARRIED: Final = "转入说明"
"""The sheet that a form has first into which the values of an older one were put."""

UNREAD: Final = ("说明", PROBLEMS, CARRIED)
LIST_REQUIRED: Final = (ListColumn.NAME, ListColumn.ID, ListColumn.PARK, ListColumn.DATE)
LIST_ROWS: Final = 8
JANUARY: Final = 1

LIST_HEADING_ROW: Final = 2


class Layout(Struct, frozen=True, eq=False, kw_only=True, dict=True):
    """The form of all units that are asked for the same, without any value in it."""

    slots: tuple[Slot, ...]
    sheets: tuple[str, ...]
    labels: tuple[LabelPosition, ...]
    main: MainSheet = field(default_factory=MainSheet)
    closed: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    locked: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    formulas: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    supplement: Supplement = field(default_factory=Supplement)

    @cached_property
    def fingerprint(self) -> str:
        """The same for forms with the same words on their locked cells and the same addresses."""
        return hashlib.sha256(_fingerprinted(self).encode()).hexdigest()[:16]

    @cached_property
    def codes(self) -> frozenset[str]:
        """The code of everything that the form has a cell for."""
        return frozenset(slot.code for slot in self.slots)


def _fingerprinted(form: Layout) -> str:
    """The text that the fingerprint of *form* is taken from.

    Forms that were issued carry the fingerprint of exactly this text: it may not change with the
    names of classes and fields.
    """
    slots = ", ".join(
        f"Slot(element={code!r}, park={park!r}, sheet={s.sheet!r},"
        f" cell={s.cell!r}, kind={kind!r}, label={s.label!r})"
        for s in form.slots
        for code, park, kind in (to_text(s.asks),)
    )
    labels = ", ".join(
        f"Anchor(sheet={a.sheet!r}, row={a.row!r}, column={a.column!r},"
        f" text={a.text!r}, above={a.above!r})"
        for a in form.labels
    )
    closed, locked = tuple(form.closed.items()), (*form.locked.items(), *form.formulas.items())
    return f"({form.sheets!r}, ({slots}), ({labels}), {closed!r}){locked!r}"


_LayoutKey: TypeAlias = tuple[tuple[int, ...], bool, bool]
"""What makes one layout differ from another of the same plan."""

_LAYOUTS: Final = PlanCache[_LayoutKey, Layout]()


def layout(plan: Plan, unit: str, period: Period) -> Layout:
    """The form of *unit* (its present name) for *period*.

    It is the same object for all units and periods of a *plan* that ask for the same.
    """
    numbers = tuple(indicator.no for indicator in plan.answered_by(unit))
    key = numbers, unit == plan.breakdown, period.month == JANUARY
    return _LAYOUTS.get(plan, key, lambda: _new_layout(plan, unit, period))


def elements_asked(plan: Plan, unit: str, period: Period) -> tuple[Element, ...]:
    """The elements that *unit* must report for *period*; January leaves some out (1月免报)."""
    owed = plan.owed_by(unit) if plan.reports(unit) else ()
    return owed if period.month != JANUARY else tuple(e for e in owed if e.january)


def _new_layout(plan: Plan, unit: str, period: Period) -> Layout:
    columns = (*plan.places, WHOLE) if unit == plan.breakdown else (WHOLE,)
    main = MainSheet(tuple(_rows(plan, unit, period)), columns)
    extra = supplement.supplement_for(plan, unit, [line.element.code for line in main.rows])
    lists = (*(line.element for line in main.rows if line.element.listed), *extra.name_lists)
    numbers = tuple(main.row_slots)
    return Layout(
        slots=(*numbers, *main.signature_slots, *_lists(lists), *supplement.slots(extra)),
        sheets=(FORM, *(element.sheet for element in lists), SUPPLEMENT),
        labels=(*main.labels, *_list_labels(lists), *supplement.labels(extra)),
        main=main,
        closed=dict(main.closed),
        locked=dict((*main.locked, *supplement.locked(extra))),
        formulas=dict(supplement.formulas(extra, _number_cells(numbers), plan)),
        supplement=extra,
    )


def _number_cells(numbers: tuple[Slot, ...]) -> dict[str, str]:
    """Where on 填报 the value of each element stands: its parks, or its one cell."""
    parks: dict[str, list[str]] = {}
    for slot in numbers:
        asks = slot.asks
        if isinstance(asks, ElementNumber) and (asks.park != WHOLE or asks.element not in parks):
            parks.setdefault(asks.element, []).append(slot.cell)
    return {
        code: cells[0] if len(cells) == 1 else f"{cells[0]}:{cells[-1]}"
        for code, cells in parks.items()
    }


def _rows(plan: Plan, unit: str, period: Period) -> Iterator[FormRow]:
    not_yet = {element.code: element for element in elements_asked(plan, unit, period)}
    row = FIRST_ROW
    for indicator in plan.answered_by(unit):
        for code in indicator.elements:
            element = not_yet.pop(code, None)
            if element is not None:
                yield FormRow(row, indicator, element)
                row += 1


def _lists(lists: tuple[Element, ...]) -> Iterator[Slot]:
    for element in lists:
        for number, column in enumerate(ListColumn, 1):
            cell, label = a1(LIST_FIRST_ROW, number), element.columns[column]
            yield Slot(NameListColumn(element.code, column), element.sheet, cell, label)


def _list_labels(lists: tuple[Element, ...]) -> Iterator[LabelPosition]:
    for element in lists:
        for number, column in enumerate(ListColumn, 1):
            label = element.columns[column]
            yield LabelPosition(element.sheet, LIST_HEADING_ROW, number, label, above=True)

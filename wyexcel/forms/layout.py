"""Where a unit's form asks for what: its slots, and the words that must still stand beside them."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final, TypeAlias

from msgspec import Struct, field

from wyexcel.files.address import a1
from wyexcel.forms import supplement
from wyexcel.forms.main_sheet import FIRST, Line, MainSheet
from wyexcel.forms.slot import FORM, LIST_FIRST, Anchor, Slot
from wyexcel.forms.supplement import SUPPLEMENT, Supplement
from wyexcel.period import Period
from wyexcel.plan.plan import Element, Plan
from wyexcel.plan.plan_cache import PlanCache
from wyexcel.plan.units import WHOLE

FORMAT: Final = "wyexcel/1"
"""What `_identity.format` says: how `_identity` and `_form` are to be read."""

IDENTITY: Final = "_identity"
SLOTS: Final = "_form"
PROBLEMS: Final = "问题清单"
"""The sheet that an annotated copy (退回件) has before the form's own."""

CARRIED: Final = "转入说明"
"""The sheet that a form has first into which the values of an older one were put."""

UNREAD: Final = ("说明", PROBLEMS, CARRIED)
SLOT_COLUMNS: Final = ("element", "park", "sheet", "cell", "kind", "label")
LIST_COLUMNS: Final = ("name", "id", "park", "date", "amount", "note")
LIST_REQUIRED: Final = ("name", "id", "park", "date")
LIST_ROWS: Final = 8
JANUARY: Final = 1

LIST_HEADING: Final = 2


class Layout(Struct, frozen=True, eq=False, kw_only=True, dict=True):
    """The form of all units that are asked for the same, without any value in it."""

    slots: tuple[Slot, ...]
    sheets: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    main: MainSheet = field(default_factory=MainSheet)
    closed: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    locked: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    formulas: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    beside: Supplement = field(default_factory=Supplement)

    @cached_property
    def fingerprint(self) -> str:
        """What makes two forms the same: the words on their locked cells and every address."""
        told = repr((self.sheets, self.slots, self.anchors, tuple(self.closed.items())))
        told += repr((*self.locked.items(), *self.formulas.items()))
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @cached_property
    def elements(self) -> frozenset[str]:
        """Everything that the form has a cell for."""
        return frozenset(slot.element for slot in self.slots)


_Asked: TypeAlias = tuple[tuple[int, ...], bool, bool]
"""What makes one layout differ from another of the same plan."""

_LAYOUTS: Final = PlanCache[_Asked, Layout]()


def layout(plan: Plan, unit: str, period: Period) -> Layout:
    """The form of *unit* (its present name) for *period*.

    It is the same object for all units and periods of a *plan* that ask for the same.
    """
    numbers = tuple(indicator.no for indicator in plan.answered_by(unit))
    what = numbers, unit == plan.breakdown, period.month == JANUARY
    return _LAYOUTS.get(plan, what, lambda: _lay(plan, unit, period))


def asked(plan: Plan, unit: str, period: Period) -> tuple[Element, ...]:
    """The elements that *unit* must report for *period*; January leaves some out (1月免报)."""
    owed = plan.owed_by(unit) if plan.reports(unit) else ()
    return owed if period.month != JANUARY else tuple(e for e in owed if e.january)


def _lay(plan: Plan, unit: str, period: Period) -> Layout:
    columns = (*plan.places, WHOLE) if unit == plan.breakdown else (WHOLE,)
    main = MainSheet(tuple(_lines(plan, unit, period)), columns)
    beside = supplement.supplement(plan, unit, [line.element.code for line in main.lines])
    lists = (*(line.element for line in main.lines if line.element.listed), *beside.rosters)
    numbers = tuple(main.numbers)
    return Layout(
        slots=(*numbers, *main.signatures, *_lists(lists), *supplement.slots(beside)),
        sheets=(FORM, *(element.sheet for element in lists), SUPPLEMENT),
        anchors=(*main.anchors, *_list_anchors(lists), *supplement.anchors(beside)),
        main=main,
        closed=dict(main.closed),
        locked=dict((*main.locked, *supplement.locked(beside))),
        formulas=dict(supplement.formulas(beside, _where(numbers), plan)),
        beside=beside,
    )


def _where(numbers: tuple[Slot, ...]) -> dict[str, str]:
    """Where on 填报 the value of each element stands: its parks, or its one cell."""
    parks: dict[str, list[str]] = {}
    for slot in numbers:
        if slot.kind == "number" and (slot.park != WHOLE or slot.element not in parks):
            parks.setdefault(slot.element, []).append(slot.cell)
    return {
        code: cells[0] if len(cells) == 1 else f"{cells[0]}:{cells[-1]}"
        for code, cells in parks.items()
    }


def _lines(plan: Plan, unit: str, period: Period) -> Iterator[Line]:
    left = {element.code: element for element in asked(plan, unit, period)}
    row = FIRST
    for indicator in plan.answered_by(unit):
        for code in indicator.elements:
            element = left.pop(code, None)
            if element is not None:
                yield Line(row, indicator, element)
                row += 1


def _lists(lists: tuple[Element, ...]) -> Iterator[Slot]:
    for element in lists:
        for column, name in enumerate(LIST_COLUMNS, 1):
            cell = a1(LIST_FIRST, column)
            label = element.columns[name]
            yield Slot(element.code, WHOLE, element.sheet, cell, f"list:{name}", label)


def _list_anchors(lists: tuple[Element, ...]) -> Iterator[Anchor]:
    for element in lists:
        for column, name in enumerate(LIST_COLUMNS, 1):
            yield Anchor(element.sheet, LIST_HEADING, column, element.columns[name], above=True)

"""Where a unit's form asks for what: its slots, and the words that must still stand beside them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from wyexcel import supplement
from wyexcel.address import a1
from wyexcel.organisation import WHOLE
from wyexcel.period import Period
from wyexcel.plan import Element, Indicator, Plan
from wyexcel.shelf import Shelf
from wyexcel.slot import FORM, LIST_FIRST, Anchor, Slot
from wyexcel.submission import Vintage
from wyexcel.supplement import SUPPLEMENT, Supplement

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
STATES: Final = ("正常", "不详", "不适用")
MEASURE: Final = "计量单位"
STATE: Final = "状态"
REMARK: Final = "说明"
CLOSED: Final = "—"
TOTAL: Final = "全区合计"
PEOPLE: Final = {"preparer": "填表人", "reviewer": "审核人", "phone": "联系电话"}
SIGNED: Final = {**PEOPLE, "filled_on": "填报日期"}
"""Who filled the form, and when; only the day may be left out."""

VINTAGE: Final = "vintage"
VINTAGE_LABEL: Final = "数据性质"
VINTAGES: Final = tuple(Vintage)
LIST_COLUMNS: Final = ("name", "id", "park", "date", "amount", "note")
LIST_REQUIRED: Final = ("name", "id", "park", "date")
LIST_ROWS: Final = 8
JANUARY: Final = 1

HEAD: Final = 1
OF_UNIT: Final = "填报单位：{}"
OF_PERIOD: Final = "报告期：{}"
HEADING: Final = 4
SUBHEADING: Final = 5
FIRST: Final = 6
INDICATOR_COLUMN: Final = 1
NAME_COLUMN: Final = 2
MEASURE_COLUMN: Final = 3
FIRST_VALUE: Final = 4
LIST_HEADING: Final = 2
PEOPLE_COLUMNS: Final = {"preparer": 2, "reviewer": 4, "phone": 6}
DAY_COLUMN: Final = PEOPLE_COLUMNS["phone"]


class Line(NamedTuple):
    """One row of 填报: the element it asks for, under which indicator, in which row from 0."""

    row: int
    indicator: Indicator
    element: Element


@dataclass(frozen=True, eq=False, kw_only=True)
class Layout:
    """The form of all units that are asked for the same, without any value in it."""

    slots: tuple[Slot, ...]
    sheets: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    lines: tuple[Line, ...] = ()
    columns: tuple[str, ...] = ()
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

    @property
    def split(self) -> bool:
        """Whether it asks for numbers park by park."""
        return len(self.columns) > 1

    @property
    def vintage_row(self) -> int:
        """The row of 填报 that asks how final its numbers are."""
        return self.people_row + 1

    @property
    def people_row(self) -> int:
        """The row of 填报 that asks who filled it."""
        return FIRST + len(self.lines) + 1

    @property
    def day_row(self) -> int:
        """The row of 填报 that asks when it was filled."""
        return self.people_row + 3


_Asked: TypeAlias = tuple[tuple[int, ...], bool, bool]
"""What makes one layout differ from another of the same plan."""

_LAYOUTS: Final = Shelf[_Asked, Layout]()


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
    lines = tuple(_lines(plan, unit, period))
    columns = (*plan.places, WHOLE) if unit == plan.breakdown else (WHOLE,)
    beside = supplement.supplement(plan, unit, [line.element.code for line in lines])
    lists = (*(line.element for line in lines if line.element.listed), *beside.rosters)
    bare = Layout(slots=(), sheets=(), anchors=(), lines=lines, columns=columns)
    numbers = tuple(_numbers(bare))
    return Layout(
        slots=(
            *numbers,
            *_people(bare),
            _vintage(bare),
            *_lists(lists),
            *supplement.slots(beside),
        ),
        sheets=(FORM, *(element.sheet for element in lists), SUPPLEMENT),
        anchors=(*_anchors(bare), *_list_anchors(lists), *supplement.anchors(beside)),
        lines=lines,
        columns=columns,
        closed=dict(_closed(bare)),
        locked=dict((*_locked(bare), *supplement.locked(beside))),
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


def heading(park: str, bare: Layout) -> str:
    """What stands over the column of *park*."""
    return TOTAL if park == WHOLE and bare.split else park


def opened(element: Element, park: str) -> bool:
    """Whether *element* may be filled in the column of *park*."""
    return park == WHOLE or element.by_park


def _after(bare: Layout, number: int) -> int:
    """The column that stands *number* columns after the values (上期累计 is 0)."""
    return FIRST_VALUE + len(bare.columns) + number


def previous_column(bare: Layout) -> int:
    """The column of 上期累计."""
    return _after(bare, 0)


def year_ago_column(bare: Layout) -> int:
    """The column of 上年同期."""
    return _after(bare, 1)


def state_column(bare: Layout) -> int:
    """The column of 状态."""
    return _after(bare, 2)


def remark_column(bare: Layout) -> int:
    """The column of 说明."""
    return _after(bare, 3)


def _numbers(bare: Layout) -> Iterator[Slot]:
    for row, _, element in bare.lines:
        for column, park in enumerate(bare.columns, FIRST_VALUE):
            if opened(element, park):
                label = f"{element.name} / {heading(park, bare)}"
                yield Slot(element.code, park, FORM, a1(row, column), "number", label)
        for column, kind, title in (
            (state_column(bare), "choice", STATE),
            (remark_column(bare), "text", REMARK),
        ):
            label = f"{element.name} / {title}"
            yield Slot(element.code, WHOLE, FORM, a1(row, column), kind, label)


def _closed(bare: Layout) -> Iterator[tuple[tuple[str, str], str]]:
    """The cells of parks that must stay empty, and the element whose they are."""
    for row, _, element in bare.lines:
        for column, park in enumerate(bare.columns, FIRST_VALUE):
            if not opened(element, park):
                yield (FORM, a1(row, column)), element.code


def measure(element: Element, bare: Layout) -> str:
    """In what to fill *element*, and how where the columns alone would not say it."""
    if element.listed:
        return f"{element.measure}\n按名单数"
    if bare.split and not element.by_park:
        return f"{element.measure}\n只填全区"
    return element.measure


def _locked(bare: Layout) -> Iterator[tuple[tuple[str, str], str]]:
    """The words beside a row's label that must stay: its indicator and its measure."""
    for row, indicator, element in bare.lines:
        if row == FIRST or bare.lines[row - FIRST - 1].indicator is not indicator:
            yield (FORM, a1(row, INDICATOR_COLUMN)), indicator.name
        yield (FORM, a1(row, MEASURE_COLUMN)), measure(element, bare)


def _people(bare: Layout) -> Iterator[Slot]:
    for person, column in PEOPLE_COLUMNS.items():
        cell = a1(bare.people_row, column)
        yield Slot(person, WHOLE, FORM, cell, "text", PEOPLE[person])
    cell = a1(bare.day_row, DAY_COLUMN)
    yield Slot("filled_on", WHOLE, FORM, cell, "text", SIGNED["filled_on"])


def _vintage(bare: Layout) -> Slot:
    cell = a1(bare.vintage_row, PEOPLE_COLUMNS["preparer"])
    return Slot(VINTAGE, WHOLE, FORM, cell, "choice", VINTAGE_LABEL)


def _lists(lists: tuple[Element, ...]) -> Iterator[Slot]:
    for element in lists:
        for column, name in enumerate(LIST_COLUMNS, 1):
            cell = a1(LIST_FIRST, column)
            label = element.columns[name]
            yield Slot(element.code, WHOLE, element.sheet, cell, f"list:{name}", label)


def _anchors(bare: Layout) -> Iterator[Anchor]:
    for row, _, element in bare.lines:
        yield Anchor(FORM, row, NAME_COLUMN, element.name, above=False)
    for person, column in PEOPLE_COLUMNS.items():
        yield Anchor(FORM, bare.people_row, column - 1, PEOPLE[person], above=False)
    yield Anchor(FORM, bare.day_row, DAY_COLUMN - 1, SIGNED["filled_on"], above=False)
    column = PEOPLE_COLUMNS["preparer"] - 1
    yield Anchor(FORM, bare.vintage_row, column, VINTAGE_LABEL, above=False)
    for column, park in enumerate(bare.columns, FIRST_VALUE):
        yield Anchor(FORM, SUBHEADING, column, heading(park, bare), above=True)
    yield Anchor(FORM, HEADING, state_column(bare), STATE, above=True)
    yield Anchor(FORM, HEADING, remark_column(bare), REMARK, above=True)


def _list_anchors(lists: tuple[Element, ...]) -> Iterator[Anchor]:
    for element in lists:
        for column, name in enumerate(LIST_COLUMNS, 1):
            yield Anchor(element.sheet, LIST_HEADING, column, element.columns[name], above=True)

"""Where a form asks for what nobody owes (补充): progress in words, and numbers to compare."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from wyexcel.files.address import a1
from wyexcel.forms.slot import FORM, LIST_FIRST_ROW, LIST_MOST_ROWS, TOLD, LabelPosition, Slot
from wyexcel.plan.plan import Element, Indicator, Kind, Plan
from wyexcel.plan.units import WHOLE

SUPPLEMENT: Final = "补充"
STATES: Final = ("正常", "有困难", "已完成")
DONE: Final = STATES[-1]
NUMBER: Final = "填报数"

HEADING_ROW: Final = 3
FIRST_ROW: Final = 4
NAME_COLUMN: Final = 1
MEASURE_COLUMN: Final = 2
COMPUTED_COLUMN: Final = 4
NUMBER_COLUMN: Final = 4
PROGRESS_COLUMNS: Final = {"state": 5, "reason": 6, "measures": 7, "finish": 8}
WIDTH: Final = 9
_NAMES: Final = (
    f"{a1(LIST_FIRST_ROW, NAME_COLUMN)}:{a1(LIST_FIRST_ROW + LIST_MOST_ROWS - 1, NAME_COLUMN)}"
)
_BETWEEN: Final = 3
"""Rows between the two blocks: a gap, a line, the headings."""


class ProgressRow(NamedTuple):
    """One row that asks how an indicator goes on, in which row from 0."""

    row: int
    indicator: Indicator


class NumberRow(NamedTuple):
    """One row that asks for a number that nobody owes."""

    row: int
    element: Element


class Supplement(NamedTuple):
    """What the sheet 补充 asks; `rosters` are name lists on sheets of their own."""

    progress_rows: tuple[ProgressRow, ...] = ()
    number_rows: tuple[NumberRow, ...] = ()
    name_lists: tuple[Element, ...] = ()

    @property
    def second_heading(self) -> int:
        """The row of the headings over the figures."""
        return FIRST_ROW + len(self.progress_rows) + _BETWEEN - 1

    @property
    def last(self) -> int:
        """The last row of the sheet."""
        rows = [row for row, _ in (*self.progress_rows, *self.number_rows)]
        return max(rows, default=HEADING_ROW)


def supplement_for(plan: Plan, unit: str, asked: Sequence[str]) -> Supplement:
    """What *unit*, which owes the elements *asked*, may tell besides."""
    topics = (i for i in plan.answered_by(unit) if set(i.elements) <= set(asked))
    beside = [e for e in plan.extra.values() if e.beside in asked]
    rows = tuple(ProgressRow(row, indicator) for row, indicator in enumerate(topics, FIRST_ROW))
    first = FIRST_ROW + len(rows) + _BETWEEN
    figures = enumerate((e for e in beside if not e.listed), first)
    return Supplement(
        progress_rows=rows,
        number_rows=tuple(NumberRow(row, element) for row, element in figures),
        name_lists=tuple(element for element in beside if element.listed),
    )


def slots(there: Supplement) -> Iterator[Slot]:
    """The input cells of the sheet."""
    for row, indicator in there.progress_rows:
        for field, column in PROGRESS_COLUMNS.items():
            kind = "choice" if field == "state" else "text"
            label = f"{indicator.name} / {TOLD[field]}"
            yield Slot(f"{field}.{indicator.no}", WHOLE, SUPPLEMENT, a1(row, column), kind, label)
    for row, element in there.number_rows:
        label = f"{element.name} / {NUMBER}"
        yield Slot(element.code, WHOLE, SUPPLEMENT, a1(row, NUMBER_COLUMN), "number", label)


def labels(there: Supplement) -> Iterator[LabelPosition]:
    """The words of the sheet by which its cells are known."""
    for row, indicator in there.progress_rows:
        yield LabelPosition(SUPPLEMENT, row, NAME_COLUMN, indicator.name, above=False)
    for row, element in there.number_rows:
        yield LabelPosition(SUPPLEMENT, row, NAME_COLUMN, element.name, above=False)
    for field, column in PROGRESS_COLUMNS.items() if there.progress_rows else ():
        yield LabelPosition(SUPPLEMENT, HEADING_ROW, column, TOLD[field], above=True)
    if there.number_rows:
        yield LabelPosition(SUPPLEMENT, there.second_heading, NUMBER_COLUMN, NUMBER, above=True)


def locked(there: Supplement) -> Iterator[tuple[tuple[str, str], str]]:
    """The measures, which must stay as they were issued."""
    for row, indicator in there.progress_rows:
        yield (SUPPLEMENT, a1(row, MEASURE_COLUMN)), indicator.measure
    for row, element in there.number_rows:
        yield (SUPPLEMENT, a1(row, MEASURE_COLUMN)), element.measure


def formulas(
    there: Supplement, where: Mapping[str, str], plan: Plan
) -> Iterator[tuple[tuple[str, str], str]]:
    """What each indicator comes to by the form's own numbers; *where* they stand on 填报."""
    for row, indicator in there.progress_rows:
        yield (SUPPLEMENT, a1(row, COMPUTED_COLUMN)), _formula(indicator, where, plan)


def _formula(indicator: Indicator, where: Mapping[str, str], plan: Plan) -> str:
    above = [f"'{FORM}'!{where[code]}" for code in indicator.numerator]
    if indicator.kind is Kind.RATIO:
        below = "+".join(f"SUM('{FORM}'!{where[code]})" for code in indicator.denominator)
        parts = "+".join(f"SUM({area})" for area in above)
        return f'=IF({below}=0,"",({parts})/({below}){_times(indicator.scale)})'
    element = plan.element[indicator.numerator[0]]
    rows = f"COUNTA('{element.sheet}'!{_NAMES})" if element.listed else '""'
    counted = "+".join(f"COUNT({area})" for area in above)
    parts = "+".join(f"SUM({area})" for area in above)
    return f"=IF({counted}=0,{rows},({parts}){_times(indicator.scale)})"


def _times(scale: Fraction) -> str:
    up = f"*{scale.numerator}" if scale.numerator != 1 else ""
    return up + (f"/{scale.denominator}" if scale.denominator != 1 else "")

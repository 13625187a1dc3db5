"""Where a form asks for what nobody owes (补充): progress in words, and numbers to compare."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from wyexcel.files.address import a1
from wyexcel.forms.asked import ElementNumber, ProgressField, ProgressStatement
from wyexcel.forms.slot import FORM, LIST_FIRST_ROW, LIST_MOST_ROWS, LabelPosition, Slot
from wyexcel.plan.element import Element, Kind
from wyexcel.plan.plan import Indicator, Plan
from wyexcel.plan.responsible_units import WHOLE

SUPPLEMENT: Final = "补充"
STATES: Final = ("正常", "有困难", "已完成")
DONE: Final = STATES[-1]
NUMBER: Final = "填报数"

HEADING_ROW: Final = 3
FIRST_ROW: Final = 4
NAME_COLUMN: Final = 1
MEASURE_COLUMN: Final = 2
KNOWN_COLUMN: Final = 3
"""What is known when the form is issued: 年度目标 of an indicator, 上期累计 of a number."""
COMPUTED_COLUMN: Final = 4
NUMBER_COLUMN: Final = 4
PROGRESS_COLUMNS: Final = {field: column for column, field in enumerate(ProgressField, 5)}
WIDTH: Final = 9
_NAMES: Final = (
    f"{a1(LIST_FIRST_ROW, NAME_COLUMN)}:{a1(LIST_FIRST_ROW + LIST_MOST_ROWS - 1, NAME_COLUMN)}"
)
_BETWEEN: Final = 3
"""Rows between the two blocks: a gap, a line, the headings."""


class ProgressRow(NamedTuple):
    """One row that asks for the progress of an indicator; `row` counts from 0."""

    row: int
    indicator: Indicator


class NumberRow(NamedTuple):
    """One row that asks for a number that nobody owes; `row` counts from 0."""

    row: int
    element: Element


class Supplement(NamedTuple):
    """What the sheet 补充 asks; `name_lists` stand on sheets of their own."""

    progress_rows: tuple[ProgressRow, ...] = ()
    number_rows: tuple[NumberRow, ...] = ()
    name_lists: tuple[Element, ...] = ()

    @property
    def second_heading(self) -> int:
        """The row of the headings over the number rows."""
        return FIRST_ROW + len(self.progress_rows) + _BETWEEN - 1

    @property
    def last(self) -> int:
        """The last row of the sheet."""
        rows = [row for row, _ in (*self.progress_rows, *self.number_rows)]
        return max(rows, default=HEADING_ROW)


def supplement_for(plan: Plan, unit: str, asked: Sequence[str]) -> Supplement:
    """What *unit*, which owes the elements *asked*, may fill in besides."""
    indicators = (i for i in plan.answered_by(unit) if set(i.elements) <= set(asked))
    optional = [e for e in plan.extra.values() if e.beside in asked]
    progress_rows = tuple(map(ProgressRow._make, enumerate(indicators, FIRST_ROW)))
    first = FIRST_ROW + len(progress_rows) + _BETWEEN
    number_rows = enumerate((e for e in optional if not e.listed), first)
    return Supplement(
        progress_rows=progress_rows,
        number_rows=tuple(map(NumberRow._make, number_rows)),
        name_lists=tuple(element for element in optional if element.listed),
    )


def slots(sheet: Supplement) -> Iterator[Slot]:
    """The input cells of the sheet."""
    for row, indicator in sheet.progress_rows:
        for field, column in PROGRESS_COLUMNS.items():
            statement = ProgressStatement(field, indicator.no)
            label = f"{indicator.name} / {field.heading}"
            yield Slot(statement, SUPPLEMENT, a1(row, column), label)
    for row, element in sheet.number_rows:
        number, label = ElementNumber(element.code, WHOLE), f"{element.name} / {NUMBER}"
        yield Slot(number, SUPPLEMENT, a1(row, NUMBER_COLUMN), label)


def labels(sheet: Supplement) -> Iterator[LabelPosition]:
    """The labels and headings that must still stand beside its cells."""
    for row, indicator in sheet.progress_rows:
        yield LabelPosition(SUPPLEMENT, row, NAME_COLUMN, indicator.name, above=False)
    for row, element in sheet.number_rows:
        yield LabelPosition(SUPPLEMENT, row, NAME_COLUMN, element.name, above=False)
    for field, column in PROGRESS_COLUMNS.items() if sheet.progress_rows else ():
        yield LabelPosition(SUPPLEMENT, HEADING_ROW, column, field.heading, above=True)
    if sheet.number_rows:
        yield LabelPosition(SUPPLEMENT, sheet.second_heading, NUMBER_COLUMN, NUMBER, above=True)


def locked(sheet: Supplement) -> Iterator[tuple[tuple[str, str], str]]:
    """The measures, which must stay as they were issued."""
    for row, indicator in sheet.progress_rows:
        yield (SUPPLEMENT, a1(row, MEASURE_COLUMN)), indicator.measure
    for row, element in sheet.number_rows:
        yield (SUPPLEMENT, a1(row, MEASURE_COLUMN)), element.measure


def formulas(
    sheet: Supplement, cells: Mapping[str, str], plan: Plan
) -> Iterator[tuple[tuple[str, str], str]]:
    """What each indicator comes to by the form's own numbers, which stand in *cells* of 填报."""
    for row, indicator in sheet.progress_rows:
        yield (SUPPLEMENT, a1(row, COMPUTED_COLUMN)), _formula(indicator, cells, plan)


def _formula(indicator: Indicator, cells: Mapping[str, str], plan: Plan) -> str:
    above = [f"'{FORM}'!{cells[code]}" for code in indicator.numerator]
    if indicator.kind is Kind.RATIO:
        below = "+".join(f"SUM('{FORM}'!{cells[code]})" for code in indicator.denominator)
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

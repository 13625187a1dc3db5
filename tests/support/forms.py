"""Forms as units send them back, made in memory or as files, and what is found in them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from wyexcel.files.address import parse
from wyexcel.files.reading.book import Book
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sheet import Row, Sheet
from wyexcel.findings import Finding
from wyexcel.forms import layout
from wyexcel.forms.asked import (
    PEOPLE,
    ElementNumber,
    FormField,
    ListColumn,
    NameListColumn,
    ProgressField,
    ProgressStatement,
    RowRemark,
    RowState,
)
from wyexcel.forms.blank import form
from wyexcel.forms.filled import read_form
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.slot import Slot
from wyexcel.period import Period
from wyexcel.plan import official
from wyexcel.plan.plan import Plan
from wyexcel.rules import all_rules
from wyexcel.rules.all_rules import requirements

PLAN = official.load()
PERIOD = Period(2025, 9)
COMMITTEE = "市工业园区管委会"
INDUSTRY = "市经信局"
SCIENCE = "市科技局"
TRADE = "市商务局"
INVESTMENT = "市投促中心"
WHOLE = "全区"
PARKS = PLAN.places

Typed = Mapping[tuple[str, str], Any]
"""What is typed into number cells, by element and park."""

_SENSIBLE = {
    "C01": 2,
    "C04": 200_000,
    "C06": 1000,
    "C07": 1,
    "C09": 0,
    "C10": 0,
    "C11": 0,
    "C12": 0,
}


class Answers(Struct, frozen=True, kw_only=True, dict=True):
    """One unit's answers; without any, a form with nothing wrong in it."""

    unit: str = COMMITTEE
    typed: Typed = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Sequence[Sequence[Any]]] = field(default_factory=dict)
    people: Mapping[str, Any] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)
    cells: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    plan: Plan = PLAN
    period: Period = PERIOD
    file: str = "a.xlsx"


def answered(answers: Answers) -> dict[tuple[str, str], Any]:
    """What stands in each cell of the form, by sheet and address."""
    people = {"preparer": "张三", "reviewer": "李四", "phone": "0818-8600000", **answers.people}
    cells: dict[tuple[str, str], Any] = {}
    for slot in layout.layout(answers.plan, answers.unit, answers.period).slots:
        place = slot.sheet, slot.cell
        match slot.asks:
            case ElementNumber():
                cells[place] = answers.typed.get(
                    (slot.asks.element, slot.asks.park), _good(answers, slot.asks)
                )
            case FormField() if slot.asks in PEOPLE:
                cells[place] = people[slot.asks]
            case FormField.VINTAGE | RowState():
                cells[place] = answers.states.get(slot.code)
            case FormField() | ProgressStatement():
                cells[place] = answers.told.get(slot.code, _told(answers, slot))
            case RowRemark():
                cells[place] = answers.remarks.get(slot.code)
            case NameListColumn():
                row, column = parse(slot.cell)
                for number, line in enumerate(answers.lists.get(slot.code, ())):
                    values = dict(zip(ListColumn, line, strict=False))
                    cells[slot.sheet, form_cell(row + number, column)] = values.get(
                        slot.asks.column
                    )
    return {**cells, **answers.cells}


def _told(answers: Answers, slot: Slot) -> str | None:
    """Whatever lags is explained, with other words in each period."""
    if not isinstance(slot.asks, ProgressStatement) or slot.asks.field is ProgressField.STATE:
        return None
    return f"{answers.period}第{slot.asks.indicator}项"


def form_cell(row: int, column: int) -> str:
    return f"{chr(65 + column)}{row + 1}"


def _good(answers: Answers, number: ElementNumber) -> Any:
    if number.element in answers.plan.extra:
        return None
    element = answers.plan.element[number.element]
    if number.park == WHOLE and answers.plan.splits(element, answers.unit):
        return None
    value = _SENSIBLE.get(number.element, 10)
    splits = element.zone_only or element.listed or answers.unit == answers.plan.breakdown
    return value if splits else value * len(answers.plan.places)


def book(answers: Answers) -> Book:
    """The form as read: numbers are floats, blanks None."""
    sheets = form.blank_form(
        answers.plan, answers.unit, answers.period, rules=requirements(answers.plan)
    )
    rows = {s.name: [[c and c.value for c in r.cells] for r in s.rows] for s in sheets}
    for (sheet, cell), value in answered(answers).items():
        row, column = parse(cell)
        rows[sheet][row][column] = value
    return Book(
        file=answers.file,
        sha256=answers.file,
        names=tuple(rows),
        sheets={n: [[_float(v) for v in r] for r in rs] for n, rs in rows.items() if n != "说明"},
        errors={},
        uncached=frozenset(),
        links=(),
        macros=False,
    )


def _float(value: Any) -> Any:
    return float(value) if type(value) is int else value


def filled(answers: Answers, **changes: Any) -> FilledForm:
    """What is collected from the form, its book *changes*d first."""
    there = book(answers)._replace(**changes)
    return read_form.read_form(there, answers.plan, answers.unit, answers.period)


def findings(answers: Answers, **changes: Any) -> list[Finding]:
    """Everything that is found within the form."""
    return all_rules.validate(filled(answers, **changes))


def found(answers: Answers, **changes: Any) -> list[tuple[str, str | None]]:
    """The same as rules and cells."""
    return [(f.rule, f.cell) for f in findings(answers, **changes)]


def written(answers: Answers, path: Path) -> Path:
    """The form as a file, filled as a program fills it: through its slots."""
    sheets = form.blank_form(
        answers.plan, answers.unit, answers.period, rules=requirements(answers.plan)
    )
    values = answered(answers)
    xlsx.write([_typed(sheet, values) for sheet in sheets], path)
    return path


def _typed(sheet: Sheet, values: Mapping[tuple[str, str], Any]) -> Sheet:
    rows = [list(row.cells) for row in sheet.rows]
    for (name, cell), value in values.items():
        if name == sheet.name and value is not None:
            row, column = parse(cell)
            there = rows[row][column]
            assert there is not None, cell
            rows[row][column] = replace(there, value=value)
    lines = zip(rows, sheet.rows, strict=True)
    return replace(sheet, rows=tuple(Row(tuple(cells), old.height) for cells, old in lines))

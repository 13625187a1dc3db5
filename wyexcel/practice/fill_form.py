"""A form filled as a person would fill it: invented answers typed into its cells."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from wyexcel.files.address import a1, parse
from wyexcel.files.writing.sheet import Row, Sheet, Value
from wyexcel.forms import layout
from wyexcel.forms.asked import (
    ElementNumber,
    FormField,
    NameListColumn,
    ProgressStatement,
    RowRemark,
    RowState,
)
from wyexcel.forms.blank import form, prefilled
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.rules.all_rules import requirements

Answers: TypeAlias = Mapping[tuple[str, str], Value]
"""What is typed into number cells: (element, park) → value."""


class InventedSubmission(Struct, frozen=True, kw_only=True):
    """One form as somebody sends it: its file name, the time of arrival, what was typed where.

    `lists` holds the rows of each name list by element, `people` who filled the form,
    `progress_notes` 状态, 原因, 措施 and 预计完成时间 of each indicator.
    """

    file: str
    unit: str
    sent: datetime
    answers: Answers
    lists: Mapping[str, Sequence[Mapping[str, Value]]]
    people: Mapping[str, str]
    progress_notes: Mapping[ProgressStatement, str] = field(
        default_factory=dict[ProgressStatement, str]
    )


def fill_form(
    plan: Plan,
    submission: InventedSubmission,
    period: Period,
    *,
    known: prefilled.Prefilled = prefilled.NOTHING_PREFILLED,
) -> list[Sheet]:
    """The sheets of the form of *period*, *submission* typed into its cells."""
    typed = cells_to_type(layout.layout(plan, submission.unit, period), submission)
    blank = form.blank_form(plan, submission.unit, period, known=known, rules=requirements(plan))
    return [type_into(sheet, typed) for sheet in blank]


def cells_to_type(
    layout: layout.Layout, submission: InventedSubmission
) -> dict[tuple[str, str], Value]:
    """The values of *submission* by (sheet, cell) of the form's *layout*."""
    typed: dict[tuple[str, str], Value] = {}
    for slot in layout.slots:
        match slot.asks:
            case ElementNumber(element, park):
                typed[slot.sheet, slot.cell] = submission.answers.get((element, park))
            case FormField():
                typed[slot.sheet, slot.cell] = submission.people.get(slot.asks)
            case ProgressStatement():
                typed[slot.sheet, slot.cell] = submission.progress_notes.get(slot.asks)
            case NameListColumn(element, list_column):
                first, column = parse(slot.cell)
                for row, item in enumerate(submission.lists.get(element, ()), first):
                    typed[slot.sheet, a1(row, column)] = item.get(list_column)
            case RowState() | RowRemark():
                pass
    return {address: value for address, value in typed.items() if value not in {None, ""}}


def type_into(sheet: Sheet, typed: Mapping[tuple[str, str], Value]) -> Sheet:
    """*sheet* with the *typed* values in its cells."""
    rows = [list(line.cells) for line in sheet.rows]
    for (name, cell), value in typed.items():
        if name == sheet.name:
            row, column = parse(cell)
            blank = rows[row][column]
            if blank is None:
                raise ValueError(cell)
            rows[row][column] = replace(blank, value=value)
    filled = (Row(tuple(cells), old.height) for cells, old in zip(rows, sheet.rows, strict=True))
    return replace(sheet, rows=tuple(filled))

"""Rules of sheets that belong to another unit's form (I08)."""

from collections.abc import Iterator
from typing import Final

from wyexcel.files.address import a1
from wyexcel.files.reading.typed_number import bare_text
from wyexcel.findings import Severity
from wyexcel.forms.filled.labels import Rows, same_words, value_at
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.layout import IDENTITY, SLOTS, UNREAD, Layout, layout
from wyexcel.forms.main_sheet import OF_UNIT
from wyexcel.forms.slot import FORM
from wyexcel.rules.rule import Family, Violation

FOREIGN_SHEETS: Final = Family[FilledForm]()

_OWN: Final = frozenset({IDENTITY, SLOTS, *UNREAD})
_HEAD_ROWS: Final = 6
_HEAD: Final = bare_text(OF_UNIT.format(""))
_ENOUGH: Final = 0.8
"""How much of a unit's labels a sheet without a head must have to be taken for its form."""


@FOREIGN_SHEETS.rule(
    "I08",
    Severity.NOTICE,
    holds="一个文件里只有本单位的填报表",
    message="“{sheet}”工作表是 {value} 的填报表，夹在本单位的文件里，没有采用。"
    "请 {value} 用自己的文件单独报送，本单位的文件里删去这张表。",
)
def no_sheet_is_another_units_form(form: FilledForm) -> Iterator[Violation]:
    """No sheet of the workbook is the main sheet of another unit's form."""
    for sheet in form.book.sheets:
        unit = unit_of_foreign_sheet(form, sheet)
        if unit:
            yield Violation(sheet, a1(0, 0), unit)


def unit_of_foreign_sheet(form: FilledForm, sheet: str) -> str:
    """The other unit whose main sheet is *sheet* of the workbook, "" where it is none's."""
    if sheet in _OWN or sheet in form.layout.sheets:
        return ""
    rows = form.book.sheets[sheet]
    named = _unit_in_head(form, rows)
    if named is None:
        return _unit_by_labels(form, rows)
    return "" if named == form.submission.unit else named


def _unit_in_head(form: FilledForm, rows: Rows) -> str | None:
    """The reporting unit that the head of a form names; None where nothing is a head."""
    for row in rows[:_HEAD_ROWS]:
        for value in row:
            words = bare_text(value) if isinstance(value, str) else ""
            if words.startswith(_HEAD):
                unit = form.plan.unit_named(words.removeprefix(_HEAD))
                return unit.name if unit and form.plan.reports(unit.name) else None
    return None


def _unit_by_labels(form: FilledForm, rows: Rows) -> str:
    """The other unit whose labels a sheet has, more of them than of the form's own unit."""
    plan, period, own = form.plan, form.submission.period, form.submission.unit
    shares = {unit: _share(layout(plan, unit, period), rows) for unit in plan.reporting}
    unit = max(shares, key=lambda name: shares[name], default="")
    is_foreign = unit != own and shares[unit] > shares.get(own, 0.0) if unit else False
    return unit if is_foreign and shares[unit] >= _ENOUGH else ""


def _share(asked: Layout, rows: Rows) -> float:
    """How much of the labels of the main sheet of *asked* stand in *rows*."""
    labels = [label for label in asked.labels if label.sheet == FORM]
    standing = sum(
        same_words(value_at(rows, label.row, label.column), label.text) for label in labels
    )
    return standing / len(labels) if labels else 0.0

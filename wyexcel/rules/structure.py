"""Rules of the form's shape: its sheets, its labels, its closed and its calculated cells."""

from collections.abc import Iterator, Mapping
from typing import Final

from wyexcel.files.address import a1, column_name, parse
from wyexcel.files.reading import typed_number
from wyexcel.files.reading.typed_number import TypedKind
from wyexcel.findings import Severity
from wyexcel.forms.filled.labels import LostLabel, present_column, value_at
from wyexcel.forms.filled.read_form import FilledForm, identity
from wyexcel.forms.layout import FORMAT
from wyexcel.forms.main_sheet import CLOSED
from wyexcel.forms.older import differences
from wyexcel.forms.supplement import SUPPLEMENT
from wyexcel.plan.edition import newer
from wyexcel.rules.rule import Family, Violation

STRUCTURE: Final = Family[FilledForm]()


@STRUCTURE.rule(
    "S02",
    Severity.BLOCK,
    holds="用本期的填报表；旧表填的数能转入的，转入后核对",
    message="您用的是{then}填报表，现行的是{now}。差异：{diff}。{advice}",
)
def it_is_the_present_form(form: FilledForm) -> Iterator[Violation]:
    """The form is the one that is issued now, or one that asks for all that is owed.

    One that asks for all weighs as 核, one that does not as 错, unless it was adopted before more
    was asked for; a newer or a foreign one cannot be read at all.
    """
    stated, plan = identity(form.book), form.plan
    ours, fingerprint = differences.present_layout(form).fingerprint, stated.get("form", "")
    edition = stated.get("plan", "")
    if (edition, fingerprint, stated.get("format")) == (plan.version, ours, FORMAT):
        return
    difference = differences.layout_difference(form)
    severity, advice = _severity_and_advice(difference, form, stated)
    sentences = (*difference.unasked, *difference.lacking, *difference.changes)
    names = [f"“{name or '没有写明'}”版" for name in (edition, plan.version)]
    if edition == plan.version:
        stamps = fingerprint, ours
        names = [f"{name}（{stamp[:6]}）" for name, stamp in zip(names, stamps, strict=True)]
    words = {"then": names[0], "now": names[1], "advice": advice}
    yield Violation(
        words={**words, "diff": "；".join(sentences) or "填报格相同"}, severity=severity
    )


def _severity_and_advice(
    difference: differences.LayoutDifference, form: FilledForm, stated: Mapping[str, str]
) -> tuple[Severity, str]:
    """How much a form of another edition weighs, and what is to be done about it."""
    if stated.get("format") != FORMAT or newer(stated.get("plan", ""), form.plan.version):
        return Severity.BLOCK, "比本机的新，没有读取。请用最新下发的填报表；或先更新主工作簿再收。"
    if difference.is_unrelated:
        return Severity.BLOCK, "没有一格与现行表相同，不能转入。请用最新下发的填报表重新填报。"
    if difference.unasked and not difference.lacking and form.adopted:
        return Severity.NOTICE, "归档时没有要求填报这些，归档的数照旧采用。"
    if difference.unasked or difference.lacking:
        return Severity.ERROR, "旧版数据可自动转入，请在转入件上补填，并核对标黄单元格后重报。"
    if difference.changes:
        return Severity.REVIEW, "应报各项都能读出，已采用。旧版数据可自动转入，请核对标黄单元格。"
    return Severity.NOTICE, "应报各项都能读出，已采用。"


@STRUCTURE.rule(
    "S03",
    Severity.ERROR,
    holds="不删除、不改名工作表",
    message="缺少“{sheet}”工作表（可能被删除或改名），请恢复。",
)
def every_sheet_is_there(form: FilledForm) -> Iterator[Violation]:
    """Every sheet that is read is in the workbook; one that may stay blank is only missed."""
    spare = {SUPPLEMENT, *(element.sheet for element in form.layout.supplement.name_lists)}
    for sheet in form.labels.missing_sheets:
        yield Violation(sheet=sheet, severity=Severity.NOTICE if sheet in spare else None)


@STRUCTURE.rule(
    "S04",
    Severity.ERROR,
    holds="不插入、删除、移动行列",
    message="“{sheet}”{place}附近被插入、删除或移动过，从这里起没有读取。"
    "请恢复原样再报；如需补充内容，请填在“说明”栏。",
)
def nothing_was_moved(form: FilledForm) -> Iterator[Violation]:
    """Every label and heading stands where it stood; reported once for each sheet."""
    reported: set[str] = set()
    for lost in sorted(form.labels.lost, key=_reading_order):
        label = lost.label
        if lost.moved and label.sheet not in reported:
            reported.add(label.sheet)
            cell = a1(label.row, label.column)
            words = {"place": _place(lost, form)}
            yield Violation(label.sheet, cell, lost.value, words=words)


def _reading_order(lost: LostLabel) -> tuple[bool, int, int]:
    """Rows before headings: a row that was inserted above moves the headings too."""
    label = lost.label
    if label.above:
        return True, label.column, label.row
    return False, label.row, label.column


def _place(lost: LostLabel, form: FilledForm) -> str:
    """The row, or the column where the words stand elsewhere in their own row."""
    label = lost.label
    rows = form.book.sheets[label.sheet]
    column = present_column(label, rows, form.layout)
    if column is not None:
        return f"第 {column_name(min(label.column, column))} 列"
    return f"第 {label.row + 1} 行"


@STRUCTURE.rule(
    "S05",
    Severity.ERROR,
    holds="不改动指标名称和表头",
    message="{cell} 的名称被改为“{value}”，应为“{name}”，该行（列）没有读取。请恢复后再报。",
)
def nothing_was_renamed(form: FilledForm) -> Iterator[Violation]:
    """Every label and heading says what it said when the form was issued."""
    for label, value, moved in form.labels.lost:
        if not moved:
            cell = a1(label.row, label.column)
            yield Violation(sheet=label.sheet, cell=cell, value=value, words={"name": label.text})


@STRUCTURE.rule(
    "U06",
    Severity.ERROR,
    holds="只报全区数的指标不填分园区栏",
    message="“{name}”只报全区数，{cell} 填了“{value}”，请清空分园区栏。",
)
def closed_cells_are_empty(form: FilledForm) -> Iterator[Violation]:
    """Nothing, or a sign for nothing, stands in the park columns of an element not split."""
    for (sheet, cell), element in form.layout.closed.items():
        row, column = parse(cell)
        value = value_at(form.book.sheets.get(sheet, []), row, column)
        if value in {None, CLOSED} or form.labels.is_unreadable(sheet, row, column):
            continue
        if typed_number.interpret(value, "").kind not in {TypedKind.BLANK, TypedKind.PLACEHOLDER}:
            name = form.plan.element[element].name
            yield Violation(sheet=sheet, cell=cell, value=value, words={"name": name})

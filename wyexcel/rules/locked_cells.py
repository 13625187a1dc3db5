"""Rules of the locked cells of a form: they stand as they were issued (S05, S09)."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from wyexcel.files.address import a1, parse
from wyexcel.files.reading.typed_number import bare_text
from wyexcel.files.writing.sheet import Part
from wyexcel.findings import Severity
from wyexcel.forms.filled import issued_form
from wyexcel.forms.filled.issued_form import ChangedCell
from wyexcel.forms.filled.known_cells import Known, issued_value, known_cells, stands, value_in
from wyexcel.forms.filled.labels import same_words, value_at
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.layout import Layout
from wyexcel.forms.main_sheet import FIRST_VALUE_COLUMN, HEAD_ROW, OF_PERIOD, OF_UNIT
from wyexcel.forms.slot import FORM
from wyexcel.plan.plan import Plan
from wyexcel.plan.plan_cache import PlanCache
from wyexcel.rules.rule import Family, Violation

LOCKED_CELLS: Final = Family[FilledForm]()

_KEPT: Final = 2048


@LOCKED_CELLS.rule(
    "S05",
    Severity.ERROR,
    holds="不改动各栏的表头",
    message="“{sheet}”{cell} 的表头被改为“{value}”，应为“{name}”。"
    "请恢复原样，并按原表头核对这一栏所填的数。",
)
def no_heading_was_changed(form: FilledForm) -> Iterator[Violation]:
    """Every heading over what is not read says what it said when the form was issued."""
    for changed in issued_form.changed_headings(form):
        words = {"name": changed.issued.value}
        yield Violation(changed.issued.sheet, changed.cell, changed.value, words=words)


@LOCKED_CELLS.rule(
    "S05",
    Severity.NOTICE,
    holds="不改动标题和提示",
    message="“{sheet}”{cell} 的{what}被改为“{value}”{added}。{advice}",
)
def no_title_or_hint_was_changed(form: FilledForm) -> Iterator[Violation]:
    """No title, hint or definition tells of another period, measure or park than it did."""
    for changed in (*issued_form.changed_words(form), *issued_form.filled_blanks(form)):
        sheet, _, _, issued, part = changed.issued
        added = "" if part is Part.ASIDE else _added(changed, form.plan)
        if added:
            words = {"added": f"，多出“{added}”", "advice": _RESTORE}
        elif issued and bare_text(str(changed.value or "")).endswith(bare_text(str(issued))):
            continue
        else:
            words = {"added": "", "advice": _HARMLESS}
        words["what"] = "标题或提示" if issued else "空白的锁定格"
        severity = Severity.ERROR if added else None
        yield Violation(sheet, changed.cell, changed.value, words=words, severity=severity)


_RESTORE: Final = "请恢复原样，并按原来的期间、计量单位核对所填的数。"
_HARMLESS: Final = "不影响填报，请不要改动锁定的单元格。"


def _added(changed: ChangedCell, plan: Plan) -> str:
    """The words of a period, a measure or a park that a cell did not have when it was issued."""
    telling = _TELLING.get(plan, "", lambda: _telling_words(plan))
    now, then = (
        Counter(telling.findall(bare_text(str(value or ""))))
        for value in (changed.value, changed.issued.value)
    )
    return "、".join(now - then)


_TELLING: Final = PlanCache[str, "re.Pattern[str]"]()
_OF_PERIODS: Final = (
    r"\d{4}年|\d+[-—–~至到]\d+月|[1-4一二三四]季度|[当本上单]季度?|[当本上单]月"
    r"|[上去]年|全年|累计|期末|同期"
)
_OF_MONEY: Final = ("亿元", "千万元", "百万元", "万元", "千元", "元", "美元", "%", "‰")


def _telling_words(plan: Plan) -> "re.Pattern[str]":
    """What tells a period, a measure or a park of *plan*, the longest first."""
    measures = {bare_text(e.measure) for e in plan.elements if not e.is_count}
    words = sorted({*measures, *_OF_MONEY, *map(bare_text, plan.places)}, key=len, reverse=True)
    return re.compile("|".join((_OF_PERIODS, *map(re.escape, words))))


@LOCKED_CELLS.rule(
    "S09",
    Severity.ERROR,
    holds="不改动锁定的单元格",
    message="“{sheet}”{cell} 是锁定单元格，内容被改为“{value}”，应为“{name}”，请恢复。",
)
def no_locked_cell_was_changed(form: FilledForm) -> Iterator[Violation]:
    """The indicators, measures, numbers of rows and targets are those of the form as issued."""
    for sheet, row, column, words in _locked(form.layout):
        value = value_at(form.book.sheets.get(sheet, []), row, column)
        if value != words and not same_words(value, words):
            yield from _unless_elsewhere(form, sheet, row, column, words)
    for changed in issued_form.changed_numbers(form):
        number = {"name": changed.issued.value}
        yield Violation(changed.issued.sheet, changed.cell, changed.value, words=number)
    for place in known_cells(form.layout, Known.TARGET):
        issued = issued_value(form, place)
        if issued is not None and not stands(value_in(form, place), issued):
            yield from _unless_elsewhere(form, place.sheet, place.row, place.column, issued)


def _unless_elsewhere(
    form: FilledForm, sheet: str, row: int, column: int, issued: str
) -> Iterator[Violation]:
    """That a cell does not say what was *issued*, unless it stands elsewhere now."""
    if not issued_form.is_elsewhere(form, sheet, row, column):
        cell = a1(row, column)
        value = value_at(form.book.sheets.get(sheet, []), row, column)
        written = issued_form.as_written(form, sheet, cell, value)
        yield Violation(sheet, cell, written, words={"name": issued})


@lru_cache(maxsize=_KEPT)
def _locked(layout: Layout) -> tuple[tuple[str, int, int, str], ...]:
    """Sheet, row, column and words of the locked cells; found once for each layout."""
    return tuple((sheet, *parse(cell), words) for (sheet, cell), words in layout.locked.items())


@LOCKED_CELLS.rule(
    "S09",
    Severity.NOTICE,
    holds="锁定的单元格里不写公式",
    message="“{sheet}”{cell} 是锁定单元格，被改成了公式“{value}”（结果没有变），请恢复为“{name}”。",
)
def no_locked_cell_holds_a_formula(form: FilledForm) -> Iterator[Violation]:
    """Where the words or the number are right, they stand as such."""
    for changed in issued_form.locked_formulas(form):
        words = {"name": changed.issued.value}
        yield Violation(changed.issued.sheet, changed.cell, changed.value, words=words)
    known = (place for kind in Known for place in known_cells(form.layout, kind))
    for place in known if form.book.formulas else ():
        issued, value = issued_value(form, place), value_in(form, place)
        written = issued_form.as_written(form, place.sheet, place.cell, value)
        if issued is not None and written != value and stands(value, issued):
            yield Violation(place.sheet, place.cell, written, words={"name": issued})


@LOCKED_CELLS.rule(
    "S09",
    Severity.REVIEW,
    holds="不把别的单位、别的报告期的“填报”表搬进来",
    message="“{sheet}”{cell} 写的是“{value}”，这份填报表是“{name}”，所填的可能是别的表的数，"
    "请核对各数后恢复。",
)
def the_head_names_its_own_unit_and_period(form: FilledForm) -> Iterator[Violation]:
    """The head of 填报 names no other unit and no other period than the workbook is for."""
    rows = form.book.sheets.get(FORM, [])
    unit, period = form.plan.unit_named(form.submission.unit), form.submission.period
    if unit is None or not form.layout.main.rows or form.labels.is_shifted(FORM):
        return
    for column, template, names in (
        (0, OF_UNIT, (unit.name, *unit.former)),
        (FIRST_VALUE_COLUMN, OF_PERIOD, (period.title,)),
    ):
        value, own = value_at(rows, HEAD_ROW, column), template.format(names[0])
        if value in {None, own} or any(same_words(value, template.format(name)) for name in names):
            continue
        yield Violation(FORM, a1(HEAD_ROW, column), value, words={"name": own})

"""Rules of the form's shape: its sheets, its labels, its closed and its calculated cells."""

from collections.abc import Iterator
from typing import Final

from wyexcel.address import a1, column_name, parse
from wyexcel.anchors import Lost, at, went_to
from wyexcel.collect import Filled
from wyexcel.findings import Severity
from wyexcel.layout import CLOSED, PEOPLE, asked
from wyexcel.numerals import Sort, plain
from wyexcel.rules.rule import Family, Fault
from wyexcel.supplement import SUPPLEMENT

STRUCTURE: Final = Family[Filled]()


@STRUCTURE.rule(
    "S02",
    Severity.BLOCK,
    holds="用本期的填报表，不用旧表",
    says="这份填报表不是本期下发的，没有“{names}”的填报格。请用最新下发的填报表重新填报。",
)
def it_asks_for_everything_owed(form: Filled) -> Iterator[Fault]:
    """The form has a cell for each element that its unit owes for the period."""
    there = form.layout.elements
    owed = asked(form.plan, form.submission.unit, form.submission.period)
    lacking = [element.name for element in owed if element.code not in there]
    lacking += [PEOPLE[who] for who in PEOPLE if who not in there]
    if lacking:
        yield Fault(words={"names": "、".join(lacking)})


@STRUCTURE.rule(
    "S03",
    Severity.ERROR,
    holds="不删除、不改名工作表",
    says="缺少“{sheet}”工作表（可能被删除或改名），请恢复。",
)
def every_sheet_is_there(form: Filled) -> Iterator[Fault]:
    """Every sheet that is read is in the workbook; one that may stay blank is only missed."""
    spare = {SUPPLEMENT, *(element.sheet for element in form.layout.beside.rosters)}
    for sheet in form.standing.lacking:
        yield Fault(sheet=sheet, severity=Severity.NOTICE if sheet in spare else None)


@STRUCTURE.rule(
    "S04",
    Severity.ERROR,
    holds="不插入、删除、移动行列",
    says="“{sheet}”{place}附近被插入、删除或移动过，从这里起没有读取。"
    "请恢复原样再报；如需补充内容，请填在“说明”栏。",
)
def nothing_was_moved(form: Filled) -> Iterator[Fault]:
    """Every label and heading stands where it stood; told once for each sheet."""
    told: set[str] = set()
    for lost in sorted(form.standing.lost, key=_reading_order):
        anchor = lost.anchor
        if lost.moved and anchor.sheet not in told:
            told.add(anchor.sheet)
            cell = a1(anchor.row, anchor.column)
            words = {"place": _place(lost, form)}
            yield Fault(anchor.sheet, cell, lost.seen, words=words)


def _reading_order(lost: Lost) -> tuple[bool, int, int]:
    """Rows before headings: a row that was inserted above moves the headings too."""
    anchor = lost.anchor
    if anchor.above:
        return True, anchor.column, anchor.row
    return False, anchor.row, anchor.column


def _place(lost: Lost, form: Filled) -> str:
    """The row, or the column where the words stand elsewhere in their own row."""
    anchor = lost.anchor
    rows = form.book.sheets[anchor.sheet]
    there = went_to(anchor, rows, form.layout)
    if there is not None:
        return f"第 {column_name(min(anchor.column, there))} 列"
    return f"第 {anchor.row + 1} 行"


@STRUCTURE.rule(
    "S05",
    Severity.ERROR,
    holds="不改动指标名称和表头",
    says="{cell} 的名称被改为“{value}”，应为“{name}”，该行（列）没有读取。请恢复后再报。",
)
def nothing_was_renamed(form: Filled) -> Iterator[Fault]:
    """Every label and heading says what it said when the form was issued."""
    for anchor, value, moved in form.standing.lost:
        if not moved:
            cell = a1(anchor.row, anchor.column)
            yield Fault(sheet=anchor.sheet, cell=cell, value=value, words={"name": anchor.text})


@STRUCTURE.rule(
    "F06",
    Severity.ERROR,
    holds="填数字，不填没有算过的公式",
    says="“{sheet}”{cell} 中的公式没有计算结果，"
    "请改为直接填数，或在 Excel/WPS 中打开该文件按 Ctrl+S 保存后再报。",
)
def every_formula_was_calculated(form: Filled) -> Iterator[Fault]:
    """No cell that is read holds a formula without its value."""
    for entry, reading in form.odd:
        if reading.sort is Sort.UNCALCULATED:
            yield Fault(sheet=entry.sheet, cell=entry.cell)


@STRUCTURE.rule(
    "U06",
    Severity.ERROR,
    holds="只报全区数的指标不填分园区栏",
    says="“{name}”只报全区数，{cell} 填了“{value}”，请清空分园区栏。",
)
def closed_cells_are_empty(form: Filled) -> Iterator[Fault]:
    """Nothing stands in the park columns of an element that is not split."""
    for (sheet, cell), element in form.layout.closed.items():
        row, column = parse(cell)
        value = at(form.book.sheets.get(sheet, []), row, column)
        if value in {None, CLOSED} or form.standing.hides(sheet, row, column):
            continue
        if not isinstance(value, str) or plain(value):
            name = form.plan.element[element].name
            yield Fault(sheet=sheet, cell=cell, value=value, words={"name": name})

"""Rules of name lists, row by row (名单: V01, V02, V12, V14, U03, B04–B07)."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from wyexcel.files.reading import typed_number
from wyexcel.files.reading.typed_number import TypedKind, says_nothing
from wyexcel.findings import Severity
from wyexcel.forms.asked import ListColumn
from wyexcel.forms.filled.name_rows import NameRow, as_text, as_text_or_day, is_garbled
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.layout import LIST_REQUIRED
from wyexcel.forms.listed_key import key_of
from wyexcel.forms.value_in_words import in_words
from wyexcel.period import Period
from wyexcel.plan.element import Kind
from wyexcel.rules import advice, credit_code
from wyexcel.rules.list_amounts import MEASURE as _AMOUNT
from wyexcel.rules.list_amounts import in_hundred_millions
from wyexcel.rules.rule import Family, Violation

LISTS: Final = Family[FilledForm]()


def _label(form: FilledForm, line: NameRow, column: ListColumn) -> str:
    return form.plan.element[line.item.element].columns[column]


@LISTS.rule(
    "V01",
    Severity.ERROR,
    holds="名单每一行的名称、代码、园区、日期都要填",
    message="“{sheet}”{cell} 未填“{name}”。名单中每一行的名称、代码、园区、日期都要填。",
)
def every_list_row_is_complete(form: FilledForm) -> Iterator[Violation]:
    """A row of a list says what it is, its id, its park, and its day where that decides."""
    for line in form.list_rows:
        for column in LIST_REQUIRED:
            if column is ListColumn.DATE and not _by_day(form, line):
                continue
            if column in line.typed and _is_blank(form, line, column):
                name = {"name": _label(form, line, column)}
                yield Violation(line.item.sheet, line.cell(column), words=name)


def _is_blank(form: FilledForm, line: NameRow, column: ListColumn) -> bool:
    """Whether nothing stands there; an error or a formula without its result is told by itself."""
    place = line.item.sheet, line.cell(column)
    is_reported = place in form.book.errors or place in form.book.uncached
    return not as_text(line.typed[column]) and not is_reported


def _by_day(form: FilledForm, line: NameRow) -> bool:
    """Whether it depends on its day if a listed thing counts."""
    return form.plan.element[line.item.element].kind is Kind.COUNT


@LISTS.rule(
    "V01",
    Severity.ERROR,
    holds="名单里不写合计行和说明文字",
    message="“{sheet}”第 {row} 行“{value}”是{what}，不是名单里的一个，请删去该行{why}。",
)
def a_list_holds_nothing_else(form: FilledForm) -> Iterator[Violation]:
    """No row of a list is a sum, a note or the headings once more."""
    for stray in form.stray_rows:
        why = "（个数和金额由系统合计）" if stray.is_sum else ""
        words = {"row": stray.row + 1, "what": stray.what, "why": why}
        yield Violation(stray.sheet, stray.cell, stray.words, words=words)


@LISTS.rule(
    "V02",
    Severity.ERROR,
    holds="名单里的金额只填数字",
    message="“{sheet}”{cell} 填的是“{value}”，{advice}。",
)
def an_amount_is_a_number(form: FilledForm) -> Iterator[Violation]:
    """The amount of a listed thing is a number, or is left out."""
    for line in form.list_rows:
        raw = line.typed.get(ListColumn.AMOUNT)
        reading = typed_number.interpret(raw, _AMOUNT)
        if reading.kind in {TypedKind.TEXT, TypedKind.DATE}:
            words = {"advice": advice.for_text(raw, reading.guess)}
            cell = line.cell(ListColumn.AMOUNT)
            if (line.item.sheet, cell) not in form.book.mixed:
                yield Violation(line.item.sheet, cell, raw, reading.guess, words=words)


@LISTS.rule(
    "V07",
    Severity.ERROR,
    holds="名单里的金额不用百分比格式",
    message="“{sheet}”{cell} 的“{name}”存的是 {value}，却显示为百分比，"
    "请把单元格格式改回数值后重填。",
)
def an_amount_is_no_percentage(form: FilledForm) -> Iterator[Violation]:
    """The amount of a listed thing is not shown as a percentage."""
    for line in form.list_rows if form.book.percent else ():
        cell = line.cell(ListColumn.AMOUNT) if ListColumn.AMOUNT in line.typed else ""
        if (line.item.sheet, cell) in form.book.percent:
            name = {"name": _label(form, line, ListColumn.AMOUNT)}
            yield Violation(line.item.sheet, cell, line.item.amount, words=name)


@LISTS.rule(
    "V12",
    Severity.ERROR,
    holds="日期写成 2025-09-30",
    message="“{sheet}”{cell} 的“{name}”是“{value}”，{why}。",
)
def a_day_is_a_date(form: FilledForm) -> Iterator[Violation]:
    """The day of a listed thing can be read in only one way."""
    for line in form.list_rows:
        raw = line.typed.get(ListColumn.DATE)
        if line.item.day is None and as_text(raw):
            why, day = advice.for_a_day_in_a_list(raw)
            words = {"name": _label(form, line, ListColumn.DATE), "why": why}
            yield Violation(line.item.sheet, line.cell(ListColumn.DATE), raw, day, words=words)


@LISTS.rule(
    "V12",
    Severity.ERROR,
    holds="代码、文号存成文本",
    message="“{sheet}”{cell} 的“{name}”被 Excel 当成了日期或数字“{value}”，原来填的已经变了样，"
    "请把单元格格式改为文本后重填。",
)
def a_code_is_text(form: FilledForm) -> Iterator[Violation]:
    """The id of a listed thing is what was typed, not a date or a number cut off at 15 digits."""
    for line in form.list_rows:
        raw = line.typed.get(ListColumn.ID)
        if is_garbled(raw):
            name = {"name": _label(form, line, ListColumn.ID)}
            yield Violation(
                line.item.sheet, line.cell(ListColumn.ID), as_text_or_day(raw), words=name
            )


@LISTS.rule(
    "V14",
    Severity.ERROR,
    holds="所在园区从下拉框选",
    message="“{sheet}”{cell} “{value}”不在可选项中，请从下拉框选：{options}。",
)
def a_park_is_one_of_the_list(form: FilledForm) -> Iterator[Violation]:
    """The park of a listed thing is one of those of the plan."""
    for line in form.list_rows:
        park = line.item.park
        if park and park not in form.plan.places:
            options = {"options": "、".join(form.plan.places)}
            yield Violation(line.item.sheet, line.cell(ListColumn.PARK), park, words=options)


@LISTS.rule(
    "U03",
    Severity.ERROR,
    holds="同一项目（企业、平台）只计入一个园区",
    message="“{name}”同时被 {first}（{there}）、{second}（{cell}）计入，"
    "请只留一行、一个园区。确是两个的，请各写各的{id}。",
)
def a_thing_is_in_one_park(form: FilledForm) -> Iterator[Violation]:
    """A thing that is listed twice is listed in the same park."""
    first_rows: dict[tuple[str, str], NameRow] = {}
    for line in form.list_rows:
        item = line.item
        if not item.key or not item.park:
            continue
        first = first_rows.setdefault((item.element, item.key), line)
        if first.item.park != item.park:
            names = {
                "name": in_words(item.name or item.id),
                "first": first.item.park,
                "second": item.park,
                "there": first.cell(ListColumn.PARK),
                "id": _label(form, line, ListColumn.ID),
            }
            yield Violation(item.sheet, line.cell(ListColumn.PARK), item.park, words=names)


@LISTS.rule(
    "B04",
    Severity.ERROR,
    holds="同一代码（文号）在名单里只写一行",
    message="“{sheet}”第 {first} 行“{one}”和第 {second} 行“{other}”的{name}都是 {value}，"
    "只能计 1 次，请删去一行。确是两个的，请各写各的{name}。",
)
def a_thing_is_listed_once(form: FilledForm) -> Iterator[Violation]:
    """No two rows of a list have the same id, however it is spelt; two parks are told alone."""
    first_rows: dict[tuple[str, str], NameRow] = {}
    for line in form.list_rows:
        item = line.item
        has_id = not says_nothing(item.id)
        first = first_rows.setdefault((item.element, item.key), line) if has_id else line
        if first is not line and not _in_two_parks(first, line):
            names = {
                "first": first.item.row + 1,
                "one": in_words(first.item.name),
                "second": item.row + 1,
                "other": in_words(item.name),
                "name": _label(form, line, ListColumn.ID),
            }
            yield Violation(item.sheet, line.cell(ListColumn.ID), item.id, words=names)


def _in_two_parks(first: NameRow, second: NameRow) -> bool:
    """Whether two rows of one thing say different parks."""
    parks = {first.item.park, second.item.park}
    return "" not in parks and len(parks) > 1


@LISTS.rule(
    "B05",
    Severity.ERROR,
    holds="统一社会信用代码的校验位正确",
    message="“{sheet}”{cell} 统一社会信用代码 {value} 校验不通过，请对照营业执照核对。",
)
def a_credit_code_is_sound(form: FilledForm) -> Iterator[Violation]:
    """An id that looks like a credit code has the check digit of one (GB 32100—2015)."""
    for line in form.list_rows:
        code = key_of(line.item.id)
        if credit_code.is_meant(code) and not credit_code.is_sound(code):
            yield Violation(line.item.sheet, line.cell(ListColumn.ID), line.item.id)


@LISTS.rule(
    "B06",
    Severity.ERROR,
    holds="当年新增的日期在本年内、报告期末以前",
    message="“{sheet}”第 {row} 行“{name}”{value} {why}。",
)
def a_day_counts_for_the_year(form: FilledForm) -> Iterator[Violation]:
    """What is listed as new happened in the year; what lies after the period waits for the next."""
    period = form.submission.period
    for line in form.list_rows:
        day = line.item.day if _by_day(form, line) else None
        if day is not None and not (day.year == period.year and day <= period.end):
            late = day.year == period.year
            yield Violation(
                line.item.sheet,
                line.cell(ListColumn.DATE),
                day,
                words={
                    "row": line.item.row + 1,
                    "name": _label(form, line, ListColumn.DATE),
                    "why": _why_not(day, period),
                },
                severity=Severity.REVIEW if late else None,
            )


def _why_not(day: date, period: Period) -> str:
    if day.year != period.year:
        return f"不在 {period.year} 年，不能计入当年新增，请改正或删去该行"
    return f"晚于报告期末（{period.end}），本期不计入，请核对日期"


def _says_nothing(form: FilledForm, line: NameRow) -> bool:
    """Whether the amount is blank, or a sign stands there for nothing."""
    sort = typed_number.interpret(line.typed[ListColumn.AMOUNT], _AMOUNT).kind
    return sort is TypedKind.PLACEHOLDER or _is_blank(form, line, ListColumn.AMOUNT)


@LISTS.rule(
    "B07",
    Severity.ERROR,
    holds="项目的总投资达到名单的标准",
    message="“{sheet}”第 {row} 行“{name}”{why}。",
)
def a_project_is_large_enough(form: FilledForm) -> Iterator[Violation]:
    """What is invested in a project reaches what its list asks for; a blank is asked about."""
    for line in form.list_rows:
        item = line.item
        element = form.plan.element[item.element]
        if element.least is None:
            continue
        other = None
        if item.amount is not None and item.amount < element.least:
            other = in_hundred_millions(element, item.amount)
            hint = f"（{other.words}？）" if other else ""
            why = (
                f" {in_words(item.amount)} {_AMOUNT}，低于“{element.standard}”的标准，"
                f"不能计入，请核对金额{hint}或删去该行"
            )
        elif ListColumn.AMOUNT in line.typed and _says_nothing(form, line):
            why = f"未填，无法核对是否达到“{element.standard}”，请补填"
        else:
            continue
        words = {"row": item.row + 1, "name": _label(form, line, ListColumn.AMOUNT), "why": why}
        severity = Severity.REVIEW if item.amount is None else None
        yield Violation(
            item.sheet,
            line.cell(ListColumn.AMOUNT),
            item.amount,
            other and other.fitting,
            words=words,
            severity=severity,
        )

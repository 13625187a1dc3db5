"""Rules of what stands in or over a cell beside its value: runs, strikes, notes (V02, V12, S11)."""

import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import Final

from wyexcel.files.address import a1, parse
from wyexcel.files.reading.book import Cover
from wyexcel.files.reading.typed_number import TypedKind
from wyexcel.findings import Severity
from wyexcel.forms.asked import ListColumn
from wyexcel.forms.filled.name_rows import NameRow
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.value_in_words import in_words
from wyexcel.rules.rule import Family, Violation
from wyexcel.rules.single_cells import cells_of_sort
from wyexcel.rules.tampering import InputArea, input_area

BESIDE_VALUES: Final = Family[FilledForm]()

_NUMBER: Final = re.compile("[0-9０-９]|[一二两三四五六七八九十百千]+[万亿]")
"""What may be a number in a note: digits, or words for many."""
_STRUCK: Final = "删除线"
_LAST_MINUTE: Final = time(23, 59)


@BESIDE_VALUES.rule(
    "V02",
    Severity.ERROR,
    holds="一格只填一个数，不带上标、不留划掉的旧数",
    message="{cell} 里写的是：{told}，连在一起会读成“{value}”。请清空后只填一个数{guess}。",
)
def a_number_is_not_made_of_runs(form: FilledForm) -> Iterator[Violation]:
    """No number cell holds a footnote set high, or an old number struck out beside the new one."""
    for entry, _, guess in cells_of_sort(form, TypedKind.TEXT) if form.book.mixed else ():
        mixed = form.book.mixed.get((entry.sheet, entry.cell))
        if mixed is not None:
            words = {
                "told": mixed.told,
                "guess": "" if guess is None else f"（是否为 {in_words(guess)}？）",
            }
            yield Violation(entry.sheet, entry.cell, entry.raw, guess, words=words)


@BESIDE_VALUES.rule(
    "V02",
    Severity.REVIEW,
    holds="有效的数不划删除线",
    message="{cell} 的 {value} 划了删除线，是否作废？有效的请去掉删除线，作废的请改填应报的数。",
)
def no_number_is_struck_out(form: FilledForm) -> Iterator[Violation]:
    """No number that counts is struck out as a whole."""
    entries = (*form.submission.entries, *form.submission.extras) if form.book.struck else ()
    for entry in entries:
        if entry.number is not None and (entry.sheet, entry.cell) in form.book.struck:
            yield Violation(entry.sheet, entry.cell, entry.number)


@BESIDE_VALUES.rule(
    "V02",
    Severity.ERROR,
    holds="名单一格只填一项，不留划掉的旧内容",
    message="“{sheet}”{cell} 的“{name}”里写的是：{told}，连在一起会读成“{value}”，"
    "请清空后只填应报的一项。",
)
def nothing_listed_is_made_of_runs(form: FilledForm) -> Iterator[Violation]:
    """No cell of a name list holds an old value beside the new one, nor a code a footnote."""
    for line in form.list_rows if form.book.mixed else ():
        for column, value in line.typed.items():
            mixed = form.book.mixed.get((line.item.sheet, line.cell(column)))
            if mixed is not None and _changes_what_is_read(column, mixed.told):
                words = {"name": _heading(form, line, column), "told": mixed.told}
                yield Violation(line.item.sheet, line.cell(column), value, words=words)


def _changes_what_is_read(column: ListColumn, told: str) -> bool:
    """Whether runs matter in *column*: in a name only what is struck out, in a note nothing."""
    if column is ListColumn.NAME:
        return _STRUCK in told
    return column is not ListColumn.NOTE


def _heading(form: FilledForm, line: NameRow, column: ListColumn) -> str:
    return form.plan.element[line.item.element].columns[column]


@BESIDE_VALUES.rule(
    "V02",
    Severity.REVIEW,
    holds="名单里要报的行不划删除线",
    message="“{sheet}”{cell} 的“{value}”划了删除线，这一行还报不报？报的请去掉删除线，"
    "不报的请删除整行。",
)
def no_listed_row_is_struck_out(form: FilledForm) -> Iterator[Violation]:
    """No row of a name list that counts is struck out; told once for each."""
    for line in form.list_rows if form.book.struck else ():
        for column, value in line.typed.items():
            is_struck = (line.item.sheet, line.cell(column)) in form.book.struck
            if is_struck and column is not ListColumn.NOTE:
                yield Violation(line.item.sheet, line.cell(column), value)
                break


@BESIDE_VALUES.rule(
    "V12",
    Severity.NOTICE,
    holds="日期只填到日",
    message="“{sheet}”{cell} 的“{name}”按显示的 {day} 计，存的却是 {clock}，差不到一分钟就是"
    "第二天，可能是导出程序造成的，请核对日期。",
)
def no_day_is_nearly_the_next(form: FilledForm) -> Iterator[Violation]:
    """No day lacks less than a minute, as where a program reckoned with another time zone."""
    for line in form.list_rows:
        value = line.typed.get(ListColumn.DATE)
        if isinstance(value, datetime) and value.time() >= _LAST_MINUTE:
            words = {
                "name": _heading(form, line, ListColumn.DATE),
                "day": str(value.date()),
                "clock": value.strftime("%H:%M:%S"),
            }
            yield Violation(line.item.sheet, line.cell(ListColumn.DATE), words=words)


@BESIDE_VALUES.rule(
    "S11",
    Severity.NOTICE,
    holds="数填在格里，不写进批注",
    message="{cell} 的批注里写着“{value}”，批注不汇总。要报的数请填进格里，要说明的写进“说明”栏。",
)
def no_note_holds_a_number(form: FilledForm) -> Iterator[Violation]:
    """No note or comment on an input cell says a number."""
    for (sheet, cell), words in form.book.notes.items():
        if sheet not in form.layout.sheets or not _NUMBER.search(words):
            continue
        if _asks(input_area(form.layout, sheet), *parse(cell)):
            yield Violation(sheet, cell, words)


@BESIDE_VALUES.rule(
    "S11",
    Severity.NOTICE,
    holds="填报格上不放图片、图形",
    message="“{sheet}”{cell} 上盖着{kind}{words}，可能挡住所填的数，上面的内容不汇总，"
    "请移开或删除。",
)
def nothing_covers_an_input(form: FilledForm) -> Iterator[Violation]:
    """No picture and no shape lies over a cell that asks for something."""
    for cover in form.book.covers:
        cell = _first_covered(form, cover) if cover.sheet in form.layout.sheets else None
        if cell is not None:
            said = f"（写着“{in_words(cover.words)}”）" if cover.words else ""
            yield Violation(cover.sheet, cell, words={"kind": cover.kind, "words": said})


def _first_covered(form: FilledForm, cover: Cover) -> str | None:
    """The first input cell under *cover*; None where there is none."""
    area = input_area(form.layout, cover.sheet)
    first, _, last = cover.area.partition(":")
    (top, left), (bottom, right) = parse(first), parse(last)
    under = [(r, c) for r, c in area.cells if top <= r <= bottom and left <= c <= right]
    listed = [c for c in area.columns if left <= c <= right] if bottom >= area.first else []
    under += [(max(top, area.first), column) for column in listed]
    return a1(*min(under)) if under else None


def _asks(area: InputArea, row: int, column: int) -> bool:
    """Whether a cell is one of those of *area*."""
    return (row, column) in area.cells or (row >= area.first and column in area.columns)

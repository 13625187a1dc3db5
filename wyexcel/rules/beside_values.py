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
from wyexcel.forms.slot import FORM
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
    holds="一格只填一项，不带上标、不留划掉的旧数",
    message="{place} 里写的是：{told}，连在一起会读成“{value}”，请清空后只填应报的一项{guess}。",
)
def no_cell_is_made_of_runs(form: FilledForm) -> Iterator[Violation]:
    """No cell holds a footnote set high, or an old value struck out beside the new one."""
    mixed = form.book.mixed
    for entry, _, guess in cells_of_sort(form, TypedKind.TEXT) if mixed else ():
        if (runs := mixed.get((entry.sheet, entry.cell))) is not None:
            meant = "" if guess is None else f"（是否为 {in_words(guess)}？）"
            place = _place(entry.sheet, entry.cell)
            words = {"place": place, "told": runs.told, "guess": meant}
            yield Violation(entry.sheet, entry.cell, entry.raw, guess, words=words)
    for line, column in _listed(form) if mixed else ():
        cell = line.cell(column)
        runs = mixed.get((line.item.sheet, cell))
        if runs is not None and _changes_what_is_read(column, runs.told):
            words = {"place": _place(line.item.sheet, cell), "told": runs.told, "guess": ""}
            yield Violation(line.item.sheet, cell, line.typed[column], words=words)


def _listed(form: FilledForm) -> Iterator[tuple[NameRow, ListColumn]]:
    """Every cell of the name lists but what is only noted."""
    for line in form.list_rows:
        yield from ((line, column) for column in line.typed if column is not ListColumn.NOTE)


def _changes_what_is_read(column: ListColumn, told: str) -> bool:
    """Whether runs matter in *column*: in a name (5m²) only what is struck out."""
    return column is not ListColumn.NAME or _STRUCK in told


@BESIDE_VALUES.rule(
    "V02",
    Severity.REVIEW,
    holds="要报的内容不划删除线",
    message="{place} 的“{value}”划了删除线，是否作废？有效的请去掉删除线，作废的请{mend}。",
)
def nothing_that_counts_is_struck_out(form: FilledForm) -> Iterator[Violation]:
    """No number that counts is struck out as a whole, and no row of a list, told once for each."""
    struck = form.book.struck
    entries = (*form.submission.entries, *form.submission.extras) if struck else ()
    for entry in entries:
        if entry.number is not None and (entry.sheet, entry.cell) in struck:
            words = {"place": _place(entry.sheet, entry.cell), "mend": "改填应报的数"}
            yield Violation(entry.sheet, entry.cell, entry.number, words=words)
    row = -1
    for line, column in _listed(form) if struck else ():
        cell = line.cell(column)
        if line.item.row != row and (line.item.sheet, cell) in struck:
            row = line.item.row
            words = {"place": _place(line.item.sheet, cell), "mend": "删除整行"}
            yield Violation(line.item.sheet, cell, line.typed[column], words=words)


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
                "name": form.plan.element[line.item.element].columns[ListColumn.DATE],
                "day": str(value.date()),
                "clock": value.strftime("%H:%M:%S"),
            }
            yield Violation(line.item.sheet, line.cell(ListColumn.DATE), words=words)


@BESIDE_VALUES.rule(
    "S11",
    Severity.NOTICE,
    holds="数填在格里，不写进批注、图片",
    message="{place} {over}不会被汇总。要报的数请填进格里，要说明的写在“说明”栏。",
)
def nothing_lies_over_an_input(form: FilledForm) -> Iterator[Violation]:
    """No note on an input cell says a number, and no picture or shape lies over one."""
    for (sheet, cell), note in form.book.notes.items():
        if sheet not in form.layout.sheets or not _NUMBER.search(note):
            continue
        if _asks(input_area(form.layout, sheet), *parse(cell)):
            words = {"place": _place(sheet, cell), "over": f"的批注里写着“{in_words(note)}”，批注"}
            yield Violation(sheet, cell, note, words=words)
    for cover in form.book.covers:
        first = _first_covered(form, cover) if cover.sheet in form.layout.sheets else None
        if first is not None:
            said = f"，写着“{in_words(cover.words)}”" if cover.words else ""
            words = {
                "place": _place(cover.sheet, first),
                "over": f"上盖着{cover.kind}{said}，可能挡住所填的数，上面的内容",
            }
            yield Violation(cover.sheet, first, cover.words or None, words=words)


def _place(sheet: str, cell: str) -> str:
    """A cell as sentences name it: that of the main sheet by its address alone."""
    return cell if sheet == FORM else f"“{sheet}”{cell}"


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

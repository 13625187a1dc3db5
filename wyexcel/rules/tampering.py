"""Rules of what was done to a form's cells: merged, hidden, written beside (S06–S08, S10)."""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple, TypeAlias

from wyexcel.files.address import a1, parse
from wyexcel.files.reading.book import CellValue
from wyexcel.files.reading.sheet_facts import CellLook
from wyexcel.findings import Severity
from wyexcel.forms.asked import ListColumn
from wyexcel.forms.filled.labels import Rows, value_at
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.filled.reading_order import reading_order
from wyexcel.forms.layout import IDENTITY, SLOTS, UNREAD, Layout
from wyexcel.forms.slot import FORM
from wyexcel.forms.supplement import SUPPLEMENT, WIDTH
from wyexcel.rules.file_itself import chooses_a_program
from wyexcel.rules.foreign_sheets import unit_of_foreign_sheet
from wyexcel.rules.rule import Family, Violation

TAMPERING: Final = Family[FilledForm]()

_Spot: TypeAlias = tuple[int, int]
"""Row and column of a cell."""

_KEPT: Final = 2048
_WHOLE_SHEET: Final = "*"
_OWN: Final = frozenset({IDENTITY, SLOTS, *UNREAD})


@TAMPERING.rule(
    "S06",
    Severity.REVIEW,
    holds="不隐藏填有数据的行、列、工作表",
    message="“{sheet}”{place}被隐藏但填有数据，请取消隐藏后确认。",
)
def nothing_filled_is_hidden(form: FilledForm) -> Iterator[Violation]:
    """No row, column or sheet that is read is hidden while something is filled there."""
    for sheet, hidden in form.book.hidden.items():
        filled = _filled(form, sheet) if sheet in form.layout.sheets else ()
        for place, cell in _hidden_places(hidden.split(), filled) if filled else ():
            yield Violation(sheet, a1(*cell), words={"place": place})


def _hidden_places(hidden: Sequence[str], filled: Sequence[_Spot]) -> Iterator[tuple[str, _Spot]]:
    """What of the *hidden* (`5`, `C:D`, `*`) covers something, in words, and its first cell."""
    rows: dict[int, _Spot] = {}
    columns: dict[int, _Spot] = {}
    for spot in sorted(filled):
        rows.setdefault(spot[0], spot)
        columns.setdefault(spot[1], spot)
    if _WHOLE_SHEET in hidden:
        yield "工作表", min(filled)
    for first, last in _runs({int(what) - 1 for what in hidden if what.isdecimal()} & rows.keys()):
        place = f"{first + 1}" if first == last else f"{first + 1}—{last + 1}"
        yield f"第 {place} 行", rows[first]
    for left, _, right in (what.partition(":") for what in hidden if ":" in what):
        span = range(parse(f"{left}1")[1], parse(f"{right}1")[1] + 1)
        place = left if left == right else f"{left}—{right}"
        covered = [columns[column] for column in span if column in columns]
        if covered:
            yield f" {place} 列", min(covered)


def _runs(numbers: Collection[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of *numbers* that follow each other."""
    for _, run in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        numbers_in_run = [number for _, number in run]
        yield numbers_in_run[0], numbers_in_run[-1]


def _filled(form: FilledForm, sheet: str) -> tuple[tuple[int, int], ...]:
    """Row and column of the input cells of *sheet* in which something stands."""
    rows = form.book.sheets.get(sheet, [])
    cells = input_area(form.layout, sheet).cells
    values = {place: value_at(rows, *place) for place in sorted(cells)}
    for line in form.list_rows:
        if line.item.sheet == sheet:
            columns = line.area.columns
            values |= {(line.item.row, columns[n]): value for n, value in line.typed.items()}
    return tuple(place for place, value in values.items() if value is not None)


@TAMPERING.rule(
    "S06",
    Severity.REVIEW,
    holds="填的内容看得见",
    message="“{sheet}”{cell} 填有内容，但{why}，看不见，请改回后确认。",
)
def nothing_filled_is_unseen(form: FilledForm) -> Iterator[Violation]:
    """No input cell hides what is filled in behind a number format or the colour of its ground."""
    looks = form.book.looks
    for sheet in form.layout.sheets if looks else ():
        rows = form.book.sheets.get(sheet, [])
        for place in sorted(_filled(form, sheet)):
            look, value = looks.get((sheet, a1(*place))), value_at(rows, *place)
            why = _why_unseen(look, value) if look is not None else ""
            if why:
                yield Violation(sheet, a1(*place), words={"why": why})


def _why_unseen(look: CellLook, value: CellValue) -> str:
    """Why nobody sees *value* in a cell of that *look*; "" where it is seen."""
    if look.unseen:
        return "字的颜色与底色相同"
    if not look.code or not isinstance(value, float | str):
        return ""
    from wyexcel.files.reading.shown_value import ShownKind, shown  # noqa: PLC0415  few forms need it

    nothing = shown(look.code, value).kind is ShownKind.NOTHING
    return f"单元格格式是“{look.code}”" if nothing else ""


@TAMPERING.rule(
    "S07",
    Severity.ERROR,
    holds="不合并填报格，一格填一个数",
    message="“{sheet}”{cell} 被合并，请取消合并，每格填一个数。",
)
def no_input_is_merged(form: FilledForm) -> Iterator[Violation]:
    """No cell that asks for something is merged with another."""
    for sheet in form.layout.sheets:
        for merged in _merged_inputs(form.layout, sheet, form.book.merged.get(sheet, "")):
            yield Violation(sheet, merged)


class InputArea(NamedTuple):
    """The input cells of one sheet: those of numbers and words, and the area of its name list."""

    cells: frozenset[tuple[int, int]]
    first: int
    columns: frozenset[int]


@lru_cache(maxsize=_KEPT)
def input_area(layout: Layout, sheet: str) -> InputArea:
    """The cells of *sheet* that ask for something; found once for each layout."""
    order = reading_order(layout)
    cells = {
        (number_row.row, column)
        for number_row in order.number_rows.get(sheet, ())
        for column in (
            *(stop.column for stop in number_row.cells),
            number_row.state,
            number_row.remark,
        )
        if column >= 0
    }
    for account in order.progress:
        if account.sheet == sheet:
            cells |= {(account.row, column) for column in account.columns.values()}
    area = next((area for area in order.name_lists if area.sheet == sheet), None)
    columns = frozenset(area.columns.values()) if area else frozenset[int]()
    return InputArea(frozenset(cells), area.first if area else 0, columns)


@lru_cache(maxsize=_KEPT)
def _merged_inputs(layout: Layout, sheet: str, merged: str) -> tuple[str, ...]:
    """Those of the ranges *merged* that cover an input cell; the same for all forms of a season."""
    inputs = input_area(layout, sheet)
    covering: list[str] = []
    for area in merged.split():
        first, _, last = area.partition(":")
        (top, left), (bottom, right) = parse(first), parse(last)
        listed = bottom >= inputs.first and any(left <= c <= right for c in inputs.columns)
        if listed or any(top <= r <= bottom and left <= c <= right for r, c in inputs.cells):
            covering.append(area)
    return tuple(covering)


@TAMPERING.rule(
    "S08",
    Severity.ERROR,
    holds="工作簿内部的名称没有损坏",
    message="表内的{what}“{value}”已损坏（常见于网页版或在线文档编辑）。"
    "请在桌面版 Excel/WPS 中用下发的填报表重新填报。",
)
def no_name_is_broken(form: FilledForm) -> Iterator[Violation]:
    """No name that the form needs points to a place that is gone; others do no harm."""
    for name, sheet in form.book.broken:
        if not sheet:
            yield Violation(value=name, words={"what": "名称"})
        elif sheet in form.layout.sheets:
            yield Violation(sheet=sheet, value=name, words={"what": f"“{sheet}”表的"})


@TAMPERING.rule(
    "S10",
    Severity.NOTICE,
    holds="表外不写内容",
    message="在“{sheet}”{place}发现表外内容“{value}”{more}，不会被汇总。",
)
def nothing_stands_beside_the_form(form: FilledForm) -> Iterator[Violation]:
    """Nothing is written beside the form or below it, nor on a sheet of one's own; told once."""
    for sheet, rows in form.book.sheets.items():
        if sheet in _OWN or not form.layout.main.rows or form.labels.is_shifted(sheet):
            continue
        if chooses_a_program(sheet) or unit_of_foreign_sheet(form, sheet):
            continue
        own = sheet in form.layout.sheets
        places = list(_outside(form.layout, sheet, rows) if own else _filled_places(rows))
        if places:
            row, column = places[0]
            cell = a1(row, column)
            more = f"等 {len(places)} 格" if len(places) > 1 else ""
            words = {"place": f" {cell} " if own else "工作表", "more": more}
            yield Violation(sheet, cell, value_at(rows, row, column), words=words)


def _outside(layout: Layout, sheet: str, rows: Rows) -> Iterator[tuple[int, int]]:
    """What stands right of the last column of *sheet*, or below its last row."""
    if sheet == FORM:
        right, below = layout.main.remark_column + 1, layout.main.day_row + 1
    elif sheet == SUPPLEMENT:
        right, below = WIDTH, layout.supplement.last + 1
    else:
        right, below = len(ListColumn) + 1, len(rows)
    if len(rows) > below or max(map(len, rows), default=0) > right:
        yield from (
            place for place in _filled_places(rows) if place[1] >= right or place[0] >= below
        )


def _filled_places(rows: Rows) -> Iterator[tuple[int, int]]:
    for row, line in enumerate(rows):
        yield from ((row, column) for column, value in enumerate(line) if value is not None)

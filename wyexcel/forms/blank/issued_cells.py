"""What stands in the locked cells of a form when it is issued, and how the form itself says it."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from wyexcel.files.address import a1, parse
from wyexcel.files.writing.sheet import Part, Row, Sheet, Value
from wyexcel.forms.layout import Layout
from wyexcel.forms.main_sheet import CLOSED, FIRST_VALUE_COLUMN, HEAD_ROW
from wyexcel.forms.slot import FORM, LIST_FIRST_ROW
from wyexcel.forms.supplement import SUPPLEMENT

HEADINGS: Final = "headings"
WORDS: Final = "words"
KNOWN: Final = "known"
"""What `_identity` says besides: fingerprints of the headings and of the other words, and what is
known of the time before (上期累计, 上年同期, 年度目标) with its cells."""

_OPEN: Final = frozenset(
    {
        *(Part.INPUT, Part.INPUT_CENTRE, Part.INPUT_NUMBER, Part.INPUT_DATE),
        *(Part.CARRIED, Part.CARRIED_CENTRE, Part.CARRIED_NUMBER, Part.CARRIED_DATE),
    }
)
_NOT_WORDS: Final = _OPEN | {Part.CLOSED}
_BETWEEN, _IS, _OF_SHEET = ";", "=", "!"


class IssuedCell(NamedTuple):
    """A locked cell, row and column from 0, and what stands in it; nothing where it is blank."""

    sheet: str
    row: int
    column: int
    value: Value
    part: Part


class IssuedCells(NamedTuple):
    """The locked cells of a form that nobody fills and no other rule looks at.

    `headings` stand over columns, `words` are titles, hints and definitions, `numbers` those of the
    rows; `plain_rows` are the rows in which nothing is filled, with the columns that have words.
    """

    headings: tuple[IssuedCell, ...]
    words: tuple[IssuedCell, ...]
    numbers: tuple[IssuedCell, ...]
    plain_rows: tuple["PlainRow", ...]


class PlainRow(NamedTuple):
    """A row of a sheet in which nothing is filled: so wide, with words in some columns."""

    sheet: str
    row: int
    width: int
    columns: frozenset[int]


def issued_cells(sheets: Sequence[Sheet], form: Layout) -> IssuedCells:
    """The locked cells of the *sheets* of a blank form.

    Labels and measures are looked at by themselves (`Layout.labels`, `Layout.locked`), and so is
    the head of 填报.
    """
    looked_at = {
        *((label.sheet, label.row, label.column) for label in form.labels),
        *((sheet, *parse(cell)) for sheet, cell in form.locked),
        *((FORM, HEAD_ROW, column) for column in range(FIRST_VALUE_COLUMN + 1)),
    }
    rows = [row for sheet in sheets if sheet.name in form.sheets for row in _rows(sheet)]
    cells = [
        IssuedCell(name, number, column, cell.value, cell.part)
        for name, number, row, _ in rows
        for column, cell in enumerate(row.cells)
        if cell is not None and cell.value and cell.part not in _NOT_WORDS
        if (name, number, column) not in looked_at
    ]
    return IssuedCells(
        headings=tuple(cell for cell in cells if cell.part is Part.HEADING),
        words=tuple(c for c in cells if c.part is not Part.HEADING and isinstance(c.value, str)),
        numbers=tuple(cell for cell in cells if not isinstance(cell.value, str)),
        plain_rows=tuple(
            PlainRow(name, number, width, _columns_with_words(row))
            for name, number, row, width in rows
            if not any(cell is not None and cell.part in _OPEN for cell in row.cells)
        ),
    )


def _rows(sheet: Sheet) -> Iterator[tuple[str, int, Row, int]]:
    """The rows of one sheet with its name, their numbers and its width.

    Those of a name list below its headings are its unit's own.
    """
    is_list = sheet.name not in {FORM, SUPPLEMENT}
    for number, row in enumerate(sheet.rows[:LIST_FIRST_ROW] if is_list else sheet.rows):
        yield sheet.name, number, row, len(sheet.widths)


def _columns_with_words(row: Row) -> frozenset[int]:
    return frozenset(n for n, cell in enumerate(row.cells) if cell is not None and cell.value)


def fingerprint(cells: Iterable[IssuedCell]) -> str:
    """The same for forms with the same words on *cells*."""
    text = "\n".join(f"{c.sheet}!{a1(c.row, c.column)}={c.value}" for c in cells)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def stated(sheets: Sequence[Sheet], form: Layout) -> Mapping[str, str]:
    """What `_identity` says of the locked cells of the *sheets* of a form that is issued."""
    cells = issued_cells(sheets, form)
    known = _BETWEEN.join(
        f"{place(sheet.name, a1(number, column))}{_IS}{_as_text(cell.value)}"
        for sheet in sheets
        if sheet.name in {FORM, SUPPLEMENT}
        for number, row in enumerate(sheet.rows)
        for column, cell in enumerate(row.cells)
        if cell is not None and cell.part is Part.CLOSED and not cell.formula
        if cell.value != CLOSED
    )
    return {
        HEADINGS: fingerprint(cells.headings),
        WORDS: fingerprint((*cells.words, *cells.numbers)),
        KNOWN: known,
    }


def _as_text(value: Value) -> str:
    return number_text(value) if isinstance(value, float) else str(value)


def number_text(value: float) -> str:
    """*value* in the fifteen digits that programs show and compare."""
    return f"{value:.15g}"


def place(sheet: str, cell: str) -> str:
    """A cell as the statement of what is known names it."""
    return f"{sheet}{_OF_SHEET}{cell}"


def stated_values(stated: Mapping[str, str]) -> Mapping[str, str] | None:
    """What the `_identity` of a form states of the time before, by `place`; None where it does not.

    >>> stated_values({"known": "填报!H7=600;补充!D5=/"})
    {'填报!H7': '600', '补充!D5': '/'}
    """
    if KNOWN not in stated:
        return None
    entries = (entry.partition(_IS) for entry in stated[KNOWN].split(_BETWEEN))
    return {place: value for place, _, value in entries}

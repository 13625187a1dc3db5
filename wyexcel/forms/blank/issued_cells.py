"""What stands in the locked cells of a form when it is issued, and how the form itself says it."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from wyexcel.files.address import a1
from wyexcel.files.writing.sheet import Cell, Part, Row, Sheet, Value
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

    `headings` stand over columns, `words` are titles, hints, definitions and row numbers, `blanks`
    the cells around them in which nothing stands.
    """

    headings: tuple[IssuedCell, ...]
    words: tuple[IssuedCell, ...]
    blanks: tuple[IssuedCell, ...]


def issued_cells(sheets: Sequence[Sheet], form: Layout) -> IssuedCells:
    """The locked cells of the *sheets* of a blank form.

    Labels and measures are looked at by themselves (`Layout.labels`, `Layout.locked`), and so is
    the head of 填报.
    """
    looked_at = {(label.sheet, label.row, label.column) for label in form.labels}
    cells = [
        cell
        for sheet in sheets
        if sheet.name in form.sheets
        for cell in _locked(sheet, is_list=sheet.name not in {FORM, SUPPLEMENT})
        if (cell.sheet, cell.row, cell.column) not in looked_at
        and (cell.sheet, a1(cell.row, cell.column)) not in form.locked
        and not (cell.sheet == FORM and cell.row == HEAD_ROW and cell.column <= FIRST_VALUE_COLUMN)
    ]
    return IssuedCells(
        headings=tuple(cell for cell in cells if cell.value and cell.part is Part.HEADING),
        words=tuple(cell for cell in cells if cell.value and cell.part is not Part.HEADING),
        blanks=tuple(cell for cell in cells if not cell.value),
    )


def _locked(sheet: Sheet, *, is_list: bool) -> Iterator[IssuedCell]:
    """The locked cells of one sheet but for what is known of the time before.

    The rows of a name list are its unit's own; of a row that is filled only what has words counts.
    """
    rows = sheet.rows[:LIST_FIRST_ROW] if is_list else sheet.rows
    for number, row in enumerate(rows):
        is_filled = any(cell is not None and cell.part in _OPEN for cell in row.cells)
        for column, cell in enumerate(_padded(row, len(sheet.widths))):
            if cell is None:
                if not is_filled:
                    yield IssuedCell(sheet.name, number, column, None, Part.PLAIN)
            elif cell.part not in _OPEN and cell.part is not Part.CLOSED and cell.value:
                yield IssuedCell(sheet.name, number, column, cell.value, cell.part)


def _padded(row: Row, width: int) -> tuple[Cell | None, ...]:
    return (*row.cells, *(None,) * (width - len(row.cells)))


def fingerprint(cells: Iterable[IssuedCell]) -> str:
    """The same for forms with the same words on *cells*."""
    text = "\n".join(f"{c.sheet}!{a1(c.row, c.column)}={c.value}" for c in cells)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def stated(sheets: Sequence[Sheet], form: Layout) -> Mapping[str, str]:
    """What `_identity` says of the locked cells of the *sheets* of a form that is issued."""
    cells = issued_cells(sheets, form)
    known = _BETWEEN.join(
        f"{sheet.name}{_OF_SHEET}{a1(number, column)}{_IS}{_as_text(cell.value)}"
        for sheet in sheets
        if sheet.name in {FORM, SUPPLEMENT}
        for number, row in enumerate(sheet.rows)
        for column, cell in enumerate(row.cells)
        if cell is not None and cell.part is Part.CLOSED and not cell.formula
        if cell.value != CLOSED
    )
    return {
        HEADINGS: fingerprint(cells.headings),
        WORDS: fingerprint(cells.words),
        KNOWN: known,
    }


def _as_text(value: Value) -> str:
    return number_text(value) if isinstance(value, float) else str(value)


def number_text(value: float) -> str:
    """*value* in the fifteen digits that programs show and compare."""
    return f"{value:.15g}"


def stated_values(stated: Mapping[str, str]) -> Mapping[tuple[str, str], str] | None:
    """What the `_identity` of a form states of the time before, by cell; None where it does not."""
    if KNOWN not in stated:
        return None
    pairs = (entry.partition(_IS) for entry in stated[KNOWN].split(_BETWEEN))
    places = ((place.partition(_OF_SHEET), value) for place, _, value in pairs)
    return {(sheet, cell): value for (sheet, _, cell), value in places}

"""A filled form beside the form that was issued: which locked cells say something else now."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from wyexcel.files.address import a1, parse
from wyexcel.files.reading.book import CellValue, Place
from wyexcel.files.writing.sheet import Part
from wyexcel.forms.blank import issued_cells
from wyexcel.forms.blank.form import asking_sheets
from wyexcel.forms.blank.issued_cells import HEADINGS, WORDS, IssuedCell, IssuedCells
from wyexcel.forms.filled.labels import same_words, value_at
from wyexcel.forms.filled.read_form import FilledForm, identity
from wyexcel.forms.layout import Layout
from wyexcel.period import Period
from wyexcel.plan.plan_cache import PlanCache


class ChangedCell(NamedTuple):
    """A locked cell as it was issued, and what stands there now: a formula as it is written."""

    issued: IssuedCell
    value: CellValue

    @property
    def cell(self) -> str:
        """Its address."""
        return a1(self.issued.row, self.issued.column)


class _Issued(NamedTuple):
    """The locked cells of a form as it would be issued now, and their fingerprints."""

    cells: IssuedCells
    headings: str
    words: str


_ISSUED: Final = PlanCache[tuple[Layout, Period], _Issued]()


def _issued(form: FilledForm) -> _Issued:
    """The locked cells of *form*, which is laid out as the present one; the same for all units."""
    plan, period = form.plan, form.submission.period

    def derive() -> _Issued:
        sheets = asking_sheets(form.layout, form.submission.unit, plan, period)
        cells = issued_cells.issued_cells(sheets, form.layout)
        words = (*cells.words, *cells.numbers)
        return _Issued(cells, *map(issued_cells.fingerprint, (cells.headings, words)))

    return _ISSUED.get(plan, (form.layout, period), derive)


def changed_headings(form: FilledForm) -> Iterator[ChangedCell]:
    """The headings that say something else, but for those that are labels (`Labels`)."""
    if form.layout.main.rows:
        now = _issued(form)
        if identity(form.book).get(HEADINGS, now.headings) == now.headings:
            yield from _changed(form, now.cells.headings)


def changed_words(form: FilledForm) -> Iterator[ChangedCell]:
    """The titles, hints and definitions that say something else.

    They follow the plan: of a form that was issued with other words than now nothing is said.
    """
    if _is_worded_as_now(form):
        yield from _changed(form, _issued(form).cells.words)


def changed_numbers(form: FilledForm) -> Iterator[ChangedCell]:
    """The numbers of rows (序号) that are others; nothing of a form as `changed_words` says."""
    if _is_worded_as_now(form):
        yield from _changed(form, _issued(form).cells.numbers)


def _is_worded_as_now(form: FilledForm) -> bool:
    if not form.layout.main.rows:
        return False
    return identity(form.book).get(WORDS) == _issued(form).words


def filled_blanks(form: FilledForm) -> Iterator[ChangedCell]:
    """The cells between titles and headings that were issued blank and are not any more.

    Words that stand beside over several cells (merged) may be repeated in each of these.
    """
    for sheet, number, width, columns in (
        _issued(form).cells.plain_rows if form.layout.main.rows else ()
    ):
        rows = form.book.sheets.get(sheet, ())
        values = rows[number][:width] if number < len(rows) else ()
        for column, value in enumerate(values):
            if value is None or column in columns or value in {*_at(values, columns)}:
                continue
            if is_elsewhere(form, sheet, number, column):
                continue
            yield ChangedCell(IssuedCell(sheet, number, column, None, Part.PLAIN), value)


def _at(values: Sequence[CellValue], columns: Iterable[int]) -> Iterator[CellValue]:
    return (values[column] for column in columns if column < len(values))


def _changed(form: FilledForm, cells: Iterable[IssuedCell]) -> Iterator[ChangedCell]:
    for issued in cells:
        rows = form.book.sheets.get(issued.sheet, ())
        value = value_at(rows, issued.row, issued.column)
        if value == issued.value or _same(value, str(issued.value)):
            continue
        if not is_elsewhere(form, issued.sheet, issued.row, issued.column):
            cell = a1(issued.row, issued.column)
            yield ChangedCell(issued, as_written(form, issued.sheet, cell, value))


def _same(value: CellValue, words: str) -> bool:
    """Whether *value* is *words*, also where the dash of a period (1—9月) is another one."""
    if same_words(value, words):
        return True
    return isinstance(value, str) and _DASHES.sub("—", value) == words


_DASHES: Final = re.compile(r"(?<=\d)[-‐-―－~～至到](?=\d)")


def locked_formulas(form: FilledForm) -> Iterator[ChangedCell]:
    """The locked cells that say what they said, but by a formula which somebody put there."""
    own = form.layout.formulas
    written = [place for place in form.book.formulas or () if place not in own]
    if not written or not form.layout.main.rows:
        return
    locked = _words_of_locked(form)
    for sheet, cell in written:
        issued = locked.get((sheet, cell))
        if issued is not None and not is_elsewhere(form, sheet, issued.row, issued.column):
            value = value_at(form.book.sheets.get(sheet, ()), issued.row, issued.column)
            if value == issued.value or _same(value, str(issued.value)):
                yield ChangedCell(issued, as_written(form, sheet, cell, value))


def _words_of_locked(form: FilledForm) -> Mapping[Place, IssuedCell]:
    """Every locked cell in which something stood, by its place; what is known is left out."""
    cells = _issued(form).cells
    labels = (
        IssuedCell(a.sheet, a.row, a.column, a.text, Part.HEADING) for a in form.layout.labels
    )
    measures = (
        IssuedCell(sheet, *parse(cell), words, Part.NAME)
        for (sheet, cell), words in form.layout.locked.items()
    )
    issued = (*cells.headings, *cells.words, *cells.numbers, *labels, *measures)
    return {(c.sheet, a1(c.row, c.column)): c for c in issued}


def is_elsewhere(form: FilledForm, sheet: str, row: int, column: int) -> bool:
    """Whether what stood in a cell need not stand there now, or is told of with its label."""
    return form.labels.is_shifted(sheet) or form.labels.is_unreadable(sheet, row, column)


def as_written(form: FilledForm, sheet: str, cell: str, value: CellValue) -> CellValue:
    """What was typed into a cell in which *value* was read: its formula, its error, or just it."""
    formula = (form.book.formulas or {}).get((sheet, cell))
    return form.book.errors.get((sheet, cell), value) if formula is None else f"={formula}"

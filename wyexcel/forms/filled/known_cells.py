"""The cells of a form in which the office told what it knew: 上期累计, 上年同期, 年度目标."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from wyexcel.files.address import a1
from wyexcel.files.reading.book import CellValue
from wyexcel.forms.blank.issued_cells import number_text, place
from wyexcel.forms.filled.labels import same_words, value_at
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.layout import Layout
from wyexcel.forms.main_sheet import CLOSED
from wyexcel.forms.slot import FORM
from wyexcel.forms.supplement import KNOWN_COLUMN, SUPPLEMENT
from wyexcel.plan.comparison_elements import summed

_KEPT: Final = 512


class Known(StrEnum):
    """What is known when a form is issued."""

    PREVIOUS = "上期累计"
    YEAR_AGO = "上年同期"
    TARGET = "年度目标"


class KnownCell(NamedTuple):
    """One such cell, and what it is about: an element, or the name of an indicator."""

    kind: Known
    sheet: str
    row: int
    column: int
    cell: str
    about: str
    name: str


@lru_cache(maxsize=_KEPT)
def known_cells(layout: Layout, kind: Known) -> tuple[KnownCell, ...]:
    """Every such cell of one *kind* on a form; one that is laid out as an older one has none."""
    return tuple(cell for cell in _known_cells(layout) if cell.kind is kind)


def _known_cells(layout: Layout) -> Iterator[KnownCell]:
    main, extra = layout.main, layout.supplement
    for row, _, element in main.rows:
        for kind, column in (
            (Known.PREVIOUS, main.previous_column),
            (Known.YEAR_AGO, main.year_ago_column),
        ):
            cell = a1(row, column)
            yield KnownCell(kind, FORM, row, column, cell, element.code, element.name)
    for row, indicator in extra.progress_rows:
        yield _beside(Known.TARGET, row, indicator.name, indicator.name)
    for row, element in extra.number_rows:
        yield _beside(Known.PREVIOUS, row, summed(element.code) or element.code, element.name)


def _beside(kind: Known, row: int, about: str, name: str) -> KnownCell:
    """The cell of a row of 补充."""
    cell = a1(row, KNOWN_COLUMN)
    return KnownCell(kind, SUPPLEMENT, row, KNOWN_COLUMN, cell, about, name)


def issued_value(form: FilledForm, known: KnownCell) -> str | None:
    """The words or the number with which *form* was issued there.

    None for a form that was issued before forms stated it.
    """
    stated = form.stated_values
    return None if stated is None else stated.get(place(known.sheet, known.cell), CLOSED)


def value_in(form: FilledForm, known: KnownCell) -> CellValue:
    """What stands there now."""
    return value_at(form.book.sheets.get(known.sheet, ()), known.row, known.column)


def issued_previous(form: FilledForm, element: str) -> Decimal | None:
    """The 上期累计 of *element* with which *form* was issued; None where it does not say one."""
    for known in known_cells(form.layout, Known.PREVIOUS):
        issued = issued_value(form, known) if known.about == element else None
        if issued is not None and issued != CLOSED:
            return _number(issued)
    return None


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def stands(value: CellValue, issued: str) -> bool:
    """Whether *value* is what was *issued*, a number in fifteen digits."""
    if isinstance(value, float):
        return number_text(value) == issued
    return same_words(value, issued)

"""The cells of a form in which the office told what it knew: 上期累计, 上年同期, 年度目标."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from wyexcel.files.address import a1
from wyexcel.files.reading.book import CellValue
from wyexcel.forms.blank.issued_cells import number_text
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
    about: str
    name: str

    @property
    def cell(self) -> str:
        """Its address."""
        return a1(self.row, self.column)


@lru_cache(maxsize=_KEPT)
def known_cells(layout: Layout) -> tuple[KnownCell, ...]:
    """Every such cell of a form laid out as *layout*; one that was laid out otherwise has none."""
    return tuple(_known_cells(layout))


def _known_cells(layout: Layout) -> Iterator[KnownCell]:
    main, extra = layout.main, layout.supplement
    for row, _, element in main.rows:
        for kind, column in (
            (Known.PREVIOUS, main.previous_column),
            (Known.YEAR_AGO, main.year_ago_column),
        ):
            yield KnownCell(kind, FORM, row, column, element.code, element.name)
    for row, indicator in extra.progress_rows:
        name = indicator.name
        yield KnownCell(Known.TARGET, SUPPLEMENT, row, KNOWN_COLUMN, name, name)
    for row, element in extra.number_rows:
        about = summed(element.code) or element.code
        yield KnownCell(Known.PREVIOUS, SUPPLEMENT, row, KNOWN_COLUMN, about, element.name)


def issued_value(form: FilledForm, place: KnownCell) -> str | None:
    """The words or the number with which *form* was issued there.

    None for a form that was issued before forms stated it.
    """
    stated = form.stated_values
    return None if stated is None else stated.get((place.sheet, place.cell), CLOSED)


def value_in(form: FilledForm, place: KnownCell) -> CellValue:
    """What stands there now."""
    return value_at(form.book.sheets.get(place.sheet, ()), place.row, place.column)


def issued_previous(form: FilledForm, element: str) -> Decimal | None:
    """The 上期累计 of *element* with which *form* was issued; None where it does not say one."""
    for place in known_cells(form.layout):
        if place.kind is Known.PREVIOUS and place.about == element:
            issued = issued_value(form, place)
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

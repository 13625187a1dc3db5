"""The formulas that stand in number cells: what they come to, held against what is stored there."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from wyexcel.files.address import parse
from wyexcel.files.reading.book import Book, CellValue, Place
from wyexcel.files.reading.formulas.check import Agreement, Comparison, FormulaChecker, as_fraction
from wyexcel.forms.asked import ListColumn
from wyexcel.forms.filled.labels import Labels, value_at
from wyexcel.forms.filled.reading_order import reading_order
from wyexcel.forms.layout import Layout


class UnconfirmedFormula(NamedTuple):
    """A formula that may not come to the value that is `stored` in its cell, and why."""

    formula: str
    stored: CellValue
    comparison: Comparison

    @property
    def is_wrong(self) -> bool:
        """Whether it comes to another value than the one that is stored."""
        return self.comparison.agreement is Agreement.DIFFERENT

    @property
    def is_unknown(self) -> bool:
        """Whether a number is stored, and nobody here knows if that is what it comes to."""
        is_number = as_fraction(self.stored) is not None
        return self.comparison.agreement is Agreement.UNKNOWN and is_number


UnconfirmedFormulas: TypeAlias = Mapping[Place, UnconfirmedFormula]
"""Formulas that are not confirmed, by their cells."""

NONE_UNCONFIRMED: Final[UnconfirmedFormulas] = {}


def unconfirmed_formulas(book: Book, layout: Layout, labels: Labels) -> UnconfirmedFormulas:
    """The formulas in the number cells and the amounts of *layout* that are not confirmed.

    One without a result, or with an error, is told by that alone.
    """
    if not book.formulas or book.formulas.keys() <= layout.formulas.keys():
        return NONE_UNCONFIRMED
    checker = FormulaChecker(book)
    unconfirmed: dict[Place, UnconfirmedFormula] = {}
    for sheet, cell in _number_places(book.formulas, layout):
        row, column = parse(cell)
        place = sheet, cell
        if place in book.uncached or place in book.errors or sheet not in book.sheets:
            continue
        if labels.is_unreadable(sheet, row, column):
            continue
        formula, stored = book.formulas[place], value_at(book.sheets[sheet], row, column)
        comparison = checker.compare(formula, sheet, stored)
        if comparison.agreement is not Agreement.SAME:
            unconfirmed[place] = UnconfirmedFormula(formula, stored, comparison)
    return unconfirmed


def _number_places(formulas: Mapping[Place, str], layout: Layout) -> Iterator[Place]:
    """Those of the cells with *formulas* that ask for a number, in reading order."""
    order = reading_order(layout)
    for sheet, number_rows in order.number_rows.items():
        for number_row in number_rows:
            yield from ((sheet, c.cell) for c in number_row.cells if (sheet, c.cell) in formulas)
    for area in order.name_lists:
        column = area.columns.get(ListColumn.AMOUNT)
        rows = (parse(cell) for sheet, cell in formulas if sheet == area.sheet)
        for row in sorted(r for r, c in rows if c == column and r >= area.first):
            yield area.sheet, area.cell(row, ListColumn.AMOUNT)

"""Cells with equal values, grouped into rectangles: a live workbook is slow cell by cell."""

from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T", bound=Hashable)


class Area(NamedTuple):
    """A rectangle of cells; rows and columns count from 1, both ends are inside."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def first(self) -> tuple[int, int]:
        """The corner that xlwings names first."""
        return (self.top, self.left)

    @property
    def last(self) -> tuple[int, int]:
        """The corner across from it."""
        return (self.bottom, self.right)


def equal_areas(table: Sequence[Sequence[T | None]]) -> Iterator[tuple[Area, T]]:
    """Each area of *table* whose cells have one value, with that value; None is left out.

    Equal neighbours in a row are joined first, then rows with the same stretches.

    >>> [(tuple(area), value) for area, value in equal_areas([["a", "a", "b"], ["a", "a", None]])]
    [((1, 3, 1, 3), 'b'), ((1, 1, 2, 2), 'a')]
    """
    open_: dict[tuple[int, int], tuple[int, T]] = {}
    for number, row in enumerate((*table, ()), start=1):
        runs = {(left, right): value for left, right, value in _runs(row)}
        for span, (top, value) in list(open_.items()):
            if runs.get(span) != value:
                yield Area(top, span[0], number - 1, span[1]), value
                del open_[span]
        for span, value in runs.items():
            open_.setdefault(span, (number, value))


def _runs(row: Sequence[T | None]) -> Iterator[tuple[int, int, T]]:
    """First column, last column and value of each stretch of equal values in *row*."""
    start = 0
    for column, value in enumerate(row):
        if column + 1 < len(row) and row[column + 1] == value:
            continue
        if value is not None:
            yield start + 1, column + 1, value
        start = column + 1

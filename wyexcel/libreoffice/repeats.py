"""Rows of merged cells that are parted like the row above: made once, and copied."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from wyexcel.libreoffice.place import Place


class Repeat(NamedTuple):
    """Merged cells side by side in a row, and how many rows from it on are parted so.

    A merged cell that is more than one row high is alone.
    """

    first: tuple[Place, ...]
    rows: int

    def copies(self) -> Iterator[tuple[Place, int]]:
        """What is copied, and to which row on: all that is there already, as long as it is needed.

        >>> one = Place(4, 0, 4, 2)
        >>> [(source.bottom - 3, row) for source, row in Repeat((one,), 6).copies()]
        [(1, 5), (2, 6), (2, 8)]
        """
        top = self.first[0].top
        left, right = self.first[0].left, self.first[-1].right
        done = 1
        while done < self.rows:
            count = min(done, self.rows - done)
            yield Place(top, left, top + count - 1, right), top + done
            done += count


def rows(places: Iterable[Place]) -> Iterator[Repeat]:
    """The merged cells at *places*, rows that are parted alike together.

    >>> [(repeat.first[0].top, repeat.rows) for repeat in rows(
    ...     [Place(0, 0, 0, 4), Place(1, 0, 1, 1), Place(2, 0, 2, 1), Place(3, 0, 4, 1)]
    ... )]
    [(3, 1), (0, 1), (1, 2)]
    """
    every = sorted(places)
    tall = [place for place in every if place.bottom > place.top]
    flat = [place for place in every if place.bottom == place.top]
    yield from (Repeat((place,), 1) for place in tall)
    taken = {row for place in tall for row in range(place.top, place.bottom + 1)}
    last: Repeat | None = None
    for row, cells in groupby(flat, key=attrgetter("top")):
        found = tuple(cells)
        if row in taken:  # a copy would part the cell beside it
            yield from (Repeat((place,), 1) for place in found)
        elif last is not None and _continues(last, found):
            last = last._replace(rows=last.rows + 1)
        else:
            if last is not None:
                yield last
            last = Repeat(found, 1)
    if last is not None:
        yield last


def _continues(above: Repeat, cells: tuple[Place, ...]) -> bool:
    """Whether *cells* are the row right below *above*, and parted like it."""
    moved = (place._replace(top=cells[0].top, bottom=cells[0].top) for place in above.first)
    return cells[0].top == above.first[0].top + above.rows and cells == tuple(moved)

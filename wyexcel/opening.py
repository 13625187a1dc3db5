"""Forms opened, each read as far as it is needed and no further."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from wyexcel import grid
from wyexcel.book import Book
from wyexcel.collect import identity, stated_period
from wyexcel.layout import IDENTITY, SLOTS, UNREAD, layout
from wyexcel.plan import Plan
from wyexcel.refusal import Unreadable

Tell: TypeAlias = Callable[[str, int, int], None]
"""What is told while it works: what is being done, how many are done, how many there are."""

_SKIPPED: Final = (*UNREAD, SLOTS)


def books(
    paths: Sequence[Path], plan: Plan, *, tell: Tell | None = None
) -> Iterator[Book | Unreadable]:
    """Every workbook of *paths*, in their order.

    A form that is laid out as we lay it out now says nothing in its `_form` that we do not know;
    the `_form` of any other is read too.
    """
    for path, book in zip(
        paths, grid.read_all(paths, skip=_SKIPPED, need=IDENTITY, progress=tell), strict=True
    ):
        if isinstance(book, Book) and IDENTITY in book.names and not _is_ours(book, plan):
            yield next(grid.read_all([path], skip=UNREAD, need=IDENTITY))
        else:
            yield book


def _is_ours(book: Book, plan: Plan) -> bool:
    """Whether the form's fingerprint is that of our layout for its unit and period."""
    said = identity(book)
    unit, period = plan.unit_named(said.get("unit", "")), stated_period(said)
    if unit is None or period is None or not plan.reports(unit.name):
        return False
    return said.get("form") == layout(plan, unit.name, period).fingerprint

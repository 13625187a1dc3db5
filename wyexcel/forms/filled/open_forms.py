"""Forms opened, each read as far as it is needed and no further."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias

from wyexcel.files.reading import pool
from wyexcel.files.reading.book import Book
from wyexcel.files.reading.refusal import Unreadable
from wyexcel.forms.filled.read_form import identity, stated_period
from wyexcel.forms.layout import IDENTITY, SLOTS, UNREAD, layout
from wyexcel.plan.plan import Plan

Tell: TypeAlias = pool.ReportProgress

_SKIPPED: Final = (*UNREAD, SLOTS)
_AT_ONCE: Final = 50
"""How many workbooks are kept until it is known which of them are to be read again."""


def books(
    paths: Sequence[Path], plan: Plan, *, tell: Tell | None = None
) -> Iterator[Book | Unreadable]:
    """Every workbook of *paths*, in their order.

    A form that is laid out as we lay it out now says nothing in its `_form` that we do not know;
    the `_form` of any other is read too.
    """
    read = zip(
        paths, pool.read_all(paths, skip=_SKIPPED, need=IDENTITY, progress=tell), strict=True
    )
    while batch := list(islice(read, _AT_ONCE)):
        others = [path for path, book in batch if _is_other(book, plan)]
        again = dict(zip(others, pool.read_all(others, skip=UNREAD, need=IDENTITY), strict=True))
        for path, book in batch:
            yield again.get(path, book)


def _is_other(book: Book | Unreadable, plan: Plan) -> bool:
    """Whether it is a form that is laid out in another way than ours."""
    return isinstance(book, Book) and IDENTITY in book.names and not _is_ours(book, plan)


def _is_ours(book: Book, plan: Plan) -> bool:
    """Whether the form's fingerprint is that of our layout for its unit and period."""
    fields = identity(book)
    unit, period = plan.unit_named(fields.get("unit", "")), stated_period(fields)
    if unit is None or period is None or not plan.reports(unit.name):
        return False
    return fields.get("form") == layout(plan, unit.name, period).fingerprint

"""Workbooks read into plain values: the only reader."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from python_calamine import CalamineError, load_workbook

from wyexcel.book import Book, Rows
from wyexcel.refusal import Reason, Refused, Unreadable, phrase
from wyexcel.submission import CellValue

__all__ = ["Book", "Reason", "Unreadable", "read", "read_all"]

Tell: TypeAlias = Callable[[str, int, int], None]
"""What is told while it works: what is being done, how many are done, how many there are."""


def read(
    path: Path,
    *,
    only: Collection[str] | None = None,
    skip: Collection[str] = (),
    need: str | None = None,
) -> Book | Unreadable:
    """The workbook at *path*, or why it cannot be read.

    With *only*, just those sheets are read; those in *skip* are not. With *need*, a workbook
    that lacks that sheet is told by its names alone.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return _unreadable(path, "", Refused(Reason.NO_ACCESS))
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        book = load_workbook(BytesIO(data))
    except CalamineError:
        return _unreadable(path, sha256, Refused(Reason.DAMAGED))
    names = tuple(book.sheet_names)
    wanted = [n for n in names if (only is None or n in only) and n not in skip]
    if need is not None and need not in names:
        wanted = []
    return Book(
        file=path.name,
        sha256=sha256,
        names=names,
        sheets={
            n: _rows(book.get_sheet_by_name(n).to_python(skip_empty_area=False)) for n in wanted
        },
        errors={},
        uncached=frozenset(),
        links=(),
        macros=False,
    )


def _rows(rows: Sequence[Sequence[CellValue]]) -> Rows:
    return [[None if isinstance(v, str) and not v.strip() else v for v in row] for row in rows]


def _unreadable(path: Path, sha256: str, refused: Refused) -> Unreadable:
    return Unreadable(
        file=path.name,
        sha256=sha256,
        reason=refused.reason,
        detail=phrase(refused.reason, refused.where),
    )


def read_all(
    paths: Sequence[Path],
    *,
    skip: Collection[str] = (),
    need: str | None = None,
    progress: Tell | None = None,
) -> Iterator[Book | Unreadable]:
    """What `read` gives for each of *paths*, in their order."""
    for done, path in enumerate(paths, start=1):
        yield read(path, skip=skip, need=need)
        if progress is not None:
            progress("读表", done, len(paths))

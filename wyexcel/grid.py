"""Workbooks read into plain values: the only reader."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from stat import S_ISREG
from typing import TypeAlias

from python_calamine import CalamineError, CalamineWorkbook

from wyexcel import guard
from wyexcel.book import Book, Rows
from wyexcel.container import MAX_FILE
from wyexcel.guard import Cleared
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
    sha256 = ""
    try:
        data = _content(path)
        sha256 = hashlib.sha256(data).hexdigest()
        cleared = guard.clear(data, only=only, skip=skip, need=need)
        sheets = _sheets(cleared)
    except Refused as refused:
        return Unreadable(
            file=path.name,
            sha256=sha256,
            reason=refused.reason,
            detail=phrase(refused.reason, refused.where),
        )
    seen = cleared.seen.items()
    return Book(
        file=path.name,
        sha256=sha256,
        names=cleared.names,
        sheets=sheets,
        errors={(name, cell): text for name, one in seen for cell, text in one.errors.items()},
        uncached=frozenset((name, cell) for name, one in seen for cell in one.uncached),
        links=cleared.links,
        macros=cleared.macros,
    )


def _content(path: Path) -> bytes:
    """The bytes of the file at *path*; raise Refused where there are none or too many."""
    try:
        about = path.stat()
        if not S_ISREG(about.st_mode):
            raise Refused(Reason.NO_ACCESS)
        if about.st_size > MAX_FILE:
            raise Refused(Reason.TOO_BIG)
        with path.open("rb", buffering=0) as file:
            return file.read(about.st_size)
    except (OSError, ValueError):
        raise Refused(Reason.NO_ACCESS) from None


def _sheets(cleared: Cleared) -> Mapping[str, Rows]:
    """The values of the sheets that were cleared; raise Refused where they cannot be had."""
    if not cleared.package:
        return {}
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(cleared.package))
        if tuple(book.sheet_names) != cleared.names:
            raise Refused(Reason.DISAGREE)
        read = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in cleared.seen
        }
    except CalamineError:
        raise Refused(Reason.DAMAGED) from None
    for name, rows in read.items():
        if bool(rows) != cleared.seen[name].filled:
            raise Refused(Reason.DISAGREE, name)
    return {name: _plain(rows) for name, rows in read.items()}


def _plain(rows: Sequence[Sequence[CellValue]]) -> Rows:
    return [[None if isinstance(v, str) and not v.strip() else v for v in row] for row in rows]


def read_all(
    paths: Sequence[Path],
    *,
    skip: Collection[str] = (),
    need: str | None = None,
    progress: Tell | None = None,
) -> Iterator[Book | Unreadable]:
    """What `read` gives for each of *paths*, in their order, and whatever reading one does."""
    from wyexcel import reader  # noqa: PLC0415  its processes import this module, and not that

    for done, book in enumerate(reader.read_all(paths, skip=skip, need=need), start=1):
        yield book
        if progress is not None:
            progress("读表", done, len(paths))

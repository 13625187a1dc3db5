"""Workbooks read into plain values: the only reader."""

import hashlib
import os
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from io import BytesIO, FileIO
from math import isfinite
from stat import S_ISREG
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from wyexcel.files.address import parse
from wyexcel.files.reading import preflight
from wyexcel.files.reading.book import Book, CellValue, Place, Rows
from wyexcel.files.reading.preflight import Cleared
from wyexcel.files.reading.refusal import Reason, Refused, Unreadable, phrase
from wyexcel.files.reading.sheet_facts import SheetFacts
from wyexcel.files.reading.zip_container import MAX_FILE

_ISO: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]*)?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
"""A date as files write it as text: its day, its time without parts of seconds, its zone."""
_PANIC: Final = "PanicException"
"""What calamine raises when it has lost its way; it is no Exception, and cannot be imported."""


_FORMULAS_TOLD: Final = frozenset({"", ".ods"})
"""The formats in which a formula can be told from a value: .xlsx, and this one."""


def read(
    path: str | os.PathLike[str],
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
        cleared, saved_as = _cleared(data, only=only, skip=skip, need=need)
        sheets = _sheets(cleared)
    except Refused as refused:
        return Unreadable(
            file=os.path.basename(path),
            sha256=sha256,
            reason=refused.reason,
            detail=phrase(refused.reason, refused.where),
        )
    seen = cleared.facts.items()
    looks = {(name, cell): look for name, facts in seen for cell, look in facts.looks.items()}
    return Book(
        file=os.path.basename(path),
        sha256=sha256,
        names=cleared.names,
        sheets=sheets,
        errors={(name, cell): text for name, facts in seen for cell, text in facts.errors.items()},
        uncached=frozenset((name, cell) for name, facts in seen for cell in facts.uncached),
        links=cleared.links,
        macros=cleared.macros,
        merged={name: facts.merged for name, facts in seen if facts.merged},
        hidden={name: what for name, facts in seen if (what := _hidden(name, facts, cleared))},
        broken=cleared.broken,
        percent=frozenset(place for place, look in looks.items() if look.percent),
        saved_as=saved_as,
        looks=looks,
        formulas=_formulas(cleared) if saved_as in _FORMULAS_TOLD else None,
        attached=cleared.attached,
        mixed={(name, cell): text for name, facts in seen for cell, text in facts.mixed.items()},
        struck=frozenset((name, cell) for name, facts in seen for cell in facts.struck),
        notes=cleared.notes,
        covers=cleared.covers,
    )


def _cleared(
    data: bytes, *, only: Collection[str] | None, skip: Collection[str], need: str | None
) -> tuple[Cleared, str]:
    """What may be read of *data*, and the format it has where that is not .xlsx.

    Another format is read only for the sake of the sheet that is needed.
    """
    try:
        return preflight.clear_xlsx(data, only=only, skip=skip, need=need), ""
    except Refused as refused:
        if need is None:
            raise
        from wyexcel.files.reading.formats import preflight_by_format  # noqa: PLC0415  few files need it, and it takes time

        cleared = preflight_by_format.clear_other_format(data, refused, skip=skip, need=need)
        return cleared, preflight_by_format.NAMES[refused.reason]


def _formulas(cleared: Cleared) -> Mapping[Place, str]:
    """What every cell reckons that has a formula; another format hides that when it is read."""
    seen = cleared.facts.items()
    return {(name, cell): text for name, facts in seen for cell, text in facts.formulas.items()}


def _hidden(name: str, seen: SheetFacts, cleared: Cleared) -> str:
    """What of the sheet *name* is hidden; `*` where it is hidden itself."""
    return "*" if name in cleared.hidden else seen.hidden


def _content(path: str | os.PathLike[str]) -> bytes:
    """The bytes of the file at *path*; raise Refused where there are none or too many."""
    try:
        about = os.stat(path)
        if not S_ISREG(about.st_mode):
            raise Refused(Reason.NO_ACCESS)
        if about.st_size > MAX_FILE:
            raise Refused(Reason.TOO_BIG)
        with FileIO(path) as file:
            return file.read(about.st_size)
    except (OSError, ValueError):
        raise Refused(Reason.NO_ACCESS) from None


def _sheets(cleared: Cleared) -> Mapping[str, Rows]:
    """The values of the sheets that were cleared; raise Refused where they cannot be had."""
    if not cleared.package:
        return {}
    read = _values(cleared)
    for name, seen in cleared.facts.items():
        if name not in read or not _agree(read[name], seen):
            raise Refused(Reason.DISAGREE, name)
    sheets: dict[str, Rows] = {name: [_row(row) for row in rows] for name, rows in read.items()}
    for name, seen in cleared.facts.items():
        for cell in seen.moments:
            _put_moment(sheets[name], cell)
    return sheets


def _put_moment(rows: Rows, cell: str) -> None:
    """Make a date of the text in *cell*, which the file says is one; its time zone is not shown."""
    row, column = parse(cell)
    value = rows[row][column]
    match = _ISO.fullmatch(value.strip()) if isinstance(value, str) else None
    if match:
        with suppress(ValueError):
            rows[row][column] = datetime.fromisoformat(f"{match[1]}T{match[2] or '00:00'}")


def _agree(read: Sequence[Sequence[CellValue]], seen: SheetFacts) -> bool:
    """Whether values were *read* where there are some; formulas may have given empty text."""
    if seen.filled:
        return bool(read)
    return all(value == "" for row in read for value in row)


def _values(cleared: Cleared) -> Mapping[str, Sequence[Sequence[CellValue]]]:
    """What calamine reads, by sheet; raise Refused where it fails, in whatever way."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(cleared.package))
        known = cleared.facts if tuple(book.sheet_names) == cleared.names else ()
        return {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in known}
    except (CalamineError, ArithmeticError, OSError, ValueError):
        raise Refused(Reason.DAMAGED) from None
    except BaseException as error:
        if type(error).__name__ == _PANIC:
            raise Refused(Reason.CRASHED) from None
        raise


def _row(read: Sequence[CellValue]) -> list[CellValue]:
    """The values of a row up to its last one."""
    end = len(read)
    while end and read[end - 1] == "":
        end -= 1
    row = [
        (v if v and not v.isspace() else None) if type(v) is str else _value(v) for v in read[:end]
    ]
    while row and row[-1] is None:
        row.pop()
    return row


def _value(read: CellValue | int) -> CellValue:
    """What is no text, as people see it: what is no number is text."""
    if isinstance(read, float):
        return read if isfinite(read) else str(read)
    return float(read) if type(read) is int else read

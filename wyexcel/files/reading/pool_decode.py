"""A worker's line taken for what it says, if it has the form of an answer; nothing in it is run."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias, cast

from msgspec import DecodeError, Struct
from msgspec.json import Decoder

from wyexcel.files.reading.book import Attached, Book, CellValue, Cover, Place, Rows
from wyexcel.files.reading.defined_names import BrokenName
from wyexcel.files.reading.pool_encode import READ, REFUSED
from wyexcel.files.reading.refusal import Reason, Unreadable
from wyexcel.files.reading.runs import MixedText
from wyexcel.files.reading.sheet_facts import CellLook

_Moment: TypeAlias = dict[str, str | int]
_Value: TypeAlias = str | float | bool | _Moment | None
_Sheet: TypeAlias = tuple[str, list[list[_Value]]]
_MOMENT: Final = b'{"'
"""How a point in time begins; in a text the quotation mark would be escaped."""


class Garbled(Exception):
    """A line that is no answer: its worker is not to be trusted any more."""


class _Read(Struct, array_like=True, forbid_unknown_fields=True, tag=READ):
    """A workbook that was read, in the order in which `pool_encode.encode` says it."""

    sha256: str
    names: tuple[str, ...]
    sheets: tuple[_Sheet, ...]
    errors: tuple[tuple[Place, str], ...]
    uncached: frozenset[Place]
    links: tuple[str, ...]
    macros: bool
    merged: tuple[tuple[str, str], ...]
    hidden: tuple[tuple[str, str], ...]
    broken: tuple[tuple[str, str], ...]
    percent: frozenset[Place]
    saved_as: str
    formulas: tuple[tuple[Place, str], ...] | None
    looks: tuple[tuple[Place, CellLook], ...]
    attached: tuple[tuple[str, str, str, str], ...]
    mixed: tuple[tuple[Place, MixedText], ...]
    struck: frozenset[Place]
    notes: tuple[tuple[Place, str], ...]
    covers: tuple[Cover, ...]


class _Refused(Struct, array_like=True, forbid_unknown_fields=True, tag=REFUSED):
    """A file that was not read as a workbook."""

    sha256: str
    reason: Reason
    detail: str


_DECODER: Final = Decoder[_Read | _Refused](_Read | _Refused)


def decode(line: bytes, file: str) -> Book | Unreadable:
    """The answer that *line* says about *file*; raise Garbled where it says none."""
    try:
        answer = _DECODER.decode(line)
        if isinstance(answer, _Refused):
            return Unreadable(file, answer.sha256, answer.reason, answer.detail)
        return Book(
            file=file,
            sha256=answer.sha256,
            names=answer.names,
            sheets=_sheets(answer, has_moments=_MOMENT in line),
            errors=dict(answer.errors),
            uncached=answer.uncached,
            links=answer.links,
            macros=answer.macros,
            merged=dict(answer.merged),
            hidden=dict(answer.hidden),
            broken=tuple(map(BrokenName._make, answer.broken)),
            percent=answer.percent,
            saved_as=answer.saved_as,
            formulas=None if answer.formulas is None else dict(answer.formulas),
            looks=dict(answer.looks),
            attached=tuple(map(Attached._make, answer.attached)),
            mixed=dict(answer.mixed),
            struck=answer.struck,
            notes=dict(answer.notes),
            covers=answer.covers,
        )
    except (DecodeError, ValueError, TypeError, LookupError, RecursionError):
        raise Garbled from None


def _sheets(answer: _Read, *, has_moments: bool) -> Mapping[str, Rows]:
    """The values of every sheet of *answer*."""
    if not has_moments:
        return cast("dict[str, Rows]", dict(answer.sheets))
    return {name: [[*map(_value, row)] for row in rows] for name, rows in answer.sheets}


def _value(value: _Value) -> CellValue:
    return _moment(value) if isinstance(value, dict) else value


def _moment(tagged: _Moment) -> date | time | timedelta:
    """The point in time that `pool_encode` made *tagged* of."""
    match tagged:
        case {"datetime": str(text)}:
            return datetime.fromisoformat(text)
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case {"time": str(text)}:
            return time.fromisoformat(text)
        case {"microseconds": int(count)}:
            return timedelta(microseconds=count)
        case _:
            raise Garbled

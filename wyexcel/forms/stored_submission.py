"""A submission as bytes and back, so that a form that was read once need not be read again."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, TypeAlias

import msgspec
from msgspec import Struct

from wyexcel.files.reading.book import CellValue
from wyexcel.forms.submission import Entry, ListedItem, ProgressNote, Submission, Vintage
from wyexcel.period import Period

_MICROSECOND: Final = timedelta(microseconds=1)

_Number: TypeAlias = tuple[str, str, str, str, Decimal | None, str, str]
"""An `Entry` without what was typed: element, park, sheet, cell, number, state, remark."""

_Typed: TypeAlias = tuple[int, str, Any]
"""What was typed where it is not the number itself: the place in the list, the type, the value."""


class _Stored(Struct, array_like=True):
    """A `Submission` in values that MessagePack knows."""

    file: str
    sha256: str
    unit: str
    year: int
    month: int
    entries: tuple[_Number, ...]
    typed: tuple[_Typed, ...]
    items: tuple[ListedItem, ...]
    extras: tuple[_Number, ...]
    typed_extras: tuple[_Typed, ...]
    progress_notes: dict[int, ProgressNote]
    asked: dict[str, int]
    people: tuple[str, str, str, str]
    vintage: Vintage


def encode(submissions: Sequence[Submission]) -> bytes:
    """*submissions* as bytes (MessagePack), the same for equal ones."""
    return msgspec.msgpack.encode([_stored(submission) for submission in submissions])


def decode(content: bytes) -> tuple[Submission, ...]:
    """The submissions that `encode` made *content* of; raises msgspec.MsgspecError for others."""
    return tuple(_submission(stored) for stored in _DECODER.decode(content))


_DECODER: Final = msgspec.msgpack.Decoder(tuple[_Stored, ...])


def _stored(submission: Submission) -> _Stored:
    s = submission
    return _Stored(
        file=s.file,
        sha256=s.sha256,
        unit=s.unit,
        year=s.period.year,
        month=s.period.month,
        entries=tuple(map(_number, s.entries)),
        typed=tuple(_typed(s.entries)),
        items=s.items,
        extras=tuple(map(_number, s.extras)),
        typed_extras=tuple(_typed(s.extras)),
        progress_notes=dict(s.progress_notes),
        asked=dict(s.asked),
        people=(s.preparer, s.reviewer, s.phone, s.filled_on),
        vintage=s.vintage,
    )


def _submission(stored: _Stored) -> Submission:
    preparer, reviewer, phone, filled_on = stored.people
    return Submission(
        file=stored.file,
        sha256=stored.sha256,
        unit=stored.unit,
        period=Period(stored.year, stored.month),
        entries=_entries(stored.entries, stored.typed),
        items=stored.items,
        extras=_entries(stored.extras, stored.typed_extras),
        progress_notes=stored.progress_notes,
        asked=stored.asked,
        preparer=preparer,
        reviewer=reviewer,
        phone=phone,
        filled_on=filled_on,
        vintage=stored.vintage,
    )


def _number(entry: Entry) -> _Number:
    element, park, sheet, cell, _, number, state, remark = entry
    return element, park, sheet, cell, number, state, remark


def _typed(entries: Sequence[Entry]) -> Iterator[_Typed]:
    """What was typed in the cells that do not hold just their number, as a float."""
    for place, entry in enumerate(entries):
        plain = None if entry.number is None else float(entry.number)
        if type(entry.raw) is not type(plain) or entry.raw != plain:
            yield place, type(entry.raw).__name__, _as_plain(entry.raw)


def _as_plain(value: CellValue) -> Any:
    """*value* in a type that comes back as it went."""
    if isinstance(value, timedelta):
        return value // _MICROSECOND
    return value.isoformat() if isinstance(value, date | time) else value


def _entries(numbers: Sequence[_Number], typed: Sequence[_Typed]) -> tuple[Entry, ...]:
    raws = {place: _RESTORED[kind](value) for place, kind, value in typed}
    return tuple(
        Entry(
            element,
            park,
            sheet,
            cell,
            raws[place] if place in raws else None if number is None else float(number),
            number,
            state,
            remark,
        )
        for place, (element, park, sheet, cell, number, state, remark) in enumerate(numbers)
    )


def _duration(microseconds: int) -> timedelta:
    return timedelta(microseconds=microseconds)


def _nothing(_value: None) -> None:
    return None


_RESTORED: Final[dict[str, Any]] = {
    "NoneType": _nothing,
    "str": str,
    "bool": bool,
    "int": int,
    "float": float,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": _duration,
}

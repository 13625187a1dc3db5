"""What a worker answers, as one line of JSON: plain values, and nothing that could run."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from wyexcel.files.reading.book import Book
from wyexcel.files.reading.refusal import Reason, Unreadable

_MICROSECOND: Final = timedelta(microseconds=1)


class Garbled(Exception):
    """A line that is no answer: its worker is not to be trusted any more."""


def encode(answer: Book | Unreadable) -> bytes:
    """The line that says *answer*; the name of the file is left to the one who asked."""
    if isinstance(answer, Unreadable):
        plain: list[Any] = [answer.sha256, answer.reason, answer.detail]
    else:
        plain = [
            answer.sha256,
            answer.names,
            [*answer.sheets.items()],
            [[*place, text] for place, text in answer.errors.items()],
            [*answer.uncached],
            answer.links,
            answer.macros,
            [*answer.merged.items()],
            [*answer.hidden.items()],
            answer.broken,
            [*answer.percent],
            answer.saved_as,
            None if answer.formulas is None else [[*p, t] for p, t in answer.formulas.items()],
        ]
    return _ENCODER.encode(plain).encode("utf-8", "surrogatepass") + b"\n"


def decode(line: bytes, file: str) -> Book | Unreadable:
    """The answer that *line* says about *file*; raise Garbled where it says none."""
    try:
        match _DECODER.decode(line.decode("utf-8", "surrogatepass")):
            case [sha256, reason, detail]:
                return Unreadable(file=file, sha256=sha256, reason=Reason(reason), detail=detail)
            case [sha256, names, sheets, errors, uncached, links, macros, *surface]:
                merged, hidden, broken, percent, saved_as, formulas = surface
                return Book(
                    file=file,
                    sha256=sha256,
                    names=tuple(names),
                    sheets=dict(sheets),
                    errors={(sheet, cell): text for sheet, cell, text in errors},
                    uncached=frozenset((sheet, cell) for sheet, cell in uncached),
                    links=tuple(links),
                    macros=macros,
                    merged=dict(merged),
                    hidden=dict(hidden),
                    broken=tuple(broken),
                    percent=frozenset((sheet, cell) for sheet, cell in percent),
                    saved_as=saved_as,
                    formulas=None
                    if formulas is None
                    else {(sheet, cell): text for sheet, cell, text in formulas},
                )
            case _:
                raise Garbled
    except (ValueError, TypeError, LookupError, RecursionError):
        raise Garbled from None


def _tagged(value: object) -> dict[str, str | int]:
    """A point in time as a dictionary of one entry, which no other value is."""
    match value:
        case datetime():
            return {"datetime": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time():
            return {"time": value.isoformat()}
        case timedelta():
            return {"microseconds": value // _MICROSECOND}
        case _:
            raise TypeError(type(value))


def _moment(tagged: dict[str, Any]) -> date | time | timedelta:
    """The point in time that `_tagged` made *tagged* of."""
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


_DECODER: Final = json.JSONDecoder(object_hook=_moment)
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, default=_tagged
)

"""What a worker answers, as one line of JSON: plain values, and nothing that could run.

A worker loads this and not `pool_decode`: msgspec takes longer to load than fifty forms to read.
"""

import json
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from wyexcel.files.reading.book import Book
from wyexcel.files.reading.refusal import Unreadable

READ: Final = "read"
REFUSED: Final = "refused"
_MICROSECOND: Final = timedelta(microseconds=1)


def encode(answer: Book | Unreadable) -> bytes:
    """The line that says *answer*; the name of the file is left to the one who asked."""
    if isinstance(answer, Unreadable):
        plain: list[Any] = [REFUSED, answer.sha256, answer.reason, answer.detail]
    else:
        formulas = answer.formulas
        plain = [
            READ,
            answer.sha256,
            answer.names,
            [*answer.sheets.items()],
            [*answer.errors.items()],
            [*answer.uncached],
            answer.links,
            answer.macros,
            [*answer.merged.items()],
            [*answer.hidden.items()],
            answer.broken,
            [*answer.percent],
            answer.saved_as,
            None if formulas is None else [*formulas.items()],
            [*answer.looks.items()],
            answer.attached,
            [*answer.mixed.items()],
            [*answer.struck],
            [*answer.notes.items()],
            answer.covers,
        ]
    return _ENCODER.encode(plain).encode("utf-8", "replace") + b"\n"


def _moment(value: object) -> dict[str, str | int]:
    """A point in time as an object of one entry: the only objects in a line."""
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


_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, default=_moment
)

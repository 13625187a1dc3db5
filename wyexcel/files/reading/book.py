"""A workbook as read: values by address, and what stands in the file beside them."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias, TypeGuard

from wyexcel.files.reading.defined_names import BrokenName
from wyexcel.files.reading.runs import MixedText
from wyexcel.files.reading.sheet_facts import CellLook

CellValue: TypeAlias = str | float | bool | date | datetime | time | timedelta | None
"""What stands in a cell, as read: blank is None, and no number has been guessed from text."""

Rows: TypeAlias = list[list[CellValue]]
"""The values of a sheet from A1 on; a row ends with its last value."""

Place: TypeAlias = tuple[str, str]
"""A sheet's name and a cell's address."""


_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_NO_LOOKS: Final[Mapping[Place, CellLook]] = MappingProxyType({})
_NO_RUNS: Final[Mapping[Place, MixedText]] = MappingProxyType({})
_NO_NOTES: Final[Mapping[Place, str]] = MappingProxyType({})


class Cover(NamedTuple):
    """A picture or shape over the cells of a range (`F7:G9`), and the words that stand in it."""

    sheet: str
    area: str
    kind: str
    words: str = ""


class Attached(NamedTuple):
    """Something of another program in a workbook: what `kind` of thing, its name, and its cell."""

    kind: str
    name: str
    sheet: str = ""
    cell: str = ""


class Book(NamedTuple):
    """One workbook.

    `names` are all its sheets in order, `sheets` those that were read. `errors` are cells that
    show an error (`#REF!`) and `uncached` formulas without a result: both are None in `sheets`.
    `links` are the other files it takes values from; `macros` tells whether it carries a program.
    `merged` are the merged ranges of a sheet and `hidden` its hidden rows and columns
    (`"5 7 C:D"`, or `"*"` for the sheet itself), with spaces between; sheets without any lack.
    `broken` are the names that are needed and whose place is gone, and `percent` the cells shown
    as a percentage.
    `saved_as` is the format of the file where it is another than .xlsx.
    `formulas` are the cells with a formula; None where the file does not tell them from values.
    `looks` are the cells with a value that may show something else than what they hold.
    `attached` are its objects, and its connections to data elsewhere.
    `mixed` are the cells whose text consists of runs of different looks (a footnote set high, an
    old number struck out), and `struck` those whose value is struck out as a whole.
    `notes` are what notes and comments on cells say, and `covers` the pictures and shapes that lie
    over cells; both lack what says or covers nothing.
    """

    file: str
    sha256: str
    names: tuple[str, ...]
    sheets: Mapping[str, Rows]
    errors: Mapping[Place, str]
    uncached: frozenset[Place]
    links: tuple[str, ...]
    macros: bool
    merged: Mapping[str, str] = _NONE
    hidden: Mapping[str, str] = _NONE
    broken: tuple[BrokenName, ...] = ()
    percent: frozenset[Place] = frozenset()
    saved_as: str = ""
    formulas: Mapping[Place, str] | None = None
    looks: Mapping[Place, CellLook] = _NO_LOOKS
    attached: tuple[Attached, ...] = ()
    mixed: Mapping[Place, MixedText] = _NO_RUNS
    struck: frozenset[Place] = frozenset()
    notes: Mapping[Place, str] = _NO_NOTES
    covers: tuple[Cover, ...] = ()


_LARGEST_PERCENTAGE: Final = 10
"""1000%: nobody types more with a sign; a larger number is what it says, and only looks odd."""


class Percentage(float):
    """A number that is shown as a hundred times as many percent: 0.85 as 85%."""


def may_be_typed_with_a_sign(value: object) -> TypeGuard[float]:
    """Whether *value* is a number so small that it may have been typed with a %."""
    if not isinstance(value, float | int) or isinstance(value, bool):
        return False
    return 0 < abs(value) <= _LARGEST_PERCENTAGE

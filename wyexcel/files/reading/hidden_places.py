"""Rows and columns that nobody sees: hidden, without height or width, or in a shut group."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from wyexcel.files.address import column_name
from wyexcel.files.reading.sheet_facts import MAX_COLUMNS, MAX_ROWS

LOWEST: Final = 5
"""The height in points below which no number can be read in a row."""
NARROWEST: Final = 1
"""The width in digits below which not one can be read in a column."""

_TRUE: Final = frozenset({"1", "true"})


class _Grouped(NamedTuple):
    """How deep a row or column lies in groups, and whether the group beside it is shut."""

    level: int
    shut: bool


class HiddenPlaces:
    """What of one sheet is hidden, as its elements tell it one by one."""

    def __init__(self) -> None:
        """Nothing is hidden before anything is told."""
        self.rows: dict[int, None] = {}
        self.columns: dict[int, None] = {}
        self.by_default = False
        self.row_groups: dict[int, _Grouped] = {}
        self.column_groups: dict[int, _Grouped] = {}
        self.after = {"summaryBelow": True, "summaryRight": True}

    def outline(self, attributes: Mapping[str, str]) -> None:
        """Take note of the side on which the sum of a group stands."""
        for side in self.after:
            self.after[side] = attributes.get(side, "1") in _TRUE

    def defaults(self, attributes: Mapping[str, str]) -> None:
        """Take note of how high a row is that does not say so itself."""
        self.by_default = attributes.get("zeroHeight") in _TRUE or _less(
            attributes.get("defaultRowHeight"), LOWEST
        )

    def row(self, row: int, attributes: Mapping[str, str]) -> None:
        """Take note of a row, counted from 0."""
        if not 0 <= row < MAX_ROWS:
            return
        height = attributes.get("ht")
        low = self.by_default if height is None else _less(height, LOWEST)
        if low or attributes.get("hidden") in _TRUE:
            self.rows[row] = None
        _group(self.row_groups, range(row, row + 1), attributes)

    def column(self, attributes: Mapping[str, str]) -> None:
        """Take note of the columns that a `col` element is about."""
        first, last = (attributes.get(name, "") for name in ("min", "max"))
        if not (first.isdecimal() and last.isdecimal()):
            return
        columns = range(max(int(first[:9]) - 1, 0), min(int(last[:9]), MAX_COLUMNS))
        if attributes.get("hidden") in _TRUE or _less(attributes.get("width"), NARROWEST):
            self.columns |= dict.fromkeys(columns)
        _group(self.column_groups, columns, attributes)

    def told(self) -> str:
        """All of it, as `SheetFacts.hidden` says it."""
        rows = self.rows | dict.fromkeys(_shut(self.row_groups, after=self.after["summaryBelow"]))
        columns = {
            *self.columns,
            *_shut(self.column_groups, after=self.after["summaryRight"]),
        }
        return " ".join((*_spans(columns), *(str(row + 1) for row in sorted(rows))))


def _less(text: str | None, bound: float) -> bool:
    """Whether *text* is a number below *bound*."""
    try:
        return text is not None and float(text) < bound
    except ValueError:
        return False


def _group(groups: dict[int, _Grouped], places: range, attributes: Mapping[str, str]) -> None:
    """Take note of what is said of the groups of *places*, where anything is."""
    level, shut = attributes.get("outlineLevel", "0"), attributes.get("collapsed") in _TRUE
    if shut or level != "0":
        grouped = _Grouped(int(level) if level.isdecimal() and len(level) == 1 else 0, shut)
        groups.update(dict.fromkeys(places, grouped))


def _shut(groups: Mapping[int, _Grouped], *, after: bool) -> Iterator[int]:
    """The rows or columns of the groups that are shut; the sum of a group stands *after* it."""
    step = -1 if after else 1
    for place, grouped in groups.items():
        inside = place + step
        while grouped.shut and inside in groups and groups[inside].level > grouped.level:
            yield inside
            inside += step


def _spans(columns: set[int]) -> Iterator[str]:
    """*columns* that follow each other, as `C:D`."""
    for first in sorted(columns):
        if first - 1 not in columns:
            last = first
            while last + 1 in columns:
                last += 1
            yield f"{column_name(first)}:{column_name(last)}"

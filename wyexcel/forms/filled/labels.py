"""Whether the words beside the cells still stand where they were (anchors of a form)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final, NamedTuple, Self, TypeAlias

from msgspec import Struct

from wyexcel.files.address import a1
from wyexcel.files.reading.book import CellValue
from wyexcel.files.reading.typed_number import bare_text
from wyexcel.forms.layout import Layout
from wyexcel.forms.slot import LabelPosition

Rows: TypeAlias = Sequence[Sequence[CellValue]]

_KEPT: Final = 512


class LostLabel(NamedTuple):
    """An anchor that does not stand where it did: what stands there, and whether it moved.

    `moved` is true where its words stand elsewhere on the sheet; otherwise they were changed.
    """

    label: LabelPosition
    seen: CellValue
    moved: bool


class Labels(Struct, frozen=True, dict=True):
    """What is left standing of a form: the sheets that lack, and the anchors that were lost."""

    missing_sheets: tuple[str, ...] = ()
    lost: tuple[LostLabel, ...] = ()

    def is_damaged(self, sheet: str) -> bool:
        """Whether *sheet* lacks, or anything on it was moved or renamed."""
        return bool(self.lost or self.missing_sheets) and sheet in self._spoilt

    def is_unreadable(self, sheet: str, row: int, column: int) -> bool:
        """Whether a cell cannot be read because its row or its column was moved or renamed."""
        if not self.lost:
            return False
        return (sheet, row, False) in self._gone or (sheet, column, True) in self._gone

    @cached_property
    def _spoilt(self) -> frozenset[str]:
        return frozenset((*self.missing_sheets, *(lost.label.sheet for lost in self.lost)))

    @cached_property
    def _gone(self) -> frozenset[tuple[str, int, bool]]:
        """The rows and the columns (`above`) of which the words were lost."""
        anchors = (lost.label for lost in self.lost)
        return frozenset((a.sheet, a.column if a.above else a.row, a.above) for a in anchors)


ALL_IN_PLACE: Final = Labels()
"""Nothing lacks and nothing was moved."""


def check_labels(layout: Layout, sheets: Mapping[str, Rows]) -> Labels:
    """Check every anchor of *layout* once against *sheets*."""
    lacking = tuple(sheet for sheet in layout.sheets if sheet not in sheets)
    lost: list[LostLabel] = []
    for sheet, anchors in _by_sheet(layout):
        rows = sheets.get(sheet)
        if rows is not None:
            odd = [a for a in anchors if value_at(rows, a.row, a.column) != a.text]
            gone = [anchor for anchor in odd if not _same(anchor, rows)]
            lost += _lost(gone, anchors, rows, layout) if gone else ()
    return Labels(lacking, tuple(lost)) if lost or lacking else ALL_IN_PLACE


@lru_cache(maxsize=_KEPT)
def _by_sheet(layout: Layout) -> tuple[tuple[str, tuple[LabelPosition, ...]], ...]:
    return tuple(
        (sheet, tuple(a for a in layout.labels if a.sheet == sheet)) for sheet in layout.sheets
    )


def value_at(rows: Rows, row: int, column: int) -> CellValue:
    """The value at a place, None beyond what was read; rows may be ragged."""
    if row < len(rows):
        line = rows[row]
        if column < len(line):
            return line[column]
    return None


def _same(anchor: LabelPosition, rows: Rows) -> bool:
    """Whether only spaces or line breaks differ from the anchor's words."""
    return same_words(value_at(rows, anchor.row, anchor.column), anchor.text)


def same_words(value: CellValue, words: str) -> bool:
    """Whether *value* is *words*, spaces and full-width forms aside."""
    return isinstance(value, str) and bare_text(value) == bare_text(words)


class WordIndex(NamedTuple):
    """Where which words stand on a sheet, spaces and full-width forms aside."""

    by_row: Mapping[tuple[int, str], Sequence[int]]
    by_column: Mapping[tuple[int, str], Sequence[int]]

    @classmethod
    def of(cls, rows: Rows) -> Self:
        """Those of *rows*."""
        by_row: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        by_column: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        for row, line in enumerate(rows):
            for column, value in enumerate(line):
                if isinstance(value, str):
                    words = bare_text(value)
                    by_row[row, words].append(column)
                    by_column[column, words].append(row)
        return cls(dict(by_row), dict(by_column))

    def columns(self, row: int, words: str) -> Sequence[int]:
        """The columns of *row* in which they stand, from left to right."""
        return self.by_row.get((row, bare_text(words)), ())

    def rows(self, column: int, words: str) -> Sequence[int]:
        """The rows of *column* in which they stand, from above."""
        return self.by_column.get((column, bare_text(words)), ())


def _lost(
    gone: Sequence[LabelPosition], anchors: Sequence[LabelPosition], rows: Rows, layout: Layout
) -> Iterator[LostLabel]:
    """What became of those of the *anchors* of one sheet that are *gone*.

    Each moved, or its words were changed where they stood. A heading that stands elsewhere in its
    own row says that a column came or went.
    """
    words, known = WordIndex.of(rows), {bare_text(anchor.text) for anchor in anchors}
    sideways = any(a.above and words.columns(a.row, a.text) for a in gone)
    for anchor in gone:
        seen = value_at(rows, anchor.row, anchor.column)
        moved = (
            sideways
            or (isinstance(seen, str) and bare_text(seen) in known)
            or bool(words.rows(anchor.column, anchor.text))
            or present_column(anchor, rows, layout) is not None
        )
        yield LostLabel(anchor, seen, moved)


def present_column(anchor: LabelPosition, rows: Rows, layout: Layout) -> int | None:
    """The column in which the words stand now, in their own row; None where they do not.

    An indicator may be called like its element: its own cell is not where the label went.
    """
    line = rows[anchor.row] if anchor.row < len(rows) else ()
    for column, value in enumerate(line):
        if column != anchor.column and same_words(value, anchor.text):
            own = layout.locked.get((anchor.sheet, a1(anchor.row, column)))
            if own is None or not same_words(own, anchor.text):
                return column
    return None

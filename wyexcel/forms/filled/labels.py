"""Whether the labels beside the cells still stand where they were issued."""

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
    """A label that does not stand where it was issued, and the `value` that stands there.

    `moved` is true where its words stand elsewhere on the sheet; otherwise they were changed.
    """

    label: LabelPosition
    value: CellValue
    moved: bool


class Labels(Struct, frozen=True, dict=True):
    """How the labels of a filled form stand: which sheets are missing, which labels are lost."""

    missing_sheets: tuple[str, ...] = ()
    lost: tuple[LostLabel, ...] = ()

    def is_damaged(self, sheet: str) -> bool:
        """Whether *sheet* is missing, or anything on it was moved or renamed."""
        return bool(self.lost or self.missing_sheets) and sheet in self._damaged

    def is_shifted(self, sheet: str) -> bool:
        """Whether *sheet* is missing, or its cells stand in other places than they were issued."""
        return bool(self.lost or self.missing_sheets) and sheet in self._shifted

    def is_unreadable(self, sheet: str, row: int, column: int) -> bool:
        """Whether a cell cannot be read because its row or its column was moved or renamed."""
        if not self.lost:
            return False
        return (sheet, row, False) in self._unreadable or (sheet, column, True) in self._unreadable

    @cached_property
    def _damaged(self) -> frozenset[str]:
        return frozenset((*self.missing_sheets, *(lost.label.sheet for lost in self.lost)))

    @cached_property
    def _shifted(self) -> frozenset[str]:
        moved = (lost.label.sheet for lost in self.lost if lost.moved)
        return frozenset((*self.missing_sheets, *moved))

    @cached_property
    def _unreadable(self) -> frozenset[tuple[str, int, bool]]:
        """Sheet and number of the rows and the columns (`above`) whose labels are lost."""
        labels = (lost.label for lost in self.lost)
        return frozenset((a.sheet, a.column if a.above else a.row, a.above) for a in labels)


ALL_IN_PLACE: Final = Labels()
"""No sheet is missing and no label is lost."""


def check_labels(layout: Layout, sheets: Mapping[str, Rows]) -> Labels:
    """Check every label of *layout* once against *sheets*."""
    missing = tuple(sheet for sheet in layout.sheets if sheet not in sheets)
    lost: list[LostLabel] = []
    for sheet, labels in _by_sheet(layout):
        rows = sheets.get(sheet)
        if rows is not None:
            changed = [a for a in labels if value_at(rows, a.row, a.column) != a.text]
            gone = [label for label in changed if not _same(label, rows)]
            lost += _lost_labels(gone, labels, rows, layout) if gone else ()
    return Labels(missing, tuple(lost)) if lost or missing else ALL_IN_PLACE


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


def _same(label: LabelPosition, rows: Rows) -> bool:
    """Whether only spaces or line breaks differ from the words of *label*."""
    return same_words(value_at(rows, label.row, label.column), label.text)


def same_words(value: CellValue, words: str) -> bool:
    """Whether *value* is *words*, spaces and full-width forms aside."""
    return isinstance(value, str) and bare_text(value) == bare_text(words)


class WordIndex(NamedTuple):
    """The places of all words on a sheet, spaces and full-width forms aside."""

    by_row: Mapping[tuple[int, str], Sequence[int]]
    by_column: Mapping[tuple[int, str], Sequence[int]]

    @classmethod
    def of(cls, rows: Rows) -> Self:
        """The words of *rows*."""
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


def _lost_labels(
    gone: Sequence[LabelPosition], labels: Sequence[LabelPosition], rows: Rows, layout: Layout
) -> Iterator[LostLabel]:
    """Those of the *labels* of one sheet that do not stand where they were (*gone*).

    Each moved, or its words were changed where they stood. A heading that stands elsewhere in its
    own row says that a column came or went.
    """
    words, texts = WordIndex.of(rows), {bare_text(label.text) for label in labels}
    sideways = any(a.above and words.columns(a.row, a.text) for a in gone)
    for label in gone:
        value = value_at(rows, label.row, label.column)
        moved = (
            sideways
            or (isinstance(value, str) and bare_text(value) in texts)
            or bool(words.rows(label.column, label.text))
            or present_column(label, rows, layout) is not None
        )
        yield LostLabel(label, value, moved)


def present_column(label: LabelPosition, rows: Rows, layout: Layout) -> int | None:
    """The column in which the words stand now, in their own row; None where they do not.

    An indicator may be called like its element: its own cell is not where the label went.
    """
    line = rows[label.row] if label.row < len(rows) else ()
    for column, value in enumerate(line):
        if column != label.column and same_words(value, label.text):
            own = layout.locked.get((label.sheet, a1(label.row, column)))
            if own is None or not same_words(own, label.text):
                return column
    return None

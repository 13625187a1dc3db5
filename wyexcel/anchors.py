"""Whether the words beside the cells still stand where they were (anchors of a form)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from wyexcel.address import a1
from wyexcel.layout import Layout
from wyexcel.numerals import plain
from wyexcel.slot import Anchor
from wyexcel.submission import CellValue

Rows: TypeAlias = Sequence[Sequence[CellValue]]

_KEPT: Final = 512


class Lost(NamedTuple):
    """An anchor that does not stand where it did: what stands there, and whether it moved.

    `moved` is true where its words stand elsewhere on the sheet; otherwise they were changed.
    """

    anchor: Anchor
    seen: CellValue
    moved: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left standing of a form: the sheets that lack, and the anchors that were lost."""

    lacking: tuple[str, ...] = ()
    lost: tuple[Lost, ...] = ()

    def spoils(self, sheet: str) -> bool:
        """Whether *sheet* lacks, or anything on it was moved or renamed."""
        return sheet in self.lacking or any(lost.anchor.sheet == sheet for lost in self.lost)

    def hides(self, sheet: str, row: int, column: int) -> bool:
        """Whether a cell cannot be read because its row or its column was moved or renamed."""
        return any(
            a.sheet == sheet and (a.column == column if a.above else a.row == row)
            for a, _, _ in self.lost
        )


WHOLE_FORM: Final = Standing()
"""Nothing lacks and nothing was moved."""


def look(layout: Layout, sheets: Mapping[str, Rows]) -> Standing:
    """Check every anchor of *layout* once against *sheets*."""
    lacking = tuple(sheet for sheet in layout.sheets if sheet not in sheets)
    lost: list[Anchor] = []
    for sheet, anchors in _by_sheet(layout):
        rows = sheets.get(sheet)
        if rows is not None:
            lost += [a for a in anchors if at(rows, a.row, a.column) != a.text]
    gone = [anchor for anchor in lost if not _same(anchor, sheets[anchor.sheet])]
    if not gone and not lacking:
        return WHOLE_FORM
    return Standing(lacking, tuple(_lost(a, sheets[a.sheet], layout) for a in gone))


@lru_cache(maxsize=_KEPT)
def _by_sheet(layout: Layout) -> tuple[tuple[str, tuple[Anchor, ...]], ...]:
    return tuple(
        (sheet, tuple(a for a in layout.anchors if a.sheet == sheet)) for sheet in layout.sheets
    )


def at(rows: Rows, row: int, column: int) -> CellValue:
    """The value at a place, None beyond what was read; rows may be ragged."""
    if row < len(rows):
        line = rows[row]
        if column < len(line):
            return line[column]
    return None


def _same(anchor: Anchor, rows: Rows) -> bool:
    """Whether only spaces or line breaks differ from the anchor's words."""
    return says(at(rows, anchor.row, anchor.column), anchor.text)


def says(value: CellValue, words: str) -> bool:
    """Whether *value* is *words*, spaces and full-width forms aside."""
    return isinstance(value, str) and plain(value) == plain(words)


def _lost(anchor: Anchor, rows: Rows, layout: Layout) -> Lost:
    """What became of *anchor*: it moved, or its words were changed where they stood."""
    seen = at(rows, anchor.row, anchor.column)
    moved = (
        _stands_elsewhere(anchor, rows, layout)
        or any(says(seen, a.text) for a in layout.anchors if a.sheet == anchor.sheet)
        or any(_went_sideways(a, rows) for a in layout.anchors if a.sheet == anchor.sheet)
    )
    return Lost(anchor, seen, moved)


def _stands_elsewhere(anchor: Anchor, rows: Rows, layout: Layout) -> bool:
    """Whether the words stand in another row of their column, or elsewhere in their row."""
    column = (at(rows, row, anchor.column) for row in range(len(rows)))
    return went_to(anchor, rows, layout) is not None or any(
        says(value, anchor.text) for value in column
    )


def went_to(anchor: Anchor, rows: Rows, layout: Layout) -> int | None:
    """The column in which the words stand now, in their own row; None where they do not.

    An indicator may be called like its element: its own cell is not where the label went.
    """
    line = rows[anchor.row] if anchor.row < len(rows) else ()
    for column, value in enumerate(line):
        if column != anchor.column and says(value, anchor.text):
            own = layout.locked.get((anchor.sheet, a1(anchor.row, column)))
            if own is None or not says(own, anchor.text):
                return column
    return None


def _went_sideways(anchor: Anchor, rows: Rows) -> bool:
    """Whether a heading stands elsewhere in its own row: a column came or went."""
    line = rows[anchor.row] if anchor.above and anchor.row < len(rows) else ()
    return not _same(anchor, rows) and any(says(value, anchor.text) for value in line)

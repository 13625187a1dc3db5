"""The cells of a form that are filled, and the words that must still stand beside them."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from wyexcel.forms.asked import Asked, from_text, to_text

FORM: Final = "填报"
"""The sheet of a form that asks for what is owed."""

LIST_FIRST_ROW: Final = 3
"""The first row of a name list, from 0."""
LIST_MOST_ROWS: Final = 1000
"""How many rows of a name list offer choices."""

SLOT_COLUMNS: Final = ("element", "park", "sheet", "cell", "kind", "label")
"""The headings of `_form` (contract.md)."""


class Slot(NamedTuple):
    """One input cell: what it asks for, where it is, and the words beside it.

    `label` is what must stand beside the cell for it to be the one that was meant: for a number,
    its 状态 and its 说明 “行标题 / 列标题”, of which the first stands to the left in the same row
    and the second above in the same column; for a person only “行标题”; for the first cell of a
    list's column only “列标题”.
    """

    asks: Asked
    sheet: str
    cell: str
    label: str

    @property
    def code(self) -> str:
        """What it asks about, as `_form` says it: an element's code, “reason.12”, “preparer”."""
        return to_text(self.asks)[0]


def slot_row(slot: Slot) -> tuple[str, ...]:
    """*slot* as a row of `_form`, in the order of SLOT_COLUMNS."""
    code, park, kind = to_text(slot.asks)
    return code, park, slot.sheet, slot.cell, kind, slot.label


def slot_from_row(row: Sequence[str]) -> Slot | None:
    """The slot that a row of `_form` states; None where it is none of ours."""
    if len(row) != len(SLOT_COLUMNS):
        return None
    code, park, sheet, cell, kind, label = row
    asks = from_text(code, park, kind)
    return None if asks is None else Slot(asks, sheet, cell, label)


class LabelPosition(NamedTuple):
    """Words that stand at a place of the form; a row's label, or (`above`) a column's heading."""

    sheet: str
    row: int
    column: int
    text: str
    above: bool

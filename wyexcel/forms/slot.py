"""The cells of a form that are filled, and the words that must still stand beside them."""

from typing import Final, NamedTuple

FORM: Final = "填报"
"""The sheet of a form that asks for what is owed."""

LIST_FIRST_ROW: Final = 3
"""The first row of a name list, from 0."""
LIST_MOST_ROWS: Final = 1000
"""How many rows of a name list offer choices."""

TOLD: Final = {"state": "状态", "reason": "原因", "measures": "措施", "finish": "预计完成时间"}
"""What a unit may tell of an indicator's progress: the field, and the heading of its column."""


class Slot(NamedTuple):
    """One input cell: a row of `_form` (contract.md).

    `kind` is number, text, choice or list:COLUMN. `label` is what must stand beside the cell for
    it to be the one that was meant: for a number, its 状态 and its 说明 “行标题 / 列标题”, of which
    the first stands to the left in the same row and the second above in the same column; for a
    person only “行标题”; for the first cell of a list's column only “列标题”.
    """

    element: str
    park: str
    sheet: str
    cell: str
    kind: str
    label: str

    @property
    def column(self) -> str:
        """The column of a name list that the slot begins; "" for every other kind."""
        return self.kind.removeprefix("list:") if self.kind.startswith("list:") else ""

    @property
    def about(self) -> tuple[str, int] | None:
        """The field of TOLD and the number of the indicator that it tells of; None for others."""
        field, _, no = self.element.partition(".")
        return (field, int(no)) if field in TOLD and no.isdecimal() else None


class LabelPosition(NamedTuple):
    """Words that stand at a place of the form; a row's label, or (`above`) a column's heading."""

    sheet: str
    row: int
    column: int
    text: str
    above: bool

"""One form of the rehearsal while a mistake is made in it; each verb returns a new draft."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Self, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.files.address import a1, parse
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.files.writing.sheet import Cell, Part, Row, Sheet, Value
from wyexcel.forms import layout
from wyexcel.forms.asked import (
    Asked,
    ElementNumber,
    FormField,
    ListColumn,
    NameListColumn,
    RowRemark,
    RowState,
)
from wyexcel.forms.slot import Slot
from wyexcel.forms.submission import Vintage
from wyexcel.master import master_workbook
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import WHOLE

Rewrite: TypeAlias = Callable[[bytes], bytes]


class DraftForm(Struct, frozen=True, kw_only=True, dict=True):
    """A form as it will be sent: its sheets, rewrites of its bytes, its file name, its arrival.

    `sheet` and `cell` say where the mistake shows. A form that is `withheld` is not sent at all.
    """

    plan: Plan
    period: Period
    unit: str
    file: str
    sent: datetime
    sheets: Sequence[Sheet]
    rewrites: tuple[Rewrite, ...] = ()
    sheet: str | None = None
    cell: str | None = None
    macros: bool = False
    withheld: bool = False

    def content(self) -> bytes:
        """The file's bytes."""
        sheets = [with_sample_mark(sheet, self.plan.settings.mark) for sheet in self.sheets]
        project = master_workbook.macros() / master_workbook.PROJECT if self.macros else None
        content = xlsx.render(sheets, macros=project)
        for rewrite in self.rewrites:
            content = rewrite(content)
        return content

    def slot(self, asked: Asked) -> Slot:
        """The input cell that asks for *asked*; raise LookupError where the form has none."""
        for slot in layout.layout(self.plan, self.unit, self.period).slots:
            if slot.asks == asked:
                return slot
        raise LookupError(asked)

    def number_slot(self, element: str, park: str = WHOLE) -> Slot:
        """The input cell of the number of *element* for *park*; raises as `slot`."""
        return self.slot(ElementNumber(element, park))

    def mistake_at(self, sheet: str | None, cell: str | None = None) -> Self:
        """Say that the mistake shows there."""
        return replace(self, sheet=sheet, cell=cell)

    def change_cell(self, sheet: str, cell: str, change: Callable[[Cell], Cell | None]) -> Self:
        """Apply *change* to one cell, where the mistake then shows."""
        row, column = parse(cell)
        return self.change_rows(
            sheet, lambda rows: _change_cell(rows, row, column, change)
        ).mistake_at(sheet, cell)

    def change_rows(self, sheet: str, change: Callable[[list[Row]], list[Row]]) -> Self:
        """Apply *change* to the rows of one sheet."""
        sheets = [
            replace(s, rows=tuple(change(list(s.rows)))) if s.name == sheet else s
            for s in self.sheets
        ]
        return replace(self, sheets=sheets)

    def write_cell(self, sheet: str, cell: str, value: Value, *, shown: str = "") -> Self:
        """Write *value* into a cell, *shown* in that number format."""
        return self.change_cell(
            sheet, cell, lambda c: replace(c, value=value, format=shown or c.format)
        )

    def type_number(
        self, element: str, value: Value, park: str = WHOLE, *, shown: str = ""
    ) -> Self:
        """Type *value* where the number of *element* is asked for."""
        slot = self.number_slot(element, park)
        return self.write_cell(slot.sheet, slot.cell, value, shown=shown)

    def choose_state(self, element: str, state: str) -> Self:
        """Write *state* into 状态 in the row of *element*."""
        return self.answer(RowState(element), state)

    def choose_vintage(self, vintage: Vintage) -> Self:
        """Choose *vintage* as 数据性质."""
        return self.answer(FormField.VINTAGE, vintage.value)

    def write_remark(self, element: str, remark: str) -> Self:
        """Write *remark* into 说明 in the row of *element*."""
        return self.answer(RowRemark(element), remark)

    def answer(self, asked: Asked, value: Value) -> Self:
        """Write *value* into the cell that asks for *asked*."""
        slot = self.slot(asked)
        return self.write_cell(slot.sheet, slot.cell, value)

    def write_in_list(self, element: str, number: int, column: ListColumn, value: Value) -> Self:
        """Write *value* into a column of row *number* (from 0) of a name list."""
        slot = self.slot(NameListColumn(element, column))
        row, first_column = parse(slot.cell)
        return self.write_cell(slot.sheet, a1(row + number, first_column), value)

    def add_to_list(self, element: str, number: int, *values: Value) -> Self:
        """Add row *number* to a name list (name, id, park, date, amount) and raise its count."""
        draft = self.type_number(element, number + 1)
        for column, value in zip(ListColumn, values, strict=False):
            draft = draft.write_in_list(element, number, column, value)
        return draft

    def rewrite_file(self, rewrite: Rewrite) -> Self:
        """Rewrite the bytes of the finished file."""
        return replace(self, rewrites=(*self.rewrites, rewrite))

    @property
    def state_column(self) -> int:
        """The column of 状态."""
        return layout.layout(self.plan, self.unit, self.period).main.state_column

    @property
    def year_ago_column(self) -> int:
        """The column of 上年同期."""
        return layout.layout(self.plan, self.unit, self.period).main.year_ago_column


def _change_cell(
    rows: list[Row], row: int, column: int, change: Callable[[Cell], Cell | None]
) -> list[Row]:
    """*rows* with one cell changed, which may lie beyond what was there."""
    while len(rows) <= row:
        rows.append(Row(()))
    cells = list(rows[row].cells)
    cells += [None] * (column + 1 - len(cells))
    cells[column] = change(cells[column] or Cell(value=None, part=Part.PLAIN))
    rows[row] = Row(tuple(cells), rows[row].height)
    return rows

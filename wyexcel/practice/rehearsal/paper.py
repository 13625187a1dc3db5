"""One file of the rehearsal while somebody makes a mistake in it; each verb returns a new one."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, Self, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.files.address import a1, parse
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.files.writing.sheet import Cell, Part, Row, Sheet, Value
from wyexcel.forms.blank import form
from wyexcel.forms.main_sheet import VINTAGE
from wyexcel.forms.slot import Slot
from wyexcel.forms.submission import Vintage
from wyexcel.master import master_workbook
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.units import WHOLE

Remake: TypeAlias = Callable[[bytes], bytes]

FORM: Final = form.FORM
IDENTITY: Final = form.IDENTITY
SLOTS: Final = form.SLOTS


class Paper(Struct, frozen=True, kw_only=True, dict=True):
    """A form as it will be sent: its sheets, what is done to its bytes, its name and its moment.

    `sheet` and `cell` say where the mistake shows, as a link shows it. A paper that is `withheld`
    is not sent at all.
    """

    plan: Plan
    period: Period
    unit: str
    file: str
    sent: datetime
    sheets: Sequence[Sheet]
    remakes: tuple[Remake, ...] = ()
    sheet: str | None = None
    cell: str | None = None
    macros: bool = False
    withheld: bool = False

    def content(self) -> bytes:
        """The file's bytes."""
        sheets = [with_sample_mark(sheet, self.plan.settings.mark) for sheet in self.sheets]
        project = master_workbook.macros() / master_workbook.PROJECT if self.macros else None
        content = xlsx.render(sheets, macros=project)
        for remake in self.remakes:
            content = remake(content)
        return content

    def slot(self, element: str, park: str = WHOLE, kind: str = "number") -> Slot:
        """The input cell of *element* for *park*."""
        for slot in form.layout(self.plan, self.unit, self.period).slots:
            if slot[:2] == (element, park) and slot.kind == kind:
                return slot
        raise LookupError(element)

    def at(self, sheet: str | None, cell: str | None = None) -> Self:
        """The same paper, whose mistake shows there."""
        return replace(self, sheet=sheet, cell=cell)

    def put(self, sheet: str, cell: str, change: Callable[[Cell], Cell | None]) -> Self:
        """The paper with one cell *change*d, where the mistake shows."""
        row, column = parse(cell)
        return self.edited(sheet, lambda rows: _put(rows, row, column, change)).at(sheet, cell)

    def edited(self, sheet: str, change: Callable[[list[Row]], list[Row]]) -> Self:
        """The paper with the rows of one sheet *change*d."""
        sheets = [
            replace(s, rows=tuple(change(list(s.rows)))) if s.name == sheet else s
            for s in self.sheets
        ]
        return replace(self, sheets=sheets)

    def wrote(self, sheet: str, cell: str, value: Value, *, shown: str = "") -> Self:
        """The paper with *value* in a cell, *shown* in that number format."""
        return self.put(sheet, cell, lambda c: replace(c, value=value, format=shown or c.format))

    def typed(self, element: str, value: Value, park: str = WHOLE, *, shown: str = "") -> Self:
        """The paper with *value* typed where *element* is asked for."""
        slot = self.slot(element, park)
        return self.wrote(slot.sheet, slot.cell, value, shown=shown)

    def stated(self, element: str, state: str) -> Self:
        """The paper with *state* in the 状态 of the row of *element*."""
        slot = self.slot(element, kind="choice")
        return self.wrote(slot.sheet, slot.cell, state)

    def called(self, vintage: Vintage) -> Self:
        """The paper whose numbers are said to be of that *vintage*."""
        return self.said(VINTAGE, vintage.value)

    def remarked(self, element: str, remark: str) -> Self:
        """The paper with *remark* in the 说明 of the row of *element*."""
        slot = self.slot(element, kind="text")
        return self.wrote(slot.sheet, slot.cell, remark)

    def said(self, element: str, value: Value) -> Self:
        """The paper with *value* in the one cell that asks for *element*, of whatever kind."""
        slots = form.layout(self.plan, self.unit, self.period).slots
        slot = next(slot for slot in slots if slot.element == element)
        return self.wrote(slot.sheet, slot.cell, value)

    def listed(self, element: str, number: int, column: str, value: Value) -> Self:
        """The paper with *value* in a column of the row *number* (from 0) of a name list."""
        slot = self.slot(element, kind=f"list:{column}")
        row, place = parse(slot.cell)
        return self.wrote(slot.sheet, a1(row + number, place), value)

    def added(self, element: str, number: int, *values: Value) -> Self:
        """The paper with one more row in a list: name, id, park, date, amount; its count fits."""
        columns = ("name", "id", "park", "date", "amount")
        paper = self.typed(element, number + 1)
        for column, value in zip(columns, values, strict=False):
            paper = paper.listed(element, number, column, value)
        return paper

    def remade(self, remake: Remake) -> Self:
        """The paper whose bytes are *remake*d at last."""
        return replace(self, remakes=(*self.remakes, remake))

    @property
    def state_column(self) -> int:
        """The column of 状态."""
        return form.layout(self.plan, self.unit, self.period).main.state_column

    @property
    def year_ago_column(self) -> int:
        """The column of 上年同期."""
        return form.layout(self.plan, self.unit, self.period).main.year_ago_column


def _put(
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

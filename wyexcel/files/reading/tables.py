"""Tables that people keep on a sheet: found by their heading row, read row by row.

Several tables may stand on one sheet, each under a line such as “一、指标”. Whatever cannot be
understood is refused with a sentence that names the sheet and the cell.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple, NoReturn, TypeAlias, TypeVar

from msgspec import Struct

from wyexcel.errors import BadPlan
from wyexcel.files.address import a1
from wyexcel.files.reading.book import CellValue, Percentage
from wyexcel.files.reading.typed_number import exact

YES: Final = "是"
NO: Final = "否"
UNDECIDED: Final = "待定"

_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DAY: Final = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_END: Final = re.compile(r"[一二三四五六七八九十]+、|备注|注[:：]")
_BETWEEN: Final = re.compile(r"[\s、，,；;+＋]+")

CellRow: TypeAlias = Sequence[CellValue]
Closed = TypeVar("Closed", bound=StrEnum)


class SheetCells(NamedTuple):
    """A sheet as people left it: its name and its cells from A1."""

    name: str
    cells: Sequence[CellRow]

    def refuse(self, row: int, column: int, sentence: str) -> NoReturn:
        """Raise BadPlan with *sentence* after the address of the cell."""
        message = f"主工作簿“{self.name}”{a1(row, column)} {sentence}"
        raise BadPlan(message)


class TableRow(Struct, frozen=True):
    """One row of a table, its cells by heading; `row` is counted from 0."""

    sheet: SheetCells
    row: int
    columns: Mapping[str, int]

    def __getitem__(self, heading: str) -> CellValue:
        """What stands under *heading*, text without the spaces around it; None for a blank.

        None too where the sheet was made before there was such a column.
        """
        column = self.columns.get(heading)
        return None if column is None else _cell(self.sheet.cells[self.row], column)

    def has(self, *headings: str) -> bool:
        """Whether the sheet has a column for each of *headings*."""
        return all(heading in self.columns for heading in headings)

    @property
    def blank(self) -> bool:
        """Whether nothing stands under any heading."""
        return all(self[heading] is None for heading in self.columns)

    def refuse(self, heading: str, sentence: str) -> NoReturn:
        """Raise BadPlan with *sentence* after the address of the cell under *heading*."""
        self.sheet.refuse(self.row, self.columns[heading], sentence)

    def text(self, heading: str) -> str:
        """The text under *heading*, a number as its plain digits; "" for a blank."""
        value = self[heading]
        if isinstance(value, str):
            return value
        number = self.figure(heading)
        if number is None and value is not None:
            self.refuse(heading, f"是“{value}”，这里应填文字，请把单元格格式设为“文本”后重填。")
        return "" if number is None else f"{number:f}"

    def required(self, heading: str) -> str:
        """The text under *heading*; a blank is refused."""
        return self.text(heading) or self.refuse(heading, f"没有填“{heading}”，请补填。")

    def number(self, heading: str) -> Decimal | None:
        """The number under *heading*, exactly; None for a blank."""
        number = self.figure(heading)
        if number is None and (value := self[heading]) is not None:
            self.refuse(heading, f"填的是“{value}”，请只填数字。")
        return number

    def figure(self, heading: str) -> Decimal | None:
        """The number under *heading*, exactly; None for a blank and for anything else.

        One that is shown as a percentage is refused: it is another one than it seems.
        """
        value = self[heading]
        if isinstance(value, Percentage):
            stored, seen = exact(value), exact(value) * 100
            self.refuse(
                heading,
                f"存的是 {stored.normalize():f}，按百分数格式显示为 {seen.normalize():f}%。"
                f"请把单元格格式改为“常规”，再填 {seen.normalize():f}。",
            )
        return plain_number(value)

    def required_number(self, heading: str) -> Decimal:
        """The number under *heading*; a blank is refused."""
        number = self.number(heading)
        return self.refuse(heading, f"没有填“{heading}”，请补填。") if number is None else number

    def whole(self, heading: str) -> int:
        """The whole number under *heading*."""
        number = self.required_number(heading)
        return (
            int(number) if number % 1 == 0 else self.refuse(heading, f"填的是 {number}，请填整数。")
        )

    def day(self, heading: str) -> date | None:
        """The date under *heading*; None for a blank and for 待定."""
        value = self[heading]
        if value is None or value == UNDECIDED:
            return None
        if isinstance(value, datetime):
            return value.date()
        day = value if isinstance(value, date) else day_in(str(value))
        if day is None:
            self.refuse(heading, f"填的是“{value}”，请填日期，如 2025-12-31。")
        return day

    def yes(self, heading: str) -> bool:
        """Whether 是 stands under *heading*; 否 and a blank are no."""
        text = self.text(heading)
        if text not in {YES, NO, ""}:
            self.refuse(heading, f"填的是“{text}”，请填“{YES}”或“{NO}”。")
        return text == YES

    def one_of(self, heading: str, closed: type[Closed]) -> Closed:
        """The member of the enum *closed* whose word stands under *heading*."""
        text = self.text(heading)
        for member in closed:
            if member.value == text:
                return member
        words = "、".join(member.value for member in closed)
        return self.refuse(heading, f"填的是“{text}”，请从下拉框选择：{words}。")

    def several(self, heading: str) -> tuple[str, ...]:
        """The names under *heading*, in order, whatever stands between them."""
        return tuple(name for name in _BETWEEN.split(self.text(heading)) if name)


def table_rows(
    sheet: SheetCells, headings: Sequence[str], *, later: Sequence[str] = ()
) -> Iterator[TableRow]:
    """The rows under *headings* that are not blank, down to the next table or note.

    The headings *later* came in with a later version: a sheet may do without them.
    """
    top, columns = _heading_row(sheet, headings, later)
    for row in range(top + 1, len(sheet.cells)):
        if _ends_a_table(sheet.cells[row]):
            return
        line = TableRow(sheet, row, columns)
        if not line.blank:
            yield line


def heading_row(sheet: SheetCells, headings: Sequence[str]) -> int:
    """The row of *headings*, counted from 0."""
    return _heading_row(sheet, headings)[0]


def plain_number(value: CellValue) -> Decimal | None:
    """The number that *value* is, or says in plain digits; None for anything else.

    >>> plain_number(0.22), plain_number("14"), plain_number("14户"), plain_number(value=True)
    (Decimal('0.22'), Decimal('14'), None, None)
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return exact(value)
    return Decimal(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else None


def clean(text: str) -> str:
    """*text* without the spaces around it, every line ended the same way."""
    return text.replace("\r\n", "\n").strip()


def _cell(cells: CellRow, column: int) -> CellValue:
    value = cells[column] if column < len(cells) else None
    return clean(value) or None if isinstance(value, str) else value


def _heading_row(
    sheet: SheetCells, headings: Sequence[str], later: Sequence[str] = ()
) -> tuple[int, Mapping[str, int]]:
    columns: dict[str, int] = {}
    where = 0
    for row, cells in enumerate(sheet.cells):
        here = _headings(cells, headings)
        if len(here) > len(columns):
            where, columns = row, here
    missing = [heading for heading in headings if heading not in {*columns, *later}]
    if missing:
        message = (
            f"主工作簿“{sheet.name}”的表头缺少“{missing[0]}”，请恢复表头：{'、'.join(headings)}。"
        )
        raise BadPlan(message)
    return where, columns


def _headings(cells: CellRow, headings: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for column, value in enumerate(cells):
        text = "".join(value.split()) if isinstance(value, str) else ""
        if text in headings:
            places.setdefault(text, column)
    return places


def _ends_a_table(cells: CellRow) -> bool:
    filled = [value for column in range(len(cells)) if (value := _cell(cells, column)) is not None]
    return len(filled) == 1 and isinstance(filled[0], str) and bool(_END.match(filled[0]))


def day_in(text: str) -> date | None:
    """The day that *text* writes, as 2025-12-31 or 2025年12月31日; None for anything else."""
    if match := _DAY.fullmatch(text):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    return None

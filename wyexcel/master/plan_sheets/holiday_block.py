"""节假日 at the foot of 设置: days off and days worked that the State Council's list lacks."""

import re
from datetime import date, datetime
from typing import Final

from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import SheetCells, TableRow
from wyexcel.files.writing.sheet import Row
from wyexcel.master.plan_sheets import rows
from wyexcel.plan.plan import Plan
from wyexcel.plan.working_days import Holiday

TITLE: Final = (
    "三、节假日：以这里填的为先；国务院公布过的放假和调休，程序知道的不用填；"
    "程序还不知道的年度没有填的，只按周末算，下发、校验时提示"
)
HEADINGS: Final = ("日期", "休或班", "名称")
OFF: Final = "休"
WORKED: Final = "班"
OPTIONS: Final = (OFF, WORKED)

_SPARE: Final = 12
"""Rows left open: a year has seven holidays and some days worked for them."""
_SPAN: Final = re.compile(r"\s*(?:至|到|—|~|～)\s*")


def describe(plan: Plan, widths: tuple[float, ...]) -> tuple[Row, ...]:
    """The block: its line, its headings, a row for each holiday, and open rows."""
    return (
        rows.block(TITLE, len(widths)),
        rows.heading(*HEADINGS),
        *(_row(holiday) for holiday in plan.settings.holidays),
        *rows.empty(len(widths), _SPARE),
    )


def _row(holiday: Holiday) -> Row:
    days = str(holiday.first)
    if holiday.last != holiday.first:
        days += f" 至 {holiday.last}"
    kind = rows.word(WORKED if holiday.worked else OFF)
    return Row((rows.typed(days), kind, rows.typed(holiday.name)), rows.LEAST)


def read(sheet: SheetCells) -> tuple[Holiday, ...]:
    """The holidays that the office has typed; none where an older master has no such block."""
    if not any(HEADINGS[0] in cells and HEADINGS[1] in cells for cells in sheet.cells):
        return ()
    lines = tables.table_rows(sheet, HEADINGS)
    return tuple(_holiday(line) for line in lines if line["日期"] is not None)


def _holiday(line: TableRow) -> Holiday:
    first, last = _days(line)
    kind = line.text("休或班") or OFF
    if kind not in OPTIONS:
        line.refuse("休或班", f"填的是“{kind}”，请从下拉框选择：{'、'.join(OPTIONS)}。")
    return Holiday(first=first, last=last, worked=kind == WORKED, name=line.text("名称"))


def _days(line: TableRow) -> tuple[date, date]:
    """The first and the last day under 日期, which holds a date or two with 至 between."""
    value = line["日期"]
    if isinstance(value, datetime):
        return value.date(), value.date()
    if isinstance(value, date):
        return value, value
    days = [tables.day_in(text) for text in _SPAN.split(str(value))]
    known = [day for day in days if day is not None]
    if len(known) < len(days) or not 1 <= len(known) <= 2:  # noqa: PLR2004 - a day or a span
        line.refuse("日期", f"填的是“{value}”，请写成 2027-01-01 或 2027-01-01 至 2027-01-03。")
    return known[0], known[-1]

"""Name lists as filled (名单): one value for each row in which anything was typed."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from wyexcel.files.address import parse
from wyexcel.files.reading import typed_number
from wyexcel.files.reading.book import CellValue, Place
from wyexcel.files.reading.plain_characters import ordinary, without_marks
from wyexcel.files.reading.typed_number import LIMIT, bare_text
from wyexcel.forms.asked import ListColumn
from wyexcel.forms.filled.labels import Rows, value_at
from wyexcel.forms.filled.reading_order import NameListArea
from wyexcel.forms.submission import ListedItem

_AMOUNT: Final = "万元"
_DAY: Final = re.compile(
    r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_CLOCK: Final = re.compile(
    r"(?<=[0-9日])(?:T|\s+)(?:[上下]午\s*)?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"\s*(?:[AP]M|Z|[+-][0-9]{2}:?[0-9]{2})?$",
    re.IGNORECASE,
)
"""The time of a day behind its date, with the time zone; only the date is asked for."""
_WHOLE: Final = float(2**53)
"""Up to here a float is any whole number, and a program may have written it."""


class NameRow(NamedTuple):
    """One filled row: what it says, and what was typed in each column of contract.md."""

    item: ListedItem
    area: NameListArea
    typed: dict[ListColumn, CellValue]

    def cell(self, column: ListColumn) -> str:
        """The address of *column* in this row."""
        return self.area.cell(self.item.row, column)


def name_rows(area: NameListArea, rows: Rows) -> Iterator[NameRow]:
    """Every row of *area* from its first to the end of the sheet in which anything was typed."""
    begin = min(area.columns.values())
    for row in range(area.first, len(rows)):
        values = rows[row][begin:]
        if values.count(None) == len(values):
            continue
        typed = {name: value_at(rows, row, column) for name, column in area.columns.items()}
        if any(as_text(value) for value in typed.values()):
            yield NameRow(_item(area, row, typed), area, typed)


def places_in_lists(areas: Sequence[NameListArea], places: Collection[Place]) -> list[Place]:
    """Those of *places* that lie in a column of one of *areas*, in reading order."""
    by_sheet = {area.sheet: (area.first, {*area.columns.values()}) for area in areas if places}
    inside: list[tuple[str, int, int, str]] = []
    for sheet, cell in places if by_sheet else ():
        row, column = parse(cell)
        first, columns = by_sheet.get(sheet, (0, set[int]()))
        if row >= first and column in columns:
            inside.append((sheet, row, column, cell))
    return [(sheet, cell) for sheet, _, _, cell in sorted(inside)]


def _item(area: NameListArea, row: int, typed: dict[ListColumn, CellValue]) -> ListedItem:
    texts = {column: as_text(typed.get(column)) for column in ListColumn}
    return ListedItem(
        element=area.element,
        sheet=area.sheet,
        row=row,
        cell=area.cell(row, next(iter(area.columns))),
        name=texts[ListColumn.NAME],
        id="" if is_garbled(typed.get(ListColumn.ID)) else texts[ListColumn.ID],
        park=bare_text(texts[ListColumn.PARK]),
        day=as_day(typed.get(ListColumn.DATE)),
        amount=typed_number.interpret(typed.get(ListColumn.AMOUNT), _AMOUNT).number,
        note=texts[ListColumn.NOTE],
    )


def is_garbled(code: CellValue) -> bool:
    """Whether a spreadsheet made of *code* what nobody typed: a date, or a number cut short.

    Of more than fifteen digits that are typed as a number the rest become zeros.

    >>> is_garbled(2.40351178104e20), is_garbled(2025001.0), is_garbled("2403-511781-04-01-000001")
    (True, False, False)
    """
    if isinstance(code, float):
        return code >= LIMIT and (code > _WHOLE or code % 10 == 0)
    return isinstance(code, date | time | timedelta)


def as_text(value: CellValue) -> str:
    """What was typed as words; a code that a spreadsheet made a number loses no digit.

    >>> as_text(2403511781040001.0), as_text("  富硒茶 "), as_text(None)
    ('2403511781040001', '富硒茶', '')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return without_marks(value).strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def as_text_or_day(value: CellValue) -> str:
    """The same as `as_text`, with a day that a spreadsheet knows for one written as people do.

    >>> as_text_or_day(datetime(2025, 12, 31)), as_text_or_day("年底前")
    ('2025-12-31', '年底前')
    """
    return str(value.date()) if isinstance(value, datetime) else as_text(value)


def without_clock(text: str) -> str:
    """*text* without the time of day that a program wrote behind a date.

    >>> without_clock("2025-02-20 10:30:00"), without_clock("2025-02-20T00:00:00.000Z")
    ('2025-02-20', '2025-02-20')
    >>> without_clock("上午 10:30")
    '上午 10:30'
    """
    return _CLOCK.sub("", ordinary(text).strip())


def as_day(value: CellValue) -> date | None:
    """The day that was meant: a date, or text that can be read only one way; else None.

    A time behind it is left out, as a cell for dates does: the day is the one that is shown.

    >>> as_day("2025年9月3日") == as_day("2025-09-03") == as_day(20250903.0) == date(2025, 9, 3)
    True
    >>> as_day("2025年9月"), as_day(45903.0)
    (None, None)
    >>> as_day("2025-02-20 10:30:00") == as_day("2025-02-20T10:30:00+08:00") == date(2025, 2, 20)
    True
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _day_match(value)
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_no_day(value: CellValue) -> bool:
    """Whether *value* is written as a day that no calendar has (2025-02-30)."""
    return as_day(value) is None and _day_match(value) is not None


def _day_match(value: CellValue) -> re.Match[str] | None:
    return _DAY.fullmatch(bare_text(without_clock(as_text(value))))

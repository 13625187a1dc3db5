"""Days and the numbers by which spreadsheets know them (2025-02-20 is 45708)."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from wyexcel.files.reading import chinese_number
from wyexcel.files.reading.book import CellValue
from wyexcel.files.reading.typed_number import bare_text

OUR_TIME: Final = range(32_874, 73_051)
"""The numbers of the days from 1990 to 2099."""

_EPOCH: Final = date(1899, 12, 30)
_MARCH_1900: Final = 61
"""The number of 1 March 1900, before which programs count differently."""
_IN_WORDS: Final = re.compile(
    "([零〇○一二三四五六七八九]{4})年([一二三四五六七八九十]+)月([一二三四五六七八九十廿]+)日"
)
_SERIAL: Final = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")


def day_of_serial(value: CellValue) -> date | None:
    """The day that a spreadsheet shows for the number *value*, where that is one of our time.

    >>> str(day_of_serial(45708.0)), str(day_of_serial("45708.4")), day_of_serial(14.0)
    ('2025-02-20', '2025-02-20', None)
    """
    if isinstance(value, str):
        text = bare_text(value)
        value = float(text) if _SERIAL.fullmatch(text) else None
    if not isinstance(value, float | int) or not OUR_TIME.start <= value < OUR_TIME.stop:
        return None
    return _EPOCH + timedelta(days=int(value))


def serial_of_day(value: CellValue) -> int | None:
    """The whole number that every spreadsheet shows as the day *value*; None for anything else.

    >>> serial_of_day(date(2025, 2, 20)), serial_of_day(date(1900, 1, 14)), serial_of_day(14.0)
    (45708, None, None)
    """
    if not isinstance(value, date):
        return None
    day = value.date() if isinstance(value, datetime) else value
    number = (day - _EPOCH).days
    return number if number >= _MARCH_1900 else None


def day_in_words(text: str) -> date | None:
    """The day that *text* says in Chinese numerals.

    >>> str(day_in_words("二〇二五年九月三十日")), day_in_words("二〇二五年九月")
    ('2025-09-30', None)
    """
    match = _IN_WORDS.fullmatch(bare_text(text))
    parts = [chinese_number.value_of(part) for part in match.groups()] if match else []
    numbers = [int(part) for part in parts if part is not None]
    try:
        year, month, day = numbers
        return date(year, month, day)
    except ValueError:
        return None

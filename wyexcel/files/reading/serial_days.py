"""Days and the numbers by which spreadsheets know them (2025-02-20 is 45708)."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from wyexcel.files.reading.book import CellValue
from wyexcel.files.reading.typed_number import bare_text

OUR_TIME: Final = range(32_874, 73_051)
"""The numbers of the days from 1990 to 2099."""

_EPOCH: Final = date(1899, 12, 30)
_MARCH_1900: Final = 61
"""The number of 1 March 1900, before which programs count differently."""
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

"""Working days (工作日): weekends, the State Council's holidays, and what the office adds."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from importlib import import_module
from typing import Any, Final, TypeAlias

from msgspec import Struct

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


class Holiday(Struct, frozen=True, kw_only=True):
    """A row of 节假日 in 设置: from `first` to `last` are days off, or `worked` instead."""

    first: date
    last: date
    worked: bool = False
    name: str = ""

    def covers(self, day: date) -> bool:
        """Whether *day* is one of its days."""
        return self.first <= day <= self.last


Holidays: TypeAlias = Sequence[Holiday]


def is_working_day(day: date, holidays: Holidays = ()) -> bool:
    """Whether offices work on *day*: as *holidays* say, else the State Council, else the weekday.

    >>> is_working_day(date(2025, 10, 8)), is_working_day(date(2025, 10, 11))
    (False, True)
    """
    for holiday in holidays:
        if holiday.covers(day):
            return holiday.worked
    announced = _announced(day)
    return day.weekday() < _SATURDAY if announced is None else announced


def is_known(year: int, holidays: Holidays = ()) -> bool:
    """Whether the days off of *year* are known; otherwise its weekends alone are."""
    given = any(year in {holiday.first.year, holiday.last.year} for holiday in holidays)
    return given or _announced(date(year, 1, 1)) is not None


def working_day_from(day: date, holidays: Holidays = ()) -> date:
    """*day*, or the first working day after it.

    >>> working_day_from(date(2025, 10, 8))
    datetime.date(2025, 10, 9)
    """
    while not is_working_day(day, holidays):
        day += _DAY
    return day


def working_days_after(last: date, day: date, holidays: Holidays = ()) -> int:
    """How many working days *day* lies after *last*, itself counted; 0 where it is no later.

    >>> working_days_after(date(2025, 9, 30), date(2025, 10, 9))
    1
    """
    days = (last + _DAY * n for n in range(1, (day - last).days + 1))
    return sum(is_working_day(one, holidays) for one in days)


@lru_cache(maxsize=4096)
def _announced(day: date) -> bool | None:
    """Whether *day* is worked by the State Council's notices; None for a year without one."""
    calendar: Any = import_module("chinese_calendar")  # only what asks for a due date needs it
    try:
        return bool(calendar.is_workday(day))
    except NotImplementedError:
        return None

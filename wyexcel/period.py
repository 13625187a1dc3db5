"""The reporting period (报告期), which is the year to date, and dates in official style."""

import calendar
import re
from datetime import date
from fractions import Fraction
from typing import Final, Self

from msgspec import Struct

from wyexcel.errors import BadPeriod

MONTHS: Final = 12
QUARTER: Final = 3

_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})")
_QUARTER: Final = re.compile(r"([0-9]{4})-?[Qq]([1-4])")
_NAMES: Final = {3: "年一季度", 6: "年上半年", 9: "年前三季度", 12: "年度"}


class Period(Struct, frozen=True, order=True):
    """The year to date, through the end of *month* (1—N月累计).

    >>> Period(2025, 9).elapsed
    Fraction(3, 4)
    >>> str(Period(2025, 9)), Period(2025, 9).title, Period(2025, 9).name
    ('2025-09', '2025年1—9月', '2025年前三季度')
    """

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2025-09` or `2025Q3` (the same period); raise BadPeriod for anything else.

        >>> Period.parse("2025Q3") == Period.parse("2025-09") == Period(2025, 9)
        True
        """
        if (month := _MONTH.fullmatch(text.strip())) and 1 <= int(month[2]) <= MONTHS:
            return cls(int(month[1]), int(month[2]))
        if quarter := _QUARTER.fullmatch(text.strip()):
            return cls(int(quarter[1]), QUARTER * int(quarter[2]))
        message = f"“{text}”不是报告期。请写成 2025-09（1—9月累计）或 2025Q3。"
        raise BadPeriod(message)

    @property
    def elapsed(self) -> Fraction:
        """The share of the year gone by, which is the even-pace schedule (时序进度)."""
        return Fraction(self.month, MONTHS)

    @property
    def end(self) -> date:
        """The last day that the period counts."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def months(self) -> str:
        """The months alone, as a column heading says them (1—9月)."""
        return "1月" if self.month == 1 else f"1—{self.month}月"

    @property
    def title(self) -> str:
        """The period as a table's title says it (2025年1—9月)."""
        return f"{self.year}年{self.months}"

    @property
    def name(self) -> str:
        """The period as an official text says it (2025年前三季度, 2025年度)."""
        return f"{self.year}{_NAMES.get(self.month, f'年{self.months}')}"

    @property
    def ends_quarter(self) -> bool:
        """Whether it ends with a quarter, and so has a bulletin (季通报)."""
        return self.month % QUARTER == 0

    @property
    def quarter(self) -> str:
        """The quarter that its last month lies in (二季度)."""
        return f"{'一二三四'[(self.month - 1) // QUARTER]}季度"

    @property
    def year_ago(self) -> "Period":
        """The same months of the year before (上年同期)."""
        return Period(self.year - 1, self.month)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


def chinese_date(day: date) -> str:
    """A day as official texts write it (GB/T 9704—2012).

    >>> chinese_date(date(2025, 10, 9))
    '2025年10月9日'
    """
    return f"{day.year}年{day.month}月{day.day}日"

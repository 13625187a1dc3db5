"""核定值: a number that the office settled in place of a unit's, with who, when and why."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from msgspec import Struct

from wyexcel.period import Period, chinese_date


class Agreed(Struct, frozen=True, kw_only=True):
    """One row of 核定值: a number that counts in place of what the units reported.

    `element` is the code of a data element, `value` in its measure. `reported` is what the unit had
    reported by then (单位报数), where the office wrote that down.
    """

    period: Period
    element: str
    park: str
    value: Decimal
    by: str
    day: date
    why: str
    reported: Decimal | None = None

    @property
    def signed(self) -> str:
        """Who agreed on it, when and why (张三，2025年10月12日，经统计局核减)."""
        return f"{self.by}，{chinese_date(self.day)}，{self.why}"


NOTHING_AGREED: Final[Mapping[tuple[str, str], Agreed]] = {}

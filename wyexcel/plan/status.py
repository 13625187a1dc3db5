"""How an indicator may stand, and the bands that decide it (判定规则)."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final

from msgspec import Struct


class Colour(StrEnum):
    """The light on which a status is printed."""

    GREEN = "绿"
    YELLOW = "黄"
    RED = "红"
    GREY = "灰"


class Status(StrEnum):
    """How an indicator stands (domain.md B3); the value is the word that is printed."""

    UNREPORTED = "未报"
    UNCONFIRMED = "口径待确认"
    NO_TARGET = "不设目标"
    NOT_APPLICABLE = "不适用"
    NO_TASK = "无当年任务"
    EARLY = "提前完成"
    NO_BASELINE = "缺基期，不评进度"
    NOT_DUE = "未到节点"
    DONE = "已完成"
    REACHED = "达标"
    REACHED_SO_FAR = "已达到·以期末为准"
    AHEAD = "超进度"
    ON_PACE = "达进度"
    BEHIND = "欠进度"
    FAR_BEHIND = "严重欠进度"
    CLOSE = "接近"
    MISSED = "未达标"

    @property
    def colour(self) -> Colour:
        """The light of the status itself; grey where nothing is judged."""
        return _COLOURS.get(self, Colour.GREY)


_COLOURS: Final = {
    Status.EARLY: Colour.GREEN,
    Status.DONE: Colour.GREEN,
    Status.REACHED: Colour.GREEN,
    Status.REACHED_SO_FAR: Colour.GREEN,
    Status.AHEAD: Colour.GREEN,
    Status.ON_PACE: Colour.GREEN,
    Status.BEHIND: Colour.YELLOW,
    Status.CLOSE: Colour.YELLOW,
    Status.FAR_BEHIND: Colour.RED,
    Status.MISSED: Colour.RED,
}


class Method(StrEnum):
    """What the bands of 判定规则 are measured in."""

    ATTAINMENT = "达成率"
    POINTS = "百分点"


class Band(Struct, frozen=True, kw_only=True):
    """One row of 判定规则: from `lower` (included) up to `upper` (not included), in percent.

    None is no bound. Under 达成率 the number is actual ÷ due (K); under 百分点 it is the gap.
    """

    method: Method
    lower: Decimal | None
    upper: Decimal | None
    status: Status

    def holds(self, percent: Fraction) -> bool:
        """Whether *percent* falls into the band; exact, half-open."""
        above = self.lower is None or percent >= _exact(self.lower)
        return above and (self.upper is None or percent < _exact(self.upper))


@lru_cache(maxsize=64)
def _exact(bound: Decimal) -> Fraction:
    return Fraction(bound)


LAGGING: Final = frozenset({Status.BEHIND, Status.FAR_BEHIND, Status.CLOSE, Status.MISSED})
"""The statuses that name an indicator in 欠进度清单."""

SEVERE: Final = frozenset({Status.FAR_BEHIND, Status.MISSED})
"""The lagging ones that are red; the others are yellow."""

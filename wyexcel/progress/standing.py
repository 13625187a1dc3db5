"""How one indicator stands in one period: the record that is printed, signed and published."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct, field

from wyexcel.files.number_display import decimals_apart, decimals_close
from wyexcel.forms.submission import ProgressNote
from wyexcel.plan.plan import Indicator, TargetValue
from wyexcel.plan.status import Status


class Source(NamedTuple):
    """One cell that went into a printed number; `value` in the measure that was filled."""

    file: str
    sheet: str
    cell: str
    value: float | str


class EarlierStanding(NamedTuple):
    """How an indicator stood in an earlier period, and for how many in a row it lagged by then."""

    status: Status
    periods_behind: int


class Standing(Struct, frozen=True, kw_only=True):
    """One indicator in one period. Numbers are exact and in the printed measure; None is no number.

    `completion`, `net_completion` and `attainment` are percent; `gap` is in `gap_measure`
    (百分点 for amounts, the indicator's own measure for counts, 百分点 of the ratio for ratios);
    `gap_points` is always percentage points, as the column 超欠进度 prints it; `due` is the
    schedule in percent (应达). `reports` gives each responsible unit's own value, `difference`
    主报 minus the 核对 value that lies farthest from it. `outlook` is what a lagging amount
    needs in the months that are left, `agreed` what the office found to be right (核定值),
    `account` why it lags, as the unit says; `excuse` is what the units say in place of a number
    (不适用, 不详).
    """

    indicator: Indicator
    target: TargetValue
    status: Status
    reason: str
    actual: Fraction | None = None
    completion: Fraction | None = None
    net_completion: Fraction | None = None
    due: Fraction | None = None
    expected: Fraction | None = None
    gap: Fraction | None = None
    gap_points: Fraction | None = None
    gap_measure: str = "百分点"
    attainment: Fraction | None = None
    year_ago: Fraction | None = None
    parks: Mapping[str, Fraction | None]
    reports: Mapping[str, Fraction | None]
    difference: Fraction | None = None
    disputed: bool = False
    remarks: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    periods_behind: int = 0
    outlook: str = ""
    account: ProgressNote = field(default_factory=ProgressNote)
    excuse: str = ""

    @property
    def decimals(self) -> int:
        """How many decimals show the value well, and not like the target where it is not."""
        target, least = self.target, self.indicator.decimals
        if self.actual is None:
            return least
        others = [Fraction(target)] if isinstance(target, Decimal) else []
        return decimals_apart(self.actual, others, decimals_close(self.actual, least))

"""How one indicator stands in one period: the record that is printed, signed and published."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct, field

from wyexcel.forms.submission import ProgressNote
from wyexcel.plan.plan import Indicator, TargetValue
from wyexcel.plan.status import Colour, Method, Status
from wyexcel.progress.digits import amount_decimals, percent_decimals


class Source(NamedTuple):
    """One cell that went into a printed number; `value` in the measure that was filled."""

    file: str
    sheet: str
    cell: str
    value: float | str


class Standing(Struct, frozen=True, kw_only=True):
    """One indicator in one period. Numbers are exact and in the printed measure; None is no number.

    `completion`, `net_completion` and `attainment` are percent; `gap` is in `gap_measure`
    (百分点 for amounts, the indicator's own measure for counts, 百分点 of the ratio for ratios);
    `gap_points` is always percentage points, as the column 超欠进度 prints it; `due` is the
    schedule in percent (应达), of the office's own plan where it is `planned` (计划进度), of whole
    things that were rounded down where it is `whole`.
    `escalated` is yellow printed red (连续欠进度升级), `missed` names the periods without a report
    among those in which it lagged. `bounds` are the percentages at which statuses change, by the
    `method` of 设置. `reports` gives each responsible unit's own value, `difference`
    主报 minus the 核对 value that lies farthest from it. `outlook` is what a lagging amount
    needs in the months that are left, `agreed` what the office found to be right (核定值),
    `account` why it lags, as the unit says; `excuse` is what the units say in place of a number
    (不适用, 不详), `returned` those of its units whose forms came and went back.
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
    missed: tuple[str, ...] = ()
    escalated: bool = False
    planned: bool = False
    whole: bool = False
    method: Method = Method.ATTAINMENT
    bounds: tuple[Fraction, ...] = ()
    outlook: str = ""
    account: ProgressNote = field(default_factory=ProgressNote)
    excuse: str = ""
    returned: tuple[str, ...] = ()

    @property
    def colour(self) -> Colour:
        """The light on which its status is printed."""
        return Colour.RED if self.escalated else self.status.colour

    @property
    def calendar(self) -> str:
        """What it is held against: the calendar, or the office's own plan."""
        return "计划进度" if self.planned else "时序进度"

    @property
    def decimals(self) -> int:
        """How many decimals show the value well, and not like the target or what was due."""
        target = Fraction(self.target) if isinstance(self.target, Decimal) else None
        expected = self.expected
        return amount_decimals(self.indicator, self.actual, target=target, expected=expected)

    @property
    def percent_decimals(self) -> int:
        """How many decimals show rate, schedule and gap, so that they say the same as the status.

        A rate is told from what is due, a gap from nothing and from the bounds that judge it.
        """
        rate = self.completion if self.net_completion is None else self.net_completion
        bounds = self.bounds if self.method is Method.POINTS else ()
        return percent_decimals(rate, self.due, self.gap_points, bounds)

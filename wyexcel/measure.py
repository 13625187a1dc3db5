"""The numbers of a judgement: rate, what was due, gap, attainment (domain.md B2), all exact."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from wyexcel import schedule
from wyexcel.figures import Figures
from wyexcel.office import Item
from wyexcel.organisation import WHOLE
from wyexcel.period import Period
from wyexcel.plan import Direction, Indicator, Kind, Plan

POINTS: Final = "百分点"
_PERCENT: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the judgement stands on; fields as in `standing.Standing`."""

    completion: Fraction | None = None
    net_completion: Fraction | None = None
    baseline: Fraction | None = None
    due: Fraction | None = None
    expected: Fraction | None = None
    gap: Fraction | None = None
    gap_points: Fraction | None = None
    gap_measure: str = POINTS
    attainment: Fraction | None = None


class Case(NamedTuple):
    """One indicator in one period with all its numbers: what is judged and explained."""

    indicator: Indicator
    period: Period
    figures: Figures
    measured: Measured

    @property
    def target(self) -> Fraction:
        """The year's target as a number; 0 where it is not one."""
        return target_of(self.indicator, self.period)


def measure(plan: Plan, indicator: Indicator, period: Period, actual: Fraction) -> Measured:
    """*actual* against a target that is a number other than 0."""
    target = target_of(indicator, period)
    if indicator.kind is Kind.RATIO:
        return _ratio(indicator, target, actual)
    if indicator.kind is Kind.STOCK:
        return _stock(plan, indicator, period, actual)
    exact = schedule.expected(plan, indicator, period, target=target, start=Fraction(0))
    due = exact / target * _PERCENT
    completion = actual / target * _PERCENT
    if indicator.kind is Kind.COUNT:
        return _count(indicator, completion, due, (actual, schedule.countable(indicator, exact)))
    return Measured(
        completion=completion,
        due=due,
        expected=exact,
        gap=completion - due,
        gap_points=completion - due,
        attainment=_share(actual, exact),
    )


def target_of(indicator: Indicator, period: Period) -> Fraction:
    """The year's target as a number; 0 where it is not one."""
    target = indicator.targets[period.year]
    return Fraction(target) if isinstance(target, Decimal) else Fraction(0)


def gap_measure(indicator: Indicator) -> str:
    """What a gap is counted in: things for things, percentage points for amounts and ratios."""
    return indicator.measure if indicator.kind in {Kind.COUNT, Kind.STOCK} else POINTS


def _count(
    indicator: Indicator, completion: Fraction, due: Fraction, counted: tuple[Fraction, Fraction]
) -> Measured:
    actual, expected = counted
    nothing_due = expected == 0
    return Measured(
        completion=completion,
        due=due,
        expected=expected,
        gap=None if nothing_due else actual - expected,
        gap_points=None if nothing_due else completion - due,
        gap_measure=indicator.measure,
        attainment=_share(actual, expected),
    )


def _stock(plan: Plan, indicator: Indicator, period: Period, actual: Fraction) -> Measured:
    target, start = target_of(indicator, period), baseline(plan, indicator, period)
    level = actual / target * _PERCENT
    if start is None:
        return Measured(completion=level, gap_measure=indicator.measure)
    exact = schedule.expected(plan, indicator, period, target=target, start=start)
    expected, growth = schedule.countable(indicator, exact), target - start
    net = (actual - start) / growth * _PERCENT if growth else None
    due = (exact - start) / growth * _PERCENT if growth else None
    return Measured(
        completion=level,
        net_completion=net,
        baseline=start,
        due=due,
        expected=expected,
        gap=actual - expected,
        gap_points=None if net is None or due is None else net - due,
        gap_measure=indicator.measure,
        attainment=_share(actual - start, exact - start) if growth else _share(actual, target),
    )


def baseline(plan: Plan, indicator: Indicator, period: Period) -> Fraction | None:
    """Where the year began (基期: the end of the year before), if the office has said so."""
    wanted = (indicator.no, period.year, Item.BASELINE, WHOLE)
    values = (g.value for g in plan.given if (g.no, g.year, g.item, g.park) == wanted)
    found = next(values, None)
    return None if found is None else Fraction(found)


def _ratio(indicator: Indicator, target: Fraction, actual: Fraction) -> Measured:
    falling = indicator.direction is Direction.DOWN
    gap = target - actual if falling else actual - target
    return Measured(
        expected=target,
        gap=gap,
        gap_points=gap,
        attainment=_share(target, actual) if falling else _share(actual, target),
    )


def _share(part: Fraction, whole: Fraction) -> Fraction | None:
    return part / whole * _PERCENT if whole else None

"""The numbers of a judgement: rate, what was due, gap, attainment (domain.md B2), all exact."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final

from msgspec import Struct

from wyexcel.period import Period
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Direction, Indicator, Plan, TargetValue
from wyexcel.plan.schedule import Pace, pace
from wyexcel.plan.status import Method
from wyexcel.progress.figures import Figures, combine

POINTS: Final = "百分点"
NEARLY_THERE: Final = Fraction(95)
"""The attainment in percent from which on repeated lagging is not printed red."""

_PERCENT: Final = 100


class Measured(Struct, frozen=True, kw_only=True):
    """The numbers that the judgement is based on; fields as in `standing.Standing`.

    `baseline` is where the year began. `share` is the part of the year's task that calendar or plan
    ask for, in percent, and `due` the part that is due: less, where `whole` says that what was due
    was rounded down to whole things.
    """

    completion: Fraction | None = None
    net_completion: Fraction | None = None
    baseline: Fraction | None = None
    share: Fraction | None = None
    due: Fraction | None = None
    expected: Fraction | None = None
    gap: Fraction | None = None
    gap_points: Fraction | None = None
    gap_measure: str = POINTS
    attainment: Fraction | None = None
    whole: bool = False


class Measurement(Struct, frozen=True, kw_only=True, dict=True):
    """One indicator in one period with all its numbers: what is judged and explained.

    What can be measured is measured when it is first asked for: some are judged without.
    """

    plan: Plan
    indicator: Indicator
    period: Period
    figures: Figures

    @cached_property
    def measured(self) -> Measured:
        """Everything that can be measured of it; a target of 0 is never divided by."""
        actual = self.figures.actual
        if actual is None or not self.target:
            return Measured(gap_measure=_gap_measure(self.indicator))
        return _MEASURES[self.indicator.kind](self.indicator, self.pace, actual)

    @property
    def pace(self) -> Pace:
        """What the year asks of it by the end of the period."""
        return pace(self.plan, self.indicator, self.period)

    @property
    def bounds(self) -> tuple[Fraction, ...]:
        """The percentages at which another status or colour begins."""
        return bounds_in_force(self.plan)

    @property
    def set_target(self) -> TargetValue:
        """The year's target, or what stands in its place."""
        return self.indicator.targets[self.period.year]

    @property
    def target(self) -> Fraction:
        """The year's target as a number; 0 where it is not one."""
        return self.pace.target

    @property
    def is_reached(self) -> bool:
        """Whether the year's target is reached already."""
        return self.figures.actual is not None and self.figures.actual >= self.target


def bounds_in_force(plan: Plan) -> tuple[Fraction, ...]:
    """The bounds of the bands in force, and the one of 连续欠进度升级 where that is on."""
    found = [b for band in plan.bands_in_force for b in (band.lower, band.upper) if b is not None]
    is_red_again = plan.settings.escalate and plan.settings.method is Method.ATTAINMENT
    return tuple(dict.fromkeys((*map(Fraction, found), *([NEARLY_THERE] if is_red_again else []))))


def _gap_measure(indicator: Indicator) -> str:
    """What a gap is counted in: things for things, percentage points for amounts and ratios."""
    return indicator.measure if indicator.kind in {Kind.COUNT, Kind.STOCK} else POINTS


def _accumulated(indicator: Indicator, asked: Pace, actual: Fraction) -> Measured:
    """An amount or a count of the year so far; where nothing is due yet there is no gap."""
    target, exact, expected = asked.target, asked.exact, asked.expected
    completion, due = actual / target * _PERCENT, expected / target * _PERCENT
    points = completion - due if expected else None
    things = actual - expected if expected else None
    return Measured(
        completion=completion,
        share=exact / target * _PERCENT,
        due=due,
        expected=expected,
        gap=things if indicator.kind is Kind.COUNT else points,
        gap_points=points,
        gap_measure=_gap_measure(indicator),
        attainment=_share(actual, expected),
        whole=expected != exact,
    )


def _stock(indicator: Indicator, asked: Pace, actual: Fraction) -> Measured:
    """A level, by its net growth since the baseline.

    Without a baseline the level alone, which is judged at the end of the year; so is one that is to
    be kept, at any time.
    """
    target, start, expected = asked.target, asked.start, asked.expected
    level = actual / target * _PERCENT
    if start is None and not expected:
        return Measured(completion=level, gap_measure=indicator.measure)
    if start is None or start == target:
        return _level(indicator, asked, actual)
    growth = target - start
    net, due = ((value - start) / growth * _PERCENT for value in (actual, expected))
    return Measured(
        completion=level,
        net_completion=net,
        baseline=start,
        share=(asked.exact - start) / growth * _PERCENT,
        due=due,
        expected=expected,
        gap=actual - expected,
        gap_points=net - due,
        gap_measure=indicator.measure,
        attainment=_share(actual - start, expected - start),
        whole=expected != asked.exact,
    )


def _level(indicator: Indicator, asked: Pace, actual: Fraction) -> Measured:
    """A level held against the year's target itself."""
    level = actual / asked.target * _PERCENT
    return Measured(
        completion=level,
        baseline=asked.start,
        share=Fraction(_PERCENT),
        due=Fraction(_PERCENT),
        expected=asked.target,
        gap=actual - asked.target,
        gap_points=level - _PERCENT,
        gap_measure=indicator.measure,
        attainment=level,
    )


def _ratio(indicator: Indicator, asked: Pace, actual: Fraction) -> Measured:
    """A ratio against its target; no part of a year makes it smaller."""
    target = asked.target
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


_MEASURES: Final = {
    Kind.FLOW: _accumulated,
    Kind.COUNT: _accumulated,
    Kind.STOCK: _stock,
    Kind.RATIO: _ratio,
}


def measurement_of_unit(
    plan: Plan, indicator: Indicator, period: Period, reported: Mapping[str, Decimal]
) -> Measurement:
    """*indicator* measured as for the bulletin, by what one unit has *reported* for the zone."""
    codes = (*indicator.numerator, *indicator.denominator)
    figures = Figures(
        actual=combine(indicator, {code: reported.get(code) for code in codes}),
        parts=None,
        parks={},
        reports={},
        difference=None,
        disputed=False,
        remarks=(),
        lacking=(),
        sources=(),
        agreed=(),
    )
    return Measurement(plan=plan, indicator=indicator, period=period, figures=figures)

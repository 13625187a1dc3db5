"""How large an amount can be beside the year's target: what a first report is held against."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from wyexcel.files.number_display import rounded
from wyexcel.forms.value_in_words import in_words
from wyexcel.period import QUARTER, Period
from wyexcel.plan import schedule
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Direction, Indicator, Plan
from wyexcel.plan.plan_cache import PlanCache
from wyexcel.rules.other_measure import ten_thousands

_FAR: Final = 100
"""So many times off no unit does well or badly: it is another measure."""

_FARTHER: Final = 1000
"""So many times less while little may have happened yet (in the first quarter, below a ceiling)."""

_LEAST_TARGET: Final = 100
"""A target of less than so many (万元) is one of a first step (零的突破), which says no size."""

_SHARE_SOON: Final = Fraction(1, 4)
"""What is reached early in the year may be as much as this part of the target and is on time."""

_PLACES: Final = 2


class Expectation(NamedTuple):
    """What is due of the elements of one indicator, in the measure in which they are collected.

    `low` and `high` are how little and how much an amount may be beside it.
    """

    indicator: Indicator
    due: Decimal
    low: Fraction
    high: Fraction
    words: str

    def allows(self, amount: Decimal) -> bool:
        """Whether *amount* can be meant, well or badly as it is reached."""
        return amount <= 0 or self.low <= amount <= self.high


_EXPECTATIONS: Final = PlanCache[tuple[str, Period], tuple[Expectation, ...]]()


def expectations(plan: Plan, unit: str, period: Period) -> tuple[Expectation, ...]:
    """What the plan lets one expect of *unit* in *period*, indicator by indicator."""
    return _EXPECTATIONS.get(plan, (unit, period), lambda: tuple(_expectations(plan, unit, period)))


def _expectations(plan: Plan, unit: str, period: Period) -> Iterator[Expectation]:
    for indicator in plan.answered_by(unit):
        target = indicator.targets.get(period.year)
        if isinstance(target, Decimal) and indicator.judged and _is_amount(plan, indicator):
            collected = Fraction(target) / indicator.scale
            if not _is_first_step(plan, indicator, collected):
                words = f"年度目标 {in_words(target)}{indicator.measure}"
                due = _level if indicator.kind is Kind.STOCK else _running
                yield due(plan, indicator, period, words)


def _is_amount(plan: Plan, indicator: Indicator) -> bool:
    """Whether *indicator* is an amount, all of which is collected in one measure."""
    elements = [plan.element[code] for code in indicator.numerator]
    return (
        indicator.kind in {Kind.FLOW, Kind.STOCK}
        and len({element.measure for element in elements}) == 1
        and not any(element.is_count or element.listed for element in elements)
    )


def _is_first_step(plan: Plan, indicator: Indicator, target: Fraction) -> bool:
    measure = plan.element[indicator.numerator[0]].measure
    return target * (ten_thousands(measure) or 1) < _LEAST_TARGET


def _running(plan: Plan, indicator: Indicator, period: Period, words: str) -> Expectation:
    """What is due of an amount that runs from January on."""
    pace = schedule.pace(plan, indicator, period)
    due, target = pace.exact / indicator.scale, pace.target / indicator.scale
    is_early = period.month <= QUARTER or indicator.direction is Direction.DOWN
    low = due / (_FARTHER if is_early else _FAR)
    high = max(due, target * _SHARE_SOON) * _FAR
    shown = rounded(due, _PLACES)
    if shown <= 0:
        return Expectation(indicator, rounded(target, _PLACES), low, high, words)
    return Expectation(indicator, shown, low, high, f"按{words}推算的本期应达数")


def _level(plan: Plan, indicator: Indicator, period: Period, words: str) -> Expectation:
    """Between which levels an amount lies: all years' targets, and where the year began."""
    pace = schedule.pace(plan, indicator, period)
    levels = [Fraction(t) for t in indicator.targets.values() if isinstance(t, Decimal)]
    levels += [] if pace.start is None else [pace.start]
    target, low, high = (n / indicator.scale for n in (pace.target, min(levels), max(levels)))
    return Expectation(indicator, rounded(target, _PLACES), low / _FAR, high * _FAR, words)

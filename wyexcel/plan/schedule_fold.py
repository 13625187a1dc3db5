"""How much was due by the end of a period (时序进度): month by month, or as the office planned."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from math import floor
from typing import Final

from wyexcel.period import QUARTER, Period
from wyexcel.plan.plan import Indicator, Kind, Plan
from wyexcel.plan.settings import Item
from wyexcel.plan.units import WHOLE

_QUARTERS: Final = (Item.QUARTER_1, Item.QUARTER_2, Item.QUARTER_3, Item.QUARTER_4)


def expected(
    plan: Plan, indicator: Indicator, period: Period, *, target: Fraction, start: Fraction
) -> Fraction:
    """What should have been reached, in the printed measure, before whole things are counted.

    *start* is where the year began: 0 for what accumulates, the baseline for a stock. Between the
    quarter ends of the office's plan it rises evenly.
    """
    planned = quarters(plan, indicator, period.year)
    if not planned:
        return start + (target - start) * period.elapsed
    points = (start, *planned)
    whole, months = divmod(period.month, QUARTER)
    if not months:
        return points[whole]
    return points[whole] + (points[whole + 1] - points[whole]) * Fraction(months, QUARTER)


def quarters(plan: Plan, indicator: Indicator, year: int) -> tuple[Fraction, ...]:
    """The office's own plan for the four quarter ends, cumulative; empty where there is none."""
    wanted = (indicator.no, year, WHOLE)
    given = {g.item: Fraction(g.value) for g in plan.given if (g.no, g.year, g.park) == wanted}
    planned: Sequence[Fraction] = [given[item] for item in _QUARTERS if item in given]
    if len(planned) < len(_QUARTERS):
        return ()
    if plan.settings.quarter_plans_cumulative or indicator.kind is Kind.STOCK:
        return tuple(planned)
    return tuple(accumulate(planned))


def countable(indicator: Indicator, amount: Fraction) -> Fraction:
    """*amount* rounded down to whole things, where only whole things can be due."""
    counted = indicator.kind in {Kind.COUNT, Kind.STOCK} and indicator.decimals == 0
    return Fraction(floor(amount)) if counted else amount

"""What a year asks of an indicator by the end of a period (应达), and when reports are due."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import floor
from typing import Final, NamedTuple

from wyexcel.period import MONTHS, QUARTER, Period, chinese_date
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Indicator, Plan, TargetValue
from wyexcel.plan.plan_cache import PlanCache
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.settings import GivenKind
from wyexcel.plan.working_days import is_known, working_day_from, working_days_after


class Pace(NamedTuple):
    """The year's target, where the year began, and what was due, all in the printed measure.

    `start` is None for a stock whose baseline nobody gave, and nothing is due of it before the
    year's end; a ratio is due whole. `exact` is what should have been reached, `expected` the same
    in whole things where only whole things can be, and `planned` whether the office's own plan
    says so (季度计划).
    """

    target: Fraction
    start: Fraction | None
    exact: Fraction
    expected: Fraction
    planned: bool


_PACES: Final = PlanCache[tuple[int, Period], tuple[Indicator, Pace]]()


def pace(plan: Plan, indicator: Indicator, period: Period) -> Pace:
    """The pace of *indicator* in *period*, cached with the plan.

    An indicator that is not the one of *plan* with its number has its own pace.
    """
    key = indicator.no, period
    cached, pace = _PACES.get(plan, key, lambda: (indicator, _pace(plan, indicator, period)))
    return pace if cached is indicator else _pace(plan, indicator, period)


def _pace(plan: Plan, indicator: Indicator, period: Period) -> Pace:
    """At the end of the year every kind is due whole, with a baseline or without (domain.md B2)."""
    target = _number(indicator.targets[period.year])
    if indicator.kind is Kind.RATIO:
        return Pace(target, None, target, target, planned=False)
    start = _baseline(plan, indicator, period) if indicator.kind is Kind.STOCK else Fraction(0)
    planned = bool(quarter_plan(plan, indicator, period.year))
    if period.month == MONTHS:
        return Pace(target, start, target, target, planned=planned)
    if start is None:
        return Pace(target, None, Fraction(0), Fraction(0), planned=planned)
    exact = _expected(plan, indicator, period, target=target, start=start)
    return Pace(target, start, exact, _in_whole_things(indicator, exact), planned=planned)


def _number(target: TargetValue) -> Fraction:
    """*target* as a number; 0 where it is not one."""
    return Fraction(target) if isinstance(target, Decimal) else Fraction(0)


def _baseline(plan: Plan, indicator: Indicator, period: Period) -> Fraction | None:
    """Where the year began (基期: the end of the year before), if the office has said so."""
    wanted = (indicator.no, period.year, GivenKind.BASELINE, WHOLE)
    values = (g.value for g in plan.given if (g.no, g.year, g.item, g.park) == wanted)
    baseline = next(values, None)
    return None if baseline is None else Fraction(baseline)


def due(plan: Plan, period: Period) -> date:
    """The last day on which a report for *period* is on time (报送截止).

    It was settled when the forms were issued; before that it is as the settings have it now.
    """
    return plan.due_dates.get(str(period)) or due_by_settings(plan, period)


def due_by_settings(plan: Plan, period: Period) -> date:
    """The latest of the due dates that *period* has: as a month, a quarter's end, a year's end.

    Each is moved to the next working day.
    """
    settings = plan.settings
    days = [settings.month_days]
    if period.month % QUARTER == 0:
        days.append(settings.quarter_days)
    if period.month == MONTHS:
        days.append(settings.year_days)
    last = period.end + timedelta(days=max(days))
    return working_day_from(last, settings.holidays)


def unknown_holidays(plan: Plan, period: Period) -> str:
    """The sentence that the due date of *period* knows no holidays; "" where it does."""
    last = due(plan, period)
    if str(period) in plan.due_dates or is_known(last.year, plan.settings.holidays):
        return ""
    return (
        f"{last.year}年的节假日还不知道，{period.title}的报送截止日按周末推算为{chinese_date(last)}。"
        "国务院公布以后，请填在主工作簿“设置”的“节假日”里，再下发。"
    )


def overdue(plan: Plan, period: Period, day: date) -> str:
    """How late *day* is for *period*, as letters say it (已逾期2个工作日); "" where it is not."""
    last = due(plan, period)
    if day <= last:
        return ""
    days = working_days_after(last, day, plan.settings.holidays)
    return f"已逾期{days}个工作日" if days else "已过截止日"


_QUARTERS: Final = (
    GivenKind.QUARTER_1,
    GivenKind.QUARTER_2,
    GivenKind.QUARTER_3,
    GivenKind.QUARTER_4,
)


def _expected(
    plan: Plan, indicator: Indicator, period: Period, *, target: Fraction, start: Fraction
) -> Fraction:
    """What should have been reached, in the printed measure, not yet rounded to whole things.

    *start* is where the year began: 0 for what accumulates, the baseline for a stock. Between the
    quarter ends of the office's plan it rises evenly.
    """
    planned = quarter_plan(plan, indicator, period.year)
    if not planned:
        return start + (target - start) * period.elapsed
    points = (start, *planned)
    whole, months = divmod(period.month, QUARTER)
    if not months:
        return points[whole]
    return points[whole] + (points[whole + 1] - points[whole]) * Fraction(months, QUARTER)


def quarter_plan(plan: Plan, indicator: Indicator, year: int) -> tuple[Fraction, ...]:
    """The office's own plan for the four quarter ends, cumulative; empty where there is none."""
    wanted = (indicator.no, year, WHOLE)
    given = {g.item: Fraction(g.value) for g in plan.given if (g.no, g.year, g.park) == wanted}
    planned: Sequence[Fraction] = [given[item] for item in _QUARTERS if item in given]
    if len(planned) < len(_QUARTERS):
        return ()
    if plan.settings.quarter_plans_cumulative or indicator.kind is Kind.STOCK:
        return tuple(planned)
    return tuple(accumulate(planned))


def _in_whole_things(indicator: Indicator, amount: Fraction) -> Fraction:
    """*amount* rounded down to whole things, where only whole things can be due."""
    counted = indicator.kind in {Kind.COUNT, Kind.STOCK} and indicator.decimals == 0
    return Fraction(floor(amount)) if counted else amount

"""How every indicator stands against the calendar (对照时序、研判)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

import pandas as pd

from wyexcel import judge, reasons, reconcile, totals
from wyexcel.criteria import LAGGING, Status
from wyexcel.figures import Figures, gather
from wyexcel.measure import Case, Measured, gap_measure, measure
from wyexcel.office import Item
from wyexcel.organisation import WHOLE
from wyexcel.period import Period
from wyexcel.plan import Indicator, NoTarget, Plan
from wyexcel.reconcile import Settled
from wyexcel.schedule import quarters
from wyexcel.standing import Standing

_JANUARY: Final = 1


def assess(
    plan: Plan,
    period: Period,
    ledger: pd.DataFrame,
    *,
    year_ago: pd.DataFrame | None = None,
    before: Sequence[tuple[Standing, ...]] = (),
) -> tuple[Standing, ...]:
    """Every indicator of the plan, in the order of the table.

    *year_ago* is the ledger of the same months last year, *before* how the indicators stood in
    the earlier periods of this year, oldest first.
    """
    now = settle(plan, period, ledger)
    ago = {} if year_ago is None else settle(plan, period.year_ago, year_ago)
    return tuple(
        _stand(
            plan,
            _case(plan, indicator, period, gather(indicator, now, plan)),
            year_ago=_year_ago(plan, period, indicator, ago),
            last=_same(indicator, before[-1]) if before else None,
        )
        for indicator in plan.indicators
    )


def settle(plan: Plan, period: Period, ledger: pd.DataFrame) -> Mapping[str, Settled]:
    """Every element settled over its units, by element code."""
    reports = totals.aggregate(ledger, plan, period)
    return {settled.element.code: settled for settled in reconcile.settle(reports, plan)}


def _same(indicator: Indicator, standings: Sequence[Standing]) -> Standing | None:
    return next((s for s in standings if s.indicator.no == indicator.no), None)


def _year_ago(
    plan: Plan, period: Period, indicator: Indicator, ago: Mapping[str, Settled]
) -> Fraction | None:
    """Last year's value: what the office gave, else what the archive holds."""
    wanted = (indicator.no, period.year, Item.YEAR_AGO, WHOLE)
    for given in plan.given:
        if (given.no, given.year, given.item, given.park) == wanted:
            return Fraction(given.value)
    return gather(indicator, ago, plan).actual if ago else None


def _case(plan: Plan, indicator: Indicator, period: Period, figures: Figures) -> Case:
    target, actual = indicator.targets[period.year], figures.actual
    if actual is None or isinstance(target, NoTarget) or target == 0:
        return Case(indicator, period, figures, Measured(gap_measure=gap_measure(indicator)))
    return Case(indicator, period, figures, measure(plan, indicator, period, actual))


def _stand(plan: Plan, case: Case, *, year_ago: Fraction | None, last: Standing | None) -> Standing:
    indicator, period, figures, measured = case
    status = _status(plan, case)
    final = judge.escalated(plan, status, last.status if last else None)
    return Standing(
        indicator=indicator,
        target=indicator.targets[period.year],
        status=final,
        reason=reasons.reason(case, status),
        actual=figures.actual,
        completion=measured.completion,
        net_completion=measured.net_completion,
        due=measured.due,
        expected=measured.expected,
        gap=measured.gap,
        gap_points=measured.gap_points,
        gap_measure=measured.gap_measure,
        attainment=measured.attainment,
        year_ago=year_ago,
        parks=figures.parks,
        reports=figures.reports,
        difference=figures.difference,
        disputed=figures.disputed,
        remarks=(*figures.remarks, *_remarks(plan, case, final, status)),
        sources=figures.sources,
        periods_behind=_periods_behind(final, last),
    )


def _status(plan: Plan, case: Case) -> Status:
    exempt = any(not plan.element[code].january for code in case.indicator.numerator)
    if case.figures.actual is None and case.period.month == _JANUARY and exempt:
        return Status.NOT_DUE
    return judge.status_of(plan, case)


def _remarks(plan: Plan, case: Case, final: Status, status: Status) -> tuple[str, ...]:
    indicator, period, *_ = case
    remarks = [indicator.remark] if indicator.remark else []
    if quarters(plan, indicator, period.year) and final in _BY_CALENDAR:
        remarks.append("应达数按季度计划折算")
    if final is not status:
        remarks.append("连续两期欠进度，按设置升级")
    return tuple(remarks)


def _periods_behind(status: Status, last: Standing | None) -> int:
    """For how many periods in a row, this one included, it has been lagging."""
    if status not in LAGGING:
        return 0
    return 1 + (last.periods_behind if last else 0)


_BY_CALENDAR: Final = frozenset({Status.AHEAD, Status.ON_PACE, Status.BEHIND, Status.FAR_BEHIND})

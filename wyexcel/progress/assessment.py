"""How every indicator stands against the calendar (对照时序、研判)."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from wyexcel.period import Period
from wyexcel.plan.plan import Indicator, Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.settings import GivenKind
from wyexcel.plan.status import LAGGING, Status
from wyexcel.progress import judge, reasons, reconcile, remarks, totals
from wyexcel.progress.figures import gather
from wyexcel.progress.ledger import Ledger
from wyexcel.progress.measure import Measurement
from wyexcel.progress.reconcile import Settled
from wyexcel.progress.standing import EarlierStanding, Standing

_NONE_BEFORE: Final[Mapping[int, EarlierStanding]] = MappingProxyType({})


def judge_indicators(
    plan: Plan,
    period: Period,
    ledger: Ledger,
    *,
    year_ago: Ledger | None = None,
    last: Mapping[int, EarlierStanding] = _NONE_BEFORE,
) -> tuple[Standing, ...]:
    """Every indicator of the plan, in the order of the table.

    *year_ago* is the ledger of the same months last year, *last* how the indicators stood in this
    year's period before, by their number.
    """
    now = settle_ledger(plan, period, ledger)
    ago = None if year_ago is None else settle_ledger(plan, period.year_ago, year_ago)
    return tuple(
        _stand(
            Measurement(
                plan=plan,
                indicator=indicator,
                period=period,
                figures=gather(indicator, now, plan),
            ),
            year_ago=_year_ago(plan, period, indicator, ago),
            last=last.get(indicator.no),
        )
        for indicator in plan.indicators
    )


def settle_ledger(plan: Plan, period: Period, ledger: Ledger) -> Mapping[str, Settled]:
    """Every element settled over its units, by element code."""
    reports, agreed = totals.aggregate(ledger, plan, period), plan.agreed_in(period)
    return {settled.element.code: settled for settled in reconcile.settle(reports, plan, agreed)}


def _year_ago(
    plan: Plan, period: Period, indicator: Indicator, ago: Mapping[str, Settled] | None
) -> Fraction | None:
    """Last year's value: what the office gave for this very period, else what the archive holds.

    What it gave for the year at large fits one of its periods only, and is the last resort.
    """
    wanted = (indicator.no, period.year, GivenKind.YEAR_AGO, WHOLE)
    given = {
        g.month: Fraction(g.value) for g in plan.given if (g.no, g.year, g.item, g.park) == wanted
    }
    archived = gather(indicator, ago, plan).actual if ago else None
    at_large = given.get(None) if archived is None else archived
    return given.get(period.month, at_large)


def _stand(
    measurement: Measurement, *, year_ago: Fraction | None, last: EarlierStanding | None
) -> Standing:
    figures, measured = measurement.figures, measurement.measured
    status = judge.status_of(measurement)
    final = judge.escalated(measurement, status, last.status if last else None)
    return Standing(
        indicator=measurement.indicator,
        target=measurement.set_target,
        status=final,
        reason=reasons.reason_sentence(measurement, status),
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
        agreed=figures.agreed,
        remarks=remarks.remarks(measurement, status=status, final=final),
        outlook=remarks.outlook(measurement, final),
        sources=figures.sources,
        periods_behind=_periods_behind(final, last),
    )


def _periods_behind(status: Status, last: EarlierStanding | None) -> int:
    """For how many periods in a row, this one included, it has been lagging."""
    if status not in LAGGING:
        return 0
    return 1 + (last.periods_behind if last else 0)

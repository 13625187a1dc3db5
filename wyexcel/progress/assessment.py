"""How every indicator stands against the calendar (对照时序、研判)."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from wyexcel.period import Period
from wyexcel.plan.plan import Indicator, Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.settings import GivenKind
from wyexcel.plan.status import LAGGING
from wyexcel.progress import judge, reasons, reconcile, remarks, totals
from wyexcel.progress.figures import gather
from wyexcel.progress.lag_chain import NO_CHAIN, NO_CHAINS, LagChain
from wyexcel.progress.ledger import Ledger
from wyexcel.progress.measure import Measurement
from wyexcel.progress.reconcile import Settled
from wyexcel.progress.standing import Standing

_NONE_PUBLISHED: Final[Mapping[int, Fraction | None]] = MappingProxyType({})


def judge_indicators(  # noqa: PLR0913  what was reported, and by name what was before
    plan: Plan,
    period: Period,
    ledger: Ledger,
    *,
    year_ago: Ledger | None = None,
    published: Mapping[int, Fraction | None] = _NONE_PUBLISHED,
    chains: Mapping[int, LagChain] = NO_CHAINS,
    returned: Collection[str] = (),
) -> tuple[Standing, ...]:
    """Every indicator of the plan, in the order of the table.

    *year_ago* is the ledger of the same months last year, *published* what was published of them
    where they are closed, *chains* for how many periods of this year they lagged before; both by
    the indicator's number. *returned* are the units whose forms came and went back.
    """
    now = settle_ledger(plan, period, ledger)
    ago = None if year_ago is None else settle_ledger(plan, period.year_ago, year_ago)
    return tuple(
        _stand(
            Measurement(
                plan=plan,
                indicator=indicator,
                period=period,
                figures=gather(indicator, now, plan, returned=returned),
            ),
            year_ago=_year_ago(plan, period, indicator, _archived(indicator, ago, plan, published)),
            chain=chains.get(indicator.no, NO_CHAIN),
        )
        for indicator in plan.indicators
    )


def settle_ledger(plan: Plan, period: Period, ledger: Ledger) -> Mapping[str, Settled]:
    """Every element settled over its units, by element code."""
    reports, agreed = totals.aggregate(ledger, plan, period), plan.agreed_in(period)
    return {settled.element.code: settled for settled in reconcile.settle(reports, plan, agreed)}


def _archived(
    indicator: Indicator,
    ago: Mapping[str, Settled] | None,
    plan: Plan,
    published: Mapping[int, Fraction | None],
) -> Fraction | None:
    """Last year's value: what was *published*, whatever 核定值 says now, else what is archived.

    A published number is that of a JSON; where the archive still holds it, it is known exactly.
    """
    archived = gather(indicator, ago, plan).actual if ago else None
    if indicator.no not in published:
        return archived
    number = published[indicator.no]
    is_same = archived is not None and number is not None and float(archived) == float(number)
    return archived if is_same else number


def _year_ago(
    plan: Plan, period: Period, indicator: Indicator, archived: Fraction | None
) -> Fraction | None:
    """Last year's value: what the office gave for this very period, else the *archived* one.

    What it gave for the year at large fits one of its periods only, and is the last resort.
    """
    wanted = (indicator.no, period.year, GivenKind.YEAR_AGO, WHOLE)
    given = {
        g.month: Fraction(g.value) for g in plan.given if (g.no, g.year, g.item, g.park) == wanted
    }
    at_large = given.get(None) if archived is None else archived
    return given.get(period.month, at_large)


def _stand(measurement: Measurement, *, year_ago: Fraction | None, chain: LagChain) -> Standing:
    figures, measured = measurement.figures, measurement.measured
    status = judge.status_of(measurement)
    now = chain.after(status) if status in LAGGING else NO_CHAIN
    escalated = judge.is_escalated(measurement, status, now.periods_behind)
    return Standing(
        indicator=measurement.indicator,
        target=measurement.set_target,
        status=status,
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
        returned=figures.returned,
        remarks=remarks.remarks(measurement, status, escalated_after=now if escalated else None),
        outlook=remarks.outlook(measurement, status),
        sources=figures.sources,
        periods_behind=now.periods_behind,
        missed=now.missed,
        escalated=escalated,
        planned=measurement.pace.planned,
        whole=measured.whole,
        method=measurement.plan.settings.method,
        bounds=measurement.bounds,
    )

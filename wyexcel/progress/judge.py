"""From numbers to a status, in the order of precedence of domain.md B3."""

from fractions import Fraction
from typing import Final

from wyexcel.period import Period
from wyexcel.plan.plan import Indicator, Kind, NoTarget, Plan
from wyexcel.plan.status import LAGGING, SEVERE, Method, Status
from wyexcel.progress.measure import Case, Measured

_JANUARY: Final = 1
_YELLOW: Final = LAGGING - SEVERE


def status_of(case: Case) -> Status:
    """How an indicator stands; what is not due yet comes before what is done."""
    return _unjudged(case) or _against_target(case)


def _unjudged(case: Case) -> Status | None:
    """The statuses that need no comparison with the calendar."""
    indicator, target, actual = case.indicator, case.set_target, case.figures.actual
    if actual is None:
        if is_exempt(case.plan, indicator, case.period):
            return Status.NOT_DUE
        return Status.NOT_APPLICABLE if case.figures.is_of_nothing else Status.UNREPORTED
    if not indicator.judged:
        return Status.UNCONFIRMED
    if isinstance(target, NoTarget):
        applies = target is not NoTarget.NOT_APPLICABLE
        return Status.NO_TARGET if applies else Status.NOT_APPLICABLE
    if target == 0:
        return Status.EARLY if actual > 0 else Status.NO_TASK
    return None


def is_exempt(plan: Plan, indicator: Indicator, period: Period) -> bool:
    """Whether nobody is asked for it yet: January has no figures of its own (1月免报)."""
    used = (*indicator.numerator, *indicator.denominator)
    return period.month == _JANUARY and any(not plan.element[code].january for code in used)


def _against_target(case: Case) -> Status:
    kind = case.indicator.kind
    if kind is Kind.RATIO:
        return _ratio(case)
    return _stock(case) if kind is Kind.STOCK else _accumulating(case)


def _accumulating(case: Case) -> Status:
    """An amount or a count of the year: nothing is asked before something is due."""
    if not case.measured.expected:
        return Status.NOT_DUE
    return Status.DONE if case.is_reached else _by_band(case)


def _stock(case: Case) -> Status:
    """A level can fall back, so that it is only reached so far; without a start it has no pace."""
    measured = case.measured
    if case.is_reached:
        return Status.REACHED_SO_FAR
    if measured.gap is None:
        return Status.NO_BASELINE
    if measured.attainment is None:
        return Status.FAR_BEHIND if measured.gap < 0 else Status.NOT_DUE
    return _by_band(case)


def _ratio(case: Case) -> Status:
    gap = case.measured.gap
    if gap is None or gap >= 0:
        return Status.REACHED
    return Status.CLOSE if gap >= -Fraction(case.indicator.tolerance) else Status.MISSED


def _by_band(case: Case) -> Status:
    percent = measure_of(case.plan, case.measured)
    if percent is None:
        return Status.NOT_DUE
    return next(band.status for band in case.plan.bands_in_force if band.holds(percent))


def measure_of(plan: Plan, measured: Measured) -> Fraction | None:
    """The percentage that the bands in force are measured in."""
    points = plan.settings.method is Method.POINTS
    return measured.gap_points if points else measured.attainment


def escalated(case: Case, status: Status, before: Status | None) -> Status:
    """Yellow after a period that lagged already is red, where 设置 says so (连续欠进度升级)."""
    if not case.plan.settings.escalate or status not in _YELLOW or before not in LAGGING:
        return status
    return Status.MISSED if case.indicator.kind is Kind.RATIO else Status.FAR_BEHIND

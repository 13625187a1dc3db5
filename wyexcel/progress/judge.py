"""From numbers to a status, in the order of precedence of domain.md B3."""

from fractions import Fraction
from typing import Final

from wyexcel.period import MONTHS, Period
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Indicator, NoTarget, Plan
from wyexcel.plan.status import LAGGING, SEVERE, Method, Status
from wyexcel.progress.measure import NEARLY_THERE, Measured, Measurement

_JANUARY: Final = 1


def status_of(measurement: Measurement) -> Status:
    """How an indicator stands; what is done is done, also before it is due."""
    return _unjudged(measurement) or _against_target(measurement)


def _unjudged(measurement: Measurement) -> Status | None:
    """The statuses that need no comparison with the calendar."""
    indicator, target, actual = (
        measurement.indicator,
        measurement.set_target,
        measurement.figures.actual,
    )
    if actual is None:
        if is_exempt(measurement.plan, indicator, measurement.period):
            return Status.NOT_DUE
        return Status.NOT_APPLICABLE if measurement.figures.is_of_nothing else Status.UNREPORTED
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


def _against_target(measurement: Measurement) -> Status:
    kind = measurement.indicator.kind
    if kind is Kind.RATIO:
        return _ratio(measurement)
    return _stock(measurement) if kind is Kind.STOCK else _accumulating(measurement)


def _accumulating(measurement: Measurement) -> Status:
    """An amount or a count of the year: done, or else nothing is asked before something is due."""
    if measurement.is_reached:
        return Status.DONE
    return _by_band(measurement) if measurement.measured.expected else Status.NOT_DUE


def _stock(measurement: Measurement) -> Status:
    """A level can fall back before the year is over; without a start it has no pace until then."""
    measured = measurement.measured
    if measurement.is_reached:
        return Status.DONE if measurement.period.month == MONTHS else Status.REACHED_SO_FAR
    if measured.gap is None:
        return Status.NO_BASELINE
    if measured.attainment is None:
        return Status.FAR_BEHIND if measured.gap < 0 else Status.NOT_DUE
    return _by_band(measurement)


def _ratio(measurement: Measurement) -> Status:
    gap = measurement.measured.gap
    if gap is None or gap >= 0:
        return Status.REACHED
    return Status.CLOSE if gap >= -Fraction(measurement.indicator.tolerance) else Status.MISSED


def _by_band(measurement: Measurement) -> Status:
    percent = measure_of(measurement.plan, measurement.measured)
    if percent is None:
        return Status.NOT_DUE
    return next(band.status for band in measurement.plan.bands_in_force if band.holds(percent))


def measure_of(plan: Plan, measured: Measured) -> Fraction | None:
    """The percentage that the bands in force are measured in."""
    points = plan.settings.method is Method.POINTS
    return measured.gap_points if points else measured.attainment


def is_escalated(measurement: Measurement, status: Status, periods_behind: int) -> bool:
    """Whether yellow is printed red (连续欠进度升级): the second time in a row, where 设置 says so.

    The status stays, and what is nearly there (95 % of what was due) stays yellow.
    """
    attainment = measurement.measured.attainment
    return (
        measurement.plan.settings.escalate
        and status in LAGGING - SEVERE
        and periods_behind > 1
        and attainment is not None
        and attainment < NEARLY_THERE
    )

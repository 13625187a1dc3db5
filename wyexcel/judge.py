"""From numbers to a status, in the order of precedence of domain.md B3."""

from collections.abc import Sequence
from fractions import Fraction

from wyexcel.criteria import Band, Method, Status
from wyexcel.measure import Case, Measured
from wyexcel.plan import Indicator, Kind, NoTarget, Plan


def status_of(plan: Plan, case: Case) -> Status:
    """How an indicator stands. A year's task that is already done is done, whatever was due."""
    return _unjudged(case) or _against_target(plan, case)


def _unjudged(case: Case) -> Status | None:
    """The statuses that need no comparison with the calendar."""
    indicator, period, figures, _ = case
    target = indicator.targets[period.year]
    if figures.actual is None:
        return Status.UNREPORTED
    if not indicator.judged:
        return Status.UNCONFIRMED
    if isinstance(target, NoTarget):
        return Status.NO_TARGET
    if target == 0:
        return Status.EARLY if figures.actual > 0 else Status.NO_TASK
    return None


def _against_target(plan: Plan, case: Case) -> Status:
    indicator, _, figures, measured = case
    if indicator.kind is Kind.RATIO:
        return _ratio(indicator, measured)
    if figures.actual is not None and figures.actual >= case.target:
        return Status.REACHED_SO_FAR if indicator.kind is Kind.STOCK else Status.DONE
    if measured.expected is None:
        return Status.NO_BASELINE
    if measured.attainment is None or measured.gap is None:
        return Status.NOT_DUE
    return _by_band(plan, measured)


def _ratio(indicator: Indicator, measured: Measured) -> Status:
    gap = measured.gap
    if gap is None or gap >= 0:
        return Status.REACHED
    return Status.CLOSE if gap >= -Fraction(indicator.tolerance) else Status.MISSED


def _by_band(plan: Plan, measured: Measured) -> Status:
    points = plan.settings.method is Method.POINTS
    percent = measured.gap_points if points else measured.attainment
    bands: Sequence[Band] = [b for b in plan.bands if b.method is plan.settings.method]
    if percent is None:
        return Status.NOT_DUE
    return next(band.status for band in bands if band.holds(percent))


def escalated(plan: Plan, status: Status, before: Status | None) -> Status:
    """A second period behind in a row is far behind, where 设置 says so (连续欠进度升级)."""
    again = before in {Status.BEHIND, Status.FAR_BEHIND}
    if plan.settings.escalate and status is Status.BEHIND and again:
        return Status.FAR_BEHIND
    return status

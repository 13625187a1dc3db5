"""The notes beside a printed value: its source, how it was calculated, what is needed next."""

from collections.abc import Iterator
from typing import Final

from wyexcel.files.number_display import format_number
from wyexcel.period import MONTHS, QUARTER
from wyexcel.plan.element import Kind
from wyexcel.plan.schedule import quarter_plan
from wyexcel.plan.status import LAGGING, Status
from wyexcel.progress.arithmetic import amount
from wyexcel.progress.measure import Measurement

_BY_CALENDAR: Final = frozenset(
    {Status.NOT_DUE, Status.AHEAD, Status.ON_PACE, Status.BEHIND, Status.FAR_BEHIND}
)


def remarks(measurement: Measurement, *, status: Status, final: Status) -> tuple[str, ...]:
    """The notes to an indicator judged *status*, and *final* by the rule for repeated lagging."""
    return (*measurement.figures.remarks, *_of_judgement(measurement, status, final))


def _of_judgement(measurement: Measurement, status: Status, final: Status) -> Iterator[str]:
    indicator, period = measurement.indicator, measurement.period
    if indicator.remark and measurement.figures.actual is not None:
        yield indicator.remark
    if status is Status.NO_BASELINE:
        yield "缺基期数"
    if status in _BY_CALENDAR and quarter_plan(measurement.plan, indicator, period.year):
        between = "，季度之间按月均匀折算" if period.month % QUARTER else ""
        yield f"应达数按季度计划折算{between}"
    if final is not status:
        yield f"上期已落后，本期“{status}”按设置升级为“{final}”"


def outlook(measurement: Measurement, status: Status) -> str:
    """What a lagging amount needs in each month that is left; "" for all others."""
    indicator, done, left = (
        measurement.indicator,
        measurement.period.month,
        MONTHS - measurement.period.month,
    )
    actual = measurement.figures.actual
    if indicator.kind is not Kind.FLOW or status not in LAGGING or not left or actual is None:
        return ""
    needed, average = (measurement.target - actual) / left, actual / done
    text = f"后{left}个月需月均{amount(indicator, needed)}"
    if average <= 0:
        return text
    past = f"前{done}个月月均{amount(indicator, average)}"
    return f"{text}，为{past}的{format_number(needed / average, 2)}倍"

"""The notes beside a printed value: its source, how it was calculated, what is needed next."""

from collections.abc import Iterator

from wyexcel.files.number_display import format_number
from wyexcel.period import MONTHS, QUARTER
from wyexcel.plan.element import Kind
from wyexcel.plan.status import LAGGING, Status
from wyexcel.progress.arithmetic import amount
from wyexcel.progress.lag_chain import LagChain, missed_in_words
from wyexcel.progress.measure import Measurement


def remarks(
    measurement: Measurement, status: Status, *, escalated_after: LagChain | None
) -> tuple[str, ...]:
    """The notes to an indicator judged *status*, printed red after a chain where there is one."""
    return (
        *measurement.figures.remarks,
        *_of_judgement(measurement, status),
        *_of_colour(measurement, status, escalated_after),
    )


def _of_colour(measurement: Measurement, status: Status, chain: LagChain | None) -> Iterator[str]:
    if chain is not None:
        count = f"{chain.periods_behind}期{missed_in_words(chain.missed, measurement.period)}"
        yield f"本年连续{count}没有达到要求，按设置印红色，状态仍为“{status}”"


def _of_judgement(measurement: Measurement, status: Status) -> Iterator[str]:
    indicator, period = measurement.indicator, measurement.period
    if indicator.remark and measurement.figures.actual is not None:
        yield indicator.remark
    if status is Status.NO_BASELINE:
        yield "缺基期数"
    if measurement.measured.due is not None and measurement.pace.planned:
        between = "，季度之间按月均匀折算" if period.month % QUARTER else ""
        yield f"应达数按季度计划折算{between}"


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

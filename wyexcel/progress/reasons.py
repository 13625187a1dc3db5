"""Why an indicator stands as it does: one sentence that shows its arithmetic."""

from collections.abc import Callable, Mapping
from typing import Final

from wyexcel.files.number_display import all_digits, format_number
from wyexcel.period import MONTHS
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import NoTarget
from wyexcel.plan.status import Status
from wyexcel.progress.arithmetic import BY_KIND, actual_and_target, amount, calendar, rate, times
from wyexcel.progress.measure import Measurement


def reason_sentence(measurement: Measurement, status: Status) -> str:
    """The sentence for *status*, which says the same as the status."""
    sentence = _BY_STATUS.get(status) or BY_KIND[measurement.indicator.kind]
    agreed = "".join(f"其中{text}。" for text in measurement.figures.agreed)
    return f"{sentence(measurement)}{agreed}"


def _actual(measurement: Measurement) -> str:
    """What was reported, with its measure."""
    return amount(measurement.indicator, measurement.figures.actual)


def _unreported(measurement: Measurement) -> str:
    return f"{'；'.join(measurement.figures.lacking)}，不作评判。"


def _not_applicable(measurement: Measurement) -> str:
    if measurement.figures.actual is None:
        return "分母合计为0，不能计算比率，不作评判。"
    return f"本期{_actual(measurement)}；当年不适用，不作评判。"


def _no_target(measurement: Measurement) -> str:
    target = measurement.set_target
    what = "没有填目标" if target is NoTarget.BLANK else f"目标为“{target}”"
    return f"本期{_actual(measurement)}；{what}，只监测，不评进度。"


def _early(measurement: Measurement) -> str:
    return f"当年目标为0，已实现{_actual(measurement)}，提前完成。"


def _without_baseline(measurement: Measurement) -> str:
    actual, target = actual_and_target(measurement)
    share = format_number(measurement.measured.completion, 1)
    year = measurement.period.year
    close = f"，或先将{year - 1}年12月定稿" if year > measurement.plan.years[0] else ""
    return (
        f"期末{actual}÷目标{target}＝{share}%；没有基期数，净增进度无法计算，"
        f"请在“基期与分解”补填{close}。"
    )


def _not_due(measurement: Measurement) -> str:
    indicator, measured = measurement.indicator, measurement.measured
    if measurement.figures.actual is None:
        return "1月免报，不作评判。"
    share = f"{calendar(measurement)}{format_number(measured.share, 1)}%"
    has = f"累计{_actual(measurement)}"
    target = amount(indicator, measurement.target)
    if indicator.kind is Kind.STOCK:
        start = amount(indicator, measured.baseline)
        level = f"期末{_actual(measurement)}"
        little = f"由基期{start}增至目标{target}，{share}不足1{indicator.measure}"
        return f"{little}，本期不作要求；{level}。"
    if measured.whole:
        return f"目标{target}×{share}不足1{indicator.measure}，本期不作要求；{has}。"
    return f"{share}，本期不作要求；{has}。"


def _done(measurement: Measurement) -> str:
    if measurement.indicator.kind is Kind.STOCK:
        return _reached_level(measurement)
    many = times(measurement.measured.completion)
    return f"{rate(measurement)}，已完成全年任务{f'，超额完成（{many}）' if many else ''}。"


def _reached_level(measurement: Measurement) -> str:
    """A level that is reached; one before the end of the year may yet fall back."""
    indicator = measurement.indicator
    actual, target = actual_and_target(measurement)
    reached = f"期末{actual}{indicator.measure}，已达到目标{target}{indicator.measure}"
    later = "；期末数会变动，以年末为准" if measurement.period.month < MONTHS else ""
    return f"{reached}{later}。"


_BY_STATUS: Final[Mapping[Status, Callable[[Measurement], str]]] = {
    Status.UNREPORTED: _unreported,
    Status.UNCONFIRMED: lambda measurement: (
        f"本期{_actual(measurement)}；口径待确认，按设置暂不评判。"
    ),
    Status.NO_TARGET: _no_target,
    Status.NOT_APPLICABLE: _not_applicable,
    Status.NO_TASK: lambda measurement: (
        f"当年目标为0，本期{all_digits(measurement.figures.actual or 0)}，没有当年任务。"
    ),
    Status.EARLY: _early,
    Status.NO_BASELINE: _without_baseline,
    Status.NOT_DUE: _not_due,
    Status.DONE: _done,
    Status.REACHED_SO_FAR: _reached_level,
}

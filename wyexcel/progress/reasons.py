"""Why an indicator stands as it does: one sentence that shows its arithmetic."""

from collections.abc import Callable, Mapping
from typing import Final

from wyexcel.files.number_display import all_digits, format_number
from wyexcel.period import MONTHS
from wyexcel.plan.plan import Kind, NoTarget
from wyexcel.plan.status import Status
from wyexcel.progress.arithmetic import BY_KIND, amount, calendar, rate, times, values
from wyexcel.progress.measure import Case


def reason(case: Case, status: Status) -> str:
    """The sentence for *status*, which says the same as the status."""
    told = _BY_STATUS.get(status) or BY_KIND[case.indicator.kind]
    agreed = "".join(f"其中{text}。" for text in case.figures.agreed)
    return f"{told(case)}{agreed}"


def _unreported(case: Case) -> str:
    return f"{'；'.join(case.figures.lacking)}，不作评判。"


def _not_applicable(case: Case) -> str:
    if case.figures.actual is None:
        return "分母合计为0，不能计算比率，不作评判。"
    return f"本期{amount(case.indicator, case.figures.actual)}；当年不适用，不作评判。"


def _no_target(case: Case) -> str:
    target = case.set_target
    what = "没有填目标" if target is NoTarget.BLANK else f"目标为“{target}”"
    return f"本期{amount(case.indicator, case.figures.actual)}；{what}，只监测，不评进度。"


def _early(case: Case) -> str:
    return f"当年目标为0，已实现{amount(case.indicator, case.figures.actual)}，提前完成。"


def _without_baseline(case: Case) -> str:
    actual, target = values(case)
    share = format_number(case.measured.completion, 1)
    year = case.period.year
    close = f"，或先将{year - 1}年12月定稿" if year > case.plan.years[0] else ""
    return (
        f"期末{actual}÷目标{target}＝{share}%；没有基期数，净增进度无法计算，"
        f"请在“基期与分解”补填{close}。"
    )


def _not_due(case: Case) -> str:
    indicator, measured = case.indicator, case.measured
    if case.figures.actual is None:
        return "1月免报，不作评判。"
    share = f"{calendar(case)}{format_number(measured.due, 1)}%"
    done = "，全年任务已完成" if case.is_reached else ""
    has = f"累计{amount(indicator, case.figures.actual)}{done}"
    target = amount(indicator, case.target)
    if indicator.kind is Kind.STOCK:
        start = amount(indicator, measured.baseline)
        level = f"期末{amount(indicator, case.figures.actual)}"
        little = f"由基期{start}增至目标{target}，{share}不足1{indicator.measure}"
        return f"{little}，本期不作要求；{level}。"
    if measured.whole:
        return f"目标{target}×{share}不足1{indicator.measure}，本期不作要求；{has}。"
    return f"{share}，本期不作要求；{has}。"


def _done(case: Case) -> str:
    many = times(case.measured.completion)
    return f"{rate(case)}，已完成全年任务{f'，超额完成（{many}）' if many else ''}。"


def _reached_so_far(case: Case) -> str:
    indicator = case.indicator
    actual, target = values(case)
    reached = f"期末{actual}{indicator.measure}，已达到目标{target}{indicator.measure}"
    later = "；期末数会变动，以年末为准" if case.period.month < MONTHS else ""
    return f"{reached}{later}。"


_BY_STATUS: Final[Mapping[Status, Callable[[Case], str]]] = {
    Status.UNREPORTED: _unreported,
    Status.UNCONFIRMED: lambda case: (
        f"本期{amount(case.indicator, case.figures.actual)}；口径待确认，按设置暂不评判。"
    ),
    Status.NO_TARGET: _no_target,
    Status.NOT_APPLICABLE: _not_applicable,
    Status.NO_TASK: lambda case: (
        f"当年目标为0，本期{all_digits(case.figures.actual or 0)}，没有当年任务。"
    ),
    Status.EARLY: _early,
    Status.NO_BASELINE: _without_baseline,
    Status.NOT_DUE: _not_due,
    Status.DONE: _done,
    Status.REACHED_SO_FAR: _reached_so_far,
}

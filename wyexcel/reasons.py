"""Why an indicator stands as it does: one sentence that shows its arithmetic."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from wyexcel.criteria import Status
from wyexcel.display import Number, plain, show
from wyexcel.measure import Case
from wyexcel.plan import Indicator, Kind

_MANY_TIMES: Final = 200
_PERCENT: Final = 100


def reason(case: Case, status: Status) -> str:
    """The sentence for *status*, numbers rounded half up and never contradicting it."""
    indicator, *_ = case
    if status in _PLAIN:
        return _PLAIN[status](case)
    if indicator.kind is Kind.RATIO:
        return _ratio(case)
    return {Kind.STOCK: _stock, Kind.COUNT: _count}.get(indicator.kind, _flow)(case)


def amount(indicator: Indicator, value: Number | None) -> str:
    """*value* with the indicator's decimals and measure (17.60亿元).

    Every ratio is printed in percent (85.00%).
    """
    return f"{show(value, indicator.decimals)}{indicator.measure}"


def _rate(case: Case) -> str:
    """How much of the year's target is done (累计17.60÷目标24.00＝73.3%)."""
    decimals = case.indicator.decimals
    actual, target = show(case.figures.actual, decimals), show(case.target, decimals)
    return f"累计{actual}÷目标{target}＝{show(case.measured.completion, 1)}%"


def _now(case: Case) -> str:
    return amount(case.indicator, case.figures.actual)


def _unreported(case: Case) -> str:
    indicator, _, figures, _ = case
    if figures.parts and not figures.parts[1]:
        return "分母合计为0，不能计算比率。"
    return f"{'、'.join(indicator.units)}未报或未报全，不作评判。"


def _flow(case: Case) -> str:
    measured = case.measured
    return f"{_rate(case)}，时序{show(measured.due, 1)}%，{_gap(measured.gap, '百分点')}。"


def _count(case: Case) -> str:
    indicator, _, _, measured = case
    due = f"时序{show(measured.due, 1)}%应达{amount(indicator, measured.expected)}"
    return f"{_rate(case)}，{due}，{_gap(measured.gap, indicator.measure, indicator.decimals)}。"


def _stock(case: Case) -> str:
    indicator, _, figures, measured = case
    actual, target = (
        show(figures.actual, indicator.decimals),
        show(case.target, indicator.decimals),
    )
    start = show(measured.baseline, indicator.decimals)
    gap = _gap(measured.gap, indicator.measure, indicator.decimals)
    net = f"（{actual}－{start}）÷（{target}－{start}）＝{show(measured.net_completion, 1)}%"
    due = f"时序{show(measured.due, 1)}%应达{amount(indicator, measured.expected)}"
    level = f"期末{actual}{indicator.measure}（目标的{show(measured.completion, 1)}%）"
    return f"{level}，净增{net}，{due}，{gap}。"


def _ratio(case: Case) -> str:
    indicator, _, figures, measured = case
    value = amount(indicator, figures.actual)
    if figures.parts:
        value = f"{plain(figures.parts[0])}÷{plain(figures.parts[1])}＝{value}"
    words = ("高", "低", "与目标持平")
    gap = _gap(measured.gap, "个百分点", indicator.decimals, words=words)
    return f"{value}，目标{amount(indicator, case.target)}，{gap}。"


def _gap(
    gap: Fraction | None,
    measure: str,
    decimals: int = 1,
    *,
    words: tuple[str, str, str] = ("超", "欠", "与时序持平"),
) -> str:
    ahead, behind, level = words
    if not gap:
        return level
    unit = "个百分点" if measure == "百分点" else measure
    return f"{ahead if gap > 0 else behind}{show(abs(gap), decimals)}{unit}"


def _done(case: Case) -> str:
    completion = case.measured.completion or Fraction(0)
    times = f"，超额完成（{show(completion / _PERCENT, 1)}倍）" if completion > _MANY_TIMES else ""
    return f"{_rate(case)}，已完成全年任务{times}。"


def _not_due(case: Case) -> str:
    indicator, _, figures, measured = case
    if figures.actual is None or measured.due is None:
        return "1月免报，不作评判。"
    target = amount(indicator, case.target)
    return f"目标{target}×时序{show(measured.due, 1)}%不足1{indicator.measure}，本期不作要求。"


def _reached_so_far(case: Case) -> str:
    indicator, _, figures, _ = case
    actual, target = amount(indicator, figures.actual), amount(indicator, case.target)
    return f"期末{actual}，已达到目标{target}；期末数会变动，以年末为准。"


_PLAIN: Final[Mapping[Status, Callable[[Case], str]]] = {
    Status.UNREPORTED: _unreported,
    Status.UNCONFIRMED: lambda case: f"本期{_now(case)}；口径待确认，按设置暂不评判。",
    Status.NO_TARGET: lambda case: (
        f"本期{_now(case)}；目标为“{case.indicator.targets[case.period.year]}”，只监测，不评进度。"
    ),
    Status.NO_TASK: lambda _: "当年目标为0，本期为0，没有当年任务。",
    Status.EARLY: lambda case: f"当年目标为0，已实现{_now(case)}，提前完成。",
    Status.NO_BASELINE: lambda case: (
        f"期末{_now(case)}÷目标{amount(case.indicator, case.target)}"
        f"＝{show(case.measured.completion, 1)}%；没有基期数，净增进度无法计算，"
        "请在“基期与分解”补填。"
    ),
    Status.NOT_DUE: _not_due,
    Status.DONE: _done,
    Status.REACHED_SO_FAR: _reached_so_far,
}

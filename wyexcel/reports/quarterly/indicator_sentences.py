"""One indicator in one sentence of the bulletin (公文), every number from its standing."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from wyexcel.files.number_display import format_number, is_level
from wyexcel.plan.element import Kind
from wyexcel.plan.status import Status
from wyexcel.progress.arithmetic import amount, times
from wyexcel.progress.standing import Standing

_PERCENT: Final = 100


def indicator_sentence(standing: Standing) -> str:
    """Value, comparison with the target, comparison with last year (同比)."""
    indicator = standing.indicator
    value = f"{indicator.name}{amount(indicator, standing.actual, decimals=standing.decimals)}"
    parts = (value, _against_target(standing), _year_on_year(standing))
    return "，".join(part for part in parts if part) + "。"


def parks_sentence(standing: Standing, parks: Sequence[str]) -> str:
    """The value by park; "" where it is not split or not reported."""
    values = [standing.parks.get(park) for park in parks]
    if all(value is None for value in values):
        return ""
    numbers = (
        f"{park}{amount(standing.indicator, value)}"
        for park, value in zip(parks, values, strict=True)
    )
    return f"{standing.indicator.name}：{'、'.join(numbers)}。"


def _against_target(standing: Standing) -> str:
    if standing.status in _BY_STATUS:
        return _BY_STATUS[standing.status](standing)
    return _BY_KIND[standing.indicator.kind](standing)


def _ratio(standing: Standing) -> str:
    indicator, actual, target = standing.indicator, standing.actual, standing.expected
    aim = f"（目标{amount(indicator, target, decimals=standing.decimals)}）"
    if actual is None or target is None or is_level(actual, target):
        return f"与目标持平{aim}"
    points = f"{format_number(abs(actual - target), standing.decimals)}个百分点"
    return f"{'高于' if actual > target else '低于'}目标{points}{aim}"


def _flow(standing: Standing) -> str:
    gap, due = standing.gap_points, standing.due
    against = f"与{standing.calendar}持平"
    if gap is not None and due is not None and not is_level(due + gap, due):
        points = f"{format_number(abs(gap), standing.percent_decimals)}个百分点"
        against = f"{'超' if gap > 0 else '欠'}{standing.calendar}{points}"
    return f"完成年度目标{_share(standing, standing.completion)}%，{against}"


def _count(standing: Standing) -> str:
    return f"完成年度目标{_share(standing, standing.completion)}%，{_due(standing)}"


def _share(standing: Standing, percent: Fraction | None) -> str:
    """A share of the year's target, with the decimals that the tables give it."""
    return format_number(percent, standing.percent_decimals)


def _stock(standing: Standing) -> str:
    if standing.net_completion is None:
        return _due(standing)
    return f"净增进度{_share(standing, standing.net_completion)}%，{_due(standing)}"


def _due(standing: Standing) -> str:
    """A quantity against the quantity that is due (应达), by which counts and stocks are judged."""
    gap, indicator, decimals = standing.gap, standing.indicator, standing.decimals
    against = f"与{standing.calendar}持平"
    if gap is not None and not is_level(gap, 0):
        missing = amount(indicator, abs(gap), decimals=decimals)
        against = f"{'超' if gap > 0 else '欠'}{missing}"
    return f"应达{amount(indicator, standing.expected, decimals=decimals)}，{against}"


def _completed(standing: Standing) -> str:
    if standing.indicator.kind is Kind.STOCK:
        return "已达到年度目标"
    multiple = times(standing.completion)
    share = _share(standing, standing.completion)
    completion = f"为年度目标的{multiple}" if multiple else f"完成年度目标{share}%"
    return f"{completion}，已完成全年任务"


def _without_baseline(standing: Standing) -> str:
    return f"为年度目标的{_share(standing, standing.completion)}%，缺基期数，不评进度"


_BY_STATUS: Final[Mapping[Status, Callable[[Standing], str]]] = {
    Status.UNREPORTED: lambda _: "",
    Status.UNCONFIRMED: lambda _: "口径待确认，暂不评判",
    Status.NO_TARGET: lambda _: "不设目标",
    Status.NOT_APPLICABLE: lambda _: "当年不适用",
    Status.NO_TASK: lambda _: "当年无任务",
    Status.EARLY: lambda _: "当年无任务，提前完成",
    Status.NO_BASELINE: _without_baseline,
    Status.NOT_DUE: lambda _: "未到节点",
    Status.DONE: _completed,
    Status.REACHED_SO_FAR: lambda _: "已达到年度目标，以期末为准",
}
"""The comparison where the schedule (时序) does not, or not yet, apply."""

_BY_KIND: Final[Mapping[Kind, Callable[[Standing], str]]] = {
    Kind.FLOW: _flow,
    Kind.COUNT: _count,
    Kind.STOCK: _stock,
    Kind.RATIO: _ratio,
}


def _year_on_year(standing: Standing) -> str:
    """同比: an amount in percent, a ratio in percentage points, a count as a difference."""
    now, ago, indicator = standing.actual, standing.year_ago, standing.indicator
    if now is None or ago is None:
        return ""
    change = now - ago
    if is_level(now, ago):
        return "与上年同期持平"
    if indicator.kind is Kind.RATIO:
        points = f"{format_number(abs(change), indicator.decimals)}个百分点"
        return f"同比{'提高' if change > 0 else '下降'}{points}"
    if indicator.kind is Kind.FLOW and ago > 0:
        percent = format_number(abs(Fraction(change) / ago * _PERCENT), 1)
        return f"同比{'增长' if change > 0 else '下降'}{percent}%"
    return f"同比{'增加' if change > 0 else '减少'}{amount(indicator, abs(change))}"

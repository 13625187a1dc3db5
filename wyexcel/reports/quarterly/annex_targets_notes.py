"""The notes under 附件1: signs, the rule behind the statuses, remarks on indicators."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from wyexcel.files.number_display import all_digits
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Plan
from wyexcel.plan.status import Band, Method
from wyexcel.progress.standing import Standing


def annex_notes(standings: Sequence[Standing], plan: Plan) -> tuple[str, ...]:
    """The notes that the table of *standings* needs, each without a full stop."""
    parks = "、".join(plan.buckets)
    return (
        *_signs(standings),
        "“—”表示不适用，“/”表示未设目标",
        "比率按分子合计÷分母合计计算，不折算时序，“应达”为目标值",
        *_whole_things(standings),
        *_year_on_year(standings),
        _rule(plan),
        f"分园区不含{parks}，合计与分项之和因单位取舍产生的误差未作机械调整",
        *_remarks(standings),
    )


def _signs(standings: Sequence[Standing]) -> list[str]:
    stocks = [s for s in standings if s.indicator.kind is Kind.STOCK]
    signs: list[str] = []
    if any(s.net_completion is not None for s in stocks):
        signs.append("“*”为净增进度（期末－基期）÷（目标－基期）")
    if any(s.net_completion is None and s.completion is not None for s in stocks):
        signs.append("“#”为期末数占目标的比重，没有基期数或目标与基期相同")
    return signs


def _whole_things(standings: Sequence[Standing]) -> list[str]:
    """A note where what is due in percent is less than the calendar asks, for whole things."""
    rounded = any(standing.whole for standing in standings)
    return ["个数、户数的“应达”按取整后的应达数折算"] if rounded else []


def _year_on_year(standings: Sequence[Standing]) -> list[str]:
    """A note where 同比 is not a percentage."""
    compared = [s for s in standings if s.year_ago is not None and s.actual is not None]
    kinds = {standing.indicator.kind for standing in compared}
    measures = [
        *(["比率为增减的百分点（点）"] if Kind.RATIO in kinds else []),
        *(["户数、个数为增减数"] if kinds & {Kind.COUNT, Kind.STOCK} else []),
    ]
    return [f"同比：{'，'.join(measures)}"] if measures else []


def _rule(plan: Plan) -> str:
    """The bands of 判定规则 that gave the statuses, from the best down."""
    method = plan.settings.method
    ranked = sorted(plan.bands_in_force, key=lambda band: (band.lower is None, -(band.lower or 0)))
    measure, unit = _MEASURES[method]
    return f"状态按{measure}判定：{'、'.join(_band(band, unit) for band in ranked)}"


_MEASURES: Final[Mapping[Method, tuple[str, str]]] = {
    Method.ATTAINMENT: ("达成率（实际÷应达）", "%"),
    Method.POINTS: ("超欠进度", "个百分点"),
}


def _band(band: Band, unit: str) -> str:
    if band.lower is None:
        return f"不足{_bound(band.upper)}{unit}{band.status}"
    return f"{_bound(band.lower)}{unit}以上{band.status}"


def _bound(bound: Decimal | None) -> str:
    return all_digits(bound or 0).replace("-", "－")


def _remarks(standings: Sequence[Standing]) -> list[str]:
    """Every remark once, with the numbers of its indicators."""
    numbers: dict[str, list[str]] = {}
    for standing in standings:
        for remark in (*standing.remarks, *standing.agreed):
            numbers.setdefault(remark.rstrip("。"), []).append(str(standing.indicator.no))
    return [f"第{'、'.join(indicators)}项：{remark}" for remark, indicators in numbers.items()]

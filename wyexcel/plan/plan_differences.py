"""What one plan says otherwise than another, a sentence for each difference."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, TypeVar

from wyexcel.plan.plan import Indicator, NoTarget, Plan, TargetValue

Key = TypeVar("Key")

_INDICATOR: Final[Mapping[str, str]] = {
    "name": "名称",
    "measure": "计量单位",
    "kind": "类型",
    "units": "责任单位",
    "numerator": "分子",
    "denominator": "分母",
    "scale": "换算",
    "decimals": "小数位",
    "tolerance": "容差",
    "direction": "方向",
    "judged": "是否评判",
    "stretch": "力争目标",
    "definition": "口径",
    "remark": "说明",
    "sensible": "合理范围",
    "also": "另报要素",
}
_SETTING: Final[Mapping[str, str]] = {
    "method": "判定方法",
    "quarter_plans_cumulative": "季度计划填法",
    "escalate": "连续欠进度升级",
    "source_tolerance": "跨来源容差",
    "compiler": "汇总单位",
    "issuer": "发文单位",
    "levels": "校验规则级别",
}
_WHOLE: Final[Mapping[str, str]] = {
    "title": "计划名称",
    "version": "计划版本",
    "breakdown": "分园区数据来源",
    "parks": "园区",
    "buckets": "其他栏",
    "bands": "判定规则",
    "relations": "要素关系",
    "units": "责任单位名录",
    "tasks": "重点任务",
    "wording": "印在表上的字",
}


def plan_differences(before: Plan, now: Plan) -> tuple[str, ...]:
    """How *now* differs from *before* in what is judged and printed; none where it does not."""
    return (
        *_of_fields(before, now, _WHOLE, ""),
        *_of_indicators(before, now),
        *_of_elements(before, now),
        *_of_given(before, now),
        *_of_fields(before.settings, now.settings, _SETTING, "设置的"),
    )


def _of_fields(before: object, now: object, names: Mapping[str, str], of: str) -> Iterator[str]:
    for field, name in names.items():
        old, new = getattr(before, field), getattr(now, field)
        if old != new:
            is_short = isinstance(old, str | int | Decimal) and len(f"{old}{new}") <= _SHORT
            yield f"{of}{name}由“{old}”改为“{new}”" if is_short else f"{of}{name}有改动"


_SHORT: Final = 60


def _of_indicators(before: Plan, now: Plan) -> Iterator[str]:
    old = {indicator.no: indicator for indicator in before.indicators}
    new = {indicator.no: indicator for indicator in now.indicators}
    for no, indicator in {**old, **new}.items():
        name = f"第{no}项{indicator.name}"
        if no not in new:
            yield f"删去了{name}"
        elif no not in old:
            yield f"增加了{name}"
        else:
            yield from _of_targets(name, old[no], new[no])
            yield from _of_fields(old[no], new[no], _INDICATOR, f"{name}的")


def _of_targets(name: str, old: Indicator, new: Indicator) -> Iterator[str]:
    for year in sorted({*old.targets, *new.targets}):
        before, now = (indicator.targets.get(year, NoTarget.BLANK) for indicator in (old, new))
        if before != now:
            yield f"{name}{year}年目标由{_target(before)}改为{_target(now)}"


def _target(value: TargetValue) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value.value or "空白"


def _of_elements(before: Plan, now: Plan) -> Iterator[str]:
    old, new = (
        {element.code: element for element in (*plan.elements, *plan.supplements)}
        for plan in (before, now)
    )
    for code in _differing(old, new):
        element = new.get(code) or old[code]
        yield f"数据要素“{element.name}”（{code}）有改动"


def _of_given(before: Plan, now: Plan) -> Iterator[str]:
    """基期与分解 and 核定值, row by row."""
    old = {(g.no, g.year, g.item, g.park, g.month): g.value for g in before.given}
    new = {(g.no, g.year, g.item, g.park, g.month): g.value for g in now.given}
    for key in _differing(old, new):
        no, year, item, park, _ = key
        yield f"第{no}项{year}年{item}（{park}）由{_given(old.get(key))}改为{_given(new.get(key))}"
    agreed_before = {(a.period, a.element, a.park): a.value for a in before.agreed}
    agreed_now = {(a.period, a.element, a.park): a.value for a in now.agreed}
    for place in _differing(agreed_before, agreed_now):
        period, code, park = place
        values = (_given(agreed_before.get(place)), _given(agreed_now.get(place)))
        yield f"{period}“{_name(code, now)}”（{park}）的核定值由{values[0]}改为{values[1]}"


def _name(code: str, plan: Plan) -> str:
    element = plan.element.get(code)
    return element.name if element else code


def _given(value: Decimal | None) -> str:
    return "没有" if value is None else f"{value.normalize():f}"


def _differing(before: Mapping[Key, object], now: Mapping[Key, object]) -> list[Key]:
    """The keys under which the two say something else, in their order."""
    return [key for key in dict.fromkeys((*before, *now)) if before.get(key) != now.get(key)]

"""Refuse a plan that contradicts itself, with one sentence that names the sheet and the row."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from wyexcel.errors import BadPlan
from wyexcel.plan.checks import agreed, bands, directory, elements, given, relations
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Direction, Indicator, NoTarget, Plan
from wyexcel.plan.sheet_names import PlanSheet

Check: TypeAlias = Callable[[Plan], Iterable[str]]

_DECIMALS: Final = 6


def refuse_contradictions(plan: Plan) -> Plan:
    """*plan* itself when it can be worked with; raise BadPlan with the first thing wrong."""
    for check in CHECKS:
        for sentence in check(plan):
            raise BadPlan(sentence)
    return plan


def refuse_wrong_totals(plan: Plan, totals: Mapping[int, int]) -> Plan:
    """*plan* itself when its annual counts add up to the cumulative *totals* that the text states.

    Only the packaged plan is held against the text; the office may change a year's count.
    """
    for indicator in plan.indicators:
        stated = totals.get(indicator.no)
        values = indicator.targets.values()
        added = sum(value for value in values if isinstance(value, Decimal))
        if stated is not None and added != stated:
            message = f"{_at(indicator)}各年相加为{added}，正文写明累计{stated}，请核对。"
            raise BadPlan(message)
    return plan


def _at(indicator: Indicator, sheet: PlanSheet = PlanSheet.TARGETS) -> str:
    return f"“{sheet}”第{indicator.no}项“{indicator.name}”"


def _indicators_are_numbered_once(plan: Plan) -> Iterator[str]:
    if not plan.indicators:
        yield f"“{PlanSheet.TARGETS}”没有一项指标，请恢复表中内容。"
    for no, times in Counter(i.no for i in plan.indicators).items():
        if times > 1:
            yield f"“{PlanSheet.TARGETS}”序号 {no} 出现了 {times} 次，请改为不重复的序号。"


def _every_indicator_has_units_of_the_directory(plan: Plan) -> Iterator[str]:
    for i in plan.indicators:
        if not i.units:
            yield f"{_at(i)}没有责任单位，请至少填一个。"
        for unit, times in Counter(i.units).items():
            if plan.unit_named(unit) is None:
                yield f"{_at(i)}的责任单位“{unit}”不在“{PlanSheet.UNITS}”中，请改用全称。"
            elif times > 1:
                yield f"{_at(i)}的责任单位“{unit}”写了 {times} 次，请只留一次。"


def _every_year_has_a_target(plan: Plan) -> Iterator[str]:
    for i in plan.indicators:
        for year in plan.years:
            value = i.targets.get(year, NoTarget.BLANK)
            if value is NoTarget.BLANK:
                yield f"{_at(i)}{year}年的任务是空的：没有目标请填“/”，目标为零请填 0。"
            elif isinstance(value, Decimal):
                yield from _target_is_sensible(i, year, value)


def _target_is_sensible(i: Indicator, year: int, value: Decimal) -> Iterator[str]:
    if value < 0:
        yield f"{_at(i)}{year}年的任务是负数 {value}，请核对。"
    if i.decimals == 0 and i.kind in {Kind.COUNT, Kind.STOCK} and value % 1:
        yield f"{_at(i)}{year}年的任务 {value} 不是整数，请核对。"


def _indicators_say_how_they_are_computed(plan: Plan) -> Iterator[str]:
    for i in plan.indicators:
        at = _at(i, PlanSheet.DEFINITIONS)
        if not i.measure:
            yield f"{at}没有计量单位，请补填。"
        if not i.numerator:
            yield f"{at}没有分子要素，请填数据要素的代码。"
        if i.kind is Kind.RATIO and not i.denominator:
            yield f"{at}是比率，没有分母要素，请填数据要素的代码。"
        if i.kind is not Kind.RATIO and i.denominator:
            yield f"{at}不是比率，却填了分母要素，请清除或把类型改为“{Kind.RATIO}”。"
        if i.direction is Direction.DOWN and i.kind is not Kind.RATIO:
            yield f"{at}不是比率，方向只能是“{Direction.UP}”，请改正。"
        if i.scale <= 0:
            yield f"{at}的换算应大于零，请核对。"
        if not 0 <= i.decimals <= _DECIMALS:
            yield f"{at}的小数位应为 0 至 {_DECIMALS}，请核对。"
        if i.tolerance < 0:
            yield f"{at}的容差应不小于零，请核对。"


def _ranges_are_sensible(plan: Plan) -> Iterator[str]:
    for i in plan.indicators:
        at = _at(i, PlanSheet.DEFINITIONS)
        if i.sensible is not None and i.kind is not Kind.RATIO:
            yield f"{at}不是比率，却填了合理下限、上限，请清除或把类型改为“{Kind.RATIO}”。"
        elif i.sensible is not None and i.sensible[0] >= i.sensible[1]:
            lowest, highest = i.sensible
            yield f"{at}的合理下限 {lowest} 不小于合理上限 {highest}，请核对。"


def _indicators_use_known_elements(plan: Plan) -> Iterator[str]:
    known = {element.code for element in plan.elements}
    for i in plan.indicators:
        for code in i.elements:
            if code not in known:
                at = _at(i, PlanSheet.DEFINITIONS)
                yield f"{at}用到的要素“{code}”不在数据要素中，请改正代码或补上该要素。"


def _tasks_are_answered_for(plan: Plan) -> Iterator[str]:
    for task in plan.tasks:
        at = f"“{PlanSheet.TASKS}”{task.code}“{task.title}”"
        if not task.leads:
            yield f"{at}没有牵头单位，请至少填一个。"
        for unit in task.leads + task.supporting:
            if plan.unit_named(unit) is None:
                yield f"{at}的单位“{unit}”不在“{PlanSheet.UNITS}”中，请改用全称。"
    for code, times in Counter(task.code for task in plan.tasks).items():
        if times > 1:
            yield f"“{PlanSheet.TASKS}”编号“{code}”出现了 {times} 次，请改为不重复的编号。"


def _due_dates_lie_within_the_plan(plan: Plan) -> Iterator[str]:
    first, last = date(min(plan.years), 1, 1), date(max(plan.years), 12, 31)
    dated = [(f"{t.code}“{step.name}”", step.due) for t in plan.tasks for step in t.steps]
    dated += [(f"{target.code}“{target.name}”", target.due) for target in plan.text_targets]
    for what, due in dated:
        if due is not None and not first <= due <= last:
            yield f"“{PlanSheet.TASKS}”{what}的时限 {due} 不在 {first} 至 {last} 之间，请核对。"


CHECKS: Final[tuple[Check, ...]] = (
    directory.contradictions,
    _indicators_are_numbered_once,
    _every_indicator_has_units_of_the_directory,
    _every_year_has_a_target,
    _indicators_say_how_they_are_computed,
    _ranges_are_sensible,
    elements.contradictions,
    _indicators_use_known_elements,
    _tasks_are_answered_for,
    _due_dates_lie_within_the_plan,
    bands.contradictions,
    given.contradictions,
    agreed.contradictions,
    relations.contradictions,
)

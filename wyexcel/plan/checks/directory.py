"""What is wrong with the directory of units, the parks and the settings of a plan."""

from collections import Counter
from collections.abc import Iterator

from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.sheet_names import PlanSheet

_FORBIDDEN = frozenset('\\/:*?"<>|[]')
_LATEST = 90
"""Days after the end of a period: who needs longer has lost count of the year."""


def contradictions(plan: Plan) -> Iterator[str]:
    """A sentence for everything in 责任单位, 园区 and 设置 that cannot be."""
    yield from _units(plan)
    yield from _breakdown(plan)
    yield from _places(plan)
    yield from _settings(plan)


def _units(plan: Plan) -> Iterator[str]:
    at = f"“{PlanSheet.UNITS}”"
    for code, times in Counter(unit.code for unit in plan.units).items():
        if times > 1:
            yield f"{at}编号“{code}”出现了 {times} 次，请改为不重复的编号。"
    for unit in plan.units:
        if not unit.name:
            yield f"{at}编号“{unit.code}”没有单位名称，请补填。"
        if _FORBIDDEN & set(unit.name):
            yield f"{at}“{unit.name}”含有不能用作文件名的字符，请去掉 \\ / : * ? < > | 等符号。"
    names = Counter(name for unit in plan.units for name in {unit.name, *unit.former})
    for name, times in names.items():
        if times > 1:
            yield f"{at}“{name}”（含曾用名）属于 {times} 个单位，请核对。"


def _breakdown(plan: Plan) -> Iterator[str]:
    if plan.unit_named(plan.breakdown) is None:
        yield (
            f"“{PlanSheet.UNITS}”中没有“{plan.breakdown}”，请在“分园区数据来源”栏给一个单位填“是”。"
        )


def _places(plan: Plan) -> Iterator[str]:
    at = f"“{PlanSheet.PARKS}”"
    if not plan.parks:
        yield f"{at}没有一个园区，请恢复表中内容。"
    for place, times in Counter(plan.places).items():
        if times > 1:
            yield f"{at}“{place}”出现了 {times} 次，请只留一行。"
        if place == WHOLE:
            yield f"{at}“{WHOLE}”是各行的合计，不能作为其中一行，请删去。"
    for place in {*plan.place_notes, *plan.bucket_uses} - {*plan.places}:
        yield f"{at}没有“{place}”，却写了它的说明，请核对。"
    for old in plan.former_places:
        if plan.is_place(old):
            yield f"{at}“{old}”现在还在用，不能同时是曾用名，请从“曾用名”栏删去。"


def _settings(plan: Plan) -> Iterator[str]:
    at = f"“{PlanSheet.SETTINGS}”"
    if not plan.title:
        yield f"{at}没有填计划名称，请补填。"
    settings = plan.settings
    for days in (settings.month_days, settings.quarter_days, settings.year_days):
        if not 0 <= days <= _LATEST:
            yield f"{at}报送截止的日子是 {days}，请填 0 到 {_LATEST}。"
    for holiday in settings.holidays:
        if not holiday.first <= holiday.last:
            yield f"{at}节假日 {holiday.first} 在 {holiday.last} 以后，请核对起止。"
    if plan.settings.source_tolerance < 0:
        yield f"{at}跨来源容差是负数 {plan.settings.source_tolerance}，请核对。"

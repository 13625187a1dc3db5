"""What is wrong with 核定值: rows that cannot be applied, or that contradict each other."""

from collections import Counter
from collections.abc import Iterator

from wyexcel.plan.agreed_value import Agreed
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.sheet_names import PlanSheet


def contradictions(plan: Plan) -> Iterator[str]:
    """A sentence for every row of 核定值 that cannot be applied."""
    for row in plan.agreed:
        yield from _cannot_be(plan, row)
    times = Counter((row.period, row.element, row.park) for row in plan.agreed)
    for row in plan.agreed:
        if times[row.period, row.element, row.park] > 1:
            yield f"{_at(row)}填了不止一行，请只留一行。"
        if row.park != WHOLE and not times[row.period, row.element, WHOLE]:
            yield f"{_at(row)}改了园区数，请把同一要素“{WHOLE}”的核定值也填上一行。"


def _at(row: Agreed) -> str:
    return f"“{PlanSheet.AGREED}”{row.period} {row.element}（{row.park}）"


def _cannot_be(plan: Plan, row: Agreed) -> Iterator[str]:
    element = plan.element.get(row.element)
    if row.period.year not in plan.years:
        yield f"{_at(row)}的报告期不在计划年份中，请核对。"
    if element is None:
        yield f"{_at(row)}的要素代码不在“{PlanSheet.DEFINITIONS}”的数据要素中，请核对。"
    elif element.zone_only and row.park != WHOLE:
        yield f"{_at(row)}的要素只报全区数，园区请填“{WHOLE}”。"
    elif element.is_count and row.value % 1:
        yield f"{_at(row)}的核定值 {row.value} 不是整数，请核对。"
    if not plan.is_place(row.park):
        yield f"{_at(row)}的园区“{row.park}”不在“{PlanSheet.PARKS}”中，请核对。"

"""What is wrong with 基期与分解: baselines, quarter plans and last year's values."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from wyexcel.period import Period
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Direction, Indicator, Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.settings import Given, GivenKind
from wyexcel.plan.sheet_names import PlanSheet

QUARTERS: Final = (
    GivenKind.QUARTER_1,
    GivenKind.QUARTER_2,
    GivenKind.QUARTER_3,
    GivenKind.QUARTER_4,
)

_AT: Final = f"“{PlanSheet.GIVEN}”"


def contradictions(plan: Plan) -> Iterator[str]:
    """A sentence for every row that cannot be, and every quarter plan that does not add up."""
    yield from _rows_are_known(plan)
    yield from _rows_stand_once(plan)
    yield from _baselines_can_be(plan)
    yield from _baselines_lie_below(plan)
    yield from _quarter_plans_add_up(plan)


def _rows_are_known(plan: Plan) -> Iterator[str]:
    numbers = {indicator.no for indicator in plan.indicators}
    for row in plan.given:
        if row.no not in numbers:
            yield f"{_AT}的序号 {row.no} 不在“{PlanSheet.TARGETS}”中，请核对。"
        if row.year not in plan.years:
            yield f"{_AT}第{row.no}项的年份 {row.year} 不在计划年份中，请核对。"
        if row.park not in {WHOLE, *plan.places}:
            yield f"{_AT}第{row.no}项的园区“{row.park}”不在“{PlanSheet.PARKS}”中，请核对。"


def _rows_stand_once(plan: Plan) -> Iterator[str]:
    rows = Counter((row.no, row.year, row.month, row.item, row.park) for row in plan.given)
    for (no, year, month, item, park), times in rows.items():
        if times > 1:
            when = f"{year}年" if month is None else str(Period(year, month))
            yield f"{_AT}第{no}项 {when} {item} {park} 填了 {times} 行，请只留一行。"


def _baselines_can_be(plan: Plan) -> Iterator[str]:
    indicators = {indicator.no: indicator for indicator in plan.indicators}
    for row in plan.given:
        indicator = indicators.get(row.no)
        if row.item is not GivenKind.BASELINE or indicator is None:
            continue
        at = f"{_AT}第{row.no}项“{indicator.name}”{row.year}年（{row.park}）的基期 {row.value} "
        if row.value < 0:
            yield f"{at}是负数，请核对。"
        elif indicator.kind is Kind.STOCK and not indicator.decimals and row.value % 1:
            yield f"{at}不是整数，请核对。"


def _baselines_lie_below(plan: Plan) -> Iterator[str]:
    for indicator in plan.indicators:
        for year, target in indicator.targets.items():
            baseline = _baseline(plan, indicator, year)
            rises = indicator.kind is Kind.STOCK and indicator.direction is Direction.UP
            if rises and isinstance(target, Decimal) and baseline is not None and baseline > target:
                yield (
                    f"{_AT}第{indicator.no}项“{indicator.name}”{year}年的基期 {baseline} "
                    f"高于目标 {target}，请核对。"
                )


def _baseline(plan: Plan, indicator: Indicator, year: int) -> Decimal | None:
    wanted = (indicator.no, year, GivenKind.BASELINE, WHOLE)
    values = (r.value for r in plan.given if (r.no, r.year, r.item, r.park) == wanted)
    return next(values, None)


def _quarter_plans_add_up(plan: Plan) -> Iterator[str]:
    indicators = {indicator.no: indicator for indicator in plan.indicators}
    known = tuple(row for row in plan.given if row.no in indicators)
    for (no, year, park), quarters in _quarter_plans(known).items():
        at = f"{_AT}第{no}项“{indicators[no].name}”{year}年（{park}）的季度计划"
        if len(quarters) < len(QUARTERS):
            missing = "、".join(item for item in QUARTERS if item not in quarters)
            yield f"{at}缺{missing}，四个季度请填全，或者都不填。"
        else:
            values = [quarters[item] for item in QUARTERS]
            yield from _runs_up(at, plan, indicators[no], values)
            if park == WHOLE:
                yield from _ends_at_target(at, plan, indicators[no], year, values)


def _quarter_plans(
    given: tuple[Given, ...],
) -> dict[tuple[int, int, str], dict[GivenKind, Decimal]]:
    plans: dict[tuple[int, int, str], dict[GivenKind, Decimal]] = {}
    for row in given:
        if row.item in QUARTERS:
            plans.setdefault((row.no, row.year, row.park), {})[row.item] = row.value
    return plans


def _is_level(plan: Plan, indicator: Indicator) -> bool:
    """Whether the quarters give levels at their ends; a ratio or a stock never adds up."""
    return plan.settings.quarter_plans_cumulative or indicator.kind in {Kind.STOCK, Kind.RATIO}


def _runs_up(at: str, plan: Plan, indicator: Indicator, values: list[Decimal]) -> Iterator[str]:
    if not _is_level(plan, indicator):
        if min(values) < 0:
            yield f"{at}有负数，请核对。"
    elif indicator.direction is Direction.UP:
        for item, (before, after) in zip(QUARTERS[1:], pairwise(values), strict=True):
            if after < before:
                yield f"{at}按累计填，{item} {after} 比上一季度的 {before} 小，请核对。"


def _ends_at_target(
    at: str, plan: Plan, indicator: Indicator, year: int, values: list[Decimal]
) -> Iterator[str]:
    target = indicator.targets.get(year)
    planned = values[-1] if _is_level(plan, indicator) else sum(values)
    words = "四季度末" if _is_level(plan, indicator) else "四个季度相加"
    if not isinstance(target, Decimal):
        yield f"{at}没有年度目标可分，请删去这四行。"
    elif planned != target:
        yield f"{at}{words}为 {planned}，应等于年度目标 {target}，请核对。"

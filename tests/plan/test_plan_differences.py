"""What one plan says otherwise than another: each difference named, nothing else."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.ledgers import PLAN, knowing
from wyexcel.period import Period
from wyexcel.plan.agreed_value import Agreed
from wyexcel.plan.plan import Indicator, NoTarget, Plan
from wyexcel.plan.plan_differences import plan_differences
from wyexcel.plan.status import Method


def with_indicator(no: int, **changed: Any) -> Plan:
    """The plan with one indicator changed."""
    indicators = (replace(i, **changed) if i.no == no else i for i in PLAN.indicators)
    return replace(PLAN, indicators=tuple(indicators))


def indicator(no: int) -> Indicator:
    """One indicator of the plan."""
    return next(i for i in PLAN.indicators if i.no == no)


TARGETS = {**indicator(2).targets, 2026: Decimal(33)}
AGREED = Agreed(
    period=Period(2025, 9),
    element="C02",
    park="全区",
    value=Decimal(176500),
    by="张三",
    day=date(2025, 10, 12),
    why="统计局核定",
)


@pytest.mark.parametrize(
    ("now", "sentences"),
    [
        (PLAN, ()),
        (replace(PLAN, due_dates={"2025-09": date(2025, 10, 13)}), ()),
        (with_indicator(2, targets=TARGETS), ("第2项规上工业总产值2026年目标由31改为33",)),
        (
            with_indicator(10, targets={2025: NoTarget.MONITOR, 2026: Decimal(5)}),
            (
                "第10项外商直接投资2026年目标由/改为5",
                "第10项外商直接投资2027年目标由/改为空白",
            ),
        ),
        (
            with_indicator(2, units=tuple(reversed(indicator(2).units))),
            ("第2项规上工业总产值的责任单位有改动",),
        ),
        (with_indicator(2, decimals=1), ("第2项规上工业总产值的小数位由“2”改为“1”",)),
        (
            replace(PLAN, indicators=PLAN.indicators[:-1]),
            (f"删去了第11项{indicator(11).name}",),
        ),
        (knowing("1 2025 基期 10"), ("第1项2025年基期（全区）由没有改为10",)),
        (
            replace(PLAN, agreed=(AGREED,)),
            ("2025-09“规上工业总产值”（全区）的核定值由没有改为176500",),
        ),
        (knowing(method=Method.POINTS), ("设置的判定方法由“达成率”改为“百分点”",)),
        (replace(PLAN, version="第二版"), ("计划版本由“征求意见稿”改为“第二版”",)),
        (replace(PLAN, bands=PLAN.bands[1:]), ("判定规则有改动",)),
    ],
)
def test_each_difference_is_named(now: Plan, sentences: tuple[str, ...]) -> None:
    assert plan_differences(PLAN, now) == sentences


def test_an_element_is_named_with_its_code() -> None:
    elements = tuple(replace(e, decimals=0) if e.code == "C02" else e for e in PLAN.elements)

    [sentence] = plan_differences(PLAN, replace(PLAN, elements=elements))

    assert sentence == "数据要素“规上工业总产值”（C02）有改动"

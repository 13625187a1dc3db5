"""A plan that contradicts itself is refused with a sentence that names the row."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from wyexcel.errors import BadPlan
from wyexcel.plan import official
from wyexcel.plan.checks.plan import refuse_contradictions
from wyexcel.plan.plan import Direction, NoTarget, Plan
from wyexcel.plan.relation import Relation, RelationKind
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.settings import Given, GivenKind, Settings
from wyexcel.plan.status import Band, Method, Status
from wyexcel.plan.tasks import Step

PLAN = official.load()
BASELINE = GivenKind.BASELINE


def indicator(no: int, /, **changes: Any) -> Plan:
    """The official plan with one indicator changed."""
    changed = tuple(replace(i, **changes) if i.no == no else i for i in PLAN.indicators)
    return replace(PLAN, indicators=changed)


def targets(no: int, /, **years: Any) -> Plan:
    changed = {int(year[1:]): value for year, value in years.items()}
    return indicator(no, targets=PLAN.indicators[no - 1].targets | changed)


def related(kind: str, codes: str, names: str = "") -> Plan:
    relation = Relation(
        kind=RelationKind(kind), elements=tuple(codes.split()), names=tuple(names.split())
    )
    return replace(PLAN, relations=(relation,))


def bands(*rows: tuple[str | None, str | None, Status]) -> Plan:
    """The official plan with these bands of 达成率 alone."""
    made = tuple(
        Band(
            method=Method.ATTAINMENT,
            lower=None if lower is None else Decimal(lower),
            upper=None if upper is None else Decimal(upper),
            status=status,
        )
        for lower, upper, status in rows
    )
    return replace(PLAN, bands=made)


def given(*rows: tuple[int, int, GivenKind, str, str]) -> Plan:
    made = tuple(Given(no=n, year=y, item=i, park=p, value=Decimal(v)) for n, y, i, p, v in rows)
    return replace(PLAN, given=made)


def quarters(no: int, values: str, *, park: str = WHOLE, cumulative: bool = True) -> Plan:
    items = (GivenKind.QUARTER_1, GivenKind.QUARTER_2, GivenKind.QUARTER_3, GivenKind.QUARTER_4)
    plan = given(*((no, 2025, i, park, v) for i, v in zip(items, values.split(), strict=False)))
    return replace(plan, settings=Settings(quarter_plans_cumulative=cumulative))


def step(due: date) -> Plan:
    first = replace(PLAN.tasks[0], steps=(Step(name="某节点", due=due),))
    return replace(PLAN, tasks=(first, *PLAN.tasks[1:]))


def element(code: str, /, **changes: Any) -> Plan:
    changed = tuple(replace(e, **changes) if e.code == code else e for e in PLAN.elements)
    return replace(PLAN, elements=changed)


def unit(code: str, /, **changes: Any) -> Plan:
    changed = tuple(replace(u, **changes) if u.code == code else u for u in PLAN.units)
    return replace(PLAN, units=changed)


def settings(**changes: Any) -> Plan:
    return replace(PLAN, settings=replace(PLAN.settings, **changes))


REFUSED: Mapping[str, tuple[Plan, str]] = {
    "no unit": (indicator(3, units=()), "“目标任务表”第3项.*没有责任单位"),
    "unknown unit": (indicator(2, units=("经信局",)), "第2项“规上工业总产值”的责任单位“经信局”"),
    "unit twice": (indicator(2, units=("市经信局",) * 2), "责任单位“市经信局”写了 2 次"),
    "blank target": (targets(4, y2026=NoTarget.BLANK), "第4项.*2026年.*没有目标请填“/”"),
    "negative target": (targets(2, y2026=Decimal(-1)), "第2项“规上工业总产值”2026年的任务是负数"),
    "half an enterprise": (targets(1, y2027=Decimal("20.5")), "第1项.*2027年的任务 20.5 不是整数"),
    "number twice": (indicator(3, no=2), "“目标任务表”序号 2 出现了 2 次"),
    "no measure": (indicator(11, measure=""), "“指标口径”第11项“进出口总额”没有计量单位"),
    "no numerator": (indicator(2, numerator=()), "“指标口径”第2项“规上工业总产值”没有分子要素"),
    "no denominator": (indicator(7, denominator=()), "“指标口径”第7项.*没有分母要素"),
    "idle denominator": (indicator(2, denominator=("C04",)), "第2项.*不是比率，却填了分母"),
    "unknown element": (indicator(2, numerator=("C99",)), "“指标口径”第2项.*要素“C99”不在"),
    "scale of zero": (indicator(2, scale=0), "“指标口径”第2项“规上工业总产值”的换算"),
    "nine decimals": (indicator(2, decimals=9), "“指标口径”第2项“规上工业总产值”的小数位"),
    "falling amount": (indicator(2, direction=Direction.DOWN), "第2项“规上工业总产值”.*方向"),
    "negative tolerance": (indicator(3, tolerance=Decimal(-1)), "“指标口径”第3项.*容差"),
    "element twice": (element("C02", code="C01"), "数据要素代码“C01”出现了 2 次"),
    "list without a park": (element("C09", columns={"name": "项目名称"}), "“C09”是名单"),
    "two lists, one sheet": (element("C09", sheet="产业集群"), "同一张工作表“产业集群”"),
    "unit of two rows": (unit("U02", name="市发改局"), "“责任单位”“市发改局”（含曾用名）属于 2 个"),
    "unit code twice": (unit("U02", code="U01"), "“责任单位”编号“U01”出现了 2 次"),
    "unit that is no file": (unit("U01", name="市发改局/物价局"), "不能用作文件名"),
    "no breakdown": (replace(PLAN, breakdown="某单位"), "“分园区数据来源”栏"),
    "park twice": (replace(PLAN, parks=("白沙", "白沙")), "“园区”“白沙”出现了 2 次"),
    "zone as a park": (replace(PLAN, parks=("白沙", "全区")), "“园区”“全区”是各行的合计"),
    "due too late": (step(date(2028, 1, 1)), "“重点任务”T1“某节点”的时限 2028-01-01"),
    "negative days": (settings(quarter_days=-1), "“设置”报送截止的日子是 -1"),
    "gap": (
        bands(("110", None, Status.AHEAD), (None, "105", Status.ON_PACE)),
        "“判定规则”达成率在 105 与 110 之间没有状态",
    ),
    "overlap": (
        bands(("100", None, Status.AHEAD), (None, "101", Status.BEHIND)),
        "“判定规则”达成率的“欠进度”与“超进度”重叠",
    ),
    "a lag by nothing": (
        bands((None, "105", Status.BEHIND), ("105", None, Status.ON_PACE)),
        "“欠进度”的上限 105 高于 100，做到应达数的也会列为落后",
    ),
    "no lowest band": (bands(("0", None, Status.AHEAD)), "达成率在 0 以下没有状态"),
    "no highest band": (bands((None, "100", Status.BEHIND)), "达成率在 100 以上没有状态"),
    "empty band": (
        bands(("100", None, Status.AHEAD), ("100", "100", Status.ON_PACE)),
        "下限 100 不小于上限 100",
    ),
    "alien status": (bands((None, None, Status.UNREPORTED)), "达成率不能用状态“未报”"),
    "better is worse": (
        bands(("100", None, Status.BEHIND), (None, "100", Status.AHEAD)),
        "“欠进度”比“超进度”数值高而状态不更好",
    ),
    "range of no ratio": (
        indicator(2, sensible=(Decimal(0), Decimal(9))),
        "“指标口径”第2项“规上工业总产值”不是比率，却填了合理下限、上限",
    ),
    "range upside down": (
        indicator(7, sensible=(Decimal(5), Decimal(5))),
        "“指标口径”第7项“企业研发投入强度”的合理下限 5 不小于合理上限 5",
    ),
    "a floor of no list": (element("C05", least=Decimal(9)), "“C05”不是名单，却填了名单标准"),
    "a floor of nothing": (element("C09", least=Decimal(0)), "“C09”的名单标准 0 应大于零"),
    "a floor in words only": (
        element("C11", least_words="1亿元以上"),
        "“C11”写了标准写法“1亿元以上”，没有填名单标准",
    ),
    "beside nothing": (
        replace(PLAN, supplements=(replace(PLAN.supplements[0], beside="C99"),), relations=()),
        "“C01t0”补充于“C99”，没有这个要素",
    ),
    "owed and beside": (
        replace(PLAN, supplements=(replace(PLAN.supplements[0], code="C02"),), relations=()),
        "数据要素代码“C02”出现了 2 次",
    ),
    "relation of the unknown": (
        related("不大于", "C07 C99"),
        "“指标口径”要素关系第1行“不大于”用到的要素“C99”不在数据要素中",
    ),
    "relation of three": (related("不大于", "C07 C05 C06"), "应有 2 个要素，现在有 3 个"),
    "sum of one": (related("相加不大于", "C07 C06"), "应至少有 3 个要素，现在有 2 个"),
    "relation to itself": (related("比值稳定", "C05 C05"), "有要素写了不止一次"),
    "a name too few": (
        related("比值稳定", "C05 C02", "营业收入"),
        "有 2 个要素，却写了 1 个简称",
    ),
    "a note on no park": (
        replace(PLAN, place_notes={"白沙镇": "镇区"}),
        "“园区”没有“白沙镇”，却写了它的说明",
    ),
    "no bands": (replace(PLAN, bands=()), "“判定规则”没有“达成率”的行"),
    "given of nobody": (given((12, 2025, BASELINE, WHOLE, "1")), "“基期与分解”的序号 12"),
    "given of no year": (given((1, 2024, BASELINE, WHOLE, "1")), "第1项的年份 2024"),
    "given of no park": (given((1, 2025, BASELINE, "万源", "1")), "第1项的园区“万源”"),
    "given twice": (
        given((1, 2025, BASELINE, WHOLE, "10"), (1, 2025, BASELINE, WHOLE, "11")),
        "“基期与分解”第1项 2025年 基期 全区 填了 2 行",
    ),
    "baseline above": (given((1, 2025, BASELINE, WHOLE, "15")), "基期 15 高于目标 14"),
    "baseline below nothing": (given((2, 2025, BASELINE, WHOLE, "-1")), "的基期 -1 是负数"),
    "baseline of half": (given((1, 2025, BASELINE, WHOLE, "9.5")), "的基期 9.5 不是整数"),
    "three quarters": (quarters(2, "6 12 18"), "第2项“规上工业总产值”2025年（全区）.*缺四季度计划"),
    "falling quarters": (quarters(2, "6 12 11 24"), "三季度计划 11 比上一季度的 12 小"),
    "falling in a park": (quarters(2, "3 2 4 5", park="白沙"), "2025年（白沙）.*二季度计划 2 比"),
    "not at the target": (quarters(2, "6 12 18 23"), "四季度末为 23，应等于年度目标 24"),
    "increments that miss": (quarters(2, "6 6 6 5", cumulative=False), "相加为 23，应等于年度目标"),
    "no target to split": (quarters(10, "0 0 0 0"), "第10项.*没有年度目标可分"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_plan_that_contradicts_itself_is_refused_by_name(case: str) -> None:
    plan, sentence = REFUSED[case]

    with pytest.raises(BadPlan, match=sentence):
        refuse_contradictions(plan)


@pytest.mark.parametrize(
    "plan",
    [
        targets(4, y2026=NoTarget.MONITOR),
        targets(4, y2026=NoTarget.NOT_APPLICABLE),
        targets(8, y2026=Decimal(9)),
        targets(2, y2025=Decimal("24.5")),
        given((1, 2025, BASELINE, WHOLE, "10")),
        given((1, 2025, BASELINE, WHOLE, "14")),
        quarters(2, "5 11 17 24"),
        quarters(2, "5 6 6 7", cumulative=False),
        quarters(1, "11 12 13 14", cumulative=False),
        quarters(2, "3 3 4 5", park="白沙"),
        quarters(5, "0 0 0 0"),
        bands((None, "100", Status.BEHIND), ("100", None, Status.ON_PACE)),
        step(date(2027, 12, 31)),
        settings(method=Method.POINTS),
    ],
)
def test_what_an_office_may_change_is_accepted_as_it_is(plan: Plan) -> None:
    assert refuse_contradictions(plan) is plan

"""The packaged plan against the official text, typed here a second time from the page."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from wyexcel.errors import BadPlan
from wyexcel.plan import official
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Indicator, NoTarget
from wyexcel.plan.status import Method

PLAN = official.load()

TABLE = """
1  规上工业企业数量 | 14 17 20 | 户 | 市经信局 市工业园区管委会
2  规上工业总产值 | 24 31 37 | 亿元 | 市经信局 市工业园区管委会
3  主导产业产值占园区产值比重 | 85 85 85 | % | 市工业园区管委会
4  营业收入总量 | 42 71 100 | 亿元 | 市经信局 市工业园区管委会
5  新增省市级先进制造业集群（产业新赛道）数量 | 0 0 1 | 个 | 市经信局 市工业园区管委会
6  新增省级以上研发机构和平台数量 | 0 0 1 | 个 | 市科技局 市经信局
7  企业研发投入强度 | 0.22 0.23 0.24 | % | 市科技局 市工业园区管委会
8  新增总投资额2000万元以上的竣工项目数 | 8 8 8 | 个 | 市经信局 市工业园区管委会
9  新招引投资10亿元以上项目数量 | 1 2 2 | 个 | 市投促中心 市经信局
10 外商直接投资 | / / / | 万美元 | 市投促中心
11 进出口总额 | 0 0.001 0.002 | 亿元 | 市商务局 市工业园区管委会
"""

RESPONSIBLE = {
    "T1": "市发改局、市经信局、市住建局、市交运局；"
    "市财政局、市自然资源局、市水务局、市林业局、市科技局、市商务局、市供销社、"
    "国家金融监督管理总局万源监督支局、市工业园区管委会、市农投公司、市交投公司、市供投公司、"
    "太平镇、白沙镇、官渡镇、青花镇",
    "T2": "市经信局；市发改局、市农业农村局、市商务局、市投促中心、市工业园区管委会",
    "T3": "市投促中心、市自然资源局；市发改局、市经信局、市工业园区管委会",
    "T4": "市科技局、市经信局；市发改局、市财政局、市统计局、市住建局、市商务局、市行政审批局、"
    "市富硒检测中心、市工业园区管委会、市农投公司、市科协",
    "T5": "市自然资源局、市市场监管局；市经信局、市税务局、市工业园区管委会",
    "T6": "市委编办、市经信局；市发改局、市行政审批局、市工业园区管委会",
    "T7": "市发改局、市财政局；市经信局、市投促中心、市国资中心、市工业园区管委会、市城投公司、"
    "市农投公司",
    "T8": "市发改局、市财政局；市经信局、国家金融监督管理总局万源监督支局、市投促中心、"
    "市国资中心、市金融服务中心、市工业园区管委会、达万扶源公司",
    "T9": "市发改局、市自然资源局；市经信局、市水务局、市规编中心、市不动产登记中心、"
    "市工业园区管委会",
    "T10": "市委组织部、市委编办、市农民工服务中心；市人社局、市经信局、市工业园区管委会",
}


def printed(indicator: Indicator) -> str:
    targets = " ".join(str(value) for value in indicator.targets.values())
    units = " ".join(indicator.units)
    return f"{indicator.no:<2} {indicator.name} | {targets} | {indicator.measure} | {units}"


def test_the_table_is_the_official_one_cell_by_cell() -> None:
    assert PLAN.years == (2025, 2026, 2027)
    assert [printed(i) for i in PLAN.indicators] == TABLE.strip().splitlines()


def test_the_ten_tasks_name_the_units_of_the_text() -> None:
    named = {t.code: f"{'、'.join(t.leads)}；{'、'.join(t.supporting)}" for t in PLAN.tasks}

    assert named == RESPONSIBLE


def test_units_are_numbered_in_the_order_in_which_the_text_first_names_them() -> None:
    text = "、".join(RESPONSIBLE.values()).replace("；", "、")
    named = dict.fromkeys(text.split("、"))

    assert [unit.name for unit in PLAN.units] == list(named)
    assert [unit.code for unit in PLAN.units] == [f"U{n:02}" for n in range(1, 39)]


def test_five_units_report_twenty_indicators_between_them() -> None:
    load = {u: sum(u in i.units for i in PLAN.indicators) for u in PLAN.reporting}

    assert load == {
        "市经信局": 7,
        "市科技局": 2,
        "市商务局": 1,
        "市工业园区管委会": 8,
        "市投促中心": 2,
    }


@pytest.mark.parametrize(
    ("no", "elements", "scale"),
    [
        (1, "C01", "1"),
        (2, "C02", "1/10000"),
        (3, "C03a+C03b+C03c ÷ C04", "100"),
        (4, "C05", "1/10000"),
        (5, "C11", "1"),
        (6, "C12", "1"),
        (7, "C07 ÷ C06", "100"),
        (8, "C09", "1"),
        (9, "C10", "1"),
        (10, "C13", "1"),
        (11, "C14", "1/10000"),
    ],
)
def test_money_is_collected_in_ten_thousands_and_printed_in_hundred_millions(
    no: int, elements: str, scale: str
) -> None:
    indicator = PLAN.indicators[no - 1]
    parts = ["+".join(codes) for codes in (indicator.numerator, indicator.denominator) if codes]

    assert (" ÷ ".join(parts), indicator.scale) == (elements, Fraction(scale))


def test_clean_energy_is_asked_for_and_not_counted() -> None:
    share = PLAN.indicators[2]

    assert "C03d" in {element.code for element in PLAN.owed_by("市工业园区管委会")}
    assert "C03d" not in share.numerator + share.denominator


def test_a_target_of_zero_and_a_slash_are_two_things() -> None:
    assert PLAN.indicators[4].targets[2025] == Decimal(0)
    assert PLAN.indicators[9].targets[2025] is NoTarget.MONITOR


def test_targets_are_exact() -> None:
    assert PLAN.indicators[10].targets[2026] == Decimal("0.001")
    assert PLAN.indicators[6].targets[2025] == Decimal("0.22")


def test_printed_decimals_keep_what_matters_visible() -> None:
    decimals = [indicator.decimals for indicator in PLAN.indicators]

    assert decimals == [0, 2, 2, 2, 0, 0, 3, 0, 0, 2, 4]


def test_kinds_follow_the_remark_of_the_table() -> None:
    kinds = {kind: [i.no for i in PLAN.indicators if i.kind is kind] for kind in Kind}

    assert kinds == {
        Kind.FLOW: [2, 4, 10, 11],
        Kind.COUNT: [5, 6, 8, 9],
        Kind.STOCK: [1],
        Kind.RATIO: [3, 7],
    }


def test_every_list_says_what_its_columns_are_called() -> None:
    lists = {element.sheet: element.columns for element in PLAN.elements if element.listed}

    assert list(lists) == ["竣工项目", "新招引项目", "产业集群", "研发平台"]
    assert list(lists["竣工项目"].values()) == [
        "项目名称",
        "项目代码",
        "所在园区",
        "竣工日期",
        "总投资（万元）",
        "备注",
    ]


def test_only_dates_that_the_text_names_are_due() -> None:
    due = {step.name: step.due for task in PLAN.tasks for step in task.steps}

    assert due["四川万源经济开发区纳入国家开发区公告目录，创成省级经开区"] == date(2025, 12, 31)
    assert due["投入20亿元完善“一区三园”基础配套设施"] == date(2027, 12, 31)
    assert due["搭建园区一体化管理平台"] is None
    dated = {task.code: sum(step.due is not None for step in task.steps) for task in PLAN.tasks}
    assert list(dated.values()) == [2, 1, 4, 5, 1, 1, 0, 0, 0, 0]


def test_the_text_targets_and_the_open_questions_are_complete() -> None:
    assert [target.code for target in PLAN.text_targets] == [f"X{n:02}" for n in range(1, 17)]
    assert [question.no for question in PLAN.questions] == list(range(1, 25))
    assert all(q.treatment and PLAN.unit_named(q.owner) for q in PLAN.questions)


@pytest.mark.parametrize(
    ("method", "percent", "status"),
    [
        (Method.ATTAINMENT, Fraction(110), "超进度"),
        (Method.ATTAINMENT, Fraction(100), "达进度"),
        (Method.ATTAINMENT, Fraction(9999, 100), "欠进度"),
        (Method.ATTAINMENT, Fraction(80), "欠进度"),
        (Method.ATTAINMENT, Fraction(100, 3), "严重欠进度"),
        (Method.POINTS, Fraction(0), "达进度"),
        (Method.POINTS, Fraction(-5), "接近"),
        (Method.POINTS, Fraction(-20), "欠进度"),
        (Method.POINTS, Fraction(-31), "严重欠进度"),
    ],
)
def test_exactly_one_default_band_holds_a_number(
    method: Method, percent: Fraction, status: str
) -> None:
    holding = [b.status for b in PLAN.bands if b.method is method and b.holds(percent)]

    assert holding == [status]


def test_counts_that_do_not_add_up_to_the_stated_total_are_refused() -> None:
    text = official.text().replace("targets = [8, 8, 8]", "targets = [8, 8, 9]")

    with pytest.raises(BadPlan, match="相加为25，正文写明累计24"):
        official.parse(text)

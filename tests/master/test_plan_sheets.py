"""What the office changes on the plan sheets is the plan; what cannot be understood is named."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.support import small_plan
from wyexcel.errors import BadPlan, NotAWorkspace
from wyexcel.files import address
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.files.writing.sheet import Sheet
from wyexcel.findings import Level
from wyexcel.master import plan_sheets
from wyexcel.period import Period
from wyexcel.plan import official
from wyexcel.plan.plan import NoTarget, Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.settings import ON_TRIAL, Given, GivenKind, IssueDetails
from wyexcel.plan.status import Method, Status
from wyexcel.plan.working_days import Holiday

PLAN = official.load()


def book(sheets: tuple[Sheet, ...], **cells: Any) -> Book:
    """The sheets as a workbook that was read, some cells retyped (目标任务表_D7=25.0)."""
    read: dict[str, list[list[Any]]] = {}
    for sheet in sheets:
        values = [[cell.value if cell else None for cell in row.cells] for row in sheet.rows]
        read[sheet.name] = [[float(v) if isinstance(v, int) else v for v in row] for row in values]
    for place, value in cells.items():
        name, cell = place.split("_")
        row, column = address.parse(cell)
        read[name][row][column] = value
    return Book(
        file="master.xlsm",
        sha256="0" * 64,
        names=tuple(read),
        sheets=read,
        errors={},
        uncached=frozenset(),
        links=(),
        macros=True,
    )


def edited(**cells: Any) -> Plan:
    """The official plan as read from a master in which some cells were retyped."""
    return plan_sheets.read(book(plan_sheets.describe(PLAN), **cells))


def sheet(name: str) -> Sheet:
    return next(s for s in plan_sheets.describe(PLAN) if s.name == name)


def test_the_plan_written_to_a_workbook_is_read_back_equal(tmp_path: Path) -> None:
    master = tmp_path / "master.xlsx"
    xlsx.write(plan_sheets.describe(PLAN), master)

    read = read_workbook.read(master)

    assert isinstance(read, Book)
    assert plan_sheets.read(read) == PLAN


def test_everything_an_office_may_set_is_read_back_equal(tmp_path: Path) -> None:
    first, *others = PLAN.indicators
    plan = replace(
        PLAN,
        title="某市方案",
        version="2",
        units=(replace(PLAN.units[0], former=("市计委",), phone="0818-1"), *PLAN.units[1:]),
        indicators=(
            replace(first, judged=False, targets=first.targets | {2026: NoTarget.NOT_APPLICABLE}),
            *others,
        ),
        given=(
            Given(no=1, year=2025, item=GivenKind.BASELINE, park=WHOLE, value=Decimal(10)),
            Given(no=2, year=2025, item=GivenKind.YEAR_AGO, park="白沙", value=Decimal("0.1")),
            Given(no=11, year=2026, item=GivenKind.YEAR_AGO, park=WHOLE, value=Decimal(0)),
            Given(no=11, year=2026, item=GivenKind.YEAR_AGO, park=WHOLE, value=Decimal(1), month=3),
        ),
        settings=replace(
            PLAN.settings,
            method=Method.POINTS,
            month_days=5,
            quarter_days=8,
            year_days=15,
            holidays=(
                Holiday(first=date(2027, 1, 1), last=date(2027, 1, 3), name="元旦"),
                Holiday(first=date(2027, 1, 9), last=date(2027, 1, 9), worked=True),
            ),
            quarter_plans_cumulative=False,
            escalate=True,
            source_tolerance=Decimal("0.5"),
            issues=(
                IssueDetails(period=Period(2025, 6), signer="李四", printed=date(2025, 7, 12)),
                IssueDetails(
                    period=Period(2025, 9), number="万园区办〔2025〕3号", signed=date(2025, 10, 15)
                ),
            ),
            copies="市委办公室，市统计局。",
            printer="万源市工业园区管理委员会办公室",
            mark="示例数据",
            levels={"P02": Level.OFF, "V01": Level.TRIAL},
        ),
    )
    master = tmp_path / "master.xlsx"
    xlsx.write(
        [with_sample_mark(s, plan.settings.mark) for s in plan_sheets.describe(plan)], master
    )

    read = read_workbook.read(master)

    assert isinstance(read, Book)
    assert plan_sheets.read(read) == plan


def test_a_plan_of_another_town_is_read_back_equal() -> None:
    assert plan_sheets.read(book(plan_sheets.describe(small_plan.PLAN))) == small_plan.PLAN


def test_units_of_another_town_have_no_former_names_of_this_one() -> None:
    text = small_plan.TEXT.replace('A1 = "', 'U01 = "').replace('A2 = "', 'U02 = "')

    plan = plan_sheets.read(book(plan_sheets.describe(official.parse(text))))

    assert [(u.code, u.former) for u in plan.units] == [("U01", ()), ("U02", ()), ("A3", ())]


def of_earlier_version(sheets: tuple[Sheet, ...], **cells: Any) -> Book:
    """The sheets as the version before wrote them: without the rows and columns added since."""
    read = book(sheets, **cells)
    added = {"合理下限", "合理上限", "名单标准（万元）", "标准写法", "补充于", "退出字样", "填什么"}
    codes = {element.code for element in PLAN.supplements}
    for name in ("指标口径", "园区"):
        rows = read.sheets[name]
        last = next((n for n, row in enumerate(rows) if _starts(row, "四、")), len(rows))
        wide = min(n for row in rows for n, v in enumerate(row) if "".join(str(v).split()) in added)
        read.sheets[name] = [row[:wide] for row in rows[:last] if row and row[0] not in codes]
    words = (
        "操作台题名",
        "填报表题名",
        "完成情况表题名",
        "通报事项",
        "函件事项",
        "工作要求",
        "文号格式",
    )
    due = {"季报截止（次月几日）": "报送截止（期末后天数）"}
    rows = [row for row in read.sheets["设置"] if row and row[0] not in words]
    end = next(n for n, row in enumerate(rows) if _starts(row, "三、"))
    read.sheets["设置"] = [
        [due.get(row[0], row[0]), *row[1:]]
        for row in rows[:end]
        if not _starts(row, "月报截止") and not _starts(row, "年报截止")
    ]
    return read


def _starts(row: list[Any], word: str) -> bool:
    return bool(row) and str(row[0]).startswith(word)


def test_a_master_of_the_version_before_is_read_with_what_was_in_the_program_then() -> None:
    read = of_earlier_version(plan_sheets.describe(PLAN))

    left = {value for rows in read.sheets.values() for row in rows for value in row}
    assert left.isdisjoint({"补充于", "合理上限", "填什么", "文号格式", "关系要素", "C01list"})
    assert plan_sheets.read(read) == PLAN


def test_the_range_of_an_older_master_goes_with_what_a_ratio_is_made_of() -> None:
    def of(number: int, parts: tuple[str, ...], whole: tuple[str, ...]) -> Any:
        changed = tuple(
            replace(i, numerator=parts, denominator=whole, also=()) if i.no == number else i
            for i in PLAN.indicators
        )
        plan = replace(PLAN, indicators=changed, relations=())
        read = plan_sheets.read(of_earlier_version(plan_sheets.describe(plan)))
        return next(i.sensible for i in read.indicators if i.no == number)

    assert of(7, ("C03a",), ("C04",)) is None
    assert of(3, ("C07",), ("C06",)) == (Decimal("0.01"), Decimal(5))


def test_a_ratio_that_an_older_master_added_has_its_parts_within_its_whole() -> None:
    plan = replace(
        PLAN,
        indicators=tuple(
            replace(i, numerator=("C05",), denominator=("C06",), also=()) if i.no == 3 else i
            for i in PLAN.indicators
        ),
        elements=tuple(e for e in PLAN.elements if e.code != "C03d"),
        relations=(),
    )

    relations = plan_sheets.read(of_earlier_version(plan_sheets.describe(plan))).relations

    assert [(r.kind.value, r.elements) for r in relations] == [
        ("不大于", ("C07", "C06")),
        ("不大于", ("C02", "C04")),
        ("期初加减得期末", ("C01t0", "C27", "C28", "C01")),
        ("比值稳定", ("C05", "C02")),
        ("依次不大于", ("C22", "C23", "C01")),
        ("不大于", ("C05", "C06")),
    ]


def where(name: str, heading: str, first: str) -> str:
    """The cell of the sheet *name* under *heading*, in the first row below that has *first*."""
    column: int | None = None
    for row, line in enumerate(sheet(name).rows):
        values = ["".join(str(c.value).split()) if c else "" for c in line.cells]
        if column is not None and first in values:
            return f"{name}_{address.a1(row, column)}"
        column = values.index(heading) if heading in values else column
    raise LookupError(first)


@pytest.mark.parametrize(
    ("place", "typed", "sentence"),
    [
        (("指标口径", "合理上限", "7"), None, "没有填“合理上限”，请补填"),
        (("指标口径", "名单标准（万元）", "C09"), "两千", "填的是“两千”，请只填数字"),
        (("指标口径", "补充于", "C27"), "C99", "“C27”补充于“C99”，没有这个要素"),
        (("指标口径", "关系", "不大于"), "小于", "填的是“小于”，请从下拉框选择：不大于"),
        (("指标口径", "关系要素", "不大于"), "C07、C66", "用到的要素“C66”不在数据要素中"),
        (("设置", "值", "填报表题名"), None, "没有填“值”"),
    ],
)
def test_what_is_wrong_with_the_words_of_the_plan_is_refused(
    place: tuple[str, str, str], typed: Any, sentence: str
) -> None:
    cell = where(*place)
    at = cell.partition("_")[2] if "没有这个要素" not in sentence else ""

    with pytest.raises(BadPlan, match=f"{place[0]}.*{at}.*{sentence}"):
        edited(**{cell: typed})


def test_what_the_office_retypes_is_what_is_printed_and_checked() -> None:
    plan = edited(
        **{
            where("设置", "值", "通报事项"): "开发区\n主要任务",
            where("设置", "值", "工作要求"): None,
            where("指标口径", "合理上限", "7"): 8.0,
            where("指标口径", "名单标准（万元）", "C09"): 3000.0,
            where("指标口径", "应当", "依次不大于"): "层层不大于",
            where("园区", "填什么", "未分园区"): "说不清的",
        }
    )

    assert plan.wording.bulletin == "开发区\n主要任务"
    assert plan.wording.according_to("方案") == "按照《方案》要求"
    assert plan.indicators[6].possible == (Decimal("0.01"), Decimal(8))
    assert plan.element["C09"].least == Decimal(3000)
    assert plan.relations[-1].holds == "层层不大于"
    assert plan.bucket_uses["未分园区"] == "说不清的"


def test_the_target_table_is_laid_out_like_the_official_page() -> None:
    table = sheet("目标任务表")
    merged = {
        (cell.value, cell.down)
        for row in table.rows
        for cell in row.cells
        if cell and cell.down > 1
    }

    assert str(table).splitlines()[:10] == [
        "万源市工业园区高质量发展三年提升行动目标",
        "任务表（2025—2027年） |  |  |  | ",
        "单位：亿元、户、个、%、万美元 |  |  |  | ",
        "序号 | 目标任务 | 年份 | 任务 | 责任单位",
        "1 | 规上工业企业数量 | 2025 | 14 | 市经信局",
        "市工业园区管委会",
        " |  | 2026 | 17 | ",
        " |  | 2027 | 20 | ",
        "2 | 规上工业总产值 | 2025 | 24 | 市经信局",
        "市工业园区管委会",
    ]
    assert len(table.rows) == 3 + 33 + 1
    assert {(10, 3), ("外商直接投资", 3), ("市投促中心", 3)} <= merged
    assert (table.page.orientation, table.page.pages_tall) == ("portrait", 1)


def test_the_plan_sheets_are_open_and_made_for_paper() -> None:
    sheets = plan_sheets.describe(PLAN)

    assert tuple(s.name for s in sheets) == plan_sheets.NAMES
    assert not any(s.protected or s.hidden for s in sheets)
    assert all(len(",".join(c.options)) <= 255 for s in sheets for c in s.choices)
    assert all(len(row.cells) <= len(s.widths) for s in sheets for row in s.rows)


def test_a_changed_target_is_the_target() -> None:
    assert edited(目标任务表_D7=25.5).indicators[1].targets[2025] == Decimal("25.5")


def test_a_number_typed_as_text_is_that_number() -> None:
    assert edited(目标任务表_D7="25").indicators[1].targets[2025] == Decimal(25)


@pytest.mark.parametrize(
    ("typed", "target"),
    [(0.0, Decimal(0)), ("/", NoTarget.MONITOR), ("不适用", NoTarget.NOT_APPLICABLE)],
)
def test_zero_a_slash_and_not_applicable_stay_three_things(typed: Any, target: Any) -> None:
    assert edited(目标任务表_D7=typed).indicators[1].targets[2025] == target


def test_a_blank_target_is_refused_as_a_fourth() -> None:
    with pytest.raises(BadPlan, match="第2项“规上工业总产值”2025年的任务是空的：没有目标请填“/”"):
        edited(目标任务表_D7=None)


def test_a_unit_renamed_in_the_directory_is_renamed_everywhere() -> None:
    plan = edited(责任单位_B16="四川万源经济开发区管委会")
    unit = plan.units[12]

    assert (unit.code, unit.name) == ("U13", "四川万源经济开发区管委会")
    assert unit.former == ("市工业园区管委会",)
    assert plan.breakdown == plan.settings.compiler == unit.name
    assert plan.indicators[2].units == (unit.name,)
    assert plan.tasks[9].supporting[-1] == unit.name
    assert plan.questions[0].owner == unit.name


def test_a_renamed_unit_stays_renamed_when_the_master_is_written_anew() -> None:
    plan = edited(责任单位_B16="四川万源经济开发区管委会", 责任单位_D16=date(2026, 1, 1))

    again = plan_sheets.read(book(plan_sheets.describe(plan)))

    assert again == plan
    assert again.units[12].renamed == date(2026, 1, 1)


def test_an_older_former_name_still_means_the_unit() -> None:
    plan = edited(
        责任单位_B5="市工信局",
        责任单位_C5="市经委、市经贸局",
        目标任务表_E4="市经委\n市工业园区管委会",
    )

    assert plan.units[1].former == ("市经委", "市经贸局", "市经信局")
    assert plan.indicators[0].units == ("市工信局", "市工业园区管委会")


def test_a_unit_added_below_the_others_may_answer_for_a_target() -> None:
    plan = edited(责任单位_A42="U39", 责任单位_B42="市数据局", 目标任务表_E10="市数据局")

    assert plan.units[-1].name == "市数据局"
    assert plan.indicators[2].units == ("市数据局",)


def test_a_baseline_typed_into_the_open_rows_is_given() -> None:
    given = {"A": 1.0, "B": 2025.0, "C": "基期", "D": "全区", "E": 10.0}

    plan = edited(**{f"基期与分解_{column}9": value for column, value in given.items()})

    assert plan.given == (
        Given(no=1, year=2025, item=GivenKind.BASELINE, park="全区", value=Decimal(10)),
    )


def test_a_changed_threshold_is_the_threshold() -> None:
    plan = edited(判定规则_B6=85.0, 判定规则_C7=85.0)
    behind = [b for b in plan.bands if b.status is Status.BEHIND and b.method is Method.ATTAINMENT]

    assert [band.lower for band in behind] == [Decimal(85)]


def test_an_indicator_may_be_taken_out_of_the_judgement() -> None:
    assert not edited(指标口径_L15="否").indicators[10].judged


def test_a_scale_may_be_typed_as_a_decimal() -> None:
    assert edited(指标口径_I6=0.0001) == PLAN


def test_a_date_set_for_an_undated_step_is_its_due_date() -> None:
    tasks = edited(重点任务_H29="2026-06-30").tasks

    assert [step.due for step in tasks[0].steps][2] == date(2026, 6, 30)


def test_an_indicator_added_to_the_table_and_defined_is_an_indicator() -> None:
    master = book(plan_sheets.describe(PLAN), 指标口径_A16=12.0, 指标口径_C16="户")
    defined = {"D": "累计额", "E": "越大越好", "F": "C02", "I": 1.0, "J": 0.0, "K": 0.0, "L": "是"}
    for column, value in defined.items():
        master.sheets["指标口径"][15][ord(column) - ord("A")] = value
    master.sheets["目标任务表"][36:36] = [
        [12.0, "新增指标", 2025.0, "/", "市统计局"],
        [None, None, 2026.0, 5.0, None],
        [None, None, 2027.0, 6.0, None],
    ]

    plan = plan_sheets.read(master)

    assert plan.indicators[:11] == PLAN.indicators
    assert list(plan.indicators[11].targets.values()) == [NoTarget.MONITOR, 5, 6]
    assert "市统计局" in plan.reporting


def test_an_indicator_without_a_definition_is_refused() -> None:
    with pytest.raises(BadPlan, match="“指标口径”没有第11项“进出口总额”，请补上一行"):
        edited(**{f"指标口径_{column}15": None for column in "ABCDEFGHIJKLMNO"})


def test_a_table_moved_down_by_an_inserted_row_is_still_found() -> None:
    moved = book(plan_sheets.describe(PLAN))
    for cells in moved.sheets.values():
        cells.insert(0, [])
        cells.insert(5, [])

    assert plan_sheets.read(moved) == PLAN


def test_cells_that_somebody_unmerged_and_filled_say_the_same() -> None:
    filled = {
        f"目标任务表_{column}{row}": value
        for row in (8, 9)
        for column, value in {"A": 2.0, "B": "规上工业总产值", "E": "市经信局"}.items()
    }

    assert edited(**filled) == PLAN


@pytest.mark.parametrize(
    ("cell", "typed", "sentence"),
    [
        ("目标任务表_D7", "24亿元", "“目标任务表”D7 填的是“24亿元”，请只填数字"),
        ("目标任务表_D7", True, "“目标任务表”D7 填的是“True”"),
        ("目标任务表_C8", 2025.0, "“目标任务表”C8 第2项的 2025 年写了两次"),
        ("目标任务表_C8", None, "“目标任务表”C8 没有填“年份”"),
        ("目标任务表_A4", None, "“目标任务表”A4 没有填“序号”"),
        ("目标任务表_B4", None, "“目标任务表”B4 没有填“目标任务”"),
        ("目标任务表_E4", "经信局", "第1项“规上工业企业数量”的责任单位“经信局”不在“责任单位”中"),
        ("指标口径_D5", "流量", "“指标口径”D5 填的是“流量”，请从下拉框选择：累计额"),
        ("指标口径_I6", "万", "“指标口径”I6 填的是“万”，请填一个数或分数"),
        (
            "指标口径_B5",
            "别的指标",
            "“指标口径”B5 是“别的指标”，与“目标任务表”的“规上工业企业数量”不同",
        ),
        ("指标口径_A5", 2.0, "“指标口径”A6 2 出现了两次"),
        ("指标口径_A15", None, "“指标口径”A15 没有填“序号”"),
        ("指标口径_L5", "对", "“指标口径”L5 填的是“对”，请填“是”或“否”"),
        ("指标口径_J5", 1.5, "“指标口径”J5 填的是 1.5，请填整数"),
        ("责任单位_F16", None, "“分园区数据来源”应当恰有一个“是”，现在有 0 个"),
        ("责任单位_B4", "市发改局、市粮食局", "“责任单位”B4 .*只填一个单位的全称"),
        ("责任单位_D4", "去年", "“责任单位”D4 填的是“去年”，请填日期"),
        ("园区_B4", "镇", "“园区”B4 填的是“镇”"),
        ("判定规则_D4", "优秀", "“判定规则”D4 填的是“优秀”，请从下拉框选择"),
        ("判定规则_C5", 105.0, "“判定规则”达成率在 105 与 110 之间没有状态"),
        ("设置_B7", "平均", "“设置”B7 填的是“平均”，请从下拉框选择：达成率、百分点"),
        ("设置_B11", "年度", "“设置”B11 填的是“年度”，请填“累计”或“当季”"),
        ("设置_A9", "截止", "“设置”缺少“季报截止（次月几日）”一行"),
        ("设置_B4", date(2025, 1, 1), "“设置”B4 是“2025-01-01”，这里应填文字"),
        ("基期与分解_E4", 10.0, "“基期与分解”A4 没有填“序号”"),
        ("责任单位_B3", "名称", "“责任单位”的表头缺少“单位名称”"),
    ],
)
def test_what_cannot_be_understood_is_refused_at_its_cell(
    cell: str, typed: Any, sentence: str
) -> None:
    with pytest.raises(BadPlan, match=sentence):
        edited(**{cell: typed})


def test_a_row_given_without_its_number_is_refused() -> None:
    row = {"A": 1.0, "B": 2025.0, "C": "基期", "D": "全区"}

    with pytest.raises(BadPlan, match="“基期与分解”E5 没有填“数值”"):
        edited(**{f"基期与分解_{column}5": value for column, value in row.items()})


@pytest.mark.parametrize("typed", ["2026Q1", "2026-03", date(2026, 3, 1)])
def test_last_years_value_may_name_its_period(typed: Any) -> None:
    row = {"A": 2.0, "B": typed, "C": "上年同期", "D": "全区", "E": 5.1}

    [given] = edited(**{f"基期与分解_{column}4": value for column, value in row.items()}).given

    assert (given.year, given.month, given.value) == (2026, 3, Decimal("5.1"))


def test_a_baseline_names_a_year() -> None:
    row = {"A": 1.0, "B": "2026Q1", "C": "基期", "D": "全区", "E": 10.0}

    with pytest.raises(BadPlan, match="“基期与分解”B4 填的是“2026-03”，“基期”请只写年份"):
        edited(**{f"基期与分解_{column}4": value for column, value in row.items()})


def test_a_master_without_a_plan_sheet_is_no_workspace() -> None:
    sheets = tuple(s for s in plan_sheets.describe(PLAN) if s.name != "判定规则")

    with pytest.raises(NotAWorkspace, match="主工作簿缺少“判定规则”工作表"):
        plan_sheets.read(book(sheets))


def test_an_error_value_in_a_plan_sheet_is_refused_at_its_cell() -> None:
    broken = book(plan_sheets.describe(PLAN))._replace(
        errors={("目标任务表", "D7"): "#REF!", ("台账", "A1"): "#N/A"},
    )

    with pytest.raises(BadPlan, match="“目标任务表”D7 是错误值 #REF!"):
        plan_sheets.read(broken)


@pytest.mark.parametrize(
    ("cell", "typed", "told"),
    [
        ("目标任务表_D11", 0.85, "“目标任务表”D11 存的是 0.85，按百分数格式显示为 85%"),
        (
            "判定规则_B7",
            0.9,
            "存的是 0.9，按百分数格式显示为 90%。请把单元格格式改为“常规”，再填 90。",
        ),
    ],
)
def test_a_number_typed_with_a_percent_sign_is_refused_and_not_taken_for_a_hundredth(
    cell: str, typed: float, told: str
) -> None:
    name, address = cell.split("_")
    shown = book(plan_sheets.describe(PLAN), **{cell: typed})._replace(
        percent=frozenset({(name, address)})
    )

    with pytest.raises(BadPlan, match=told):
        plan_sheets.read(shown)


def test_a_percentage_beside_the_tables_is_nobody_s_business() -> None:
    read = book(plan_sheets.describe(PLAN))
    beside = read.sheets["目标任务表"][10]
    beside.append(0.5)
    place = address.a1(10, len(beside) - 1)

    shown = read._replace(percent=frozenset({("目标任务表", place)}))
    assert plan_sheets.read(shown) == PLAN


def test_a_formula_that_was_never_calculated_is_refused_at_its_cell() -> None:
    stale = book(plan_sheets.describe(PLAN))._replace(
        uncached=frozenset({("目标任务表", "D7"), ("台账", "A1")})
    )

    with pytest.raises(BadPlan, match="“目标任务表”D7 的公式没有计算结果"):
        plan_sheets.read(stale)


def place_of(code: str) -> str:
    """Where 设置 asks for the level of the rule *code*."""
    rows = sheet("设置").rows
    return next(
        f"设置_B{number}"
        for number, row in enumerate(rows, 1)
        if row.cells[0] and row.cells[0].value == code
    )


def test_a_rule_is_lowered_by_a_word_beside_it() -> None:
    assert edited().settings.levels == ON_TRIAL == {"R06": Level.TRIAL}
    assert edited(**{place_of("V10"): "关"}).settings.levels == {**ON_TRIAL, "V10": Level.OFF}
    assert edited(**{place_of("R06"): None}).settings.levels == {}


def test_a_word_that_is_no_level_is_refused_with_its_cell() -> None:
    place = place_of("V10")

    with pytest.raises(BadPlan, match=f"{place.partition('_')[2]} 填的是“不查”，请从下拉框选择"):
        edited(**{place: "不查"})


def test_what_stops_a_file_cannot_be_switched_off() -> None:
    codes = {row.cells[0].value for row in sheet("设置").rows if row.cells[0]}

    assert codes.isdisjoint({"F01", "F02", "S01", "S02", "I01", "I02"})
    assert {"F05", "S04", "V01", "R01", "B04", "P01", "U01"} <= codes


def test_a_master_without_the_block_of_rules_has_them_as_a_new_one_has() -> None:
    there = book(plan_sheets.describe(PLAN))
    rows = there.sheets["设置"]
    short = rows[: next(n for n, row in enumerate(rows) if row and row[0] == "规则") - 1]

    old = there._replace(sheets={**there.sheets, "设置": short})

    assert plan_sheets.read(old).settings.levels == ON_TRIAL


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("九月 文号", "填的是“九月 文号”，请写成 2025-09 文号"),
        ("2025-09 编号", "报告期后面请写 文号、签发人、成文日期、印发日期 之一"),
    ],
)
def test_a_line_of_issue_details_that_cannot_be_understood_is_refused(
    line: str, sentence: str
) -> None:
    details = IssueDetails(period=Period(2025, 9), number="万园区办〔2025〕3号")
    plan = replace(PLAN, settings=replace(PLAN.settings, issues=(details,)))
    sheets = book(plan_sheets.describe(plan))
    row = next(n for n, r in enumerate(sheets.sheets["设置"]) if r and r[0] == "2025-09 文号")
    sheets.sheets["设置"][row][0] = line

    with pytest.raises(BadPlan, match=sentence):
        plan_sheets.read(sheets)


def test_what_is_typed_for_one_period_is_not_taken_for_another() -> None:
    details = IssueDetails(period=Period(2025, 9), number="万园区办〔2025〕3号")
    settings = replace(PLAN.settings, issues=(details,))

    assert settings.issue_of(Period(2025, 9)).number == "万园区办〔2025〕3号"
    assert settings.issue_of(Period(2025, 12)) == IssueDetails(period=Period(2025, 12))

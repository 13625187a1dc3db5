"""What the bulletin says: counts that add up, official phrasing, the right order, nothing lost."""

import re
from fractions import Fraction

import pytest
from msgspec.structs import replace

from tests.support.standings import PERIOD, PLAN, grown, one, renamed, sample, unreported
from wyexcel.files.writing import text_fit
from wyexcel.files.writing.looks import LOOKS
from wyexcel.files.writing.sheet import Row, Sheet
from wyexcel.forms.submission import ProgressNote
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.settings import IssueDetails
from wyexcel.plan.status import LAGGING, SEVERE, Method, Status
from wyexcel.progress.standing import Standing
from wyexcel.reports.lagging import lagging_in_order
from wyexcel.reports.quarterly.annex_lagging import lagging_annex
from wyexcel.reports.quarterly.annex_parks import parks_annex
from wyexcel.reports.quarterly.annex_targets import targets_annex
from wyexcel.reports.quarterly.annex_targets_notes import annex_notes
from wyexcel.reports.quarterly.bulletin import bulletin_sheets
from wyexcel.reports.quarterly.bulletin_document import bulletin_document, overall_sentence
from wyexcel.reports.quarterly.bulletin_text import bulletin_text_sheet
from wyexcel.reports.quarterly.indicator_sentences import indicator_sentence


def texts(sheet: Sheet) -> list[str]:
    return str(sheet).split("\n")


def shown(row: Row) -> list[str]:
    """A row as it is printed: numbers in the format of their cell."""
    return ["" if c is None or c.value is None else _shown(c.value, c.format) for c in row.cells]


def _shown(value: object, pattern: str) -> str:
    if not isinstance(value, float):
        return str(value)
    positive, _, negative = pattern.partition(";")
    pattern = negative.partition(";")[0] if value < 0 and negative else positive
    decimals = len(re.sub(r'"[^"]*"', "", pattern).partition(".")[2])
    number = f"{abs(value):.{decimals}f}"
    return re.sub(r"[0.]+", number, pattern.replace('"', ""), count=1)


def body(sheet: Sheet, first: int = 5) -> list[list[str]]:
    return [shown(row) for row in sheet.rows[first:]]


# ---- 正文 ----


def test_the_overall_paragraph_is_that_of_the_worked_example() -> None:
    assert overall_sentence(sample(), PERIOD) == (
        "截至9月底（时序进度75.0%），11项指标中，不设目标1项、当年无任务3项，"
        "其余7项中达到时序（达标）2项、欠进度1项、未达标或严重欠进度3项、未到节点1项。"
    )


@pytest.mark.parametrize("status", Status)
def test_the_counts_add_up_whatever_the_statuses(status: Status) -> None:
    standings = tuple(one(no, status=status) if no % 2 else one(no) for no in range(1, 12))

    text = overall_sentence(standings, PERIOD)

    before, rest, parts = re.split(r"其余(\d+)项中", text.partition("指标中，")[2])
    outside, inside = ([int(n) for n in re.findall(r"(\d+)项", part)] for part in (before, parts))
    assert sum(inside) == int(rest)
    assert sum(outside) + sum(inside) == 11


def test_the_title_the_number_and_the_date_leave_the_rest_to_the_office() -> None:
    page = texts(bulletin_text_sheet(bulletin_document(sample(), (), PLAN, PERIOD)))

    assert page[0] == "万园区办〔2025〕×号"
    assert "".join(page[1:3]) == "关于2025年前三季度工业园区高质量发展目标任务完成情况的通报"
    assert page[3] == "各责任单位："
    assert [line.strip("　") for line in page[-2:]] == [
        "万源市工业园区管理委员会",
        "2025年　　月　　日",
    ]


def test_a_whole_year_is_told_of_in_the_next_one() -> None:
    page = texts(bulletin_text_sheet(bulletin_document(sample(), (), PLAN, Period(2025, 12))))

    assert page[0] == "万园区办〔2026〕×号"
    assert "".join(page[1:3]) == "关于2025年度工业园区高质量发展目标任务完成情况的通报"
    assert any("现将2025年度目标任务完成情况通报如下。" in line for line in page)
    assert page[-1].strip("　") == "2026年　　月　　日"


def test_a_number_given_in_the_settings_is_the_number() -> None:
    plan = replace(
        PLAN,
        settings=replace(
            PLAN.settings, issues=(IssueDetails(period=PERIOD, number="万园区办〔2025〕7号"),)
        ),
    )

    assert (
        texts(bulletin_text_sheet(bulletin_document(sample(), (), plan, PERIOD)))[0]
        == "万园区办〔2025〕7号"
    )


SENTENCES = """
规上工业企业数量12户，净增进度50.0%，应达13户，欠1户。
规上工业总产值17.60亿元，完成年度目标73.3%，欠时序进度1.7个百分点。
主导产业产值占园区产值比重83.81%，低于目标1.19个百分点（目标85.00%）。
营业收入总量33.10亿元，完成年度目标78.8%，超时序进度3.8个百分点。
新增省市级先进制造业集群（产业新赛道）数量0个，当年无任务。
新增省级以上研发机构和平台数量1个，当年无任务，提前完成。
企业研发投入强度0.226%，高于目标0.006个百分点（目标0.220%）。
新增总投资额2000万元以上的竣工项目数4个，完成年度目标50.0%，应达6个，欠2个。
新招引投资10亿元以上项目数量0个，未到节点。
外商直接投资0万美元，不设目标。
进出口总额0.0004亿元，当年无任务，提前完成。
"""


def test_every_indicator_has_its_sentence() -> None:
    assert [indicator_sentence(s) for s in sample()] == SENTENCES.strip().split("\n")


@pytest.mark.parametrize(
    ("no", "ago", "said"),
    [
        (2, "16", "同比增长10.0%"),
        (2, "20", "同比下降12.0%"),
        (2, "17.6", "与上年同期持平"),
        (3, "83", "同比提高0.81个百分点"),
        (7, "0.3", "同比下降0.074个百分点"),
        (1, "10", "同比增加2户"),
        (8, "5", "同比减少1个"),
        (11, "0", "同比增加0.0004亿元"),
    ],
)
def test_growth_is_told_in_the_measure_of_its_kind(no: int, ago: str, said: str) -> None:
    assert indicator_sentence(one(no, year_ago=Fraction(ago))).endswith(f"，{said}。")


def test_many_times_the_target_are_told_as_times() -> None:
    done = one(11, actual=Fraction("0.05"), completion=Fraction(5000), status=Status.DONE)

    assert indicator_sentence(done) == "进出口总额0.0500亿元，为年度目标的50倍，已完成全年任务。"


def test_a_rate_is_rounded_half_up_in_the_text() -> None:
    text = indicator_sentence(one(2, completion=Fraction("71.25"), gap_points=Fraction("-3.75")))

    assert "完成年度目标71.3%，欠时序进度3.8个百分点" in text


def test_what_lags_is_named_with_its_lead_unit_and_the_missing_units_are_named() -> None:
    page = str(bulletin_text_sheet(bulletin_document(sample(), ("市商务局",), PLAN, PERIOD)))

    assert (
        "（一）进度滞后。规上工业企业数量欠1户（市经信局）；"
        "主导产业产值占园区产值比重低1.19个百分点（市工业园区管委会）；"
        "新增总投资额2000万元以上的竣工项目数欠2个（市经信局）；"
        "规上工业总产值欠0.40亿元（市经信局）。"
    ) in page
    assert "（二）数据报送。市商务局未报送合格报表。" in page


def test_where_nobody_reported_nothing_is_praised() -> None:
    page = str(bulletin_text_sheet(bulletin_document(unreported(), PLAN.reporting, PLAN, PERIOD)))

    assert "未报11项" in page
    assert "本期没有可以评判的指标。" in page
    assert "均达到" not in page
    assert "分园区数据未报。" in page


def test_where_nothing_lags_nothing_is_asked_about_it() -> None:
    page = str(bulletin_text_sheet(bulletin_document((one(4), one(7)), (), PLAN, PERIOD)))

    assert "附件3所列事项" not in page
    assert "各报送单位要按时、如实、完整填报" in page


def test_what_january_does_not_ask_for_is_named_as_such() -> None:
    january = (one(2, actual=None, status=Status.NOT_DUE), one(8))

    assert "规上工业总产值1月免报。" in str(
        bulletin_text_sheet(bulletin_document(january, (), PLAN, Period(2025, 1)))
    )


def test_a_ratio_of_nothing_is_not_said_to_be_unreported() -> None:
    why = "分母合计为0，不能计算比率，不作评判。"
    nothing = (one(3, actual=None, status=Status.NOT_APPLICABLE, reason=why), one(8))

    page = str(bulletin_text_sheet(bulletin_document(nothing, (), PLAN, PERIOD)))

    assert f"主导产业产值占园区产值比重：{why}" in page
    assert "未报" not in page.replace("分园区数据未报", "")


def test_disputed_numbers_are_named() -> None:
    standings = (one(1), one(2, disputed=True))

    assert "规上工业总产值两家单位数据不一致，待核。" in str(
        bulletin_text_sheet(bulletin_document(standings, (), PLAN, PERIOD))
    )


def test_a_month_is_not_called_a_quarter() -> None:
    page = str(bulletin_text_sheet(bulletin_document(sample(), (), PLAN, Period(2025, 5))))

    assert "关于2025年1—5月工业园区" in page
    assert "截至5月底（时序进度41.7%）" in page


def test_no_page_holds_the_signature_alone() -> None:
    for ago in (None, Fraction(3, 7)):
        standings = tuple(replace(s, year_ago=ago) for s in sample())
        rows = bulletin_text_sheet(bulletin_document(standings, ("市商务局",), PLAN, PERIOD)).rows
        last = max(_pages(rows))
        words = [row.cells[0] for row, page in zip(rows, _pages(rows), strict=True) if page == last]
        assert any(cell and "各报送单位要按时" in str(cell.value) for cell in words)


def _pages(rows: tuple[Row, ...]) -> list[int]:
    """The page on which each row falls (版心 225 mm)."""
    pages, page, used = [], 0, 0.0
    for row in rows:
        height = row.height or 0
        if used + height > 225 * text_fit.POINTS_PER_MM:
            page, used = page + 1, 0.0
        used += height
        pages.append(page)
    return pages


# ---- 附件1 ----

TABLE = """
1 | 规上工业企业数量 | 户 | 14 | 12 | 50.0* | 75.0 | -25.0 | — | 5 | 5 | 2 | 严重欠进度 | 市经信局、市工业园区管委会
2 | 规上工业总产值 | 亿元 | 24.00 | 17.60 | 73.3 | 75.0 | -1.7 | — | 6.00 | 8.60 | 3.00 | 欠进度 | 市经信局、市工业园区管委会
3 | 主导产业产值占园区产值比重 | % | 85.00 | 83.81 | — | 85.00 | -1.19 | — | 83.33 | 95.00 | 40.00 | 未达标 | 市工业园区管委会
4 | 营业收入总量 | 亿元 | 42.00 | 33.10 | 78.8 | 75.0 | +3.8 | — | 12.00 | 11.10 | 10.00 | 达进度 | 市经信局、市工业园区管委会
5 | 新增省市级先进制造业集群（产业新赛道）数量 | 个 | 0 | 0 | — | — | — | — | 0 | 0 | 0 | 无当年任务 | 市经信局、市工业园区管委会
6 | 新增省级以上研发机构和平台数量 | 个 | 0 | 1 | — | — | — | — | 1 | 0 | 0 | 提前完成 | 市科技局、市经信局
7 | 企业研发投入强度 | % | 0.220 | 0.226 | — | 0.220 | +0.006 | — | 0.400 | 0.150 | 0.100 | 达标 | 市科技局、市工业园区管委会
8 | 新增总投资额2000万元以上的竣工项目数 | 个 | 8 | 4 | 50.0 | 75.0 | -25.0 | — | 2 | 1 | 1 | 严重欠进度 | 市经信局、市工业园区管委会
9 | 新招引投资10亿元以上项目数量 | 个 | 1 | 0 | 0.0 | 75.0 | — | — | 0 | 0 | 0 | 未到节点 | 市投促中心、市经信局
10 | 外商直接投资 | 万美元 | / | 0 | — | — | — | — | — | — | — | 不设目标 | 市投促中心
11 | 进出口总额 | 亿元 | 0 | 0.0004 | — | — | — | — | — | — | — | 提前完成 | 市商务局、市工业园区管委会
"""  # noqa: E501 - the table as it is printed


def test_the_table_is_that_of_the_worked_example() -> None:
    rows = body(targets_annex(sample(), PLAN, PERIOD))[:11]

    printed = [" | ".join(row).replace("\n", "、") for row in rows]
    assert printed == TABLE.strip().split("\n")


def test_the_columns_are_those_of_a4_on_its_side_in_millimetres() -> None:
    table = targets_annex(sample(), PLAN, PERIOD)

    assert sum(table.widths) == 297 - 20 - 20
    assert (table.page.orientation, table.page.pages_tall) == ("landscape", 1)
    assert (table.page.left, table.page.right, table.page.top, table.page.bottom) == (
        *(20, 20),
        *(20, 18),
    )
    assert table.page.repeat == (1, 4)


def test_growth_in_the_table_is_in_percent_points_or_things() -> None:
    ago = {1: 10, 2: 16, 3: 83, 8: 5}
    standings = tuple(one(no, year_ago=Fraction(value)) for no, value in ago.items())

    rows = body(targets_annex(standings, PLAN, PERIOD))[:4]

    assert [row[8] for row in rows] == ["+2户", "+10.0", "+0.81点", "-1个"]


def test_what_nobody_reported_is_not_a_dash() -> None:
    [row] = body(targets_annex((unreported()[1],), PLAN, PERIOD))[:1]

    assert (row[3], row[4], row[5], row[12]) == ("24.00", "未报", "—", "未报")


def test_every_status_has_a_word_and_the_lagging_ones_a_colour() -> None:
    for status in Status:
        cell = targets_annex((one(2, status=status),), PLAN, PERIOD).rows[5].cells[12]
        assert cell
        assert cell.value == status.value
        if status in LAGGING:
            assert LOOKS[cell.part].fill == ("#F8CBAD" if status in SEVERE else "#FFF2CC")


def test_the_notes_name_the_rule_and_every_remark_once() -> None:
    standings = (one(1, remarks=("待核。",)), one(2, remarks=("待核。",)))

    told = annex_notes(standings, PLAN)

    assert (
        "状态按达成率（实际÷应达）判定：110%以上超进度、100%以上达进度、"
        "80%以上欠进度、不足80%严重欠进度"
    ) in told
    assert told[-1] == "第1、2项：待核"


def test_the_notes_say_in_what_a_growth_is_counted() -> None:
    grown_ = [one(3, year_ago=Fraction(83)), one(8, year_ago=Fraction(3))]

    assert "同比：比率为增减的百分点（点），户数、个数为增减数" in annex_notes(grown_, PLAN)
    assert not any("同比" in note for note in annex_notes([one(2, year_ago=Fraction(15))], PLAN))


def test_the_notes_follow_the_rule_that_the_office_chose() -> None:
    points = replace(PLAN, settings=replace(PLAN.settings, method=Method.POINTS))

    assert any("状态按超欠进度判定" in note for note in annex_notes(sample(), points))


def test_the_star_is_explained_only_where_it_stands() -> None:
    assert any("“*”" in note for note in annex_notes(sample(), PLAN))
    assert not any("“*”" in note for note in annex_notes(sample()[1:], PLAN))


def test_things_that_are_due_whole_are_explained() -> None:
    """2025-05, #8: 3 of 8 are done, 3⅓ would be due, whole things: 3."""
    may = one(8, actual=Fraction(3), gap=Fraction(0), due=Fraction(75, 2), whole=True)

    assert any("取整" in note for note in annex_notes((may,), PLAN))
    assert not any("取整" in note for note in annex_notes(sample(), PLAN))


# ---- 附件3 ----


def test_parks_that_do_not_add_up_to_the_zone_are_told_below_the_table() -> None:
    even, odd = one(2), one(2, actual=Fraction("17.2"))

    assert "分园区合计1" not in str(parks_annex((even,), PLAN, PERIOD))
    assert (
        "第2项全区17.20亿元，分园区合计17.60亿元。"
        "分园区数由市工业园区管委会报送，比重按分园区合计计算。"
    ) in str(parks_annex((odd,), PLAN, PERIOD))


def test_what_lags_is_listed_red_first_then_by_how_long() -> None:
    standings = (one(1), one(2, periods_behind=5), one(3), one(8, periods_behind=3))

    assert [s.indicator.no for s in lagging_in_order(standings)] == [8, 1, 3, 2]


LIST = """
1 | 规上工业企业数量 | 严重欠进度 | 13户 | 12户 | 欠1户 | 1 | 市经信局；市工业园区管委会 |  |  | 
2 | 主导产业产值占园区产值比重 | 未达标 | 85.00% | 83.81% | 低1.19个百分点 | 1 | 市工业园区管委会 |  |  | 
3 | 新增总投资额2000万元以上的竣工项目数 | 严重欠进度 | 6个 | 4个 | 欠2个 | 1 | 市经信局；市工业园区管委会 |  |  | 
4 | 规上工业总产值 | 欠进度 | 18.00亿元 | 17.60亿元 | 欠0.40亿元 | 1 | 市经信局；市工业园区管委会 |  |  | 
"""  # noqa: E501, W291 - the table as it is printed


def test_the_lagging_list_says_what_is_missing_as_a_quantity() -> None:
    rows = body(lagging_annex(sample(), PERIOD), 3)[:4]

    assert [" | ".join(row).replace("\n", "") for row in rows] == LIST[1:-1].split("\n")


def test_what_just_misses_its_target_is_not_listed_as_the_target() -> None:
    nearly = one(7, actual=Fraction("0.2197"), expected=Fraction("0.22"), status=Status.CLOSE)

    [row, *_] = body(lagging_annex((nearly,), PERIOD), 3)

    assert row[3:6] == ["0.2200%", "0.2197%", "低0.0003个百分点"]


def test_the_lagging_list_prints_what_the_unit_says_of_it() -> None:
    told = ProgressNote(reason="错峰停窑", measures="新线投产", finish="2025-12-31")

    [row, *_] = body(lagging_annex((one(2, account=told),), PERIOD), 3)

    assert row[-3:] == ["错峰停窑", "新线投产", "2025-12-31"]


def test_an_empty_lagging_list_says_so() -> None:
    assert "本期没有欠进度事项。" in str(lagging_annex((one(4),), PERIOD))


# ---- all of it ----


def test_the_bulletin_is_the_text_and_its_annexes() -> None:
    sheets = bulletin_sheets(sample(), bulletin_document(sample(), (), PLAN, PERIOD), PLAN, PERIOD)

    assert [sheet.name for sheet in sheets] == ["正文", "季度通报", "分园区情况", "欠进度清单"]
    assert [texts(s)[0].split(" ")[0] for s in sheets[1:]] == ["附件1", "附件2", "附件3"]


LONG = renamed(PLAN, "（四川万源经济开发区管理委员会）")
ODD: list[tuple[tuple[Standing, ...], Plan]] = [
    (unreported(), PLAN),
    (tuple(grown(s, 70_000) for s in sample()), PLAN),
    (tuple(replace(s, indicator=i) for s, i in zip(sample(), LONG.indicators, strict=False)), LONG),
]


@pytest.mark.parametrize(("standings", "plan"), ODD)
def test_every_row_is_as_high_as_its_text(standings: tuple[Standing, ...], plan: Plan) -> None:
    for sheet in bulletin_sheets(
        standings, bulletin_document(standings, plan.reporting, plan, PERIOD), plan, PERIOD
    ):
        for row in sheet.rows:
            for column, cell in enumerate(row.cells):
                if cell is None or not isinstance(cell.value, str) or cell.down > 1:
                    continue
                look, width = LOOKS[cell.part], sum(sheet.widths[column : column + cell.across])
                if look.wrap:
                    needed = text_fit.line_count(cell.value, look.size, width) * look.size * 1.2
                    assert needed <= (row.height or 15) + 0.5, (sheet.name, cell.value)


def test_a_table_that_would_become_too_small_to_read_takes_more_pages() -> None:
    standings, plan = ODD[2]

    assert targets_annex(standings, plan, PERIOD).page.pages_tall == 0

"""核定值: what the office agreed on counts, and what the unit reported stays in sight."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from tests.support.answers import ask
from tests.support.ledgers import COMMITTEE, INDUSTRY, PLAN, said, split, stand
from wyexcel.errors import BadPlan
from wyexcel.files.reading.tables import SheetCells
from wyexcel.files.writing.sheet import Sheet
from wyexcel.master import plan_sheets
from wyexcel.master.plan_sheets import agreed_sheet
from wyexcel.master.plan_sheets.directory import Places
from wyexcel.period import Period
from wyexcel.plan.agreed_value import Agreed
from wyexcel.plan.checks.plan import refuse_contradictions
from wyexcel.plan.plan import Plan
from wyexcel.progress import assessment, ledger
from wyexcel.reports.differences_sheet import differences_sheet
from wyexcel.reports.ledger_sheet import ledger_sheet
from wyexcel.reports.standings_sheet import standings_sheet
from wyexcel.reports.totals_sheet import totals_sheet

SEPTEMBER = Period(2025, 9)
PLACES = Places(PLAN.parks, PLAN.buckets, {}, PLAN.place_notes, PLAN.bucket_uses)


def agreed(*rows: str) -> Plan:
    """The plan with rows of 核定值: `element park value`."""
    return replace(PLAN, agreed=tuple(_row(*row.split()) for row in rows))


def _row(element: str, park: str, value: str) -> Agreed:
    return Agreed(
        period=SEPTEMBER,
        element=element,
        park=park,
        value=Decimal(value),
        by="张三",
        day=date(2025, 10, 12),
        why="经统计局核减",
    )


def words(sheet: Sheet) -> str:
    return "\n".join(str(cell.value) for row in sheet.rows for cell in row.cells if cell)


OUTPUT = said(INDUSTRY, "C02 全区 176000")
OTHER = said(COMMITTEE, split("C02 60000 86000 31000"))
NOTE = "规上工业总产值核定175000万元（张三，2025年10月12日，经统计局核减），单位报176000万元"


def test_what_was_agreed_counts_and_the_reports_stay() -> None:
    standing = stand(2, OUTPUT, OTHER, plan=agreed("C02 全区 175000"))

    assert standing.actual == Decimal("17.5")
    assert standing.reports == {INDUSTRY: Decimal("17.6"), COMMITTEE: Decimal("17.7")}
    assert [(s.file, s.cell, s.value) for s in standing.sources] == [
        ("市经信局.xlsx", "D7", 176000)
    ]
    assert standing.agreed == (NOTE,)
    assert NOTE in standing.reason
    assert not standing.disputed


def test_another_period_keeps_its_own_number() -> None:
    june = said(INDUSTRY, "C02 全区 114000", period="2025-06")

    assert stand(2, june, plan=agreed("C02 全区 175000"), period="2025-06").actual == Decimal(
        "11.4"
    )


def test_what_nobody_reported_can_be_agreed_on() -> None:
    standing = stand(2, plan=agreed("C02 全区 175000"))

    assert standing.actual == Decimal("17.5")
    assert "单位未报" in standing.reason


def test_a_park_that_was_agreed_on_says_what_was_reported() -> None:
    plan = agreed("C02 白沙 59000", "C02 全区 175000")

    standing = stand(2, OUTPUT, OTHER, plan=plan)

    assert standing.parks["白沙"] == Decimal("5.9")
    assert "（白沙）核定59000万元" in standing.reason
    assert "单位报60000万元" in standing.reason


def test_a_count_that_was_agreed_on_leaves_its_list_alone() -> None:
    listed = "C09 2403-01 茶厂 白沙 2025-03-28\nC09 2403-02 茶场 白沙 2025-03-29"
    report = said(INDUSTRY, "C09 全区 2", listed=listed)

    standing = stand(8, report, plan=agreed("C09 全区 1"))

    assert (standing.actual, standing.reports[INDUSTRY]) == (1, 2)
    assert "核定1个" in standing.reason
    assert "单位报2个" in standing.reason


def test_a_ratio_is_reckoned_with_what_was_agreed_on() -> None:
    report = said(COMMITTEE, split("C06 1000 0 0\nC07 2 0 0"))

    assert stand(7, report, plan=agreed("C07 全区 3")).actual == Decimal("0.3")


def test_both_numbers_stand_in_every_report() -> None:
    plan = agreed("C02 全区 175000", "C14 全区 4")
    entries = ledger.ledger_of((OUTPUT, OTHER), plan)
    settled = assessment.settle_ledger(plan, SEPTEMBER, entries)
    standings = assessment.judge_indicators(plan, SEPTEMBER, entries)

    rows = ledger_sheet(entries, plan, SEPTEMBER).rows
    values = [[c.value for c in row.cells[8:11:2] if c] for row in rows if row.cells[1]]
    assert [176000.0, 175000.0] in values
    assert [None, 4.0] in values
    assert NOTE in words(differences_sheet(settled.values(), plan, SEPTEMBER))
    assert "已核定" in words(differences_sheet(settled.values(), plan, SEPTEMBER))
    assert NOTE in words(totals_sheet(standings, plan, SEPTEMBER))
    assert NOTE in words(standings_sheet(standings, SEPTEMBER))


def test_the_sheet_comes_back_as_it_was_written() -> None:
    plan = agreed("C02 白沙 59000", "C02 全区 175000.5")
    cells = [[c and c.value for c in row.cells] for row in agreed_sheet.describe(plan).rows]

    assert agreed_sheet.read(SheetCells("核定值", cells), PLACES) == plan.agreed


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        (0, "九月", "A4 填的是“九月”"),
        (1, None, "B4 没有填“要素代码”"),
        (5, None, "F4 没有填“核定值”"),
        (5, "14户", "F4 填的是“14户”"),
        (6, None, "G4 没有填“核定人”"),
        (7, None, "H4 没有填“日期”"),
        (8, None, "I4 没有填“理由”"),
    ],
)
def test_a_row_without_its_number_who_when_or_why_is_refused(
    column: int, value: object, sentence: str
) -> None:
    cells = [
        [c and c.value for c in row.cells]
        for row in agreed_sheet.describe(agreed("C02 全区 1")).rows
    ]
    cells[3][column] = value

    with pytest.raises(BadPlan, match=f"“核定值”{sentence}"):
        agreed_sheet.read(SheetCells("核定值", cells), PLACES)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (("C99 全区 1",), "要素代码不在"),
        (("C02 黑山 1", "C02 全区 1"), "园区“黑山”不在"),
        (("C02 白沙 1",), "全区”的核定值也填上"),
        (("C02 全区 1", "C02 全区 2"), "只留一行"),
        (("C14 白沙 1", "C14 全区 1"), "只报全区数"),
        (("C01 全区 1.5",), "不是整数"),
    ],
)
def test_rows_that_cannot_be_are_refused(rows: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(BadPlan, match=sentence):
        refuse_contradictions(agreed(*rows))


def test_a_master_of_an_earlier_time_has_nothing_agreed(demo: Path) -> None:
    book = load_workbook(demo / "master.xlsm", keep_vba=True)
    assert "核定值" in plan_sheets.NAMES
    del book["核定值"]
    book.save(demo / "master.xlsm")

    assert ask(demo, "assess", "2025-09").code == 0


def test_what_was_agreed_in_the_master_is_printed_and_kept_by_a_closing(demo: Path) -> None:
    original = (demo / "归档" / "2025-09" / "市商务局.xlsx").read_bytes()
    assert ask(demo, "close", "2025-09").code == 0
    _agree(demo, 5)

    refused = ask(demo, "bulletin", "2025-09")
    merged = ask(demo, "merge", "2025-09")
    assert (refused.code, merged.code) == (2, 2)
    assert "主工作簿改动以后，数与定稿不同：核定“进出口总额”（全区）由 未报 改为 5" in merged.error
    assert "第11项进出口总额" in refused.error

    assert ask(demo, "revise", "2025-09", "--by", "张三", "--why", "海关核定").code == 0
    ask(demo, "run", "2025-09")
    sheets = load_workbook(demo / "通报" / "2025-09" / "通报.xlsx")
    text = "".join(str(row) for row in sheets["季度通报"].iter_rows(values_only=True))
    assert "进出口总额核定5万元（张三，2025年10月12日，海关数），单位报4万元" in text
    assert "第11项进出口总额由0.0004亿元改为0.0005亿元" in text
    record = (demo / "归档" / "2025-09" / "修订记录.csv").read_text("utf-8-sig")
    assert "海关核定,核定,C14,全区,,,5" in record
    assert (demo / "归档" / "2025-09" / "市商务局.xlsx").read_bytes() == original


def _agree(demo: Path, value: float) -> None:
    book = load_workbook(demo / "master.xlsm", keep_vba=True)
    row = ("2025-09", "C14", None, "全区", 4, value, "张三", "2025-10-12", "海关数")
    sheet = book["核定值"]
    [top] = [line[0].row for line in sheet.iter_rows(max_col=1) if line[0].value == "报告期"]
    for column, cell in enumerate(row, 1):
        sheet.cell(top + 1, column).value = cell
    book.save(demo / "master.xlsm")

"""What is looked up after a check, a merge, a judgement: every file, cell and number."""

from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace
from openpyxl import load_workbook

from tests.support.ledgers import BASELINE, COMMITTEE, INDUSTRY, TRADE, all_stand, said, season
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.looks import LOOKS
from wyexcel.files.writing.sheet import Sheet
from wyexcel.findings import Finding, Severity
from wyexcel.forms.submission import Decision, Received, Season, Submission
from wyexcel.period import Period
from wyexcel.plan import official
from wyexcel.progress import assessment, ledger
from wyexcel.progress.reconcile import Settled
from wyexcel.reports.differences_sheet import differences_sheet
from wyexcel.reports.findings_sheet import findings_sheet
from wyexcel.reports.ledger_sheet import ledger_sheet
from wyexcel.reports.standings_sheet import standings_sheet
from wyexcel.reports.totals_sheet import totals_sheet

PLAN = official.load()
PERIOD = Period(2025, 9)


def table(sheet: Sheet, heading: str) -> list[dict[str, object]]:
    """The rows below the row that has *heading*, each by its headings."""
    rows = [[None if c is None else c.value for c in row.cells] for row in sheet.rows]
    at = next(n for n, row in enumerate(rows) if heading in row)
    names = [str(name).replace("\n", "") for name in rows[at]]
    return [dict(zip(names, row, strict=True)) for row in rows[at + 1 :]]


# ---- 校验结果 ----


def received(file: str, decision: Decision, *, unit: str | None = INDUSTRY) -> Received:
    return Received(
        file=file,
        sha256=file * 4,
        unit=unit,
        period="2025-09",
        received=datetime(2025, 10, 9, 1, 30, tzinfo=UTC),
        decision=decision,
        path=Path("/工作/报送/2025-09") / file,
    )


TYPED = Finding(
    rule="V02",
    severity=Severity.ERROR,
    file="a b#1.xlsx",
    unit=INDUSTRY,
    sheet="填报",
    cell="D7:F7",
    value="14户",
    suggestion=14.0,
    message="D7:F7 填的是“14户”，请只填数字。",
    sha256="a b#1.xlsx" * 4,
)
CHECKED = Season(
    period=PERIOD,
    received=(
        received("a b#1.xlsx", Decision.REJECTED),
        received("b.xlsx", Decision.ACCEPTED, unit=TRADE),
        received("c.xlsx", Decision.SUPERSEDED),
        received("d.xlsx", Decision.DUPLICATE),
        received("~$a.xlsx", Decision.IGNORED, unit=None),
    ),
    findings=(TYPED,),
    missing=("市科技局", "市投促中心"),
)
HOME = Path("/工作/通报/2025-09")


def test_every_file_is_in_the_balance_and_who_is_missing_is_named() -> None:
    text = str(findings_sheet(CHECKED, PERIOD, folder=HOME))

    assert (
        "收 5 个文件＝通过1＋退回1＋被后报替代1＋重复1＋忽略1；缺报 2 家：市科技局、市投促中心"
    ) in text


def test_a_finding_shows_what_was_seen_and_what_was_probably_meant() -> None:
    [row, *_] = table(findings_sheet(CHECKED, PERIOD, folder=HOME), "级别")

    assert row == {
        "级别": "错",
        "规则": "V02",
        "单位": "市经信局",
        "文件": "a b#1.xlsx",
        "工作表": "填报",
        "单元格": "D7:F7",
        "看到的值": "14户",
        "建议": "14",
        "说明": "D7:F7 填的是“14户”，请只填数字。",
    }


def test_a_finding_leads_to_the_first_cell_of_its_range_in_the_file(tmp_path: Path) -> None:
    xlsx.write([findings_sheet(CHECKED, PERIOD, folder=HOME)], tmp_path / "校验结果.xlsx")

    sheet = load_workbook(tmp_path / "校验结果.xlsx")["校验结果"]
    [link] = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert link.target.replace("\\", "/") == "../../报送/2025-09/a%20b%231.xlsx"
    assert link.location == "'填报'!D7"


def test_what_happened_to_each_file_is_listed() -> None:
    rows = table(findings_sheet(CHECKED, PERIOD, folder=HOME), "处理")

    assert [(row["文件"], row["处理"], row["单位"]) for row in rows] == [
        ("a b#1.xlsx", "退回", "市经信局"),
        ("b.xlsx", "通过", "市商务局"),
        ("c.xlsx", "被后报替代", "市经信局"),
        ("d.xlsx", "重复", "市经信局"),
        ("~$a.xlsx", "忽略", "（无法识别）"),
    ]


def test_every_file_says_how_much_was_found_in_it_and_when_it_came() -> None:
    copy = replace(received("a b#1.xlsx", Decision.ACCEPTED), sha256="another")
    season = replace(CHECKED, received=(*CHECKED.received, copy), findings=(TYPED, TYPED))

    rows = table(findings_sheet(season, PERIOD, folder=HOME), "问题数")

    assert [row["序号"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row["问题数"] for row in rows] == [2, 0, 0, 0, 0, 0]
    came = season.received[0].received.astimezone()
    assert (rows[0]["收到日期"], rows[0]["时间"]) == (f"{came:%Y-%m-%d}", f"{came:%H:%M}")


def test_the_list_of_files_has_no_merged_cells_and_can_be_sorted() -> None:
    rows = findings_sheet(CHECKED, PERIOD, folder=HOME).rows
    first = next(n for n, row in enumerate(rows) if row.cells[0].value == "序号")

    assert all(cell and cell.across == 1 for row in rows[first:] for cell in row.cells)
    assert {len(row.cells) for row in rows[first:]} == {9}


def test_a_season_without_findings_says_so() -> None:
    clean = replace(CHECKED, findings=(), missing=())

    text = str(findings_sheet(clean, PERIOD, folder=HOME))

    assert "没有发现问题。" in text
    assert "缺报 0 家" in text
    assert "缺报 0 家：" not in text


def test_forty_findings_are_all_there() -> None:
    many = replace(CHECKED, findings=tuple(replace(TYPED, cell=f"D{n}") for n in range(7, 47)))

    rows = table(findings_sheet(many, PERIOD, folder=HOME), "级别")

    assert [row["单元格"] for row in rows[:40]] == [f"D{n}" for n in range(7, 47)]


# ---- 台账 ----


def test_the_ledger_says_of_every_number_where_it_stands() -> None:
    frame = ledger.ledger_of(season(), PLAN)

    rows = table(ledger_sheet(frame, PLAN, PERIOD), "单位")

    assert len(rows) == len(frame)
    [output] = [r for r in rows if (r["单位"], r["要素"]) == (INDUSTRY, "C02")]
    assert (output["数值"], output["计量单位"]) == (176000.0, "万元")
    assert (output["文件"], output["工作表"], output["单元格"]) == ("市经信局.xlsx", "填报", "D8")


def test_a_list_row_stands_in_the_ledger_with_its_id_and_day() -> None:
    frame = ledger.ledger_of(season(), PLAN)

    rows = table(ledger_sheet(frame, PLAN, PERIOD), "单位")

    projects = [r for r in rows if r["名单编号"] == "2403-01"]
    assert {(r["名单名称"], str(r["日期"]), r["园区"]) for r in projects} == {
        ("富硒茶精深加工", "2025-03-28", "白沙")
    }


# ---- 汇总 ----


def test_two_units_reports_stand_beside_each_other_and_are_not_added() -> None:
    rows = table(totals_sheet(all_stand(*season(), plan=BASELINE), PLAN, PERIOD), "序号")

    enterprises = rows[0]
    assert enterprises["全区"] == 12
    assert [enterprises[park] for park in ("白沙", "官渡", "青花")] == [5, 5, 2]
    assert enterprises["各责任单位所报（不相加）"] == "市经信局：12户\n市工业园区管委会：12户"


def test_what_a_unit_did_not_report_is_not_zero() -> None:
    standings = all_stand(said(INDUSTRY, "C02 全区 0"))

    row = table(totals_sheet(standings, PLAN, PERIOD), "序号")[1]

    assert row["全区"] == 0
    assert row["各责任单位所报（不相加）"] == "市经信局：0亿元\n市工业园区管委会：未报"
    assert table(totals_sheet(standings, PLAN, PERIOD), "序号")[0]["全区"] == "未报"


# ---- 差异核对 ----


def settled(*submissions: Submission) -> list[Settled]:
    return list(
        assessment.settle_ledger(PLAN, PERIOD, ledger.ledger_of(submissions, PLAN)).values()
    )


def test_a_difference_names_both_units_numbers_cells_and_telephones() -> None:
    parks = "C01 白沙 5\nC01 官渡 5\nC01 青花 3\nC01 区内园外 0\nC01 未分园区 0"
    both = settled(said(INDUSTRY, "C01 全区 14"), said(COMMITTEE, parks))

    sheet = differences_sheet(both, PLAN, PERIOD, phones={INDUSTRY: "0818-1", COMMITTEE: "0818-2"})

    row = table(sheet, "数据要素")[0]
    assert (row["主报单位"], row["主报数"], row["核对单位"], row["核对数"]) == (
        *(INDUSTRY, 14.0),
        *(COMMITTEE, 13.0),
    )
    assert row["主报单元格"] == "市经信局.xlsx\n填报!D7"
    assert str(row["核对单元格"]).startswith("市工业园区管委会.xlsx\n填报!D7、填报!D8")
    assert (row["相差"], row["允许"], row["状态"]) == (1.0, 0.0, "待核")
    assert row["联系电话"] == "市经信局 0818-1\n市工业园区管委会 0818-2"


def test_an_amount_may_differ_by_the_tolerance_of_the_settings() -> None:
    parks = "C02 白沙 99\nC02 官渡 0\nC02 青花 0\nC02 区内园外 0\nC02 未分园区 0"
    both = settled(said(INDUSTRY, "C02 全区 100"), said(COMMITTEE, parks))

    row = table(differences_sheet(both, PLAN, PERIOD), "数据要素")[1]

    assert (row["相差"], row["允许"], row["状态"]) == (1.0, 1.0, "一致")


# ---- 进度判定 ----


def test_every_judgement_shows_its_arithmetic_and_its_cells() -> None:
    rows = table(standings_sheet(all_stand(*season(), plan=BASELINE), PERIOD), "序号")

    assert len(rows) == 11
    output = rows[1]
    assert output["状态"] == "欠进度"
    assert "累计17.60÷目标24.00＝73.3%" in str(output["依据"])
    assert output["来源"] == "市经信局.xlsx\n填报!D8"
    assert all(row["来源"] for row in rows)


def test_what_was_not_reported_says_so_in_its_place() -> None:
    rows = table(standings_sheet(all_stand(), PERIOD), "序号")

    assert [row["累计"] for row in rows] == ["未报"] * 11


# ---- all of them ----


def test_empty_reports_keep_their_page_for_the_master() -> None:
    for sheet in (
        findings_sheet(None),
        ledger_sheet((), PLAN),
        totals_sheet((), PLAN),
        differences_sheet((), PLAN),
        standings_sheet(()),
    ):
        assert sheet.page.repeat
        assert sheet.page.orientation == "landscape"
        assert sheet.rows[sheet.page.repeat[1]].cells[0]


def test_no_text_of_a_report_is_higher_than_its_row() -> None:
    long = replace(TYPED, message=TYPED.message * 12, file="很长的文件名" * 10 + ".xlsx")
    sheet = findings_sheet(replace(CHECKED, findings=(long,)), PERIOD, folder=HOME)

    [row] = [r for r in sheet.rows if r.cells[1] and r.cells[1].value == "V02"]

    characters = (89 * 72 / 25.4) / LOOKS[row.cells[8].part].size if row.cells[8] else 1
    assert (row.height or 0) >= len(long.message) / characters * 9 * 1.2

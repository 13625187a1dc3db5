"""What stands in or over an input cell beside its value, in forms saved by a program."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.support.forms import written
from tests.support.packages import OFFICE, RELATIONS
from tests.support.saved_as import ABSENT, convert
from tests.support.small_plan import NEW_TOWN, PERIOD, PLAN, answers, at
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.findings import Finding, Severity
from wyexcel.forms.asked import ListColumn, NameListColumn, RowRemark
from wyexcel.forms.filled import read_form
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.layout import IDENTITY, layout
from wyexcel.practice.rehearsal.file_rewrites import rewrite_part
from wyexcel.rules import all_rules

OUT = at("OUT", "江北")
RAISED, STRUCK = InlineFont(vertAlign="superscript"), InlineFont(strike=True)


def listed(column: str, row: int = 1) -> str:
    """The address of *column* in a *row* of the list of deals."""
    slots = layout(PLAN, NEW_TOWN, PERIOD).slots
    first = next(s.cell for s in slots if s.asks == NameListColumn("DEALS", ListColumn(column)))
    return f"{first[0]}{int(first[1:]) + row - 1}"


def saved(path: Path, change: Callable[[Any], object]) -> FilledForm:
    """The good form after somebody *change*d it in a spreadsheet program."""
    there = load_workbook(written(answers(), path / "a.xlsx"))
    change(there)
    there.save(path / "a.xlsx")
    return read(path / "a.xlsx")


def read(path: Path) -> FilledForm:
    book = read_workbook.read(path, skip=("说明",), need=IDENTITY)
    assert isinstance(book, Book), book
    return read_form.read_form(book, PLAN, NEW_TOWN, PERIOD)


def found(path: Path, change: Callable[[Any], object]) -> list[Finding]:
    return all_rules.validate(saved(path, change))


def put(sheet: str, cell: str, value: object) -> Callable[[Any], None]:
    def change(there: Any) -> None:
        there[sheet][cell] = value

    return change


@pytest.mark.parametrize(
    ("runs", "told", "guess"),
    [
        (["10000", TextBlock(RAISED, "1")], "10000 带上标“1”", 10000),
        (["10000", TextBlock(RAISED, "注①")], "10000 带上标“注①”", 10000),
        ([TextBlock(STRUCK, "9000"), "10000"], "删除线“9000”后写 10000", 10000),
        ([TextBlock(STRUCK, "9000"), "1.2亿元"], "删除线“9000”后写 1.2亿元", 12000),
        (["10000", TextBlock(STRUCK, "户")], "10000 带删除线“户”", 10000),
    ],
)
def test_a_number_made_of_runs_is_no_number(
    runs: list[Any], told: str, guess: int, tmp_path: Path
) -> None:
    form = saved(tmp_path, put("填报", OUT, CellRichText(*runs)))
    [finding] = [f for f in all_rules.validate(form) if f.cell == OUT]

    assert (finding.rule, finding.severity) == ("V02", Severity.ERROR)
    assert f"写的是：{told}，" in finding.message
    assert f"（是否为 {guess}？）" in finding.message
    assert finding.suggestion == guess
    [entry] = [entry for entry in form.submission.entries if entry.cell == OUT]
    assert entry.number is None


@pytest.mark.parametrize(
    "runs",
    [
        ["10", TextBlock(InlineFont(b=True, u="single"), "000")],
        [TextBlock(RAISED, "10000")],
        ["10000", TextBlock(STRUCK, " ")],
    ],
)
def test_runs_of_one_look_are_text_as_any_other(runs: list[Any], tmp_path: Path) -> None:
    [finding] = found(tmp_path, put("填报", OUT, CellRichText(*runs)))

    assert (finding.rule, finding.cell, finding.severity) == ("V03", OUT, Severity.NOTICE)


def strike(*cells: tuple[str, str]) -> Callable[[Any], None]:
    def change(there: Any) -> None:
        for sheet, cell in cells:
            there[sheet][cell].font = Font(strike=True)

    return change


def test_a_number_struck_out_by_its_font_is_asked_about_and_counts(tmp_path: Path) -> None:
    form = saved(tmp_path, strike(("填报", OUT)))
    [finding] = all_rules.validate(form)

    assert (finding.rule, finding.cell, finding.severity) == ("V02", OUT, Severity.REVIEW)
    assert finding.message.startswith(f"{OUT} 的“10000”划了删除线，是否作废？")
    assert next(e for e in form.submission.entries if e.cell == OUT).number == 10000


def test_a_number_struck_out_in_all_its_runs_is_asked_about(tmp_path: Path) -> None:
    runs = CellRichText(TextBlock(STRUCK, "10"), TextBlock(STRUCK, "000"))

    codes = [(f.rule, f.severity) for f in found(tmp_path, put("填报", OUT, runs))]

    assert codes == [("V03", Severity.NOTICE), ("V02", Severity.REVIEW)]


def test_a_struck_out_number_passes_with_a_reason(tmp_path: Path) -> None:
    slots = layout(PLAN, NEW_TOWN, PERIOD).slots
    remark = next(s.cell for s in slots if s.asks == RowRemark("OUT"))

    def change(there: Any) -> None:
        strike(("填报", OUT))(there)
        there["填报"][remark] = "格式沿用上期，数有效"

    [finding] = found(tmp_path, change)
    assert finding.severity is Severity.NOTICE


@pytest.mark.parametrize(
    ("column", "runs", "times"),
    [
        ("amount", ["800", TextBlock(RAISED, "1")], 1),
        ("amount", [TextBlock(STRUCK, "700"), "800"], 1),
        ("id", ["临-1", TextBlock(RAISED, "2")], 1),
        ("id", [TextBlock(STRUCK, "临-3"), "临-1"], 1),
        ("name", [TextBlock(STRUCK, "轴承"), "齿轮"], 1),
        ("name", ["齿轮 5m", TextBlock(RAISED, "2")], 0),
        ("note", [TextBlock(STRUCK, "续签"), "新签"], 0),
    ],
)
def test_what_is_listed_is_not_made_of_runs(
    column: str, runs: list[Any], times: int, tmp_path: Path
) -> None:
    cell = listed(column)

    there = [f for f in found(tmp_path, put("签约", cell, CellRichText(*runs))) if f.cell == cell]

    assert [(f.rule, f.severity) for f in there] == [("V02", Severity.ERROR)] * times


def test_an_amount_glued_together_is_not_taken(tmp_path: Path) -> None:
    runs = CellRichText("800", TextBlock(RAISED, "1"))
    form = saved(tmp_path, put("签约", listed("amount"), runs))

    assert [item.amount for item in form.submission.items] == [None, 500]


def test_a_listed_row_that_is_struck_out_is_asked_about_once(tmp_path: Path) -> None:
    cells = [("签约", listed(column, 2)) for column in ("name", "id", "amount")]

    [finding] = found(tmp_path, strike(*cells))

    assert (finding.rule, finding.severity) == ("V02", Severity.REVIEW)
    assert (finding.sheet, finding.cell) == cells[0]
    assert finding.message.endswith("作废的请删除整行。")


@pytest.mark.parametrize(
    "text",
    [
        "2031-03-05 10:30:00",
        "2031-03-05 00:00",
        "2031/3/5 8:05",
        "2031年3月5日 上午 8:05",
        "2031-03-05T00:00:00.000Z",
        "2031-03-05T23:59:17+08:00",
        "２０３１－０３－０５ １０：３０",
    ],
)
def test_a_time_behind_a_day_is_left_out(text: str, tmp_path: Path) -> None:
    form = saved(tmp_path, put("签约", listed("date"), text))

    assert all_rules.validate(form) == []
    assert str(form.submission.items[0].day) == "2031-03-05"


def test_a_day_is_the_one_that_is_shown_and_a_lost_minute_is_told(tmp_path: Path) -> None:
    shown = datetime.fromisoformat("2031-03-05T23:59:17")
    form = saved(tmp_path, put("签约", listed("date"), shown))
    [finding] = all_rules.validate(form)

    assert str(form.submission.items[0].day) == "2031-03-05"
    assert (finding.rule, finding.severity) == ("V12", Severity.NOTICE)
    assert "按显示的 2031-03-05 计，存的却是 23:59:17" in finding.message


def test_an_afternoon_is_no_matter(tmp_path: Path) -> None:
    shown = datetime.fromisoformat("2031-03-05T16:30:00")
    assert found(tmp_path, put("签约", listed("date"), shown)) == []


def note(sheet: str, cell: str, words: str) -> Callable[[Any], None]:
    def change(there: Any) -> None:
        there[sheet][cell].comment = Comment(words, "李四")

    return change


@pytest.mark.parametrize(
    ("sheet", "cell", "words", "times"),
    [
        ("填报", OUT, "应为186000", 1),
        ("填报", OUT, "应为１８６０００", 1),
        ("填报", OUT, "约十八万", 1),
        ("签约", listed("amount"), "合同额900", 1),
        ("签约", listed("name", 9), "还有1个", 1),
        ("填报", OUT, "已核对", 0),
        ("填报", "A1", "共8页", 0),
    ],
)
def test_a_note_with_a_number_on_an_input_cell_is_told(
    sheet: str, cell: str, words: str, times: int, tmp_path: Path
) -> None:
    there = found(tmp_path, note(sheet, cell, words))

    assert [(f.rule, f.cell, f.severity) for f in there] == [("S11", cell, Severity.NOTICE)] * times
    assert all(f"{cell} 的批注里写着“{words}”，批注不会被汇总" in f.message for f in there)


def shape(sheet_part: str, column: int, row: int, inside: str, path: Path) -> None:
    """Put a shape over one cell of the workbook at *path*."""
    corner = (
        "<xdr:col>{}</xdr:col><xdr:colOff>9</xdr:colOff>"
        "<xdr:row>{}</xdr:row><xdr:rowOff>9</xdr:rowOff>"
    )
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>'
        f"<xdr:from>{corner.format(column, row)}</xdr:from><xdr:to>{corner.format(column, row)}"
        f"</xdr:to>{inside}</xdr:twoCellAnchor></xdr:wsDr>"
    )
    relations = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/drawing" '
        'Target="../drawings/drawing1.xml"/></Relationships>'
    )
    more = {
        f"xl/worksheets/_rels/{sheet_part}.xml.rels": relations,
        "xl/drawings/drawing1.xml": drawing,
    }
    rewrite = rewrite_part(f"xl/worksheets/{sheet_part}.xml", str, more=more)
    path.write_bytes(rewrite(path.read_bytes()))


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<xdr:pic/>", "盖着图片，"),
        ("<xdr:graphicFrame/>", "盖着图表，"),
        (
            "<xdr:sp><xdr:txBody><a:p><a:r><a:t>应为186000</a:t></a:r></a:p></xdr:txBody></xdr:sp>",
            "盖着图形，写着“应为186000”，",
        ),
    ],
)
def test_a_picture_or_a_shape_over_an_input_cell_is_told(
    inside: str, told: str, tmp_path: Path
) -> None:
    path = written(answers(), tmp_path / "a.xlsx")
    column, row = ord(OUT[0]) - ord("A"), int(OUT[1:]) - 1
    shape("sheet1", column, row, inside, path)

    [finding] = all_rules.validate(read(path))

    assert (finding.rule, finding.severity) == ("S11", Severity.NOTICE)
    assert (finding.sheet, finding.cell) == ("填报", OUT)
    assert told in finding.message


def test_a_picture_over_a_label_is_no_matter(tmp_path: Path) -> None:
    path = written(answers(), tmp_path / "a.xlsx")
    shape("sheet1", 0, 0, "<xdr:pic/>", path)

    assert all_rules.validate(read(path)) == []


@pytest.mark.parametrize("height", ["0", "0.75", "1.5", "3"])
def test_a_row_without_height_is_hidden(height: str, tmp_path: Path) -> None:
    path = written(answers(), tmp_path / "a.xlsx")
    row = OUT[1:]
    low = partial(re.compile(rf'(<row r="{row}" [^>]*?ht=)"[^"]*"').sub, rf'\1"{height}"')
    path.write_bytes(rewrite_part("xl/worksheets/sheet1.xml", low, more={})(path.read_bytes()))

    [finding] = all_rules.validate(read(path))

    assert (finding.rule, finding.severity) == ("S06", Severity.REVIEW)
    assert f"第 {row} 行被隐藏" in finding.message


def test_a_form_saved_by_another_program_has_nothing_beside_its_values(tmp_path: Path) -> None:
    there = load_workbook(written(answers(), tmp_path / "a.xlsx"))
    there.save(tmp_path / "a.xlsx")
    book = read(tmp_path / "a.xlsx").book

    assert (book.mixed, book.struck, book.notes, book.covers) == ({}, frozenset(), {}, ())


@pytest.mark.slow
@pytest.mark.skipif(bool(ABSENT), reason=ABSENT or "LibreOffice is here")
def test_an_ods_form_tells_its_runs_strikes_and_notes(tmp_path: Path) -> None:
    sales, listed_name = at("SALES", "江北"), listed("name", 2)
    there = load_workbook(written(answers(), tmp_path / "a.xlsx"))
    there["填报"][OUT] = CellRichText(TextBlock(STRUCK, "9000"), "10000")
    there["填报"][at("OUT", "江南")] = CellRichText("10000", TextBlock(RAISED, "1"))
    there["填报"][sales].font = Font(strike=True)
    there["填报"][at("TAX", "江北")].comment = Comment("应为 700", "李四")
    there["签约"][listed_name].font = Font(strike=True)
    there.save(tmp_path / "a.xlsx")

    findings = all_rules.validate(read(convert([tmp_path / "a.xlsx"], "ods", tmp_path)["a"]))

    assert [(f.rule, f.cell, f.severity) for f in findings] == [
        ("V02", OUT, Severity.ERROR),
        ("V02", at("OUT", "江南"), Severity.ERROR),
        ("V02", sales, Severity.REVIEW),
        ("V02", listed_name, Severity.REVIEW),
        ("S11", at("TAX", "江北"), Severity.NOTICE),
    ]
    assert "写的是：删除线“9000”后写 10000，" in findings[0].message
    assert "写的是：10000 带上标“1”，" in findings[1].message


@pytest.mark.parametrize(
    ("remark", "told"),
    [
        ("应为176000，系统里改不动", "说明里写着“应为176000，系统里改不动”。"),
        ("实为一万二千", ""),
        ("系统里改不动", ""),
    ],
)
def test_a_number_in_the_remark_is_told_with_the_mistake_of_its_row(
    remark: str, told: str, tmp_path: Path
) -> None:
    def change(there: Any) -> None:
        slots = layout(PLAN, NEW_TOWN, PERIOD).slots
        there["填报"][next(s.cell for s in slots if s.asks == RowRemark("OUT"))] = remark
        there["填报"][OUT] = "一万多"

    [finding] = [f for f in found(tmp_path, change) if f.rule == "V02"]

    assert finding.severity is Severity.ERROR
    assert finding.message.endswith(told or "单位已在表头注明。")


def test_a_remark_that_lets_a_question_pass_is_quoted_once(tmp_path: Path) -> None:
    def change(there: Any) -> None:
        slots = layout(PLAN, NEW_TOWN, PERIOD).slots
        there["填报"][next(s.cell for s in slots if s.asks == RowRemark("OUT"))] = "确为10000"
        strike(("填报", OUT))(there)

    [finding] = found(tmp_path, change)

    assert finding.message.count("确为10000") == 1

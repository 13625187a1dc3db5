import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from wyexcel.errors import CannotWrite
from wyexcel.files.writing import ribbon, xlsx
from wyexcel.files.writing.looks import LOOKS
from wyexcel.files.writing.sheet import Button, Cell, Choice, Page, Part, Row, Sheet, row, spread

SAMPLE = Sheet(
    name="样张",
    rows=(
        spread(Part.TITLE, "目标任务完成情况表", 3),
        row(Part.HEADING, "指标", "累计", "状态", height=24),
        row(
            Part.NAME,
            "规上工业总产值",
            Cell(value=17.6, part=Part.NUMBER, format="0.00"),
            Cell(value="欠进度", part=Part.WARNING),
        ),
        row(Part.INPUT, "=1+1", "+3-5", None),
        row(
            Part.TEXT,
            date(2025, 9, 30),
            Cell(value="D7", part=Part.LINK, link="internal:'样张'!A1"),
        ),
    ),
    widths=(46, 17, 18),
    page=Page(repeat=(0, 1)),
    choices=(Choice(area="C4", options=("正常", "不详")),),
    protected=True,
)


def written(tmp_path: Path, *sheets: Sheet) -> Path:
    path = tmp_path / "a.xlsx"
    xlsx.write(sheets, path)
    return path


def one(*cells: Cell, page: Page | None = None) -> Sheet:
    """A sheet 一 with *cells* below each other."""
    rows = tuple(Row((cell,)) for cell in cells)
    return Sheet(name="一", rows=rows, widths=(40,), page=page or Page())


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    sheet = load_workbook(written(tmp_path, SAMPLE))["样张"]

    assert sheet["A1"].value == "目标任务完成情况表"
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:C1"]
    assert (sheet["B3"].value, sheet["B3"].number_format) == (17.6, "0.00")
    assert sheet["C3"].fill.start_color.rgb == "FFFFF2CC"
    assert sheet["A2"].font.name == "黑体"
    assert sheet.row_dimensions[2].height == 24


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = written(tmp_path, SAMPLE)
    sheet = load_workbook(path)["样张"]

    assert (sheet["A4"].value, sheet["A4"].data_type, sheet["A4"].number_format) == (
        "=1+1",
        "s",
        "@",
    )
    assert sheet["A4"].quotePrefix
    assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")


def test_only_inputs_are_unlocked_on_a_protected_sheet(tmp_path: Path) -> None:
    sheet = load_workbook(written(tmp_path, SAMPLE))["样张"]

    assert sheet.protection.sheet
    assert not sheet["A4"].protection.locked
    assert sheet["A3"].protection.locked


def test_the_page_is_a4_one_page_wide_with_its_headings_repeated(tmp_path: Path) -> None:
    sheet = load_workbook(written(tmp_path, SAMPLE))["样张"]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.page_setup.fitToWidth in {None, 1}  # 1 is what the format takes for granted
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.print_area == "'样张'!$A$1:$C$5"
    assert round(sheet.page_margins.left * 25.4) == 20


def test_a_hidden_sheet_is_not_printed(tmp_path: Path) -> None:
    hidden = Sheet(name="_form", rows=(row(Part.PLAIN, "a"),), widths=(20,), hidden=True)

    page = load_workbook(written(tmp_path, SAMPLE, hidden))["_form"]

    assert not page.print_area  # LibreOffice prints whatever has one


def test_a_hidden_sheet_is_very_hidden(tmp_path: Path) -> None:
    hidden = Sheet(name="_form", rows=(row(Part.PLAIN, "a"),), widths=(20,), hidden=True)

    assert load_workbook(written(tmp_path, SAMPLE, hidden))["_form"].sheet_state == "veryHidden"


def test_the_first_workbook_of_a_process_is_like_those_after_it() -> None:
    ask = (
        "from wyexcel.files.writing.sheet import Cell, Part, Row, Sheet\n"
        "from wyexcel.files.writing.xlsx import render\n"
        "sheet = Sheet(name='表', rows=(Row((Cell(value=1, part=Part.CENTRE),)),), widths=(20,))\n"
        "assert render([sheet]) == render([sheet])"
    )

    subprocess.run([sys.executable, "-c", ask], check=True)


def test_writing_twice_gives_the_same_bytes() -> None:
    assert xlsx.render([SAMPLE]) == xlsx.render([SAMPLE])


def test_what_excel_cannot_hold_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    long = Sheet(name="长", rows=(Row((Cell(value="一" * 40_000, part=Part.TEXT),)),), widths=(20,))

    with pytest.raises(CannotWrite, match="长"):
        xlsx.write([long], tmp_path / "a.xlsx")

    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_none_is_not_written(tmp_path: Path, number: float) -> None:
    broken = Sheet(name="数", rows=(row(Part.NUMBER, number),), widths=(20,))

    with pytest.raises(TypeError):
        xlsx.write([broken], tmp_path / "a.xlsx")


def test_a_formula_stands_beside_the_value_that_it_gives(tmp_path: Path) -> None:
    sums = Sheet(
        name="合计",
        rows=(row(Part.NUMBER, 8.1, Cell(value=8.1, part=Part.NUMBER, formula="=A1")),),
        widths=(20, 20),
    )
    path = written(tmp_path, sums)

    assert load_workbook(path)["合计"]["B1"].value == "=A1"
    assert load_workbook(path, data_only=True)["合计"]["B1"].value == 8.1


def test_a_date_is_a_date_and_a_number_format_is_the_cells_own(tmp_path: Path) -> None:
    day = Cell(value=date(2025, 9, 30), part=Part.CENTRE, format="yyyy-mm-dd")
    sheet = load_workbook(written(tmp_path, one(day)))["一"]

    assert sheet["A1"].is_date
    assert sheet["A1"].value.date() == date(2025, 9, 30)
    assert sheet["A1"].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize("text", ["=1+1", "+3-5", "-", "@SUM(A1)", "\t1"])
def test_text_that_could_be_taken_for_a_formula_is_kept_from_it(tmp_path: Path, text: str) -> None:
    cell = load_workbook(written(tmp_path, one(Cell(value=text, part=Part.TEXT))))["一"]["A1"]

    assert (cell.value, cell.data_type, cell.number_format, cell.quotePrefix) == (
        text,
        "s",
        "@",
        True,
    )


@pytest.mark.parametrize("text", ["0012", "3-5", "https://example.com", "{=A1}", " 前后 "])
def test_text_stays_as_it_is(tmp_path: Path, text: str) -> None:
    cell = load_workbook(written(tmp_path, one(Cell(value=text, part=Part.TEXT))))["一"]["A1"]

    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_link_shows_its_text_and_leads_into_this_or_another_workbook(tmp_path: Path) -> None:
    here = Cell(value="D7", part=Part.LINK, link="internal:'一'!A2")
    there = Cell(value="a.xlsx", part=Part.LINK, link="external:../报送/a.xlsx#'填报'!D7")
    sheet = load_workbook(written(tmp_path, one(here, there)))["一"]

    assert (sheet["A1"].value, sheet["A1"].hyperlink.location) == ("D7", "'一'!A2")
    assert (sheet["A2"].value, sheet["A2"].hyperlink.location) == ("a.xlsx", "'填报'!D7")
    assert sheet["A1"].font.underline == "single"


def test_more_links_than_excel_holds_leave_the_last_words_without_theirs(tmp_path: Path) -> None:
    link = Cell(value="D7", part=Part.LINK, link="internal:'一'!A1")
    path = written(tmp_path, one(*[link] * 65_531))

    content = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")

    assert content.count(b"<hyperlink ") == 65_530
    assert b'<c r="A65531"' in content


def test_a_merged_cell_has_its_borders_all_around(tmp_path: Path) -> None:
    wide = Cell(value="规上", part=Part.HEADING, across=2, down=2)
    sheet = Sheet(name="一", rows=(Row((wide, None)), Row((None, None))), widths=(20, 20))

    read = load_workbook(written(tmp_path, sheet))["一"]

    assert [str(area) for area in read.merged_cells.ranges] == ["A1:B2"]
    assert read["A1"].border.left.style == read["B2"].border.right.style == "thin"


def test_a_list_of_choices_that_excel_would_drop_is_refused(tmp_path: Path) -> None:
    sheet = Sheet(
        name="选",
        rows=(row(Part.INPUT, None),),
        widths=(20,),
        choices=(Choice(area="A1", options=tuple(f"单位{n:03}" for n in range(60))),),
    )

    with pytest.raises(CannotWrite, match="“选”的下拉选项超过 255 个字符"):
        xlsx.write([sheet], tmp_path / "a.xlsx")

    assert not (tmp_path / "a.xlsx").exists()


def test_choices_are_offered_over_their_area(tmp_path: Path) -> None:
    [offered] = load_workbook(written(tmp_path, SAMPLE))["样张"].data_validations.dataValidation

    assert (str(offered.sqref), offered.formula1) == ("C4", '"正常,不详"')


def test_a_header_is_printed_as_it_is_written_and_pages_are_numbered(tmp_path: Path) -> None:
    page = Page(header="示例&数据")
    sheet = load_workbook(written(tmp_path, one(Cell(value="a", part=Part.TEXT), page=page)))["一"]

    assert sheet.oddHeader.center.text == "示例&&数据"
    assert sheet.oddFooter.center.text == "— &P —"
    assert (sheet.oddFooter.center.font, sheet.oddFooter.center.size) == ("宋体,Regular", 14)


def test_a_column_is_as_wide_as_on_paper_in_digits_of_the_normal_font(tmp_path: Path) -> None:
    sheet = Sheet(name="一", rows=(row(Part.TEXT, "a", "b"),), widths=(25.4, 50.8))
    read = load_workbook(written(tmp_path, sheet))

    assert read["一"].column_dimensions["A"].width == 96 / 8  # an inch; the widest digit is 8
    assert read["一"].column_dimensions["B"].width == 192 / 8
    assert (read._fonts[0].name, read._fonts[0].sz) == ("宋体", 11)  # noqa: SLF001 - Normal's font


def test_a_protected_sheet_lets_people_select_and_widen(tmp_path: Path) -> None:
    protection = load_workbook(written(tmp_path, SAMPLE))["样张"].protection

    assert not protection.password
    assert not protection.formatColumns  # False is what lets people do it
    assert not protection.selectLockedCells
    assert protection.insertRows


def test_a_button_carries_its_chinese_caption_and_its_macro(tmp_path: Path) -> None:
    buttons = (Button(cell="A1", caption="校验报送", macro="WyCheck"),)
    sheet = Sheet(name="台", rows=(row(Part.TEXT, None),), widths=(40,), buttons=buttons)
    path = written(tmp_path, sheet)

    drawing = zipfile.ZipFile(path).read("xl/drawings/vmlDrawing1.vml").decode()

    assert "校验报送" in drawing
    assert "<x:FmlaMacro>[0]!WyCheck</x:FmlaMacro>" in drawing


def test_a_frozen_sheet_keeps_its_headings_in_sight(tmp_path: Path) -> None:
    sheet = Sheet(name="一", rows=(row(Part.TEXT, "a"),), widths=(40,), freeze=(2, 1))

    assert load_workbook(written(tmp_path, sheet))["一"].freeze_panes == "B3"


def test_below_an_open_ended_sheet_one_may_go_on_typing(tmp_path: Path) -> None:
    sheet = Sheet(
        name="名单",
        rows=(row(Part.HEADING, "名称"), row(Part.INPUT, None)),
        widths=(40,),
        protected=True,
        open_ended=True,
    )
    path = written(tmp_path, sheet)

    assert not load_workbook(path)["名单"].column_dimensions["A"].protection.locked
    assert load_workbook(path)["名单"].print_area == ""


@pytest.mark.parametrize("part", Part)
def test_every_part_is_written_as_its_look_says(tmp_path: Path, part: Part) -> None:
    look = LOOKS[part]
    cell = load_workbook(written(tmp_path, one(Cell(value="一", part=part))))["一"]["A1"]

    assert (cell.font.name, cell.font.sz, cell.font.b) == (look.font, look.size, look.bold)
    assert cell.fill.start_color.rgb[2:] == (look.fill or "#000000")[1:]
    assert (cell.border.top.style == "thin") == look.border
    assert cell.protection.locked == look.locked
    assert cell.alignment.horizontal == look.align


def test_a_ribbon_is_one_more_part_and_a_relationship(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(ribbon.inject(xlsx.render([SAMPLE]), "<customUI/>"))

    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        assert book.read("customUI/customUI14.xml") == b"<customUI/>"
        assert b'Target="customUI/customUI14.xml"' in book.read("_rels/.rels")

import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from wyexcel import ribbon, xlsx
from wyexcel.errors import CannotWrite
from wyexcel.sheet import Cell, Choice, Page, Part, Row, Sheet, row, spread

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


def test_a_hidden_sheet_is_very_hidden(tmp_path: Path) -> None:
    hidden = Sheet(name="_form", rows=(row(Part.PLAIN, "a"),), widths=(20,), hidden=True)

    assert load_workbook(written(tmp_path, SAMPLE, hidden))["_form"].sheet_state == "veryHidden"


def test_the_first_workbook_of_a_process_is_like_those_after_it() -> None:
    ask = (
        "from wyexcel.sheet import Cell, Part, Row, Sheet\n"
        "from wyexcel.xlsx import render\n"
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


def test_a_number_that_is_none_is_not_written(tmp_path: Path) -> None:
    broken = Sheet(name="数", rows=(row(Part.NUMBER, float("nan")),), widths=(20,))

    with pytest.raises(TypeError):
        xlsx.write([broken], tmp_path / "a.xlsx")


def test_a_ribbon_is_one_more_part_and_a_relationship(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(ribbon.inject(xlsx.render([SAMPLE]), "<customUI/>"))

    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        assert book.read("customUI/customUI14.xml") == b"<customUI/>"
        assert b'Target="customUI/customUI14.xml"' in book.read("_rels/.rels")

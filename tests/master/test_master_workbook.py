"""The built master: what stands in it, and that it is what its sources say."""

import subprocess
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator, ValidationSeverity

from wyexcel.files.writing import pdf_export
from wyexcel.files.writing.find_libreoffice import soffice_program
from wyexcel.files.writing.sheet import Sheet
from wyexcel.master import buttons, desk, master_workbook, plan_sheets
from wyexcel.plan import official
from wyexcel.reports.quarterly import bulletin_text

PLAN = official.load()
GENERATED = (
    *("校验结果", "台账", "汇总", "差异核对", "进度判定"),
    *("正文", "季度通报", "分园区情况", "欠进度清单"),
)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("主") / "master.xlsm"
    master_workbook.write(PLAN, path)
    return path


def test_the_master_has_the_desk_the_plan_and_a_place_for_every_result() -> None:
    names = tuple(sheet.name for sheet in master_workbook.sheets(PLAN))

    assert names == (buttons.NAME, *plan_sheets.NAMES, *GENERATED)


def test_the_same_plan_gives_the_same_bytes(workbook: Path, tmp_path: Path) -> None:
    master_workbook.write(PLAN, tmp_path / "b.xlsm")

    assert (tmp_path / "b.xlsm").read_bytes() == workbook.read_bytes()


def test_every_sheet_has_its_module_and_its_page(workbook: Path) -> None:
    book = load_workbook(workbook, keep_vba=True)

    assert book.code_name == "ThisWorkbook"
    for number, sheet in enumerate(book.worksheets, 1):
        assert sheet.sheet_properties.codeName == f"Sheet{number}"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_desk_offers_every_quarter_of_the_plan_and_the_buttons_in_working_order(
    workbook: Path,
) -> None:
    [offered] = load_workbook(workbook)[buttons.NAME].data_validations.dataValidation
    drawing = zipfile.ZipFile(workbook).read("xl/drawings/vmlDrawing1.vml").decode()
    order = ["下发报表", "校验报送", "退回催报", "合并汇总", "进度判定", "季度通报"]

    assert str(offered.sqref) == buttons.PERIOD_CELL
    assert offered.formula1.strip('"').split(",") == [
        f"{year}-{month:02}" for year in PLAN.years for month in (3, 6, 9, 12)
    ]
    places = [drawing.index(caption) for caption in [*order, "打印预览", "打开文件夹"]]
    assert places == sorted(places)


def test_each_button_stands_on_the_row_that_says_what_it_does() -> None:
    sheet = desk.desk(PLAN)

    for button, step in zip(sheet.buttons, buttons.STEPS, strict=True):
        told = sheet.rows[int(button.cell.removeprefix("A")) - 1].cells[1]
        assert told is not None
        assert (button.caption, told.value) == (step.caption, step.does)


def test_generated_sheets_are_empty_but_for_their_heads() -> None:
    empty = {sheet.name: sheet for sheet in master_workbook.sheets(PLAN) if sheet.name in GENERATED}

    assert {len(sheet.rows) for sheet in empty.values()} <= set(range(1, 25))
    assert empty["季度通报"].page.pages_tall == 1
    assert empty["正文"].widths == (bulletin_text.WIDTH,)
    assert all(_repeats_within(sheet) for sheet in empty.values())


def _repeats_within(sheet: Sheet) -> bool:
    return sheet.page.repeat is None or sheet.page.repeat[1] < len(sheet.rows)


def test_an_invented_plan_is_marked_on_every_sheet() -> None:
    plan = replace(PLAN, settings=replace(PLAN.settings, mark="示例数据"))

    for sheet in master_workbook.sheets(plan):
        assert "【示例数据】" in str(sheet)
        assert sheet.page.header == "示例数据"


def test_an_independent_validator_finds_no_error_in_the_master(workbook: Path) -> None:
    errors = [
        found.description
        for found in OpenXmlValidator().validate(workbook).errors
        if found.severity is ValidationSeverity.ERROR
    ]

    assert errors == []


@pytest.mark.slow
@pytest.mark.skipif(not soffice_program(), reason="没有 LibreOffice")
def test_the_master_prints_with_the_desk_on_one_page(workbook: Path, tmp_path: Path) -> None:
    assert pdf_export.print_pdf(workbook, tmp_path / "master.pdf")
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "master.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    first = text.split("\f")[0]

    assert "万源市工业园区目标任务通报操作台" in first
    assert all(unit in first for unit in PLAN.reporting)
    assert all(name in text for name in ("校验结果", "差异核对", "目标任务完成情况表"))
    assert "###" not in text

"""通报: text edited by hand in the Word file or on the sheet goes through the next run."""

from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.support.answers import ask
from wyexcel.archive.workspace import Workspace
from wyexcel.cli.main import main
from wyexcel.errors import NothingToDo
from wyexcel.files.proof.proof_result import FaultKind
from wyexcel.files.writing.find_libreoffice import soffice_program
from wyexcel.practice import demo
from wyexcel.stages import proof, publish, read_plan

PERIOD = demo.PERIOD


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The invented season with its bulletin."""
    root = tmp_path_factory.mktemp("demo") / "office"
    assert main(["--quiet", "demo", str(root)]) == 0
    return Workspace(root)


@pytest.fixture
def office(published: Workspace, tmp_path: Path) -> Workspace:
    """A copy of it that a test may change."""
    import shutil  # noqa: PLC0415 - the one use

    return Workspace(Path(shutil.copytree(published.root, tmp_path / "office")))


def word(office: Workspace) -> Path:
    return office.bulletins(PERIOD) / "通报.docx"


def workbook(office: Workspace) -> Path:
    return office.bulletins(PERIOD) / "通报.xlsx"


def paragraphs(office: Workspace) -> list[str]:
    return [p.text for p in docx.Document(str(word(office))).paragraphs if p.text]


def lines(office: Workspace) -> list[str]:
    sheet = openpyxl.load_workbook(workbook(office))["正文"]
    return [str(row[0].value).strip("　") for row in sheet.iter_rows() if row[0].value]


def edit_word(office: Workspace, old: str, new: str) -> None:
    document = docx.Document(str(word(office)))
    run = next(r for p in document.paragraphs for r in p.runs if old in r.text)
    run.text = run.text.replace(old, new)
    document.save(str(word(office)))


def edit_sheet(office: Workspace, old: str, new: str) -> None:
    book = openpyxl.load_workbook(workbook(office))
    cell = next(row[0] for row in book["正文"].iter_rows() if old in str(row[0].value))
    cell.value = str(cell.value).replace(old, new)
    book.save(workbook(office))


def agree(office: Workspace, value: float) -> None:
    """Have the office agree on another output than units reported (核定值)."""
    book = openpyxl.load_workbook(office.master, keep_vba=True)
    sheet: Any = book["核定值"]
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "报告期")
    typed = ("2025-09", "C02", "全区", value, None, "王主任", "2025-10-12", "统计局核定")
    names = [str(cell.value or "").replace("\n", "") for cell in sheet[head]]
    row = {
        "报告期": typed[0],
        "要素代码": typed[1],
        "园区": typed[2],
        "核定值": typed[3],
        "核定人": typed[5],
        "日期": typed[6],
        "理由": typed[7],
    }
    for column, name in enumerate(names, 1):
        if name in row:
            sheet.cell(head + 1, column).value = row[name]
    book.save(office.master)


def test_word_and_sheet_say_the_same(office: Workspace) -> None:
    shown = "".join(lines(office))

    for text in paragraphs(office):
        assert "".join(text.split()) in "".join(shown.split()), text


def test_an_edit_in_the_word_file_stays_and_the_rest_is_renewed(office: Workspace) -> None:
    edit_word(office, "各单位均已报送", "各单位均已按时报送，数据质量较好")
    agree(office, 178_200)

    answer = ask(office.root, "bulletin", str(PERIOD))

    text = "\n".join(paragraphs(office))
    assert "均已按时报送，数据质量较好" in text
    assert "17.82亿元" in text
    assert "17.60亿元，完成" not in text
    assert any("您改过的1段照您的写法保留" in r for r in answer.json["remarks"])
    assert [p.name for p in (office.bulletins(PERIOD) / "旧稿").glob("*.docx")] == ["通报-01.docx"]


def test_an_edit_whose_numbers_changed_is_asked_about_in_both_files(office: Workspace) -> None:
    edit_word(office, "（目标85.00%）", "（目标85%）")
    edit_sheet(office, "（目标85.00%）", "（目标85%）")
    agree(office, 178_200)

    remarks = ask(office.root, "bulletin", str(PERIOD)).json["remarks"]

    for name in ("通报.docx", "通报.xlsx"):
        asked = [r for r in remarks if r.startswith(f"“{name}”：") and "您改过" in r]
        assert len(asked) == 1, remarks
        assert "规上工业总产值由17.60亿元改为17.82亿元" in asked[0]
    assert "（目标85%）" in "".join(lines(office))
    assert "17.60亿元" in "".join(lines(office))
    notes = [
        c.comment.text
        for r in openpyxl.load_workbook(workbook(office))["正文"]
        for c in r
        if c.comment
    ]
    assert len(notes) == 1
    assert "程序现在的写法" in notes[0]


def test_the_same_again_changes_no_file(office: Workspace) -> None:
    before = {p: p.read_bytes() for p in (word(office), workbook(office))}

    remarks = ask(office.root, "bulletin", str(PERIOD)).json["remarks"]

    assert {p: p.read_bytes() for p in before} == before
    assert not [r for r in remarks if "您" in r]


def test_an_open_word_file_is_left_alone_and_that_is_said(office: Workspace) -> None:
    word(office).with_name(".~lock.通报.docx#").touch()
    agree(office, 178_200)

    answer = ask(office.root, "bulletin", str(PERIOD))

    assert answer.code == 0
    assert any("正在别的程序里打开着，没有改动它" in r for r in answer.json["remarks"])
    assert "17.60亿元" in "".join(paragraphs(office))
    assert "17.82亿元" in "".join(lines(office))


@pytest.mark.slow
@pytest.mark.skipif(soffice_program() is None, reason="没有 LibreOffice，打印测试跳过")
def test_the_proof_of_a_new_bulletin_lacks_only_what_the_office_fills_in(
    office: Workspace,
) -> None:
    ask(office.root, "bulletin", str(PERIOD))

    made = proof.proof(office, read_plan.plan_of(office), PERIOD)

    assert {fault.kind for fault in made.faults} == {FaultKind.UNFILLED}
    assert made.looked_at[0] == "“正文”2页"


def test_there_is_no_proof_without_a_bulletin(tmp_path: Path) -> None:
    workspace = demo.make_demo(tmp_path / "office")

    with pytest.raises(NothingToDo, match="还没有通报"):
        proof.proof(workspace, read_plan.plan_of(workspace), PERIOD)


def test_the_word_file_is_among_the_files_of_the_bulletin(office: Workspace) -> None:
    made = publish.publish(office, read_plan.plan_of(office), PERIOD)

    assert word(office) in made.files

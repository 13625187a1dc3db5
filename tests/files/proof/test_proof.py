"""The print proof finds each of its faults on pages made to have it, and none on good ones."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.shared import Pt
from msgspec.structs import replace

from tests.support.official_sample import bulletin
from tests.support.standings import PERIOD, PLAN, sample
from wyexcel.errors import CannotRead
from wyexcel.files.proof.printed_pages import printed_pages
from wyexcel.files.proof.proof_document import proof_document
from wyexcel.files.proof.proof_fonts import font_remarks
from wyexcel.files.proof.proof_result import FaultKind, Proof
from wyexcel.files.proof.proof_sheets import proof_sheets
from wyexcel.files.writing import pdf_export, xlsx
from wyexcel.files.writing.find_libreoffice import soffice_program
from wyexcel.files.writing.official.official_document import OfficialDocument, OfficialParagraph
from wyexcel.files.writing.official.print_document import print_document
from wyexcel.files.writing.official.write_document import write_document
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, row, spread
from wyexcel.reports.quarterly.bulletin import bulletin_sheets
from wyexcel.reports.quarterly.bulletin_document import bulletin_document

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(soffice_program() is None, reason="没有 LibreOffice，打印测试跳过"),
]
needs_writer = pytest.mark.skipif(
    not any(
        Path(program).resolve().parent.glob("libswlo.*")
        for program in filter(None, [shutil.which("soffice")])
    ),
    reason="no LibreOffice Writer",
)

WORDS = "规上工业企业净增放缓，竣工项目用地手续未办结，主导产业产值占比低于目标。"


def proof(folder: Path, *sheets: Sheet, **most_pages: int) -> Proof:
    """The proof of *sheets* as LibreOffice prints them."""
    xlsx.write(sheets, folder / "a.xlsx")
    assert pdf_export.print_pdf(folder / "a.xlsx", folder / "a.pdf")
    return proof_sheets(sheets, printed_pages(folder / "a.pdf"), most_pages)


def kinds(made: Proof) -> set[FaultKind]:
    """The kinds of faults that were found."""
    return {fault.kind for fault in made.faults}


def table(*rows: Row, widths: Sequence[float] = (60.0, 60.0), name: str = "附表") -> Sheet:
    """A sheet with a title and *rows*."""
    title = spread(Part.TITLE, "欠进度事项清单（演示）", len(widths), height=36)
    return Sheet(name=name, rows=(title, *rows), widths=tuple(widths))


def line(number: int) -> Row:
    """An ordinary row of a table."""
    return row(Part.TEXT, f"第{number}项指标完成情况", "市经信局牵头办理", height=24)


def test_the_bulletin_of_a_full_season_has_no_fault(tmp_path: Path) -> None:
    sheets = bulletin_sheets(sample(), bulletin_document(sample(), (), PLAN, PERIOD), PLAN, PERIOD)

    made = proof(tmp_path, *sheets, 正文=3, 季度通报=1)

    assert [fault for fault in made.faults if fault.kind is not FaultKind.UNFILLED] == []
    assert made.looked_at[0].startswith("“正文”")
    assert len(made.looked_at) == len(sheets)


def test_text_that_its_row_cuts_off_is_found(tmp_path: Path) -> None:
    low = row(Part.TEXT, WORDS, "市经信局牵头办理", height=12)

    made = proof(tmp_path, table(line(1), low, line(2)))

    assert kinds(made) == {FaultKind.CLIPPED}
    [fault] = made.faults
    assert "规上工业企业净增放缓，竣" in fault.sentence
    assert (fault.where, fault.page) == ("附表", 1)


def test_hashes_are_found(tmp_path: Path) -> None:
    wide = Cell(value=176000.25, part=Part.PLAIN, format="0.00")

    made = proof(tmp_path, table(Row((Cell(value="甲", part=Part.TEXT), wide), 24), widths=(60, 6)))

    assert FaultKind.OVERFLOW in kinds(made)


def test_a_number_at_the_edge_of_its_cell_is_found(tmp_path: Path) -> None:
    number = Cell(value=176000.25, part=Part.NUMBER, format="0.00")

    made = proof(
        tmp_path, table(Row((Cell(value="甲", part=Part.TEXT), number), 24), widths=(100, 16))
    )

    assert kinds(made) == {FaultKind.AT_EDGE}
    assert "“176000.25”顶到了格边" in made.faults[0].sentence


def test_a_colour_without_a_word_is_found(tmp_path: Path) -> None:
    blank = Cell(value="", part=Part.ALARM)

    made = proof(tmp_path, table(Row((Cell(value="甲", part=Part.TEXT), blank), 24)))

    assert kinds(made) == {FaultKind.NO_WORD}


def test_two_rows_alone_on_the_last_page_are_found(tmp_path: Path) -> None:
    sheet = table(*(line(number) for number in range(1, 42)))
    page_full = next(
        count
        for count in range(10, 42)
        if len(_printed(tmp_path, replace(sheet, rows=sheet.rows[:count]))) > 1
    )

    made = proof(tmp_path, replace(sheet, rows=sheet.rows[: page_full + 1]))

    assert kinds(made) == {FaultKind.FEW_ROWS}
    assert "最后一页只有2行" in made.faults[0].sentence


def _printed(folder: Path, sheet: Sheet) -> Sequence[object]:
    xlsx.write((sheet,), folder / "b.xlsx")
    assert pdf_export.print_pdf(folder / "b.xlsx", folder / "b.pdf")
    return printed_pages(folder / "b.pdf")


def test_a_short_annex_has_few_rows_by_right(tmp_path: Path) -> None:
    assert proof(tmp_path, table(line(1), line(2))).faults == ()


def test_a_signature_alone_on_the_last_page_is_found(tmp_path: Path) -> None:
    page = Page(orientation="portrait", left=28, right=26, top=37, bottom=35)
    prose = [row(Part.PROSE, WORDS * 3, height=630)]
    signature = row(Part.SIGNATURE, "万源市工业园区管理委员会", height=48)
    sheet = Sheet(name="正文", rows=(*prose, signature), widths=(156.0,), page=page)

    assert kinds(proof(tmp_path, sheet)) == {FaultKind.LONE_SIGNATURE}


def test_more_pages_than_wanted_are_found(tmp_path: Path) -> None:
    sheet = table(*(line(number) for number in range(1, 60)))

    made = proof(tmp_path, sheet, 附表=1)

    assert FaultKind.PAGES in kinds(made)


def test_a_row_over_two_pages_is_found(tmp_path: Path) -> None:
    tall = row(Part.PROSE, "\n".join(f"第{n}段：{WORDS}" for n in range(60)), height=409)
    sheet = Sheet(
        name="正文",
        rows=(row(Part.PROSE, "开头的一段话说明情况", height=300), tall),
        widths=(156.0,),
        page=Page(orientation="portrait", left=28, right=26, top=37, bottom=35),
    )

    assert kinds(proof(tmp_path, sheet)) & {FaultKind.TORN, FaultKind.CLIPPED}


def test_fonts_that_are_missing_are_a_remark_and_no_fault(tmp_path: Path) -> None:
    sheet = table(line(1))
    proof(tmp_path, sheet)

    remarks = font_remarks(printed_pages(tmp_path / "a.pdf"))

    assert bool(remarks) == bool(pdf_export.missing_fonts())
    for remark in remarks:
        assert "代替；正式印发请在装有这些字体的电脑上打印。" in remark


def test_a_file_that_is_no_pdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"not a page")

    with pytest.raises(CannotRead, match="不是能打开的 PDF"):
        printed_pages(tmp_path / "a.pdf")


ENDING = 6
"""Paragraphs after the text: three annexes, signature, day, and the two of 版记."""


def document_proof(folder: Path, official: OfficialDocument, *, squeeze: float = 0) -> Proof:
    """The proof of *official* as LibreOffice prints it; *squeeze* pushes its ending down."""
    path, pdf = folder / "通报.docx", folder / "通报.pdf"
    write_document(official, path)
    if squeeze:
        document = docx.Document(str(path))
        annex = next(p for p in document.paragraphs if p.text.startswith("附件："))
        annex.paragraph_format.space_before = Pt(squeeze)
        for paragraph in document.paragraphs:
            paragraph.paragraph_format.keep_with_next = False
        document.save(str(path))
    assert print_document(path, pdf)
    texts = [paragraph.text for paragraph in official.paragraphs]
    text = [paragraph.text for paragraph in official.text]
    return proof_document(path.name, text, texts[len(text) :], printed_pages(pdf))


@needs_writer
def test_a_good_document_lacks_only_what_the_office_fills_in(tmp_path: Path) -> None:
    made = document_proof(tmp_path, bulletin())

    assert kinds(made) == {FaultKind.UNFILLED}
    assert made.faults[0].sentence.startswith("“万园区办〔2025〕×号”")


@needs_writer
def test_an_ending_alone_on_its_page_is_found(tmp_path: Path) -> None:
    made = document_proof(tmp_path, bulletin(), squeeze=600)

    assert FaultKind.LONE_SIGNATURE in kinds(made)


@needs_writer
def test_a_text_of_four_pages_is_found(tmp_path: Path) -> None:
    more = OfficialParagraph(id="more", pieces=())
    long = bulletin()
    filled = replace(more, pieces=(replace(long.text[4].pieces[-1], text=WORDS * 60),))

    made = document_proof(tmp_path, replace(long, text=(*long.text, filled)))

    assert FaultKind.PAGES in kinds(made)


@needs_writer
def test_a_line_that_begins_with_a_mark_is_found(tmp_path: Path) -> None:
    official = bulletin()
    path, pdf = tmp_path / "通报.docx", tmp_path / "通报.pdf"
    write_document(official, path)
    document = docx.Document(str(path))
    paragraph = next(p for p in document.paragraphs if p.text.startswith("一、总体情况"))
    paragraph.runs[-1].add_break()
    paragraph.runs[-1].add_text("，另起一行。")
    document.save(str(path))
    assert print_document(path, pdf)

    made = proof_document("通报.docx", ["一、总体情况。"], [], printed_pages(pdf))

    assert "有一行以“，”开头" in "".join(fault.sentence for fault in made.faults)

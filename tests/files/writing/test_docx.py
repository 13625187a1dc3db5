"""Letters as documents: the page of GB/T 9704—2012, the same bytes, nothing torn by odd text."""

import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator

from tests.support.standings import PERIOD, PLAN, sample
from wyexcel.files.writing import docx
from wyexcel.files.writing.document import Letter, Paragraph, Tone
from wyexcel.files.writing.find_libreoffice import soffice_program
from wyexcel.letters.reminder_letter import reminder_letter
from wyexcel.letters.supervision_letter import supervision_letters

TODAY = date(2025, 10, 20)
URGED = reminder_letter("市科技局", PERIOD, PLAN, TODAY)
SUPERVISED = next(iter(supervision_letters(sample(), PLAN, PERIOD, TODAY)))


def made(letter: Letter, tmp_path: Path) -> Path:
    path = tmp_path / "单.docx"
    docx.write(letter, path)
    return path


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def test_the_page_is_that_of_official_documents(tmp_path: Path) -> None:
    [section] = Document(str(made(URGED, tmp_path))).sections

    size = section.page_width, section.page_height
    margins = section.top_margin, section.left_margin, section.right_margin, section.bottom_margin
    assert [round(length.mm) for length in size if length] == [210, 297]
    assert [round(length.mm) for length in margins if length] == [37, 28, 26, 35]


def test_title_headings_and_body_have_their_fonts_and_the_lines_their_height(
    tmp_path: Path,
) -> None:
    looks = {
        paragraph.text: (run.font.name, run.font.size, paragraph.paragraph_format.line_spacing)
        for paragraph in Document(str(made(SUPERVISED, tmp_path))).paragraphs
        for run in paragraph.runs
    }

    assert looks[SUPERVISED.title][:2] == ("方正小标宋简体", Pt(22))
    assert looks["一、欠进度事项"] == ("黑体", Pt(16), Pt(28.95))
    assert looks["市经信局："] == ("仿宋_GB2312", Pt(16), Pt(28.95))


def test_chinese_text_has_its_font_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(made(URGED, tmp_path)) as file:
        document = file.read("word/document.xml").decode()

    assert document.count('w:eastAsia="方正小标宋简体"') == 1
    assert document.count("w:eastAsia=") == document.count("<w:rFonts")


@pytest.mark.parametrize(
    ("tone", "fill"), [(Tone.SOON, "9DC3E6"), (Tone.BEHIND, "FFD966"), (Tone.LATE, "FF9B9B")]
)
def test_colour_and_word_stand_together(tmp_path: Path, tone: Tone, fill: str) -> None:
    path = made(replace(URGED, tone=tone), tmp_path)

    with zipfile.ZipFile(path) as file:
        assert f'w:fill="{fill}"' in file.read("word/document.xml").decode()
    assert texts(path)[0].strip() == tone.value


def test_what_lags_stands_in_a_table_and_the_answer_has_a_page_of_its_own(
    tmp_path: Path,
) -> None:
    document = Document(str(made(SUPERVISED, tmp_path)))
    lagging, answer = document.tables

    assert [cell.text for cell in lagging.rows[3].cells] == [
        *("3", "规上工业总产值", "欠进度", "18.00亿元", "17.60亿元", "欠0.40亿元", "1"),
        "市工业园区管委会",
    ]
    assert [row.cells[1].text for row in answer.rows] == ["原因", "", "", ""]
    [annex] = [p for p in document.paragraphs if p.text == "附件"]
    assert annex.paragraph_format.page_break_before


@pytest.mark.parametrize("letter", [URGED, SUPERVISED], ids=["催报单", "督办单"])
def test_the_same_letter_gives_the_same_bytes_and_keeps_to_the_standard(
    tmp_path: Path, letter: Letter
) -> None:
    path = made(letter, tmp_path)
    before = path.read_bytes()
    docx.write(letter, path)

    assert path.read_bytes() == before
    assert OpenXmlValidator().validate(path).errors == []


def test_nothing_says_who_made_it_and_when(tmp_path: Path) -> None:
    path = made(URGED, tmp_path)
    properties = Document(str(path)).core_properties

    assert (properties.author, properties.comments) == ("", "")
    with zipfile.ZipFile(path) as file:
        assert {part.date_time[0] for part in file.infolist()} == {1980}


def test_odd_text_stays_text(tmp_path: Path) -> None:
    odd = "=1+1 @SUM <w:p/> & \x00\x0b\ud800\uffff 😀"
    path = made(replace(URGED, unit="=cmd|'/c calc'!A1", body=(Paragraph(odd),)), tmp_path)

    assert "=1+1 @SUM <w:p/> & □□□□ 😀" in texts(path)
    assert "=cmd|'/c calc'!A1：" in texts(path)
    assert OpenXmlValidator().validate(path).errors == []


WRITER = Path(soffice_program() or "").resolve().with_name("swriter")


@pytest.mark.slow
@pytest.mark.skipif(not WRITER.is_file(), reason="没有 LibreOffice Writer")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice_program() or "", profile, "--headless", "--convert-to", "pdf", "--outdir"]

    subprocess.run(
        [*command, str(tmp_path), str(made(SUPERVISED, tmp_path))],
        check=True,
        capture_output=True,
        timeout=120,
    )

    assert (tmp_path / "单.pdf").stat().st_size > 1000


def test_a_check_loads_neither_word_documents_nor_copies() -> None:
    program = (
        "import sys; from wyexcel.cli import commands; from wyexcel.stages import check; "
        "print([name for name in ('docx', 'openpyxl', 'lxml', 'pandas') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert done.stdout.decode().strip() == "[]"

"""Hand edits in the text of a workbook's sheet: kept, asked about, never overwritten."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from tests.support.official_sample import CORRECTED, bulletin
from tests.support.saved_as import ABSENT, convert
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.official.decide_edits import Edits
from wyexcel.files.writing.official.official_document import OfficialParagraph, Piece
from wyexcel.files.writing.official.sheet_edits import (
    GENERATED,
    SheetText,
    generation_sheet,
    new_text,
    on_sheet,
    text_with_edits,
)
from wyexcel.files.writing.sheet import Cell, Part, Row, Sheet

NAME = "正文"
CHANGE = "产值由17.60亿元改为17.82亿元"


def written(text: SheetText, path: Path) -> Path:
    """*text* as a workbook at *path*."""
    rows = tuple(
        Row((Cell(value=p.text, part=Part.PROSE, note=p.question),), 30) for p in text.paragraphs
    )
    ids = tuple(p.id for p in text.paragraphs)
    sheet = Sheet(name=NAME, rows=rows, widths=(156.0,), row_ids=ids)
    xlsx.write((sheet, generation_sheet(text.generation)), path)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The text as it was generated first."""
    return written(new_text(on_sheet(bulletin().paragraphs), "2025-09"), tmp_path / "通报.xlsx")


def edited(path: Path, hand: Any) -> Path:
    """Open the workbook, let a hand work on the sheet, save it."""
    book = openpyxl.load_workbook(path)
    hand(book[NAME])
    book.save(path)
    return path


def row_of(sheet: Any, words: str) -> int:
    """The row in which *words* stand."""
    return next(row[0].row for row in sheet.iter_rows() if words in str(row[0].value))


def typed_over(old: str, new: str) -> Any:
    """A hand that types *new* over *old*."""

    def hand(sheet: Any) -> None:
        cell = sheet.cell(row_of(sheet, old), 1)
        cell.value = cell.value.replace(old, new)

    return hand


def again(path: Path, paragraphs: tuple[OfficialParagraph, ...] = ()) -> SheetText:
    """The next run on the workbook."""
    book = read_workbook.read(path)
    assert isinstance(book, Book)
    now = paragraphs or on_sheet(bulletin(**CORRECTED).paragraphs)
    return text_with_edits(book, NAME, now, "2025-09")


def words(text: SheetText) -> str:
    """All that is to stand on the sheet."""
    return "\n".join(paragraph.text for paragraph in text.paragraphs)


def test_what_nobody_touched_says_the_new_numbers(path: Path) -> None:
    text = again(path)

    assert text.edits == Edits(updated=("bad", "parks"))
    assert [p.text for p in text.paragraphs] == [
        p.text for p in on_sheet(bulletin(**CORRECTED).paragraphs)
    ]


def test_the_ids_and_what_was_generated_are_not_seen(path: Path) -> None:
    book = openpyxl.load_workbook(path)

    assert book[GENERATED].sheet_state == "veryHidden"
    assert book[NAME].column_dimensions["B"].hidden
    assert book[NAME].print_area == "'正文'!$A$1:$A$15"


def test_an_edit_stays_and_is_asked_about_where_its_numbers_changed(path: Path) -> None:
    edited(path, typed_over("竣工项目", "竣工的项目"))

    text = again(path)

    [asked] = [p for p in text.paragraphs if p.question]
    assert "竣工的项目" in asked.text
    assert "17.60亿元" in asked.text
    assert CHANGE in asked.question
    assert "程序现在的写法：（二）进度滞后的。规上工业总产值17.82亿元" in asked.question
    assert text.edits.questions[0].endswith("请核对。")


def test_a_question_stays_through_the_next_run(path: Path) -> None:
    edited(path, typed_over("竣工项目", "竣工的项目"))
    written(again(path), path)
    edited(path, lambda _sheet: None)

    text = again(path, on_sheet(bulletin(产值="17.95亿元").paragraphs))

    assert "产值由17.60亿元改为17.95亿元" in text.edits.questions[0]


def test_added_deleted_and_moved_rows_stay_as_a_hand_left_them(path: Path) -> None:
    def hand(sheet: Any) -> None:
        sheet.delete_rows(row_of(sheet, "三、重点任务"))
        at = row_of(sheet, "五、存在问题")
        sheet.insert_rows(at)
        sheet.cell(at, 1).value = "市委督查室9月现场督办2次。"

    edited(path, hand)

    text = again(path)

    assert "三、重点任务" not in words(text)
    assert (
        words(text).index("四、分园区") < words(text).index("督办2次") < words(text).index("五、")
    )
    assert text.edits.deleted == ("“三、重点任务。9月底前应完成18…”",)
    assert text.edits.added == ("市委督查室9月现场督办2次。",)
    assert "17.82亿元" in words(text)


def test_a_new_paragraph_comes_behind_the_one_that_it_follows(path: Path) -> None:
    more = OfficialParagraph(id="sensitivity", pieces=(Piece("第11项若按万美元计，则未完成。"),))

    text = again(path, on_sheet(bulletin(more=more).paragraphs))

    ids = [paragraph.id for paragraph in text.paragraphs]
    assert ids[ids.index("parks") + 1] == "sensitivity"


def test_rows_that_lost_their_ids_are_known_by_their_words(path: Path) -> None:
    def hand(sheet: Any) -> None:
        sheet.delete_cols(2)
        typed_over("竣工项目", "竣工的项目")(sheet)

    edited(path, hand)

    text = again(path)

    assert text.edits.kept == ("bad",)
    assert (text.edits.deleted, text.edits.added) == ((), ())


def test_a_sheet_that_lost_what_was_generated_is_kept_where_it_differs(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    del book[GENERATED]
    book.save(path)

    text = again(path)

    assert "17.60亿元" in words(text)
    assert "bad" in text.edits.kept


@pytest.mark.slow
@pytest.mark.skipif(bool(ABSENT), reason=ABSENT or "LibreOffice is here")
def test_libreoffice_saving_it_edits_nothing(path: Path, tmp_path: Path) -> None:
    saved = convert([path], "xlsx", tmp_path / "saved")[path.stem]

    assert again(saved).edits == Edits(updated=("bad", "parks"))


def test_the_imprint_is_for_documents_alone() -> None:
    official = replace(bulletin(), copies="市委办公室。")

    assert [p.id for p in official.paragraphs][-2:] == ["copies", "printer"]
    assert [p.id for p in on_sheet(official.paragraphs)][-1] == "day"

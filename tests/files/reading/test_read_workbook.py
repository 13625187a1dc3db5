"""Values by their address, and what stands in a workbook beside its values."""

import hashlib
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook as OpenpyxlWorkbook

from tests.support.packages import MAIN, OFFICE, SHEET, pack, parts, related
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.files.reading.refusal import Reason, Unreadable


def read(path: Path) -> Book:
    book = read_workbook.read(path)
    assert isinstance(book, Book), book
    return book


def reason(path: Path) -> Reason:
    told = read_workbook.read(path)
    assert isinstance(told, Unreadable), told
    assert told.detail
    return told.reason


def test_an_index_is_an_address_also_below_and_right_of_blanks(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("填报").write("C4", 17.6)
    assert read(path).sheets == {"填报": [[], [], [], [None, None, 17.6]]}


def test_text_keeps_its_inside_and_white_space_alone_is_blank(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("填报").write_row(0, 0, [" 14 户\n以上 ", "  \n", "\u3000", "=1+1"[1:]])
    assert read(path).sheets["填报"] == [[" 14 户\n以上 ", None, None, "1+1"]]


def test_kinds_of_values_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = book.add_worksheet("填报")
        sheet.write_row(0, 0, [0, 4.35, True])
        sheet.write_string(0, 3, "14")
        sheet.write_datetime(0, 4, date(2025, 9, 30), day)
        sheet.write_datetime(0, 5, datetime(2025, 9, 30, 8, 30), moment)  # noqa: DTZ001
    (row,) = read(path).sheets["填报"]
    assert row == [0.0, 4.35, True, "14", date(2025, 9, 30), datetime(2025, 9, 30, 8, 30)]  # noqa: DTZ001
    assert [type(v) for v in row[:4]] == [float, float, bool, str]


@pytest.mark.parametrize("word", ["NaN", "INF", "1e999"])
def test_a_number_that_is_none_is_text(tmp_path: Path, word: str) -> None:
    content = parts(f'<row r="1"><c r="A1"><v>{word}</v></c><c r="B1"><v>14</v></c></row>')
    told, number = read(pack(tmp_path / "甲.xlsx", content)).sheets["填报"][0]
    assert isinstance(told, str)
    assert number == 14.0


def test_dates_of_a_workbook_that_counts_from_1904_are_the_same_dates(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet("填报").write_datetime(0, 0, date(2025, 9, 30), day)
    assert read(path).sheets["填报"] == [[date(2025, 9, 30)]]


@pytest.mark.parametrize("result", ["<v></v>", "<v/>", ""])
def test_a_sheet_of_formulas_that_gave_no_text_is_an_empty_one(tmp_path: Path, result: str) -> None:
    cell = f'<row r="1"><c r="A1" t="str"><f>IF(B1="","",1)</f>{result}</c></row>'

    there = read(pack(tmp_path / "甲.xlsx", parts(cell)))

    assert not any(there.sheets["填报"])
    assert there.uncached == frozenset()


def test_an_error_cell_is_blank_and_named(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("填报")
        sheet.write_formula("B2", "=A1/0", value="#DIV/0!")
        sheet.write("A1", 3)
    book = read(path)
    assert dict(book.errors) == {("填报", "B2"): "#DIV/0!"}
    assert book.sheets["填报"] == [[3.0], []]


def test_a_formula_that_was_never_calculated_is_blank_and_named(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    by_program = OpenpyxlWorkbook()
    by_program["Sheet"].append([8.1, 9.2, 6.7])
    by_program["Sheet"]["D1"] = "=SUM(A1:C1)"
    by_program.save(path)
    book = read(path)
    assert book.uncached == {("Sheet", "D1")}
    assert book.sheets["Sheet"][0][:3] == [8.1, 9.2, 6.7]


def test_a_calculated_formula_is_its_value(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("填报").write_formula("A1", "=SUM(B1:D1)", value=24)
    book = read(path)
    assert book.sheets["填报"][0][0] == 24.0
    assert book.uncached == frozenset()


def test_errors_are_found_where_every_element_has_a_prefix(tmp_path: Path) -> None:
    content = parts()
    content[SHEET] = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2">'
        '<x:c r="B2" t="e"><x:v>#REF!</x:v></x:c><x:c r="C2"><x:f>A1</x:f></x:c>'
        '<x:c r="D2"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    book = read(pack(tmp_path / "甲.xlsx", content))
    assert dict(book.errors) == {("填报", "B2"): "#REF!"}
    assert book.uncached == {("填报", "C2")}
    assert book.sheets["填报"][1][3] == 5.0


def test_all_sheets_are_named_and_only_those_asked_for_are_read(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("填报", "说明", "_identity"):
            book.add_worksheet(name).write(0, 0, name)
        book.get_worksheet_by_name("_identity").very_hidden()
    skipping = read_workbook.read(path, skip=("说明",))
    only = read_workbook.read(path, only=("_identity",))
    assert isinstance(skipping, Book)
    assert isinstance(only, Book)
    assert skipping.names == only.names == ("填报", "说明", "_identity")
    assert set(skipping.sheets) == {"填报", "_identity"}
    assert only.sheets == {"_identity": [["_identity"]]}


def test_a_workbook_without_the_needed_sheet_is_told_by_its_names(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("成绩单").write(0, 0, 1)
    told = read_workbook.read(path, need="_identity")
    assert isinstance(told, Book)
    assert (told.names, dict(told.sheets)) == (("成绩单",), {})


def test_an_empty_sheet_has_no_rows_and_a_chart_is_a_name_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("填报")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=填报!$A$1:$A$2"})
        book.add_chartsheet("图").set_chart(chart)
    told = read(path)
    assert told.names == ("填报", "图")
    assert told.sheets == {"填报": []}


def test_links_to_other_files_are_named_and_not_followed(tmp_path: Path) -> None:
    content = parts()
    content["xl/externalLinks/externalLink1.xml"] = f'<externalLink xmlns="{MAIN}"/>'
    content["xl/externalLinks/_rels/externalLink1.xml.rels"] = related(
        "externalLinkPath", "file:///D:/%E4%B8%8A%E6%9C%9F.xlsx", mode="External"
    )
    assert read(pack(tmp_path / "甲.xlsx", content)).links == ("file:///D:/上期.xlsx",)


def test_macros_are_noticed_whatever_the_extension_says(tmp_path: Path) -> None:
    content: dict[str, bytes | str] = {**parts(), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
    book = read(pack(tmp_path / "甲.xlsx", content))
    assert book.macros
    assert book.sheets["填报"] == [[14.0]]
    assert not read(pack(tmp_path / "乙.xlsx", parts())).macros


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    path = pack(tmp_path / "甲.xlsx", parts())
    broken = tmp_path / "乙.xlsx"
    broken.write_bytes(b"PK\x03\x04 no more")
    assert read(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert read_workbook.read(broken).sha256 == hashlib.sha256(broken.read_bytes()).hexdigest()


def test_the_extension_decides_nothing(tmp_path: Path) -> None:
    assert read(pack(tmp_path / "甲.pdf", parts())).sheets["填报"] == [[14.0]]


def test_what_cannot_be_opened_is_told_and_not_raised(tmp_path: Path) -> None:
    folder = tmp_path / "文件夹.xlsx"
    folder.mkdir()
    assert reason(folder) is Reason.FOLDER
    assert reason(tmp_path / "没有.xlsx") is Reason.NO_ACCESS
    assert reason(tmp_path / "坏\0名.xlsx") is Reason.NO_ACCESS


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links")
def test_a_link_that_leads_nowhere_or_round_in_a_circle_is_told(tmp_path: Path) -> None:
    (tmp_path / "断.xlsx").symlink_to(tmp_path / "没有.xlsx")
    (tmp_path / "环.xlsx").symlink_to(tmp_path / "环.xlsx")
    assert reason(tmp_path / "断.xlsx") is Reason.LINK
    assert reason(tmp_path / "环.xlsx") is Reason.LINK


def test_a_sheet_that_one_way_of_reading_sees_empty_is_held_back(tmp_path: Path) -> None:
    content: dict[str, bytes | str] = {**parts()}
    content[SHEET] = ('<?xml version="1.0" encoding="UTF-16"?>' + parts()[SHEET]).encode("utf-16")
    assert reason(pack(tmp_path / "甲.xlsx", content)) is Reason.DISAGREE


def test_shared_strings_with_an_odd_claim_are_refused_and_do_no_harm(tmp_path: Path) -> None:
    content = parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    content["xl/_rels/workbook.xml.rels"] = content["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
    )
    good = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>甲</t></si></sst>'
    lying = good.replace('uniqueCount="1"', f'uniqueCount="{2**64 - 1}"')
    assert read(pack(tmp_path / "好.xlsx", {**content, "xl/sharedStrings.xml": good})).sheets == {
        "填报": [["甲"]]
    }
    assert reason(pack(tmp_path / "谎.xlsx", {**content, "xl/sharedStrings.xml": lying})) is (
        Reason.DAMAGED
    )

"""What is let through to the reader, and what is refused with which reason, at what cost."""

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from tests.support.packages import MAIN, OFFICE, SHEET, pack, parts, related
from wyexcel.files.reading import cell_scan, read_workbook, refusal, zip_container
from wyexcel.files.reading.book import Book
from wyexcel.files.reading.refusal import Reason, Unreadable
from wyexcel.files.reading.sheet_facts import MAX_CELLS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DTD = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
SHARED = f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'


def reason(path: Path) -> Reason | None:
    told = read_workbook.read(path)
    return told.reason if isinstance(told, Unreadable) else None


def of_bytes(folder: Path, data: bytes) -> Reason | None:
    path = folder / "报送.xlsx"
    path.write_bytes(data)
    return reason(path)


def of_cells(folder: Path, cells: str, *, after: str = "") -> Reason | None:
    return reason(pack(folder / "报送.xlsx", parts(cells, after=after)))


def zipped(*entries: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in entries:
            box.writestr(name, content)
    return held.getvalue()


# ---- what a file is --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", Reason.EMPTY),
        (OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(64), Reason.PASSWORD),
        (OLE + bytes(512) + "Workbook".encode("utf-16-le") + bytes(64), Reason.XLS),
        (OLE + bytes(512) + "WordDocument".encode("utf-16-le") + bytes(64), Reason.DOCUMENT),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(64), Reason.XLS),
        ("单位,产值\n市经信局,14\n".encode("gb18030"), Reason.CSV),
        ("\ufeff单位,产值\n".encode(), Reason.TEXT),
        ("单位\t产值\n".encode("utf-16"), Reason.TEXT),
        (b"<html><table><tr><td>14</td></tr></table></html>", Reason.HTML),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", Reason.HTML),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
         Reason.XML_2003),
        (b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
         Reason.ODS),
        (b"%PDF-1.7\n", Reason.PDF),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", Reason.PICTURE),
        (b"\x89PNG\r\n\x1a\n", Reason.PICTURE),
        (b"Rar!\x1a\x07\x01\x00", Reason.ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", Reason.ARCHIVE),
        (bytes(range(256)), Reason.UNKNOWN),
        (zipped(("市经信局.xlsx", b"PK")), Reason.ARCHIVE),
        (zipped(("xl/workbook.bin", b"")), Reason.XLSB),
        (zipped(("word/document.xml", b"<w/>")), Reason.DOCUMENT),
        (zipped(("content.xml", b"<office/>")), Reason.ODS),
        (zipped(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"")),
         Reason.DOCUMENT),
        (zipped(("OFD.xml", b"<ofd/>")), Reason.PDF),
        (zipped(("Index/Document.iwa", b"")), Reason.NUMBERS),
        (b"\0\0\0\x18ftypheic\0\0\0\0", Reason.PICTURE),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Reason.PICTURE),
        (b"II*\0\x08\0\0\0", Reason.PICTURE),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', Reason.PICTURE),
        (b"{\\rtf1\\ansi note}", Reason.DOCUMENT),
        (b"Received: from a\r\nFrom: a@b\r\nTo: c@d\r\nSubject: x\r\n\r\nhello", Reason.MAIL),
        (b"MIME-Version: 1.0\r\nFrom: a@b\r\nTo: c@d\r\n\r\n", Reason.MAIL),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n\r\n<html>", Reason.HTML),
        (OLE + bytes(512) + "__properties_version1.0".encode("utf-16-le") + bytes(64), Reason.MAIL),
        (OLE + bytes(512) + "DRMEncryptedDataSpace".encode("utf-16-le") + bytes(64)
         + "EncryptedPackage".encode("utf-16-le") + bytes(64), Reason.ENCRYPTED),
        (b"b\x14#e\0\x10\0\0E-SafeNet\0LOCK" + bytes(64), Reason.ENCRYPTED),
        (b"%TSD-Header-###%" + bytes(64), Reason.ENCRYPTED),
        (b"L\0\0\0\x01\x14\x02\0" + bytes(64), Reason.SHORTCUT),
        (b"[InternetShortcut]\r\nURL=https://example.invalid/\r\n", Reason.SHORTCUT),
        (b"\x1f\x8b\x08\0" + bytes(16), Reason.ARCHIVE),
        (bytes(257) + b"ustar\0" + bytes(249), Reason.ARCHIVE),
        (b"MZ\x90\0" + bytes(60), Reason.PROGRAM),
        (b'{"unit": "a", "values": [1]}', Reason.DATA),
        (b"[1, 2]", Reason.DATA),
        (b'<?xml version="1.0"?><values><v>1</v></values>', Reason.DATA),
        ("情况说明：\n一、产值增长，主要是新投产。\n".encode(), Reason.TEXT),
        ("您好,请查收。\n".encode(), Reason.TEXT),
    ],
)  # fmt: skip
def test_a_file_is_known_by_what_it_holds(tmp_path: Path, data: bytes, told: Reason) -> None:
    assert of_bytes(tmp_path, data) is told


MAIL_LINES = (
    b"Received: from a by b\r\nFrom: a@b.cn\r\nTo: c@d.cn\r\nSubject: =?utf-8?B?5oql6KGo?=\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
)
COMPOUND = OLE + bytes(512)


@pytest.mark.parametrize(
    ("data", "told", "what", "todo"),
    [
        (b"Rar!\x1a\x07\x00\xcf\x90s", Reason.ARCHIVE, "压缩包", "解压"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", Reason.ARCHIVE, "压缩包", "解压"),
        ("表.xlsx".encode().ljust(257, b"\0") + b"ustar\x0000", Reason.ARCHIVE, "压缩包", "解压"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1", Reason.PICTURE, "图片", "下发的填报表"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Reason.PICTURE, "图片", "下发的填报表"),
        (b"II*\0\x08\0\0\0", Reason.PICTURE, "图片", "下发的填报表"),
        (b'<?xml version="1.0"?>\n<svg xmlns="x"/>', Reason.PICTURE, "图片", "下发的填报表"),
        (MAIL_LINES, Reason.MAIL, "邮件", "附件里的填报表另存"),
        (b"\r\n" + MAIL_LINES[23:], Reason.MAIL, "邮件", "附件里的填报表另存"),
        (COMPOUND + "__properties_version1.0".encode("utf-16-le") + bytes(64),
         Reason.MAIL, "邮件", "附件里的填报表另存"),
        (b"%PDF-1.4\n%cut", Reason.PDF, "PDF", "下发的填报表"),
        (zipped(("OFD.xml", b"<o/>")), Reason.PDF, "OFD", "下发的填报表"),
        (zipped(("ppt/presentation.xml", b"<p/>")), Reason.DOCUMENT, "文字文档", "下发的填报表"),
        (b"{\\rtf1\\ansi}", Reason.DOCUMENT, "文字文档", "下发的填报表"),
        (zipped(("Index/Document.iwa", b"x")), Reason.NUMBERS, "Numbers", "导出为 Excel"),
        (b'{"unit": "x", "values": [1]}', Reason.DATA, "JSON", "下发的填报表"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><a/>', Reason.DATA, "XML", "下发的填报表"),
        ("单位\t产值\r\n市经信局\t14\r\n".encode("utf-16"), Reason.CSV, "CSV", "下发的填报表"),
        ("情况说明：无。".encode("gb18030"), Reason.TEXT, "文本", "下发的填报表"),
        (b"<!DOCTYPE html>\n<html>", Reason.HTML, "网页", "下发的填报表"),
        (b"L\0\0\0\x01\x14\x02\0" + bytes(64), Reason.SHORTCUT, "快捷方式", "指向"),
        (b"[InternetShortcut]\r\nURL=http://x/", Reason.SHORTCUT, "网址", "指向"),
        (b"MZ\x90\x00" + bytes(64), Reason.PROGRAM, "程序", "删除"),
        (b"%TSD-Header-###%" + bytes(64), Reason.ENCRYPTED, "加密", "解密"),
        (b"b\x14#e\x0c\x01E-SafeNet\0\0LOCK", Reason.ENCRYPTED, "加密", "解密"),
        (COMPOUND + "DRMEncryptedDataSpace".encode("utf-16-le") + bytes(64),
         Reason.ENCRYPTED, "加密", "解密"),
        (b"PK\x03\x04cut", Reason.DAMAGED, "没有传完整", "重新发送"),
        (b"", Reason.EMPTY, "空文件", "重新发送"),
    ],
)  # fmt: skip
def test_it_is_said_what_each_kind_is_and_what_to_do(
    tmp_path: Path, data: bytes, told: Reason, what: str, todo: str
) -> None:
    path = tmp_path / "报送.xlsx"
    path.write_bytes(data)
    refused = read_workbook.read(path)

    assert isinstance(refused, Unreadable)
    assert refused.reason is told
    assert what in refused.detail
    assert todo in told.advice


def test_a_workbook_with_a_password_is_told_apart_from_a_damaged_one(tmp_path: Path) -> None:
    plain = pack(tmp_path / "甲.xlsx", parts())
    locked = tmp_path / "乙.xlsx"
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("123456", target)
    assert reason(locked) is Reason.PASSWORD


def test_every_reason_has_its_own_phrase() -> None:
    phrases = [refusal.phrase(one) for one in Reason]
    assert all(phrases)
    assert len(set(phrases)) == len(phrases)


# ---- the container ---------------------------------------------------------------------------


def test_a_download_that_broke_off_is_damaged_wherever_it_broke(tmp_path: Path) -> None:
    data = pack(tmp_path / "整.xlsx", parts()).read_bytes()
    cut = {of_bytes(tmp_path, data[:length]) for length in range(4, len(data), 97)}
    assert cut == {Reason.DAMAGED}


def test_a_file_of_more_than_20_mebibytes_is_not_even_loaded(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(zip_container.MAX_FILE + 1)
    assert reason(path) is Reason.TOO_BIG


def test_a_part_that_inflates_a_hundredfold_beyond_a_mebibyte_is_a_bomb(tmp_path: Path) -> None:
    bomb = {**parts(), "xl/media/image1.bin": "0" * (2 << 20)}
    small = {**parts(), "xl/media/image1.bin": "0" * (1 << 20)}
    assert reason(pack(tmp_path / "弹.xlsx", bomb)) is Reason.TOO_BIG
    assert reason(pack(tmp_path / "小.xlsx", small)) is None


def test_a_size_that_lies_is_found_while_inflating(tmp_path: Path) -> None:
    long = parts('<row r="1"><c r="A1"><v>14</v></c></row>' + " " * 500_000)
    data = bytearray(pack(tmp_path / "长.xlsx", long).read_bytes())
    true = struct.pack("<I", len(long[SHEET].encode()))
    data[:] = data.replace(true, struct.pack("<I", 300))
    started = time.process_time()
    assert of_bytes(tmp_path, bytes(data)) is Reason.DAMAGED
    assert time.process_time() - started < 1


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    many = {**parts(), **{f"xl/media/{n}.txt": "" for n in range(zip_container.MAX_ENTRIES)}}
    assert reason(pack(tmp_path / "多.xlsx", many)) is Reason.TOO_BIG


@pytest.mark.parametrize(
    "name", ["../走.xml", "xl/../../走.xml", "/etc/passwd", "xl\\走.xml", "C:走.xml"]
)
def test_a_part_name_that_points_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    assert reason(pack(tmp_path / "甲.xlsx", {**parts(), name: "x"})) is Reason.UNSAFE


def test_two_parts_that_differ_only_in_case_are_refused(tmp_path: Path) -> None:
    twice = {**parts(), "XL/Worksheets/Sheet1.XML": "<other/>"}
    assert reason(pack(tmp_path / "甲.xlsx", twice)) is Reason.UNSAFE


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    data = bytearray(pack(tmp_path / "甲.xlsx", parts()).read_bytes())
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    data[6] |= 1
    assert of_bytes(tmp_path, bytes(data)) is Reason.UNSAFE


def test_entries_that_share_bytes_are_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(*((n, b"same") for n in ("aaaa.xml", "bbbb.xml")), *(
        (name, part.encode()) for name, part in parts().items()
    )))  # fmt: skip
    second = data.index(b"bbbb.xml", data.index(b"PK\x01\x02")) - 46
    data[second + 42 : second + 46] = bytes(4)
    data[data.index(b"bbbb.xml", second) : second + 54] = b"aaaa.xml"
    assert of_bytes(tmp_path, bytes(data)) in {Reason.UNSAFE, Reason.DAMAGED}


def test_a_byte_changed_inside_a_part_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as box:
        for name, part in parts().items():
            box.writestr(name, part)
    changed = path.read_bytes().replace(b"<v>14</v>", b"<v>41</v>")
    assert of_bytes(tmp_path, changed) is Reason.DAMAGED


def test_workbooks_as_programs_write_them_pass(tmp_path: Path) -> None:
    path = tmp_path / "流.xlsx"
    with (
        path.open("wb") as file,
        xlsxwriter.Workbook(file, {"constant_memory": True}) as book,
    ):
        book.add_worksheet("填报").write(0, 0, 14)
    with zipfile.ZipFile(path, "a") as box:
        box.comment = "某处下载".encode()
    assert reason(path) is None


# ---- the XML ---------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_document_type_is_refused_in_every_part_that_is_read(tmp_path: Path, part: str) -> None:
    content = parts()
    content[part] = DTD + content[part]
    assert reason(pack(tmp_path / "甲.xlsx", content)) is Reason.UNSAFE


def test_a_document_type_in_the_shared_strings_is_refused(tmp_path: Path) -> None:
    content = parts()
    listing = "xl/_rels/workbook.xml.rels"
    content[listing] = content[listing].replace("</Rel", f"{SHARED}</Rel")
    content["xl/sharedStrings.xml"] = f'{DTD}<sst xmlns="{MAIN}"><si><t>&a;</t></si></sst>'
    assert reason(pack(tmp_path / "甲.xlsx", content)) is Reason.UNSAFE


def test_strict_open_xml_is_named_and_not_read_as_empty(tmp_path: Path) -> None:
    content = parts()
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
        MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    assert reason(pack(tmp_path / "甲.xlsx", content)) is Reason.STRICT


def test_a_workbook_without_sheets_is_refused(tmp_path: Path) -> None:
    content = {**parts(), "xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets/></workbook>'}
    assert reason(pack(tmp_path / "甲.xlsx", content)) is Reason.NO_SHEETS


def test_two_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    content = parts()
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
        "</sheets>", '<sheet name="填报" sheetId="2" r:id="rId1"/></sheets>'
    )
    assert reason(pack(tmp_path / "甲.xlsx", content)) is Reason.UNSAFE


def test_sheets_that_share_one_part_are_refused_and_not_inflated_for_each(tmp_path: Path) -> None:
    content = parts()
    more = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId1"/>' for n in range(2, 1000))
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace("</sheets>", f"{more}</sheets>")
    assert reason(pack(tmp_path / "甲.xlsx", content)) is Reason.UNSAFE


def test_a_workbook_that_lists_megabytes_of_names_is_refused(tmp_path: Path) -> None:
    names = "".join(f'<definedName name="n{n}">{n * 7919}</definedName>' for n in range(60_000))
    content = parts()
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
        "</workbook>", f"<definedNames>{names}</definedNames></workbook>"
    )
    assert reason(pack(tmp_path / "甲.xlsx", content)) is Reason.TOO_BIG


@pytest.mark.parametrize("target", ["../../走.xml", "http://example.com/sheet.xml"])
def test_a_sheet_that_lies_outside_the_file_is_refused(tmp_path: Path, target: str) -> None:
    mode = "External" if target.startswith("http") else "Internal"
    content = {**parts(), "xl/_rels/workbook.xml.rels": related("worksheet", target, mode=mode)}
    assert reason(pack(tmp_path / "甲.xlsx", content)) is Reason.UNSAFE


def test_a_sheet_that_is_named_and_missing_is_damage(tmp_path: Path) -> None:
    content = parts()
    del content[SHEET]
    assert reason(pack(tmp_path / "甲.xlsx", content)) is Reason.DAMAGED


@pytest.mark.parametrize(
    "values",
    ["<v>12</v><v>14</v>", "<v/><v>14</v>", "<v>12</v> <v>14</v>", "<is><t>12</t></is><v>14</v>"],
)
def test_a_cell_with_two_values_is_damage(tmp_path: Path, values: str) -> None:
    told = read_workbook.read(
        pack(tmp_path / "甲.xlsx", parts(f'<row r="1"><c r="A1">{values}</c></row>'))
    )

    assert isinstance(told, Unreadable)
    assert told.reason is Reason.DAMAGED
    assert "A1 里有两个值" in told.detail


def test_a_text_in_several_pieces_is_one_value(tmp_path: Path) -> None:
    text = "<is><r><t>三</t></r><r><t>园</t></r></is>"
    cells = f'<row r="1"><c r="A1" t="inlineStr">{text}</c></row>'
    told = read_workbook.read(pack(tmp_path / "甲.xlsx", parts(cells)))

    assert isinstance(told, Book)
    assert [*told.sheets.values()] == [[["三园"]]]


# ---- the used range --------------------------------------------------------------------------


def cell(address: str) -> str:
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{address}"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("XFD1048576", Reason.TOO_WIDE),
        ("A20001", Reason.TOO_WIDE),
        ("A1048576", Reason.TOO_WIDE),
        ("IW1", Reason.TOO_WIDE),
        ("ZZ1", Reason.TOO_WIDE),
        ("AAA1", Reason.TOO_WIDE),
        ("A4294967295", Reason.TOO_WIDE),
        ("A20000", None),
        ("IV1", None),
    ],
)
def test_a_second_cell_far_away_is_refused_before_anything_is_allocated(
    tmp_path: Path, address: str, told: Reason | None
) -> None:
    rows = cell("A1") + cell(address)
    both = rows.replace('</row><row r="1">', "")
    assert of_cells(tmp_path, both) is told


def test_a_far_cell_is_found_in_a_row_that_does_not_say_so(tmp_path: Path) -> None:
    assert of_cells(tmp_path, '<row><c r="XFD1048576"><v>1</v></c></row>') is Reason.TOO_WIDE


def test_a_far_cell_is_found_behind_unusual_spelling(tmp_path: Path) -> None:
    single_quotes = "<row r='1048576'><c t='n' r='XFD1048576'><v>1</v></c></row>"
    by_reference = '<row r="2"><c r="&#88;FD1048576"><v>1</v></c></row>'
    assert of_cells(tmp_path, cell("A1") + single_quotes) is Reason.TOO_WIDE
    assert of_cells(tmp_path, cell("A1") + by_reference) is Reason.TOO_WIDE


def test_cells_without_an_address_are_counted_along(tmp_path: Path) -> None:
    cells = "".join(f"<c><v>{n}</v></c>" for n in range(300))
    assert of_cells(tmp_path, f"<row>{cells}</row>") is Reason.TOO_WIDE


def test_more_cells_than_a_form_can_have_are_refused(tmp_path: Path) -> None:
    row = "<c><v>1</v></c>" * 200
    rows = "".join(f"<row>{row}</row>" for _ in range(MAX_CELLS // 200 + 1))
    path = tmp_path / "多.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as box:
        for name, part in parts(rows).items():
            box.writestr(name, part)
    assert reason(path) is Reason.TOO_WIDE


@pytest.mark.slow
def test_formulas_that_say_nothing_take_time_by_their_number_alone() -> None:
    def seconds(count: int) -> float:
        xml = b'<worksheet><sheetData><row r="1"><c r="A1">%b</c></row></sheetData></worksheet>'
        sheet = xml % (b"<f></f>" * count)
        start = time.perf_counter()
        cell_scan.scan_sheet(sheet, "表")
        return time.perf_counter() - start

    few, many = (min(seconds(count) for _ in range(3)) for count in (25_000, 100_000))

    assert many / few < 10


@pytest.mark.parametrize(
    ("spelt", "row"),
    [
        ('<c r="B1" s="0" t="n"><v>2</v></c>', [1.0, 2.0]),
        ('<c r="B1"><f>A1*2</f><v>2</v></c>', [1.0, 2.0]),
        ('<c r="B1"><v>2</v></c >', [1.0, 2.0]),
        ("<c r='B1'><v>2</v></c>", [1.0, 2.0]),
        ('<c r="B1" cm="1"><v>2</v></c>', [1.0, 2.0]),
        ('<x:c r="B1"><x:v>2</x:v></x:c>', [1.0, 2.0]),
        ('<c r="B1" t="inlineStr"><is><t>二</t></is></c>', [1.0, "二"]),
        ('<c r="B1" t="inlineStr"><is><r><t>二</t></r></is></c>', [1.0, "二"]),
        ('<c r="B1" t="b"><v>1</v></c>', [1.0, True]),
        ('<!--<c r="B1"><v>2</v></c>-->', [1.0]),
        ('<?x <c r="B1"><v>2</v></c>?>', [1.0]),
    ],
)
def test_no_cell_is_lost_or_made_up_however_it_is_spelt(
    tmp_path: Path, spelt: str, row: list[object]
) -> None:
    cells = f'<row r="1"><c r="A1"><v>1</v></c>{spelt}<c r="C1" s="0"/></row>'
    book = read_workbook.read(pack(tmp_path / "报送.xlsx", parts(cells)))
    assert isinstance(book, Book)
    assert book.sheets == {"填报": [row]}


def test_blank_cells_that_are_only_styled_do_not_make_a_sheet_too_wide(tmp_path: Path) -> None:
    assert of_cells(tmp_path, cell("A1") + '<row r="900000"><c r="A900000"/></row>') is None


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', Reason.TOO_MANY_MERGES),
        ("<mergeCells><mergeCell ref='A1:A1048576'/></mergeCells>", Reason.TOO_MANY_MERGES),
        ('<hyperlinks><hyperlink ref="A1:Z100000" location="A1"/></hyperlinks>',
         Reason.TOO_MANY_MERGES),
        ("<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 5_002))
         + "</mergeCells>", Reason.TOO_MANY_MERGES),
        ('<mergeCells><mergeCell ref="A1:I1"/></mergeCells>', None),
    ],
)  # fmt: skip
def test_merged_and_linked_ranges_are_held_to_a_limit(
    tmp_path: Path, after: str, told: Reason | None
) -> None:
    assert of_cells(tmp_path, cell("A1"), after=after) is told


def test_a_refused_file_costs_milliseconds_and_is_never_half_a_book(tmp_path: Path) -> None:
    path = pack(tmp_path / "远.xlsx", parts(cell("A1") + cell("XFD1048576")))
    started = time.process_time()
    told = read_workbook.read(path)
    assert time.process_time() - started < 0.2
    assert not isinstance(told, Book)

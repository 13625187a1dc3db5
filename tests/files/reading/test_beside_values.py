"""What stands in a sheet's XML beside plain values: runs, heights, doubled cells, notes."""

from pathlib import Path

import pytest

from tests.support.packages import MAIN, OFFICE, RELATIONS, SHEET, pack, parts, related
from wyexcel.files.address import a1
from wyexcel.files.reading import pool, read_workbook
from wyexcel.files.reading.book import Book, Cover
from wyexcel.files.reading.cell_scan import scan_sheet
from wyexcel.files.reading.refusal import Reason, Unreadable
from wyexcel.files.reading.runs import MixedText

RAISED = '<rPr><vertAlign val="superscript"/></rPr>'
LOW = '<rPr><vertAlign val="subscript"/></rPr>'
STRUCK = "<rPr><strike/></rPr>"
PLAIN = '<rPr><sz val="11"/><color theme="1"/></rPr>'
WHITE = '<rPr><color rgb="FFFFFFFF"/></rPr>'
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts><font/><font><strike/></font><font><strike val="0"/></font>'
    "</fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
    '<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs></styleSheet>'
)


def run(text: str, look: str = "") -> str:
    return f'<r>{look}<t xml:space="preserve">{text}</t></r>'


def book(path: Path, content: dict[str, str], *, strings: str = "", styles: str = "") -> Book:
    """The workbook of *content*, with shared *strings* and *styles* where there are some."""
    listing = content["xl/_rels/workbook.xml.rels"]
    for number, (part, kind, xml) in enumerate(
        (
            (
                "sharedStrings.xml",
                "sharedStrings",
                strings and f'<sst xmlns="{MAIN}">{strings}</sst>',
            ),
            ("styles.xml", "styles", styles),
        ),
        2,
    ):
        if xml:
            content[f"xl/{part}"] = xml
            more = f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{part}"/>'
            listing = listing.replace("</Relationships>", f"{more}</Relationships>")
    content["xl/_rels/workbook.xml.rels"] = listing
    there = read_workbook.read(pack(path / "甲.xlsx", content))
    assert isinstance(there, Book), there
    return there


@pytest.mark.parametrize(
    ("runs", "mixed"),
    [
        (run("176000") + run("1", RAISED), MixedText("176000 带上标“1”", "176000")),
        (run("176000", PLAIN) + run("①", RAISED), MixedText("176000 带上标“①”", "176000")),
        (run("14") + run("2", LOW), MixedText("14 带下标“2”", "14")),
        (
            run("176000", STRUCK) + run("181000"),
            MixedText("删除线“176000”后写 181000", "181000"),
        ),
        (
            run("176", STRUCK) + run("000", STRUCK) + run(" ") + run("181000", PLAIN),
            MixedText("删除线“176000”后写 181000", "181000"),
        ),
        (run("181000") + run("176000", STRUCK), MixedText("181000 带删除线“176000”", "181000")),
        (run("17600") + run("0", WHITE), MixedText("17600 带白字“0”", "17600")),
        (
            run("1", STRUCK) + run("2", RAISED) + run("3"),
            MixedText("删除线“1”、上标“2”后写 3", "3"),
        ),
        (run("176") + run("000", PLAIN), None),
        (run("176000", RAISED), None),
        (run("176000") + run(" ", STRUCK), None),
        (run("176000", '<rPr><strike val="0"/></rPr>') + run("1"), None),
        (run("176") + run("000", '<rPr><vertAlign val="baseline"/></rPr>'), None),
        ("<t>十七万</t><rPh sb='0' eb='1'><t>ジュウナナ</t></rPh>", None),
        (f"{run('17')}{run('6', PLAIN)}<rPh sb='0' eb='1'><t>1</t></rPh>", None),
    ],
)
def test_runs_of_different_looks_are_told_wherever_the_text_is_kept(
    runs: str, mixed: MixedText | None, tmp_path: Path
) -> None:
    inline = f'<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row>'
    shared = '<row r="1"><c r="A1" t="s"><v>1</v></c></row>'

    in_place = book(tmp_path, parts(inline))
    by_number = book(tmp_path, parts(shared), strings=f"<si><t>别的</t></si><si>{runs}</si>")

    wanted = {} if mixed is None else {("填报", "A1"): mixed}
    assert in_place.mixed == by_number.mixed == wanted
    assert in_place.struck == by_number.struck == frozenset()
    assert in_place.sheets == by_number.sheets


def test_a_cell_struck_out_as_a_whole_is_told_by_its_style_or_by_all_its_runs(
    tmp_path: Path,
) -> None:
    cells = (
        '<row r="1"><c r="A1" s="1"><v>14</v></c><c r="B1" s="2"><v>14</v></c>'
        '<c r="C1" s="1"/><c r="D1" s="1" t="s"><v>0</v></c><c r="E1" t="s"><v>1</v></c>'
        '<c r="F1" s="1" t="s"><v>2</v></c><c r="G1"><v>14</v></c></row>'
    )
    strings = (
        f"<si><t>14</t></si><si>{run('1', STRUCK)}{run('4', STRUCK)}</si>"
        f"<si>{run('14')}{run('15', PLAIN)}</si>"
    )

    there = book(tmp_path, parts(cells), strings=strings, styles=STYLES)

    assert {cell for _, cell in there.struck} == {"A1", "D1", "E1"}
    assert there.mixed == {("填报", "F1"): MixedText("删除线“14”后写 15", "15")}


@pytest.mark.parametrize(
    ("before", "rows", "hidden"),
    [
        ("", '<row r="5" ht="0" customHeight="1">{}</row>', "5"),
        ("", '<row r="5" ht="0">{}</row>', "5"),
        ("", '<row r="5" ht=".75">{}</row>', "5"),
        ("", '<row r="5" ht="0.0000000000000000E+00">{}</row>', "5"),
        ("", '<row r="5" customHeight="1" ht="1.5">{}</row>', "5"),
        ("", "<row r='5' ht='2'>{}</row>", "5"),
        ("", '<row r="5" ht = "1">{}</row>', "5"),
        ("", '<row r="5" hidden="1">{}</row>', "5"),
        ("", '<row r="5" ht="13.5" customHeight="0">{}</row>', ""),
        ("", '<row r="5" ht="409.5">{}</row>', ""),
        ('<sheetFormatPr zeroHeight="1" defaultRowHeight="15"/>', '<row r="5">{}</row>', "5"),
        ('<sheetFormatPr defaultRowHeight="15" zeroHeight="true"/>', '<row r="5">{}</row>', "5"),
        ('<sheetFormatPr zeroHeight="1"/>', '<row r="5" ht="20.25">{}</row>', ""),
        ('<sheetFormatPr defaultRowHeight="0"/>', '<row r="5">{}</row>', "5"),
        ('<sheetFormatPr defaultRowHeight="15"/>', '<row r="5">{}</row>', ""),
        ('<cols><col min="2" max="3" width="0"/></cols>', '<row r="5">{}</row>', "B:C"),
        ('<cols><col min="2" max="2" width="0.1"/></cols>', '<row r="5">{}</row>', "B:B"),
        ('<cols><col max="2" min="2" hidden="1"/></cols>', '<row r="5">{}</row>', "B:B"),
        ('<cols><col min="2" max="2" width="1.25"/></cols>', '<row r="5">{}</row>', ""),
        (
            "",
            (
                '<row r="4" outlineLevel="1"/><row r="5" outlineLevel="1">{}</row>'
                '<row r="6" collapsed="1"/>'
            ),
            "4 5",
        ),
        (
            '<sheetPr><outlinePr summaryBelow="0"/></sheetPr>',
            '<row r="4" collapsed="1"/><row r="5" outlineLevel="1">{}</row><row r="6"/>',
            "5",
        ),
        ("", '<row r="5" outlineLevel="1">{}</row><row r="6"/>', ""),
        (
            (
                '<cols><col min="2" max="3" width="9" outlineLevel="1"/>'
                '<col min="4" max="4" width="9" collapsed="1"/></cols>'
            ),
            '<row r="5">{}</row>',
            "B:C",
        ),
    ],
)
def test_what_has_no_height_or_width_is_hidden(
    before: str, rows: str, hidden: str, tmp_path: Path
) -> None:
    content = parts(rows.format('<c r="B5"><v>14</v></c>'))
    content[SHEET] = content[SHEET].replace("<sheetData>", f"{before}<sheetData>")

    assert book(tmp_path, content).hidden.get("填报", "") == hidden


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        ('<row r="1"><c r="A1"><v>14</v></c><c r="A1"><v>15</v></c></row>', "“填报”A1 "),
        ('<row r="1"><c r="A1"><v>14</v></c><c r="A1" t="s"/></row>', ""),
        ('<row r="1"><c r="A1"><v>14</v></c></row><row r="2"><c r="A1"><v>1</v></c></row>', "A1"),
        (
            '<row r="1"><c r="A1"><v>14</v></c></row><row r="1"><c r="B1"><v>1</v></c></row>',
            "第 1 行",
        ),
        ("<row r='7'><c r='F7'><v>1</v></c><c r='F7'/></row>", "“填报”F7 "),
        (
            (
                '<row r="7"><c r="F7"><v>1</v></c><c r="G7"/><c r="F7" t="inlineStr">'
                "<is><t>2</t></is></c></row>"
            ),
            "“填报”F7 ",
        ),
        ('<row r="1"><c r="A1"><v>1</v></c></row></sheetData><sheetData/><sheetData>', "sheetData"),
        (
            (
                '<row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
                '<sheetData><row r="1"><c r="B1"><v>1</v></c></row>'
            ),
            "sheetData",
        ),
        ('</sheetData><sheetData><row r="1"><c r="A1"><v>1</v></c></row>', "sheetData"),
    ],
)
def test_what_stands_twice_is_refused_with_its_place(
    cells: str, where: str, tmp_path: Path
) -> None:
    there = read_workbook.read(pack(tmp_path / "甲.xlsx", parts(cells)))
    if not where:
        assert isinstance(there, Book)
        return
    assert isinstance(there, Unreadable)
    assert there.reason is Reason.DAMAGED
    assert where in there.detail
    assert there.detail.endswith("在文件里写了两次，不同的程序会读出不同的数")


def test_an_empty_second_sheet_data_behind_the_cells_is_refused(tmp_path: Path) -> None:
    content = parts()
    content[SHEET] = content[SHEET].replace("</worksheet>", "<sheetData/></worksheet>")

    there = read_workbook.read(pack(tmp_path / "甲.xlsx", content))

    assert isinstance(there, Unreadable)
    assert "sheetData" in there.detail


def test_many_cells_of_long_addresses_are_read_in_the_fast_way() -> None:
    rows = "".join(
        f'<row r="{row}" spans="1:9" ht="13.5" customHeight="1" x14ac:dyDescent="0.2">'
        + "".join(f'<c r="{a1(row - 1, column)}" s="1"><v>1</v></c>' for column in range(250, 256))
        + "</row>"
        for row in range(10_000, 10_020)
    )
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()

    scanned = scan_sheet(xml, "填报")

    assert scanned.xml != xml
    assert scanned.facts.filled


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-06-10T00:00:00.000Z", "2025-06-10 00:00:00"),
        ("2025-06-10T08:00:00Z", "2025-06-10 08:00:00"),
        ("2025-06-10T00:00:00+08:00", "2025-06-10 00:00:00"),
        ("2025-06-10T23:59:17.5-0300", "2025-06-10 23:59:17"),
        ("2025-06-10 10:30", "2025-06-10 10:30:00"),
        ("2025-06-10Z", "2025-06-10 00:00:00"),
        ("2025-06-10", "2025-06-10"),
        ("2025-06-10T00:00:00", "2025-06-10 00:00:00"),
        ("2025-06-31T00:00:00Z", "2025-06-31T00:00:00Z"),
        ("六月十日", "六月十日"),
    ],
)
def test_a_date_that_a_file_writes_as_text_is_the_date_that_is_written(
    text: str, moment: str, tmp_path: Path
) -> None:
    cells = f'<row r="1"><c r="A1" t="d"><v>{text}</v></c></row>'

    [[value]] = book(tmp_path, parts(cells)).sheets["填报"]
    assert str(value) == moment
    assert isinstance(value, str) is (moment == text and "-06-10" not in text)


def over(sheet_relations: str, more: dict[str, str]) -> dict[str, str]:
    """A workbook whose sheet has other parts beside it."""
    listing = f'<Relationships xmlns="{RELATIONS}">{sheet_relations}</Relationships>'
    return {**parts(), "xl/worksheets/_rels/sheet1.xml.rels": listing, **more}


def relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'


NOTES = (
    f'<comments xmlns="{MAIN}"><authors><author>李四</author></authors><commentList>'
    '<comment ref="F7" authorId="0"><text><r><rPr><b/></rPr><t>李四:</t></r>'
    "<r><t> 应为186000</t></r>"
    '</text></comment><comment ref="G7" authorId="0"><text><t>旧</t></text></comment>'
    "</commentList></comments>"
)
THREAD = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
    'threadedcomments"><threadedComment ref="G7" id="1"><text>应为 186000</text></threadedComment>'
    '<threadedComment ref="G7" id="2" parentId="1"><text>不，187000</text></threadedComment>'
    "</ThreadedComments>"
)


@pytest.mark.parametrize("target", ["../comments1.xml", "/xl/comments1.xml"])
def test_notes_and_threaded_comments_are_read_with_their_cells(target: str, tmp_path: Path) -> None:
    relations = relation(1, "threadedComment", "../threadedComments/t1.xml")
    relations += relation(2, "comments", target)
    content = over(relations, {"xl/comments1.xml": NOTES, "xl/threadedComments/t1.xml": THREAD})

    assert book(tmp_path, content).notes == {
        ("填报", "F7"): "李四: 应为186000",
        ("填报", "G7"): "应为 186000 不，187000",
    }


def anchor(corners: str, inside: str, kind: str = "twoCellAnchor") -> str:
    return f"<xdr:{kind}>{corners}{inside}<xdr:clientData/></xdr:{kind}>"


def corner(side: str, column: int, row: int, offset: int = 9525) -> str:
    return (
        f"<xdr:{side}><xdr:col>{column}</xdr:col><xdr:colOff>{offset}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{offset}</xdr:rowOff></xdr:{side}>"
    )


PICTURE = "<xdr:pic><xdr:spPr/></xdr:pic>"
BOX = (
    "<xdr:sp><xdr:txBody><a:p><a:r><a:t>应为</a:t></a:r><a:r><a:t>186000</a:t></a:r></a:p>"
    "</xdr:txBody></xdr:sp>"
)


def test_pictures_and_shapes_are_read_with_what_they_cover(tmp_path: Path) -> None:
    anchors = (
        anchor(corner("from", 5, 6) + corner("to", 6, 8), PICTURE)
        + anchor(corner("from", 3, 1, 0) + corner("to", 4, 2, 0), PICTURE)
        + anchor(corner("from", 1, 0) + '<xdr:ext cx="1" cy="1"/>', BOX, "oneCellAnchor")
        + anchor('<xdr:pos x="0" y="0"/>', PICTURE, "absoluteAnchor")
    )
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        f' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{anchors}</xdr:wsDr>'
    )
    content = over(
        relation(1, "drawing", "../drawings/drawing1.xml"), {"xl/drawings/drawing1.xml": drawing}
    )

    assert book(tmp_path, content).covers == (
        Cover("填报", "F7:G9", "图片"),
        Cover("填报", "D2:D2", "图片"),
        Cover("填报", "B1:B1", "图形", "应为186000"),
    )


@pytest.mark.parametrize("xml", [NOTES[:-9], f"<!DOCTYPE x [<!ENTITY a 'b'>]>{NOTES}", ""])
def test_notes_that_are_no_sound_part_are_left_out(xml: str, tmp_path: Path) -> None:
    content = over(relation(1, "comments", "../comments1.xml"), {"xl/comments1.xml": xml})

    there = book(tmp_path, content)

    assert (there.sheets, there.notes) == ({"填报": [[14.0]]}, {})


@pytest.mark.parametrize("cell", ["", "A1:B2", "a1", "甲1", "A0", "A99999999"])
def test_a_note_at_no_cell_is_left_out(cell: str, tmp_path: Path) -> None:
    notes = NOTES.replace('"F7"', f'"{cell}"')
    content = over(relation(1, "comments", "../comments1.xml"), {"xl/comments1.xml": notes})

    assert book(tmp_path, content).notes == {("填报", "G7"): "旧"}


@pytest.mark.parametrize("row", ["--5", "五", "", "1e3", "9" * 30])
def test_a_picture_that_lies_nowhere_is_left_out(row: str, tmp_path: Path) -> None:
    corners = corner("from", 5, 6).replace("<xdr:row>6", f"<xdr:row>{row}")
    drawing = f'<a xmlns:xdr="b">{anchor(corners, PICTURE)}</a>'
    content = over(
        relation(1, "drawing", "../drawings/drawing1.xml"), {"xl/drawings/drawing1.xml": drawing}
    )

    assert book(tmp_path, content).covers == ()


def test_a_note_that_is_not_in_the_file_does_not_matter(tmp_path: Path) -> None:
    listing = related("comments", "../comments1.xml")
    content = {**parts(), "xl/worksheets/_rels/sheet1.xml.rels": listing}

    assert book(tmp_path, content).notes == {}


def test_what_is_beside_the_values_comes_through_the_pool(tmp_path: Path) -> None:
    content = over(relation(1, "comments", "../comments1.xml"), {"xl/comments1.xml": NOTES})
    runs = run("176000") + run("1", RAISED)
    content[SHEET] = content[SHEET].replace(
        "</sheetData>",
        f'<row r="2"><c r="A2" t="inlineStr"><is>{runs}</is></c>'
        f'<c r="B2" t="inlineStr"><is>{run("1", STRUCK)}</is></c></row></sheetData>',
    )
    path = pack(tmp_path / "甲.xlsx", content)

    [there] = pool.read_all([path])

    assert there == read_workbook.read(path)


def test_the_cell_that_lies_too_far_away_is_named_with_what_to_do(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" {}</row>'
    valued = read_workbook.read(pack(tmp_path / "甲.xlsx", parts(cells.format("><v>1</v></c>"))))
    formatted = read_workbook.read(pack(tmp_path / "乙.xlsx", parts(cells.format('s="0"/>'))))
    odd = cells.format('s="0"/>').replace('"', "'")
    walked = read_workbook.read(pack(tmp_path / "丙.xlsx", parts(odd)))

    assert isinstance(valued, Unreadable)
    assert valued.detail.endswith(
        "：“填报”的 XFD1048576 里有内容，请选中它所在的行和列，删除后保存"
    )
    assert isinstance(formatted, Book)
    assert isinstance(walked, Book)
    assert formatted.sheets == walked.sheets == {"填报": [[1.0]]}

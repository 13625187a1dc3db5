"""Which cells of a workbook are told to show something else than they may hold."""

from pathlib import Path

import pytest

from tests.support.packages import MAIN, OFFICE, pack, parts
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.files.reading.cell_look import is_harmless
from wyexcel.files.reading.sheet_facts import CellLook

FONTS = (
    "<font><sz val='11'/></font>",
    '<font><color rgb="FFFFFFFF"/></font>',
    '<font><color theme="0"/></font>',
    '<font><color indexed="9"/></font>',
    '<font><color theme="0" tint="-0.5"/></font>',
)
FILLS = (
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFF9E5"/></patternFill></fill>',
    '<fill><patternFill patternType="solid"><fgColor rgb="FF4472C4"/></patternFill></fill>',
    '<fill><gradientFill><stop position="0"><color rgb="FFFFFFFF"/></stop></gradientFill></fill>',
    '<fill><patternFill patternType="solid"><fgColor rgb="FF000000"/></patternFill></fill>',
)


def styled(
    path: Path, *, code: str = "General", font: int = 0, fill: int = 0, prefix: str = ""
) -> Book:
    """The workbook whose A1 has that number format, font and fill, its styles with a *prefix*."""
    styles = (
        f'<numFmts count="1"><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
        f"<fonts>{''.join(FONTS)}</fonts><fills>{''.join(FILLS)}</fills>"
        '<cellStyleXfs><xf numFmtId="9" fontId="1"/></cellStyleXfs>'
        f'<cellXfs><xf/><xf numFmtId="164" fontId="{font}" fillId="{fill}"/></cellXfs>'
        '<dxfs><dxf><font><color rgb="FFFFFFFF"/></font>'
        '<numFmt numFmtId="164" formatCode=";;;"/></dxf></dxfs>'
    )
    if prefix:
        styles = styles.replace("<", f"<{prefix}:").replace(f"<{prefix}:/", f"</{prefix}:")
        root = f"{prefix}:styleSheet"
        declared = f'xmlns:{prefix}="{MAIN}"'
    else:
        root, declared = "styleSheet", f'xmlns="{MAIN}"'
    there = parts('<row r="1"><c r="A1" s="1"><v>14</v></c><c r="B1"><v>15</v></c></row>')
    there["xl/styles.xml"] = f"<{root} {declared}>{styles}</{root}>"
    there["xl/_rels/workbook.xml.rels"] = there["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    )
    read = read_workbook.read(pack(path / "a.xlsx", there))
    assert isinstance(read, Book), read
    assert read.sheets["填报"][0][1] == 15
    return read


@pytest.mark.parametrize("prefix", ["", "x"])
@pytest.mark.parametrize("code", ["0!.0000", "#,##0,", "0;0", ";;;", "0.00,,&#10;%"])
def test_a_number_format_is_told_with_the_cell(code: str, prefix: str, tmp_path: Path) -> None:
    there = styled(tmp_path, code=code, prefix=prefix)

    is_percent = code.endswith("%")
    assert there.looks == {
        ("填报", "A1"): CellLook(code.replace("&#10;", "\n"), percent=is_percent)
    }
    assert there.percent == ({("填报", "A1")} if is_percent else set())


@pytest.mark.parametrize(
    ("font", "fill", "unseen"),
    [
        *((0, 0, False), (1, 0, True), (2, 0, True), (3, 0, True), (4, 0, False)),
        *((1, 1, False), (1, 2, True), (1, 3, False), (1, 4, False), (2, 2, True), (3, 3, False)),
        *((99, 0, False), (1, 99, False), (0, 5, True), (1, 5, False)),
    ],
)
def test_letters_in_the_colour_of_their_ground_are_told(
    font: int, fill: int, *, unseen: bool, tmp_path: Path
) -> None:
    looks = styled(tmp_path, font=font, fill=fill).looks

    assert looks == ({("填报", "A1"): CellLook("General", unseen=True)} if unseen else {})


@pytest.mark.parametrize(
    "code",
    [
        *("General", "@", "0", "0.00", "#,##0", "#,##0.00", "#,##0.00_ ", "yyyy-mm-dd", "0.0000"),
        *("#,##0.00_);[Red](#,##0.00)", r"#,##0.00_ ;[Red]\-#,##0.00\ ", "0.00;[红色]0.00"),
        '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
        '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
        *("0.00E+00", 'yyyy"年"m"月"d"日";@', "yyyy/m/d;@", '"¥"#,##0.00;"¥"-#,##0.00'),
    ],
)
def test_a_plain_format_costs_nothing(code: str, tmp_path: Path) -> None:
    assert is_harmless(code)
    assert styled(tmp_path, code=code.replace("&", "&amp;").replace('"', "&quot;")).looks == {}


@pytest.mark.parametrize(
    "code",
    [
        *("0,", "#,##0,", "0!.0", r"0\.0", "0;0", "#", "#,###", "0;-0;", ";;;", "0%", '0"万元"'),
        *("-0", "0-0", "[White]0", "[>5]0", "0 0", '0"0"', "0*0", "*00", "0.0.0", "[$万元]0"),
        *("0;-0;0;", '"-"0', "(0)", "0;[Red]0;", '0;-0;"无"', "¥0,", "0_0,"),
    ],
)
def test_a_format_that_may_show_another_number_is_looked_at(code: str) -> None:
    assert not is_harmless(code)


def test_only_cells_in_which_something_stands_are_told(tmp_path: Path) -> None:
    there = styled(tmp_path, code=";;;")
    assert [*there.looks] == [("填报", "A1")]
    assert [*there.sheets["填报"][0]] == [14, 15]

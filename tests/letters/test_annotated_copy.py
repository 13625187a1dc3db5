import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator, ValidationSeverity

from tests.support.forms import COMMITTEE, PERIOD, PLAN, Answers, written
from tests.support.places import at, span
from wyexcel.files.address import parse
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.findings import Finding, Severity
from wyexcel.forms.submission import Season
from wyexcel.intake import check_arrivals
from wyexcel.intake.arrivals import Arrival
from wyexcel.letters.annotated_copy import write_annotated_copy

WORDS, GOOD = at("C02", "白沙"), at("C02", "官渡")
BLANK = at("C02", "青花"), at("C02", "区内园外")
"""The cells of a faulty form: words for a number, a number, and two without any."""

MORNING = datetime(2025, 10, 9, 9, tzinfo=UTC)


def check(path: Path) -> Season:
    there = [Arrival(path=path, file=path.name, received=MORNING)]
    return check_arrivals.judge_arrivals(there, plan=PLAN, period=PERIOD, today=date(2025, 10, 20))


def own(season: Season) -> list[Finding]:
    return [finding for finding in season.findings if finding.file]


def faulty(tmp_path: Path) -> Path:
    typed = {("C02", "白沙"): "约6亿元", ("C02", "青花"): None, ("C02", "区内园外"): None}
    return written(Answers(unit=COMMITTEE, typed=typed), tmp_path / "a.xlsx")


def test_the_copy_lists_every_problem_first_with_a_link_to_its_cell(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    before = source.read_bytes()
    write_annotated_copy(source, tmp_path / "退回.xlsx", own(check(source)))

    book = load_workbook(tmp_path / "退回.xlsx")

    assert book.sheetnames[0] == "问题清单"
    lines = list(book["问题清单"].iter_rows(min_row=4, max_row=5, max_col=3, values_only=True))
    assert lines == [(1, "错", f"填报 {WORDS}"), (2, "错", f"填报 {span(*BLANK)}")]
    assert book["问题清单"]["C4"].hyperlink.location == f"'填报'!{WORDS}"
    assert source.read_bytes() == before


def test_what_the_colours_mean_stands_above_the_list_and_so_on_its_first_page(
    tmp_path: Path,
) -> None:
    source, copy = faulty(tmp_path), tmp_path / "退回.xlsx"
    write_annotated_copy(source, copy, own(check(source)))

    page = load_workbook(copy)["问题清单"]

    assert str(page["A2"].value).startswith("红色：必须改正。黄色：请核实")
    assert page.print_title_rows == "$1:$3"


def test_faulty_cells_are_coloured_and_say_what_to_do(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    write_annotated_copy(source, tmp_path / "退回.xlsx", own(check(source)))

    page = load_workbook(tmp_path / "退回.xlsx")["填报"]

    assert [page[c].fill.fgColor.rgb for c in (WORDS, *BLANK)] == ["FFFFC7CE"] * 3
    assert "60000" in page[WORDS].comment.text
    assert "没有发生请填 0" in page[BLANK[0]].comment.text
    assert page[GOOD].comment is None


def test_formats_choices_protection_and_identity_survive(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    write_annotated_copy(source, tmp_path / "退回.xlsx", own(check(source)))

    old, new = load_workbook(source), load_workbook(tmp_path / "退回.xlsx")

    assert new.sheetnames[1:] == old.sheetnames
    for sheet in old.sheetnames:
        assert new[sheet].protection.sheet == old[sheet].protection.sheet
        assert new[sheet].sheet_state == old[sheet].sheet_state
        assert new[sheet].print_title_rows == old[sheet].print_title_rows
        assert choices(new[sheet]) == choices(old[sheet])
        assert layout(new[sheet]) == layout(old[sheet])
        for row in old[sheet].iter_rows():
            for cell in row:
                there = new[sheet][cell.coordinate]
                assert there.value == cell.value
                assert there.number_format == cell.number_format
                assert there.protection.locked == cell.protection.locked


def choices(page: Worksheet) -> list[tuple[str, ...]]:
    """The drop-downs: where, of which kind, what may be chosen, what is said to other input."""
    rules = page.data_validations.dataValidation
    return [(str(r.sqref), r.type, r.formula1, str(r.showErrorMessage), r.error) for r in rules]


def layout(page: Worksheet) -> dict[str, object]:
    """Sizes, merged cells, what stays on the screen, what protection forbids."""
    return {
        "widths": {name: d.width for name, d in page.column_dimensions.items()},
        "heights": {row: d.height for row, d in page.row_dimensions.items()},
        "merged": sorted(str(area) for area in page.merged_cells.ranges),
        "frozen": page.freeze_panes,
        "protection": dict(page.protection),
        "print": (page.print_area, page.page_setup.orientation, page.page_margins.left),
    }


def test_the_copy_once_mended_is_accepted(tmp_path: Path) -> None:
    source, copy = faulty(tmp_path), tmp_path / "退回.xlsx"
    write_annotated_copy(source, copy, own(check(source)))
    book = load_workbook(copy)
    for cell, value in ((WORDS, 60000), *((cell, 0) for cell in BLANK)):
        book["填报"][cell] = value
    book.save(copy)

    season = check(copy)

    assert [s.unit for s in season.adopted] == [COMMITTEE]


def test_a_copy_of_a_copy_forgets_the_marks_of_the_first(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    write_annotated_copy(source, tmp_path / "一.xlsx", own(check(source)))
    write_annotated_copy(tmp_path / "一.xlsx", tmp_path / "二.xlsx", ())

    book = load_workbook(tmp_path / "二.xlsx")

    assert book.sheetnames.count("问题清单") == 1
    assert book["填报"][WORDS].comment is None
    assert book["填报"][WORDS].fill.fgColor.rgb == "FFFFF9E5"


FIFTEEN = Answers(
    unit=COMMITTEE,
    typed={
        ("C01", "白沙"): "5户",
        ("C01", "官渡"): 4.5,
        ("C02", "白沙"): "约6亿元",
        ("C02", "青花"): None,
        ("C02", "区内园外"): None,
        ("C03a", "官渡"): -5,
        ("C04", "白沙"): "/",
        ("C05", "白沙"): "无",
        ("C05", "青花"): 143.33333,
        ("C09", "全区"): 3,
        ("C14", "全区"): "十万",
    },
    lists={
        "C09": [
            ("茶厂", "2403-1", "白沙", "2025-03-28", 6800),
            ("冷链", "2403-1", "白沙", "2025年13月1日", "6800万"),
            ("骨料", "", "青花园", "2024-01-01", 1500),
        ]
    },
    people={"phone": "", "reviewer": ""},
)


def test_a_form_with_fifteen_mistakes_comes_back_with_every_one_of_them(tmp_path: Path) -> None:
    source, copy = written(FIFTEEN, tmp_path / "a.xlsx"), tmp_path / "退回.xlsx"
    found = own(check(source))
    write_annotated_copy(source, copy, found)

    book = load_workbook(copy)
    page = book["问题清单"]

    assert sum(f.severity.rejects for f in found) >= 15
    assert page["A1"].value == (
        f"退回件：{sum(f.severity.rejects for f in found)}处必须改正。"
        "改好保存后发回（点“位置”跳到该格）"
    )
    for row, finding in enumerate(found, 4):
        assert page.cell(row, 5).value == finding.message
        assert page.cell(row, 3).hyperlink.location == f"'{finding.sheet}'!{finding.cell}"
        first = str(finding.cell).partition(":")[0]
        assert finding.message in book[str(finding.sheet)][first].comment.text
    assert validate(copy) == []


def test_a_cell_with_several_problems_has_the_colour_of_the_heaviest(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    error = own(check(source))[0]
    notice = replace(error, severity=Severity.NOTICE, message="看一看")
    write_annotated_copy(source, tmp_path / "退回.xlsx", [error, notice])

    cell = load_workbook(tmp_path / "退回.xlsx")["填报"][WORDS]

    assert cell.fill.fgColor.rgb == "FFFFC7CE"
    assert cell.comment.text == f"〔错〕{error.message}\n〔示〕看一看"


def test_the_box_of_a_note_is_large_enough_for_all_of_it(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    error = own(check(source))[0]
    long = replace(error, message="请核对。" * 60)
    write_annotated_copy(source, tmp_path / "退回.xlsx", [error, replace(long, cell=GOOD)])

    with zipfile.ZipFile(tmp_path / "退回.xlsx") as file:
        [drawing] = [n for n in file.namelist() if n.endswith(".vml")]
        boxes = re.findall(r"width:(\d+)px;height:(\d+)px", file.read(drawing).decode())
    (width, low), (_, high) = ((int(w), int(h)) for w, h in boxes)
    letters_in_a_line = width / (10 / 72 * 96)

    assert high >= 240 / letters_in_a_line * 16
    assert low < 120


def test_what_the_unit_noted_itself_stays_when_ours_goes(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    book = load_workbook(source)
    book["填报"][WORDS].comment = Comment("等统计局定数", "张三")
    book.save(source)
    write_annotated_copy(source, tmp_path / "一.xlsx", own(check(source)))
    write_annotated_copy(tmp_path / "一.xlsx", tmp_path / "二.xlsx", ())

    once, twice = (
        load_workbook(tmp_path / n)["填报"][WORDS].comment for n in ("一.xlsx", "二.xlsx")
    )

    assert once.text.startswith("等统计局定数\n〔错〕")
    assert twice.text == "等统计局定数"


def test_merged_cells_are_marked_where_they_can_be_seen(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    book = load_workbook(source)
    book["填报"].merge_cells(span(WORDS, GOOD))
    book.save(source)
    finding = replace(own(check(source))[0], cell=span(WORDS, BLANK[0]))
    write_annotated_copy(source, tmp_path / "退回.xlsx", [finding])

    page = load_workbook(tmp_path / "退回.xlsx")["填报"]

    assert [
        c.comment and c.comment.text.count("〔错〕") for c in page[span(WORDS, BLANK[0])][0]
    ] == [1, None, 1]


def test_characters_that_no_workbook_may_hold_do_not_stop_it(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    finding = replace(own(check(source))[0], message="是“4\x0b万”", value="4\x0b万")
    write_annotated_copy(source, tmp_path / "退回.xlsx", [finding])

    book = load_workbook(tmp_path / "退回.xlsx")

    assert (book["问题清单"]["D4"].value, book["问题清单"]["E4"].value) == ("4□万", "是“4□万”")
    assert book["填报"][WORDS].comment.text == "〔错〕是“4□万”"


def test_a_cell_far_away_makes_no_copy_slow(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    found = own(check(source))
    book = load_workbook(source)
    book["填报"]["XFD1048576"] = "很远"
    book.save(source)

    write_annotated_copy(source, tmp_path / "退回.xlsx", found)

    assert check(tmp_path / "退回.xlsx").received
    assert (tmp_path / "退回.xlsx").stat().st_size < 2 * source.stat().st_size


def test_the_same_problems_give_the_same_bytes(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    for name in ("一.xlsx", "二.xlsx"):
        write_annotated_copy(source, tmp_path / name, own(check(source)))

    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_what_a_unit_typed_stays_text_in_the_list(tmp_path: Path) -> None:
    finding = Finding(
        rule="V02",
        severity=own(check(faulty(tmp_path)))[0].severity,
        file="a.xlsx",
        message="=HYPERLINK(1)",
        sheet="填报",
        cell=WORDS,
        value="=1+1",
    )
    write_annotated_copy(tmp_path / "a.xlsx", tmp_path / "退回.xlsx", [finding])

    page = load_workbook(tmp_path / "退回.xlsx")["问题清单"]

    assert [page[c].data_type for c in ("D4", "E4")] == ["s", "s"]


def test_a_workbook_that_openpyxl_cannot_open_still_gets_its_list(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    finding = own(check(source))[0]
    source.write_bytes(b"PK no workbook")

    write_annotated_copy(source, tmp_path / "退回.xlsx", [finding])

    book = load_workbook(tmp_path / "退回.xlsx")
    assert book.sheetnames == ["问题清单"]
    assert book["问题清单"]["E4"].value == finding.message


@pytest.mark.parametrize("unit", PLAN.reporting)
def test_forms_and_their_annotated_copies_keep_to_the_standard(tmp_path: Path, unit: str) -> None:
    form = written(Answers(unit=unit, people={"phone": ""}), tmp_path / "表.xlsx")
    write_annotated_copy(form, tmp_path / "退回.xlsx", own(check(form)))

    for path in (form, tmp_path / "退回.xlsx"):
        assert validate(path) == []


def validate(path: Path) -> list[str]:
    """What breaks the standard; advice on how Excel would rather have it is left out."""
    told = OpenXmlValidator().validate(path).errors
    return [str(one) for one in told if one.severity is ValidationSeverity.ERROR]


def test_a_day_typed_as_eight_digits_where_days_are_shown_stays_as_it_was(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    source = faulty(tmp_path)
    book = load_workbook(source)
    cell = book["填报"][GOOD]
    cell.value, cell.number_format = 20250930, "yyyy-mm-dd"
    book.save(source)

    write_annotated_copy(source, tmp_path / "退回.xlsx", own(check(source)))

    sent = read_workbook.read(tmp_path / "退回.xlsx", need="_identity")
    assert isinstance(sent, Book)
    row, column = parse(GOOD)
    assert sent.sheets["填报"][row][column] == 20250930
    assert not sent.errors
    assert [str(warning.message) for warning in recwarn] == []

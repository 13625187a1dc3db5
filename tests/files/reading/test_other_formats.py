import os
import re
import shutil
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.support import fuzz, xlsb_file
from tests.support.answers import ask
from tests.support.forms import COMMITTEE, PERIOD, PLAN, TRADE, Answers, book, written
from tests.support.places import at, row_of, span
from tests.support.saved_as import ABSENT, convert
from wyexcel.files.address import a1, parse
from wyexcel.files.reading import pool, read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.files.reading.refusal import Unreadable
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.document import as_text
from wyexcel.files.writing.sheet import Part, Sheet, row
from wyexcel.findings import Finding
from wyexcel.forms.blank import form
from wyexcel.forms.filled import read_form
from wyexcel.forms.layout import IDENTITY, SLOTS, UNREAD
from wyexcel.forms.submission import Season
from wyexcel.intake import check_arrivals
from wyexcel.intake.arrivals import Arrival
from wyexcel.letters.annotated_copy import write_annotated_copy
from wyexcel.letters.letters_after_check import check_letters
from wyexcel.letters.rejections import rejections
from wyexcel.rules.all_rules import requirements

MERGED = span(at("C03b", "白沙"), at("C03b", "官渡"))
MORNING = datetime(2025, 10, 9, 9, tzinfo=UTC)
KINDS = ("xls", "ods")
ITEM = ("富硒茶精深加工项目", "2403-511781-04-01-000001", "白沙", date(2025, 3, 28), 6800, "")


def good(path: Path) -> Path:
    typed = {("C09", "白沙"): 1, ("C09", "全区"): 1}
    return written(Answers(typed=typed, lists={"C09": [ITEM]}), path)


def percentages(path: Path) -> Path:
    """A form in which 85, "85%", 85 % and 8500 % were typed for amounts of money in four parks."""
    made = load_workbook(good(path))
    sheet = made["填报"]
    for park, value, shown in (
        ("白沙", 85, "General"),
        ("官渡", "85%", "General"),
        ("青花", 0.85, "0%"),
        ("区内园外", 85, "0.00%"),
    ):
        cell = sheet[at("C02", park)]
        cell.value, cell.number_format = value, shown
    made.save(path)
    return path


def oddities(path: Path) -> Path:
    """A form with a hidden row, merged cells, an error, and a date of the calendar of 1904."""
    made = load_workbook(good(path))
    sheet = made["填报"]
    sheet.row_dimensions[row_of(at("C02"))].hidden = True
    sheet.merge_cells(MERGED)
    sheet[at("C07", "白沙")] = "=1/0"
    made.epoch = datetime(1904, 1, 1)  # noqa: DTZ001  as the format has it
    made.save(path)
    return path


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each form as .xlsx, .xls and .ods, by `name.kind`."""
    if ABSENT:
        pytest.skip(ABSENT)
    home = tmp_path_factory.mktemp("格式")
    made = [good(home / "good.xlsx"), percentages(home / "percent.xlsx")]
    made.append(oddities(home / "odd.xlsx"))
    found = {path.name: path for path in made}
    for kind in KINDS:
        found |= {path.name: path for path in convert(made, kind, home).values()}
    return found


def read(path: Path) -> Book:
    (there,) = pool.read_all([path], skip=UNREAD, need=IDENTITY)
    assert isinstance(there, Book), there
    return there


def check(path: Path) -> Season:
    there = [Arrival(path=path, file=path.name, received=MORNING)]
    return check_arrivals.judge_arrivals(there, plan=PLAN, period=PERIOD, today=date(2025, 10, 20))


def own(season: Season) -> list[Finding]:
    return [finding for finding in season.findings if finding.file]


def uncomputed(book: Book) -> dict[str, list[list[Any]]]:
    """What stands in its cells, but for those of 补充 that are computed when it is saved."""
    sheets = {name: [list(row) for row in rows] for name, rows in book.sheets.items()}
    for line in sheets["补充"]:
        line[4:5] = []
    return sheets


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_form_in_another_format_says_the_same_in_the_same_cells(
    saved: dict[str, Path], kind: str
) -> None:
    as_issued, other = read(saved["good.xlsx"]), read(saved[f"good.{kind}"])

    assert uncomputed(other) == uncomputed(as_issued)
    assert other.names == as_issued.names
    assert other.hidden == as_issued.hidden
    assert {s: set(m.split()) for s, m in other.merged.items()} == {
        s: set(m.split()) for s, m in as_issued.merged.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("xls", "报表.xls"),
        ("xls", "报表.et"),
        ("xls", "报表.xlsx"),
        ("ods", "报表.ods"),
        ("ods", "报表.xls"),
    ],
)
def test_it_is_accepted_under_any_name_and_told_how_to_save_it(
    saved: dict[str, Path], tmp_path: Path, kind: str, name: str
) -> None:
    path = shutil.copy(saved[f"good.{kind}"], tmp_path / name)

    season = check(Path(path))

    assert [(r.decision.value, r.unit) for r in season.received] == [("accepted", COMMITTEE)]
    (told,) = [finding for finding in own(season) if finding.rule == "F01"]
    assert told.severity.value == "示"
    assert "已读取；请以后另存为 .xlsx 再报" in told.message
    assert f".{kind}" in told.message


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_percentages_are_asked_about_as_in_an_xlsx(saved: dict[str, Path], kind: str) -> None:
    def asked(path: Path) -> list[tuple[str, str | None]]:
        return [(f.rule, f.cell) for f in own(check(path)) if f.rule != "F01"]

    assert asked(saved[f"percent.{kind}"]) == asked(saved["percent.xlsx"])
    assert asked(saved[f"percent.{kind}"]) == [
        ("V02", at("C02", "官渡")),
        ("V07", at("C02", "青花")),
        ("V07", at("C02", "区内园外")),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_hidden_merged_or_wrong_is_found_in_its_cell(
    saved: dict[str, Path], kind: str
) -> None:
    told = {(f.rule, f.cell) for f in own(check(saved[f"odd.{kind}"]))}

    assert {("S06", at("C02", "白沙")), ("S07", MERGED), ("V11", at("C07", "白沙"))} <= told


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_date_of_the_calendar_of_1904_is_the_same_day(saved: dict[str, Path], kind: str) -> None:
    (odd,) = [line for line in read(saved[f"odd.{kind}"]).sheets["竣工项目"] if ITEM[0] in line]
    (good_one,) = [line for line in read(saved["good.xlsx"]).sheets["竣工项目"] if ITEM[0] in line]

    assert odd == good_one


@pytest.mark.slow
@pytest.mark.skipif(bool(ABSENT), reason=ABSENT)
@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_that_is_no_form_is_turned_away(tmp_path: Path, kind: str) -> None:
    xlsx.write(
        [Sheet(name="表", rows=(row(Part.TEXT, "甲", 1),), widths=(20,))], tmp_path / "a.xlsx"
    )
    path = convert([tmp_path / "a.xlsx"], kind, tmp_path)["a"]

    told = read_workbook.read(path, need=IDENTITY)

    assert isinstance(told, Unreadable)
    assert told.reason.value == kind


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_any_half_of_a_form_is_turned_away(
    saved: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    content = saved[f"good.{kind}"].read_bytes()
    paths = [tmp_path / f"{tenths}.{kind}" for tenths in range(1, 10)]
    for tenths, path in enumerate(paths, 1):
        path.write_bytes(content[: len(content) * tenths // 10])

    told = list(pool.read_all(paths, need=IDENTITY))

    assert [type(one) for one in told] == [Unreadable] * len(paths)


@pytest.fixture(scope="module")
def damaged(saved: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> list[fuzz.Form]:
    """The good form in each other format, to be damaged."""
    made = binary(tmp_path_factory.mktemp("二进制") / "a.xlsb")
    return [fuzz.form(PLAN, path) for path in (saved["good.xls"], saved["good.ods"], made)]


@pytest.mark.slow
def test_damaged_forms_in_other_formats_are_told_or_say_what_they_said(
    damaged: list[fuzz.Form],
) -> None:
    assert fuzz.tried(PLAN, damaged, range(100)) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", [".ods", ".xlsb"])
@settings(max_examples=100, deadline=None, derandomize=True)
@given(data=st.data())
def test_one_damaged_byte_of_a_packed_form_gives_a_refusal_or_the_same_values(
    saved: dict[str, Path], damaged: list[fuzz.Form], kind: str, data: st.DataObject
) -> None:
    [good] = [form for form in damaged if form.kind == kind]
    content = bytearray(good.data)
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path = saved["good.ods"].with_name(f"damaged{kind}")
    path.write_bytes(content)

    there = read_workbook.read(path, skip=UNREAD, need=IDENTITY)

    if isinstance(there, Book):
        said = read_form.read_submission(there, PLAN, PERIOD)
        assert (said.entries, said.items) == (good.says.entries, good.says.items)


@pytest.mark.slow
@pytest.mark.skipif(bool(ABSENT), reason=ABSENT)
def test_a_season_with_other_formats_ends_as_the_same_season_in_xlsx(
    demo: Path, tmp_path: Path
) -> None:
    inbox, kept = demo / "报送" / "2025-09", demo / "归档" / "2025-09"
    code = ask(demo, "merge", "2025-09").code
    before = ask(demo, "assess", "2025-09").json["indicators"]
    shutil.rmtree(kept)
    for name, kind in (("市工业园区管委会", "xls"), ("市科技局", "ods")):
        form = inbox / f"{name}.xlsx"
        made = convert([form], kind, tmp_path)[name]
        stat = form.stat()
        form.unlink()
        shutil.move(made, inbox / made.name)
        os.utime(inbox / made.name, (stat.st_atime, stat.st_mtime))

    assert ask(demo, "merge", "2025-09").code == code
    after = ask(demo, "assess", "2025-09").json["indicators"]

    for name in ("市工业园区管委会.xls", "市科技局.ods"):
        assert (kept / name).read_bytes() == (inbox / name).read_bytes()
    manifest = (kept / "manifest.csv").read_bytes()
    assert ask(demo, "merge", "2025-09").code == code
    assert (kept / "manifest.csv").read_bytes() == manifest
    renamed = {"市工业园区管委会.xlsx": "市工业园区管委会.xls", "市科技局.xlsx": "市科技局.ods"}
    for indicator in before:
        for source in indicator["sources"]:
            source["file"] = renamed.get(source["file"], source["file"])
    assert after == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_an_exported_form_is_told_whose_it_seems_to_be(tmp_path: Path, encoding: str) -> None:
    sheets = form.blank_form(PLAN, COMMITTEE, PERIOD, rules=requirements(PLAN))
    lines = [
        ",".join("" if c is None else str(c.value or "") for c in r.cells) for r in sheets[0].rows
    ]
    path = tmp_path / "报表.csv"
    path.write_text("\n".join(lines), encoding)

    told = read_workbook.read(path, need=IDENTITY)

    assert isinstance(told, Unreadable)
    assert told.detail.startswith("实际是文本或 CSV，不是工作簿：看起来是市工业园区管委会")
    assert "2025年1—9月" in told.detail
    assert "下发的 .xlsx" in told.detail


@pytest.mark.slow
def test_a_web_page_of_a_form_is_told_too(saved: dict[str, Path], tmp_path: Path) -> None:
    path = convert([saved["good.xlsx"]], "html", tmp_path)["good"]
    path = path.rename(tmp_path / "报表.xls")

    told = read_workbook.read(path, need=IDENTITY)

    assert isinstance(told, Unreadable)
    assert told.detail.startswith("实际是网页，不是工作簿：看起来是市工业园区管委会2025年1—9月")


def binary(path: Path, *, style: int = xlsb_file.PERCENT, **changes: Any) -> Path:
    """The same form as an .xlsb, some cells of 填报 *changes*d; 0.85 is shown in that *style*."""
    sheets = {
        name: {
            (r, c): v for r, line in enumerate(rows) for c, v in enumerate(line) if v is not None
        }
        for name, rows in book(Answers(unit=TRADE)).sheets.items()
    }
    sheets["填报"] |= {parse(cell): value for cell, value in changes.items()}
    shown = {("填报", *parse(cell)): style for cell, value in changes.items() if value == 0.85}
    return xlsb_file.write(path, sheets, shown)


def test_a_binary_workbook_is_read_like_any_other(tmp_path: Path) -> None:
    as_made = book(Answers(unit=TRADE))

    there = read(binary(tmp_path / "a.xlsx"))

    assert there.saved_as == ".xlsb"
    assert there.hidden == {IDENTITY: "*", SLOTS: "*"}
    for name, rows in there.sheets.items():
        made = [[v for v in line if v not in {None, ""}] for line in as_made.sheets[name]]
        assert [[v for v in line if v is not None] for line in rows] == made[: len(rows)]


def test_a_percentage_and_an_error_of_a_binary_workbook_are_asked_about(tmp_path: Path) -> None:
    first, second = at("C14", unit=TRADE), next_to(at("C14", unit=TRADE))
    path = binary(tmp_path / "a.xlsb", **{first: 0.85, second: b"\x07"})

    there = read(path)

    assert there.percent == {("填报", first)}
    assert there.errors == {("填报", second): "#DIV/0!"}
    assert ("V07", first) in [(f.rule, f.cell) for f in own(check(path))]


@pytest.mark.parametrize(("style", "rule"), [(xlsb_file.SCALED, "V07"), (xlsb_file.WHITE, "S06")])
def test_what_a_cell_of_a_binary_workbook_shows_is_looked_at(
    style: int, rule: str, tmp_path: Path
) -> None:
    cell = at("C14", unit=TRADE)
    path = binary(tmp_path / "a.xlsb", style=style, **{cell: 0.85})

    assert (rule, cell) in [(f.rule, f.cell) for f in own(check(path))]


def next_to(cell: str) -> str:
    row, column = parse(cell)
    return a1(row, column + 1)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_an_annotated_copy_saved_in_another_format_is_read_like_the_form(
    saved: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    source = saved["percent.xlsx"]
    write_annotated_copy(source, tmp_path / "a.xlsx", own(check(source)))

    sent = read(convert([tmp_path / "a.xlsx"], kind, tmp_path)["a"])

    assert sent.sheets == read(saved[f"percent.{kind}"]).sheets


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.xls", "a.xlsx"])
def test_a_faulty_form_in_another_format_comes_back_as_a_list(
    saved: dict[str, Path], tmp_path: Path, name: str
) -> None:
    source = Path(shutil.copy(saved["percent.xls"], tmp_path / name))
    before = source.read_bytes()
    season = check(source)

    write_annotated_copy(source, tmp_path / "退回.xlsx", own(season))

    returned = load_workbook(tmp_path / "退回.xlsx")
    assert returned.sheetnames == ["问题清单"]
    texts = [str(line) for line in returned["问题清单"].iter_rows(values_only=True)]
    assert any(f"填报 {at('C02', '青花')}" in text and "V07" not in text for text in texts)
    assert source.read_bytes() == before
    letters = check_letters(season, rejections(season), PLAN, date(2025, 10, 20))
    (letter,) = [one for one in letters if one.unit == COMMITTEE]
    assert "请在贵单位原来的文件上改好，另存为 .xlsx 后重新报送" in as_text(letter)


@pytest.mark.slow
def test_a_formula_of_an_ods_without_a_result_is_asked_about(
    saved: dict[str, Path], tmp_path: Path
) -> None:
    cell = at("C07", "白沙")
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(saved["odd.ods"]) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "content.xml":
                part = re.sub(rb'(table:formula="of:=1/0").*?</table:table-cell>', rb"\1/>", part)
            new.writestr(name, part)

    assert read(path).uncached == {("填报", cell)}
    assert ("F06", cell) in [(f.rule, f.cell) for f in own(check(path))]

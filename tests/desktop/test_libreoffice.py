"""The engine for LibreOffice Calc, against the real program."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest
import xlsxwriter
import xlwings as xw
from msgspec.structs import replace

from tests.support import calc
from tests.support.repository import ROOT
from wyexcel.desktop.addin import excel_or_calc, read_sheets
from wyexcel.desktop.addin.write_sheet import put
from wyexcel.desktop.libreoffice import connect, save_copy, session, uno, warm_up
from wyexcel.desktop.libreoffice.connect import Snapshot
from wyexcel.desktop.libreoffice.office_pipe import NOT_OPEN, OfficePipe
from wyexcel.desktop.setup import install
from wyexcel.errors import CannotRead, CannotWrite
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sheet import Part, Sheet, row
from wyexcel.master import buttons

SHEET = Sheet(name="任务", rows=(row(Part.TEXT, "指标", 2.5),), widths=(40, 20))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.flaky(reruns=2),
]  # a real program on a loaded machine may be slow


@pytest.fixture(scope="module", autouse=True)
def office() -> Iterator[str]:
    with calc.office() as address:
        yield address


@pytest.fixture
def book(tmp_path: Path) -> Iterator[xw.Book]:
    path = tmp_path / "主表 2026（副本）.xlsx"
    xlsx.write([SHEET], path)
    opened = xw.books.open(str(path))
    yield opened
    opened.close()


def test_a_book_is_found_by_name_and_lies_where_it_was_opened(
    book: xw.Book, tmp_path: Path
) -> None:
    assert book.name == "主表 2026（副本）.xlsx"
    assert Path(book.fullname) == tmp_path / book.name
    assert xw.books[book.name].sheets[0].name == "任务"
    assert xw.books.active.name == book.name


def test_values_go_out_and_come_back_in_one_block(book: xw.Book) -> None:
    area = book.sheets["任务"].range((3, 1), (5, 3))
    block = [["万源", 1.5, None], ["a", -2, "b"], [None, 0, "第\n行"]]

    area.value = block

    assert area.options(ndim=2).value == block


def test_a_date_comes_back_as_one_where_it_is_shown_as_one(book: xw.Book) -> None:
    cell = book.sheets["任务"]["D1"]
    cell.number_format = "yyyy-mm-dd"

    cell.value = date(2025, 9, 30)

    assert cell.value == datetime(2025, 9, 30)  # noqa: DTZ001 - a cell's date knows no time zone


def test_a_text_cell_keeps_what_looks_like_a_formula(book: xw.Book) -> None:
    sheet = book.sheets["任务"]
    sheet["A3"].number_format = "@"

    sheet.range("A3:B3").value = [["=1+1", "=1+1"]]

    assert sheet.range("A3:B3").value == ["=1+1", 2.0]


def test_an_error_is_read_as_it_is_shown(book: xw.Book) -> None:
    sheet = book.sheets["任务"]
    sheet["A3"].formula = "=1/0"

    assert sheet.range("A3:B3").options(err_to_str=True).value == ["#DIV/0!", None]


def test_the_values_of_several_sheets_are_read_at_once(book: xw.Book) -> None:
    first, second = book.sheets["任务"], book.sheets.add("基期", after=book.sheets["任务"])
    third = book.sheets.add("设置", after=second)
    for cell in (second["A2"], second["C3"], third["B2"]):
        cell.number_format = "yyyy-mm-dd"
        cell.value = date(2025, 9, 30)
    first["A2"].value = 45930
    third["A1"].formula, third["A2"].formula = "=1/0", "=B2+1"
    third["A2"].number_format = "yyyy-mm-dd"

    found = read_sheets.rows_of(book, ["任务", "基期", "设置"])

    assert found == {
        "任务": [["指标", 2.5], [45930]],
        "基期": [[], [date(2025, 9, 30)], [None, None, date(2025, 9, 30)]],
        "设置": [["#DIV/0!"], [date(2025, 10, 1), date(2025, 9, 30)]],
    }
    assert read_sheets.rows(second) == found["基期"]


def test_what_stands_in_cells_is_read_hidden_or_not_however_it_is_shown(
    book: xw.Book, tmp_path: Path
) -> None:
    path = tmp_path / "各种.xlsx"
    with xlsxwriter.Workbook(str(path)) as file:
        sheet, bold = file.add_worksheet("张三's 表"), file.add_format({"bold": True})
        sheet.write_url("A1", "https://example.org/a?b=1", None, "网上")
        sheet.write_rich_string("A2", "一半", bold, "粗\n第二行")
        sheet.write_string("A3", "市发改", file.add_format({"num_format": '@"局"'}))
        sheet.write_string("A4", "市发改", file.add_format({"num_format": "0;-0;0;_ @_ "}))
        sheet.write_string("A5", "0012")
        sheet.write_number("B5", 1 / 3, file.add_format({"num_format": "0"}))
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})
        other = file.add_worksheet("别处")
        other.write_number("C2", 1234567890123456)
        other.hide()
    opened = book.app.books.open(path)
    try:
        found = read_sheets.rows_of(opened, ["别处", "张三's 表"])
    finally:
        opened.close()

    words = [["网上"], ["一半粗\n第二行"], ["市发改"], ["市发改"], ["0012", 1 / 3]]
    assert found == {"张三's 表": words, "别处": [[], [None, None, 1234567890123456]]}


def test_looks_are_set_and_read_back(book: xw.Book) -> None:
    area = book.sheets["任务"].range("B2:C3")

    area.font.name, area.font.size, area.font.bold = "黑体", 10.5, True
    area.font.color, area.color = "#0563C1", "#FFF2CC"
    area.horizontal_alignment, area.vertical_alignment = "center", "top"
    area.wrap_text, area.number_format = True, "0.00"

    assert (area.font.name, area.font.size, area.font.bold) == ("黑体", 10.5, True)
    assert (area.font.color, area.color) == ((5, 99, 193), (255, 242, 204))
    assert (area.horizontal_alignment, area.vertical_alignment) == ("center", "top")
    assert (area.wrap_text, area.number_format) == (True, "0.00")


def test_clearing_leaves_nothing_but_what_may_be_chosen(book: xw.Book) -> None:
    area = book.sheets["任务"].range("A1:B2")
    area.color = "#FFF2CC"
    area.merge()

    area.unmerge()
    area.clear_contents()
    area.clear_formats()

    assert area.options(ndim=2).value == [[None, None], [None, None]]
    assert area.color is None
    assert not area.merge_cells


def test_rows_and_columns_are_as_large_as_they_are_made(book: xw.Book) -> None:
    sheet = book.sheets["任务"]

    sheet.range("A1:A2").row_height = 33
    sheet.range("B1:C1").column_width = 21.125

    assert sheet["A2"].row_height == pytest.approx(33, abs=0.3)
    assert sheet["C1"].column_width == pytest.approx(21.125, abs=0.05)


def test_a_link_shows_its_words_and_leads_beside_the_book(book: xw.Book, tmp_path: Path) -> None:
    cell = book.sheets["任务"]["A4"]

    cell.add_hyperlink("报送/2025-09/甲 乙.xlsx#'填报'!D7", "D7")

    assert cell.value == "D7"
    target = tmp_path / "报送" / "2025-09" / "甲 乙.xlsx"
    assert unquote(cell.hyperlink) == f"file://{target}#填报.D7"


def test_a_link_within_the_book_leads_there(book: xw.Book) -> None:
    cell = book.sheets["任务"]["A4"]

    cell.add_hyperlink("#'任务'!A1", "回到开头")

    assert (cell.value, cell.hyperlink) == ("回到开头", "#任务.A1")


def test_a_note_says_what_is_wrong_and_can_be_taken_away(book: xw.Book) -> None:
    cell = book.sheets["任务"]["B2"]

    cell.impl.add_note("只填数字")
    assert cell.note.text == "只填数字"

    cell.note.delete()
    assert cell.note is None


def test_a_sheet_is_added_hidden_shown_and_printed(book: xw.Book) -> None:
    sheet = book.sheets.add("季度通报", after=book.sheets["任务"])
    sheet.visible = False
    sheet.visible = True
    sheet.activate()
    sheet.page_setup.print_area = "A1:C12"

    assert [s.name for s in book.sheets] == ["任务", "季度通报"]
    assert (book.sheets.active.name, sheet.index) == ("季度通报", 2)
    assert sheet.page_setup.print_area == "$A$1:$C$12"


def test_a_setting_changed_for_a_while_is_as_before_afterwards(book: xw.Book) -> None:
    app = book.app

    with app.properties(screen_updating=False, calculation="manual", enable_events=False):
        assert not app.screen_updating
        app.status_bar = "校验 3/5 市科技局"

    app.status_bar = False
    assert (app.screen_updating, app.calculation, app.enable_events) == (True, "automatic", True)
    assert app.status_bar is False


def test_a_book_saved_as_a_copy_stays_where_it_is(book: xw.Book, tmp_path: Path) -> None:
    book.sheets["任务"]["A1"].value = "没有存盘"
    before = (tmp_path / book.name).read_bytes()

    book.impl.save_copy(str(tmp_path / "副本.xlsx"))

    assert (tmp_path / book.name).read_bytes() == before
    copy = xw.books.open(str(tmp_path / "副本.xlsx"))
    assert copy.sheets["任务"]["A1"].value == "没有存盘"
    copy.close()


@pytest.mark.parametrize(("fresh", "kept"), [(60.0, "没有存盘"), (0.0, "后来输入")])
def test_a_copy_made_aside_is_of_when_it_began_until_it_is_no_longer_fresh(
    book: xw.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: float, kept: str
) -> None:
    monkeypatch.setattr(save_copy, "FRESH", fresh)
    cell = book.sheets["任务"]["A1"]
    cell.value = "没有存盘"

    copying = excel_or_calc.begin_copy(book, tmp_path / "副本.xlsx")
    book.impl.app.saving.result()
    cell.value = "后来输入"
    copying.keep()

    copy = xw.books.open(str(tmp_path / "副本.xlsx"))
    assert copy.sheets["任务"]["A1"].value == kept
    copy.close()
    assert list(tmp_path.glob("*.tmp")) == []


@pytest.mark.parametrize("where", ["占用.xlsx", "文件/副本.xlsx"])
def test_a_copy_that_cannot_be_made_aside_is_told_where_it_is_waited_for(
    book: xw.Book, tmp_path: Path, where: str
) -> None:
    book.sheets["任务"]["A1"].value = "没有存盘"
    (tmp_path / "占用.xlsx").mkdir()
    (tmp_path / "文件").write_bytes(b"")

    copying = excel_or_calc.begin_copy(book, tmp_path / where)

    with pytest.raises(CannotWrite, match=Path(where).parts[0]):
        copying.keep()


def test_a_book_whose_file_was_replaced_is_shown_as_it_is_now(
    book: xw.Book, tmp_path: Path
) -> None:
    book.impl.save_copy(str(tmp_path / "副本.xlsx"))
    book.sheets["任务"]["A1"].value = "改动"
    (tmp_path / "副本.xlsx").replace(tmp_path / book.name)

    book.impl.reload()

    assert book.sheets["任务"]["A1"].value == "指标"
    assert Path(book.fullname) == tmp_path / book.name
    assert [open_.name for open_ in xw.books] == [book.name]
    book.sheets["任务"]["A1"].value = "还能改"
    book.save()


@pytest.fixture
def master(tmp_path: Path) -> Iterator[xw.Book]:
    path = tmp_path / "master.xlsm"
    shutil.copy(ROOT / "workbooks" / "master.xlsm", path)
    opened = xw.books.open(str(path))
    opened.sheets[buttons.NAME][buttons.LAST_CELL].value = "改过"
    yield opened
    opened.close()


def shown(path: Path) -> list[tuple[str, str]]:
    """What the buttons of the workbook at *path* say when it is opened, and what they run."""
    opened = xw.books.open(str(path))
    try:
        page = opened.sheets[buttons.NAME].impl.api.DrawPage
        controls = [page.getByIndex(number).Control for number in range(page.getCount())]
        return [(control.Label, macro(control)) for control in controls]
    finally:
        opened.close()


def macro(control: Any) -> str:
    form = control.Parent
    [at] = [n for n in range(form.getCount()) if form.getByIndex(n) == control]
    codes = [event.ScriptCode for event in form.getScriptEvents(at)]
    return "".join(codes).partition("?")[0].rpartition(".")[2]


BUTTONS = [(step.caption, step.macro) for step in buttons.STEPS]


def test_a_copy_of_the_master_keeps_its_buttons(master: xw.Book, tmp_path: Path) -> None:
    excel_or_calc.save_copy(master, tmp_path / "副本.xlsm")

    assert shown(tmp_path / "副本.xlsm") == BUTTONS


def test_buttons_that_saving_lost_are_brought_back(master: xw.Book, tmp_path: Path) -> None:
    master.save(tmp_path / "存过.xlsm")
    master.save(tmp_path / "别的.xlsm")  # so that the first is no longer open
    saved = tmp_path / "存过.xlsm"

    if shown(saved) != BUTTONS:  # LibreOffice before it was mended there
        assert install.has_lost_buttons(saved)
        assert install.restore_buttons(saved)[0] == saved

    assert shown(saved) == BUTTONS
    assert not install.has_lost_buttons(saved)


def test_buttons_are_not_brought_back_under_the_hands_of_a_person(tmp_path: Path) -> None:
    workbook = tmp_path / "master.xlsm"
    workbook.write_bytes(b"")
    (tmp_path / ".~lock.master.xlsm#").write_text("某人")

    with pytest.raises(CannotWrite, match="正开着"):
        install.restore_buttons(workbook)

    assert workbook.read_bytes() == b""


class Needs(NamedTuple):
    """What is wished to be seen of a workbook: sheets, and that a copy be begun in a folder."""

    wanted: tuple[str, ...]
    home: Path | None = None

    def sheets_to_read(self, names: Sequence[str]) -> Sequence[str]:
        return [name for name in names if name in self.wanted]

    def copy_folder(self, names: Sequence[str], file: Path) -> Path | None:
        assert file.is_file()
        assert set(self.wanted) <= set(names)
        return self.home


def looked_ahead(address: str, *wanted: str, home: Path | None = None) -> Snapshot | None:
    """A look at the workbook in front, at those of its sheets that are *wanted*."""
    with connect.open_connection(
        OfficePipe(address), pytest.fail, Needs(wanted, home)
    ) as connection:
        return connection.snapshot


def test_what_was_read_ahead_is_what_a_click_would_read(book: xw.Book, office: str) -> None:
    book.sheets["任务"]["A2"].value = [["白沙", date(2025, 9, 30)], [None, "0012"]]
    book.activate()

    look = looked_ahead(office, "任务")

    assert look is not None
    assert look.sheets == excel_or_calc.sheet_values(book, ["任务"])
    assert look.names == excel_or_calc.sheet_names(book)
    assert look.file == Path(book.fullname)


@contextmanager
def click(office: str, home: Path | None = None) -> Iterator[tuple[xw.Book, Snapshot]]:
    """The workbook that a click is made on, looked at ahead; a copy of it is begun in *home*."""
    with connect.open_connection(
        OfficePipe(office), pytest.fail, Needs(("任务",), home)
    ) as connection:
        assert connection.snapshot is not None
        with session.active_engine(connection) as engine:
            yield session.book_in_front(engine), connection.snapshot


def test_a_click_takes_what_was_seen_ahead_for_the_workbook_in_front(
    book: xw.Book, office: str, tmp_path: Path
) -> None:
    """The one whose button was pressed; a window that a person turned to since is another."""
    sheet = Sheet(name="任务", rows=(row(Part.TEXT, "别的"),), widths=(9,))
    xlsx.write([sheet], tmp_path / "b.xlsx")
    book.activate()
    with click(office) as (front, _):
        other = xw.books.open(str(tmp_path / "b.xlsx"))
        other.activate()

        assert front.fullname == book.fullname
        assert excel_or_calc.sheet_values(front, ["任务"]) == excel_or_calc.sheet_values(
            book, ["任务"]
        )
        assert excel_or_calc.sheet_values(other, ["任务"])["任务"][0][0] == "别的"
        other.close()


def test_there_is_a_window_to_say_something_though_the_workbook_was_closed_meanwhile(
    book: xw.Book, office: str, tmp_path: Path
) -> None:
    xlsx.write([SHEET], tmp_path / "点过的.xlsx")
    clicked = xw.books.open(str(tmp_path / "点过的.xlsx"))
    clicked.activate()
    with click(office) as (front, _):
        assert front.name == clicked.name
        seen, said = front.app.visible, front.app.alert("先说一次")
        clicked.close()
        book.activate()

        assert (front.app.visible, front.app.alert("没有做完")) == (seen, said)


def ready(look: Snapshot) -> None:
    """Wait until the copy that was begun is there."""
    assert look.copy is not None
    look.copy.saving.result()


def first_word(workbook: Path) -> object:
    """What the first cell of the sheet 任务 of *workbook* says."""
    opened = xw.books.open(str(workbook))
    word = opened.sheets["任务"]["A1"].value
    opened.close()
    return word


@pytest.mark.parametrize("fresh", [60.0, 0.0])
def test_a_copy_begun_ahead_is_kept_while_it_is_fresh(
    book: xw.Book, office: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: float
) -> None:
    monkeypatch.setattr(save_copy, "FRESH", fresh)
    cell = book.sheets["任务"]["A1"]
    cell.value = "没有存盘"
    book.activate()
    with click(office, tmp_path) as (front, look):
        copying = excel_or_calc.begin_copy(front, tmp_path / "副本.xlsx")
        ready(look)
        cell.value = "后来输入"
        copying.keep()

    assert first_word(tmp_path / "副本.xlsx") == {60.0: "没有存盘", 0.0: "后来输入"}[fresh]
    assert list(tmp_path.glob("*.tmp")) == []


def test_a_copy_begun_ahead_that_was_swept_away_is_made_again(
    book: xw.Book, office: str, tmp_path: Path
) -> None:
    """Another command that gets the workspace first takes it for what a killed one left."""
    book.sheets["任务"]["A1"].value = "没有存盘"
    book.activate()
    with click(office, tmp_path) as (front, look):
        copying = excel_or_calc.begin_copy(front, tmp_path / "副本.xlsx")
        ready(look)
        for swept in tmp_path.glob(".~wy-*"):
            swept.unlink()
        copying.keep()

    assert first_word(tmp_path / "副本.xlsx") == "没有存盘"


def test_a_copy_begun_ahead_that_nobody_takes_leaves_no_file(
    book: xw.Book, office: str, tmp_path: Path
) -> None:
    book.sheets["任务"]["A1"].value = "没有存盘"
    book.activate()
    before = set(tmp_path.iterdir())

    look = looked_ahead(office, "任务", home=tmp_path)

    assert look is not None
    assert look.copy is not None
    assert set(tmp_path.iterdir()) == before


def test_a_workbook_that_another_click_is_writing_is_not_looked_at(
    book: xw.Book, office: str
) -> None:
    book.activate()
    with book.app.properties(screen_updating=False):
        look = looked_ahead(office, "任务")

    assert look is None
    assert looked_ahead(office, "任务") is not None


SILENT = """
import socket, sys
from wyexcel.desktop import libreoffice_button
from wyexcel.desktop.libreoffice import office_pipe
silent = socket.socket(socket.AF_UNIX)
silent.bind(sys.argv[1])
silent.listen()
libreoffice_button._PATIENCE = 0.5
pipe = office_pipe.OfficePipe("pipe,name=" + sys.argv[1].partition("OSL_PIPE_0_")[2])
office_pipe.remembered = lambda: pipe
libreoffice_button.press("check")
"""


def test_a_libreoffice_that_never_answers_is_waited_for_no_longer_than_patience_lasts() -> None:
    user = os.getuid()
    pipe = Path(f"/tmp/OSL_PIPE_{user}_silent-{os.getpid()}")  # noqa: S108 - LibreOffice's own
    program = SILENT.replace("OSL_PIPE_0_", f"OSL_PIPE_{user}_")
    try:
        told = subprocess.run(
            [sys.executable, "-c", program, str(pipe)],
            env={**os.environ, "PATH": ""},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        pipe.unlink(missing_ok=True)

    assert (told.returncode, told.stderr.strip()) == (2, uno.NO_ANSWER)


def test_no_copy_is_begun_of_a_workbook_that_is_as_its_file(
    book: xw.Book, office: str, tmp_path: Path
) -> None:
    book.save()
    book.activate()

    look = looked_ahead(office, "任务", home=tmp_path)

    assert look is not None
    assert look.copy is None


def test_a_sheet_with_formulas_is_left_to_the_click(book: xw.Book, office: str) -> None:
    book.sheets["任务"]["A2"].formula = "=1+1"
    book.activate()

    assert looked_ahead(office, "任务") is None
    assert excel_or_calc.sheet_values(book, ["任务"])["任务"][1][0] == 2


def test_who_does_not_listen_is_told() -> None:
    def nobody() -> OfficePipe:
        raise CannotRead(NOT_OPEN)

    with (
        pytest.raises(CannotRead, match=NOT_OPEN),
        connect.open_connection(None, nobody, Needs(())),
    ):
        pytest.fail("nobody was reached")


def test_what_was_seen_ahead_is_not_used_once_a_person_may_have_changed_it(
    book: xw.Book, office: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = book.sheets["任务"]["A1"]
    cell.value = "以前"
    book.activate()
    with click(office) as (front, _):
        cell.value = "后来"

        assert excel_or_calc.sheet_values(front, ["任务"])["任务"][0][0] == "以前"
        monkeypatch.setattr("wyexcel.desktop.libreoffice.connect.FRESH", 0.0)
        assert excel_or_calc.sheet_values(front, ["任务"])["任务"][0][0] == "后来"


def test_every_kind_that_a_click_learns_is_one_of_libreoffice() -> None:
    known = warm_up.reflection()

    assert [name for name in warm_up.NAMES if known.forName(f"com.sun.star.{name}") is None] == []


def test_without_the_module_of_libreoffice_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    uno.uno.cache_clear()
    uno._resolver.cache_clear()  # noqa: SLF001 - it keeps what this test takes away
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "uno", None)
        with (
            pytest.raises(CannotRead, match="没有 LibreOffice 的接口"),
            connect.open_connection(None, pytest.fail, Needs(())),
        ):
            pytest.fail("nobody was reached")


def test_rows_that_a_shorter_sheet_leaves_are_as_high_as_empty_ones(book: xw.Book) -> None:
    high = Sheet(
        name="任务", rows=tuple(row(Part.TEXT, n, height=60) for n in range(5)), widths=(9,)
    )
    put(book, high)
    assert book.sheets["任务"]["A5"].row_height == pytest.approx(60, abs=0.1)

    put(book, replace(high, rows=high.rows[:2]))

    heights = [book.sheets["任务"][f"A{n}"].row_height for n in range(1, 6)]
    assert heights[:2] == pytest.approx([60, 60], abs=0.1)
    assert all(height < 20 for height in heights[2:])


def test_what_was_filtered_or_hidden_on_a_sheet_is_seen_once_it_says_something_new(
    book: xw.Book,
) -> None:
    rows = tuple(row(Part.TEXT, f"第{number}条", number) for number in range(1, 7))
    sheet = put(book, Sheet(name="任务", rows=rows, widths=(40, 20)))
    area = sheet["A1:B6"].api
    chosen = area.createFilterDescriptor(True)  # noqa: FBT003 - UNO knows no keywords
    field = uno.structure("sheet.TableFilterField", IsNumeric=False, StringValue="第2条")
    field.Operator = uno.enum("sheet.FilterOperator", "EQUAL")
    chosen.setFilterFields((field,))
    area.filter(chosen)
    sheet.api.Columns.getByIndex(1).IsVisible = False
    assert not any(sheet.api.Rows.getByIndex(number).IsVisible for number in (2, 3, 4, 5))

    put(book, Sheet(name="任务", rows=rows, widths=(40, 20)))

    assert all(sheet.api.Rows.getByIndex(number).IsVisible for number in range(6))
    assert sheet.api.Columns.getByIndex(1).IsVisible


def test_what_is_printed_of_a_sheet_is_saved_once_and_as_it_is_now(
    book: xw.Book, tmp_path: Path
) -> None:
    long = Sheet(name="任务", rows=tuple(row(Part.TEXT, n) for n in range(9)), widths=(40, 20))
    put(book, long)
    printed = book.sheets["任务"].page_setup.print_area
    copy = tmp_path / "另存.xlsx"

    excel_or_calc.save_copy(book, copy)

    with zipfile.ZipFile(copy) as saved:
        assert saved.read("xl/workbook.xml").count(b"_xlnm.Print_Area") == 1
    again = xw.books.open(str(copy))
    assert again.sheets["任务"].page_setup.print_area == printed == "$A$1:$B$9"
    again.close()

"""The same functions on a program in memory and on a real LibreOffice."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest
import xlwings as xw
from filelock import FileLock
from msgspec.structs import replace

from tests.support import calc, memory_engine
from wyexcel.archive.workspace import Workspace
from wyexcel.desktop import excel_button
from wyexcel.desktop.addin import backup, mark_form, open_plan, read_sheets, safety
from wyexcel.desktop.addin.actions import ACTIONS
from wyexcel.desktop.addin.write_sheet import put
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book, Rows
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, row, spread
from wyexcel.period import Period
from wyexcel.plan.status import Status

pytestmark = pytest.mark.flaky(reruns=2)  # a real program on a loaded machine may be slow

SAMPLE = Sheet(
    name="样张",
    rows=(
        spread(Part.TITLE, "目标任务完成情况表", 4, height=44),
        row(Part.HEADING, "指标", "累计", "状态", "截至", height=24),
        row(
            Part.NAME,
            "规上工业总产值",
            Cell(value=17.6, part=Part.NUMBER, format="0.00"),
            Cell(value="欠进度", part=Part.WARNING),
            Cell(value=date(2025, 9, 30), part=Part.CENTRE, format="yyyy-mm-dd"),
        ),
        Row(
            (
                Cell(value="2025-09", part=Part.TEXT, down=2),
                Cell(value="=1+1", part=Part.TEXT),
                Cell(value="未报", part=Part.ALARM),
                Cell(value="D7", part=Part.LINK, link="internal:'样张'!A1"),
            ),
            30,
        ),
        Row((None, Cell(value="0014", part=Part.CENTRE), Cell(value=14, part=Part.NUMBER)), 30),
        row(Part.NOTE, "注：“—”为未报，不是0。", None, height=20),
    ),
    widths=(46, 17, 17, 30),
    page=Page(repeat=(1, 1)),
)
OLD = Sheet(
    name="样张",
    rows=(
        spread(Part.TITLE, "旧表", 6, height=60),
        *(row(Part.ALARM, "旧", 1, 2, 3, 4, 5, height=50) for _ in range(12)),
    ),
    widths=(20, 20, 20, 20, 20, 20),
)


def opened(app: xw.App, path: Path, *sheets: Sheet) -> xw.Book:
    xlsx.write(sheets, path)
    return app.books.open(path)


def drawn(area: xw.Range, side: str) -> bool:
    """Whether a line is drawn on that side; an engine need not be able to say so."""
    if area.sheet.book.app.engine.name == "memory":
        return area.borders[f"edge_{side}"].line_style == "continuous"
    return bool(getattr(area.api, f"{side.title()}Border").OuterLineWidth)


def seen(sheet: xw.Sheet, cell: tuple[int, int]) -> dict[str, object]:
    """Everything that a reader of *sheet* sees of one cell."""
    area = sheet.range(cell)
    return {
        "value": area.options(ndim=2).value,
        "number format": area.number_format,
        "font": (area.font.name, area.font.size, area.font.bold, area.font.color),
        "fill": area.color,
        "alignment": (area.horizontal_alignment, area.vertical_alignment, area.wrap_text),
        "borders": [side for side in memory_engine.SIDES if drawn(area, side)],
        "merged": area.merge_area.address,
    }


@pytest.fixture(scope="module")
def calc_app() -> Iterator[xw.App]:
    with calc.office():
        yield xw.apps.active


@pytest.fixture(params=["memory", pytest.param("calc", marks=pytest.mark.slow)])
def app(request: pytest.FixtureRequest) -> Iterator[xw.App]:
    """A program in memory, then a real one."""
    if request.param == "memory":
        yield memory_engine.start()
        return
    office: xw.App = request.getfixturevalue("calc_app")
    office.engine.activate()
    yield office
    for book in list(office.books):
        book.close()


def test_a_sheet_put_into_the_open_book_is_the_sheet_written_to_a_file(
    app: xw.App, tmp_path: Path
) -> None:
    written = opened(app, tmp_path / "a.xlsx", SAMPLE).sheets["样张"]
    book = opened(app, tmp_path / "b.xlsx", OLD)

    put(book, SAMPLE)

    live = book.sheets["样张"]
    for number in range(1, len(OLD.rows) + 2):
        for column in range(1, len(OLD.widths) + 2):
            here = (number, column)
            assert (here, seen(live, here)) == (here, seen(written, here))
    assert live.page_setup.print_area == written.page_setup.print_area == "$A$1:$D$6"
    for column in range(1, len(SAMPLE.widths) + 1):
        widths = [sheet.range((1, column)).column_width for sheet in (live, written)]
        assert widths[0] == pytest.approx(widths[1], abs=0.1)
    for number in (n for n, one in enumerate(SAMPLE.rows, start=1) if one.height):
        heights = [sheet.range((number, 1)).row_height for sheet in (live, written)]
        assert heights[0] == pytest.approx(heights[1], abs=0.5)


def test_words_put_into_a_cell_stay_the_words_they_are(app: xw.App, tmp_path: Path) -> None:
    words = ("2025-09", "1/2", "007", "=1+1", "-3", "@a", "12%", "第一行\n第二行")
    sheet = Sheet(name="样张", rows=tuple(row(Part.TEXT, word) for word in words), widths=(40,))
    book = opened(app, tmp_path / "a.xlsx", OLD)

    put(book, sheet)

    assert book.sheets["样张"].range((1, 1), (len(words), 1)).value == list(words)


def test_a_sheet_that_was_deleted_comes_back(app: xw.App, tmp_path: Path) -> None:
    book = opened(app, tmp_path / "a.xlsx", OLD)

    put(book, replace(SAMPLE, name="季度通报"))

    assert [sheet.name for sheet in book.sheets] == ["样张", "季度通报"]
    assert book.sheets["季度通报"]["A1"].value == "目标任务完成情况表"


def test_a_link_leads_to_the_cell_it_names(app: xw.App, tmp_path: Path) -> None:
    way = "external:报送/2025-09/甲%20乙.xlsx#'填报'!D7"
    link = Cell(value="D7", part=Part.LINK, link=way)
    book = opened(app, tmp_path / "a.xlsx", OLD)

    put(book, Sheet(name="样张", rows=(Row((link,)),), widths=(40,)))

    cell = book.sheets["样张"]["A1"]
    leads = unquote(cell.hyperlink).replace("'", "").replace("!", ".")  # Calc's way to say it
    assert leads.endswith("报送/2025-09/甲 乙.xlsx#填报.D7")
    assert (cell.value, cell.font.color) == ("D7", (5, 99, 193))


@pytest.fixture
def master(app: xw.App, demo: Path) -> xw.Book:
    """The open master of the demonstration, its period chosen on the desk."""
    book = app.books.open(demo / "master.xlsm")
    book.sheets["操作台"]["B3"].value = "2025-09"
    return book


def rounded(rows: Rows) -> Rows:
    """*rows* with the digits that a file keeps of a number."""
    return [[float(f"{v:.14g}") if isinstance(v, float) else v for v in line] for line in rows]


def statuses(book: xw.Book) -> dict[str, str]:
    """Name and status of every indicator on the sheet of judgements in the open master."""
    lines: list[list[str]] = book.sheets["进度判定"].used_range.options(ndim=2).value
    return {
        name: cell
        for line in lines
        for name in line[1:2]
        for cell in line
        if cell in {status.value for status in Status}
    }


def test_assessing_puts_the_judgements_into_the_open_master_and_shows_them(
    master: xw.Book, app: xw.App, demo: Path
) -> None:
    excel_button.run("assess", master)

    written = read_workbook.read(demo / "通报" / "2025-09" / "进度判定.xlsx")
    assert isinstance(written, Book)
    live = read_sheets.rows(master.sheets["进度判定"])
    assert rounded(live) == rounded(written.sheets["进度判定"])
    assert statuses(master)["规上工业总产值"] == "欠进度"
    assert master.sheets.active.name == "进度判定"
    assert (app.screen_updating, app.display_alerts, app.status_bar) == (True, True, False)
    assert "进度判定" in master.sheets["操作台"]["B4"].value


@pytest.mark.parametrize("action", ["check", "merge", "bulletin"])
def test_every_sheet_in_the_master_says_what_its_file_says(
    action: str, master: xw.Book, demo: Path
) -> None:
    file = {"check": "校验结果.xlsx", "merge": "汇总.xlsx", "bulletin": "通报.xlsx"}[action]

    excel_button.run(action, master)

    written = read_workbook.read(demo / "通报" / "2025-09" / file)
    assert isinstance(written, Book)
    for name, rows in written.sheets.items():
        if written.hidden.get(name) == "*":  # what was generated, for the file alone
            continue
        seen = [row[:1] for row in rows] if name == "正文" else rows  # without the ids
        assert rounded(read_sheets.rows(master.sheets[name])) == rounded(seen)


def test_what_was_changed_in_the_open_master_counts_before_it_is_saved(master: xw.Book) -> None:
    excel_button.run("assess", master)
    before = statuses(master)["规上工业总产值"]
    targets = master.sheets["目标任务表"]
    lines = read_sheets.rows(targets)
    [(row_, column)] = [
        (number, column)
        for number, line in enumerate(lines, start=1)
        for column, value in enumerate(line, start=1)
        if value == 24 and "规上工业总产值" in map(str, line)
    ]

    targets.range((row_, column)).value = 23
    excel_button.run("assess", master)

    assert before == "欠进度"
    assert statuses(master)["规上工业总产值"] == "达进度"


@pytest.mark.parametrize(
    ("shown_as", "typed", "told"), [("0%", 0.85, "显示为 85%"), ("0.00%", 0.0022, "显示为 0.22%")]
)
def test_a_target_typed_with_a_percent_sign_is_refused(
    shown_as: str, typed: float, told: str, master: xw.Book
) -> None:
    cell = master.sheets["目标任务表"]["D11"]
    cell.number_format, cell.value = shown_as, typed

    refused = excel_button.run("assess", master)

    assert "“目标任务表”D11 存的是" in refused
    assert told in refused


def test_a_target_that_only_shows_a_percent_sign_is_what_it_says(master: xw.Book) -> None:
    cell = master.sheets["目标任务表"]["D11"]
    cell.number_format, cell.value = '0.00"%"', 0.5

    assert excel_button.run("assess", master) == ""


def test_undoing_brings_back_what_was_there_before_the_click(
    master: xw.Book, app: xw.App, demo: Path
) -> None:
    master.sheets["进度判定"]["A1"].value = "手工写的"
    excel_button.run("assess", master)
    assert master.sheets["进度判定"]["A1"].value != "手工写的"

    excel_button.run("undo", master)

    book = app.books["master.xlsm"]
    assert book.sheets["进度判定"]["A1"].value == "手工写的"
    assert book.sheets["操作台"]["B3"].value == "2025-09"
    kept = sorted(path.name for path in (demo / "备份").iterdir())
    assert [name.rpartition("-")[2] for name in kept] == ["已撤销.xlsm", "已撤销的内容.xlsm"]


def test_a_click_that_was_refused_leaves_no_copy(master: xw.Book, demo: Path) -> None:
    master.sheets["操作台"]["B3"].value = "明年"

    refused = excel_button.run("assess", master)

    assert "明年" in refused
    assert list((demo / "备份").iterdir()) == []


def test_a_second_click_while_the_first_is_at_work_does_nothing(
    master: xw.Book, demo: Path
) -> None:
    with FileLock(demo / ".wyexcel.click.lock"):
        excel_button.run("assess", master)

    assert master.sheets["操作台"]["B4"].value == "还没有操作"
    assert not (demo / "备份").exists()


def test_whoever_rings_learns_what_could_not_be_done(demo: Path) -> None:
    program = memory_engine.start()
    book = program.books.open(demo / "master.xlsm")

    book.sheets["操作台"]["B3"].value = "明年"
    refused = excel_button.run("assess", book)
    book.sheets["操作台"]["B3"].value = "2025-09"
    done = excel_button.run("assess", book)

    assert "明年" in refused
    assert program.impl.alerts[0][0] == refused
    assert done == ""


@pytest.fixture
def told(demo: Path) -> Callable[[str], tuple[str, str | None]]:
    """What one click tells, in a program in memory: the last message and its kind."""

    def tell(action: str, *, period: str = "2025-09") -> tuple[str, str | None]:
        program = memory_engine.start()
        book = program.books.open(demo / "master.xlsm")
        book.sheets["操作台"]["B3"].value = period
        excel_button.run(action, book)
        [message] = program.impl.alerts
        return message

    return tell


def test_a_click_ends_with_one_message_of_counts_and_where_to_look(
    told: Callable[[str], tuple[str, str | None]],
) -> None:
    message, kind = told("check")

    assert "错 3 条" in message
    assert "收 7 个文件＝通过5＋退回1＋被后报替代1；缺报 0 家" in message
    assert "校验结果" in message
    assert kind == "info"


def test_what_cannot_be_done_is_said_in_one_sentence_that_names_a_button(
    told: Callable[..., tuple[str, str | None]],
) -> None:
    assert told("assess", period="2026-03") == (
        "2026年1—3月还没有合并过。请先点“合并汇总”。",
        "critical",
    )


def test_a_program_error_is_one_sentence_with_the_place_of_the_log(
    told: Callable[..., tuple[str, str | None]], demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(demo))
    monkeypatch.setitem(ACTIONS, "assess", lambda _: 1 / 0)

    message, kind = told("assess")

    assert str(demo / ".wyexcel" / "wyexcel.log") in message
    assert "Traceback" not in message
    assert "ZeroDivisionError" in (demo / ".wyexcel" / "wyexcel.log").read_text("utf-8")
    assert kind == "critical"


def test_the_status_bar_tells_what_is_being_done(demo: Path) -> None:
    program = memory_engine.start()
    book = program.books.open(demo / "master.xlsm")
    book.sheets["操作台"]["B3"].value = "2025-09"

    excel_button.run("check", book)

    assert any(words.startswith("校验报送：读表 ") for words in program.impl.said)
    assert "校验报送：写入“校验结果” 0/1" in program.impl.said
    assert program.status_bar is False


def test_a_workbook_without_a_desk_is_not_taken_for_the_master(tmp_path: Path) -> None:
    program = memory_engine.start()

    excel_button.run("check", opened(program, tmp_path / "别的.xlsx", OLD))

    [(message, kind)] = program.impl.alerts
    assert "别的.xlsx" in message
    assert "master.xlsm" in message
    assert kind == "critical"


def test_this_process_ends_no_other_and_gives_up_on_a_busy_excel(tmp_path: Path) -> None:
    ended: list[str] = []
    windows = ModuleType("windows")
    windows.cleanup = lambda: ended.append("at exit")  # type: ignore[attr-defined]
    windows.Apps = type("Apps", (), {"cleanup": staticmethod(lambda: ended.append("apps"))})  # type: ignore[attr-defined]
    windows.N_COM_ATTEMPTS = 0  # type: ignore[attr-defined]
    book = opened(memory_engine.start(), tmp_path / "a.xlsx", OLD)
    sys.path.insert(0, str(tmp_path))

    safety.harden(book, windows=windows)

    windows.Apps.cleanup()
    assert ended == []
    assert windows.N_COM_ATTEMPTS > 0
    assert str(tmp_path) not in sys.path


@pytest.mark.parametrize(
    ("code", "inner", "busy"),
    [
        (-2146777998, None, True),
        (-2147352567, -2146777998, True),  # as a setting that is refused says it
        (-2147352567, -2146827284, False),
        (None, None, False),
    ],
)
def test_a_busy_excel_is_known_by_its_code_within_or_without(
    code: int | None, inner: int | None, *, busy: bool
) -> None:
    error = RuntimeError("COM")
    vars(error).update(hresult=code, excepinfo=inner and (0, None, None, None, 0, inner))

    assert safety.is_busy(error) is busy


def test_money_is_read_whole_and_a_newer_error_as_an_error(tmp_path: Path) -> None:
    book = opened(memory_engine.start(), tmp_path / "a.xlsx", OLD)
    cell = book.sheets["样张"].impl.model.cell
    cell(2, 2).value = Decimal("500.1235")  # as Excel for Windows gives ¥500.1235
    cell(2, 3).value = -2146826243  # #SPILL!

    line = read_sheets.rows(book.sheets["样张"])[1]

    assert [(value, type(value)) for value in line[1:3]] == [(500.1235, float), ("#VALUE!", str)]


def test_a_click_says_in_a_window_where_even_xlwings_cannot_be_loaded(tmp_path: Path) -> None:
    shown = tmp_path / "shown"
    (tmp_path / "zenity").write_text(
        f'#!/bin/sh\nprintf %s "$*" > {shown}.part\nmv {shown}.part {shown}\n'
    )
    (tmp_path / "zenity").chmod(0o755)
    program = (
        "import sys; sys.modules['xlwings'] = None\n"
        "from wyexcel.desktop import excel_button; print(excel_button.run('check'))"
    )
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("程序出错，没有做完")
    end = time.monotonic() + 10
    while not shown.exists():
        assert time.monotonic() < end, "no window"
        time.sleep(0.01)
    assert "程序出错，没有做完" in shown.read_text()
    assert "xlwings" in (tmp_path / ".wyexcel" / "wyexcel.log").read_text()


def test_a_click_whose_workspace_cannot_be_written_says_so(demo: Path) -> None:
    (demo / ".wyexcel.click.lock").mkdir()  # no file can be made there
    book = memory_engine.start().books.open(demo / "master.xlsm")

    assert "不能写入" in excel_button.run("assess", book)


def test_a_copy_that_cannot_go_yet_keeps_no_click_from_its_work(demo: Path) -> None:
    home = demo / "备份"
    home.mkdir()
    stuck = home / "20200101-000000-000000-进度判定前.xlsm"
    stuck.mkdir()  # which nobody can unlink
    for number in range(backup.MOST):
        (home / f"20200102-000000-{number:06}-进度判定前.xlsm").touch()
    book = memory_engine.start().books.open(demo / "master.xlsm")

    assert excel_button.run("assess", book) == ""

    assert statuses(book)["规上工业总产值"] == "欠进度"
    assert stuck.is_dir()


def test_an_undoing_that_fails_is_told_and_the_master_stays_open(demo: Path) -> None:
    app = memory_engine.start()
    master = app.books.open(demo / "master.xlsm")
    excel_button.run("assess", master)
    [copy] = (demo / "备份").glob("*.xlsm")
    copy.unlink()
    copy.mkdir()  # which nobody can read as a file

    refused = excel_button.run("undo", master)

    assert "不能读取" in refused
    assert app.impl.alerts[-1] == (refused, "critical")
    assert [book.name for book in app.books] == ["master.xlsm"]


def test_what_is_open_after_undoing_is_what_the_message_is_shown_over(demo: Path) -> None:
    app = memory_engine.start()
    master = app.books.open(demo / "master.xlsm")
    excel_button.run("assess", master)

    undone = backup.undo(master, Workspace(demo))

    assert undone.copy.is_file()
    assert undone.book in list(app.books)
    assert undone.book.sheets["操作台"]["B4"].value == "还没有操作"


def test_checking_an_open_form_marks_its_cells_until_they_are_right(
    app: xw.App, demo: Path
) -> None:
    book = app.books.open(demo / "报送" / "2025-09" / "投促中心补报.xlsx")
    sheet = book.sheets["填报"]

    excel_button.run("check", book)

    assert {place: marks(sheet[place]) for place in ("E7", "E8", "G10")} == {
        "E7": ("【错 R03】", (255, 199, 206)),
        "E8": ("【错 V02】", (255, 199, 206)),
        "G10": ("【错 I05】", (255, 199, 206)),
    }

    sheet["E8"].value = 0
    excel_button.run("check", book)

    assert marks(sheet["E8"]) == ("", (255, 249, 229))
    assert marks(sheet["E7"]) == ("【错 R03】", (255, 199, 206))
    assert is_protected(sheet)


def test_checking_an_open_form_says_nothing_of_units_it_did_not_look_at(
    app: xw.App, demo: Path
) -> None:
    """管委会 checks what others report first; their forms are not open."""
    path = demo / "报送" / "2025-09" / "市工业园区管委会.xlsx"
    said = mark_form.check(app.books.open(path))

    assert "主报单位" not in said
    assert "尚未报送" not in said


def marks(cell: xw.Range) -> tuple[str, tuple[int, int, int] | None]:
    """How the note on a cell begins, and its fill."""
    return (cell.note.text.partition("】")[0] + "】" if cell.note else "", cell.color)


def is_protected(sheet: xw.Sheet) -> bool:
    if sheet.book.app.engine.name == "memory":
        return bool(sheet.api.ProtectContents)
    return bool(sheet.api.isProtected())


def test_a_period_that_excel_took_for_a_date_is_still_that_period(master: xw.Book) -> None:
    cell = master.sheets["操作台"]["B3"]
    cell.number_format = "yyyy-mm"
    cell.value = date(2025, 9, 1)

    assert open_plan.period_of(read_sheets.master_contents(master, ("操作台",))) == Period(2025, 9)

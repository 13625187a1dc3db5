"""Real mouse clicks on the built master, in a LibreOffice that was started as a clerk starts it."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlwings as xw

from tests.support import calc
from tests.support.repository import ROOT
from wyexcel.master import buttons

pytestmark = [
    pytest.mark.slow,
    pytest.mark.flaky(reruns=2),
]  # a mouse on a loaded machine may come too early

TITLE = "园区通报"
EYE = f"eye-{os.getpid()}"
PATIENCE = 60


def until(what: Callable[[], object]) -> None:
    """Wait for *what* to be so."""
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


@contextmanager
def screen() -> Iterator[str]:
    """A screen of the tests' own; the value of DISPLAY for it."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x1000x24"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        try:
            yield f":{os.read(reading, 16).decode().strip()}"
        finally:
            server.kill()
            os.close(reading)
            os.close(writing)


@dataclass
class Desk:
    """The open master on a screen, and the hand that clicks."""

    root: Path
    display: str
    book: xw.Book

    def _mouse(self, *words: str) -> str:
        environment = {**os.environ, "DISPLAY": self.display}
        return subprocess.run(
            ["xdotool", *words], env=environment, capture_output=True, check=False, text=True
        ).stdout

    @property
    def boxes(self) -> list[str]:
        """The windows that show a message of ours."""
        return self._mouse("search", "--onlyvisible", "--name", TITLE).split()

    def press(self, caption: str) -> None:
        """Click the button that says *caption*."""
        controller = self.book.impl.api.getCurrentController()
        sheet = self.book.sheets[buttons.NAME]
        sheet.activate()
        page = sheet.impl.api.DrawPage
        shapes = [page.getByIndex(number) for number in range(page.getCount())]
        [button] = [shape.Control for shape in shapes if shape.Control.Label == caption]
        control = controller.getControl(button)
        at, size = control.getAccessibleContext().getLocationOnScreen(), control.getPosSize()
        x, y = at.X + size.Width // 2, at.Y + size.Height // 2
        hand = f"mousemove {x} {y} sleep 0.3 mousedown 1 sleep 0.1 mouseup 1"
        self._mouse(*hand.split())

    def click(self, caption: str) -> None:
        """Click the button, and close the message that ends what it does."""
        self.press(caption)
        until(lambda: self.boxes)
        self.photograph(caption)
        for box in self.boxes:
            self._mouse("windowfocus", box, "sleep", "0.3", "key", "Return")
        until(lambda: not self.boxes)

    def photograph(self, name: str) -> None:
        """Keep what is on the screen, where somebody asked for that."""
        if album := os.environ.get("WYEXCEL_ALBUM"):
            time.sleep(2)  # until everything is drawn
            environment = {**os.environ, "DISPLAY": self.display}
            picture = str(Path(album) / f"{name}.png")
            subprocess.run(["import", "-window", "root", picture], env=environment, check=True)

    def values(self, sheet: str) -> list[list[object]]:
        """What stands on *sheet*."""
        return self.book.sheets[sheet].used_range.options(ndim=2).value


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture(scope="module")
def office(demo_made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    if reason := calc.absent("Xvfb", "xdotool"):
        pytest.skip(reason)
    home = tmp_path_factory.mktemp("桌面")
    root = shutil.copytree(demo_made_once, home / "工作 目录")
    address = f"pipe,name={EYE}-{secrets.token_hex(8)}"
    bell = script(home / "bin" / "wyexcel", f'exec "{sys.executable}" -m wyexcel "$@"')
    script(home / "bin" / "xdg-open", f'printf %s "$1" >"{home}/opened"')
    with screen() as display:
        environment = {
            **os.environ,
            "DISPLAY": display,
            "PATH": f"{bell.parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "UserInstallation": calc.profile(home).as_uri(),
            "WYEXCEL": str(bell),
        }
        eye = [f"--accept={address};urp;"]  # the test's own way to read back
        command = ["soffice", "--norestore", "--nologo", *eye, str(root / "master.xlsm")]
        with subprocess.Popen(command, env=environment, start_new_session=True) as program:
            try:
                yield Desk(root, display, _opened(address, program))
            finally:
                os.killpg(program.pid, signal.SIGKILL)


def _opened(address: str, program: subprocess.Popen[bytes]) -> xw.Book:
    [app] = calc.reached(address, program).apps
    until(lambda: len(app.books) and app.books.active.impl.api.getCurrentController())
    time.sleep(2)  # until the window is drawn and takes clicks
    book = app.books.active
    book.sheets[buttons.NAME][buttons.PERIOD_CELL].value = "2025-09"
    return book


@pytest.mark.parametrize(
    ("caption", "shown", "said"),
    [
        ("下发报表", buttons.NAME, "已生成 5 份填报表"),
        ("校验报送", "校验结果", "错 3 条"),
        ("退回催报", "校验结果", "退回件"),
        ("合并汇总", "汇总", "通过5"),
        ("进度判定", "进度判定", "欠进度 1 项"),
        ("季度通报", "正文", "季度通报已生成"),
    ],
)
def test_a_click_shows_its_sheet_and_is_noted_on_the_desk(
    office: Desk, caption: str, shown: str, said: str
) -> None:
    office.click(caption)

    assert office.book.sheets.active.name == shown
    noted = office.book.sheets[buttons.NAME][buttons.LAST_CELL].value
    assert caption in noted
    assert said in noted
    assert office.book.app.screen_updating


def test_the_numbers_on_the_screen_are_those_of_the_worked_example(office: Desk) -> None:
    office.click("进度判定")

    [output] = [line for line in office.values("进度判定") if "规上工业总产值" in line]
    assert output[3:5] == [24, pytest.approx(17.6)]
    assert "欠进度" in output


def test_the_last_click_is_undone_and_the_buttons_stay(office: Desk) -> None:
    before = office.book.sheets[buttons.NAME][buttons.LAST_CELL].value
    office.click("合并汇总")

    office.click("撤销上次")

    office.book = office.book.app.books.active
    assert office.book.sheets[buttons.NAME][buttons.LAST_CELL].value == before


def test_a_click_goes_through_the_door_that_an_earlier_one_opened(office: Desk) -> None:
    office.click("校验报送")
    before = doors("wyexcel")

    office.click("校验报送")

    assert doors("wyexcel") == before > 0


def doors(name: str) -> int:
    """How many pipes called *name*-… a LibreOffice listens at."""
    listening = Path("/proc/net/unix").read_text("utf-8").splitlines()
    return sum(f"_{name}-" in line and _ACCEPTS in line for line in listening)


_ACCEPTS = " 00010000 "
"""How the kernel marks an end that takes calls."""


def test_the_folder_is_opened_in_the_file_manager(office: Desk) -> None:
    told = office.root.parent / "opened"

    office.press("打开文件夹")

    until(told.exists)
    assert Path(told.read_text("utf-8")) == office.root


def test_the_bulletin_is_previewed_as_it_will_be_printed(office: Desk) -> None:
    office.press("打印预览")

    document = office.book.impl.api
    until(lambda: not hasattr(document.getCurrentController(), "getActiveSheet"))
    office.photograph("预览")

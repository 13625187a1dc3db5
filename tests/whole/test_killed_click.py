"""A click that is killed half-way leaves everything usable, and the next click works."""

import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from tests.support import calc
from tests.support.repository import ROOT
from wyexcel.archive import manifest
from wyexcel.archive.workspace import Workspace
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.master import buttons
from wyexcel.period import Period

pytestmark = [
    pytest.mark.slow,
    pytest.mark.flaky(reruns=2),
]  # a real program on a loaded machine may be slow

TIMES = int(os.environ.get("WYEXCEL_KILLS", "6"))
"""How often; the gate takes a few, a person who changes this part takes fifty."""


@pytest.fixture
def office(demo: Path, tmp_path: Path) -> Iterator[tuple[xw.Book, dict[str, str]]]:
    """The open master of *demo*, and the environment in which its buttons run."""
    if reason := calc.absent():
        pytest.skip(reason)
    address = f"pipe,name=eye-{secrets.token_hex(8)}"
    environment = {**os.environ, "UserInstallation": calc.profile(tmp_path).as_uri()}
    environment["PYTHONPATH"] = str(ROOT)
    options = ["--headless", "--norestore", "--nologo", f"--accept={address};urp;"]
    command = ["soffice", *options, str(demo / "master.xlsm")]
    with subprocess.Popen(command, env=environment, start_new_session=True) as program:
        try:
            [app] = calc.reached(address, program).apps
            while not len(app.books):
                time.sleep(0.1)
            book = app.books.active
            book.sheets[buttons.NAME][buttons.PERIOD_CELL].value = "2025-09"
            yield book, environment
        finally:
            os.killpg(program.pid, signal.SIGKILL)


def test_a_killed_click_harms_nothing_and_the_next_one_works(
    office: tuple[xw.Book, dict[str, str]], demo: Path
) -> None:
    book, environment = office
    workspace, period = Workspace(demo), Period(2025, 9)
    originals = {path.name: path.read_bytes() for path in workspace.archive(period).iterdir()}
    command = [sys.executable, "-m", "wyexcel", "button", "merge"]
    started = time.monotonic()
    subprocess.run(command, env=environment, check=True)
    whole = time.monotonic() - started
    chance = random.Random(20250930)  # noqa: S311 - moments, not secrets

    for _ in range(TIMES):
        with subprocess.Popen(command, env=environment, start_new_session=True) as click:
            time.sleep(chance.uniform(0, whole))
            os.killpg(click.pid, signal.SIGKILL)
        kept = {path.name: path.read_bytes() for path in workspace.archive(period).iterdir()}
        assert {name: kept[name] for name in originals} == originals
        assert len(manifest.read_manifest(workspace, period)) == len(originals) - 1

    shutil.rmtree(demo / "备份", ignore_errors=True)
    subprocess.run(command, env=environment, check=True)

    noted = book.sheets[buttons.NAME][buttons.LAST_CELL].value
    assert "合并汇总" in noted
    assert book.app.screen_updating
    assert book.sheets.active.name == "汇总"
    book.impl.save_copy(str(demo / "copy.xlsm"))
    assert isinstance(read_workbook.read(demo / "copy.xlsm"), Book)
    assert [path.suffix for path in (demo / "备份").iterdir()] == [".xlsm"]

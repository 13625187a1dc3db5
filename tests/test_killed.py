"""A click that is killed half-way leaves a workbook that opens, and the next click works."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import calc
import pytest
import xlwings as xw

from wyexcel import addin, grid
from wyexcel.addin import reading

KILLS = int(os.environ.get("WYEXCEL_KILLS", "10"))
CLICK = """
import sys
import xlwings as xw
from wyexcel import addin, libreoffice
libreoffice.connect(sys.argv[1])
addin.run(sys.argv[2], xw.books.active)
"""


@pytest.fixture
def office() -> Iterator[str]:
    with calc.office() as address:
        yield address


def test_a_click_killed_at_any_moment_leaves_everything_usable(office: str, demo: Path) -> None:
    book = xw.books.open(demo / "master.xlsm")
    book.sheets["操作台"]["B3"].value = "2025-09"
    originals = {p.name: p.read_bytes() for p in (demo / "归档" / "2025-09").iterdir()}
    chance = random.Random(20250930)  # noqa: S311 - moments, not secrets

    for _ in range(KILLS):
        action = chance.choice(["check", "merge", "assess"])
        click = subprocess.Popen([sys.executable, "-c", CLICK, office, action])
        time.sleep(chance.uniform(0.3, 2.0))
        click.kill()
        click.wait()
    addin.run("assess", book)

    book.impl.save_copy(str(demo / "副本.xlsm"))
    saved = grid.read(demo / "副本.xlsm")
    written = grid.read(demo / "通报" / "2025-09" / "进度判定.xlsx")
    assert isinstance(saved, grid.Book)
    assert isinstance(written, grid.Book)
    live = reading.rows(book.sheets["进度判定"])
    assert [line[:2] for line in live] == [line[:2] for line in written.sheets["进度判定"]]
    assert "进度判定" in book.sheets["操作台"]["B4"].value
    assert xw.apps.active.screen_updating
    assert {p.name: p.read_bytes() for p in (demo / "归档" / "2025-09").iterdir()} == originals

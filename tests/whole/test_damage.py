"""What is damaged, and what is killed half-way, never says something else than it said."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import fuzz
from tests.support.answers import ask
from tests.support.packages import SHEET, pack, parts
from tests.support.repository import ROOT
from wyexcel.archive import manifest
from wyexcel.archive.workspace import Workspace
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.files.reading.refusal import Reason, Unreadable
from wyexcel.files.writing import xlsx
from wyexcel.period import Period
from wyexcel.practice.demo import PERIOD, demo_plan, sample_submission
from wyexcel.practice.fill_form import fill_form

TIMES = int(os.environ.get("WYEXCEL_KILLS", "6"))
"""How often; the gate takes a few, a person who changes this part takes two hundred."""


def test_damaged_forms_are_told_or_say_what_they_said(tmp_path: Path) -> None:
    plan = demo_plan()
    there = fuzz.forms(plan, tmp_path)

    assert fuzz.tried(plan, there, range(100)) == []


def test_a_declaration_that_does_not_end_is_refused(tmp_path: Path) -> None:
    content = parts()
    long = f'<?xml version="1.0" encoding="UTF-{"A" * 5000}"?>'
    content["xl/workbook.xml"] = long + content["xl/workbook.xml"]

    told = read_workbook.read(pack(tmp_path / "a.xlsx", content))

    assert isinstance(told, Unreadable)
    assert told.reason is Reason.DISAGREE


def test_a_formula_that_is_no_text_is_refused(tmp_path: Path) -> None:
    content: dict[str, str | bytes] = {**parts('<row r="1"><c r="A1"><f>1?</f><v>1</v></c></row>')}
    content[SHEET] = str(content[SHEET]).encode().replace(b"1?", b"1\xe4")

    told = read_workbook.read(pack(tmp_path / "a.xlsx", content))

    assert isinstance(told, Unreadable)
    assert told.reason is Reason.DAMAGED


def test_a_formula_in_a_cell_that_no_sheet_has_is_refused(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A01"><f>1+1</f><v></v></c></row>'

    told = read_workbook.read(pack(tmp_path / "a.xlsx", parts(cells)))

    assert isinstance(told, Unreadable)


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plan, path = demo_plan(), tmp_path_factory.mktemp("表") / "a.xlsx"
    xlsx.write(fill_form(plan, sample_submission(plan, "市商务局"), PERIOD), path)
    return path


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_one_damaged_byte_gives_a_refusal_or_the_same_values(
    form: Path, data: st.DataObject
) -> None:
    content = bytearray(form.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path = form.with_name("b.xlsx")
    path.write_bytes(content)

    there, good = read_workbook.read(path), read_workbook.read(form)

    assert isinstance(good, Book)
    if isinstance(there, Book):
        assert (there.names, there.sheets) == (good.names, good.sheets)


@pytest.mark.slow
@pytest.mark.flaky(reruns=2)  # a real program on a loaded machine may be slow
def test_a_killed_merge_loses_nothing_and_the_next_one_completes(
    demo_made_once: Path, tmp_path: Path
) -> None:
    period, chance = Period(2025, 9), random.Random(20250930)  # noqa: S311 - moments, not secrets
    command = [sys.executable, "-m", "wyexcel", "-C", str(tmp_path), "--quiet", "merge", "2025-09"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    shutil.copytree(demo_made_once, tmp_path, dirs_exist_ok=True)
    workspace = Workspace(tmp_path)
    whole = 1.0
    for number in range(TIMES):
        if not number % 2:
            shutil.rmtree(workspace.archive(period), ignore_errors=True)
        started = time.monotonic()
        with subprocess.Popen(command, env=environment, start_new_session=True) as merge:
            if number:
                time.sleep(chance.uniform(0, whole))
                os.killpg(merge.pid, signal.SIGKILL)
        whole = whole if number else time.monotonic() - started
        for kept in manifest.read_manifest(workspace, period):
            manifest.checked_original(workspace.archive(period), kept)

    code = ask(tmp_path, "merge", "2025-09").code

    assert code == ask(demo_made_once, "check", "2025-09").code
    lines = manifest.read_manifest(workspace, period)
    assert len(lines) == 6
    files = {path.name for path in workspace.archive(period).iterdir()}
    assert {line.file for line in lines} == files - {manifest.MANIFEST}

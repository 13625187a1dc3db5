"""Any workbooks at all, dropped into an inbox beside five good forms: WYEXCEL_CORPUS is a folder.

`WYEXCEL_CORPUS=… pytest tests/whole/test_corpus.py` checks every file below that folder at once.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.support.answers import ask
from tests.support.forms import PERIOD, PLAN, Answers, written

CORPUS = os.environ.get("WYEXCEL_CORPUS", "")
A_FILE = 0.1
"""How long a file may take in seconds, on the average."""


@pytest.mark.skipif(not CORPUS, reason="WYEXCEL_CORPUS names no folder of workbooks")
def test_whatever_lies_beside_five_good_forms_is_told_and_they_are_accepted(tmp_path: Path) -> None:
    assert ask(tmp_path, "init", ".").code == 0
    inbox = tmp_path / "报送" / str(PERIOD)
    inbox.mkdir()
    good = {written(Answers(unit=unit), inbox / f"{unit}.xlsx").name for unit in PLAN.reporting}
    others = [path for path in Path(CORPUS).rglob("*") if path.is_file()]
    for number, path in enumerate(others):
        shutil.copy(path, inbox / f"{number:05}_{path.name}")

    started = time.monotonic()
    command = [sys.executable, "-m", "wyexcel", "-C", str(tmp_path), "check", str(PERIOD)]
    done = subprocess.run([*command, "--json", "-"], capture_output=True, text=True, check=False)
    took = time.monotonic() - started

    said = json.loads(done.stdout)
    accepted = {one["file"] for one in said["submissions"] if one["status"] == "accepted"}
    told = Counter(finding["file"] for finding in said["findings"])
    assert (done.returncode, done.stderr, accepted) == (1, "", good)
    assert len(said["submissions"]) == len(others) + len(good)
    assert told.keys() | good == {one["file"] for one in said["submissions"]}
    assert took / len(others) < A_FILE
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1 << 20  # KiB

"""A workspace of the version before (0.1.0, before the rooms): what it made is read as before.

The zip holds what that version itself wrote: its master, forms that it issued and that came back
for September 2025, the archive of two closed quarters of which the second is being revised; and,
in 答案, what it said of them (JSON of `assess` and `check`).
"""

import json
import os
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.support.answers import ask

MADE_BEFORE = Path(__file__).with_name("workspace_of_version_0.1.0.zip")
CLOSED, REVISED, OPEN = "2025-03", "2025-06", "2025-09"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The workspace, every file dated as it was."""
    with zipfile.ZipFile(MADE_BEFORE) as archive:
        for member in archive.infolist():
            path = Path(archive.extract(member, tmp_path))
            moment = time.mktime((*member.date_time, 0, 0, 0))
            os.utime(path, (moment, moment))
    return tmp_path


def said_before(office: Path, name: str) -> Any:
    return json.loads((office / "答案" / name).read_text("utf-8"))


def as_before(assessed: Any) -> Any:
    """What `assess` says without the fields that it did not have then."""
    indicators = [
        {name: value for name, value in indicator.items() if name not in {"colour", "missed"}}
        for indicator in assessed["indicators"]
    ]
    return {**assessed, "indicators": indicators}


@pytest.mark.parametrize("period", [CLOSED, REVISED])
def test_an_archived_period_is_judged_as_before(office: Path, period: str) -> None:
    answered = ask(office, "assess", period)

    assert answered.code == 0
    assert as_before(answered.json) == said_before(office, f"assess-{period}.json")


def test_forms_that_were_issued_before_are_checked_as_before(office: Path) -> None:
    answered = ask(office, "check", OPEN)

    assert answered.json == said_before(office, f"check-{OPEN}.json")
    assert {s["status"] for s in answered.json["submissions"]} == {"accepted"}


def test_they_are_merged_and_judged_on_what_was_archived_before(office: Path) -> None:
    merged = ask(office, "merge", OPEN)
    answered = ask(office, "assess", OPEN)

    assert merged.code == 0
    assert as_before(answered.json) == said_before(office, f"assess-{OPEN}.json")


def test_a_closed_period_stays_closed_and_one_under_revision_is_closed_anew(office: Path) -> None:
    closed = office / "归档" / CLOSED / "定稿.json"
    content = closed.read_bytes()

    assert ask(office, "close", CLOSED).code == 0
    assert closed.read_bytes() == content
    assert ask(office, "close", REVISED, "--by", "王主任").code == 0
    assert (office / "归档" / REVISED / "定稿（修订1）.json").is_file()

"""What a click notes of the LibreOffice that it reached, for the next one."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from wyexcel.desktop.libreoffice import office_pipe


@pytest.fixture
def noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[office_pipe.OfficePipe, Path]]:
    """A door that was noted, and the pipe where LibreOffice has it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("UserInstallation", "file:///a")
    there = office_pipe.new_pipe()._replace(digit_width=185.4)
    office_pipe.remember(there)
    name = there.address.partition("=")[2]
    pipe = Path(f"/tmp/OSL_PIPE_{os.getuid()}_{name}")  # noqa: S108 - LibreOffice's own
    pipe.touch()
    yield there, pipe
    pipe.unlink(missing_ok=True)


def test_the_next_click_knows_the_door_and_what_was_measured_behind_it(
    noted: tuple[office_pipe.OfficePipe, Path],
) -> None:
    assert office_pipe.remembered() == noted[0]


def test_a_pipe_that_cannot_be_seen_may_be_elsewhere(
    noted: tuple[office_pipe.OfficePipe, Path],
) -> None:
    there, pipe = noted
    pipe.unlink()

    assert office_pipe.remembered() == there


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_a_pipe_of_somebody_else_is_no_door(noted: tuple[office_pipe.OfficePipe, Path]) -> None:
    os.chown(noted[1], 12345, -1)

    assert office_pipe.remembered() is None


@pytest.mark.usefixtures("noted")
def test_the_door_of_another_libreoffice_is_not_taken_for_this_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("UserInstallation", "file:///b")

    assert office_pipe.remembered() is None


@pytest.mark.usefixtures("noted")
@pytest.mark.parametrize(
    "note", ["", "file:///a\npipe,name=x\n", "file:///a\npipe,name=x\nbreit\n"]
)
def test_a_note_that_makes_no_sense_is_none(tmp_path: Path, note: str) -> None:
    (tmp_path / ".wyexcel" / "libreoffice").write_text(note, encoding="utf-8")

    assert office_pipe.remembered() is None

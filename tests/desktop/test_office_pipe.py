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
    """A pipe that was noted, and the file that it is."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("UserInstallation", "file:///a")
    noted_pipe = office_pipe.new_pipe()._replace(digit_width=185.4)
    office_pipe.remember(noted_pipe)
    name = noted_pipe.address.partition("=")[2]
    file = Path(f"/tmp/OSL_PIPE_{os.getuid()}_{name}")  # noqa: S108 - LibreOffice's own
    file.touch()
    yield noted_pipe, file
    file.unlink(missing_ok=True)


def test_the_next_click_knows_the_pipe_and_what_was_measured_through_it(
    noted: tuple[office_pipe.OfficePipe, Path],
) -> None:
    assert office_pipe.remembered() == noted[0]


def test_a_pipe_that_cannot_be_seen_may_be_elsewhere(
    noted: tuple[office_pipe.OfficePipe, Path],
) -> None:
    noted_pipe, file = noted
    file.unlink()

    assert office_pipe.remembered() == noted_pipe


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_a_pipe_of_somebody_else_is_not_used(noted: tuple[office_pipe.OfficePipe, Path]) -> None:
    os.chown(noted[1], 12345, -1)

    assert office_pipe.remembered() is None


@pytest.mark.usefixtures("noted")
def test_the_pipe_of_another_libreoffice_is_not_taken_for_this_one(
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

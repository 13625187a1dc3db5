"""Two commands on one workspace: one waits for the other or is refused, and nothing is lost."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.answers import ask
from tests.support.repository import ROOT
from wyexcel.archive import manifest, workspace
from wyexcel.archive.workspace import Workspace, alone
from wyexcel.period import Period

pytestmark = [
    pytest.mark.slow,
    pytest.mark.flaky(reruns=2),
]  # real programs on a loaded machine may be slow

PERIOD = Period(2025, 9)
FOUND = 1
"""What the demonstration ends with: one of its files goes back."""


def started(root: Path, command: str) -> subprocess.Popen[str]:
    """A command that runs by itself."""
    return subprocess.Popen(
        [sys.executable, "-m", "wyexcel", "-C", str(root), "--quiet", command, str(PERIOD)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(running: subprocess.Popen[str]) -> tuple[int, str]:
    """Its exit code, and what it said."""
    _, said = running.communicate(timeout=60)
    return running.returncode, said


def kept(root: Path) -> dict[str, bytes]:
    """The archive as it is, every original of the manifest found to be what it was."""
    home = Workspace(root).archive(PERIOD)
    lines = manifest.read_manifest(Workspace(root), PERIOD)
    files = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    assert {
        manifest.checked_original(home, line).name for line in lines
    } == files.keys() - manifest.OURS
    return files


@pytest.mark.parametrize(
    "commands", [("merge", "merge", "merge"), ("merge", "check"), ("run", "merge", "check")]
)
def test_commands_at_once_end_as_if_one_came_after_the_other(
    commands: tuple[str, ...], demo: Path
) -> None:
    before = kept(demo)
    shutil.rmtree(demo / "归档")

    running = [started(demo, command) for command in commands]

    assert [ended(one) for one in running] == [(FOUND, "")] * len(commands)
    assert kept(demo) == before
    assert ask(demo, "merge", str(PERIOD)).code == FOUND
    assert kept(demo) == before


def test_a_closing_beside_a_merge_closes_what_was_merged(demo: Path) -> None:
    before = kept(demo)

    merge, close = started(demo, "merge"), started(demo, "close")

    assert (ended(merge), ended(close)) == ((FOUND, ""), (0, ""))
    after = kept(demo)
    assert after.pop(manifest.CLOSING)
    assert after == before


def test_a_command_waits_while_another_has_the_workspace(demo: Path) -> None:
    shutil.rmtree(demo / "归档")
    with alone(Workspace(demo)):
        merge = started(demo, "merge")
        time.sleep(1.5)
        assert merge.poll() is None
        assert not (demo / "归档").exists()

    assert ended(merge) == (FOUND, "")
    assert len(kept(demo)) == 7


@pytest.mark.parametrize("command", ["issue", "check", "return", "merge", "run", "close"])
def test_a_command_that_has_waited_long_enough_is_refused(
    command: str, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "_PATIENCE", 0.1)
    before = kept(demo)

    with alone(Workspace(demo)):
        refused = ask(demo, command, str(PERIOD))

    assert (refused.code, refused.json) == (2, None)
    assert refused.error.count("\n") == 1
    assert "另一个 wyexcel 命令正在使用" in refused.error
    assert "请等它做完再试" in refused.error
    assert kept(demo) == before

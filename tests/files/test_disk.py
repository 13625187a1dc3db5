import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wyexcel.archive.workspace import Workspace, alone
from wyexcel.errors import CannotRead, CannotWrite
from wyexcel.files import disk


def test_a_failed_write_leaves_the_old_file_and_no_temporary_one(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_text("旧")

    def fail(file: object) -> None:
        file.write(b"half")  # type: ignore[attr-defined]
        raise OSError(28, "No space left on device")

    with pytest.raises(CannotWrite, match="磁盘"):
        disk.write(path, fail)

    assert path.read_text() == "旧"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="没有这个文件夹"):
        disk.write_text(tmp_path / "没有" / "a.txt", "一")


def test_a_copy_of_something_else_than_expected_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.write_text("改过")

    with pytest.raises(CannotRead, match="被改动"):
        disk.copy(source, tmp_path / "b", sha256="0" * 64)

    assert not (tmp_path / "b").exists()


def test_a_name_as_long_as_a_folder_can_hold_is_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'长' * 83}.xlsx"  # 254 bytes of 255

    disk.write_text(path, "一")

    assert path.read_text() == "一"


def test_sweeping_takes_what_a_killed_program_left_and_nothing_else(tmp_path: Path) -> None:
    left = tmp_path / "归档" / ".~wy-0011223344556677.tmp"
    ours = [tmp_path / "归档" / name for name in ("a.tmp", ".~lock.a.xlsx#", ".~wy-a.xlsx")]
    ours.append(disk.temporary_name(left))  # this program still writes there
    left.parent.mkdir()
    for file in (left, *ours):
        file.touch()

    disk.remove_leftovers(tmp_path)

    assert sorted(left.parent.iterdir()) == sorted(ours)


def test_the_next_command_on_a_workspace_sweeps_it(tmp_path: Path) -> None:
    left = tmp_path / ".~wy-0011223344556677.tmp"
    left.touch()

    with alone(Workspace(tmp_path)):
        assert not left.exists()


_SAVE = """
import sys
from pathlib import Path
from wyexcel.files import disk
size = 4_000_000
while True:
    for letter in b"ab":
        disk.write(Path(sys.argv[1]), lambda f: f.write(bytes([letter]) * size))
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    path = tmp_path / "大.bin"
    for pause in (0.15, 0.22, 0.31, 0.4):
        process = subprocess.Popen([sys.executable, "-c", _SAVE, str(path)])
        while not path.exists():
            time.sleep(0.01)
        time.sleep(pause)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

        content = path.read_bytes()

        assert len(content) == 4_000_000
        assert len(set(content)) == 1

    disk.remove_leftovers(tmp_path)

    assert list(tmp_path.iterdir()) == [path]

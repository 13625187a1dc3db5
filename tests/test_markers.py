"""What tests may do is what they are marked for."""

import shutil
import subprocess

import pytest
from filelock import FileLock, Timeout

from tests.conftest import ONE_AT_A_TIME
from wyexcel.files.writing.find_libreoffice import soffice_program


@pytest.mark.parametrize("program", ["soffice", "Xvfb"])
def test_a_test_that_is_not_slow_cannot_start_a_real_program(program: str) -> None:
    place = (soffice_program() if program == "soffice" else shutil.which(program)) or ""

    done = subprocess.run([place], capture_output=True, check=False, text=True)

    assert (done.returncode, done.stderr) == (3, f"only tests marked slow may start {program}\n")


@pytest.mark.slow
@pytest.mark.skipif(not soffice_program(), reason="没有 LibreOffice")
def test_a_slow_one_can() -> None:
    assert subprocess.run([soffice_program() or "", "--version"], check=False).returncode == 0


@pytest.mark.slow
def test_a_slow_one_runs_alone() -> None:
    other = FileLock(ONE_AT_A_TIME.lock_file)

    with pytest.raises(Timeout):
        other.acquire(blocking=False)

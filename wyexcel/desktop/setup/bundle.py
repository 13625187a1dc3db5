"""One folder for a computer without network: packages, a workspace, and what installs them."""

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from wyexcel.desktop.setup import batch_files, own_wheel
from wyexcel.errors import CannotWrite
from wyexcel.stages import new_workspace

WHEELS: Final = "wheels"
WORKSPACE: Final = "workspace"
PYTHON: Final = "3.12"
PLATFORM: Final = "win_amd64"

WINDOWS_ONLY: Final = ("pywin32>=306", "tzdata")
"""What Windows needs beside: pip judges such conditions by the system that it runs on."""


def make(folder: Path) -> tuple[Path, ...]:
    """Fill *folder*, which must be new or empty; return what lies at its top."""
    if folder.exists() and any(folder.iterdir()):
        message = f"“{folder}”里已有文件，没有改动它。请换一个新文件夹。"
        raise CannotWrite(message)
    (folder / WHEELS).mkdir(parents=True, exist_ok=True)
    download(folder / WHEELS, WINDOWS_ONLY)
    new_workspace.create(folder / WORKSPACE)
    batch_files.write(batch_files.INSTALL, folder)
    batch_files.write(batch_files.SEASON, folder / WORKSPACE)
    return tuple(sorted(folder.iterdir()))


def download(folder: Path, further: Iterable[str]) -> None:
    """Download into *folder* all that our own wheel needs on Windows, the wheel too, with pip.

    Raises CannotWrite where pip fails.
    """
    with tempfile.TemporaryDirectory() as workshop:
        wheel = own_wheel.make(Path(workshop))
        words = [sys.executable, "-m", "pip", "download", "--quiet", "--only-binary=:all:"]
        words += ["--platform", PLATFORM, "--python-version", PYTHON, "--implementation", "cp"]
        words += ["--dest", str(folder), str(wheel), *further]
        pip = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if pip.returncode:
        reason = pip.stderr.strip().splitlines()[-1:] or ["pip 没有运行"]
        message = f"没能取齐 Windows 的程序包（{reason[0]}）。请检查网络和 pip 后重新运行。"
        raise CannotWrite(message)

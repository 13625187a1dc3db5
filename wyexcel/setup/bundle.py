"""One folder for a computer without network: packages, a workspace, and what installs them."""

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Final

from wyexcel import collection, disk
from wyexcel.errors import CannotWrite
from wyexcel.setup import own_wheel

WHEELS: Final = "wheels"
WORKSPACE: Final = "workspace"
PYTHON: Final = "3.12"
PLATFORM: Final = "win_amd64"

WINDOWS_ONLY: Final = ("pywin32>=306", "tzdata")
"""What Windows needs beside: pip judges such conditions by the system that it runs on."""

_BATCHES: Final = "batch"
_IN_WORKSPACE: Final = ("season.bat", "season.txt")
_AT_TOP: Final = ("install.bat", "install.txt", "no-python.txt")


def make(folder: Path) -> tuple[Path, ...]:
    """Fill *folder*, which must be new or empty; return what lies at its top."""
    if folder.exists() and any(folder.iterdir()):
        message = f"“{folder}”里已有文件，没有改动它。请换一个新文件夹。"
        raise CannotWrite(message)
    (folder / WHEELS).mkdir(parents=True, exist_ok=True)
    download(folder / WHEELS, WINDOWS_ONLY)
    collection.found(folder / WORKSPACE)
    write_batches(folder)
    return tuple(sorted(folder.iterdir()))


def download(folder: Path, further: Iterable[str]) -> None:
    """Our own wheel and all that it needs on Windows, through the user's own pip."""
    with tempfile.TemporaryDirectory() as workshop:
        wheel = own_wheel.make(Path(workshop))
        words = [sys.executable, "-m", "pip", "download", "--quiet", "--only-binary=:all:"]
        words += ["--platform", PLATFORM, "--python-version", PYTHON, "--implementation", "cp"]
        words += ["--dest", str(folder), str(wheel), *further]
        done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:] or ["pip 没有运行"]
        message = f"没能取齐 Windows 的程序包（{reason[0]}）。请检查网络和 pip 后重新运行。"
        raise CannotWrite(message)


def write_batches(folder: Path) -> None:
    """The batch files and what they say, with the line ends of Windows."""
    source = Path(str(resources.files("wyexcel"))) / "setup" / _BATCHES
    for names, target in ((_AT_TOP, folder), (_IN_WORKSPACE, folder / WORKSPACE)):
        for name in names:
            text = (source / name).read_text("utf-8")
            disk.write_text(target / name, text.replace("\n", "\r\n"))

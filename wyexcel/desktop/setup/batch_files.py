"""The batch files that a clerk double-clicks, and what they say."""

from importlib import resources
from pathlib import Path
from typing import Final

from wyexcel.files import disk

INSTALL: Final = ("install.bat", "install.txt", "no-python.txt")
SEASON: Final = ("season.bat", "season.txt")
_FOLDER: Final = Path("desktop", "setup", "batch")


def write(names: tuple[str, ...], folder: Path) -> tuple[Path, ...]:
    """Put the files *names* into *folder*, with the line ends of Windows; return them."""
    source = Path(str(resources.files("wyexcel"))) / _FOLDER
    for name in names:
        text = (source / name).read_text("utf-8")
        disk.write_text(folder / name, text.replace("\n", "\r\n"))
    return tuple(folder / name for name in names)

"""A copy of an open workbook, saved by LibreOffice while this process goes on with its own work."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from wyexcel.desktop.libreoffice.background_call import FRESH, BackgroundCall
from wyexcel.desktop.libreoffice.uno import options, uno
from wyexcel.errors import CannotWrite
from wyexcel.files import disk

_FILTERS: Final = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".ods": "calc8",
}
_UNSAVED: Final = "LibreOffice 不能把“{}”另存到“{}”。请检查磁盘空间和文件夹权限，再点一次。"


def save_options(suffix: str) -> tuple[Any, ...]:
    """The arguments with which Calc saves a file whose name ends in *suffix*."""
    return options(FilterName=_FILTERS[suffix.lower()], Overwrite=True)


def save(document: Any, path: Path, suffix: str) -> None:
    """Save a copy of *document* at *path*, in the format of *suffix*, with its buttons.

    The file is written whole or not at all: then CannotWrite is raised.
    """
    temporary = disk.temporary_name(path)
    try:
        try:
            location = uno().systemPathToFileUrl(str(temporary))
            document.storeToURL(location, save_options(suffix))
            content = temporary.read_bytes()
        except Exception as error:  # UNO's own have no base of their own
            raise CannotWrite(_UNSAVED.format(document.getTitle(), path.parent)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    from wyexcel.desktop.libreoffice import lost_buttons  # noqa: PLC0415 - loaded while LibreOffice saves

    disk.write(path, lambda file: file.write(lost_buttons.mended(content)))


class CopyInProgress:
    """A copy that is being saved in the background, at a file of its own."""

    def __init__(self, file: Path, save_at: Callable[[Path], None]) -> None:
        """Start *save_at*, which saves it at *file*."""
        self._file = file
        self._started = time.monotonic()
        self.saving = BackgroundCall(lambda: save_at(file))

    def finish_at(self, path: Path) -> bool:
        """Wait until it is saved and move it to *path*; raise what saving raised.

        False where it took so long that the workbook may have changed since: then nothing is
        moved, and a new copy is needed.
        """
        self.saving.result()
        if time.monotonic() - self._started > FRESH:
            return False
        if self._file != path:
            disk.move(self._file, path)
        return True

    def discard(self) -> None:
        """Wait until it is saved, and delete it if it was not moved."""
        self.saving.join()
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

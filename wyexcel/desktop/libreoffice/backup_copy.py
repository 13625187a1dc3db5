"""A copy of an open workbook, saved by LibreOffice while this process goes on with its own work."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from wyexcel.desktop.libreoffice.background_call import FRESH, Aside
from wyexcel.desktop.libreoffice.uno import options, uno
from wyexcel.errors import CannotWrite
from wyexcel.files import disk

_FILTERS: Final = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".ods": "calc8",
}
_UNSAVED: Final = "LibreOffice 不能把“{}”另存到“{}”。请检查磁盘空间和文件夹权限，再点一次。"


def kind(suffix: str) -> tuple[Any, ...]:
    """How a file whose name ends in *suffix* is saved."""
    return options(FilterName=_FILTERS[suffix.lower()], Overwrite=True)


def save(document: Any, path: Path, suffix: str) -> None:
    """Save *document* at *path*, as a file that ends in *suffix*, with its buttons.

    Whole or not at all: raises CannotWrite.
    """
    saved = disk.temporary_name(path)
    try:
        try:
            document.storeToURL(uno().systemPathToFileUrl(str(saved)), kind(suffix))
            content = saved.read_bytes()
        except Exception as error:  # UNO's own have no base of their own
            raise CannotWrite(_UNSAVED.format(document.getTitle(), path.parent)) from error
    finally:
        with suppress(OSError):
            saved.unlink(missing_ok=True)
    from wyexcel.desktop.libreoffice import lost_buttons  # noqa: PLC0415 - loaded while LibreOffice saves

    disk.write(path, lambda file: file.write(lost_buttons.mended(content)))


class Copy:
    """A copy that is on its way to a file."""

    def __init__(self, file: Path, save_at: Callable[[Path], None]) -> None:
        """Begin to save it with *save_at*, at *file*."""
        self._file = file
        self._since = time.monotonic()
        self.saving = Aside(lambda: save_at(file))

    def put(self, path: Path) -> bool:
        """Wait for it, and have it at *path*; False where it is no longer as good as a new one."""
        self.saving.wait()
        if time.monotonic() - self._since > FRESH:
            return False
        if self._file != path:
            disk.move(self._file, path)
        return True

    def drop(self) -> None:
        """Have nobody make it any more, and none at its own file."""
        self.saving.end()
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

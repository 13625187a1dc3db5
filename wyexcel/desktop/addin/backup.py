"""A copy of the master from before every click that changes it, and the way back (撤销上次)."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import xlwings as xw

from wyexcel.archive.workspace import Workspace, folder
from wyexcel.desktop.addin import excel_or_calc
from wyexcel.errors import CannotWrite, NothingToDo
from wyexcel.files import disk
from wyexcel.master import buttons

MOST: Final = 30
"""Copies that are kept; the oldest go first."""
_UNDONE: Final = "已撤销"
_NONE: Final = "没有可以撤销的操作。"


class Backup:
    """A copy of a book from before a click, in a file named by the time and by the click."""

    def __init__(self, book: xw.Book, folder_of_copies: Path, what: str) -> None:
        """Begin to save *book* in *folder_of_copies*, as it is before *what*."""
        now = datetime.now().astimezone()
        self._path = folder_of_copies / f"{now:%Y%m%d-%H%M%S-%f}-{what}前{Path(book.name).suffix}"
        self._copy = excel_or_calc.begin_copy(book, self._path)
        self._kept = False

    def keep(self) -> None:
        """Wait until it is saved; of all copies delete the oldest beyond `MOST`."""
        self._kept = True
        self._copy.keep()
        for old in _copies(self._path.parent)[:-MOST]:
            with suppress(OSError):  # open somewhere: it goes another time
                old.unlink(missing_ok=True)

    def close(self) -> None:
        """Delete it, unless it was kept: nothing was done to the book."""
        if not self._kept:
            self._copy.discard()
            self._path.unlink(missing_ok=True)


@contextmanager
def before(book: xw.Book, workspace: Workspace, what: str) -> Generator[Backup]:
    """A backup of *book* from before *what*; it is deleted where the block does not keep it."""
    backup = Backup(book, folder(workspace.root / buttons.COPIES), what)
    try:
        yield backup
    finally:
        backup.close()


class Undone(NamedTuple):
    """An undone click: the copy that was restored, and the workbook that is open now."""

    copy: Path
    book: xw.Book


def undo(book: xw.Book, workspace: Workspace) -> Undone:
    """Restore *book* from the newest backup that was not restored yet.

    The book as it was until now is saved beside it, marked so that it is never restored. Raises
    NothingToDo where there is no backup.
    """
    copies = [copy for copy in _copies(workspace.root / buttons.COPIES) if _UNDONE not in copy.stem]
    if not copies:
        raise NothingToDo(_NONE)
    last = copies[-1]
    used = last.with_name(f"{last.stem}-{_UNDONE}{last.suffix}")
    excel_or_calc.save_copy(book, used.with_name(f"{last.stem}-{_UNDONE}的内容{last.suffix}"))
    restored = excel_or_calc.restore(book, last)
    try:
        disk.move(last, used)
    except CannotWrite:  # held by somebody: the same copy is taken again
        return Undone(last, restored)
    return Undone(used, restored)


def _copies(folder_of_copies: Path) -> list[Path]:
    """The backups, oldest first: their names begin with the time."""
    return sorted(folder_of_copies.glob("[0-9]*.xls?"))

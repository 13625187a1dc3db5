"""A copy of the master from before every click that changes it, and the way back (撤销上次)."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import xlwings as xw

from wyexcel.archive.workspace import Workspace, folder
from wyexcel.desktop.addin import application
from wyexcel.errors import CannotWrite, NothingToDo
from wyexcel.files import disk
from wyexcel.master import buttons

MOST: Final = 30
"""Copies that are kept; the oldest go first."""
_DONE: Final = "已撤销"
_NONE: Final = "没有可以撤销的操作。"


class Copy:
    """A copy of a book that is being made, named by the time and by what is about to be done."""

    def __init__(self, book: xw.Book, home: Path, what: str) -> None:
        """The copy of *book* as it stands before *what*."""
        now = datetime.now().astimezone()
        self._path = home / f"{now:%Y%m%d-%H%M%S-%f}-{what}前{Path(book.name).suffix}"
        self._copying = application.copying(book, self._path)
        self._wanted = False

    def keep(self) -> None:
        """Have it there, and none of the oldest."""
        self._wanted = True
        self._copying.keep()
        for old in _copies(self._path.parent)[:-MOST]:
            with suppress(OSError):  # open somewhere: it goes another time
                old.unlink(missing_ok=True)

    def leave(self) -> None:
        """Have no copy of a book to which nothing was done."""
        if not self._wanted:
            self._copying.drop()
            self._path.unlink(missing_ok=True)


@contextmanager
def before(book: xw.Book, workspace: Workspace, what: str) -> Generator[Copy]:
    """A copy of *book* from before *what*; it stays where it was kept by the end of the block."""
    copy = Copy(book, folder(workspace.root / buttons.COPIES), what)
    try:
        yield copy
    finally:
        copy.leave()


class Undone(NamedTuple):
    """What was undone: the copy that the workbook is now as, and the workbook that is open now."""

    copy: Path
    book: xw.Book


def undo(book: xw.Book, workspace: Workspace) -> Undone:
    """Let *book* be as it was before the last change.

    What it was until now is kept too, and is not undone a second time.
    """
    copies = [copy for copy in _copies(workspace.root / buttons.COPIES) if _DONE not in copy.stem]
    if not copies:
        raise NothingToDo(_NONE)
    last = copies[-1]
    used = last.with_name(f"{last.stem}-{_DONE}{last.suffix}")
    application.save_copy(book, used.with_name(f"{last.stem}-{_DONE}的内容{last.suffix}"))
    restored = application.restore(book, last)
    try:
        disk.move(last, used)
    except CannotWrite:  # held by somebody: the same copy is taken again
        return Undone(last, restored)
    return Undone(used, restored)


def _copies(home: Path) -> list[Path]:
    """The copies in *home*, oldest first: their names begin with the time."""
    return sorted(home.glob("[0-9]*.xls?")) if home.is_dir() else []

"""A copy of the master from before every click that changes it, and the way back (撤销上次)."""

from datetime import datetime
from pathlib import Path
from typing import Final

import xlwings as xw

from wyexcel.addin import native
from wyexcel.errors import NothingToDo
from wyexcel.workspace import Workspace, folder

HOME: Final = "备份"
MOST: Final = 30
"""Copies that are kept; the oldest go first."""
_DONE: Final = "已撤销"
_NONE: Final = "没有可以撤销的操作。"


def keep(book: xw.Book, workspace: Workspace, what: str) -> Path:
    """A copy of *book* as it stands now, named by the time and by *what* is about to be done."""
    home = folder(workspace.root / HOME)
    now = datetime.now().astimezone()
    path = home / f"{now:%Y%m%d-%H%M%S-%f}-{what}前{Path(book.name).suffix}"
    native.save_copy(book, path)
    for old in _copies(home)[:-MOST]:
        old.unlink(missing_ok=True)
    return path


def undo(book: xw.Book, workspace: Workspace) -> Path:
    """Let *book* be as it was before the last change; the copy that says so.

    What it was until now is kept too, and is not undone a second time.
    """
    copies = [copy for copy in _copies(workspace.root / HOME) if _DONE not in copy.stem]
    if not copies:
        raise NothingToDo(_NONE)
    last = copies[-1]
    used = last.with_name(f"{last.stem}-{_DONE}{last.suffix}")
    native.save_copy(book, used.with_name(f"{last.stem}-{_DONE}的内容{last.suffix}"))
    native.restore(book, last)
    last.replace(used)
    return used


def _copies(home: Path) -> list[Path]:
    """The copies in *home*, oldest first: their names begin with the time."""
    return sorted(home.glob("[0-9]*.xls?")) if home.is_dir() else []

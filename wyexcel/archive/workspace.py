"""Where things lie: the folders of a workspace (工作目录), its master, its lock (contract.md)."""

import errno
import os
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from msgspec import Struct

from wyexcel.errors import CannotRead, CannotWrite, NotAWorkspace
from wyexcel.files import disk
from wyexcel.period import Period

MASTER: Final = "master.xlsm"
FORMS: Final = "下发"
INBOX: Final = "报送"
RETURNED: Final = "退回"
ARCHIVE: Final = "归档"
BULLETINS: Final = "通报"
SCRATCH: Final = ".解压"

_LOCK: Final = ".wyexcel.lock"
_PATIENCE: Final = 20.0


class Busy(Exception):
    """Somebody else holds a lock."""


class Workspace(Struct, frozen=True):
    """One office's folder; nothing in it is read or made until a function asks for it."""

    root: Path

    @property
    def master(self) -> Path:
        """The master workbook, whose plan sheets are the plan at run time."""
        return self.root / MASTER

    def forms(self, period: Period) -> Path:
        """Where the blank forms of *period* are put (下发)."""
        return self.root / FORMS / str(period)

    def inbox(self, period: Period) -> Path:
        """Where staff drop what arrives for *period* (报送)."""
        return self.root / INBOX / str(period)

    def returned(self, period: Period) -> Path:
        """Where annotated copies and reminders are put (退回)."""
        return self.root / RETURNED / str(period)

    def archive(self, period: Period) -> Path:
        """Where accepted originals are kept untouched (归档)."""
        return self.root / ARCHIVE / str(period)

    @property
    def scratch(self) -> Path:
        """Where the files of archives (.zip) lie while a command works on them."""
        return self.root / SCRATCH

    def bulletins(self, period: Period) -> Path:
        """Where what is printed is put (通报)."""
        return self.root / BULLETINS / str(period)


def find(root: Path) -> Workspace:
    """The workspace at *root*; raise NotAWorkspace where no master workbook stands."""
    workspace = Workspace(root.absolute())
    if not workspace.master.is_file():
        message = (
            f"“{workspace.root}”里没有 {MASTER}，不是工作目录。"
            f"请先运行 wyexcel init 新建，或用 -C 指明工作目录。"
        )
        raise NotAWorkspace(message)
    return workspace


@contextmanager
def alone(workspace: Workspace) -> Generator[None]:
    """Hold the workspace so that one command at a time changes it; wait a little, then refuse."""
    with ExitStack() as held:
        try:
            held.enter_context(locked(workspace, _LOCK, patience=_PATIENCE))
        except Busy:
            message = f"另一个 wyexcel 命令正在使用“{workspace.root}”，请等它做完再试。"
            raise CannotWrite(message) from None
        disk.remove_leftovers(workspace.root)
        held.callback(_clear, workspace.scratch)
        yield


def _clear(scratch: Path) -> None:
    """Remove what was unpacked into *scratch*; what stays is removed by the next command."""
    if scratch.is_dir():
        with suppress(OSError):
            for path in scratch.iterdir():
                path.unlink()
            scratch.rmdir()


@contextmanager
def locked(workspace: Workspace, name: str, *, patience: float) -> Generator[None]:
    """Hold the lock *name* of the workspace.

    Raises Busy where somebody else holds it longer than *patience*, in seconds, and CannotWrite
    where the folder cannot be written.
    """
    lock = FileLock(workspace.root / name, timeout=patience)
    try:
        lock.acquire()
    except Timeout:
        raise Busy from None
    except OSError as error:
        message = (
            f"工作目录“{workspace.root}”不能写入（{system_reason(error)}），请检查权限和磁盘。"
        )
        raise CannotWrite(message) from error
    try:
        yield
    finally:
        lock.release()


def folder(path: Path) -> Path:
    """*path*, made if it was not there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"不能新建文件夹“{path}”（{system_reason(error)}），请检查权限和磁盘空间。"
        raise CannotWrite(message) from error
    return path


def files_in(path: Path) -> tuple[Path, ...]:
    """Everything in the folder *path* and its subfolders that is no folder itself, by name.

    Hidden and lock files, links, pipes too, and each subfolder that cannot be read: whatever lies
    there can be told. Raises CannotRead where *path* itself cannot be read.
    """
    found: list[Path] = []
    folders = [path]
    while folders:
        where = folders.pop()
        try:
            with os.scandir(where) as entries:
                for entry in entries:
                    is_folder = entry.is_dir(follow_symlinks=False)
                    (folders if is_folder else found).append(Path(entry.path))
        except OSError as error:
            if where == path:
                why = system_reason(error)
                message = f"不能读取文件夹“{path}”（{why}），请检查它是否存在、是否有权限。"
                raise CannotRead(message) from error
            found.append(where)
    return tuple(sorted(found))


_REASONS: Final[Mapping[type[OSError], str]] = {
    PermissionError: "没有权限",
    FileNotFoundError: "不存在",
    NotADirectoryError: "不是文件夹",
    FileExistsError: "同名文件已存在",
}


_CODES: Final[Mapping[int | None, str]] = {
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
}


def system_reason(error: OSError) -> str:
    """Why the system refused, in words a clerk knows."""
    return _CODES.get(error.errno) or _REASONS.get(type(error)) or f"系统错误 {error.errno}"

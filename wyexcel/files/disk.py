"""The one way a file comes into being: whole, or not at all.

A temporary file in the same folder is filled, flushed to the disk and put in the place of the old
one in a single step, so that a crash, a full disk or a killed program leaves the old file or the
new one, never half of either.
"""

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final

from wyexcel.errors import CannotRead, CannotWrite

_PREFIX: Final = ".~wy-"
_SUFFIX: Final = ".tmp"
_OURS: Final[set[str]] = set()
"""The names that this process gave to temporary files."""

_ATTEMPTS: Final = 8
_FIRST_WAIT: Final = 0.01


def write(path: Path, fill: Callable[[IO[bytes]], object]) -> None:
    """Make *path* from what *fill* writes; raise CannotWrite and leave *path* alone on failure."""
    temporary = temporary_name(path)
    try:
        with temporary.open("xb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(temporary, path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise CannotWrite(_sentence(path, error)) from error
        raise
    _remember(path.parent)


def temporary_name(path: Path) -> Path:
    """A name in the folder of *path* that nobody has, for a file that is not there to stay."""
    name = f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}"
    _OURS.add(name)
    return path.with_name(name)


def move(source: Path, target: Path) -> None:
    """Put *source* in the place of *target* in one step; raise CannotWrite where it cannot be."""
    try:
        _put_in_place(source, target)
    except OSError as error:
        raise CannotWrite(_sentence(target, error)) from error
    _remember(target.parent)


def write_text(path: Path, text: str) -> None:
    """Make *path* a UTF-8 text file that says *text*."""
    write(path, lambda file: file.write(text.encode()))


def copy(source: Path, target: Path, *, sha256: str = "") -> None:
    """Make *target* a copy of *source*, which must still have the content *sha256* if given."""
    try:
        content = source.read_bytes()
    except OSError as error:
        message = f"不能读取“{source}”，请检查它是否还在、是否被其他程序占用。"
        raise CannotRead(message) from error
    if sha256 and _sha256(content) != sha256:
        message = f"“{source}”在处理过程中被改动了，请重新运行。"
        raise CannotRead(message)
    write(target, lambda file: file.write(content))


def _sha256(content: bytes) -> str:
    import hashlib  # noqa: PLC0415 - a button reaches the workbook before it copies a form

    return hashlib.sha256(content).hexdigest()


def remove_leftovers(folder: Path) -> None:
    """Have no temporary file left in *folder* and below by a program that was ended at its work.

    Those of this process stay; nobody else may be writing there.
    """
    folders = [os.fspath(folder)]
    while folders:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                name = entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif name.startswith(_PREFIX) and name.endswith(_SUFFIX) and name not in _OURS:
                    with contextlib.suppress(OSError):
                        Path(entry.path).unlink()


def set_aside(path: Path) -> Path:
    """Where the file at *path* is now, out of the way of a new one: “…（原有）”."""
    number, aside = 1, path.with_name(f"{path.stem}（原有）{path.suffix}")
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}（原有{number}）{path.suffix}")
    move(path, aside)
    return aside


def remove(path: Path) -> None:
    """Have no file at *path*; raise CannotWrite where one stays."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(_sentence(path, error)) from error


def _put_in_place(temporary: Path, path: Path) -> None:
    """Replace *path*; on Windows a scanner may hold it for a moment, so try a few times."""
    for attempt in range(_ATTEMPTS):
        try:
            temporary.replace(path)
        except PermissionError:
            if attempt == _ATTEMPTS - 1:
                raise
            time.sleep(_FIRST_WAIT * 2**attempt)
        else:
            return


def _remember(folder: Path) -> None:
    """Have the folder's own entry on the disk too, where the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sentence(path: Path, error: OSError) -> str:
    if isinstance(error, PermissionError):
        why = "它可能正被 Excel/WPS 打开，或没有写入权限。请关闭后重新运行"
    elif isinstance(error, FileNotFoundError) and not path.parent.is_dir():
        why = "没有这个文件夹。请先新建文件夹，或换一个位置"
    else:
        why = "磁盘可能已满或文件夹不可用。请检查磁盘空间后重新运行"
    return f"不能写入“{path}”：{why}（原有文件没有改动）。"

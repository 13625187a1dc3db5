"""备份 and 恢复: the whole workspace in one .zip with a listing, and a new folder made of it."""

import csv
import hashlib
import io
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from wyexcel.archive import derived
from wyexcel.archive.workspace import ARCHIVE, MASTER, Workspace, files_in, folder, system_reason
from wyexcel.errors import CannotRead, CannotWrite
from wyexcel.files import disk
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.master import buttons
from wyexcel.stages.write_workbooks import silent

_NAME: Final = "整体备份-{:%Y%m%d-%H%M%S}.zip"
_WHOLE: Final = "整体备份-*.zip"
_LISTING: Final = "备份清单.csv"
_COLUMNS: Final = ("文件", "字节", "sha256")
_CLUTTER: Final = ("~$", ".~", ".wyexcel.lock")
_CHUNK: Final = 1 << 20
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_UTF8: Final = 0x800

_DAMAGED: Final = "“{}”不是完整的整体备份（{}），没有恢复任何文件。请换一份备份。"


class BackedUp(NamedTuple):
    """The file of a backup, and how many `files` of the workspace are in it."""

    file: Path
    files: int


class _Listed(NamedTuple):
    """A line of the listing: how many bytes a file has, and its SHA-256."""

    size: int
    sha256: str


def back_up(workspace: Workspace, target: Path | None = None, *, tell: Tell = silent) -> BackedUp:
    """Pack the workspace into *target*, else into a dated file in 备份.

    Left out is what is made again by itself, and earlier packs of the whole. Raises CannotRead
    where a file cannot be read (a pack that lacks one is none), CannotWrite where *target* exists
    or cannot be written.
    """
    now = datetime.now().astimezone()
    file = target or folder(workspace.root / buttons.COPIES) / _NAME.format(now)
    if file.exists():
        message = f"“{file}”已经有了，没有覆盖。请换一个文件名。"
        raise CannotWrite(message)
    paths = [path for path in files_in(workspace.root) if _is_kept(path, workspace, file)]
    disk.write(file, lambda out: _pack(out, paths, workspace.root, tell))
    return BackedUp(file, len(paths))


def _is_kept(path: Path, workspace: Workspace, target: Path) -> bool:
    """Whether the file at *path* belongs into a backup."""
    if path == target or path.name.startswith(_CLUTTER):
        return False
    if path.parent == workspace.root / buttons.COPIES and path.match(_WHOLE):
        return False
    return workspace.root / ARCHIVE / derived.FOLDER not in path.parents


def _pack(out: object, paths: list[Path], root: Path, tell: Tell) -> None:
    listing = io.StringIO()
    table = csv.writer(listing, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:  # type: ignore[call-overload]
        for number, path in enumerate(paths):
            tell("备份", number, len(paths))
            name = _stored_name(path.relative_to(root))
            table.writerow((name, *_add(pack, name, path)))
        pack.writestr(_LISTING, "\ufeff" + listing.getvalue())


def _add(pack: zipfile.ZipFile, name: str, path: Path) -> _Listed:
    """Add the file at *path* to *pack* under *name*, with the time at which it was saved."""
    hashed, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as source:
            saved = datetime.fromtimestamp(os.fstat(source.fileno()).st_mtime).astimezone()
            entry = zipfile.ZipInfo(name, max(saved.timetuple()[:6], _EARLIEST))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with pack.open(entry, "w") as copy:
                while chunk := source.read(_CHUNK):
                    hashed.update(chunk)
                    size += len(chunk)
                    copy.write(chunk)
    except OSError as error:
        message = (
            f"“{path}”读不出来（{system_reason(error)}），没有做备份。"
            "请关闭占用它的程序，或检查权限，再备份。"
        )
        raise CannotRead(message) from error
    return _Listed(size, hashed.hexdigest())


def _stored_name(path: Path) -> str:
    """*path* with slashes; a name in bytes that are no UTF-8 as GBK has it."""
    return "/".join(
        part if _is_text(part) else os.fsencode(part).decode("gbk", "replace")
        for part in path.parts
    )


def _is_text(name: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


class Restored(NamedTuple):
    """The workspace that a backup became, and how many `files` it has."""

    root: Path
    files: int


def restore(file: Path, target: Path, *, tell: Tell = silent) -> Restored:
    """Unpack the backup in *file* into the new folder *target*, whole or not at all.

    Raises CannotRead where it is no backup or not a whole one, CannotWrite where *target* holds
    something already: nothing is overwritten.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        message = f"“{target}”不是空文件夹，没有恢复到那里。请写一个新的文件夹。"
        raise CannotWrite(message)
    unpacked = disk.temporary_name(target.absolute())
    try:
        with zipfile.ZipFile(file) as pack:
            listed = _listing(pack, file)
            for number, (name, expected) in enumerate(listed.items()):
                tell("恢复", number, len(listed))
                _take(pack, name, expected, folder(unpacked), file)
        _put_in_place(unpacked, target)
    except zipfile.BadZipFile as error:
        raise CannotRead(_DAMAGED.format(file, "压缩包损坏")) from error
    except OSError as error:
        message = f"不能恢复“{file}”（{system_reason(error)}），请检查文件、磁盘空间和权限。"
        raise CannotRead(message) from error
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
    return Restored(target, len(listed))


def _put_in_place(unpacked: Path, target: Path) -> None:
    if target.is_dir():
        target.rmdir()
    unpacked.replace(target)


def _listing(pack: zipfile.ZipFile, file: Path) -> Mapping[str, _Listed]:
    """What the backup says is in it, by name; raise CannotRead where it does not say so."""
    try:
        text = pack.read(_LISTING).decode("utf-8-sig")
        header, *lines = csv.reader(io.StringIO(text))
        listed = {name: _Listed(int(size), sha256) for name, size, sha256 in lines}
    except (KeyError, ValueError) as error:
        raise CannotRead(_DAMAGED.format(file, f"没有“{_LISTING}”")) from error
    lacking = next(iter(_lacking(pack, listed)), "")
    if tuple(header) != _COLUMNS or MASTER not in listed or lacking:
        raise CannotRead(_DAMAGED.format(file, f"缺少“{lacking or MASTER}”"))
    return listed


def _lacking(pack: zipfile.ZipFile, listed: Mapping[str, _Listed]) -> Iterator[str]:
    names = {*pack.namelist()}
    return (name for name in listed if name not in names or not _is_inside(name))


def _is_inside(name: str) -> bool:
    """Whether *name* leads into the folder and not out of it."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _take(pack: zipfile.ZipFile, name: str, expected: _Listed, root: Path, file: Path) -> None:
    """Write one file of the backup below *root*; raise CannotRead where it is not as it was."""
    path = root.joinpath(*PurePosixPath(name).parts)
    folder(path.parent)
    entry, hashed, left = pack.getinfo(name), hashlib.sha256(), expected.size
    with pack.open(entry) as source, path.open("xb") as copy:
        while left >= 0 and (chunk := source.read(_CHUNK)):
            hashed.update(chunk)
            left -= len(chunk)
            copy.write(chunk)
    if left or hashed.hexdigest() != expected.sha256:
        raise CannotRead(_DAMAGED.format(file, f"“{name}”和备份时不同"))
    saved = datetime(*entry.date_time).astimezone().timestamp()
    os.utime(path, (saved, saved))

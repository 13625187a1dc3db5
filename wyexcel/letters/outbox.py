"""The folder 退回: files for the units are put there, renewed and removed.

A list beside the folder (a CSV) says which files are ours and what was in them, so that a file
that somebody else put there or changed by hand is neither overwritten nor removed.
"""

import contextlib
import csv
import io
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import Struct

from wyexcel.archive.manifest import file_sha256
from wyexcel.archive.workspace import folder
from wyexcel.files import disk

_COLUMNS: Final = ("file", "sha256", "kind")
_LONGEST: Final = 200
"""Bytes in a file name: file systems take 255, and room is left for what may be added to it."""


class Mailing(StrEnum):
    """Why files go out; those of one mailing are put, renewed and removed together."""

    RETURNED = "退回"
    SUPERVISED = "督办"


class OutgoingFile(NamedTuple):
    """One file to be sent: its name, and the function that writes it to a path."""

    name: str
    write: Callable[[Path], object]


class Delivery(Struct, frozen=True, kw_only=True):
    """The files that lie ready, and those that somebody had changed, which were left alone."""

    files: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()

    @property
    def about_left(self) -> str:
        """The sentence about the files that were left alone; "" where there are none."""
        names = "、".join(f"“{path.name}”" for path in self.left)
        return f"{names}有人改过，已保留，没有覆盖；用不着的请自行删除。" if names else ""


class _OwnFile(NamedTuple):
    """One line of the list: a file of ours, the SHA-256 of what we wrote, its mailing."""

    file: str
    sha256: str
    kind: str


def deliver(outbox: Path, outgoing: Iterable[OutgoingFile], mailing: Mailing) -> Delivery:
    """Write *outgoing* to the folder *outbox*; remove what else an earlier run of *mailing* wrote.

    The same files again change nothing.
    """
    before = _read_list(outbox)
    now = {name: own for name, own in before.items() if own.kind != mailing}
    files: list[Path] = []
    left: list[Path] = []
    for file in outgoing:
        path = folder(outbox) / _free_name(file.name, now)
        sha256, aside = _renew(path, file.write, before.get(path.name))
        now[path.name] = _OwnFile(path.name, sha256, mailing)
        if now[path.name] != before.get(path.name):  # known as ours whatever happens to the next
            _write_list(outbox, {**before, **now})
        files.append(path)
        left += aside
    for own in before.values():
        if own.file not in now:
            left += _remove(outbox / own.file, own)
    if now != before:
        _write_list(outbox, now)
    return Delivery(files=tuple(files), left=tuple(left))


def _renew(
    path: Path, write: Callable[[Path], object], own: _OwnFile | None
) -> tuple[str, tuple[Path, ...]]:
    """Have *path* written anew if its content is another one.

    Its SHA-256 comes back, and the path to which a file went that somebody had changed.
    """
    fresh = disk.temporary_name(path)
    try:
        write(fresh)
        new, old = file_sha256(fresh), _digest_if_there(path)
        if old == new:
            return new, ()
        changed = bool(old) and (own is None or old != own.sha256)
        aside = (disk.set_aside(path),) if changed else ()
        disk.move(fresh, path)
    finally:
        disk.remove(fresh)
    return new, aside


def _remove(path: Path, own: _OwnFile) -> tuple[Path, ...]:
    """Remove the file at *path* if it is as we wrote it; else its path comes back."""
    sha256 = _digest_if_there(path)
    if sha256 and sha256 != own.sha256:
        return (path,)
    disk.remove(path)
    return ()


def _digest_if_there(path: Path) -> str:
    """The SHA-256 of a file, "" where there is none."""
    with contextlib.suppress(FileNotFoundError):
        return file_sha256(path)
    return ""


def _free_name(name: str, taken: Mapping[str, object]) -> str:
    """*name*, short enough for any file system, with （2）, （3）… where it is taken already."""
    used = {other.casefold() for other in taken}
    stem, suffix = Path(name).stem, Path(name).suffix
    stem = stem.encode()[: _LONGEST - len(suffix.encode())].decode(errors="ignore")
    candidate, number = f"{stem}{suffix}", 1
    while candidate.casefold() in used:
        number += 1
        candidate = f"{stem}（{number}）{suffix}"
    return candidate


def files_of(outbox: Path, mailing: Mailing) -> tuple[Path, ...]:
    """The files of *mailing* that lie in the folder *outbox*, in the order of their names."""
    own = (own for own in _read_list(outbox).values() if own.kind == mailing)
    return tuple(sorted(path for one in own if (path := outbox / one.file).is_file()))


def _path_of_list(outbox: Path) -> Path:
    return outbox.with_name(f".{outbox.name}.csv")


def _read_list(outbox: Path) -> dict[str, _OwnFile]:
    """Our files by name; none where the list cannot be read, and then no file is touched."""
    try:
        text = _path_of_list(outbox).read_text("utf-8-sig")
        files = [_OwnFile(*line) for line in list(csv.reader(io.StringIO(text)))[1:]]
    except (OSError, UnicodeDecodeError, csv.Error, TypeError):
        return {}
    return {own.file: own for own in files if Path(own.file).name == own.file}


def _write_list(outbox: Path, files: Mapping[str, _OwnFile]) -> None:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    table.writerows(sorted(files.values()))
    disk.write_text(_path_of_list(outbox), "\ufeff" + text.getvalue())

"""What lies in 退回 for the units: put there, renewed and taken away, and nobody else's touched.

A small list beside the folder says which files are ours and what was in them, so that what
somebody else put there or changed by hand is neither overwritten nor removed.
"""

import contextlib
import csv
import io
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import Struct

from wyexcel.archive.manifest import digest
from wyexcel.archive.workspace import folder
from wyexcel.files import disk

_COLUMNS: Final = ("file", "sha256", "kind")
_LONGEST: Final = 200
"""Bytes in a name: file systems take 255, and room is left for what may be added to it."""


class Kind(StrEnum):
    """What papers are about; those of one kind are put, renewed and taken away together."""

    RETURNED = "退回"
    SUPERVISED = "督办"


class Paper(NamedTuple):
    """One file to be sent: what it is called, and what makes it at a path."""

    name: str
    fill: Callable[[Path], object]


class Sent(Struct, frozen=True, kw_only=True):
    """The files that lie ready, and the ones with the hand of somebody else that were left."""

    files: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()

    @property
    def about_left(self) -> str:
        """What to tell about the ones that were left; "" where there are none."""
        names = "、".join(f"“{path.name}”" for path in self.left)
        return f"{names}有人改过，已保留，没有覆盖；用不着的请自行删除。" if names else ""


class _Line(NamedTuple):
    """One line of the list: a file of ours, the SHA-256 of what we wrote, its kind."""

    file: str
    sha256: str
    kind: str


def put(home: Path, papers: Iterable[Paper], kind: Kind) -> Sent:
    """*papers* in *home*, and of the earlier ones of their *kind* only those that they renew.

    The same papers again change nothing.
    """
    before = _listed(home)
    now = {name: line for name, line in before.items() if line.kind != kind}
    files: list[Path] = []
    left: list[Path] = []
    for paper in papers:
        path = folder(home) / _free_name(paper.name, now)
        sha256, aside = _renewed(path, paper.fill, before.get(path.name))
        now[path.name] = _Line(path.name, sha256, kind)
        if now[path.name] != before.get(path.name):  # known as ours whatever happens to the next
            _list(home, {**before, **now})
        files.append(path)
        left += aside
    for line in before.values():
        if line.file not in now:
            left += _taken_away(home / line.file, line)
    if now != before:
        _list(home, now)
    return Sent(files=tuple(files), left=tuple(left))


def _renewed(
    path: Path, fill: Callable[[Path], object], ours: _Line | None
) -> tuple[str, tuple[Path, ...]]:
    """The SHA-256 of what is at *path* now, and where the file went that somebody had changed."""
    fresh = disk.temporary_name(path)
    try:
        fill(fresh)
        made, there = digest(fresh), _digest(path)
        if there == made:
            return made, ()
        changed = bool(there) and (ours is None or there != ours.sha256)
        aside = (disk.set_aside(path),) if changed else ()
        disk.move(fresh, path)
    finally:
        disk.remove(fresh)
    return made, aside


def _taken_away(path: Path, line: _Line) -> tuple[Path, ...]:
    """Have no file at *path* if it is as we wrote it; else where it stays."""
    there = _digest(path)
    if there and there != line.sha256:
        return (path,)
    disk.remove(path)
    return ()


def _digest(path: Path) -> str:
    """The SHA-256 of a file, "" where there is none."""
    with contextlib.suppress(FileNotFoundError):
        return digest(path)
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


def _path_of_list(home: Path) -> Path:
    return home.with_name(f".{home.name}.csv")


def _listed(home: Path) -> dict[str, _Line]:
    """The files of ours, by name; none where no list can be read, and then none is touched."""
    try:
        text = _path_of_list(home).read_text("utf-8-sig")
        lines = [_Line(*line) for line in list(csv.reader(io.StringIO(text)))[1:]]
    except (OSError, UnicodeDecodeError, csv.Error, TypeError):
        return {}
    return {line.file: line for line in lines if Path(line.file).name == line.file}


def _list(home: Path, lines: Mapping[str, _Line]) -> None:
    """Write down which files are ours."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    table.writerows(sorted(lines.values()))
    disk.write_text(_path_of_list(home), "\ufeff" + text.getvalue())

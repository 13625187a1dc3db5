"""A cache of what was derived from an archived period, kept beside its archive.

Each file says of what it was made (a fingerprint) and is believed only while that still fits. All
of it may be deleted at any time: it is made again from the archive, which alone is the truth.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from wyexcel.archive.workspace import ARCHIVE, Workspace
from wyexcel.errors import CannotWrite
from wyexcel.files import disk
from wyexcel.period import Period

Value = TypeVar("Value")

FOLDER: Final = ".缓存"
"""The folder in 归档 that holds it."""

_DIGEST: Final = 32
_DERIVING: Final = ("archive", "files", "forms", "plan", "progress", "stages")
"""The rooms whose code decides what is derived."""


def fingerprint(*parts: str | bytes) -> bytes:
    """One fingerprint of *parts* in their order, and of the program that derives."""
    hashed = hashlib.sha256(_program())
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        hashed.update(len(data).to_bytes(8, "big"))
        hashed.update(data)
    return hashed.digest()


@cache
def _program() -> bytes:
    """A fingerprint of the program: the size and time of every module that decides the values."""
    root = Path(__file__).parents[1]
    modules = sorted(root.glob("*.py"))
    for room in _DERIVING:
        modules += sorted((root / room).rglob("*.py"))
    hashed = hashlib.sha256()
    for path in modules:
        about = path.stat()
        hashed.update(f"{path.name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return hashed.digest()


def load(
    workspace: Workspace,
    period: Period,
    name: str,
    made_from: bytes,
    decode: Callable[[bytes], Value],
) -> Value | None:
    """What was kept as *name* of *period*; None unless it was made from just that, and is whole."""
    try:
        content = _file(workspace, period, name).read_bytes()
    except OSError:
        return None
    value = content[2 * _DIGEST :]
    is_whole = hashlib.sha256(value).digest() == content[_DIGEST : 2 * _DIGEST]
    if content[:_DIGEST] != made_from or not is_whole:
        return None
    try:
        return decode(value)
    except (msgspec.MsgspecError, LookupError, ValueError):
        return None


def keep(workspace: Workspace, period: Period, name: str, made_from: bytes, value: bytes) -> None:
    """Keep *value* as *name* of *period*; where nothing can be written, it is derived again."""
    path = _file(workspace, period, name)
    content = made_from + hashlib.sha256(value).digest() + value
    with suppress(OSError, CannotWrite):
        path.parent.mkdir(exist_ok=True)
        disk.write(path, lambda file: file.write(content))


def _file(workspace: Workspace, period: Period, name: str) -> Path:
    return workspace.root / ARCHIVE / FOLDER / f"{period}-{name}.bin"

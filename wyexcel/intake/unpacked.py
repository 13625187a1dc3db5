"""Archives that came (.zip …): the files in them as arrivals of their own."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path, PurePath
from stat import S_ISREG
from typing import IO, Final

from msgspec.structs import replace

from wyexcel.archive.workspace import folder
from wyexcel.files import disk
from wyexcel.files.reading.refusal import Refused, Unreadable, phrase
from wyexcel.intake.arrivals import Arrival, sha256_if_readable

_STEP: Final = timedelta(microseconds=1)
"""The step between two files of one archive, which all came at the same time."""
_BESIDE: Final = "__MACOSX"
"""The folder in which macOS packs what only it needs."""


def with_members(arrival: Arrival, scratch: Path) -> Iterator[Arrival]:
    """*arrival*, and where it is an archive the files in it, unpacked into the folder *scratch*.

    They came with the archive, those first that were saved first. An archive that cannot be opened
    says why.
    """
    if not _may_be_archive(arrival.path):
        yield arrival
        return
    try:
        members = _unpacked(arrival.path, scratch)
    except Refused as refused:
        detail = phrase(refused.reason, refused.where)
        sha256 = sha256_if_readable(arrival.path)
        unread = Unreadable(arrival.file, sha256, refused.reason, detail)
        yield replace(arrival, refused=unread)
        return
    if members is None:
        yield arrival
        return
    yield replace(arrival, opened=True)
    for number, (_, name, path) in enumerate(sorted(members)):
        yield Arrival(
            path=path,
            file=f"{arrival.file}/{name}",
            received=arrival.received + number * _STEP,
            inbox_path=arrival.path,
            packed=True,
        )


def _unpacked(path: Path, scratch: Path) -> list[tuple[tuple[int, ...], str, Path]] | None:
    """When each file of the archive was saved, its name, and where it is now.

    None where it is no archive; raises Refused where it is one that cannot be opened.
    """
    from wyexcel.files.reading.archive import open_archive  # noqa: PLC0415 - few files need it

    opened = open_archive(path)
    if opened is None:
        return None
    members: list[tuple[tuple[int, ...], str, Path]] = []
    for name, saved, content in opened:
        if _BESIDE not in PurePath(name).parts:
            place = disk.temporary_name(folder(scratch) / "_")
            disk.write(place, partial(_write, content=content))
            members.append((saved, name, place))
    return members


def _write(file: IO[bytes], *, content: bytes) -> None:
    file.write(content)


def _may_be_archive(path: Path) -> bool:
    """Whether its first bytes are those of an archive and not of a document."""
    try:
        if not S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb", buffering=0) as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    if head.startswith(_ZIP):
        return not head.startswith(_FIRST_PARTS, _ZIP_NAME)
    return head.startswith(_PACKED) or head[_TAR_NAME] == _TAR


_HEAD: Final = 512
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_ZIP_NAME: Final = 30
_FIRST_PARTS: Final = (
    *(b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"word/", b"ppt/"),
    *(b"customXml/", b"mimetype", b"META-INF/"),
)
"""How the first part of a document is called that is a zip file itself."""
_PACKED: Final = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_TAR_NAME, _TAR = slice(257, 262), b"ustar"

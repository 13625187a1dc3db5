"""A compound file (OLE), the container of an .xls workbook, followed within its own bounds."""

import struct
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from msgspec import Struct

from wyexcel.files.reading.refusal import Reason, Refused

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER: Final = struct.Struct("<30xHH14xI4xIIIII")
_HEADER_SIZE: Final = 512
_LISTED: Final = struct.Struct("<109I")
_ENTRY: Final = struct.Struct("<64sHB49xIII")
_ENTRY_SIZE: Final = 128
_SHIFTS: Final = {9, 12}
_MINI_SHIFT: Final = 6
_LAST: Final = 0xFFFFFFFA
"""From here on a number says that there is no sector, or none that holds anything."""
_STREAM, _ROOT = 2, 5


class DirectoryEntry(NamedTuple):
    """One line of the directory: what it is, and where its bytes begin."""

    name: str
    kind: int
    start: int
    size: int


class Compound(Struct, frozen=True, kw_only=True):
    """A compound file whose directory could be followed."""

    data: bytes
    size: int
    table: Sequence[int]
    small: Sequence[int]
    cutoff: int
    entries: tuple[DirectoryEntry, ...]

    def stream(self, name: str) -> bytes | None:
        """The bytes of the stream *name*, None where there is none; raise Refused if cut off."""
        streams = [e for e in self.entries if e.kind == _STREAM and e.name.lower() == name.lower()]
        if not streams:
            return None
        content = self._content(streams[0])
        if len(content) < streams[0].size:
            raise Refused(Reason.DAMAGED)
        return content[: streams[0].size]

    def _content(self, entry: DirectoryEntry) -> bytes:
        if entry.size >= self.cutoff:
            return _joined(self.data, self.size, _chain(entry.start, self.table))
        root = next((e for e in self.entries if e.kind == _ROOT), None)
        if root is None:
            raise Refused(Reason.DAMAGED)
        inside = _joined(self.data, self.size, _chain(root.start, self.table))
        width = 1 << _MINI_SHIFT
        return b"".join(
            inside[n * width : (n + 1) * width] for n in _chain(entry.start, self.small)
        )


def open_compound(data: bytes) -> Compound:
    """The compound file in *data*; raise Refused where it does not hold together."""
    if len(data) < _HEADER_SIZE:
        raise Refused(Reason.DAMAGED)
    shift, mini, directory, cutoff, small, _, more, _ = _HEADER.unpack_from(data)
    if shift not in _SHIFTS or mini != _MINI_SHIFT:
        raise Refused(Reason.DAMAGED)
    size = 1 << shift
    table = _numbers(data, size, _listed(data, size, more))
    listing = _joined(data, size, _chain(directory, table))
    return Compound(
        data=data,
        size=size,
        table=table,
        small=_numbers(data, size, _chain(small, table)),
        cutoff=cutoff,
        entries=tuple(_entries(listing)),
    )


def _listed(data: bytes, size: int, more: int) -> Iterator[int]:
    """The sectors of the table: those that the header names, then those that are named apart."""
    yield from (n for n in _LISTED.unpack_from(data, _HEADER_SIZE - _LISTED.size) if n < _LAST)
    for _ in range(len(data) // size):
        if more >= _LAST:
            return
        *named, more = _numbers(data, size, [more])
        yield from (n for n in named if n < _LAST)
    raise Refused(Reason.DAMAGED)


def _chain(start: int, table: Sequence[int]) -> Iterator[int]:
    """The sectors from *start* on; raise Refused where they lead out of the file or around."""
    for _ in range(len(table) + 1):
        if start >= _LAST:
            return
        if start >= len(table):
            break
        yield start
        start = table[start]
    raise Refused(Reason.DAMAGED)


def _joined(data: bytes, size: int, sectors: Iterator[int]) -> bytes:
    return b"".join(data[(n + 1) * size : (n + 2) * size] for n in sectors)


def _numbers(data: bytes, size: int, sectors: Iterator[int] | Sequence[int]) -> Sequence[int]:
    """The numbers that stand in *sectors*; raise Refused where one lies beyond the end."""
    numbers: list[int] = []
    for number in sectors:
        at = (number + 1) * size
        if at + size > len(data) or len(numbers) > len(data):
            raise Refused(Reason.DAMAGED)
        numbers += struct.unpack_from(f"<{size // 4}I", data, at)
    return numbers


def _entries(listing: bytes) -> Iterator[DirectoryEntry]:
    for at in range(0, len(listing) - _ENTRY_SIZE + 1, _ENTRY_SIZE):
        raw, length, kind, start, low, _ = _ENTRY.unpack_from(listing, at)
        name = raw[: max(length - 2, 0)].decode("utf-16-le", "replace")
        yield DirectoryEntry(name, kind, start, low)

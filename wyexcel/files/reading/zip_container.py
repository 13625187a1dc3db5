"""The zip container of a workbook, taken apart within limits, and put together from checked parts.

Nothing in it is believed: sizes are held against what inflating gives, both directories against
each other, and no two entries may share bytes or a name.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from wyexcel.files.reading.inflate import Damaged, crc32, inflated
from wyexcel.files.reading.refusal import Reason, Refused

MEBIBYTE: Final = 1 << 20
MAX_FILE: Final = 20 * MEBIBYTE
MAX_INFLATED: Final = 200 * MEBIBYTE
MAX_ENTRIES: Final = 1_000
MAX_RATIO: Final = 100
RATIO_FREE: Final = MEBIBYTE
"""What inflates to less than this may do so at any ratio."""

SIGNATURE: Final = b"PK\x03\x04"
_CENTRAL_SIGNATURE: Final = b"PK\x01\x02"
_END_SIGNATURE: Final = b"PK\x05\x06"
_LOCAL: Final = struct.Struct("<4sHHH4xIIIHH")
_LOCAL_NAME: Final = struct.Struct("<4s4xH16xHH")
"""What of the same is held against the directory: signature, method, lengths of name and extra."""
_CENTRAL: Final = struct.Struct("<4s4xHH4xIIIHHH8xI")
_END: Final = struct.Struct("<4s4xHHIIH")
_STORED, _DEFLATED = 0, 8
_METHODS: Final = frozenset({_STORED, _DEFLATED})
_ENCRYPTED: Final = 0x1
_VERSION: Final = 20
"""What a program must understand to unpack what `build_zip` made: zip 2.0."""


class ZipEntry(NamedTuple):
    """One entry: where its bytes lie and what they must inflate to."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int


class ZipPart(NamedTuple):
    """One inflated part under its name, with its checksum."""

    name: str
    crc: int
    content: bytes

    @classmethod
    def of(cls, name: str, content: bytes) -> "ZipPart":
        """A part made here."""
        return cls(name, crc32(content), content)


class Container(NamedTuple):
    """A zip file whose directory holds together; names are compared without case."""

    data: bytes
    entries: Mapping[str, ZipEntry]

    def has(self, name: str) -> bool:
        """Whether there is a part *name*."""
        return name.lower() in self.entries

    @property
    def listing(self) -> str:
        """The names of all parts in lower case, one a line."""
        return "\n".join(self.entries)

    def part(self, name: str) -> ZipPart:
        """The part *name*, inflated to exactly the size it claims; raise Refused otherwise."""
        entry = self.entries.get(name.lower())
        if entry is None:
            raise Refused(Reason.DAMAGED, f"缺少 {name}")
        content = _inflated(entry, self.data[entry.start : entry.start + entry.packed])
        if len(content) != entry.size or crc32(content) != entry.crc:
            raise Refused(Reason.DAMAGED, entry.name)
        return ZipPart(name, entry.crc, content)


def _inflated(entry: ZipEntry, packed: bytes) -> bytes:
    if entry.method == _STORED:
        return packed
    try:
        return inflated(packed, entry.size + 1)
    except Damaged:
        raise Refused(Reason.DAMAGED, entry.name) from None


def open_container(data: bytes) -> Container:
    """The container in *data*; raise Refused where it is damaged, unsafe or too big."""
    entries: dict[str, ZipEntry] = {}
    spans: list[tuple[int, int]] = []
    inflated = 0
    directory, end, count = _directory(data)
    for entry, header in _entries(data, directory, count):
        inflated += entry.size
        if inflated > MAX_INFLATED or entry.size > RATIO_FREE:
            _refuse_too_big(entry, inflated)
        if entries.setdefault(entry.name.lower(), entry) is not entry:
            raise Refused(Reason.UNSAFE, f"{entry.name} 出现两次")
        spans.append((header, entry.start + entry.packed))
    spans.append((directory, end))
    spans.sort()
    if any(after < stop for (_, stop), (after, _) in pairwise(spans)):
        raise Refused(Reason.UNSAFE, "压缩条目重叠")
    return Container(data, entries)


def _directory(data: bytes) -> tuple[int, int, int]:
    """Start, end and number of entries of the central directory, which must end the file."""
    end = data.rfind(_END_SIGNATURE)
    if end < 0 or len(data) < end + _END.size:
        raise Refused(Reason.DAMAGED)
    _, here, count, size, start, comment = _END.unpack_from(data, end)
    whole = start + size == end and end + _END.size + comment == len(data)
    if not whole or here != count:
        raise Refused(Reason.DAMAGED)
    if count > MAX_ENTRIES:
        raise Refused(Reason.TOO_BIG, f"内部有 {count} 个部件")
    return start, end, count


def _entries(data: bytes, at: int, count: int) -> Iterator[tuple[ZipEntry, int]]:
    """Each entry of the central directory at *at*, with the place of its own header."""
    try:
        for _ in range(count):
            fields = _CENTRAL.unpack_from(data, at)
            signature, flags, method, crc, packed, size, named, extra, noted, header = fields
            if signature != _CENTRAL_SIGNATURE:
                raise Refused(Reason.DAMAGED)
            raw = data[at + _CENTRAL.size : at + _CENTRAL.size + named]
            at += _CENTRAL.size + named + extra + noted
            name = _name(raw)
            start = _start(data, header, raw, method)
            if flags & _ENCRYPTED or method not in _METHODS:
                raise Refused(Reason.UNSAFE, f"{name} 的压缩或加密方式")
            yield ZipEntry(name, method, crc, packed, size, start), header
    except struct.error:
        raise Refused(Reason.DAMAGED) from None


def _start(data: bytes, header: int, raw: bytes, method: int) -> int:
    """Where the bytes of the entry at *header* begin, if its own header says what *raw* says."""
    signature, its_method, named, extra = _LOCAL_NAME.unpack_from(data, header)
    begin = header + _LOCAL_NAME.size
    same_name = named == len(raw) and data.startswith(raw, begin)
    if signature != SIGNATURE or its_method != method or not same_name:
        raise Refused(Reason.DAMAGED)
    return begin + int(named) + int(extra)


def _refuse_too_big(entry: ZipEntry, inflated: int) -> None:
    dense = entry.size > RATIO_FREE and entry.size > entry.packed * MAX_RATIO
    if dense or inflated > MAX_INFLATED:
        raise Refused(Reason.TOO_BIG, f"{entry.name} 解压后过大")


@lru_cache(maxsize=1024)
def _name(raw: bytes) -> str:
    """The name of a part; raise Refused where it could point out of the workbook."""
    name = raw.decode("utf-8", "replace")
    odd = not name.isprintable() or name[:1] in {"", "/"} or "\\" in name or ":" in name
    if odd or ".." in name.split("/"):
        raise Refused(Reason.UNSAFE, "部件名称不合规范")
    return name


def build_zip(parts: Iterable[ZipPart]) -> bytes:
    """A zip file that holds *parts* as they are, nothing else and nothing packed."""
    body: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name, crc, content in parts:
        raw, size = name.encode(), len(content)
        body += (
            _LOCAL.pack(SIGNATURE, _VERSION, 0, _STORED, crc, size, size, len(raw), 0),
            raw,
            content,
        )
        directory += (
            _CENTRAL.pack(_CENTRAL_SIGNATURE, 0, _STORED, crc, size, size, len(raw), 0, 0, at),
            raw,
        )
        at += _LOCAL.size + len(raw) + size
    listed = b"".join(directory)
    count = len(directory) // 2
    end = _END.pack(_END_SIGNATURE, count, count, len(listed), at, 0)
    return b"".join((*body, listed, end))

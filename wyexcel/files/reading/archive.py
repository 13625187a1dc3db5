"""Archives of files (.zip, .tar, .tar.gz …) opened in place, within limits.

Nothing in them is believed: sizes are held against what inflating gives, no name becomes a path,
and an archive inside an archive is not opened.
"""

import bz2
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from wyexcel.files.file_name import shown_name
from wyexcel.files.reading.refusal import Reason, Refused
from wyexcel.files.reading.zip_container import (
    MAX_ENTRIES,
    MAX_INFLATED,
    MAX_RATIO,
    MEBIBYTE,
    RATIO_FREE,
)

MAX_ARCHIVE: Final = 100 * MEBIBYTE

_ZIP: Final = b"PK"

_ENCRYPTED, _UTF8 = 0x1, 0x800
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_PARTS: Final = frozenset(
    {"[Content_Types].xml", "content.xml", "META-INF/manifest.xml", "OFD.xml"}
    | {"Index/Document.iwa", "Index.zip"}
)
"""The parts by one of which a document is known that is a zip file itself."""
_INFLATE: Final[Mapping[bytes, Callable[[bytes], bytes]]] = {
    b"\x1f\x8b": lambda data: zlib.decompressobj(31).decompress(data, MAX_INFLATED + 1),
    b"BZh": lambda data: bz2.BZ2Decompressor().decompress(data, MAX_INFLATED + 1),
    b"\xfd7zXZ\0": lambda data: lzma.LZMADecompressor().decompress(data, MAX_INFLATED + 1),
}
_BROKEN: Final = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, ValueError, NotImplementedError, RuntimeError),
    *(OverflowError, LookupError),
)
"""What the standard library raises at archives that are none."""


class Member(NamedTuple):
    """One file of an archive: its name with the folders before it, its own date, its bytes."""

    name: str
    saved: tuple[int, ...]
    content: bytes


def open_archive(path: Path) -> Iterator[Member] | None:
    """The files in the archive at *path*; None where it is none, or a document in such a shape.

    Refused is raised, at once or while they are read, where it is locked, damaged or too big.
    """
    try:
        size = path.stat().st_size
        if size > MAX_ARCHIVE:
            raise Refused(Reason.TOO_BIG)
        with path.open("rb") as file:
            is_zip = file.read(len(_ZIP)) == _ZIP
        return _zip(path) if is_zip else _tar(path)
    except _BROKEN:
        return None


def _zip(path: Path) -> Iterator[Member] | None:
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(entry.filename in _PARTS for entry in entries):
        return None
    return _zip_members(path, entries)


def _zip_members(path: Path, entries: list[zipfile.ZipInfo]) -> Iterator[Member]:
    _refuse_many(len(entries))
    inflated = 0
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise Refused(Reason.PASSWORD)
        if entry.compress_type not in _METHODS:
            raise Refused(Reason.ARCHIVE, "用了不常见的压缩方式")
        inflated += entry.file_size
        _refuse_big(inflated, entry.file_size, entry.compress_size)
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in entries:
                with archive.open(entry) as file:
                    yield Member(_zip_name(entry), entry.date_time, file.read(entry.file_size + 1))
    except _BROKEN:
        raise Refused(Reason.DAMAGED) from None


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """Its name; where the archive does not say that it is UTF-8, it may be, or is GBK."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return _name(name)


def _name(name: str) -> str:
    """*name* as it is shown: a way down from the archive, and nowhere else."""
    parts = shown_name(name.replace("\\", "/").replace("\0", "")).split("/")
    return "/".join(part for part in parts if part not in {"", ".", ".."}) or "_"


def _tar(path: Path) -> Iterator[Member]:
    packed = path.read_bytes()
    inflate = next((f for start, f in _INFLATE.items() if packed.startswith(start)), None)
    data = inflate(packed) if inflate else packed
    with tarfile.open(fileobj=BytesIO(data), mode="r:"):
        return _tar_members(data, len(packed))


def _tar_members(data: bytes, packed: int) -> Iterator[Member]:
    _refuse_big(len(data), len(data), packed)
    count = 0
    try:
        with tarfile.open(fileobj=BytesIO(data), mode="r:") as archive:
            for entry in archive:
                count += 1
                _refuse_many(count)
                file = (
                    archive.extractfile(entry) if entry.isreg() and not entry.issparse() else None
                )
                if file is not None:
                    yield Member(_name(entry.name), (int(entry.mtime),), file.read(len(data)))
    except _BROKEN:
        raise Refused(Reason.DAMAGED) from None


def _refuse_many(count: int) -> None:
    if count > MAX_ENTRIES:
        raise Refused(Reason.TOO_BIG, f"里面的文件超过 {MAX_ENTRIES} 个")


def _refuse_big(inflated: int, size: int, packed: int) -> None:
    is_dense = size > RATIO_FREE and size > packed * MAX_RATIO
    if is_dense or inflated > MAX_INFLATED:
        raise Refused(Reason.TOO_BIG, "解压后过大")

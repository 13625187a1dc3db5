"""What a file is by its first bytes, whatever its name says."""

import re
from typing import Final

from wyexcel.files.reading import zip_container
from wyexcel.files.reading.package import WORKBOOK
from wyexcel.files.reading.refusal import Reason, Refused
from wyexcel.files.reading.zip_container import Container

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF: Final = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02")
_STARTS: Final = (
    (b"%PDF", Reason.PDF),
    (b"\xff\xd8\xff", Reason.PICTURE),
    (b"\x89PNG", Reason.PICTURE),
    (b"GIF8", Reason.PICTURE),
    (b"Rar!", Reason.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Reason.ARCHIVE),
    (b"\x1f\x8b", Reason.ARCHIVE),
)
_MEMBERS: Final = (
    ("xl/workbook.bin", Reason.XLSB),
    ("word/document.xml", Reason.DOCUMENT),
    ("ppt/presentation.xml", Reason.DOCUMENT),
    ("content.xml", Reason.ODS),
)
_HTML: Final = re.compile(rb"(?i:<(?:!doctype html|html|head|meta|table|body)\b|^mime-version:)")
_XML_2003: Final = b"urn:schemas-microsoft-com:office:spreadsheet"
_OPEN_DOCUMENT: Final = b"urn:oasis:names:tc:opendocument"
_HEAD: Final = 4096
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def open_xlsx(data: bytes) -> Container:
    """The container of an .xlsx or .xlsm workbook; raise Refused and say what else *data* is."""
    if not data.startswith(zip_container.SIGNATURE):
        raise Refused(_no_container(data))
    inside = zip_container.open_container(data)
    if not inside.has(WORKBOOK):
        raise Refused(_other_container(inside))
    return inside


def _no_container(data: bytes) -> Reason:
    """What *data* is that is no zip file."""
    if not data:
        return Reason.EMPTY
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(_BARE_BIFF):
        return Reason.XLS
    if data.startswith(b"PK"):
        return Reason.DAMAGED
    for start, reason in _STARTS:
        if data.startswith(start):
            return reason
    return _written(data[:_HEAD])


def _compound(data: bytes) -> Reason:
    """What an OLE compound file holds, by the names of its streams."""
    names = (
        ("EncryptedPackage", Reason.PASSWORD),
        ("Workbook", Reason.XLS),
        ("Book", Reason.XLS),
        ("WordDocument", Reason.DOCUMENT),
        ("PowerPoint Document", Reason.DOCUMENT),
    )
    lowered = data.lower()
    for name, reason in names:
        if name.lower().encode("utf-16-le") + b"\0\0" in lowered:
            return reason
    return Reason.UNKNOWN


def _written(head: bytes) -> Reason:
    """What a file is that people can read."""
    if _XML_2003 in head:
        return Reason.XML_2003
    if _OPEN_DOCUMENT in head:
        return Reason.ODS
    if _HTML.search(head):
        return Reason.HTML
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or not _CONTROL.search(head):
        return Reason.TEXT
    return Reason.UNKNOWN


def _other_container(inside: Container) -> Reason:
    """What a zip file is that is no workbook we read."""
    for member, reason in _MEMBERS:
        if inside.has(member):
            return reason
    return Reason.DAMAGED if inside.has("[Content_Types].xml") else Reason.ARCHIVE

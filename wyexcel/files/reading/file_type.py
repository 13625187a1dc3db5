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
    *((start, Reason.XLS) for start in _BARE_BIFF),
    (b"PK", Reason.DAMAGED),
    (b"\xff\xd8\xff", Reason.PICTURE),
    (b"\x89PNG", Reason.PICTURE),
    (b"GIF8", Reason.PICTURE),
    (b"II*\0", Reason.PICTURE),
    (b"MM\0*", Reason.PICTURE),
    (b"Rar!", Reason.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Reason.ARCHIVE),
    (b"\x1f\x8b", Reason.ARCHIVE),
    (b"BZh", Reason.ARCHIVE),
    (b"\xfd7zXZ\0", Reason.ARCHIVE),
    (b"L\0\0\0\x01\x14\x02\0", Reason.SHORTCUT),
    (b"MZ", Reason.PROGRAM),
    (b"\x7fELF", Reason.PROGRAM),
    (b"{\\rtf", Reason.DOCUMENT),
    (b"%TSD-Header", Reason.ENCRYPTED),
    (b".pfile", Reason.ENCRYPTED),
)
_INSIDE: Final = (
    (re.compile(rb".{4}ftyp(?:heic|heix|hevc|heim|mif1|msf1|avif)", re.DOTALL), Reason.PICTURE),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), Reason.PICTURE),
    (re.compile(rb"BM.{4}\0\0\0\0.{4}[\x0c\x28\x6c\x7c]\0\0\0", re.DOTALL), Reason.PICTURE),
    (re.compile(rb".{257}ustar", re.DOTALL), Reason.ARCHIVE),
    (re.compile(rb".{0,64}E-SafeNet", re.DOTALL), Reason.ENCRYPTED),
)
"""What stands further inside of the first bytes."""

_MEMBERS: Final = (
    ("xl/workbook.bin", Reason.XLSB),
    ("word/document.xml", Reason.DOCUMENT),
    ("ppt/presentation.xml", Reason.DOCUMENT),
    ("OFD.xml", Reason.PDF),
    ("Index/Document.iwa", Reason.NUMBERS),
    ("Index.zip", Reason.NUMBERS),
    ("content.xml", Reason.ODS),
)
_SIGNS: Final = (
    (re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet"), Reason.XML_2003),
    (re.compile(rb"urn:oasis:names:tc:opendocument"), Reason.ODS),
    (re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<svg\b"), Reason.PICTURE),
    (
        re.compile(rb"(?i:<(?:!doctype html|html|head|meta|table|body)\b|^mime-version:)"),
        Reason.HTML,
    ),
    (re.compile(rb"(?i)\[internetshortcut\]"), Reason.SHORTCUT),
)
"""What stands somewhere among the first bytes of a file that people can read."""

_HEAD: Final = 4096
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAIL_START: Final = re.compile(
    rb"(?i)\s*(?:received|return-path|message-id|delivered-to|x-[\w-]+|from|to|cc|subject|date"
    rb"|reply-to|dkim-signature|mime-version|content-type):[ \t]"
)
_MAIL_FROM: Final = re.compile(rb"(?im)^from:(?!.*saved by)")
_MAIL_ROUTE: Final = re.compile(rb"(?im)^(?:to|received|message-id|delivered-to):")
_MAIL_HEAD: Final = 1 << 16
_DATA: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\b|[\[{]\s*[\"\[{\]}\d])")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_FEW_LINES: Final = 5


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
    head = data[:_HEAD]
    known = (reason for start, reason in _STARTS if head.startswith(start))
    known_inside = (reason for inside, reason in _INSIDE if inside.match(head))
    reason = next(known, None) or next(known_inside, None)
    if reason is None:
        return Reason.MAIL if _is_mail(data[:_MAIL_HEAD]) else _written(head)
    return reason


def _is_mail(head: bytes) -> bool:
    """Whether it begins as a letter (.eml) does: with lines that say from whom it is, and to whom.

    A web page saved in one file begins in a like way.
    """
    begins = _MAIL_START.match(head)
    return bool(begins and _MAIL_FROM.search(head) and _MAIL_ROUTE.search(head))


def _compound(data: bytes) -> Reason:
    """What an OLE compound file holds, by the names of its streams."""
    names = (
        ("DRMEncryptedDataSpace", Reason.ENCRYPTED),
        ("EncryptedPackage", Reason.PASSWORD),
        ("__properties_version1.0", Reason.MAIL),
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
    for sign, reason in _SIGNS:
        if sign.search(head):
            return reason
    if not head.startswith(_WIDE) and _CONTROL.search(head):
        return Reason.UNKNOWN
    if _DATA.match(head):
        return Reason.DATA
    return Reason.CSV if _is_table(head) else Reason.TEXT


def _is_table(head: bytes) -> bool:
    """Whether its first lines, two at least, have one and the same number of commas or tabs."""
    text = head.decode("utf-16" if head.startswith(_WIDE) else "latin-1", "ignore")
    lines = [line for line in text.splitlines() if line.strip()][:_FEW_LINES]
    counts = ({line.count(sign) for line in lines} for sign in ",\t;")
    return len(lines) > 1 and any(len(count) == 1 and count != {0} for count in counts)


def _other_container(inside: Container) -> Reason:
    """What a zip file is that is no workbook we read."""
    for member, reason in _MEMBERS:
        if inside.has(member):
            return _open_document(inside) if reason is Reason.ODS else reason
    return Reason.DAMAGED if inside.has("[Content_Types].xml") else Reason.ARCHIVE


def _open_document(inside: Container) -> Reason:
    """What an OpenDocument file is: a table, if it does not say that it is something else."""
    kind = inside.part("mimetype").content if inside.has("mimetype") else b""
    return Reason.DOCUMENT if kind.endswith(_OTHER_DOCUMENTS) else Reason.ODS


_OTHER_DOCUMENTS: Final = (b".text", b".presentation", b".graphics")

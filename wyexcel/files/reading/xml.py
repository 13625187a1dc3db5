"""The XML parts of a workbook: only UTF-8, never a DTD, elements and attributes by local name."""

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias
from xml.parsers import expat

from wyexcel.files.reading.refusal import Reason, Refused

Start: TypeAlias = Callable[[str, dict[str, str]], None]
Text: TypeAlias = Callable[[str], None]
End: TypeAlias = Callable[[str], None]

_PLAIN: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=[\"']1\.0[\"']"
    rb"(?: encoding=[\"'](?:utf-8|UTF-8)[\"'])?(?: standalone=[\"'](?:yes|no)[\"'])?\s*\?>)?"
    rb"\s*<[A-Za-z_]"
)
_ENCODING: Final = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_READ_ALIKE: Final = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_DTD: Final = b"<!DOCTYPE"


def refuse_unsafe(xml: bytes, name: str) -> bytes:
    """*xml*, if it is UTF-8 without a DTD; raise Refused otherwise.

    Readers do not agree on other encodings: some see an empty sheet.
    """
    if _PLAIN.match(xml):
        return xml
    head = xml[:1024]
    declared, endless = _ENCODING.search(head), b"<?xml" in head[:8] and b"?>" not in head
    known = not endless and (declared is None or declared[1].lower() in _READ_ALIKE)
    if b"\0" in xml[:4] or not known:
        raise Refused(Reason.DISAGREE, f"{name} 的编码")
    if _DTD in xml:
        raise Refused(Reason.UNSAFE, f"{name} 含 DTD")
    return xml


def local_name(name: str) -> str:
    """An element's or attribute's name without its prefix.

    >>> local_name("x:row"), local_name("row")
    ('row', 'row')
    """
    return name.rpartition(":")[2] if ":" in name else name


def attribute(attributes: Mapping[str, str], name: str) -> str:
    """The attribute of that local name, the prefixed one first; "" where there is none."""
    prefixed = [
        value for key, value in attributes.items() if local_name(key) == name and ":" in key
    ]
    return prefixed[0] if prefixed else attributes.get(name, "")


def walk(
    xml: bytes, part: str, start: Start, *, text: Text | None = None, end: End | None = None
) -> None:
    """Tell *start*, *text* and *end* what *xml* holds; raise Refused where it is malformed."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    if text is not None:
        parser.buffer_text = True
        parser.CharacterDataHandler = text
    if end is not None:
        parser.EndElementHandler = end
    try:
        parser.Parse(refuse_unsafe(xml, part), True)  # noqa: FBT003  expat takes it by place only
    except expat.ExpatError:
        raise Refused(Reason.DAMAGED, part) from None

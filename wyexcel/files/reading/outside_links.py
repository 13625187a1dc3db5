"""What a workbook takes from outside beside its formulas: files, programs, data, objects."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wyexcel.files.address import a1
from wyexcel.files.reading.book import Attached
from wyexcel.files.reading.package import relations_of
from wyexcel.files.reading.sheet_facts import MAX_COLUMNS, MAX_ROWS
from wyexcel.files.reading.xml import local_name, walk
from wyexcel.files.reading.zip_container import Container, ZipPart

OBJECT: Final = "对象"
CONNECTION: Final = "数据连接"

_LINK: Final = re.compile(r"^xl/externallinks/_rels/([^/\n]*)\.rels$", re.MULTILINE)
_FOLDER: Final = "xl/externallinks/"
_CONNECTIONS: Final = "xl/connections.xml"
_ELEMENT: Final = b"oleObject"
_OLE: Final = re.compile(
    rb"<(?:\w+:)?oleObject\s([^>]*)>"
    rb"(?:\s*<(?:\w+:)?objectPr\b[^>]*>\s*<(?:\w+:)?anchor\b[^>]*>\s*<(?:\w+:)?from>"
    rb"\s*<(?:\w+:)?col>(\d{1,5})</(?:\w+:)?col>.*?<(?:\w+:)?row>(\d{1,7})</)?",
    re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(rb"(?:\w+:)?(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_MOST: Final = 1_000


def links(container: Container, listed: Sequence[str] = ()) -> tuple[str, ...]:
    """The other files and programs that the workbook takes values from, as it names them.

    The parts that it lists come first, in that order: its formulas call them by their numbers.
    """
    found = _LINK.findall(container.listing)
    if not found and not listed:
        return ()
    parts = dict.fromkeys([*(part.lower() for part in listed), *(_FOLDER + name for name in found)])
    return tuple(name for part in parts for name in _linked(container, part))


def _linked(container: Container, part: str) -> Iterator[str]:
    """What the link in *part* leads to, "" where that is lost: formulas count every one."""
    from urllib.parse import unquote  # noqa: PLC0415  slow to load, and links are rare

    folder, _, name = part.rpartition("/")
    listing = f"{folder}/_rels/{name}.rels"
    files = (
        [r.target for r in relations_of(container.part(listing)).values() if r.external]
        if container.has(listing)
        else []
    )
    program = _program(container.part(part)) if container.has(part) else ""
    yield unquote(files[0]) if files else program


def _program(part: ZipPart) -> str:
    """The conversation with another program (DDE) that *part* is about: `服务|主题`."""
    found: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "ddeLink":
            service, topic = (attributes.get(key, "") for key in ("ddeService", "ddeTopic"))
            found.append(f"{service}|{topic}")

    if part.name.endswith(".xml"):
        walk(part.content, part.name, start)
    return found[0] if found else ""


def attached(container: Container, sheets: Mapping[str, bytes]) -> tuple[Attached, ...]:
    """The connections of the workbook, and the objects on its *sheets*."""
    objects = [
        one for name, xml in sheets.items() if _ELEMENT in xml for one in _objects(name, xml)
    ]
    if not container.has(_CONNECTIONS):
        return tuple(objects)
    return (*_connections(container.part(_CONNECTIONS)), *objects)


def _connections(part: ZipPart) -> Iterator[Attached]:
    names: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "connection" and len(names) < _MOST:
            names.append(attributes.get("name", ""))

    walk(part.content, part.name, start)
    yield from (Attached(CONNECTION, name) for name in dict.fromkeys(names))


def _objects(sheet: str, xml: bytes) -> Iterator[Attached]:
    """The objects of *sheet*; a program may write each twice, once with its cell."""
    found: dict[bytes, Attached] = {}
    tail = xml[max(xml.rfind(b"</sheetData>"), 0) :]
    for attributes, column, row in _OLE.findall(tail)[:_MOST]:
        about = dict(_ATTRIBUTE.findall(attributes))
        inside = row and int(row) < MAX_ROWS and int(column) < MAX_COLUMNS
        cell = a1(int(row), int(column)) if inside else ""
        name = about.get(b"link") or about.get(b"progId", b"")
        key = about.get(b"shapeId", b"%d" % len(found))
        if key not in found or not found[key].cell:
            found[key] = Attached(OBJECT, name.decode("utf-8", "replace"), sheet, cell)
    yield from found.values()

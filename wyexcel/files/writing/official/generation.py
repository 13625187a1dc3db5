"""What was generated last time, kept in the Word file itself and in a file beside it (底稿).

An office program may drop either when it saves; the one in the document is right even for an older
copy that came back by mail, and so is believed first.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import msgspec
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from msgspec import Struct, field

from wyexcel.errors import CannotRead
from wyexcel.files import disk
from wyexcel.files.writing.official.official_document import OfficialDocument, OfficialParagraph

_NAMESPACE: Final = "urn:wyexcel:official-document:1"
_ITEM_ID: Final = "{8E6E2C1B-0E5E-4C55-9C55-57594558434C}"
_PROPERTIES_TYPE: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_PROPERTIES_RELATION: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"
)
_DATASTORE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Generation(Struct, frozen=True, kw_only=True):
    """The paragraphs as they were generated, and the facts that questions are still open about.

    `stands_at` are, by paragraph, the facts that a text edited by hand still tells: those of the
    generation in which it was edited.
    """

    about: str
    paragraphs: tuple[OfficialParagraph, ...]
    stands_at: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])

    @property
    def by_id(self) -> Mapping[str, OfficialParagraph]:
        """Its paragraphs by their ids, in their order."""
        return {paragraph.id: paragraph for paragraph in self.paragraphs}


def generation_of(
    document: OfficialDocument, stands_at: Mapping[str, Mapping[str, str]] | None = None
) -> Generation:
    """*document* as it is generated now."""
    return Generation(
        about=document.about, paragraphs=document.paragraphs, stands_at=stands_at or {}
    )


def store(document: Document, generation: Generation) -> None:
    """Keep *generation* in *document*, in place of the one that was there."""
    for key, relation in list(document.part.rels.items()):
        if _is_ours(relation):
            del document.part.rels[key]
    package: Any = document.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    number = next(n for n in range(1, 999) if f"/customXml/item{n}.xml" not in taken)
    text = escape(msgspec.json.encode(generation).decode())
    content = f'{_HEAD}<w:generation xmlns:w="{_NAMESPACE}">{text}</w:generation>'
    item = Part(
        PackURI(f"/customXml/item{number}.xml"), "application/xml", content.encode(), package
    )
    properties = (
        f'{_HEAD}<ds:datastoreItem ds:itemID="{_ITEM_ID}" xmlns:ds="{_DATASTORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    name = PackURI(f"/customXml/itemProps{number}.xml")
    about = Part(name, _PROPERTIES_TYPE, properties.encode(), package)
    item.relate_to(about, _PROPERTIES_RELATION)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def stored_in(document: Document) -> Generation | None:
    """The generation that *document* keeps; None where an office program dropped it."""
    for content in _contents(document):
        text = ET.fromstring(content).text or ""  # noqa: S314 - of our own namespace
        try:
            return msgspec.json.decode(text, type=Generation)
        except msgspec.DecodeError:
            return None
    return None


def _contents(document: Document) -> Iterator[bytes]:
    for relation in document.part.rels.values():
        if _is_ours(relation):
            yield relation.target_part.blob


def _is_ours(relation: Any) -> bool:
    is_custom = relation.reltype == RELATIONSHIP_TYPE.CUSTOM_XML and not relation.is_external
    return is_custom and _NAMESPACE.encode() in relation.target_part.blob


def sidecar(document: Path) -> Path:
    """Where the generation of *document* is kept beside it."""
    return document.with_name(f".{document.stem}.底稿.json")


def write_sidecar(document: Path, generation: Generation) -> None:
    """Keep *generation* beside *document*."""
    content = msgspec.json.format(msgspec.json.encode(generation), indent=1)
    disk.write(sidecar(document), lambda file: file.write(content))


def read_sidecar(document: Path) -> Generation | None:
    """The generation kept beside *document*; None where there is none that can be read."""
    try:
        return msgspec.json.decode(sidecar(document).read_bytes(), type=Generation)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:
        return None
    except OSError as error:
        message = f"不能读取“{sidecar(document)}”，请检查它是否被其他程序占用。"
        raise CannotRead(message) from error

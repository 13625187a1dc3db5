"""What is done to a finished workbook that no sheet can say: its zip parts written anew."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from wyexcel.files.address import parse
from wyexcel.files.writing.vba import compound
from wyexcel.practice.rehearsal.paper import Remake

WORKBOOK: Final = "xl/workbook.xml"
FIRST_SHEET: Final = "xl/worksheets/sheet1.xml"

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK: Final = "xl/externalLinks/externalLink1.xml"
_LINK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
_LINKED_FILE: Final = "file:///D:/2026年/园区台账.xlsx"
_SECRET: Final = bytes(range(256)) * 32


def rewritten(part: str, change: Callable[[str], str], *, more: Mapping[str, str]) -> Remake:
    """A remake by which one part is *change*d and *more* parts are put beside it."""

    def remake(content: bytes) -> bytes:
        held = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for entry in old.infolist():
                said = old.read(entry)
                if entry.filename == part:
                    said = change(said.decode()).encode()
                new.writestr(entry, said, zipfile.ZIP_DEFLATED)
            for name, text in more.items():
                new.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), text)
        return held.getvalue()

    return remake


def uncalculated(cell: str) -> Remake:
    """A remake by which a cell of the first sheet holds a formula that was never calculated."""
    there = re.compile(rf'(<c r="{cell}"[^>]*>)<v>([^<]*)</v>')
    change = partial(there.sub, r"\1<f>\2*1</f>")
    return rewritten(FIRST_SHEET, change, more={})


def hidden(cell: str) -> Remake:
    """A remake by which the row of *cell* of the first sheet is hidden."""
    row = parse(cell)[0] + 1
    change = partial(re.compile(rf'<row r="{row}"').sub, rf'<row r="{row}" hidden="1"')
    return rewritten(FIRST_SHEET, change, more={})


def named_in_vain(name: str) -> Remake:
    """A remake by which the workbook defines *name* for a place that is gone."""
    gone = f'<definedName name="{name}">#REF!$A$1</definedName></definedNames>'
    return rewritten(WORKBOOK, lambda text: text.replace("</definedNames>", gone), more={})


def linked(content: bytes) -> bytes:
    """The workbook *content*, which now takes values from another file."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/externalLinkPath" Target="{_LINKED_FILE}"'
        ' TargetMode="External"/></Relationships>'
    )
    book = (
        f'<externalLink xmlns="{_MAIN}"><externalBook xmlns:r="{_OFFICE}" r:id="rId1">'
        '<sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook></externalLink>'
    )
    more = {_LINK: book, "xl/externalLinks/_rels/externalLink1.xml.rels": relations}
    relation = (
        f'<Relationship Id="rId99" Type="{_OFFICE}/externalLink"'
        ' Target="externalLinks/externalLink1.xml"/></Relationships>'
    )
    kind = f'<Override PartName="/{_LINK}" ContentType="{_LINK_TYPE}"/></Types>'
    reference = '<externalReferences><externalReference r:id="rId99"/></externalReferences>'
    steps: tuple[tuple[str, str, str, Mapping[str, str]], ...] = (
        ("[Content_Types].xml", "</Types>", kind, more),
        ("xl/_rels/workbook.xml.rels", "</Relationships>", relation, {}),
        (WORKBOOK, "</sheets>", f"</sheets>{reference}", {}),
    )
    for part, old, new, parts in steps:
        change = partial(_replaced, old=old, new=new)
        content = rewritten(part, change, more=parts)(content)
    return content


def _replaced(text: str, *, old: str, new: str) -> str:
    return text.replace(old, new)


def locked(_content: bytes) -> bytes:
    """What a workbook with a password looks like to whoever has not got it."""
    parts = (
        compound.Node("EncryptionInfo", _SECRET[:512]),
        compound.Node("EncryptedPackage", _SECRET),
    )
    return compound.pack(compound.Node("Root Entry", children=parts))


def broken_off(content: bytes) -> bytes:
    """The first half of *content*, as a transfer leaves it that broke off."""
    return content[: len(content) // 2]


def lock_file(_content: bytes) -> bytes:
    """What Excel and WPS leave beside a workbook that is open."""
    return "张示例".encode("utf-16-le").ljust(165, b"\0")

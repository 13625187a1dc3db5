"""Mistakes that no sheet can describe: rewrites of the bytes of a finished workbook."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from wyexcel.files.address import parse
from wyexcel.files.writing.vba import compound
from wyexcel.practice.rehearsal.draft_form import Rewrite

WORKBOOK: Final = "xl/workbook.xml"
FIRST_SHEET: Final = "xl/worksheets/sheet1.xml"

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK: Final = "xl/externalLinks/externalLink1.xml"
_LINK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
_LINKED_FILE: Final = "file:///D:/2026年/园区台账.xlsx"
_SECRET: Final = bytes(range(256)) * 32


def rewrite_part(part: str, change: Callable[[str], str], *, more: Mapping[str, str]) -> Rewrite:
    """A rewrite that applies *change* to one zip part and adds *more* parts by name."""

    def rewrite(content: bytes) -> bytes:
        output = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for entry in old.infolist():
                data = old.read(entry)
                if entry.filename == part:
                    data = change(data.decode()).encode()
                new.writestr(entry, data, zipfile.ZIP_DEFLATED)
            for name, text in more.items():
                new.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), text)
        return output.getvalue()

    return rewrite


def leave_uncalculated(cell: str) -> Rewrite:
    """A rewrite after which *cell* of the first sheet holds a formula without a result."""
    number = re.compile(rf'(<c r="{cell}"[^>]*>)<v>([^<]*)</v>')
    change = partial(number.sub, r"\1<f>\2*1</f>")
    return rewrite_part(FIRST_SHEET, change, more={})


def hide_row(cell: str) -> Rewrite:
    """A rewrite after which the row of *cell* of the first sheet is hidden."""
    row = parse(cell)[0] + 1
    change = partial(re.compile(rf'<row r="{row}"').sub, rf'<row r="{row}" hidden="1"')
    return rewrite_part(FIRST_SHEET, change, more={})


def break_print_area(content: bytes) -> bytes:
    """*content* with the print area of its first sheet lost (#REF!)."""
    area = re.compile(r'(<definedName name="_xlnm.Print_Area" localSheetId="0">)[^<]*')
    return rewrite_part(WORKBOOK, partial(area.sub, r"\1填报!#REF!"), more={})(content)


def add_external_link(content: bytes) -> bytes:
    """*content* with a link to another workbook (ECMA-376 externalLink)."""
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
        content = rewrite_part(part, change, more=parts)(content)
    return content


def _replaced(text: str, *, old: str, new: str) -> str:
    return text.replace(old, new)


def lock_with_password(_content: bytes) -> bytes:
    """A compound file with the streams of a password-protected workbook ([MS-OFFCRYPTO])."""
    parts = (
        compound.Node("EncryptionInfo", _SECRET[:512]),
        compound.Node("EncryptedPackage", _SECRET),
    )
    return compound.pack(compound.Node("Root Entry", children=parts))


def cut_in_half(content: bytes) -> bytes:
    """The first half of *content*, like a transfer that broke off."""
    return content[: len(content) // 2]


def replace_by_lock_file(_content: bytes) -> bytes:
    """The 165 bytes that Excel and WPS keep beside an open workbook."""
    return "张示例".encode("utf-16-le").ljust(165, b"\0")


def replace_by_pdf(_content: bytes) -> bytes:
    """The first line of a PDF, and nothing of what follows it."""
    return b"%PDF-1.4\n"


def pack_in_archive(content: bytes) -> bytes:
    """A .zip in which *content* lies as a form."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("填报表.xlsx", (2025, 10, 9, 9, 0, 0)), content)
    return packed.getvalue()

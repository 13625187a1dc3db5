"""The pre-flight: what of a file may be given to the reader, looked at before anything is read."""

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from wyexcel.files.reading import cell_scan, number_styles, runs
from wyexcel.files.reading.book import Attached, Cover, Place
from wyexcel.files.reading.defined_names import BrokenName, broken_and_needed
from wyexcel.files.reading.file_type import open_xlsx
from wyexcel.files.reading.notes import lying_over
from wyexcel.files.reading.outside_links import attached, links
from wyexcel.files.reading.package import (
    RELATIONS,
    WORKBOOK,
    Contents,
    has_macros,
    read_contents,
)
from wyexcel.files.reading.refusal import Reason, Refused
from wyexcel.files.reading.runs import Marks
from wyexcel.files.reading.sheet_facts import SheetFacts
from wyexcel.files.reading.xml import refuse_unsafe
from wyexcel.files.reading.zip_container import MEBIBYTE, Container, ZipPart, build_zip

MAX_STRINGS: Final = 300_000
MAX_LISTING: Final = 2 * MEBIBYTE
"""How much a workbook may say about its sheets and names, which is kept in memory."""

_ROOT: Final = ZipPart.of(
    "_rels/.rels",
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Target="xl/workbook.xml" Type="http://schemas.openxmlformats.org'
    b'/officeDocument/2006/relationships/officeDocument"/></Relationships>',
)
"""Where the reader begins: the workbook lies where `open_xlsx` found it."""
_STRINGS: Final = "xl/sharedStrings.xml"
_CLAIMED: Final = re.compile(rb"ount\s*=\s*[\"']\s*(\d+)")
_MAX_CLAIM: Final = 10_000_000


class Cleared(NamedTuple):
    """A workbook that may be read.

    `package` holds only the parts that were checked, for the sheets in `seen`; it is empty where
    no sheet is wanted. `hidden` are the sheets that nobody sees, and `broken` the names that are
    needed and whose place is gone; `notes` and `covers` are what lies over the cells.
    """

    names: tuple[str, ...]
    facts: Mapping[str, SheetFacts]
    package: bytes
    links: tuple[str, ...]
    macros: bool
    hidden: frozenset[str]
    broken: tuple[BrokenName, ...] = ()
    attached: tuple[Attached, ...] = ()
    notes: Mapping[Place, str] = MappingProxyType({})
    covers: tuple[Cover, ...] = ()


def clear_xlsx(
    data: bytes,
    *,
    only: Collection[str] | None = None,
    skip: Collection[str] = (),
    need: str | None = None,
) -> Cleared:
    """What may be read of the workbook in *data*; raise Refused where nothing may."""
    container = open_xlsx(data)
    workbook, relations = container.part(WORKBOOK), container.part(RELATIONS)
    if len(workbook.content) + len(relations.content) > MAX_LISTING:
        raise Refused(Reason.TOO_BIG, WORKBOOK)
    inside = read_contents(workbook.content, relations.content)
    wanted = {
        tab.name: tab.part
        for tab in inside.tabs
        if tab.part and tab.name not in skip and (only is None or tab.name in only)
    }
    if need is not None and need not in inside.names:
        wanted = {}
    sheets = _sheets(container, wanted)
    styles = _styles(container, inside) if wanted else None
    common = _common(container, inside, styles) if wanted else []
    looks = number_styles.looks(styles.content if styles is not None else b"")
    marks = _marks(common, styles)
    scans = [
        cell_scan.scan_sheet(
            part.content, name, looks, marks, styles=styles.content if styles is not None else b""
        )
        for name, part in zip(wanted, sheets, strict=True)
    ]
    trimmed = [
        part if scan.xml is part.content else ZipPart.of(part.name, scan.xml)
        for part, scan in zip(sheets, scans, strict=True)
    ]
    over = lying_over(container, wanted)
    return Cleared(
        names=inside.names,
        facts={name: scan.facts for name, scan in zip(wanted, scans, strict=True)},
        package=build_zip([_ROOT, workbook, relations, *common, *trimmed]) if wanted else b"",
        links=links(container, inside.linked),
        macros=has_macros(container),
        hidden=frozenset(tab.name for tab in inside.tabs if tab.hidden),
        broken=broken_and_needed(inside.defined, inside.names, (p.content for p in sheets)),
        attached=attached(
            container, {name: part.content for name, part in zip(wanted, sheets, strict=True)}
        ),
        notes=over.notes,
        covers=over.covers,
    )


def _sheets(container: Container, wanted: Mapping[str, str]) -> list[ZipPart]:
    """The parts of the sheets that are wanted."""
    parts = [container.part(name) for name in wanted.values()]
    for part in parts:
        refuse_unsafe(part.content, part.name)
    return parts


def _styles(container: Container, inside: Contents) -> ZipPart | None:
    """The part of styles, if there is one."""
    if not inside.styles:
        return None
    styles = container.part(inside.styles)
    refuse_unsafe(styles.content, styles.name)
    return styles


def _common(container: Container, inside: Contents, styles: ZipPart | None) -> list[ZipPart]:
    """The parts that all sheets share, under the names where the reader looks for them."""
    parts: list[ZipPart] = []
    if inside.strings:
        strings = container.part(inside.strings)
        _refuse_strings(refuse_unsafe(strings.content, strings.name))
        parts.append(strings._replace(name=_STRINGS))
    if styles is not None:
        parts.append(ZipPart.of("xl/styles.xml", number_styles.number_formats_only(styles.content)))
    return parts


def _marks(common: Sequence[ZipPart], styles: ZipPart | None) -> Marks:
    """What the shared texts, if they are one of the *common* parts, and the *styles* set apart."""
    strings = next((part for part in common if part.name == _STRINGS), None)
    return Marks(
        struck=runs.struck_styles(styles.content) if styles is not None else frozenset(),
        strings=runs.marked_strings(strings.content, _STRINGS) if strings is not None else {},
    )


def _refuse_strings(xml: bytes) -> None:
    """Raise Refused where there are too many strings, or where it is said there are."""
    claims = _CLAIMED.findall(xml[:1024])
    if any(len(claim) > len(str(_MAX_CLAIM)) for claim in claims):
        raise Refused(Reason.DAMAGED, "共享文字的个数")
    if len(xml) > MEBIBYTE and xml.count(b"<si") + xml.count(b":si") > MAX_STRINGS:
        raise Refused(Reason.TOO_BIG, "共享文字过多")

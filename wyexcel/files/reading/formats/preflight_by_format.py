"""What of a form in another format may be given to the reader, looked at before it is read."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from wyexcel.files.reading import outside_links, package, zip_container
from wyexcel.files.reading.formats import biff, compound, exported, ods, ods_runs, xlsb
from wyexcel.files.reading.preflight import Cleared
from wyexcel.files.reading.refusal import Reason, Refused
from wyexcel.files.reading.zip_container import ZipPart, build_zip

_Clear: TypeAlias = Callable[[bytes, Collection[str], str], Cleared | None]

NAMES: Final[Mapping[Reason, str]] = MappingProxyType(
    {Reason.XLS: ".xls/.et", Reason.XLSB: ".xlsb", Reason.ODS: ".ods"}
)
"""The formats that are read, as people call them."""

_BOOK_ROOT: Final = ZipPart.of(
    "_rels/.rels",
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Target="xl/workbook.bin" Type="http://schemas.openxmlformats.org'
    b'/officeDocument/2006/relationships/officeDocument"/></Relationships>',
)
_MIME_TYPE: Final = ZipPart.of("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")
_MANIFEST: Final = "META-INF/manifest.xml"
_PLAIN_MANIFEST: Final = ZipPart.of(
    _MANIFEST,
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
)
_ENCRYPTED: Final = b"encryption-data"
_PROGRAMS: Final = ("\nBasic/", "\nScripts/")
_VBA: Final = "_vba_project_cur"


def clear_other_format(
    data: bytes, refused: Refused, *, skip: Collection[str], need: str
) -> Cleared:
    """What may be read of the workbook in *data*, which was *refused* as an .xlsx.

    Raises *refused* again, told as well as it can be, where it is none that holds the sheet *need*.
    """
    if refused.reason in {Reason.TEXT, Reason.HTML}:
        raise Refused(refused.reason, exported.exported_form_hint(data))
    clear_one = _CLEAR.get(refused.reason)
    cleared = clear_one(data, skip, need) if clear_one else None
    if cleared is None:
        raise refused
    return cleared


def _xls(data: bytes, skip: Collection[str], need: str) -> Cleared | None:
    if not data.startswith(compound.SIGNATURE):
        return None
    inside = compound.open_compound(data)
    stream = inside.stream("Workbook")
    if stream is None:
        return None
    workbook_globals = biff.read_globals(stream)
    names = tuple(tab.name for tab in workbook_globals.tabs)
    if not _holds(names, need):
        return None
    wanted = [tab for tab in workbook_globals.tabs if tab.filled and tab.name not in skip]
    looks = workbook_globals.looks()
    return Cleared(
        names=names,
        facts={tab.name: biff.scan_sheet(stream, tab, looks) for tab in wanted},
        package=data,
        links=tuple(dict.fromkeys(workbook_globals.links)),
        macros=any(entry.name.lower() == _VBA for entry in inside.entries),
        hidden=frozenset(tab.name for tab in workbook_globals.tabs if tab.hidden),
    )


def _xlsb(data: bytes, skip: Collection[str], need: str) -> Cleared | None:
    inside = zip_container.open_container(data)
    book, listing = inside.part(xlsb.BOOK), inside.part(xlsb.RELATIONS)
    tabs = xlsb.list_sheets(book.content, listing.content)
    names = tuple(tab.name for tab in tabs)
    if not _holds(names, need):
        return None
    common = {name: inside.part(name) for name in (xlsb.STRINGS, xlsb.STYLES) if inside.has(name)}
    styles = common.get(xlsb.STYLES)
    shown = xlsb.looks(styles.content if styles else b"")
    sheets = {t.name: inside.part(t.part) for t in tabs if t.part and t.name not in skip}
    named = [part._replace(name=name) for name, part in common.items()]
    return Cleared(
        names=names,
        facts={name: xlsb.scan_sheet(part.content, name, shown) for name, part in sheets.items()},
        package=build_zip([_BOOK_ROOT, book, listing, *named, *sheets.values()]),
        links=outside_links.links(inside),
        macros=package.has_macros(inside),
        hidden=frozenset(tab.name for tab in tabs if tab.hidden),
    )


def _ods(data: bytes, skip: Collection[str], need: str) -> Cleared | None:
    if not data.startswith(zip_container.SIGNATURE):
        return None
    inside = zip_container.open_container(data)
    if inside.has(_MANIFEST) and _ENCRYPTED in inside.part(_MANIFEST).content:
        raise Refused(Reason.PASSWORD)
    cells = inside.part(ods.CONTENT)
    contents = _looked(cells, need)
    if contents is None:
        return None
    runs = ods_runs.scan_runs(cells.content, ods.CONTENT)
    return Cleared(
        names=tuple(contents.facts),
        facts={
            name: runs[name].added_to(facts) if name in runs else facts
            for name, facts in contents.facts.items()
            if name not in skip
        },
        package=build_zip([_MIME_TYPE, _PLAIN_MANIFEST, cells]),
        links=contents.links,
        macros=any(sign in f"\n{inside.listing}\n" for sign in _PROGRAMS),
        hidden=contents.hidden,
        notes={(n, cell): note for n, found in runs.items() for cell, note in found.notes.items()},
    )


def _looked(cells: ZipPart, need: str) -> ods.OdsContents | None:
    """What is seen in *cells*, None where the sheet *need* is not there."""
    if need.encode() not in cells.content:
        return None
    contents = ods.scan_content(cells.content)
    return contents if _holds(tuple(contents.facts), need) else None


def _holds(names: tuple[str, ...], need: str) -> bool:
    """Whether the sheet *need* is there; raise Refused where two sheets have one name."""
    if need not in names:
        return False
    if same := package.same_named(names):
        raise Refused(Reason.UNSAFE, f"有两张工作表都叫“{same}”，不同的程序会读出不同的数")
    return True


_CLEAR: Final[Mapping[Reason, _Clear]] = MappingProxyType(
    {Reason.XLS: _xls, Reason.XLSB: _xlsb, Reason.ODS: _ods}
)

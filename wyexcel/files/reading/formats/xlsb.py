"""What the records of an .xlsb workbook say beside its values."""

import struct
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from msgspec import Struct

from wyexcel.files.reading.cell_look import CellStyle, StyleTables
from wyexcel.files.reading.colour import WHITE, Colour
from wyexcel.files.reading.formats.biff import ERRORS
from wyexcel.files.reading.formats.tally import SheetTally
from wyexcel.files.reading.refusal import Reason, Refused
from wyexcel.files.reading.sheet_facts import CellLook, SheetFacts
from wyexcel.files.reading.xml import local_name, walk

BOOK: Final = "xl/workbook.bin"
RELATIONS: Final = "xl/_rels/workbook.bin.rels"
STRINGS: Final = "xl/sharedStrings.bin"
STYLES: Final = "xl/styles.bin"

_BUNDLE_SHEET: Final = 156
_FORMAT, _FONT, _FILL, _XF, _BEGIN_XFS, _END_XFS = 44, 43, 45, 47, 617, 618
_ROW, _ERROR, _FORMULA_ERROR, _COLUMNS, _MERGED, _RICH = 0, 3, 11, 60, 176, 62
_VALUES: Final = frozenset({2, 4, 5, 6, 7, 8, 9, 10, _RICH})
_HIDDEN_ROW: Final = 0x10
_MAX_SHEETS: Final = 1_000
_NO_PATTERN, _SOLID = 0, 1
_FULL_TINT: Final = 32767


class XlsbSheet(NamedTuple):
    """One sheet: its name, its part ("" where it holds no cells), and whether it is hidden."""

    name: str
    part: str
    hidden: bool


def list_sheets(workbook: bytes, listing: bytes) -> tuple[XlsbSheet, ...]:
    """The sheets that *workbook*, its main part, lists; *listing* says where their parts lie."""
    parts = _parts(listing)
    sheets: list[XlsbSheet] = []
    try:
        for kind, body in _records(workbook):
            if kind == _BUNDLE_SHEET and len(sheets) < _MAX_SHEETS:
                (state,) = struct.unpack_from("<I", body)
                part, at = _text(body, 8)
                name, _ = _text(body, at)
                sheets.append(XlsbSheet(name, parts.get(part, ""), state != 0))
    except struct.error:
        raise Refused(Reason.DAMAGED, BOOK) from None
    return tuple(sheets)


def _parts(listing: bytes) -> dict[str, str]:
    """The parts of the sheets that hold cells, by the ids under which *listing* names them."""
    parts: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "")
            if attributes.get("TargetMode") == "External" or ".." in target.split("/"):
                raise Refused(Reason.UNSAFE, "有工作表指向文件之外")
            parts[attributes.get("Id", "")] = (
                target[1:] if target.startswith("/") else "xl/" + target
            )

    walk(listing, RELATIONS, start)
    return parts


def looks(styles: bytes) -> Mapping[int, CellLook]:
    """The cell styles of *styles*, by number, that may show something else than the value."""
    tables = StyleTables()
    inside = False
    try:
        for kind, body in _records(styles):
            inside = kind == _BEGIN_XFS or (inside and kind != _END_XFS)
            if kind == _FORMAT:
                tables.formats[int.from_bytes(body[:2], "little")] = _text(body, 2)[0]
            elif kind == _FONT:
                tables.fonts.append(_colour(body[12:20]))
            elif kind == _FILL:
                (pattern,) = struct.unpack_from("<I", body)
                tables.fills.append(_ground(pattern, body[4:12]))
            elif kind == _XF and inside:
                tables.styles.append(CellStyle(*struct.unpack_from("<HHH", body, 2)))
    except struct.error:
        raise Refused(Reason.DAMAGED, STYLES) from None
    return tables.looks()


def _ground(pattern: int, colour: bytes) -> Colour | None:
    """The ground of a fill: white without one; only a solid one has a colour that is known."""
    if pattern == _NO_PATTERN:
        return WHITE
    return _colour(colour) if pattern == _SOLID else None


def _colour(body: bytes) -> Colour:
    """A colour of eight bytes: its kind, its number, how much lighter, red, green, blue."""
    kind, number, tint, *rgb = struct.unpack("<BBh3Bx", body)
    match kind >> 1:
        case 1:
            return Colour("indexed", str(number), tint / _FULL_TINT)
        case 2:
            return Colour("rgb", bytes(rgb).hex().upper(), tint / _FULL_TINT)
        case 3:
            return Colour("theme", str(number), tint / _FULL_TINT)
        case _:
            return Colour()


def scan_sheet(part: bytes, sheet: str, shown: Mapping[int, CellLook]) -> SheetFacts:
    """What *part*, that of *sheet*, holds; raise Refused where it goes beyond the limits."""
    walk = _Walk(SheetTally(sheet=sheet), shown)
    try:
        for kind, body in _records(part):
            walk.tell(kind, body)
    except struct.error:
        raise Refused(Reason.DAMAGED, sheet) from None
    return walk.tally.facts()


class _Walk(Struct):
    tally: SheetTally
    looks: Mapping[int, CellLook]
    row: int = 0

    def tell(self, kind: int, body: bytes) -> None:
        """Take note of one record."""
        if kind == _ROW:
            (self.row,) = struct.unpack_from("<I", body)
            if len(body) > 11 and body[11] & _HIDDEN_ROW:  # noqa: PLR2004  where its flags stand
                self.tally.hide_rows(self.row)
        elif kind in _VALUES:
            column, style = struct.unpack_from("<II", body)
            self.tally.cell(self.row, column, look=self.looks.get(style & 0xFFFFFF))
        elif kind in {_ERROR, _FORMULA_ERROR}:
            (column, code) = struct.unpack_from("<I4xB", body)
            self.tally.error(self.row, column, ERRORS.get(code, "#N/A"))
        elif kind == _COLUMNS:
            first, last, flags = struct.unpack_from("<II8xH", body)
            if flags & 1:
                self.tally.hide_columns(first, last)
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            self.tally.merge((top, bottom), (left, right))


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of *part*; raise Refused where it ends within one."""
    at = 0
    while at < len(part):
        kind, at = _varying(part, at, 2)
        length, at = _varying(part, at, 4)
        if at + length > len(part):
            raise Refused(Reason.DAMAGED)
        yield kind, part[at : at + length]
        at += length


def _varying(part: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of at most *most* bytes, and where it ends; seven bits of each byte count."""
    number = 0
    for shift in range(most):
        if at >= len(part):
            raise Refused(Reason.DAMAGED)
        byte = part[at]
        at += 1
        number |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:  # noqa: PLR2004  the bit that says that more follows
            break
    return number, at


def _text(body: bytes, at: int) -> tuple[str, int]:
    """The text that begins at *at*, and where it ends."""
    (length,) = struct.unpack_from("<I", body, at)
    end = at + 4 + 2 * length
    if end > len(body):
        raise Refused(Reason.DAMAGED)
    return body[at + 4 : end].decode("utf-16-le", "replace"), end

"""What the records of an .xls workbook (BIFF8: .xls, .xlt, WPS .et) say beside its values."""

import struct
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from msgspec import Struct, field

from wyexcel.files.reading.cell_look import CellStyle, StyleTables
from wyexcel.files.reading.colour import WHITE, Colour
from wyexcel.files.reading.formats.tally import SheetTally
from wyexcel.files.reading.refusal import Reason, Refused
from wyexcel.files.reading.sheet_facts import CellLook, SheetFacts

ERRORS: Final[Mapping[int, str]] = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_RECORD: Final = struct.Struct("<HH")
_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _FORMAT, _XF, _SUPBOOK = (
    *(0x809, 0x0A, 0x2F, 0x85, 0x41E, 0xE0),
    0x1AE,
)
_FONT, _PALETTE = 0x31, 0x92
_ROW, _COLINFO, _MERGECELLS = 0x208, 0x7D, 0xE5
_NUMBER, _RK, _LABEL, _LABELSST, _RSTRING, _MULRK = 0x203, 0x27E, 0x204, 0xFD, 0xD6, 0xBD
_BOOLERR, _FORMULA, _STRING = 0x205, 0x06, 0x207
_ONE: Final = frozenset({_NUMBER, _RK, _LABEL, _LABELSST, _RSTRING})
_BETWEEN: Final = frozenset({0x4BC, 0x221, 0x236, 0x3C})
"""What may stand between a formula and its text: a shared formula, an array, a table."""
_BIFF8: Final = 0x0600
_SHEET: Final = 0x00
_HIDDEN_ROW: Final = 0x20
_SOLID: Final = 1
_NO_FONT: Final = 4
_FIRST_OWN_COLOUR: Final = 8
_ON_LOAD: Final = 0x2
"""The flag that programs set on formulas for which they had no result."""
_RESULT: Final = b"\xff\xff"
_OWN: Final = frozenset({b"\x01\x04", b"\x01\x3a"})
_MAX_SHEETS: Final = 1_000


class XlsSheet(NamedTuple):
    """One sheet: its name, where its records begin, and whether it is hidden and holds cells."""

    name: str
    start: int
    hidden: bool
    filled: bool


class Globals(Struct):
    """What the workbook says of itself: sheets, links, cell styles, and its own colours."""

    tabs: list[XlsSheet] = field(default_factory=list[XlsSheet])
    links: list[str] = field(default_factory=list[str])
    _tables: StyleTables = field(default_factory=StyleTables)
    _palette: dict[str, Colour] = field(default_factory=dict[str, Colour])

    def tell(self, kind: int, body: bytes) -> None:
        """Take note of one record; raise Refused where it says that there is a password."""
        if kind == _FILEPASS:
            raise Refused(Reason.PASSWORD)
        if kind == _BOUNDSHEET and len(self.tabs) < _MAX_SHEETS:
            start, state, sort, length, wide = struct.unpack_from("<IBBBB", body)
            name = _text(body[8:], length, wide)
            self.tabs.append(XlsSheet(name, start, bool(state & 3), sort == _SHEET))
        elif kind == _FORMAT:
            number, length, wide = struct.unpack_from("<HHB", body)
            self._tables.formats[number] = _text(body[5:], length, wide)
        elif kind == _FONT:
            (colour,) = struct.unpack_from("<4xH", body)
            self._tables.fonts.append(Colour("indexed", str(colour)))
        elif kind == _XF:
            self._style(body)
        elif kind == _PALETTE:
            for n, at in enumerate(range(2, len(body) - 3, 4)):
                own = Colour("rgb", body[at : at + 3].hex().upper())
                self._palette[str(_FIRST_OWN_COLOUR + n)] = own
        elif kind == _SUPBOOK and body[2:4] not in _OWN:
            self.links.append(_link(body))

    def _style(self, body: bytes) -> None:
        """Take note of a cell style; each has a fill of its own, and no font has the number 4."""
        font, number_format = struct.unpack_from("<HH", body)
        (pattern, colours) = struct.unpack_from("<14xIH", body)
        ground = Colour("indexed", str(colours & 0x7F)) if pattern >> 26 == _SOLID else None
        self._tables.fills.append(ground if pattern >> 26 else WHITE)
        fill = len(self._tables.fills) - 1
        style = CellStyle(number_format, font - (font > _NO_FONT), fill)
        self._tables.styles.append(style)

    def looks(self) -> Mapping[int, CellLook]:
        """The cell styles, by number, whose cells may show something else than their value."""
        tables, own = self._tables, self._palette
        tables.fonts = [own.get(colour.value, colour) for colour in tables.fonts]
        tables.fills = [colour and own.get(colour.value, colour) for colour in tables.fills]
        return tables.looks()


def _text(raw: bytes, length: int, wide: int) -> str:
    """Characters of two bytes, or of one where their other one would be zero."""
    if wide & 1:
        return raw[: 2 * length].decode("utf-16-le", "replace")
    return raw[:length].decode("latin-1")


def _link(body: bytes) -> str:
    """The other file, as it is named; the signs that stand for a drive or a folder are put so."""
    length, wide = struct.unpack_from("<HB", body, 2)
    text = _text(body[5:], length, wide).lstrip("\x00\x01\x02")
    return "".join(
        "\\" if sign == "\x03" else sign for sign in text if sign >= " " or sign == "\x03"
    )


def read_globals(stream: bytes) -> Globals:
    """What *stream*, the records of a workbook, says of itself; raise Refused if it is older."""
    kind, body = next(_records(stream, 0), (0, b""))
    if kind != _BOF or int.from_bytes(body[:2], "little") != _BIFF8:
        raise Refused(Reason.XLS)
    workbook_globals = Globals()
    try:
        for kind, body in _records(stream, 0):
            workbook_globals.tell(kind, body)
    except struct.error:
        raise Refused(Reason.DAMAGED) from None
    return workbook_globals


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, those of charts inside it left out."""
    depth = 0
    while start + _RECORD.size <= len(stream):
        kind, length = _RECORD.unpack_from(stream, start)
        body = stream[start + _RECORD.size : start + _RECORD.size + length]
        start += _RECORD.size + length
        if len(body) < length:
            break
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield kind, body
    raise Refused(Reason.DAMAGED)


def scan_sheet(stream: bytes, tab: XlsSheet, looks: Mapping[int, CellLook]) -> SheetFacts:
    """What the sheet *tab* holds; raise Refused where it goes beyond the limits."""
    walk = _Walk(SheetTally(sheet=tab.name), looks)
    try:
        for kind, body in _records(stream, tab.start):
            walk.tell(kind, body)
        walk.settle()
    except struct.error:
        raise Refused(Reason.DAMAGED, tab.name) from None
    return walk.tally.facts()


class _Walk(Struct):
    """A walk through the records of a sheet; `owed` is a formula whose text is still to come."""

    tally: SheetTally
    looks: Mapping[int, CellLook]
    owed: tuple[int, int] | None = None

    def tell(self, kind: int, body: bytes) -> None:
        """Take note of one record."""
        if self.owed is not None and kind not in _BETWEEN:
            self.settle(has_text=kind == _STRING)
        if kind in _ONE:
            row, column, style = struct.unpack_from("<HHH", body)
            self.tally.cell(row, column, look=self.looks.get(style))
        elif kind == _MULRK:
            self.several(body)
        elif kind == _FORMULA:
            self.formula(body)
        elif kind == _BOOLERR:
            row, column, _, value, is_error = struct.unpack_from("<HHHBB", body)
            if is_error:
                self.tally.error(row, column, ERRORS.get(value, "#N/A"))
            else:
                self.tally.cell(row, column)
        else:
            self.surface(kind, body)

    def settle(self, *, has_text: bool = False) -> None:
        """Count the formula that is owed its text: a cell if it *has_text*, else without result."""
        if self.owed is not None:
            tell = self.tally.cell if has_text else self.tally.uncalculated
            tell(*self.owed)
            self.owed = None

    def several(self, body: bytes) -> None:
        """Take note of numbers side by side."""
        row, first = struct.unpack_from("<HH", body)
        for number, at in enumerate(range(4, len(body) - 2, 6)):
            (style,) = struct.unpack_from("<H", body, at)
            self.tally.cell(row, first + number, look=self.looks.get(style))

    def formula(self, body: bytes) -> None:
        """Take note of a formula by the result that stands beside it."""
        row, column, style, result, flags = struct.unpack_from("<HHH8sH", body)
        result_kind = result[0] if result.endswith(_RESULT) else None
        if result_kind == _TEXT:
            self.owed = row, column
        if result_kind == _ERROR:
            self.tally.error(row, column, ERRORS.get(result[2], "#N/A"))
        elif flags & _ON_LOAD and (result_kind == _NOTHING or not any(result)):
            self.tally.uncalculated(row, column)
        elif result_kind != _TEXT:
            self.tally.cell(row, column, look=self.looks.get(style))

    def surface(self, kind: int, body: bytes) -> None:
        """Take note of what is hidden and what is merged."""
        if kind == _ROW:
            (row, flags) = struct.unpack_from("<H10xH", body)
            if flags & _HIDDEN_ROW:
                self.tally.hide_rows(row)
        elif kind == _COLINFO:
            first, last, flags = struct.unpack_from("<HH4xH", body)
            if flags & 1:
                self.tally.hide_columns(first, last)
        elif kind == _MERGECELLS:
            (count,) = struct.unpack_from("<H", body)
            for top, bottom, left, right in struct.iter_unpack("<4H", body[2 : 2 + 8 * count]):
                self.tally.merge((top, bottom), (left, right))


_TEXT, _ERROR, _NOTHING = 0, 2, 3
"""What the result of a formula is that is no number."""

"""What a workbook's part of styles says of its cells: their number formats and their colours."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from wyexcel.files.reading.cell_look import CellStyle, StyleTables, is_harmless
from wyexcel.files.reading.colour import BLACK, WHITE, Colour, is_unseen
from wyexcel.files.reading.sheet_facts import CellLook
from wyexcel.files.reading.xml import local_name, walk

Looks: TypeAlias = Mapping[str, CellLook]
"""The looks that are worth a second look, by the number of the cell style."""

_FORMATS: Final = re.compile(rb"<numFmts[ >].*?</numFmts>", re.DOTALL)
_STYLES: Final = re.compile(rb"<cellXfs[ >].*?</cellXfs>", re.DOTALL)
_STYLE: Final = re.compile(rb'<xf [^>]*?numFmtId="(\d+)"')
_SHEET: Final = re.compile(rb"<styleSheet[ >][^>]*>")
_LOOKED_AT: Final = (b"numFmts", b"fonts", b"fills", b"cellXfs")
_CODE: Final = re.compile(rb'formatCode="([^"]*)"')
_PERCENT: Final = re.compile(rb"numFmtId=[\"'](?:9|10|67|68)[\"']")
_COLOURED: Final = re.compile(rb"<(?:color|fgColor)\s([^>]*)>")
_NAMED: Final = re.compile(rb'([a-z]+)="([^"]*)"')
_TABLES: Final = frozenset(
    {"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"}
    | {"tableStyles", "colors", "extLst"}
)
"""The parts of the part of styles: each ends where the next begins."""
_SOLID: Final = "solid"
_NO_GROUND: Final = frozenset({"", "none"})


@lru_cache(maxsize=8)
def number_formats_only(xml: bytes) -> bytes:
    """*xml*, the part of styles, with number formats alone: no reader of values needs the rest.

    It is left as it is where it is not written plainly.
    """
    sheet = _SHEET.search(xml)
    formats, styles = _FORMATS.findall(xml), _STYLES.findall(xml)
    if sheet is None or b"<!--" in xml or len(formats) > 1 or len(styles) != 1:
        return xml
    numbers = _STYLE.findall(styles[0])
    if len(numbers) != styles[0].count(b"<xf"):
        return xml
    cells = (b'<xf numFmtId="%b"/>' % number for number in numbers)
    return b"".join((sheet[0], *formats, b"<cellXfs>", *cells, b"</cellXfs></styleSheet>"))


@lru_cache(maxsize=32)
def looks(xml: bytes) -> Looks:
    """The cell styles of *xml*, the part of styles, whose cells may show something else."""
    tables = _tables(xml) if xml else None
    if not xml or (tables is not None and _are_plain(tables)):
        return {}
    styles = _Styles()
    walk(xml if tables is None else tables.alone(), "xl/styles.xml", styles.start)
    return {str(number): look for number, look in styles.tables.looks().items()}


class _Tables(NamedTuple):
    """The tables of a part of styles that are looked at, as they are written."""

    formats: bytes
    fonts: bytes
    fills: bytes
    styles: bytes

    def alone(self) -> bytes:
        """A part of styles that holds these tables and nothing else."""
        return b"<styleSheet>%b</styleSheet>" % b"".join(self)


def _tables(xml: bytes) -> _Tables | None:
    """The tables of *xml*; None where it is not written plainly."""
    if b"<!--" in xml or b"<styleSheet" not in xml:
        return None
    tables = _Tables(*(_table(xml, name) for name in _LOOKED_AT))
    return tables if tables.styles else None


def _table(xml: bytes, name: bytes) -> bytes:
    """The table *name* of *xml*, empty where there is none."""
    start = xml.find(b"<%b" % name)
    end = xml.find(b"</%b>" % name, start)
    return xml[start : end + len(name) + 3] if 0 <= start < end else b""


def _are_plain(tables: _Tables) -> bool:
    """Whether it can be seen at a glance that no style of *tables* shows another number.

    That is where every format is harmless, and no colour of letters is like one of a ground.
    """
    codes = _CODE.findall(tables.formats)
    if b"%" in tables.formats or len(codes) != tables.formats.count(b"formatCode"):
        return False
    if not all(
        is_harmless(code.decode("utf-8", "replace").replace("&quot;", '"')) for code in codes
    ):
        return False
    if _PERCENT.search(tables.styles):
        return False
    letters, grounds = {*_colours(tables.fonts), BLACK}, {*_colours(tables.fills), WHITE}
    return not any(is_unseen(one, other) for one in letters for other in grounds)


def _colours(table: bytes) -> set[Colour]:
    """The colours that a table of fonts or fills names, whatever for."""
    return {_plain_colour(written) for written in _COLOURED.findall(table)}


@lru_cache(maxsize=256)
def _plain_colour(written: bytes) -> Colour:
    return colour({name.decode(): value.decode() for name, value in _NAMED.findall(written)})


class _Styles:
    """A walk through the part of styles: formats that are spelt out, fonts, fills, cell styles."""

    def __init__(self) -> None:
        self.inside = ""
        self.pattern = ""
        self.tables = StyleTables()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of what begins: a table, or an element of the one that is walked through."""
        name = local_name(name)
        if name in _TABLES:
            self.inside = name
        elif self.inside == "cellXfs":
            if name == "xf":
                look = (_number(attributes, number) for number in ("numFmtId", "fontId", "fillId"))
                self.tables.styles.append(CellStyle(*look))
        elif self.inside == "fonts":
            self.font(name, attributes)
        elif self.inside == "fills":
            self.fill(name, attributes)
        elif self.inside == "numFmts" and name == "numFmt":
            number = _number(attributes, "numFmtId")
            self.tables.formats[number] = attributes.get("formatCode", "")

    def font(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take note of an element of the fonts."""
        if name == "font":
            self.tables.fonts.append(Colour())
        elif name == "color" and self.tables.fonts:
            self.tables.fonts[-1] = colour(attributes)

    def fill(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take note of an element of the fills."""
        fills = self.tables.fills
        if name == "fill":
            fills.append(None)
        elif name == "patternFill" and fills:
            self.pattern = attributes.get("patternType", "")
            fills[-1] = WHITE if self.pattern in _NO_GROUND else None
        elif name == "fgColor" and fills and self.pattern == _SOLID:
            fills[-1] = colour(attributes)


def _number(attributes: Mapping[str, str], name: str) -> int:
    """The number that an attribute says; 0 where it is left out, -1 where it is none."""
    text = attributes.get(name, "0")
    return int(text[:9]) if text.isdecimal() else -1


def colour(attributes: Mapping[str, str]) -> Colour:
    """The colour that an element names."""
    for kind in ("rgb", "theme", "indexed"):
        if kind in attributes:
            return Colour(kind, attributes[kind].upper(), _tint(attributes.get("tint", "")))
    return Colour()


def _tint(text: str) -> float:
    try:
        tint = float(text) if text else 0.0
    except ValueError:
        return 0.0
    return tint if -1 <= tint <= 1 else 0.0

"""What a workbook's part of styles says of its cells: their number formats and their colours."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, TypeAlias

from wyexcel.files.reading.cell_look import CellStyle, StyleTables
from wyexcel.files.reading.colour import WHITE, Colour
from wyexcel.files.reading.sheet_facts import CellLook
from wyexcel.files.reading.xml import local_name, walk

Looks: TypeAlias = Mapping[str, CellLook]
"""The looks that are worth a second look, by the number of the cell style."""

_FORMATS: Final = re.compile(rb"<numFmts[ >].*?</numFmts>", re.DOTALL)
_FONTS: Final = re.compile(rb"<fonts[ >].*?</fonts>", re.DOTALL)
_FILLS: Final = re.compile(rb"<fills[ >].*?</fills>", re.DOTALL)
_STYLES: Final = re.compile(rb"<cellXfs[ >].*?</cellXfs>", re.DOTALL)
_STYLE: Final = re.compile(rb'<xf [^>]*?numFmtId="(\d+)"')
_SHEET: Final = re.compile(rb"<styleSheet[ >][^>]*>")
_TABLES: Final = frozenset({"numFmts", "fonts", "fills", "cellXfs"})
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
    styles = _Styles()
    walk(_tables_only(xml), "xl/styles.xml", styles.start, end=styles.end)
    return {str(number): look for number, look in styles.tables.looks().items()}


def _tables_only(xml: bytes) -> bytes:
    """*xml* with the tables alone that are looked at, where it is written plainly."""
    tables = [pattern.findall(xml) for pattern in (_FORMATS, _FONTS, _FILLS, _STYLES)]
    plain = b"<!--" not in xml and all(len(found) <= 1 for found in tables) and tables[-1]
    sheet = _SHEET.search(xml) if plain else None
    if sheet is None:
        return xml
    return b"".join((sheet[0], *(part for found in tables for part in found), b"</styleSheet>"))


class _Styles:
    """A walk through the part of styles: formats that are spelt out, fonts, fills, cell styles."""

    def __init__(self) -> None:
        self.inside = ""
        self.pattern = ""
        self.tables = StyleTables()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of what begins."""
        name = local_name(name)
        if name in _TABLES:
            self.inside = name
        else:
            self.within(name, attributes)

    def within(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take note of an element of the table that is walked through."""
        tables = self.tables
        match self.inside, name:
            case "numFmts", "numFmt":
                tables.formats[_number(attributes, "numFmtId")] = attributes.get("formatCode", "")
            case "fonts", "font":
                tables.fonts.append(Colour())
            case "fonts", "color" if tables.fonts:
                tables.fonts[-1] = colour(attributes)
            case "fills", "fill":
                tables.fills.append(None)
            case "fills", "patternFill" if tables.fills:
                self.pattern = attributes.get("patternType", "")
                tables.fills[-1] = WHITE if self.pattern in _NO_GROUND else None
            case "fills", "fgColor" if tables.fills and self.pattern == _SOLID:
                tables.fills[-1] = colour(attributes)
            case "cellXfs", "xf":
                wanted = ("numFmtId", "fontId", "fillId")
                tables.styles.append(CellStyle(*(_number(attributes, name) for name in wanted)))
            case _:
                pass

    def end(self, name: str) -> None:
        """Take note that a table is over."""
        if local_name(name) == self.inside:
            self.inside = ""


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

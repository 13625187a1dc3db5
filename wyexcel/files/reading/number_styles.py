"""What a workbook's styles say of its numbers: which are dates, and which are percentages."""

import re
from functools import lru_cache
from typing import Final

from wyexcel.files.reading.xml import local_name, walk

_BUILT_IN: Final = frozenset({"9", "10"})
"""The number formats `0%` and `0.00%`, which no workbook spells out."""

_HINT: Final = re.compile(rb"%|numFmtId=[\"'](?:9|10)[\"']")
_ASIDE: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""What a number format shows as it is: quoted words, escaped signs, colours and conditions."""
_FORMATS: Final = re.compile(rb"<numFmts[ >].*?</numFmts>", re.DOTALL)
_STYLES: Final = re.compile(rb"<cellXfs[ >].*?</cellXfs>", re.DOTALL)
_STYLE: Final = re.compile(rb'<xf [^>]*?numFmtId="(\d+)"')
_SHEET: Final = re.compile(rb"<styleSheet[ >][^>]*>")


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


@lru_cache(maxsize=8)
def percentages(xml: bytes) -> frozenset[str]:
    """The numbers of the cell styles of *xml*, the part of styles, that show percentages."""
    return _Styles.of(xml) if _HINT.search(xml) else frozenset()


def is_percent(number_format: str) -> bool:
    """Whether *number_format* multiplies by a hundred.

    >>> is_percent("0.00%"), is_percent('0.00"%"'), is_percent("General")
    (True, False, False)
    """
    return "%" in _ASIDE.sub("", number_format)


class _Styles:
    """A walk through the part of styles: the formats that are spelt out, and the cell styles."""

    def __init__(self) -> None:
        self.formats = set(_BUILT_IN)
        self.inside = False
        self.count = 0
        self.percent_styles: set[str] = set()

    @classmethod
    def of(cls, xml: bytes) -> frozenset[str]:
        """The cell styles of *xml* that show percentages."""
        styles = cls()
        walk(xml, "xl/styles.xml", styles.start, end=styles.end)
        return frozenset(styles.percent_styles)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of a format or of a cell style."""
        match local_name(name):
            case "numFmt" if is_percent(attributes.get("formatCode", "")):
                self.formats.add(attributes.get("numFmtId", ""))
            case "cellXfs":
                self.inside = True
            case "xf" if self.inside:
                if attributes.get("numFmtId", "") in self.formats:
                    self.percent_styles.add(str(self.count))
                self.count += 1
            case _:
                pass

    def end(self, name: str) -> None:
        """Take note that the cell styles are over."""
        if local_name(name) == "cellXfs":
            self.inside = False

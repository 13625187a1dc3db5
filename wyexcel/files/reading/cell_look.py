"""Which looks of a cell may say something else than its value: number formats, unseen letters."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from wyexcel.files.reading.colour import Colour, is_unseen
from wyexcel.files.reading.sheet_facts import CellLook

PERCENTS: Final = {9: "0%", 10: "0.00%", 67: "0%", 68: "0.00%"}
"""The number formats that no workbook spells out and that show another number.

The others show what is stored, or a date, which is read as one.
"""


_ASIDE: Final = (
    r"(?:\[(?:(?i:red|black|blue|green|cyan|magenta)|[红黑蓝绿]色?|\$[¥￥]?(?:-[0-9A-Fa-f]+)?)\])*"
)
_BESIDE: Final = r'(?:_.|\* |[ ¥￥]|\\[ ¥￥]|"[ ¥￥]*"|\[\$[¥￥]-[0-9A-Fa-f]+\])*'
_DIGITS: Final = r"(?:[#0][#0,]*)?0(?:\.[0#?]*)?"
_PLUS: Final = f"{_ASIDE}{_BESIDE}{_DIGITS}{_BESIDE}"
_SIGN: Final = r'(?:-|\\-|"-"|\(|\\\()'
_CLOSED: Final = r"(?:\)|\\\))?"
_MINUS: Final = (
    rf"(?:{_ASIDE}{_BESIDE}{_SIGN}{_BESIDE}{_DIGITS}{_BESIDE}{_CLOSED}{_BESIDE}"
    rf"|\[(?i:red|红色?)\]{_BESIDE}{_DIGITS}{_BESIDE})"
)
_ZERO: Final = rf'(?:{_PLUS}|{_BESIDE}(?:"-"|\\-|-)\?*{_BESIDE})'
_TEXT: Final = rf"{_BESIDE}@{_BESIDE}"
_DAY: Final = (
    r"(?:\[\$-[0-9A-Fa-f]+\])?[yYmMdD](?:[yYmMdDhHsS/:. \-年月日]|\\[\-/ ]|\"[年月日]\")*(?:;@)?"
)
_HARMLESS: Final = re.compile(
    rf"(?:General|G/通用格式|@|0\.0+E\+0+|{_DAY}"
    rf"|{_PLUS}(?:;{_MINUS}(?:;{_ZERO})?)?(?:;{_TEXT})?)",
)
"""Formats that show the stored number (rounded, with a minus, in thousands), text, or a date."""


@lru_cache(maxsize=512)
def is_harmless(code: str) -> bool:
    """Whether the number format *code* is known to show what is stored, whatever that is.

    >>> is_harmless("#,##0.00_ ;[Red]-#,##0.00 "), is_harmless("0;0"), is_harmless("#,##0,")
    (True, False, False)
    """
    return not code or _HARMLESS.fullmatch(code) is not None


class CellStyle(NamedTuple):
    """One cell style: the numbers of its number format, of its font and of its fill."""

    number_format: int
    font: int = 0
    fill: int = 0


class StyleTables:
    """The tables of a workbook's styles; a fill is None where its colour is not known."""

    def __init__(self) -> None:
        """Begin with the formats that no workbook spells out."""
        self.formats = dict(PERCENTS)
        self.fonts: list[Colour] = []
        self.fills: list[Colour | None] = []
        self.styles: list[CellStyle] = []

    def looks(self) -> dict[int, CellLook]:
        """The cell styles, by number, whose cells may show something else than their value."""
        found = ((n, self._look(style)) for n, style in enumerate(self.styles))
        return {n: look for n, look in found if look is not None}

    def _look(self, style: CellStyle) -> CellLook | None:
        code = self.formats.get(style.number_format, "")
        letters, ground = _at(self.fonts, style.font), _at(self.fills, style.fill)
        unseen = letters is not None and ground is not None and is_unseen(letters, ground)
        if is_harmless(code):
            return CellLook(code, unseen=True) if unseen else None
        from wyexcel.files.reading.format_code import is_percent  # noqa: PLC0415  few forms need it

        return CellLook(code, is_percent(code), unseen)


def _at(table: Sequence[Colour | None], number: int) -> Colour | None:
    return table[number] if 0 <= number < len(table) else None

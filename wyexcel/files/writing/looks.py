"""How every part of a sheet looks: one table, used by the file writer and by the live one.

Fonts are named as offices name them (GB/T 9704—2012: 小标宋 titles, 黑体 headings, 仿宋 body).
Fills are pale, so that the words on them stay readable on a photocopy; a colour never stands alone.
"""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.files.writing.sheet import Part

NORMAL_FONT: Final = "宋体"
NORMAL_SIZE: Final = 11
DIGIT_PIXELS: Final = 8
"""The widest digit of the Normal font (宋体 11) at 96 dpi; column widths are counted in it."""
PADDING_PIXELS: Final = 5

SONG: Final = NORMAL_FONT
HEI: Final = "黑体"
FANG: Final = "仿宋_GB2312"
XIAO_BIAO_SONG: Final = "方正小标宋简体"

COLUMN_PIXELS: Final = 72
"""A column of its own accord: eight digits and the padding, up to a multiple of eight."""

Align = Literal["left", "center", "right", "justify"]
Valign = Literal["top", "vcenter", "bottom"]


class Look(Struct, frozen=True, kw_only=True):
    """How one part looks; sizes in points, colours as #RRGGBB ("" is none)."""

    font: str = FANG
    size: float = 10.5
    bold: bool = False
    underline: bool = False
    colour: str = "#000000"
    fill: str = ""
    align: Align = "left"
    valign: Valign = "vcenter"
    wrap: bool = True
    shrink: bool = False
    border: bool = False
    number_format: str = "General"
    locked: bool = True


_BOX: Final = Look(border=True)
_STATUS: Final = replace(_BOX, size=9, align="center")
_INPUT: Final = replace(_BOX, fill="#FFF9E5", locked=False)
_CARRIED: Final = replace(_INPUT, fill="#FFE14D", bold=True)

LOOKS: Final[Mapping[Part, Look]] = {
    Part.ANNEX: Look(font=HEI, size=16, wrap=False),
    Part.TITLE: Look(font=XIAO_BIAO_SONG, size=20, align="center"),
    Part.SUBTITLE: Look(size=11, wrap=False),
    Part.ASIDE: Look(size=11, align="right", wrap=False),
    Part.HEADING: replace(_BOX, font=HEI, align="center"),
    Part.TEXT: _BOX,
    Part.NAME: replace(_BOX, size=9),
    Part.CENTRE: replace(_BOX, align="center"),
    Part.NUMBER: replace(_BOX, align="right", wrap=False, shrink=True),
    Part.GOOD: replace(_STATUS, fill="#E2F0D9"),
    Part.WARNING: replace(_STATUS, fill="#FFF2CC"),
    Part.ALARM: replace(_STATUS, fill="#F8CBAD", bold=True),
    Part.QUIET: replace(_STATUS, colour="#595959"),
    Part.NOTE: Look(size=10, valign="top"),
    Part.SIGN_OFF: Look(size=11, wrap=False),
    Part.DOCUMENT_NUMBER: Look(size=16, align="center", wrap=False),
    Part.PROSE: Look(size=16, align="justify", valign="top"),
    Part.SALUTATION: Look(size=16),
    Part.SIGNATURE: Look(size=16, align="right"),
    Part.LINK: replace(_BOX, size=9, underline=True, colour="#0563C1"),
    Part.INPUT: replace(_INPUT, number_format="@"),
    Part.INPUT_CENTRE: replace(_INPUT, align="center", number_format="@"),
    Part.INPUT_NUMBER: replace(_INPUT, align="right", wrap=False),
    Part.INPUT_DATE: replace(_INPUT, align="center", wrap=False, number_format="yyyy-mm-dd"),
    Part.CARRIED: replace(_CARRIED, number_format="@"),
    Part.CARRIED_CENTRE: replace(_CARRIED, align="center", number_format="@"),
    Part.CARRIED_NUMBER: replace(_CARRIED, align="right", wrap=False),
    Part.CARRIED_DATE: replace(_CARRIED, align="center", wrap=False, number_format="yyyy-mm-dd"),
    Part.CLOSED: replace(_BOX, align="center", fill="#EDEDED", colour="#595959"),
    Part.PLAIN: Look(font=SONG, size=11, wrap=False, valign="bottom"),
}


def pixels(millimetres: float) -> int:
    """A width on paper as pixels at 96 dpi.

    >>> pixels(25.4)
    96
    """
    return round(millimetres * 96 / 25.4)


def characters(millimetres: float) -> float:
    """A width on paper as a column width in Excel's measure, digits of the Normal font.

    >>> characters(25.4)
    11.375
    """
    return round((pixels(millimetres) - PADDING_PIXELS) / DIGIT_PIXELS * 256) / 256


def millimetres(characters: float) -> float:
    """A column width in Excel's measure as a width on paper.

    >>> round(millimetres(11.375), 1)
    25.4
    """
    return (characters * DIGIT_PIXELS + PADDING_PIXELS) * 25.4 / 96


def is_live(value: object) -> bool:
    """Whether *value* is text that a spreadsheet would take for a formula if it could.

    Both writers keep such text as text; otherwise somebody's “=…” would come to life in print.

    >>> is_live("=1+1"), is_live("-3"), is_live(-3), is_live("欠进度")
    (True, True, False, False)
    """
    return isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t"))

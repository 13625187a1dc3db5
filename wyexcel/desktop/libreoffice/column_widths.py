"""Widths as Excel counts them, and places as Calc names them."""

import re
from typing import Any, Final
from urllib.parse import quote, unquote, urljoin

from wyexcel.desktop.libreoffice.uno import structure
from wyexcel.files.writing.looks import DIGIT_PIXELS, NORMAL_FONT, NORMAL_SIZE, PADDING_PIXELS

_FINE: Final = 1000
_POINT: Final = 2540 / 72
_PLACE: Final = re.compile(r"'?((?:[^'!]|'')+)'?!([A-Za-z$]+[0-9$]+)$")


def digit(window: Any) -> float:
    """How wide a digit of the Normal font is to Calc in its *window*, in 1/100 mm.

    A file counts column widths in it, so it depends on the fonts of the machine.
    """
    wanted = structure("awt.FontDescriptor", Name=NORMAL_FONT, Height=_FINE)
    font = window.getFont(wanted)
    width = max(font.getCharWidths("0", "9"))
    return float(width / _FINE * NORMAL_SIZE * _POINT)


def from_digits(characters: float, one: float) -> int:
    """A column of so many *characters* in 1/100 mm, where a digit is *one* wide.

    >>> from_digits(11.375, 2540 / 12)
    2540
    """
    return round((characters + PADDING_PIXELS / DIGIT_PIXELS) * one)


def in_digits(width: int, one: float) -> float:
    """A column *width* in 1/100 mm as Excel counts it, where a digit is *one* wide.

    >>> in_digits(2540, 2540 / 12)
    11.375
    """
    return width / one - PADDING_PIXELS / DIGIT_PIXELS


def location(document: Any, address: str) -> str:
    """*address*, as links of Excel write it, as Calc follows it from *document*."""
    file, _, place = address.partition("#")
    found = _PLACE.match(place)
    end = f"#{found[1].replace(_QUOTE * 2, _QUOTE)}.{found[2]}" if found else ""
    whole = urljoin(document.getURL(), quote(unquote(file))) if file else ""
    return f"{whole}{end}"


_QUOTE: Final = "'"

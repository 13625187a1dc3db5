"""Column widths: 1/100 mm in Calc, digits of the Normal font in Excel."""

from typing import Any, Final

from wyexcel.desktop.libreoffice.uno import structure
from wyexcel.files.writing.looks import DIGIT_PIXELS, NORMAL_FONT, NORMAL_SIZE, PADDING_PIXELS

_FINE: Final = 1000
_POINT: Final = 2540 / 72


def digit_width(window: Any) -> float:
    """How wide a digit of the Normal font is in Calc's *window*, in 1/100 mm.

    A file counts column widths in digits; how wide one is depends on the fonts of the machine.
    """
    description = structure("awt.FontDescriptor", Name=NORMAL_FONT, Height=_FINE)
    font = window.getFont(description)
    width = max(font.getCharWidths("0", "9"))
    return float(width / _FINE * NORMAL_SIZE * _POINT)


def from_digits(characters: float, digit: float) -> int:
    """The width in 1/100 mm of a column of so many *characters*, where a *digit* is so wide.

    >>> from_digits(11.375, 2540 / 12)
    2540
    """
    return round((characters + PADDING_PIXELS / DIGIT_PIXELS) * digit)


def in_digits(width: int, digit: float) -> float:
    """A column *width* in 1/100 mm as Excel counts it in digits, where a *digit* is so wide.

    >>> in_digits(2540, 2540 / 12)
    11.375
    """
    return width / digit - PADDING_PIXELS / DIGIT_PIXELS

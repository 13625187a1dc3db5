"""Whether letters can be told from their ground: the colours of a font and of a fill compared."""

from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

Rgb: TypeAlias = tuple[int, int, int]


class Colour(NamedTuple):
    """A colour as a workbook names it: `kind` is rgb, theme, indexed or "" for none of its own."""

    kind: str = ""
    value: str = ""
    tint: float = 0.0


WHITE: Final = Colour("rgb", "FFFFFFFF")
BLACK: Final = Colour("rgb", "FF000000")
_LIGHT: Final[Rgb] = (255, 255, 255)
_DARK: Final[Rgb] = (0, 0, 0)
_THEME: Final = {"0": _LIGHT, "1": _DARK}
"""The two colours of a theme that are the same in nearly all: the ground's and the text's."""
_WINDOW: Final = {"64": _DARK, "65": _LIGHT, "32767": _DARK}
_PALETTE: Final = bytes.fromhex(
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF"
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF"
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080"
    "9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF"
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF"
    "00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99"
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696"
    "003366 339966 003300 333300 993300 993366 333399 333333"
)
"""The colours that have numbers (ECMA-376 18.8.27)."""
_FAINT: Final = 1.15
"""Below this contrast (WCAG 2.1) nobody reads: #F2F2F2 on white has 1.12, #D9D9D9 has 1.41."""
_NEAR: Final = 64
"""How far the parts of two colours may be apart; yellow is told from white by its blue."""


@lru_cache(maxsize=1024)
def is_unseen(letters: Colour, ground: Colour) -> bool:
    """Whether *letters* have as good as the colour of their *ground*; black without any.

    >>> is_unseen(WHITE, WHITE), is_unseen(WHITE, Colour("rgb", "FFFFF9E5"))
    (True, True)
    >>> is_unseen(Colour("rgb", "FFD9D9D9"), WHITE), is_unseen(Colour("theme", "1"), WHITE)
    (False, False)
    """
    letters = letters if letters.kind else BLACK
    if letters == ground:
        return True
    one, other = _rgb(letters), _rgb(ground)
    if one is None or other is None:
        return False
    near = all(abs(a - b) <= _NEAR for a, b in zip(one, other, strict=True))
    return near and _contrast(one, other) < _FAINT


def _rgb(colour: Colour) -> Rgb | None:
    """What *colour* is made of; None where the workbook does not say it here."""
    match colour.kind:
        case "rgb":
            plain = _from_hex(colour.value[-6:])
        case "theme":
            plain = _THEME.get(colour.value)
        case "indexed":
            plain = _WINDOW.get(colour.value) or _from_palette(colour.value)
        case _:
            plain = None
    return plain and _tinted(plain, colour.tint)


def _from_hex(text: str) -> Rgb | None:
    try:
        red, green, blue = bytes.fromhex(text)
    except ValueError:
        return None
    return red, green, blue


def _from_palette(number: str) -> Rgb | None:
    at = 3 * int(number[:6]) if number.isdecimal() else len(_PALETTE)
    rgb = tuple(_PALETTE[at : at + 3])
    return (rgb[0], rgb[1], rgb[2]) if rgb else None


def _tinted(rgb: Rgb, tint: float) -> Rgb:
    """*rgb* made lighter (above 0) or darker (below), for greys as the standard says."""
    if tint < 0:
        red, green, blue = (round(part * (1 + tint)) for part in rgb)
    else:
        red, green, blue = (round(part + (255 - part) * tint) for part in rgb)
    return red, green, blue


def _contrast(one: Rgb, other: Rgb) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  the curve of sRGB

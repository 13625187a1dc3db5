"""How cells look: each trait of a look as the properties that Calc's cells have for it."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from wyexcel.desktop.libreoffice.uno import enum, structure
from wyexcel.desktop.libreoffice.values import to_colour

Properties: TypeAlias = Mapping[str, Any]
Traits: TypeAlias = tuple[tuple[str, object], ...]
"""What cells look like: pairs of a name of `BY_TRAIT`, or `number_format`, and its value."""

BOLD: Final = 150.0
_REGULAR: Final = 100.0
_SCRIPTS: Final = ("", "Asian", "Complex")
"""A cell has a font for each kind of script; Excel knows one."""

HORIZONTAL: Final = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "justify": "BLOCK",
}
VERTICAL: Final = {"top": 1, "center": 2, "bottom": 3}
WEIGHTS: Final = {"hairline": 2, "thin": 26, "medium": 53, "thick": 79}
"""Widths in hundredths of a millimetre, as Calc takes them from a file of Excel's."""
_SIDES: Final = ("Top", "Bottom", "Left", "Right")


def apply(cells: Any, properties: Properties) -> None:
    """Set *properties* of *cells*, in one call."""
    names = tuple(sorted(properties))
    cells.setPropertyValues(names, tuple(properties[name] for name in names))


def font_name(name: str) -> Properties:
    """The font called *name*."""
    return all_scripts("CharFontName", name)


def font_size(points: float) -> Properties:
    """A font of so many *points*."""
    return all_scripts("CharHeight", float(points))


def bold(on: bool) -> Properties:  # noqa: FBT001 - one trait among others
    """A bold font, or one that is not."""
    return all_scripts("CharWeight", BOLD if on else _REGULAR)


def all_scripts(name: str, value: object) -> Properties:
    """The property *name* of the fonts of all scripts."""
    return {f"{name}{script}": value for script in _SCRIPTS}


def fill(colour: Any) -> Properties:
    """The fill *colour*; None is none."""
    return {"CellBackColor": -1 if colour is None else to_colour(colour)}


def horizontal(where: str) -> Properties:
    """Text aligned between left and right, *where* is a key of `HORIZONTAL`."""
    return {"HoriJustify": enum("table.CellHoriJustify", HORIZONTAL[where])}


def vertical(where: str) -> Properties:
    """Text aligned between top and bottom, *where* is a key of `VERTICAL`."""
    return {"VertJustify": VERTICAL[where]}


def wrapped(on: bool) -> Properties:  # noqa: FBT001 - one trait among others
    """Text that goes on over several lines, or not."""
    return {"IsTextWrapped": on}


def line(width: int) -> Any:
    """A line of this *width*."""
    return structure("table.BorderLine2", OuterLineWidth=width, LineWidth=width)


def boxed(weight: str) -> Properties:
    """A line of *weight* on every side of every cell."""
    border = line(WEIGHTS[weight])
    return {f"{side}Border2": border for side in _SIDES}


BY_TRAIT: Final[Mapping[str, Callable[[Any], Properties]]] = {
    "font": font_name,
    "size": font_size,
    "bold": bold,
    "colour": lambda colour: {"CharColor": to_colour(colour)},
    "fill": fill,
    "align": horizontal,
    "valign": lambda where: vertical(where.removeprefix("v")),
    "wrap": wrapped,
    "border": lambda _drawn: boxed("thin"),
    "underline": lambda on: {"CharUnderline": int(on)},
    "shrink": lambda on: {"ShrinkToFit": on},
}
"""The traits of a look that cells can be given, by name."""


def from_traits(traits: Traits, key: Callable[[str], int]) -> Properties:
    """The properties of *traits*, a number format among them; *key* finds the format's number."""
    others: dict[str, Any] = dict(traits)
    properties: dict[str, Any] = {"NumberFormat": key(others.pop("number_format"))}
    for trait, value in others.items():
        properties.update(BY_TRAIT[trait](value))
    return properties


def format_key(formats: Any, code: str) -> int:
    """The number of the number format *code* in *formats*; a new one is added to them."""
    english = structure("lang.Locale", Language="en", Country="US")
    number: int = formats.queryKey(code, english, False)  # noqa: FBT003 - UNO knows no keywords
    return number if number >= 0 else int(formats.addNew(code, english))

"""How cells look, in Calc's words: what each trait is as properties of its cells."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from wyexcel.desktop.libreoffice.uno import enum, structure
from wyexcel.desktop.libreoffice.values import to_colour

Properties: TypeAlias = Mapping[str, Any]
Traits: TypeAlias = tuple[tuple[str, object], ...]
"""What cells look like: traits by name, as `OF` knows them, and `number_format`."""

BOLD: Final = 150.0
_REGULAR: Final = 100.0
_SCRIPTS: Final = ("", "Asian", "Complex")
"""A cell has a font for each kind of script; Excel knows one."""

ACROSS: Final = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "justify": "BLOCK",
}
DOWN: Final = {"top": 1, "center": 2, "bottom": 3}
WEIGHTS: Final = {"hairline": 2, "thin": 26, "medium": 53, "thick": 79}
"""Widths in hundredths of a millimetre, as Calc takes them from a file of Excel's."""
_SIDES: Final = ("Top", "Bottom", "Left", "Right")


def give(cells: Any, properties: Properties) -> None:
    """Let *cells* have *properties*, in one call."""
    names = tuple(sorted(properties))
    cells.setPropertyValues(names, tuple(properties[name] for name in names))


def font_name(name: str) -> Properties:
    """The font called *name*."""
    return scripts("CharFontName", name)


def font_size(points: float) -> Properties:
    """A font of so many *points*."""
    return scripts("CharHeight", float(points))


def bold(on: bool) -> Properties:  # noqa: FBT001 - one trait among others
    """A bold font, or one that is not."""
    return scripts("CharWeight", BOLD if on else _REGULAR)


def scripts(name: str, value: object) -> Properties:
    """The property *name* of the fonts of all scripts."""
    return {f"{name}{script}": value for script in _SCRIPTS}


def fill(colour: Any) -> Properties:
    """The fill *colour*; None is none."""
    return {"CellBackColor": -1 if colour is None else to_colour(colour)}


def across(where: str) -> Properties:
    """Text *where* between left and right."""
    return {"HoriJustify": enum("table.CellHoriJustify", ACROSS[where])}


def down(where: str) -> Properties:
    """Text *where* between top and bottom."""
    return {"VertJustify": DOWN[where]}


def wrapped(on: bool) -> Properties:  # noqa: FBT001 - one trait among others
    """Text that goes on over several lines, or not."""
    return {"IsTextWrapped": on}


def line(width: int) -> Any:
    """A line of this *width*."""
    return structure("table.BorderLine2", OuterLineWidth=width, LineWidth=width)


def boxed(weight: str) -> Properties:
    """A line of *weight* on every side of every cell."""
    drawn = line(WEIGHTS[weight])
    return {f"{side}Border2": drawn for side in _SIDES}


OF: Final[Mapping[str, Callable[[Any], Properties]]] = {
    "font": font_name,
    "size": font_size,
    "bold": bold,
    "colour": lambda colour: {"CharColor": to_colour(colour)},
    "fill": fill,
    "align": across,
    "valign": lambda where: down(where.removeprefix("v")),
    "wrap": wrapped,
    "border": lambda _drawn: boxed("thin"),
    "underline": lambda on: {"CharUnderline": int(on)},
    "shrink": lambda on: {"ShrinkToFit": on},
}
"""The traits of a look that cells can be given, by name."""


def of(traits: Traits, key: Callable[[str], int]) -> Properties:
    """*traits*, a number format among them, as properties; *key* finds the format's number."""
    said: dict[str, Any] = dict(traits)
    found: dict[str, Any] = {"NumberFormat": key(said.pop("number_format"))}
    for trait, value in said.items():
        found.update(OF[trait](value))
    return found


def format_key(formats: Any, code: str) -> int:
    """The number by which *formats* know the number format *code*; a new one becomes known."""
    english = structure("lang.Locale", Language="en", Country="US")
    found: int = formats.queryKey(code, english, False)  # noqa: FBT003 - UNO knows no keywords
    return found if found >= 0 else int(formats.addNew(code, english))

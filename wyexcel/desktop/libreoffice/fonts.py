"""How text looks."""

from typing import Any

from xlwings import base_classes as bc

from wyexcel.desktop.libreoffice import properties
from wyexcel.desktop.libreoffice.uno import enum
from wyexcel.desktop.libreoffice.values import Colour, from_colour


class Font(bc.Font):
    """How text looks."""

    def __init__(self, cells: Any) -> None:
        """The font of *cells*."""
        self._cells = cells

    @property
    def api(self) -> Any:
        """The cells, whose properties a font is to Calc."""
        return self._cells

    def _apply(self, trait: str, value: object) -> None:
        properties.apply(self._cells, properties.BY_TRAIT[trait](value))

    @property
    def name(self) -> str:
        """Its name."""
        return str(self._cells.CharFontName)

    @name.setter
    def name(self, value: str) -> None:
        self._apply("font", value)

    @property
    def size(self) -> float:
        """Its size in points."""
        return round(float(self._cells.CharHeight), 2)

    @size.setter
    def size(self, value: float) -> None:
        self._apply("size", value)

    @property
    def bold(self) -> bool:
        """Whether it is bold."""
        return bool(self._cells.CharWeight >= properties.BOLD)

    @bold.setter
    def bold(self, value: bool) -> None:
        self._apply("bold", value)

    @property
    def italic(self) -> bool:
        """Whether it is slanted."""
        return bool(self._cells.CharPosture.value != "NONE")

    @italic.setter
    def italic(self, value: bool) -> None:
        slant = enum("awt.FontSlant", "ITALIC" if value else "NONE")
        properties.apply(self._cells, properties.all_scripts("CharPosture", slant))

    @property
    def color(self) -> Colour:
        """Its colour; where none was chosen it is black."""
        return from_colour(self._cells.CharColor) or (0, 0, 0)

    @color.setter
    def color(self, color_or_rgb: Any) -> None:
        self._apply("colour", color_or_rgb)

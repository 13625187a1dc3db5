"""How text looks, and the lines around cells."""

from typing import Any, Final

from xlwings import base_classes as bc

from wyexcel.libreoffice.bridge import enum, structure
from wyexcel.libreoffice.values import Colour, from_colour, to_colour

_BOLD: Final = 150.0
_REGULAR: Final = 100.0
_SCRIPTS: Final = ("", "Asian", "Complex")
"""A cell has a font for each kind of script; Excel knows one."""

_WEIGHTS: Final = {"hairline": 2, "thin": 26, "medium": 53, "thick": 79}
"""Widths in hundredths of a millimetre, as Calc takes them from a file of Excel's."""

_LINES: Final = {
    "edge_top": "TopLine",
    "edge_bottom": "BottomLine",
    "edge_left": "LeftLine",
    "edge_right": "RightLine",
    "inside_vertical": "VerticalLine",
    "inside_horizontal": "HorizontalLine",
}


class Font(bc.Font):
    """How text looks."""

    def __init__(self, cells: Any) -> None:
        """The font of *cells*."""
        self._cells = cells

    @property
    def api(self) -> Any:
        """The cells, whose properties a font is to Calc."""
        return self._cells

    def _set(self, name: str, value: object) -> None:
        for script in _SCRIPTS:
            setattr(self._cells, f"{name}{script}", value)

    @property
    def name(self) -> str:
        """Its name."""
        return str(self._cells.CharFontName)

    @name.setter
    def name(self, value: str) -> None:
        self._set("CharFontName", value)

    @property
    def size(self) -> float:
        """Its size in points."""
        return round(float(self._cells.CharHeight), 2)

    @size.setter
    def size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def bold(self) -> bool:
        """Whether it is bold."""
        return bool(self._cells.CharWeight >= _BOLD)

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("CharWeight", _BOLD if value else _REGULAR)

    @property
    def italic(self) -> bool:
        """Whether it is slanted."""
        return bool(self._cells.CharPosture.value != "NONE")

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set("CharPosture", enum("awt.FontSlant", "ITALIC" if value else "NONE"))

    @property
    def color(self) -> Colour:
        """Its colour; where none was chosen it is black."""
        return from_colour(self._cells.CharColor) or (0, 0, 0)

    @color.setter
    def color(self, color_or_rgb: Any) -> None:
        self._cells.CharColor = to_colour(color_or_rgb)


class Borders(bc.Borders):
    """The lines around and between cells."""

    def __init__(self, cells: Any) -> None:
        """Those of *cells*."""
        self._cells = cells

    @property
    def api(self) -> Any:
        """Calc's own description of all lines."""
        return self._cells.TableBorder2

    def set(
        self,
        which: Any = tuple(_LINES),
        *,
        line_style: Any = "continuous",
        weight: Any = "thin",
        color: Any = None,
    ) -> None:
        """Draw the sides *which*, or with the line style `none` take them away."""
        width = 0 if line_style == "none" else _WEIGHTS.get(weight, _WEIGHTS["thin"])
        drawn = structure("table.BorderLine2", OuterLineWidth=width, LineWidth=width)
        if isinstance(color, str):
            drawn.Color = to_colour(color)
        table = self._cells.TableBorder2
        for side, name in _LINES.items():
            setattr(table, f"Is{name}Valid", side in which)
            if side in which:
                setattr(table, name, drawn)
        self._cells.TableBorder2 = table

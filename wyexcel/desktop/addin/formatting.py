"""The looks of the parts, given to the cells of a live sheet in as few calls as they allow."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import xlwings as xw

from wyexcel.desktop.addin import application
from wyexcel.desktop.addin.rectangles import alike
from wyexcel.desktop.libreoffice.properties import Traits
from wyexcel.files.writing.looks import LOOKS, NORMAL_FONT, NORMAL_SIZE, is_live
from wyexcel.files.writing.sheet import Cell

Table: TypeAlias = Sequence[Sequence[Cell | None]]
Way: TypeAlias = Callable[[xw.Range, Any], None]

TEXT: Final = "@"

_CLEARED: Final[Mapping[str, object]] = {
    "font": NORMAL_FONT,
    "size": NORMAL_SIZE,
    "bold": False,
    "colour": "#000000",
    "fill": "",
    "valign": "bottom",
    "wrap": False,
    "border": False,
    "underline": False,
    "shrink": False,
}
"""What a cell has that was cleared, and need not be given."""


def dress(target: xw.Sheet, cells: Table, *, down: int = 0) -> None:
    """Give the cells of *target*, cleared before, the looks of the parts that *cells* play.

    The first row of *cells* stands so many rows *down* the sheet.
    """
    above: list[list[Traits | None]] = [[] for _ in range(down)]
    worn = [*above, *([_traits(cell) if cell else None for cell in line] for line in cells)]
    if application.paint(target, alike(worn)):
        return
    for trait, give in _WAYS.items():
        values = [[None if one is None else dict(one).get(trait) for one in row] for row in worn]
        for area, value in alike(values):
            give(target.range(area.first, area.last), value)


def _traits(cell: Cell) -> Traits:
    """What tells *cell* from one that was cleared."""
    look = LOOKS[cell.part]
    traits = {name: getattr(look, name) for name in _CLEARED}
    others = [(name, value) for name, value in traits.items() if value != _CLEARED[name]]
    code = TEXT if is_live(cell.value) else cell.format or look.number_format
    return (*others, ("align", look.align), ("number_format", code))


def _property(*path: str) -> Way:
    """A way to set the property of a range that *path* leads to."""

    def give(area: xw.Range, value: object) -> None:
        owner: Any = area
        for name in path[:-1]:
            owner = getattr(owner, name)
        setattr(owner, path[-1], value)

    return give


def _align_down(area: xw.Range, value: str) -> None:
    area.vertical_alignment = "center" if value == "vcenter" else "top"


def _draw(area: xw.Range, _drawn: bool) -> None:  # noqa: FBT001 - one way among others
    rows, columns = area.shape
    inside = ("inside_vertical",) * (columns > 1) + ("inside_horizontal",) * (rows > 1)
    edges = ("edge_top", "edge_bottom", "edge_left", "edge_right")
    area.borders.set([*edges, *inside], line_style="continuous", weight="thin")


def _underline(area: xw.Range, _on: bool) -> None:  # noqa: FBT001 - one way among others
    application.underline(area)


def _shrink(area: xw.Range, _on: bool) -> None:  # noqa: FBT001 - one way among others
    application.shrink(area)


_WAYS: Final[Mapping[str, Way]] = {
    "font": _property("font", "name"),
    "size": _property("font", "size"),
    "bold": _property("font", "bold"),
    "colour": _property("font", "color"),
    "fill": _property("color"),
    "align": _property("horizontal_alignment"),
    "valign": _align_down,
    "wrap": _property("wrap_text"),
    "border": _draw,
    "underline": _underline,
    "shrink": _shrink,
    "number_format": _property("number_format"),
}

"""The looks of cells, given to a live sheet in as few calls as they allow."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import xlwings as xw

from wyexcel.desktop.addin import excel_or_calc
from wyexcel.desktop.addin.equal_areas import equal_areas
from wyexcel.desktop.libreoffice.properties import Traits
from wyexcel.files.writing.looks import LOOKS, NORMAL_FONT, NORMAL_SIZE, is_live
from wyexcel.files.writing.sheet import Cell

CellGrid: TypeAlias = Sequence[Sequence[Cell | None]]
Setter: TypeAlias = Callable[[xw.Range, Any], None]

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
"""The traits of a cell that was cleared; they need not be set."""


def format_cells(target: xw.Sheet, cells: CellGrid, *, first_row: int = 0) -> None:
    """Give the cells of *target*, cleared before, the looks that *cells* have in a file.

    The first row of *cells* is row *first_row* of the sheet, from 0.
    """
    above: list[list[Traits | None]] = [[] for _ in range(first_row)]
    traits = [*above, *([_traits(cell) if cell else None for cell in line] for line in cells)]
    if excel_or_calc.apply_traits(target, equal_areas(traits)):
        return
    for trait, set_trait in _SETTERS.items():
        values = [[dict(cell).get(trait) if cell else None for cell in row] for row in traits]
        for area, value in equal_areas(values):
            set_trait(target.range(area.first, area.last), value)


def _traits(cell: Cell) -> Traits:
    """The traits in which *cell* differs from one that was cleared."""
    look = LOOKS[cell.part]
    traits = {name: getattr(look, name) for name in _CLEARED}
    others = [(name, value) for name, value in traits.items() if value != _CLEARED[name]]
    code = TEXT if is_live(cell.value) else cell.format or look.number_format
    return (*others, ("align", look.align), ("number_format", code))


def _property(*path: str) -> Setter:
    """A setter for the property of a range that *path* leads to."""

    def set_property(area: xw.Range, value: object) -> None:
        owner: Any = area
        for name in path[:-1]:
            owner = getattr(owner, name)
        setattr(owner, path[-1], value)

    return set_property


def _align_down(area: xw.Range, value: str) -> None:
    area.vertical_alignment = "center" if value == "vcenter" else "top"


def _draw(area: xw.Range, _drawn: bool) -> None:  # noqa: FBT001 - one setter among others
    rows, columns = area.shape
    inside = ("inside_vertical",) * (columns > 1) + ("inside_horizontal",) * (rows > 1)
    edges = ("edge_top", "edge_bottom", "edge_left", "edge_right")
    area.borders.set([*edges, *inside], line_style="continuous", weight="thin")


def _underline(area: xw.Range, _on: bool) -> None:  # noqa: FBT001 - one setter among others
    excel_or_calc.underline(area)


def _shrink(area: xw.Range, _on: bool) -> None:  # noqa: FBT001 - one setter among others
    excel_or_calc.shrink(area)


_SETTERS: Final[Mapping[str, Setter]] = {
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

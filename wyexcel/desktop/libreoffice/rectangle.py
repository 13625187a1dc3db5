"""Rectangles of cells: where they are on a sheet, in the words of Calc and of addresses."""

from typing import Any, Final, NamedTuple

from wyexcel.desktop.libreoffice.uno import structure
from wyexcel.files import address

RANGES: Final = "com.sun.star.sheet.SheetCellRanges"


class Rectangle(NamedTuple):
    """A rectangle on a sheet; rows and columns from 0, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def from_calc(cls, area: Any) -> "Rectangle":
        """The rectangle that Calc's own address *area* names."""
        return cls(area.StartRow, area.StartColumn, area.EndRow, area.EndColumn)

    @property
    def corners(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom: the order in which Calc takes them."""
        return self.left, self.top, self.right, self.bottom

    @property
    def size(self) -> tuple[int, int]:
        """How many columns and rows."""
        return self.right - self.left + 1, self.bottom - self.top + 1

    def to_calc(self, sheet: int) -> Any:
        """Calc's own address of the rectangle on the sheet of that number, from 0."""
        ends = {"EndColumn": self.right, "EndRow": self.bottom}
        start = {"StartColumn": self.left, "StartRow": self.top}
        return structure("table.CellRangeAddress", Sheet=sheet, **start, **ends)

    @classmethod
    def between(cls, *ends: Any) -> "Rectangle":
        """The smallest rectangle that holds *ends*: addresses, (row, column) from 1, or ranges."""
        rows, columns = zip(*(corner for end in ends for corner in _corners(end)), strict=True)
        return cls(min(rows), min(columns), max(rows), max(columns))


def _corners(end: Any) -> list[tuple[int, int]]:
    """The corners (row, column, from 0) of an address, a (row, column) or cells."""
    rectangle = getattr(end, "rectangle", None)
    if isinstance(rectangle, Rectangle):
        return [(rectangle.top, rectangle.left), (rectangle.bottom, rectangle.right)]
    if not isinstance(end, str):
        row, column, *shape = end
        last = [(row + shape[0] - 2, column + shape[1] - 2)] if shape else []
        return [(row - 1, column - 1), *last]
    return [address.parse(cell) for cell in end.upper().replace("$", "").split(":")]

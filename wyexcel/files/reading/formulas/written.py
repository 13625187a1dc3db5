"""The formulas of a sheet as its XML writes them: one for many cells, or for a whole range."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from wyexcel.files.address import a1, parse

_MOST_SIGNS: Final = 2_000_000
"""How many signs all formulas of a sheet may have that are written only once for many cells."""
_MOST_CELLS: Final = 10_000
"""How many cells of ranges with one formula are told."""


class _Shared(NamedTuple):
    """A formula that is written once, and the cell where it is."""

    text: str
    row: int
    column: int


class WrittenFormulas:
    """The formulas of one sheet, cell by cell as they are met."""

    def __init__(self) -> None:
        """None was met yet."""
        self.texts: dict[str, str] = {}
        self.shared: dict[str, _Shared] = {}
        self.users: dict[str, str] = {}
        self.ranges: dict[str, str] = {}

    def add(self, row: int, column: int, text: str, about: Mapping[str, str]) -> None:
        """A formula stands in a cell; *about* are the attributes of its element."""
        cell, kind = a1(row, column), about.get("t", "")
        self.texts[cell] = text
        if kind == "shared" and text:
            self.shared.setdefault(about.get("si", ""), _Shared(text, row, column))
        elif kind == "shared":
            self.users[cell] = about.get("si", "")
        elif kind in {"array", "dataTable"} and ":" in about.get("ref", ""):
            self.texts[cell] = f"{{{text}}}"
            self.ranges[about["ref"]] = self.texts[cell]

    def by_cell(self) -> Mapping[str, str]:
        """What every cell reckons, by address; "" where that is not written in any way."""
        if self.users:
            self._share()
        for area, text in self.ranges.items():
            for cell in _cells(area):
                self.texts.setdefault(cell, text)
        return self.texts

    def _share(self) -> None:
        """Give every cell the formula that another one says for it."""
        from wyexcel.files.reading.formulas.shift import shifted  # noqa: PLC0415  few sheets need it, and it takes time

        left = _MOST_SIGNS
        for cell, number in self.users.items():
            master = self.shared.get(number)
            if master is not None and left >= len(master.text):
                left -= len(master.text)
                row, column = parse(cell)
                move = row - master.row, column - master.column
                self.texts[cell] = shifted(master.text, *move)


def _cells(area: str) -> list[str]:
    """The cells of *area*; none where it is no range, or too large a one."""
    first, _, last = area.replace("$", "").partition(":")
    try:
        (top, left), (bottom, right) = parse(first), parse(last)
    except ValueError:
        return []
    if (bottom - top + 1) * (right - left + 1) > _MOST_CELLS:
        return []
    return [a1(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]

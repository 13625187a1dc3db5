"""A conditional format as it applies to one cell: where, for which numbers, and how it looks."""

import operator
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

from wyexcel.files.reading.sheet_facts import CellLook

Area: TypeAlias = tuple[int, int, int, int]
"""The first row and column of a range, and the last ones, from 0."""

_COMPARE: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
BETWEEN, NOT_BETWEEN = "between", "notBetween"


class Condition(NamedTuple):
    """One format, where it stands, and when it applies: the cell compared with numbers."""

    areas: tuple[Area, ...]
    operator: str
    operands: tuple[float, ...]
    look: CellLook

    def applies(self, row: int, column: int, value: float) -> bool:
        """Whether the cell at *row* and *column*, which holds *value*, has this format."""
        inside = any(t <= row <= b and le <= column <= r for t, le, b, r in self.areas)
        return inside and self._holds(value)

    def _holds(self, value: float) -> bool:
        if self.operator in _COMPARE:
            return _COMPARE[self.operator](value, self.operands[0])
        between = min(self.operands) <= value <= max(self.operands)
        return between is (self.operator == BETWEEN)

"""What is seen of a sheet beside its values, and how much of it a file may have."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 256
MAX_CELLS: Final = 300_000
MAX_MERGES: Final = 5_000
MAX_MERGED: Final = 300_000
"""How many cells all merged ranges, or all ranges with a hyperlink, may cover."""


class CellLook(NamedTuple):
    """How a cell shows its value: by which number format, and whether nobody can see it.

    `percent` says that the format multiplies by a hundred.
    """

    code: str
    percent: bool = False
    unseen: bool = False


class SheetFacts(NamedTuple):
    """What was seen: cells with an error, formulas without a result, whether there are values.

    `merged` are the merged ranges, `hidden` the hidden rows and columns, with spaces between;
    `formulas` are the cells with a formula, and what it says ("" where it is one that another cell
    says), and `looks` those with a value that may show something else.
    """

    errors: Mapping[str, str] = MappingProxyType({})
    uncached: frozenset[str] = frozenset()
    filled: bool = False
    merged: str = ""
    hidden: str = ""
    formulas: Mapping[str, str] = MappingProxyType({})
    looks: Mapping[str, CellLook] = MappingProxyType({})

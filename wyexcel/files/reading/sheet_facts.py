"""What is seen of a sheet beside its values, and how much of it a file may have."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from wyexcel.files.address import a1
from wyexcel.files.reading.refusal import Reason, Refused
from wyexcel.files.reading.runs import MixedText

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


def refuse_wide(sheet: str, row: int, column: int, count: int) -> None:
    """Raise Refused where a cell, the *count*th with something in it, lies beyond the limits."""
    if row >= MAX_ROWS or column >= MAX_COLUMNS:
        where = f"“{sheet}”的 {a1(row, column)} 里有内容，请选中它所在的行和列，删除后保存"
        raise Refused(Reason.TOO_WIDE, where)
    if count > MAX_CELLS:
        where = f"“{sheet}”到 {a1(row, column)} 已超过 {MAX_CELLS} 格，请删除填报内容以外的行和列"
        raise Refused(Reason.TOO_WIDE, where)


class SheetFacts(NamedTuple):
    """What was seen: cells with an error, formulas without a result, whether there are values.

    `merged` are the merged ranges, `hidden` the hidden rows and columns, with spaces between;
    `formulas` are the cells with a formula, and what it says ("" where it is one that another cell
    says), and `looks` those with a value that may show something else. `mixed` are the cells
    whose text consists of runs of different looks, `struck` those that are struck out as a whole,
    and `moments` those that hold a date or time written as text.
    """

    errors: Mapping[str, str] = MappingProxyType({})
    uncached: frozenset[str] = frozenset()
    filled: bool = False
    merged: str = ""
    hidden: str = ""
    formulas: Mapping[str, str] = MappingProxyType({})
    looks: Mapping[str, CellLook] = MappingProxyType({})
    mixed: Mapping[str, MixedText] = MappingProxyType({})
    struck: frozenset[str] = frozenset()
    moments: frozenset[str] = frozenset()

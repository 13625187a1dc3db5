"""What is seen of a sheet while it is looked through, held to the limits that every form has."""

from msgspec import Struct, field

from wyexcel.files.address import a1, column_name
from wyexcel.files.reading.refusal import Reason, Refused
from wyexcel.files.reading.sheet_facts import (
    MAX_COLUMNS,
    MAX_MERGED,
    MAX_MERGES,
    MAX_ROWS,
    CellLook,
    SheetFacts,
    refuse_wide,
)

_MAX_HIDDEN = MAX_ROWS


class SheetTally(Struct, kw_only=True):
    """The cells of one sheet, told one by one; raise Refused as soon as they are too many."""

    sheet: str
    count: int = 0
    covered: int = 0
    errors: dict[str, str] = field(default_factory=dict[str, str])
    uncached: set[str] = field(default_factory=set[str])
    formulas: dict[str, str] = field(default_factory=dict[str, str])
    looks: dict[str, CellLook] = field(default_factory=dict[str, CellLook])
    merged: list[str] = field(default_factory=list[str])
    hidden: list[str] = field(default_factory=list[str])

    def cell(self, row: int, column: int, *, look: CellLook | None = None, many: int = 1) -> None:
        """Something stands in *many* cells, the last of which is this one with *look*."""
        self.count += many
        refuse_wide(self.sheet, row, column, self.count)
        if look is not None:
            self.looks[a1(row, column)] = look

    def error(self, row: int, column: int, shown: str) -> None:
        """The cell shows an error."""
        self.cell(row, column)
        self.errors[a1(row, column)] = shown

    def uncalculated(self, row: int, column: int) -> None:
        """The cell holds a formula that has no result."""
        self.cell(row, column)
        self.uncached.add(a1(row, column))

    def reckons(self, row: int, column: int, formula: str) -> None:
        """The cell holds a formula."""
        self.formulas[a1(row, column)] = formula

    def merge(self, rows: tuple[int, int], columns: tuple[int, int]) -> None:
        """The cells of a range are merged, the first and last rows and columns counted from 0."""
        (top, bottom), (left, right) = rows, columns
        self.covered += (bottom - top + 1) * (right - left + 1)
        if len(self.merged) >= MAX_MERGES or self.covered > MAX_MERGED:
            raise Refused(Reason.TOO_MANY_MERGES, self.sheet)
        if bottom < top or right < left:
            raise Refused(Reason.DAMAGED, self.sheet)
        self.merged.append(f"{a1(top, left)}:{a1(bottom, right)}")

    def hide_rows(self, first: int, count: int = 1) -> None:
        """*count* rows from *first* on are hidden."""
        for row in range(first, min(first + count, MAX_ROWS)):
            if len(self.hidden) < _MAX_HIDDEN:
                self.hidden.append(str(row + 1))

    def hide_columns(self, first: int, last: int) -> None:
        """The columns from *first* to *last* are hidden."""
        if first < MAX_COLUMNS and first <= last:
            last = min(last, MAX_COLUMNS - 1)
            self.hidden.append(f"{column_name(first)}:{column_name(last)}")

    def facts(self) -> SheetFacts:
        """What was seen."""
        return SheetFacts(
            errors=self.errors,
            uncached=frozenset(self.uncached),
            filled=self.count > 0,
            merged=" ".join(self.merged),
            hidden=" ".join(self.hidden),
            formulas=self.formulas,
            looks=self.looks,
        )

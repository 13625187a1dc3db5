"""Areas of cells: where they are, and what stands in them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from xlwings import base_classes as bc

from wyexcel.desktop.libreoffice.rectangle import Place
from wyexcel.desktop.libreoffice.values import Matrix, to_calc, to_date
from wyexcel.files import address

if TYPE_CHECKING:
    from wyexcel.desktop.libreoffice.ranges import Range
    from wyexcel.desktop.libreoffice.sheets import Sheet

_CONTENTS: Final = 1 | 2 | 4 | 8 | 16
"""com.sun.star.sheet.CellFlags: values, dates, text, notes, formulas."""
_FORMATS: Final = 32
"""com.sun.star.sheet.CellFlags: what was set by hand."""
_DATE: Final = 2
"""com.sun.star.util.NumberFormat."""
_TEXT: Final = 256
_DATES: Final = 2
"""com.sun.star.sheet.CellFlags: numbers that were typed, and are shown as dates."""
_NUMBERS: Final = 1
_FAULTY: Final = 4
"""com.sun.star.sheet.FormulaResult."""


class Cells(bc.Range):
    """A rectangle of cells, its place and its values."""

    def __init__(self, sheet: "Sheet", place: Place) -> None:
        """The cells of *sheet* at *place*."""
        self.sheet = sheet
        self.place = place
        self._api: Any = None
        self.options: dict[str, Any] = {}

    @property
    def api(self) -> Any:
        """Calc's own range."""
        if self._api is None:  # every question to Calc takes its time
            self._api = self.sheet.api.getCellRangeByPosition(*self.place.corners)
        return self._api

    @property
    def lent(self) -> Any:
        """Calc's own range, to be used before any other is asked for."""
        return self.sheet.lent(self.place)

    @property
    def row(self) -> int:
        """The first row, from 1."""
        return self.place.top + 1

    @property
    def column(self) -> int:
        """The first column, from 1."""
        return self.place.left + 1

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns."""
        columns, rows = self.place.size
        return rows, columns

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        """Sheet, first row and column, and the shape."""
        return (self.sheet.name, self.row, self.column, *self.shape)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, arg1: int, arg2: int | None = None) -> "Range":
        """One cell, by its row and column or by its number, all from 1."""
        row, column = divmod(arg1 - 1, self.shape[1]) if arg2 is None else (arg1 - 1, arg2 - 1)
        return self.sheet.range((self.row + row, self.column + column))

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:  # noqa: FBT001 - xlwings' own
        """The address, `$A$1:$C$3`, or without its dollars."""
        if external:
            raise NotImplementedError
        row, column = "$" * row_absolute, "$" * col_absolute
        at = self.place
        ends = [(at.left, at.top), (at.right, at.bottom)]
        names = [f"{column}{address.column_name(c)}{row}{r + 1}" for c, r in ends]
        return names[0] if len(self) == 1 else ":".join(names)

    @property
    def address(self) -> str:
        """The address with its dollars."""
        return self.get_address(row_absolute=True, col_absolute=True, external=False)

    @property
    def raw_value(self) -> list[list[Any]]:
        """What stands in the cells: numbers, text, dates, and errors as they are shown."""
        data = [list(row) for row in self.api.getDataArray()]
        if any(value is None for row in data for value in row):
            self._show_errors(data)
        if any(isinstance(value, float) for row in data for value in row):
            self._show_dates(data)
        return data

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        block: Any = value
        if not isinstance(value, list | tuple):
            block = [[value] * self.shape[1]] * self.shape[0]
        self.write(block, self._formulas(block))

    def write(self, rows: Matrix, formulas: Iterable[tuple[int, int]]) -> None:
        """Put *rows* in; text is text, but the cells of *formulas* (row, column) say formulas."""
        self.lent.setDataArray(tuple(tuple(map(to_calc, row)) for row in rows))
        for row, column in formulas:
            self.lent.getCellByPosition(column, row).setFormula(rows[row][column])

    def _formulas(self, rows: Matrix) -> list[tuple[int, int]]:
        """Where *rows* say “=…” and the cell is not one of text: as Excel, that is a formula."""
        found = {
            (row, column)
            for row, values in enumerate(rows)
            for column, value in enumerate(values)
            if isinstance(value, str) and value.startswith("=")
        }
        return sorted(found.difference(self._shown_as(_TEXT)) if found else found)

    def _shown_as(self, kind: int) -> Iterator[tuple[int, int]]:
        """The cells whose number format is of *kind*, as row and column from this area's first."""
        formats = self.sheet.book.api.getNumberFormats()
        groups = self.api.getUniqueCellFormatRanges()
        for number in range(groups.getCount()):
            group = groups.getByIndex(number)
            if not formats.getByKey(group.getByIndex(0).NumberFormat).Type & kind:
                continue
            yield from self._inside(group.getRangeAddresses())

    def _inside(self, places: Iterable[Any]) -> Iterator[tuple[int, int]]:
        """Every cell of *places*, as row and column from this area's first."""
        for at in places:
            for row in range(at.StartRow, at.EndRow + 1):
                for column in range(at.StartColumn, at.EndColumn + 1):
                    yield row - self.place.top, column - self.place.left

    def _show_errors(self, data: list[list[Any]]) -> None:
        for row, column in self._inside(self.api.queryFormulaCells(_FAULTY).getRangeAddresses()):
            shown = self.api.getCellByPosition(column, row).String
            # Calc has errors of its own: Err:502
            data[row][column] = shown if shown.startswith("#") else "#VALUE!"

    def _show_dates(self, data: list[list[Any]]) -> None:
        dates = list(self._inside(self.api.queryContentCells(_DATES).getRangeAddresses()))
        if self.api.queryFormulaCells(_NUMBERS).getCount():
            dates = [*dates, *self._shown_as(_DATE)]
        for row, column in dates:
            value = data[row][column]
            if isinstance(value, float):
                data[row][column] = to_date(value)

    @property
    def formula(self) -> Any:
        """The formulas, as text."""
        formulas = self.api.getFormulaArray()
        return formulas[0][0] if len(self) == 1 else formulas

    @formula.setter
    def formula(self, value: str) -> None:
        for row in range(self.shape[0]):
            for column in range(self.shape[1]):
                self.api.getCellByPosition(column, row).setFormula(value)

    def clear_contents(self) -> None:
        """Empty the cells, links and notes with them."""
        self.lent.clearContents(_CONTENTS)

    def clear_formats(self) -> None:
        """Let the cells look like new ones; what may be chosen in them stays."""
        kept = self.api.getPropertyValue("Validation")
        self.api.clearContents(_FORMATS)
        if kept.Type.value != "ANY":
            self.api.setPropertyValue("Validation", kept)

    def clear(self) -> None:
        """Let the cells be like new ones."""
        self.lent.clearContents(_CONTENTS | _FORMATS)

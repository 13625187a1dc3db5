"""Rectangles of cells: where they are, and their values."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from xlwings import base_classes as bc

from wyexcel.desktop.libreoffice.owners import OwningSheet
from wyexcel.desktop.libreoffice.rectangle import Rectangle
from wyexcel.desktop.libreoffice.values import Matrix, to_calc, to_date
from wyexcel.files import address

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
    """What of xlwings' Range concerns the address and the values."""

    def __init__(self, sheet: OwningSheet, rectangle: Rectangle) -> None:
        """The cells of *sheet* at *rectangle*."""
        self.sheet = sheet
        self.rectangle = rectangle
        self._api: Any = None
        self.options: dict[str, Any] = {}

    @property
    def api(self) -> Any:
        """Calc's own range."""
        if self._api is None:  # every question to Calc takes its time
            self._api = self.sheet.api.getCellRangeByPosition(*self.rectangle.corners)
        return self._api

    @property
    def shared_range(self) -> Any:
        """Calc's own range, valid until that of other cells is asked for."""
        return self.sheet.shared_range(self.rectangle)

    @property
    def row(self) -> int:
        """The first row, from 1."""
        return self.rectangle.top + 1

    @property
    def column(self) -> int:
        """The first column, from 1."""
        return self.rectangle.left + 1

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns."""
        columns, rows = self.rectangle.size
        return rows, columns

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        """Sheet, first row and column, and the shape."""
        return (self.sheet.name, self.row, self.column, *self.shape)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:  # noqa: FBT001 - xlwings' own
        """The address, `$A$1:$C$3`, or without its dollars."""
        if external:
            raise NotImplementedError
        row, column = "$" * row_absolute, "$" * col_absolute
        top, left, bottom, right = self.rectangle
        ends = [(left, top), (right, bottom)]
        names = [f"{column}{address.column_name(c)}{row}{r + 1}" for c, r in ends]
        return names[0] if len(self) == 1 else ":".join(names)

    @property
    def address(self) -> str:
        """The address with its dollars."""
        return self.get_address(row_absolute=True, col_absolute=True, external=False)

    @property
    def raw_value(self) -> list[list[Any]]:
        """The values, row by row: numbers, text, dates, and errors as they are shown."""
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
        """Write *rows*; all text stays text, but in the cells *formulas* (row, column from 0)."""
        self.shared_range.setDataArray(tuple(tuple(map(to_calc, row)) for row in rows))
        for row, column in formulas:
            self.shared_range.getCellByPosition(column, row).setFormula(rows[row][column])

    def _formulas(self, rows: Matrix) -> list[tuple[int, int]]:
        """Row and column of each “=…” in *rows* that is a formula, as in Excel: no text cell."""
        formulas = {
            (row, column)
            for row, values in enumerate(rows)
            for column, value in enumerate(values)
            if isinstance(value, str) and value.startswith("=")
        }
        return sorted(formulas.difference(self._shown_as(_TEXT)) if formulas else formulas)

    def _shown_as(self, kind: int) -> Iterator[tuple[int, int]]:
        """Row and column, in this range from 0, of the cells whose number format is of *kind*."""
        formats = self.sheet.book.api.getNumberFormats()
        groups = self.api.getUniqueCellFormatRanges()
        for number in range(groups.getCount()):
            group = groups.getByIndex(number)
            if not formats.getByKey(group.getByIndex(0).NumberFormat).Type & kind:
                continue
            yield from self._inside(group.getRangeAddresses())

    def _inside(self, areas: Iterable[Any]) -> Iterator[tuple[int, int]]:
        """Row and column, in this range from 0, of every cell in Calc's addresses *areas*."""
        for area in areas:
            for row in range(area.StartRow, area.EndRow + 1):
                for column in range(area.StartColumn, area.EndColumn + 1):
                    yield row - self.rectangle.top, column - self.rectangle.left

    def _show_errors(self, data: list[list[Any]]) -> None:
        """Put into *data* the words that faulty cells show; Calc gives no value for them."""
        for row, column in self._inside(self.api.queryFormulaCells(_FAULTY).getRangeAddresses()):
            text = self.api.getCellByPosition(column, row).String
            # Calc has errors of its own: Err:502
            data[row][column] = text if text.startswith("#") else "#VALUE!"

    def _show_dates(self, data: list[list[Any]]) -> None:
        """Replace the numbers in *data* that their cells show as dates."""
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
        self.shared_range.clearContents(_CONTENTS)

    def clear_formats(self) -> None:
        """Reset the look of the cells; their validation (drop-down lists) stays."""
        validation = self.api.getPropertyValue("Validation")
        self.api.clearContents(_FORMATS)
        if validation.Type.value != "ANY":
            self.api.setPropertyValue("Validation", validation)

    def clear(self) -> None:
        """Empty the cells and reset their look."""
        self.shared_range.clearContents(_CONTENTS | _FORMATS)

"""The Range of this engine: looks, sizes, links and notes of cells."""

from collections.abc import Iterator
from typing import Any, Final

from xlwings import base_classes as bc

from wyexcel.desktop.libreoffice import column_widths, link_target, properties
from wyexcel.desktop.libreoffice.cells import Cells
from wyexcel.desktop.libreoffice.fonts import Font
from wyexcel.desktop.libreoffice.rectangle import Rectangle
from wyexcel.desktop.libreoffice.values import POINT, Colour, from_colour

_TWIP: Final = 2
"""The least by which Calc's own widths and heights differ, in 1/100 mm, rounded up."""


class Range(Cells):
    """A rectangle of cells."""

    def __call__(self, arg1: int, arg2: int | None = None) -> "Range":
        """One cell, by its row and column or by its number, all from 1."""
        row, column = divmod(arg1 - 1, self.shape[1]) if arg2 is None else (arg1 - 1, arg2 - 1)
        top, left = self.rectangle.top + row, self.rectangle.left + column
        return Range(self.sheet, Rectangle(top, left, top, left))

    @property
    def number_format(self) -> str:
        """The number format, in Excel's words."""
        formats = self.sheet.book.api.getNumberFormats()
        return str(formats.getByKey(self.api.NumberFormat).FormatString)

    @number_format.setter
    def number_format(self, value: str) -> None:
        chosen = properties.format_key(self.sheet.book.api.getNumberFormats(), value)
        alike = self.api.getUniqueCellFormatRanges()  # Calc forgets cells of a mixed range
        for number in range(alike.getCount()):
            alike.getByIndex(number).NumberFormat = chosen

    @property
    def font(self) -> Font:
        """The font."""
        return Font(self.api)

    @property
    def color(self) -> Colour | None:
        """The fill."""
        return from_colour(self.api.CellBackColor)

    @color.setter
    def color(self, color_or_rgb: Any) -> None:
        properties.apply(self.api, properties.fill(color_or_rgb))

    @property
    def wrap_text(self) -> bool:
        """Whether text goes on over several lines."""
        return bool(self.api.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        properties.apply(self.api, properties.wrapped(value))

    @property
    def horizontal_alignment(self) -> str:
        """Where text stands between left and right."""
        justified = self.api.HoriJustify.value
        return next(
            (name for name, member in properties.HORIZONTAL.items() if member == justified),
            "general",
        )

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        properties.apply(self.api, properties.horizontal(value))

    @property
    def vertical_alignment(self) -> str:
        """Where text stands between top and bottom."""
        justified = self.api.VertJustify
        return next(
            (name for name, number in properties.VERTICAL.items() if number == justified), "bottom"
        )

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        properties.apply(self.api, properties.vertical(value))

    def merge(self, across: bool) -> None:  # noqa: FBT001 - xlwings' own
        """Make one cell of all of them, or of each row."""
        if not across:
            self.shared_range.merge(True)  # noqa: FBT003 - UNO knows no keywords
            return
        for row in range(1, self.shape[0] + 1):
            ends = self(row, 1), self(row, self.shape[1])
            Range(self.sheet, Rectangle.between(*ends)).merge(across=False)

    def unmerge(self) -> None:
        """Split merged cells."""
        self.shared_range.merge(False)  # noqa: FBT003 - UNO knows no keywords

    @property
    def merge_cells(self) -> bool:
        """Whether it is, or holds, a merged cell."""
        return bool(self.api.IsMerged)

    @property
    def merge_area(self) -> "Range":
        """The merged cell that the first of these belongs to."""
        cursor = self.sheet.api.createCursorByRange(self(1).api)
        cursor.collapseToMergedArea()
        return Range(self.sheet, Rectangle.from_calc(cursor.getRangeAddress()))

    @property
    def row_height(self) -> float:
        """The height of its first row, in points."""
        return float(self.api.Rows.getByIndex(0).Height / POINT)

    @row_height.setter
    def row_height(self, value: float) -> None:
        height = round(value * POINT)
        if any(abs(current - height) > _TWIP for current in self._heights()):
            self.shared_range.Rows.Height = height

    def _heights(self) -> Iterator[int]:
        """The heights of its rows, each in one call; to set one takes as long as ten."""
        top, left, bottom, _ = self.rectangle
        for row in range(top, bottom + 1):
            yield self.sheet.shared_range(Rectangle(row, left, row, left)).Size.Height

    @property
    def column_width(self) -> float:
        """The width of its first column, in digits of the default font."""
        width = self.api.Columns.getByIndex(0).Width
        return column_widths.in_digits(width, self.sheet.book.digit_width)

    @column_width.setter
    def column_width(self, value: float) -> None:
        width = column_widths.from_digits(value, self.sheet.book.digit_width)
        if any(abs(current - width) > _TWIP for current in self._widths()):
            columns = self.shared_range.Columns
            columns.Width = width
            columns.IsVisible = True  # as in Excel, and as Calc itself does with rows

    def _widths(self) -> Iterator[int]:
        """The widths of its columns, each in one call; to set one takes as long as ten."""
        top, left, _, right = self.rectangle
        for column in range(left, right + 1):
            yield self.sheet.shared_range(Rectangle(top, column, top, column)).Size.Width

    def autofit(self, axis: str | None = None) -> None:
        """Let rows, columns or both be as large as they need."""
        if axis in {None, "r", "rows"}:
            self.shared_range.Rows.OptimalHeight = True
        if axis in {None, "c", "columns"}:
            self.shared_range.Columns.OptimalWidth = True

    @property
    def hyperlink(self) -> str:
        """Where its link leads, "" where it has none."""
        fields = self(1).api.getCellByPosition(0, 0).getTextFields()
        return str(fields.getByIndex(0).URL) if fields.getCount() else ""

    def add_hyperlink(
        self,
        address: str,
        text_to_display: str | None = None,
        screen_tip: str | None = None,  # noqa: ARG002 - Calc shows the address
    ) -> None:
        """Link the first cell to *address*, with *text_to_display* in the look that it has."""
        document = self.sheet.book.api
        cell = self.sheet.api.getCellByPosition(self.rectangle.left, self.rectangle.top)
        field = document.createInstance("com.sun.star.text.TextField.URL")
        field.URL = link_target.for_calc(document, address)
        field.Representation = text_to_display or address
        old = cell.createTextCursor()
        old.gotoEnd(True)  # noqa: FBT003 - UNO knows no keywords
        cell.insertTextContent(old, field, True)  # noqa: FBT003 - likewise

    @property
    def note(self) -> "Note | None":
        """Its note, if it has one."""
        note = self(1).api.getCellByPosition(0, 0).getAnnotation()
        return Note(self) if note.getString() else None

    def add_note(self, text: str) -> "Note":
        """Attach *text* to the first cell."""
        address = self(1).api.getCellByPosition(0, 0).getCellAddress()
        self.sheet.api.getAnnotations().insertNew(address, text)
        return Note(self)

    def select(self) -> None:
        """Select it."""
        self.sheet.book.controller.select(self.api)


class Note(bc.Note):
    """A note on a cell."""

    def __init__(self, area: Range) -> None:
        """The note on the first cell of *area*."""
        self._cell = area(1).api.getCellByPosition(0, 0)

    @property
    def api(self) -> Any:
        """Calc's own annotation."""
        return self._cell.getAnnotation()

    @property
    def text(self) -> str:
        """What it says."""
        return str(self.api.getString())

    @text.setter
    def text(self, value: str) -> None:
        self.api.setString(value)

    def delete(self) -> None:
        """Remove it."""
        notes = self._cell.getSpreadsheet().getAnnotations()
        at = self._cell.getCellAddress()
        for number in range(notes.getCount()):
            if notes.getByIndex(number).getPosition() == at:
                notes.removeByIndex(number)
                return

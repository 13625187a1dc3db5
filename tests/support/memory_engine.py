"""A spreadsheet program in memory: an xlwings engine that reads back what was written.

It takes what is put into cells as Excel does: text that looks like a number, a date or a formula
becomes one, but where the cell holds text (@). Files are opened and saved with openpyxl.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import xlwings as xw
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as FileCell
from openpyxl.utils import get_column_letter, range_boundaries
from xlwings import base_classes as bc
from xlwings import utils

SIDES: Final = ("left", "right", "top", "bottom")
BLACK: Final = (0, 0, 0)


@dataclass
class Cell:
    """One cell and everything that is seen of it; new ones look as the workbook's Normal does."""

    value: Any = None
    number_format: str = "General"
    font_name: str = "宋体"
    size: float = 11.0
    bold: bool = False
    colour: tuple[int, int, int] = BLACK
    fill: tuple[int, int, int] | None = None
    horizontal: str = "general"
    vertical: str = "bottom"
    wrap: bool = False
    underline: bool = False
    shrink: bool = False
    borders: frozenset[str] = frozenset()
    link: str = ""
    note: str = ""


@dataclass
class Model:
    """What a sheet holds."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: set[tuple[int, int, int, int]] = field(default_factory=set)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    print_area: str | None = None
    visible: bool = True
    protected: bool = False

    def cell(self, row: int, column: int) -> Cell:
        return self.cells.setdefault((row, column), Cell())


def start() -> xw.App:
    """A new program in memory, and its engine the active one."""
    engine = xw.Engine(impl=Engine())
    xw.engines.add(engine)
    engine.activate()
    return xw.App(impl=engine.impl.app)


class Engine:
    name = "memory"
    type = "desktop"

    def __init__(self) -> None:
        self.app = App(self)
        self.apps = Apps(self.app)

    @staticmethod
    def clean_value_data(
        data: list[list[Any]], _dates: Any, empty_as: Any, numbers: Any, _errors: Any
    ) -> list[list[Any]]:
        def clean(value: Any) -> Any:
            if value is None:
                return empty_as
            return numbers(value) if numbers and isinstance(value, float) else value

        return [[clean(value) for value in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: Any) -> Any:
        return "" if value is None else value


class Apps(bc.Apps):
    def __init__(self, app: "App") -> None:
        self.app = app

    def keys(self) -> list[int]:
        return [self.app.pid]

    def __iter__(self) -> Iterator["App"]:
        return iter((self.app,))

    def __len__(self) -> int:
        return 1

    def __getitem__(self, _pid: int) -> "App":
        return self.app


class App(bc.App):
    pid = 4711
    screen_updating = True
    display_alerts = True
    enable_events = True
    calculation = "automatic"
    version = "memory"
    books: Any = None
    engine: Any = None

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.books = Books(self)
        self.alerts: list[tuple[str, str | None]] = []
        self.said: list[str] = []
        self._status: str | bool = False

    @property
    def api(self) -> "App":
        return self

    @property
    def status_bar(self) -> str | bool:
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self._status = value
        if isinstance(value, str):
            self.said.append(value)

    def activate(self, steal_focus: bool = False) -> None:  # noqa: FBT001, FBT002 - as in xlwings
        pass

    def calculate(self) -> None:
        pass

    def alert(self, prompt: str, _title: Any, _buttons: Any, mode: Any, _callback: Any) -> str:
        self.alerts.append((prompt, mode))
        return "ok"


class Books(bc.Books):
    def __init__(self, app: App) -> None:
        self.app = app
        self.opened: list[Book] = []

    @property
    def active(self) -> "Book":
        return self.opened[-1]

    def __call__(self, key: str | int) -> "Book":
        if isinstance(key, int):
            return self.opened[key - 1]
        for book in self.opened:
            if book.name.casefold() == key.casefold():
                return book
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self.opened)

    def __iter__(self) -> Iterator["Book"]:
        return iter(self.opened)

    def open(self, fullname: str, *_options: Any) -> "Book":
        self.opened.append(Book(self.app, Path(fullname)))
        return self.opened[-1]


class Book(bc.Book):
    app: Any = None
    api: Any = None

    def __init__(self, app: App, path: Path) -> None:
        self.app = app
        self.path = path
        file = load_workbook(path)
        self.models = [_model(sheet) for sheet in file.worksheets]
        self.shown = self.models[0].name
        self.api = SimpleNamespace(SaveCopyAs=self._save_copy)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def fullname(self) -> str:
        return str(self.path)

    @property
    def sheets(self) -> "Sheets":
        return Sheets(self)

    def activate(self) -> None:
        pass

    def close(self) -> None:
        self.app.books.opened.remove(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        assert password is None
        self._save_copy(path or self.fullname)

    def _save_copy(self, path: str) -> None:
        """Save the values; looks stay as they were in the file."""
        file = load_workbook(self.path, keep_vba=True)
        for model in self.models:
            sheet = file[model.name] if model.name in file else file.create_sheet(model.name)
            for area in list(sheet.merged_cells.ranges):
                sheet.unmerge_cells(str(area))
            for (row, column), cell in model.cells.items():
                sheet.cell(row, column).value = cell.value
        file.save(path)
        if file.vba_archive:
            file.vba_archive.close()


class Sheets(bc.Sheets):
    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def active(self) -> "Sheet":
        return self(self.book.shown)

    def __call__(self, key: str | int) -> "Sheet":
        if isinstance(key, int):
            return Sheet(self.book, self.book.models[key - 1])
        for model in self.book.models:
            if model.name == key:
                return Sheet(self.book, model)
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self.book.models)

    def __iter__(self) -> Iterator["Sheet"]:
        return (Sheet(self.book, model) for model in self.book.models)

    def add(self, before: Any = None, after: Any = None, name: str | None = None) -> "Sheet":
        at = before.index - 1 if before else after.index if after else len(self)
        self.book.models.insert(at, Model(name or f"Sheet{len(self) + 1}"))
        return Sheet(self.book, self.book.models[at])


class Sheet(bc.Sheet):
    book: Any = None
    api: Any = None

    def __init__(self, book: Book, model: Model) -> None:
        self.book = book
        self.model = model
        self.api = SheetApi(model)

    @property
    def name(self) -> str:
        return self.model.name

    @name.setter
    def name(self, value: str) -> None:
        self.model.name = value

    @property
    def index(self) -> int:
        return self.book.models.index(self.model) + 1

    @property
    def visible(self) -> bool:
        return self.model.visible

    @visible.setter
    def visible(self, value: bool) -> None:
        self.model.visible = value

    def activate(self) -> None:
        self.book.shown = self.name

    @property
    def page_setup(self) -> "PageSetup":
        return PageSetup(self.model)

    @property
    def used_range(self) -> "Range":
        rows = [row for row, _ in self.model.cells] or [1]
        columns = [column for _, column in self.model.cells] or [1]
        return Range(self, (1, 1, max(rows), max(columns)))

    def range(self, first: Any, last: Any = None) -> "Range":
        one, other = _corners(first), _corners(first if last is None else last)
        return Range(self, (*one[:2], *other[2:]))


class SheetApi:
    """A sheet in Excel's own words."""

    def __init__(self, model: Model) -> None:
        self.model = model

    @property
    def ProtectContents(self) -> bool:  # noqa: N802 - Excel's name
        return self.model.protected

    def Unprotect(self) -> None:  # noqa: N802 - Excel's name
        self.model.protected = False

    def Protect(self, **_allowed: bool) -> None:  # noqa: N802 - Excel's name
        self.model.protected = True


class PageSetup(bc.PageSetup):
    api: Any = None

    def __init__(self, model: Model) -> None:
        self.api = model

    @property
    def print_area(self) -> str | None:
        return self.api.print_area

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        self.api.print_area = value


class Range(bc.Range):
    max_cells_per_read = None
    max_cells_per_write = None
    has_array = False

    def __init__(self, sheet: Sheet, place: tuple[int, int, int, int]) -> None:
        self.sheet = sheet
        self.place = place
        self.options: dict[str, Any] = {}

    @property
    def _rows(self) -> range:
        return range(self.place[0], self.place[2] + 1)

    @property
    def _columns(self) -> range:
        return range(self.place[1], self.place[3] + 1)

    def __iter__(self) -> Iterator[Cell]:
        for row in self._rows:
            for column in self._columns:
                yield self.sheet.model.cell(row, column)

    def _common(self, name: str) -> Any:
        """What all its cells have, None where they differ."""
        first, *others = {getattr(cell, name) for cell in self}
        return None if others else first

    def _set(self, name: str, value: Any) -> None:
        assert not self.sheet.model.protected, "a protected sheet refuses"
        for cell in self:
            setattr(cell, name, value)

    @property
    def api(self) -> "Api":
        return Api(self)

    @property
    def row(self) -> int:
        return self.place[0]

    @property
    def column(self) -> int:
        return self.place[1]

    @property
    def shape(self) -> tuple[int, int]:
        return (len(self._rows), len(self._columns))

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> "Range":
        if column is None:
            row, column = ((row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1)
        return self.sheet.range((self.row + row - 1, self.column + column - 1))

    @property
    def address(self) -> str:
        top, left, bottom, right = self.place
        first = f"${get_column_letter(left)}${top}"
        return first if len(self) == 1 else f"{first}:${get_column_letter(right)}${bottom}"

    def get_address(self, *_how: Any) -> str:
        return self.address.replace("$", "")

    @property
    def raw_value(self) -> list[list[Any]]:
        cell = self.sheet.model.cell
        return [[cell(row, column).value for column in self._columns] for row in self._rows]

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        block = data if isinstance(data, list) else [[data] * len(self._columns)] * len(self._rows)
        for cell, value in zip(self, [v for row in block for v in row], strict=True):
            cell.value = _entered(cell, value)

    @property
    def formula(self) -> Any:
        return self.raw_value[0][0]

    def clear(self) -> None:
        for row in self._rows:
            for column in self._columns:
                self.sheet.model.cells.pop((row, column), None)

    def merge(self, across: bool = False) -> None:  # noqa: FBT001, FBT002 - as in xlwings
        assert not across
        self.sheet.model.merged.add(self.place)
        for cell in list(self)[1:]:
            cell.value = None

    def unmerge(self) -> None:
        top, left, bottom, right = self.place
        self.sheet.model.merged -= {
            area
            for area in self.sheet.model.merged
            if area[0] <= bottom and area[2] >= top and area[1] <= right and area[3] >= left
        }

    @property
    def merge_area(self) -> "Range":
        row, column = self.place[:2]
        for area in self.sheet.model.merged:
            if area[0] <= row <= area[2] and area[1] <= column <= area[3]:
                return Range(self.sheet, area)
        return self.sheet.range((row, column))

    @property
    def merge_cells(self) -> bool:
        return len(self.merge_area) > 1

    @property
    def number_format(self) -> str:
        return self._common("number_format")

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._set("number_format", value)

    @property
    def font(self) -> "Font":
        return Font(self)

    @property
    def borders(self) -> "Borders":
        return Borders(self)

    @property
    def color(self) -> tuple[int, int, int] | None:
        return self._common("fill")

    @color.setter
    def color(self, value: Any) -> None:
        self._set("fill", utils.hex_to_rgb(value) if isinstance(value, str) else value)

    @property
    def horizontal_alignment(self) -> str:
        return self._common("horizontal")

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self._set("horizontal", value)

    @property
    def vertical_alignment(self) -> str:
        return self._common("vertical")

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self._set("vertical", value)

    @property
    def wrap_text(self) -> bool:
        return self._common("wrap")

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._set("wrap", value)

    @property
    def column_width(self) -> float:
        return self.sheet.model.widths.get(self.column, 8.43)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.sheet.model.widths.update(dict.fromkeys(self._columns, value))

    @property
    def row_height(self) -> float:
        return self.sheet.model.heights.get(self.row, 15.0)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.sheet.model.heights.update(dict.fromkeys(self._rows, value))

    def autofit(self, axis: str | None = None) -> None:
        if axis in {None, "r", "rows"}:
            for row in self._rows:
                self.sheet.model.heights.pop(row, None)

    @property
    def hyperlink(self) -> str:
        return self._common("link")

    def add_hyperlink(self, address: str, text_to_display: str, _screen_tip: str) -> None:
        """As in Excel: the text is entered, and the cell takes the style of links."""
        for cell in self:
            cell.link, cell.value = address, _entered(cell, text_to_display)
            cell.colour, cell.underline = (5, 99, 193), True

    @property
    def note(self) -> "Note | None":
        return Note(self) if self._common("note") else None

    def add_note(self, text: str) -> "Note":
        self._set("note", text)
        return Note(self)


class Api:
    """What is said in Excel's own words, because xlwings has none."""

    def __init__(self, area: Range) -> None:
        object.__setattr__(self, "area", area)

    @property
    def Font(self) -> "Api":  # noqa: N802 - Excel's name
        return self

    @property
    def Value2(self) -> Any:  # noqa: N802 - Excel's name
        rows = tuple(tuple(map(_as_float, row)) for row in self.area.raw_value)
        return rows if len(self.area) > 1 else rows[0][0]

    def __setattr__(self, name: str, value: Any) -> None:
        known = {"Underline": "underline", "ShrinkToFit": "shrink"}
        self.area._set(known[name], bool(value))  # noqa: SLF001 - one thing in two classes


def _as_float(value: Any) -> Any:
    """*value* without what Excel makes of money: the number itself."""
    return float(value) if isinstance(value, Decimal) else value


class Font(bc.Font):
    def __init__(self, area: Range) -> None:
        self.area = area

    @property
    def name(self) -> str:
        return self.area._common("font_name")  # noqa: SLF001 - one thing in two classes

    @name.setter
    def name(self, value: str) -> None:
        self.area._set("font_name", value)  # noqa: SLF001

    @property
    def size(self) -> float:
        return self.area._common("size")  # noqa: SLF001

    @size.setter
    def size(self, value: float) -> None:
        self.area._set("size", float(value))  # noqa: SLF001

    @property
    def bold(self) -> bool:
        return self.area._common("bold")  # noqa: SLF001

    @bold.setter
    def bold(self, value: bool) -> None:
        self.area._set("bold", value)  # noqa: SLF001

    @property
    def color(self) -> tuple[int, int, int]:
        return self.area._common("colour")  # noqa: SLF001

    @color.setter
    def color(self, value: Any) -> None:
        colour = utils.hex_to_rgb(value) if isinstance(value, str) else value
        self.area._set("colour", colour)  # noqa: SLF001


class Borders(bc.Borders):
    def __init__(self, area: Range) -> None:
        self.area = area

    def set(self, which: Any = "all", *, line_style: Any, weight: Any, color: Any = None) -> None:
        assert (line_style, weight) == ("continuous", "thin")
        assert color is bc._UNSET  # noqa: SLF001 - how xlwings says "not given"
        top, left, bottom, right = self.area.place
        for row in self.area._rows:  # noqa: SLF001
            for column in self.area._columns:  # noqa: SLF001
                ends = {
                    "left": "edge_left" if column == left else "inside_vertical",
                    "right": "edge_right" if column == right else "inside_vertical",
                    "top": "edge_top" if row == top else "inside_horizontal",
                    "bottom": "edge_bottom" if row == bottom else "inside_horizontal",
                }
                cell = self.area.sheet.model.cell(row, column)
                cell.borders |= {side for side, name in ends.items() if name in which}

    def __getitem__(self, side: str) -> "Border":
        drawn = self.area._common("borders")  # noqa: SLF001
        return Border(drawn=side.removeprefix("edge_") in drawn)


class Border(bc.Border):
    def __init__(self, *, drawn: bool) -> None:
        self.drawn = drawn

    @property
    def line_style(self) -> str:
        return "continuous" if self.drawn else "none"

    @property
    def weight(self) -> str | None:
        return "thin" if self.drawn else None


class Note(bc.Note):
    def __init__(self, area: Range) -> None:
        self.area = area

    @property
    def text(self) -> str:
        return self.area._common("note")  # noqa: SLF001

    @text.setter
    def text(self, value: str) -> None:
        self.area._set("note", value)  # noqa: SLF001

    def delete(self) -> None:
        self.area._set("note", "")  # noqa: SLF001


_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?%?")
_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")


def _entered(cell: Cell, value: Any) -> Any:
    """*value* as Excel takes it when it is entered into *cell*."""
    if isinstance(value, str) and cell.number_format != "@":
        if _NUMBER.fullmatch(value):
            return float(value.rstrip("%"))
        if day := _DATE.fullmatch(value):
            cell.number_format = "yyyy/m/d"
            return datetime(int(day[1]), int(day[2]), int(day[3] or 1))  # noqa: DTZ001
    if isinstance(value, date) and cell.number_format == "General":
        cell.number_format = "yyyy/m/d"
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return None if value == "" else value


def _corners(place: Any) -> tuple[int, int, int, int]:
    if isinstance(place, Range):
        return place.place
    if isinstance(place, tuple):
        return (*place, *place)
    left, top, right, bottom = range_boundaries(place.replace("$", ""))
    return (top or 1, left or 1, bottom or 1, right or 1)


def _model(sheet: Any) -> Model:
    """What the file says of *sheet*."""
    shown, protected = sheet.sheet_state == "visible", sheet.protection.sheet
    model = Model(sheet.title, visible=shown, protected=protected)
    for row in sheet.iter_rows():
        for cell in row:
            model.cells[(cell.row, cell.column)] = _cell(cell)
    for area in sheet.merged_cells.ranges:
        model.merged.add((area.min_row, area.min_col, area.max_row, area.max_col))
        first = model.cells[(area.min_row, area.min_col)]
        for place in list(area.cells)[1:]:  # openpyxl forgets how the covered cells look
            model.cells[place] = replace(first, value=None)
    for letter, column in sheet.column_dimensions.items():
        first = range_boundaries(f"{letter}1")[0]
        for number in range(column.min or first, (column.max or first) + 1):
            model.widths[number] = column.width - 5 / 8  # a file counts the padding too
    for number, row in sheet.row_dimensions.items():
        if row.height is not None:
            model.heights[number] = row.height
    model.print_area = (sheet.print_area or "").rpartition("!")[2] or None
    return model


def _cell(cell: FileCell) -> Cell:
    font, fill, alignment = cell.font, cell.fill, cell.alignment
    filled = fill.fill_type == "solid"
    link = cell.hyperlink
    return Cell(
        value=_entered(Cell(number_format="@"), cell.value),
        number_format=cell.number_format,
        font_name=font.name,
        size=font.size,
        bold=bool(font.bold),
        colour=_colour(font.color) or BLACK,
        fill=_colour(fill.start_color) if filled else None,
        horizontal=alignment.horizontal or "general",
        vertical=alignment.vertical or "bottom",
        wrap=bool(alignment.wrap_text),
        underline=bool(font.underline),
        shrink=bool(alignment.shrink_to_fit),
        borders=frozenset(s for s in SIDES if getattr(cell.border, s).style == "thin"),
        link=f"{link.target or ''}{'#' + link.location if link.location else ''}" if link else "",
        note=cell.comment.text if cell.comment else "",
    )


def _colour(colour: Any) -> tuple[int, int, int] | None:
    if colour is None or colour.type != "rgb":
        return None
    return utils.hex_to_rgb(colour.rgb[-6:])

"""What a sheet says: cells and the parts they play, never how they look (see `looks`)."""

from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from msgspec import Struct, field

Value: TypeAlias = str | float | int | date | None


class Part(StrEnum):
    """The part a cell plays on its sheet; `looks.LOOKS` says what each looks like."""

    ANNEX = "annex"
    TITLE = "title"
    SUBTITLE = "subtitle"
    ASIDE = "aside"
    HEADING = "heading"
    TEXT = "text"
    NAME = "name"
    CENTRE = "centre"
    NUMBER = "number"
    GOOD = "good"
    WARNING = "warning"
    ALARM = "alarm"
    QUIET = "quiet"
    NOTE = "note"
    SIGN_OFF = "sign_off"
    DOCUMENT_NUMBER = "document_number"
    PROSE = "prose"
    SALUTATION = "salutation"
    SIGNATURE = "signature"
    LINK = "link"
    INPUT = "input"
    INPUT_CENTRE = "input_centre"
    INPUT_NUMBER = "input_number"
    INPUT_DATE = "input_date"
    CARRIED = "carried"
    CARRIED_CENTRE = "carried_centre"
    CARRIED_NUMBER = "carried_number"
    CARRIED_DATE = "carried_date"
    CLOSED = "closed"
    PLAIN = "plain"


class Cell(Struct, frozen=True, kw_only=True):
    """One cell. `across` and `down` merge it over its neighbours; those are left out of the rows.

    `format` is an Excel number format; "" takes the part's own. `link` is a place in this or in
    another workbook (`internal:'填报'!D7`, `external:../a.xlsx#'填报'!D7`).
    `formula` stands beside the value it gives, which is what readers without Excel see.
    `note` is a comment on the cell, in files alone.
    """

    value: Value
    part: Part
    format: str = ""
    across: int = 1
    down: int = 1
    link: str = ""
    formula: str = ""
    note: str = ""


class Row(Struct, frozen=True):
    """One row: cells from the left, None where a merged cell above or beside already stands."""

    cells: tuple[Cell | None, ...]
    height: float | None = None


class Page(Struct, frozen=True, kw_only=True):
    """How a sheet is printed on A4; margins in mm, `repeat` in rows from 0 (first, last)."""

    orientation: Literal["portrait", "landscape"] = "landscape"
    left: float = 20
    right: float = 20
    top: float = 20
    bottom: float = 18
    repeat: tuple[int, int] | None = None
    pages_tall: int = 0
    numbered: bool = True
    centred: bool = True
    header: str = ""


class Choice(Struct, frozen=True, kw_only=True):
    """A drop-down list over an area (`D7:D17`)."""

    area: str
    options: tuple[str, ...]


class Button(Struct, frozen=True, kw_only=True):
    """A button that runs a macro; it stands at `cell`, its size in mm."""

    cell: str
    caption: str
    macro: str
    width: float = 34
    height: float = 11


class Sheet(Struct, frozen=True, kw_only=True):
    """One sheet: its rows, its column widths in mm, its page, and what a person may do on it.

    On an `open_ended` one the columns go on as its last row has them: what is typed below is
    unlocked and printed too. One with `inline_strings` keeps its text in its own cells, outside the
    table that all sheets share: whoever reads the other sheets need not read it. `row_ids` stand in
    a hidden column behind the others, in files alone: by them a row is known again.
    """

    name: str
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    page: Page = field(default_factory=Page)
    freeze: tuple[int, int] | None = None
    choices: tuple[Choice, ...] = ()
    buttons: tuple[Button, ...] = ()
    protected: bool = False
    open_ended: bool = False
    inline_strings: bool = False
    hidden: bool = False
    row_ids: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The sheet as text, a line a row: what tests compare and people review."""
        return "\n".join(
            " | ".join("" if c is None or c.value is None else str(c.value) for c in row.cells)
            for row in self.rows
        )


def row(part: Part, *values: Value | Cell, height: float | None = None) -> Row:
    """Put *values* side by side, each in *part* unless it is a Cell already."""
    return Row(
        tuple(v if isinstance(v, Cell) else Cell(value=v, part=part) for v in values), height
    )


def spread(part: Part, value: Value, across: int, *, height: float | None = None) -> Row:
    """One cell over the whole width of *across* columns."""
    return Row((Cell(value=value, part=part, across=across), *(None,) * (across - 1)), height)

"""What the content of an .ods spreadsheet says beside its values."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from msgspec import Struct, field

from wyexcel.files.reading.formats import ods_look, open_formula
from wyexcel.files.reading.formats.ods_look import AMOUNTS, OdsStyles
from wyexcel.files.reading.formats.tally import SheetTally
from wyexcel.files.reading.refusal import Reason, Refused
from wyexcel.files.reading.sheet_facts import SheetFacts
from wyexcel.files.reading.xml import attribute, local_name, walk

CONTENT: Final = "content.xml"

_MAX_SHEETS: Final = 1_000
_MAX_SPACES: Final = 1_000
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
_ASIDE: Final = frozenset({"annotation", "frame", "shapes", "forms", "custom-shape"})
"""What may stand in a cell or beside the cells, and is no value."""
_UNSEEN: Final = frozenset({"collapse", "filter"})
_ERROR: Final = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A)|(?:Err:|错误:|#ERR)\d+")
_LINK: Final = re.compile(r"'((?:file|https?|ftp|smb):[^']+)'#", re.IGNORECASE)


class OdsContents(Struct, frozen=True, kw_only=True):
    """All sheets in order with what was seen of each, those that are hidden, and the links."""

    facts: Mapping[str, SheetFacts]
    hidden: frozenset[str]
    links: tuple[str, ...]


def scan_content(content: bytes) -> OdsContents:
    """What *content*, the part of the cells, holds; raise Refused beyond the limits."""
    content_walk = _OdsWalk()
    walk(content, CONTENT, content_walk.start, text=content_walk.text, end=content_walk.end)
    return OdsContents(
        facts={tally.sheet: tally.facts() for tally in content_walk.tallies},
        hidden=frozenset(content_walk.hidden),
        links=tuple(dict.fromkeys(content_walk.links)),
    )


class _Cell(Struct):
    """The cell that is being looked at: what its element says, and its text."""

    attributes: Mapping[str, str]
    covered: bool
    text: list[str] = field(default_factory=list[str])
    paragraphs: int = 0


class _OdsWalk(Struct, kw_only=True):
    """A walk through the content: where it stands, and what it has seen of each sheet."""

    tallies: list[SheetTally] = field(default_factory=list[SheetTally])
    hidden: set[str] = field(default_factory=set[str])
    links: list[str] = field(default_factory=list[str])
    unseen: set[str] = field(default_factory=set[str])
    styles: OdsStyles = field(default_factory=OdsStyles)
    column_styles: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    style: str = ""
    row: int = 0
    rows: int = 1
    column: int = 0
    columns: int = 0
    cell: _Cell | None = None
    aside: int = 0
    tables: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""
        kind = local_name(name)
        if self.aside or kind in _ASIDE:
            self.aside += 1
        elif kind == "style":
            self.style = attribute(attributes, "name")
            self.styles.begin(self.style)
        elif kind == "table-properties" and attribute(attributes, "display") == "false":
            self.unseen.add(self.style)
        elif kind.endswith("-style"):
            self.styles.begin("")
        elif kind in ods_look.PROPERTIES:
            self.styles.properties(kind, attributes)
        elif kind == "table":
            self.table(attributes)
        elif self.tallies:
            self.within(kind, attributes)

    def table(self, attributes: Mapping[str, str]) -> None:
        """A sheet begins; raise Refused where it stands inside another."""
        self.tables += 1
        if self.tables > 1 or len(self.tallies) >= _MAX_SHEETS:
            raise Refused(Reason.UNSAFE, "工作表里套着工作表")
        name = attribute(attributes, "name")
        if any(tally.sheet == name for tally in self.tallies):
            raise Refused(Reason.UNSAFE, f"有两张工作表都叫“{name}”，不同的程序会读出不同的数")
        self.tallies.append(SheetTally(sheet=name))
        self.row = self.rows = self.columns = 0
        self.column_styles = []
        if attribute(attributes, "style-name") in self.unseen:
            self.hidden.add(name)

    def within(self, kind: str, attributes: Mapping[str, str]) -> None:
        """Take note of an element inside a sheet."""
        if kind == "table-column":
            self.columns += (many := _many(attributes, "number-columns-repeated"))
            style = attribute(attributes, "default-cell-style-name")
            self.column_styles.append((self.columns, style))
            if attribute(attributes, "visibility") in _UNSEEN:
                self.tallies[-1].hide_columns(self.columns - many, self.columns - 1)
        elif kind == "table-row":
            self.row += self.rows
            self.rows, self.column = _many(attributes, "number-rows-repeated"), 0
            if attribute(attributes, "visibility") in _UNSEEN:
                self.tallies[-1].hide_rows(self.row, self.rows)
        elif kind in _CELLS:
            self.cell = _Cell(dict(attributes), kind != "table-cell")
        elif kind == "p" and self.cell is not None:
            self.cell.paragraphs += 1
        elif kind == "s" and _many(attributes, "c") > _MAX_SPACES:
            raise Refused(Reason.UNSAFE, self.tallies[-1].sheet)

    def text(self, content: str) -> None:
        """Collect the text of a cell."""
        if self.cell is not None and not self.aside:
            self.cell.text.append(content)

    def end(self, name: str) -> None:
        """Take note of an element that ends, and judge a cell when it is whole."""
        kind = local_name(name)
        if self.aside:
            self.aside -= 1
        elif kind == "table":
            self.tables -= 1
        elif kind in _CELLS and self.cell is not None:
            cell, self.cell = self.cell, None
            first = self.column
            self.column += _many(cell.attributes, "number-columns-repeated")
            self.judge(cell, first)
            self.merge(cell.attributes, first)

    def judge(self, cell: _Cell, first: int) -> None:
        """Judge the cells from *first* to the present column, which all say the same."""
        value_type = attribute(cell.attributes, "value-type")
        formula = attribute(cell.attributes, "formula")
        self.links += [unquote(target) for target in _LINK.findall(formula)]
        text = "".join(cell.text).strip()
        none = value_type in AMOUNTS and not attribute(cell.attributes, "value")
        lacks = bool(formula) and (none or not (value_type or cell.paragraphs))
        if not (value_type or text or lacks) or (cell.covered and not value_type):
            return
        unseen = bool(self.styles.unseen) and self.styles.is_unseen(self._style_at(cell, first))
        tally = self.tallies[-1]
        last_row = self.row + self.rows - 1
        tally.cell(last_row, self.column - 1, many=self.rows * (self.column - first))
        wrong = _is_error(cell.attributes) or (bool(formula) and _ERROR.fullmatch(text) is not None)
        written = open_formula.as_excel(formula) if formula else ""
        look = ods_look.look(cell.attributes, text if cell.paragraphs else None, unseen=unseen)
        for row in range(self.row, last_row + 1):
            for column in range(first, self.column):
                if formula:
                    tally.reckons(row, column, written)
                if lacks:
                    tally.uncalculated(row, column)
                elif wrong:
                    tally.error(row, column, text or "#N/A")
                elif look is not None:
                    tally.cell(row, column, look=look, many=0)

    def _style_at(self, cell: _Cell, column: int) -> str:
        """The style of *cell*, which stands from *column* on: its own, or that of the column."""
        own = attribute(cell.attributes, "style-name")
        return own or next((style for end, style in self.column_styles if column < end), "")

    def merge(self, attributes: Mapping[str, str], column: int) -> None:
        """Take note of a cell that is merged with its neighbours."""
        wide, tall = (
            _many(attributes, "number-columns-spanned"),
            _many(attributes, "number-rows-spanned"),
        )
        if wide > 1 or tall > 1:
            tally = self.tallies[-1]
            tally.merge((self.row, self.row + tall - 1), (column, column + wide - 1))


def _is_error(attributes: Mapping[str, str]) -> bool:
    """Whether LibreOffice says of the cell that it shows an error."""
    return any(key.endswith("value-type") and value == "error" for key, value in attributes.items())


def _many(attributes: Mapping[str, str], name: str) -> int:
    """The number that an attribute says, 1 where it says none."""
    value = attribute(attributes, name)
    return int(value[:9]) if value.isdecimal() and value.isascii() else 1

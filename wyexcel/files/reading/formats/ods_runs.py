"""Runs, strikes and notes in the cells of an .ods spreadsheet; few have any."""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final

from msgspec import Struct, field

from wyexcel.files.address import a1
from wyexcel.files.reading.runs import RAISED, STRUCK, MixedText, Run, look_of_runs
from wyexcel.files.reading.sheet_facts import SheetFacts
from wyexcel.files.reading.xml import attribute, local_name, walk

_HINT: Final = re.compile(rb'text-line-through-(?:style|type)="(?!none)|text-position="|annotation')
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
_ASIDE: Final = frozenset({"frame", "shapes", "forms", "custom-shape"})
_LONGEST: Final = 200
_LINES: Final = ("text-line-through-style", "text-line-through-type")


class OdsRuns(Struct, frozen=True):
    """What was found in one sheet: runs of different looks, struck-out cells, notes."""

    mixed: dict[str, MixedText] = field(default_factory=dict[str, MixedText])
    struck: set[str] = field(default_factory=set[str])
    notes: dict[str, str] = field(default_factory=dict[str, str])

    def added_to(self, facts: SheetFacts) -> SheetFacts:
        """*facts* with what was found."""
        return facts._replace(mixed=self.mixed, struck=frozenset(self.struck))


def scan_runs(content: bytes, part: str) -> Mapping[str, OdsRuns]:
    """What is found in the sheets of *content*, which keeps the limits; nothing in most."""
    if not _HINT.search(content):
        return {}
    runs = _RunWalk()
    walk(content, part, runs.start, text=runs.text, end=runs.end)
    return runs.sheets


class _RunWalk(Struct):
    """A walk through the content: where it stands, and what it has found."""

    sheets: dict[str, OdsRuns] = field(default_factory=dict[str, OdsRuns])
    marks: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    style: str = ""
    sheet: str = ""
    row: int = 0
    rows: int = 1
    column: int = 0
    cell: dict[str, str] | None = None
    runs: list[Run] = field(default_factory=list[Run])
    spans: list[str] = field(default_factory=list[str])
    note: list[str] = field(default_factory=list[str])
    aside: int = 0
    noting: bool = False
    paragraph: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""
        kind = local_name(name)
        if self.aside or kind in _ASIDE:
            self.aside += 1
        elif kind == "annotation":
            self.noting = True
        elif kind == "style":
            self.style = attribute(attributes, "name")
        elif kind == "text-properties" and self.style:
            self.marks[self.style] = tuple(_marks(attributes))
        elif kind == "table":
            self.sheet, self.row, self.rows = attribute(attributes, "name"), 0, 0
            self.sheets[self.sheet] = OdsRuns()
        elif kind == "table-row":
            self.row += self.rows
            self.rows, self.column = _many(attributes, "number-rows-repeated"), 0
        elif kind in _CELLS:
            self.cell, self.runs, self.note = dict(attributes), [], []
        elif kind == "span":
            self.spans.append(attribute(attributes, "style-name"))
        self.paragraph = self.paragraph or kind == "p"

    def text(self, content: str) -> None:
        """Collect the text of a cell, or of its note."""
        if self.cell is None or self.aside or not self.paragraph:
            return
        if self.noting:
            self.note.append(content)
        else:
            marks = self.marks.get(self.spans[-1], ()) if self.spans else None
            self.runs.append(Run(content, marks))

    def end(self, name: str) -> None:
        """Take note of an element that ends, and judge a cell when it is whole."""
        kind = local_name(name)
        if self.aside:
            self.aside -= 1
        elif kind == "annotation":
            self.noting = False
        elif kind == "span" and self.spans:
            self.spans.pop()
        elif kind == "p":
            self.paragraph = False
            (self.note if self.noting else []).append(" ")
        elif kind in _CELLS and self.cell is not None:
            self.judge(self.cell)
            self.column += _many(self.cell, "number-columns-repeated")
            self.cell = None

    def judge(self, cell: Mapping[str, str]) -> None:
        """Judge the cells from the present column on that all say the same."""
        found, note = self.sheets[self.sheet], " ".join("".join(self.note).split())
        if note:
            found.notes[a1(self.row, self.column)] = note[:_LONGEST]
        struck = STRUCK in self.marks.get(attribute(cell, "style-name"), ())
        if not any(run.text.strip() for run in self.runs):
            return
        mixed, whole = look_of_runs(self.runs, struck=struck)
        if mixed is None and not whole:
            return
        wide = range(self.column, self.column + _many(cell, "number-columns-repeated"))
        for row, column in product(range(self.row, self.row + self.rows), wide):
            if mixed is not None:
                found.mixed[a1(row, column)] = mixed
            else:
                found.struck.add(a1(row, column))


def _marks(attributes: Mapping[str, str]) -> Iterator[str]:
    """How a style sets its text apart."""
    if any(attribute(attributes, line) not in {"", "none"} for line in _LINES):
        yield STRUCK
    position = attribute(attributes, "text-position").split(" ")[0]
    if position.startswith(("sub", "-")):
        yield RAISED["subscript"]
    elif position not in {"", "0%"}:
        yield RAISED["superscript"]


def _many(attributes: Mapping[str, str], name: str) -> int:
    """The number that an attribute says, 1 where it says none."""
    value = attribute(attributes, name)
    return int(value[:9]) if value.isdecimal() and value.isascii() else 1

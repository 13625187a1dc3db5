"""What lies over a sheet's cells: notes and comments, pictures, and shapes with words."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final, NamedTuple

from wyexcel.files.address import a1
from wyexcel.files.reading.book import Cover, Place
from wyexcel.files.reading.package import Relation, relations_of
from wyexcel.files.reading.refusal import Refused
from wyexcel.files.reading.sheet_facts import MAX_COLUMNS, MAX_ROWS
from wyexcel.files.reading.xml import local_name, refuse_unsafe, walk
from wyexcel.files.reading.zip_container import Container

MAX_NOTES: Final = 2_000
"""How many notes, and how many pictures and shapes, of a workbook are looked at."""

_LONGEST: Final = 200
"""How many signs of a note are kept."""
_OF_ALL: Final = 2
"""How many lists of relations every workbook has: its own, and that of the package."""
_CELL: Final = re.compile("[A-Z]{1,3}[1-9][0-9]{0,6}")
_WHOLE: Final = re.compile(r"\s*(-?[0-9]{1,15})\s*")
_KINDS: Final = ("comments", "threadedComment")
_DRAWING: Final = "drawing"
_ANCHORS: Final = frozenset({"twoCellAnchor", "oneCellAnchor"})
_SHAPES: Final = {"pic": "图片", "sp": "图形", "cxnSp": "图形", "graphicFrame": "图表"}


class LyingOver(NamedTuple):
    """What lies over the cells of a workbook: notes by cell, pictures and shapes."""

    notes: Mapping[Place, str]
    covers: tuple[Cover, ...]


def lying_over(container: Container, sheets: Mapping[str, str]) -> LyingOver:
    """What lies over the cells of *sheets*, the parts by name; most have nothing.

    A part that cannot be read is left out: nothing of it is counted.
    """
    if sum(name.endswith(".rels") for name in container.entries) <= _OF_ALL:
        return LyingOver({}, ())
    notes: dict[Place, str] = {}
    covers: list[Cover] = []
    for sheet, part in sheets.items():
        with suppress(Refused):
            for relation in _relations(container, part):
                if relation.kind in _KINDS:
                    said = _Notes.of(_content(container, relation), relation.target)
                    notes |= {(sheet, cell): words for cell, words in said.items()}
                elif relation.kind == _DRAWING:
                    covers += _Drawing.of(_content(container, relation), relation.target, sheet)
    return LyingOver(dict([*notes.items()][:MAX_NOTES]), tuple(covers[:MAX_NOTES]))


def _relations(container: Container, part: str) -> Iterator[Relation]:
    """The parts in the workbook that *part* names, threaded comments last: they count."""
    folder, name = posixpath.split(part)
    listing = f"{folder}/_rels/{name}.rels"
    if not container.has(listing):
        return
    named = (
        relation._replace(target=_target(relation.target, folder))
        for relation in relations_of(container.part(listing)).values()
        if not relation.external
    )
    inside = [relation for relation in named if container.has(relation.target)]
    yield from sorted(inside, key=lambda relation: relation.kind == _KINDS[-1])


def _target(target: str, folder: str) -> str:
    """The part that a sheet in *folder* means by *target*, which is read as if from `xl/`."""
    beside = target.removeprefix("xl/") if target.startswith("xl/../") else ""
    return posixpath.normpath(f"{folder}/{beside}") if beside else target


def _content(container: Container, relation: Relation) -> bytes:
    return refuse_unsafe(container.part(relation.target).content, relation.target)


class _Notes:
    """A walk through a part of notes or of threaded comments."""

    def __init__(self) -> None:
        self.notes: dict[str, str] = {}
        self.cell = ""
        self.inside = False

    @classmethod
    def of(cls, xml: bytes, part: str) -> Mapping[str, str]:
        """What is written at each cell, several comments one behind the other."""
        notes = cls()
        walk(xml, part, notes.start, text=notes.text, end=notes.end)
        return {cell: " ".join(said.split())[:_LONGEST] for cell, said in notes.notes.items()}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of a note that begins, or of its words."""
        kind = local_name(name)
        cell = attributes.get("ref", "") if kind in {"comment", "threadedComment"} else ""
        if _CELL.fullmatch(cell) and len(self.notes) < MAX_NOTES:
            self.cell = cell
            self.notes[self.cell] = self.notes.get(self.cell, "") + " "
        self.inside = kind in {"t", "text"} and bool(self.cell)

    def text(self, content: str) -> None:
        """Collect the words of a note, and no more than are kept."""
        if self.inside and len(self.notes[self.cell]) <= 2 * _LONGEST:
            self.notes[self.cell] += content

    def end(self, name: str) -> None:
        """Take note that words, or a note, are over."""
        self.inside = False
        if local_name(name) in {"comment", "threadedComment"}:
            self.cell = ""


class _Drawing:
    """A walk through a drawing: each anchor with the cells that it covers."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.covers: list[Cover] = []
        self.corner: dict[str, int] = {}
        self.side = self.number = self.kind = ""
        self.words: list[str] = []
        self.inside = False

    @classmethod
    def of(cls, xml: bytes, part: str, sheet: str) -> list[Cover]:
        """The pictures and shapes of *xml*, the drawing of *sheet*."""
        drawing = cls(sheet)
        walk(xml, part, drawing.start, text=drawing.text, end=drawing.end)
        return drawing.covers

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """Take note of an anchor, its corners and what it holds."""
        kind = local_name(name)
        if kind in _ANCHORS:
            self.corner, self.kind, self.words = {}, "", []
        elif kind in {"from", "to"}:
            self.side = kind
        elif kind in {"row", "col", "rowOff", "colOff"} and self.side:
            self.number = kind
        elif kind in _SHAPES and not self.kind:
            self.kind = _SHAPES[kind]
        self.inside = kind == "t"

    def text(self, content: str) -> None:
        """Collect the words of a shape, or a number of a corner."""
        if self.number and (whole := _WHOLE.fullmatch(content)):
            self.corner[self.side + self.number] = int(whole[1])
        elif self.inside and len(self.words) <= _LONGEST:
            self.words.append(content)

    def end(self, name: str) -> None:
        """Take note of what is over, and keep an anchor that is whole."""
        kind = local_name(name)
        self.inside, self.number = False, ""
        if kind in {"from", "to"}:
            self.side = ""
        elif kind in _ANCHORS and self.kind and self.is_placed():
            words = " ".join("".join(self.words).split())[:_LONGEST]
            self.covers.append(Cover(self.sheet, self.area(), self.kind, words))

    def is_placed(self) -> bool:
        """Whether the anchor says where it begins, and there are not too many already."""
        return {"fromrow", "fromcol"} <= self.corner.keys() and len(self.covers) < MAX_NOTES

    def area(self) -> str:
        """The cells that the anchor covers; a corner on the edge of a cell leaves that free."""
        corner = self.corner
        top, left = (max(corner[f"from{side}"], 0) for side in ("row", "col"))
        bottom, right = (
            corner.get(f"to{side}", corner[f"from{side}"])
            - (f"to{side}" in corner and corner.get(f"to{side}Off", 1) <= 0)
            for side in ("row", "col")
        )
        top, left = min(top, MAX_ROWS), min(left, MAX_COLUMNS)
        bottom, right = min(max(bottom, top), MAX_ROWS), min(max(right, left), MAX_COLUMNS)
        return f"{a1(top, left)}:{a1(bottom, right)}"

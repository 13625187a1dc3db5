"""Runs inside a cell: text in parts of different looks, not all of which are read as its value."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType
from typing import Final, NamedTuple

from wyexcel.files.reading.xml import local_name, walk

STRUCK: Final = "删除线"
RAISED: Final = MappingProxyType({"superscript": "上标", "subscript": "下标"})
_WHITE: Final = "白字"
_FALSE: Final = frozenset({"0", "false"})
_MOST: Final = 40
"""How many signs of one run are quoted."""


class Run(NamedTuple):
    """A part of a text, with what marks it; None where it says nothing and looks as its cell."""

    text: str
    marks: tuple[str, ...] | None = None


class MixedText(NamedTuple):
    """The text of a cell whose runs look different: in words, and those alone that are not marked.

    Read as one text the runs would be glued: 176000 and a footnote's 1 to 1760001.
    """

    told: str
    unmarked: str


class Look(NamedTuple):
    """How a cell's text looks: in runs of different looks, or struck out as a whole."""

    mixed: MixedText | None = None
    struck: bool = False


class Marks(NamedTuple):
    """What sets a text apart in a workbook: cell styles that strike out, shared texts with marks.

    Both are told by number.
    """

    struck: frozenset[str] = frozenset()
    strings: Mapping[str, Sequence[Run]] = MappingProxyType({})


NO_MARKS: Final = Marks()


class RunReader:
    """The runs of one string that is told element by element; how it is pronounced is no part."""

    def __init__(self) -> None:
        """No run is there before one is told."""
        self.runs: list[Run] = []
        self.marks: tuple[str, ...] | None = None
        self.words: list[str] = []
        self.inside = self.aside = False

    def start(self, kind: str, attributes: Mapping[str, str]) -> None:
        """Take note of an element that begins."""
        if kind == "rPh":
            self.aside = True
        elif kind == "r":
            self.marks = None
        elif kind == "rPr":
            self.marks = ()
        elif kind == "t":
            self.inside = not self.aside
            self.words = []
        elif self.marks is not None and (mark := mark_of(kind, attributes)):
            self.marks += (mark,)

    def text(self, content: str) -> None:
        """Collect what stands in a run."""
        if self.inside:
            self.words.append(content)

    def end(self, kind: str) -> None:
        """Take note of an element that ends."""
        if kind == "t" and self.inside:
            self.inside = False
            self.runs.append(Run("".join(self.words), self.marks))
        elif kind == "r":
            self.marks = None
        elif kind == "rPh":
            self.aside = False


def mark_of(kind: str, attributes: Mapping[str, str]) -> str:
    """How the element *kind* of a font sets a text apart; "" where it does not."""
    said = attributes.get("val", "")
    if kind == "strike":
        return "" if said in _FALSE else STRUCK
    if kind == "vertAlign":
        return RAISED.get(said, "")
    if kind == "color":
        white = attributes.get("rgb", "")[-6:].upper() == "FFFFFF" or attributes.get("theme") == "0"
        return _WHITE if white else ""
    return ""


def marked_strings(xml: bytes, part: str) -> Mapping[str, Sequence[Run]]:
    """Those of the shared strings of *xml* of which a run looks in a way of its own, by number."""
    return _SharedStrings.of(xml, part) if b"rPr" in xml else {}


@lru_cache(maxsize=8)
def struck_styles(xml: bytes) -> frozenset[str]:
    """The numbers of the cell styles of *xml*, the part of styles, that strike their text out."""
    return _Fonts.of(xml) if b"strike" in xml else frozenset()


def look_of_runs(runs: Sequence[Run], *, struck: bool) -> Look:
    """How a text of *runs* looks in a cell whose style is *struck* out or not."""
    cell = (STRUCK,) if struck else ()
    marked = [
        (set(cell if run.marks is None else run.marks), run.text)
        for run in runs
        if run.text.strip()
    ]
    whole = [
        (marks, "".join(text for _, text in same))
        for marks, same in groupby(marked, lambda pair: pair[0])
    ]
    if len(whole) > 1:
        return Look(MixedText("".join(_told(whole)), "".join(t for marks, t in whole if not marks)))
    return Look(struck=STRUCK in whole[0][0] if whole else struck)


def _told(whole: Sequence[tuple[set[str], str]]) -> Iterator[str]:
    """*whole* runs in words: 176000 带上标“1”, 删除线“176000”后写 181000."""
    before: set[str] | None = None
    for marks, text in whole:
        short = " ".join(text.split())[:_MOST]
        if marks:
            kinds = "、".join(sorted(marks))
            yield f"{'' if before is None else '、' if before else ' 带'}{kinds}“{short}”"
        else:
            yield short if before is None else f"后写 {short}"
        before = marks


class _SharedStrings:
    """A walk through the shared strings."""

    def __init__(self) -> None:
        self.count = 0
        self.marked: dict[str, Sequence[Run]] = {}
        self.string = RunReader()

    @classmethod
    def of(cls, xml: bytes, part: str) -> Mapping[str, Sequence[Run]]:
        """The marked strings of *xml*."""
        strings = cls()
        walk(xml, part, strings.start, text=strings.text, end=strings.end)
        return strings.marked

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""
        kind = local_name(name)
        if kind == "si":
            self.string = RunReader()
        else:
            self.string.start(kind, attributes)

    def text(self, content: str) -> None:
        """Collect what stands in a run."""
        self.string.text(content)

    def end(self, name: str) -> None:
        """Take note of an element that ends, and keep a string of more than one look."""
        kind = local_name(name)
        if kind != "si":
            self.string.end(kind)
            return
        if len({run.marks for run in self.string.runs} | {None}) > 1:
            self.marked[str(self.count)] = tuple(self.string.runs)
        self.count += 1


class _Fonts:
    """A walk through the part of styles: which fonts strike out, and which cell styles use them."""

    def __init__(self) -> None:
        self.inside = ""
        self.fonts = -1
        self.styles = -1
        self.struck: set[str] = set()
        self.found: set[str] = set()

    @classmethod
    def of(cls, xml: bytes) -> frozenset[str]:
        """The cell styles of *xml* that strike out."""
        fonts = cls()
        walk(xml, "xl/styles.xml", fonts.start, end=fonts.end)
        return frozenset(fonts.found)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of a font or of a cell style."""
        kind = local_name(name)
        if kind in {"fonts", "cellXfs"}:
            self.inside = kind
        elif self.inside == "fonts" and kind == "font":
            self.fonts += 1
        elif self.inside == "fonts" and mark_of(kind, attributes) == STRUCK:
            self.struck.add(str(self.fonts))
        elif self.inside == "cellXfs" and kind == "xf":
            self.styles += 1
            if attributes.get("fontId", "") in self.struck:
                self.found.add(str(self.styles))

    def end(self, name: str) -> None:
        """Take note that the fonts or the cell styles are over."""
        if local_name(name) == self.inside:
            self.inside = ""

"""What a sheet's XML says about its cells that reading the values does not tell.

Nearly every sheet is written plainly, and searching its bytes shows that it holds no error, no
formula and nothing far away. Only where something is found, or where it is written in another way,
is it parsed.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from wyexcel.address import a1, column_name, parse
from wyexcel.refusal import Reason, Refused
from wyexcel.xml_parts import local, walk

MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 256
MAX_CELLS: Final = 300_000
MAX_MERGES: Final = 5_000
MAX_MERGED: Final = 300_000
"""How many cells all merged ranges, or all ranges with a hyperlink, may cover."""

_MAIN: Final = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ODD: Final = re.compile(rb'<(?:c(?! r="(?:[A-H]?[A-Z]|I[A-V])1?\d{1,4}")|/(?:v|is)>(?!</c>)|v/>)')
"""A cell that lies far away or does not begin with its address, whose value is not the last thing
in it (so that there may be two), or that has an empty one.
"""
_FORMULA: Final = re.compile(
    rb'<c r="((?:[A-H]?[A-Z]|I[A-V])(?:1\d{4}|[1-9]\d{0,3}))"(?: s="\d+")?(?: t="(str|n)")?>'
    rb"<f>([^<&\r]*)</f><v>([^<&\r]*)</v></c>"
)
"""A formula with its result, written as plainly as can be."""
_RECKONS: Final = b"<f>"
_SHORTEST: Final = len('<c r="A1"/>')
_SHORT: Final = 8_192
_RANGE: Final = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?\bref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7})"
    rb"(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?[\"']"
)
_TRUE: Final = frozenset({"1", "true"})
_RANGED: Final = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s")


class Seen(NamedTuple):
    """What was seen: cells with an error, formulas without a result, whether there are values.

    `merged` are the merged ranges, `hidden` the hidden rows and columns, with spaces between;
    `percent` are the cells with a value that is shown as a percentage, `formulas` those with a
    formula, and what it says ("" where it is one that another cell says).
    """

    errors: Mapping[str, str] = MappingProxyType({})
    uncached: frozenset[str] = frozenset()
    filled: bool = False
    merged: str = ""
    hidden: str = ""
    percent: frozenset[str] = frozenset()
    formulas: Mapping[str, str] = MappingProxyType({})


def scan(xml: bytes, sheet: str, percents: frozenset[str] = frozenset()) -> Seen:
    """What *xml*, the part of *sheet*, holds; raise Refused where it goes beyond the limits.

    *percents* are the numbers of the cell styles that show percentages.
    """
    start, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    end = max(end, start)
    tail = xml[max(end, 0) :]
    merged = (_known if len(tail) < _SHORT else _merged)(tail, sheet)
    body = xml[start:end]
    if start >= 0 and not _uses(body, percents):
        formulas, rest = _apart(body)
        if _is_plain(xml[:start], rest):
            try:
                return _plain(rest, formulas)._replace(merged=merged)
            except UnicodeDecodeError:
                raise Refused(Reason.DAMAGED, sheet) from None
    return _Walk.through(xml, sheet, percents)._replace(merged=merged)


def _apart(body: bytes) -> tuple[list[tuple[bytes, bytes, bytes, bytes]], bytes]:
    """The plain formulas of *body*: cell, kind, formula, result; and what is left without them."""
    if not _says(_RECKONS, b"f", body) or b"<!" in body:
        return [], body
    formulas: list[tuple[bytes, bytes, bytes, bytes]] = []
    pieces: list[bytes] = []
    done, at = 0, body.find(_RECKONS)
    while at >= 0:
        found = _FORMULA.match(body, max(done, body.rfind(b"<c ", done, at)))
        if found:
            cell, kind, formula, result = found.groups()
            formulas.append((cell, kind, formula, result))
            pieces.append(body[done : found.start()])
            done = found.end()
        at = body.find(_RECKONS, max(done, at + 1))
    return formulas, b"".join((*pieces, body[done:]))


def _plain(rest: bytes, formulas: Sequence[tuple[bytes, bytes, bytes, bytes]]) -> Seen:
    """What a plain sheet holds: *formulas*, and *rest*, in which there are none."""
    valued = any(result for *_, result in formulas)
    return Seen(
        filled=b"<v>" in rest or b"<is>" in rest or valued,
        uncached=frozenset(
            cell.decode() for cell, kind, _, result in formulas if not result and kind != b"str"
        ),
        formulas={cell.decode(): formula.decode() for cell, _, formula, _ in formulas},
    )


def _is_plain(head: bytes, body: bytes) -> bool:
    """Whether searching *body* has told all there is to know."""
    return (
        b"'" not in body
        and b"&" not in body
        and not _says(b"<f", b"f", body)
        and not _says(b"xmlns", b"x", body)
        and not _says(b"hidden", b"d", body)
        and b't="e"' not in body
        and b"hidden" not in head
        and head.count(_MAIN) == 1
        and (len(body) <= MAX_CELLS * _SHORTEST or body.count(b"<c") <= MAX_CELLS)
        and _ODD.search(body) is None
    )


def _says(word: bytes, letter: bytes, body: bytes) -> bool:
    """Whether *word* is in *body*; its rarest *letter* is looked for first, ten times as fast."""
    return letter in body and word in body


def _uses(body: bytes, styles: frozenset[str]) -> bool:
    """Whether any cell, row or column of *body* has one of *styles*."""
    return any(b's="%b"' % style.encode() in body for style in styles)


def _merged(tail: bytes, sheet: str) -> str:
    """The merged ranges that *tail* lists, as the standard writes them; raise Refused if large."""
    _refuse_ranges(tail, sheet)
    return b" ".join(
        b"%b%b:%b%b" % (left, top, right, bottom)
        for left, top, right, bottom in _RANGE.findall(
            tail, tail.find(b"mergeCells"), tail.rfind(b"mergeCells")
        )
        if right
    ).decode("ascii")


_known = lru_cache(maxsize=256)(_merged)
"""The same, remembered: the forms of one season have the same ranges."""


def _refuse_ranges(tail: bytes, sheet: str) -> None:
    """Raise Refused where merged or linked ranges are too many or too large."""
    if b"mergeCell" not in tail and b"hyperlink" not in tail:
        return
    ranges = _RANGE.findall(tail)
    covered = sum(_area(*found) for found in ranges)
    if len(ranges) > MAX_MERGES or covered > MAX_MERGED or len(ranges) < len(_RANGED.findall(tail)):
        raise Refused(Reason.TOO_MANY_MERGES, sheet)


@lru_cache(maxsize=4096)
def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    """How many cells a range covers; the forms of one season have the same ranges."""
    try:
        first = parse((left + top).decode("ascii"))
        last = parse(((right or left) + (bottom or top)).decode("ascii"))
    except ValueError:
        raise Refused(Reason.DAMAGED, "区域地址") from None
    return (last[0] - first[0] + 1) * (last[1] - first[1] + 1)


class _Walk:
    """A slow walk through a sheet: where the parser stands, and what it has seen."""

    def __init__(self, sheet: str, percents: frozenset[str]) -> None:
        self.sheet = sheet
        self.percents = percents
        self.percent: set[str] = set()
        self.errors: dict[str, str] = {}
        self.uncached: set[str] = set()
        self.filled = False
        self.hidden: list[str] = []
        self.count = 0
        self.row = self.column = -1
        self.kind = self.style = ""
        self.formula = self.inside = self.reckons = self.valued = False
        self.formulas: dict[str, str] = {}
        self.words: list[str] = []
        self.value: list[str] = []

    @classmethod
    def through(cls, xml: bytes, sheet: str, percents: frozenset[str]) -> Seen:
        """What a walk through *xml* sees."""
        one = cls(sheet, percents)
        walk(xml, sheet, one.start, text=one.text, end=one.end)
        return Seen(
            errors=one.errors,
            uncached=frozenset(one.uncached),
            filled=one.filled,
            hidden=" ".join(one.hidden[:MAX_ROWS]),
            percent=frozenset(one.percent),
            formulas=one.formulas,
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""
        match local(name):
            case "row":
                said = attributes.get("r", "")
                self.row = int(said[:20]) - 1 if said.isdecimal() else self.row + 1
                self.column = -1
                if attributes.get("hidden") in _TRUE:
                    self.hidden.append(str(self.row + 1))
            case "col":
                if attributes.get("hidden") in _TRUE:
                    self.hidden.append(_columns(attributes))
            case "c":
                self.place(attributes.get("r", ""))
                self.kind = attributes.get("t", "n")
                self.style = attributes.get("s", "")
                self.formula = self.valued = False
                self.value = []
            case "f":
                self.formula = self.reckons = True
                self.words = []
            case "v" | "is":
                self.refuse_second()
                self.inside = local(name) == "v"
            case "t":
                self.inside = True
            case _:
                pass

    def place(self, said: str) -> None:
        """Go to the cell that is named, or to the next one."""
        if not said:
            self.column += 1
            return
        try:
            self.row, self.column = parse(said)
        except ValueError:
            raise Refused(Reason.DAMAGED, f"{self.sheet} 的单元格地址 {said[:20]}") from None

    def refuse_second(self) -> None:
        """Raise Refused where the cell has a value already: programs do not agree which counts."""
        if self.valued:
            where = f"{self.sheet} {a1(self.row, self.column)} 里有两个值"
            raise Refused(Reason.DAMAGED, where)
        self.valued = True

    def text(self, content: str) -> None:
        """Collect what stands in a value, or in a formula."""
        if self.inside:
            self.value.append(content)
        elif self.reckons:
            self.words.append(content)

    def end(self, name: str) -> None:
        """Take note of an element that ends, and judge a cell when it is whole."""
        match local(name):
            case "v" | "t":
                self.inside = False
            case "f":
                self.reckons = False
            case "c":
                self.judge("".join(self.value))
            case _:
                pass

    def judge(self, value: str) -> None:
        """Judge the cell that was just read."""
        if not value and not self.formula:
            return
        self.count += 1
        if self.row >= MAX_ROWS or self.column >= MAX_COLUMNS or self.count > MAX_CELLS:
            raise Refused(Reason.TOO_WIDE, f"{self.sheet} {a1(self.row, self.column)}")
        if self.formula:
            self.formulas[a1(self.row, self.column)] = "".join(self.words)
        self.filled = self.filled or bool(value)
        if value and self.style in self.percents:
            self.percent.add(a1(self.row, self.column))
        if self.kind == "e":
            self.errors[a1(self.row, self.column)] = value
        elif not value and self.kind != "str":
            self.uncached.add(a1(self.row, self.column))


def _columns(attributes: Mapping[str, str]) -> str:
    """The columns that a `col` element is about, as `C:D`."""
    first, last = (attributes.get(name, "") for name in ("min", "max"))
    if not (first.isdecimal() and last.isdecimal() and 0 < int(first[:9]) <= int(last[:9])):
        return ""
    most = min(int(last[:9]), MAX_COLUMNS)
    return f"{column_name(int(first[:9]) - 1)}:{column_name(most - 1)}"

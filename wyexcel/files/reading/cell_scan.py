"""What a sheet's XML says about its cells that reading the values does not tell.

Nearly every sheet is written plainly, and searching its bytes shows that it holds no error, no
formula and nothing far away. Only where something is found, or where it is written in another way,
is it parsed.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from wyexcel.files.address import parse
from wyexcel.files.reading.cell_parse import walk_through
from wyexcel.files.reading.refusal import Reason, Refused
from wyexcel.files.reading.sheet_facts import MAX_CELLS, MAX_MERGED, MAX_MERGES, Seen

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
_HEAD: Final = 64
"""What stands before the formula of a cell that is written plainly is shorter than this."""
_SHORTEST: Final = len('<c r="A1"/>')
_SHORT: Final = 8_192
_RANGE: Final = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?\bref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7})"
    rb"(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?[\"']"
)
_RANGED: Final = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s")


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
    return walk_through(xml, sheet, percents)._replace(merged=merged)


def _apart(body: bytes) -> tuple[list[tuple[bytes, bytes, bytes, bytes]], bytes]:
    """The plain formulas of *body*: cell, kind, formula, result; and what is left without them."""
    if not _says(_RECKONS, b"f", body) or b"<!" in body:
        return [], body
    formulas: list[tuple[bytes, bytes, bytes, bytes]] = []
    pieces: list[bytes] = []
    done, at = 0, body.find(_RECKONS)
    while at >= 0:
        begin = body.rfind(b"<c ", max(done, at - _HEAD), at)
        found = _FORMULA.match(body, begin) if begin >= 0 else None
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

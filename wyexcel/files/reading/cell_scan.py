"""What a sheet's XML says about its cells that reading the values does not tell.

Nearly every sheet is written plainly: one search gives the cells with a value, and counting shows
that there are no others. Only a sheet that is written in another way is parsed.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from wyexcel.files.address import parse
from wyexcel.files.reading.cell_parse import walk_through
from wyexcel.files.reading.condition import Condition
from wyexcel.files.reading.hidden_places import LOWEST, NARROWEST
from wyexcel.files.reading.number_styles import Looks
from wyexcel.files.reading.refusal import Reason, Refused
from wyexcel.files.reading.runs import NO_MARKS, Marks
from wyexcel.files.reading.sheet_facts import MAX_CELLS, MAX_MERGED, MAX_MERGES, SheetFacts

_MAIN: Final = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ADDRESS: Final = rb"(?:[A-H]?[A-Z]|I[A-V])(?:1[0-9]{0,4}+|[2-9][0-9]{0,3}+)"
"""The address of a cell within the limits."""
_STYLE: Final = rb'(?: s="[0-9]++")?+'
_VALUED: Final = re.compile(
    rb'<c r="%b"%b(?: t="(?:s|n|b|str|inlineStr)")?+>'
    rb"(?:<v>[^<]++</v>|<f>[^<]*+</f><v>[^<]*+</v>"
    rb'|<is><t(?: xml:space="preserve")?>[^<]*+</t></is>)</c>' % (_ADDRESS, _STYLE)
)
"""A cell with one value or one formula, written as plainly as can be."""
_FORMULA: Final = re.compile(
    rb'<c r="(%b)"%b(?: t="(str|n)")?+><f>([^<\r]*+)</f><v>([^<\r]*+)</v></c>' % (_ADDRESS, _STYLE)
)
"""A formula with its result, a text or a number."""
_RECKONS: Final = b"<f>"
_HOLLOW: Final = b'<worksheet xmlns="%b"><sheetData>%%b</sheetData></worksheet>' % _MAIN
"""A sheet of nothing but the cells that are put into it."""
_CONDITIONAL: Final = b"conditionalFormatting"
_SHORT: Final = 8_192
_OPEN: Final = b"<sheetData>"
_PLAIN: Final[Looks] = MappingProxyType({})
_RANGE: Final = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?\bref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7})"
    rb"(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?[\"']"
)
_RANGED: Final = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s")


_ROW: Final = re.compile(rb"<row [^>]*>")
_ROWS: Final = re.compile(
    rb'(?:<row r="[0-9]++"'
    rb'(?: (?:ht="(?:[%d-9]|[1-9][0-9]++)(?:\.[0-9]++)?"|(?!ht\b|hidden|outlineLevel|collapsed)'
    rb'[\w:]++="[^"<>]*+"))*+ ?/?>)*+' % LOWEST
)
"""Rows of a height in which numbers can be read, in no group."""
_NUMBER: Final = re.compile(rb'<row r="([0-9]++)"')
_NARROW: Final = re.compile(
    rb'hidden|outline|collapsed|zeroHeight|\swidth\s*=\s*(?!"(?:[%d-9]|[1-9][0-9]+)(?:\.[0-9]+)?")'
    rb'|defaultRowHeight\s*=\s*(?!"(?:[%d-9]|[1-9][0-9]+)(?:\.[0-9]+)?")' % (NARROWEST, LOWEST)
)
"""What may hide rows or columns and stands before the cells."""


class ScannedSheet(NamedTuple):
    """What was seen of a sheet, and `xml`, the part from which its values are to be read.

    Of a sheet that is written plainly that part holds the cells with a value, and nothing else.
    """

    facts: SheetFacts
    xml: bytes


def scan_sheet(
    xml: bytes,
    sheet: str,
    looks: Looks = _PLAIN,
    marks: Marks = NO_MARKS,
    *,
    styles: bytes = b"",
) -> ScannedSheet:
    """What *xml*, the part of *sheet*, holds; raise Refused where it goes beyond the limits.

    *looks* are the cell styles whose cells may show something else than their value; *marks* are
    the styles and the texts that are struck out, or set apart; *styles* is the part that says what
    conditional formats look like.
    """
    start, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    end = max(end, start)
    tail = xml[max(end, 0) :]
    merged = (_known if len(tail) < _SHORT else _merged)(tail, sheet)
    body = xml[start:end]
    conditions = _conditions(tail, styles) if _CONDITIONAL in tail and styles else ()
    is_marked = bool(marks.strings) or _uses(body, marks.struck)
    if start >= 0 and not (conditions or is_marked or _uses(body, looks)):
        cells = _VALUED.findall(body)
        valued = b"".join(cells)
        is_plain = len(cells) <= MAX_CELLS and _is_plain(xml[:start], body, valued)
        if is_plain and _are_different(cells) and _OPEN[:-1] not in tail:
            formulas = _formulas(cells, sheet) if _RECKONS in valued else []
            if formulas is not None:
                seen = _plain(len(cells), formulas)._replace(merged=merged)
                return ScannedSheet(seen, _HOLLOW % valued)
    seen = walk_through(xml, sheet, looks, marks, conditions)
    return ScannedSheet(seen._replace(merged=merged), xml)


_Formula: TypeAlias = tuple[str, str, str, str]
"""A cell's address, the kind of its result, its formula, and the result."""


def _formulas(cells: Iterable[bytes], sheet: str) -> list[_Formula] | None:
    """The formulas among *cells*; None where one of them gives another kind of result."""
    formulas: list[_Formula] = []
    for cell in cells:
        if _RECKONS in cell:
            match = _FORMULA.fullmatch(cell)
            if match is None:
                return None
            address, kind, formula, result = match.groups(b"")
            try:
                formulas.append(
                    (address.decode(), kind.decode(), formula.decode(), result.decode())
                )
            except UnicodeDecodeError:
                raise Refused(Reason.DAMAGED, sheet) from None
    return formulas


def _plain(count: int, formulas: Sequence[_Formula]) -> SheetFacts:
    """What a plain sheet holds: *count* cells, of which some have *formulas*."""
    return SheetFacts(
        filled=count > len(formulas) or any(result for *_, result in formulas),
        uncached=frozenset(
            cell for cell, kind, _, result in formulas if not result and kind != "str"
        ),
        formulas={cell: formula for cell, _, formula, _ in formulas},
    )


def _conditions(tail: bytes, styles: bytes) -> Sequence[Condition]:
    """The conditional formats in *tail* that may show something else than a cell's value."""
    from wyexcel.files.reading.conditional_formats import conditions  # noqa: PLC0415  few forms have any

    return conditions(tail, styles)


def _is_plain(head: bytes, body: bytes, valued: bytes) -> bool:
    """Whether all that *body* holds is *valued*, its plain cells with a value.

    It is where every element that ends with a tag of its own is a part of those cells or a row,
    and where nothing is quoted, left out or named in another way.
    """
    return (
        body.count(b"</") == valued.count(b"</") + body.count(b"</row>")
        and (b"'" not in body or body.count(b"'") == valued.count(b"'"))
        and b"&" not in body
        and not _says(b"<!", b"!", body)
        and not _says(b"<?", b"?", body)
        and not _says(b"xmlns", b"x", body)
        and body.startswith(_OPEN)
        and _head_is_plain(head)
        and _rows_are_plain(body)
    )


@lru_cache(maxsize=64)
def _head_is_plain(head: bytes) -> bool:
    """Whether nothing in *head*, which stands before the cells, hides any of them."""
    return head.count(_MAIN) == 1 and _NARROW.search(head) is None


def _rows_are_plain(body: bytes) -> bool:
    """Whether each row of *body* is there once, and can be seen."""
    rows = b"".join(_ROW.findall(body))
    return (_known_rows if len(rows) < _SHORT else _are_plain_rows)(rows)


def _are_plain_rows(rows: bytes) -> bool:
    numbers = _NUMBER.findall(rows)
    return _ROWS.fullmatch(rows) is not None and len({*numbers}) == len(numbers)


_known_rows = lru_cache(maxsize=256)(_are_plain_rows)
"""The same, remembered: the forms of one season have the same rows."""


def _are_different(cells: Sequence[bytes]) -> bool:
    """Whether no two of *cells* have one address, the first thing in quotation marks."""
    return len({cell.split(b'"', 2)[1] for cell in cells}) == len(cells)


def _says(word: bytes, letter: bytes, body: bytes) -> bool:
    """Whether *word* is in *body*; its rarest *letter* is looked for first, ten times as fast."""
    return letter in body and word in body


def _uses(body: bytes, styles: Iterable[str]) -> bool:
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
    covered = sum(_area(*corners) for corners in ranges)
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

"""Printed sheets held against what they should say: nothing clipped, torn, lost or squeezed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from wyexcel.files.proof.printed_pages import PrintedPage, without_blanks
from wyexcel.files.proof.proof_result import Fault, FaultKind, Proof
from wyexcel.files.writing.looks import LOOKS
from wyexcel.files.writing.sheet import Cell, Part, Sheet
from wyexcel.files.writing.text_fit import POINTS_PER_MM, ems, row_height

_HASHES: Final = "###"
_COLOURED: Final = frozenset({Part.GOOD, Part.WARNING, Part.ALARM})
_SIGNING: Final = frozenset({Part.SIGNATURE})
_FRAME: Final = frozenset(
    {Part.ANNEX, Part.TITLE, Part.SUBTITLE, Part.ASIDE, Part.HEADING, Part.NOTE, Part.SIGN_OFF}
)
"""Parts of a table that are none of its rows."""
_FEWEST_ROWS: Final = 4
_LONG: Final = 6
"""Letters from which on a text is itself and not one that stands on a page anyway."""
_TOLERANCE: Final = 1.5
"""Points by which letters may reach out of their row: boxes are as tall as their font says."""
_EDGE: Final = 1.0
"""Points that a number keeps free at each side of its cell."""
_DIGITS: Final = re.compile(r"0(?:\.(0+))?(?![0-9])")


def proof_sheets(
    sheets: Sequence[Sheet], pages: Sequence[PrintedPage], most_pages: Mapping[str, int]
) -> Proof:
    """The proof of *sheets* printed one after the other on *pages*.

    *most_pages* is how many pages a sheet may take, by its name.
    """
    printed = pages_of_sheets(sheets, pages)
    faults: list[Fault] = []
    for sheet in sheets:
        faults += _faults(sheet, printed[sheet.name], most_pages.get(sheet.name))
    looked_at = tuple(f"“{s.name}”{len(printed[s.name])}页" for s in sheets)
    return Proof(faults=tuple(faults), looked_at=looked_at)


def pages_of_sheets(
    sheets: Sequence[Sheet], pages: Sequence[PrintedPage]
) -> Mapping[str, list[PrintedPage]]:
    """The pages of each sheet, by its name: a new sheet begins where its first words stand."""
    printed: dict[str, list[PrintedPage]] = {sheet.name: [] for sheet in sheets}
    current = 0
    for page in pages:
        while current + 1 < len(sheets) and printed[sheets[current].name]:
            if not _begins_with(sheets[current + 1], page):
                break
            current += 1
        printed[sheets[current].name].append(page)
    return printed


def _begins_with(sheet: Sheet, page: PrintedPage) -> bool:
    """Whether the first words of *sheet* stand on *page*."""
    first = [without_blanks(_shown(cell)) for cell in _cells(sheet, last=3)]
    return bool(first) and all(text in page.letters for text in first if text)


class _PlacedCell(NamedTuple):
    """A cell with its row, and the room that it has in points before the page was made to fit."""

    cell: Cell
    row: int
    width: float
    height: float


def _cells(sheet: Sheet, last: int | None = None) -> Iterator[Cell]:
    for row in sheet.rows[:last]:
        yield from (cell for cell in row.cells if cell is not None and cell.value is not None)


def _placed(sheet: Sheet) -> Iterator[_PlacedCell]:
    """Every cell that says something, with its room."""
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row.cells):
            if cell is None or cell.value is None:
                continue
            width = sum(sheet.widths[column : column + cell.across]) * POINTS_PER_MM
            heights = [r.height or 0.0 for r in sheet.rows[number : number + cell.down]]
            yield _PlacedCell(cell, number, width, sum(heights) if all(heights) else 0.0)


def _shown(cell: Cell) -> str:
    """What *cell* shows: its text, or its number in its format."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        decimals = _DIGITS.search(cell.format)
        return f"{value:.{len(decimals[1] or '')}f}" if decimals else f"{value:g}"
    return str(value)


def _faults(sheet: Sheet, pages: Sequence[PrintedPage], most: int | None) -> Iterator[Fault]:
    if most is not None and len(pages) > most:
        sentence = f"印成了{len(pages)}页，应为{most}页以内。请把长的文字缩短，或调整列宽。"
        yield Fault(FaultKind.PAGES, sheet.name, sentence)
    yield from _overflowing(sheet, pages)
    yield from _words(sheet, pages)
    yield from _numbers(sheet)
    yield from _ends(sheet, pages)


def _overflowing(sheet: Sheet, pages: Sequence[PrintedPage]) -> Iterator[Fault]:
    for page in pages:
        if _HASHES in page.letters:
            sentence = "有一格印成了 ####。请把这一列加宽，或减少小数位。"
            yield Fault(FaultKind.OVERFLOW, sheet.name, sentence, page.number)


def _words(sheet: Sheet, pages: Sequence[PrintedPage]) -> Iterator[Fault]:
    """Texts that are lost, torn over two pages, or taller than their row."""
    scale = _scale(sheet, pages)
    for placed in _placed(sheet):
        text = without_blanks(_shown(placed.cell))
        if placed.cell.part in _COLOURED and not text:
            yield Fault(FaultKind.NO_WORD, sheet.name, "有一格只有颜色没有字，复印后看不出来。")
        if len(text) < _LONG or not isinstance(placed.cell.value, str):
            continue
        found = next((page for page in pages if text in page.letters), None)
        if found is None:
            if not _is_between_others(placed, text, pages):
                yield _lost(sheet, text, pages)
        elif placed.height and _is_too_tall(placed, text, found, scale):
            sentence = f"“{_beginning(text)}”比所在的行高，印出来会被切掉。请把该行加高。"
            yield Fault(FaultKind.CLIPPED, sheet.name, sentence, found.number)


def _is_between_others(placed: _PlacedCell, text: str, pages: Sequence[PrintedPage]) -> bool:
    """Whether *text* fits its cell, and its letters stand on a page with others between them.

    So it is where the text of a neighbour reaches over it.
    """
    size, width = LOOKS[placed.cell.part].size, placed.width / POINTS_PER_MM
    fits = row_height([(str(placed.cell.value), size, width)]) <= placed.height
    return fits and any(_in_order(text, page.letters) for page in pages)


def _in_order(text: str, letters: str) -> bool:
    """Whether the letters of *text* come one after the other among *letters*."""
    following = iter(letters)
    return all(letter in following for letter in text)


def _lost(sheet: Sheet, text: str, pages: Sequence[PrintedPage]) -> Fault:
    """The fault of a text that stands on no page whole."""
    for page, following in pairwise(pages):
        for cut in range(1, len(text)):
            if text[:cut] in page.letters and text[cut:] in following.letters and cut >= _LONG / 2:
                sentence = f"“{_beginning(text)}”分在第{page.number}、{following.number}页。"
                return Fault(FaultKind.TORN, sheet.name, sentence, page.number)
    sentence = f"“{_beginning(text)}”没有印全。请把该格加宽、加高，或把文字缩短。"
    on = next((page.number for page in pages if _in_order(text, page.letters)), None)
    return Fault(FaultKind.CLIPPED, sheet.name, sentence, on)


def _beginning(text: str) -> str:
    most = 12
    return text if len(text) <= most else f"{text[:most]}…"


def _scale(sheet: Sheet, pages: Sequence[PrintedPage]) -> float:
    """By how much the printed letters are smaller than asked for."""
    for placed in _placed(sheet):
        text = without_blanks(_shown(placed.cell))
        is_words = isinstance(placed.cell.value, str) and len(text) >= _LONG
        if is_words and not LOOKS[placed.cell.part].shrink:
            for page in pages:
                if (start := page.letters.find(text)) >= 0:
                    return page.sizes[start] / LOOKS[placed.cell.part].size
    return 1.0


def _is_too_tall(placed: _PlacedCell, text: str, page: PrintedPage, scale: float) -> bool:
    box = page.box_of(page.letters.find(text), len(text))
    return box.height > placed.height * scale + _TOLERANCE


def _numbers(sheet: Sheet) -> Iterator[Fault]:
    """Numbers that fill their cells from edge to edge."""
    for placed in _placed(sheet):
        look = LOOKS[placed.cell.part]
        if look.wrap or isinstance(placed.cell.value, str) or not look.border:
            continue
        text = _shown(placed.cell)
        if ems(text) * look.size > placed.width - 2 * _EDGE:
            sentence = f"“{text}”顶到了格边。请把这一列加宽，或减少小数位。"
            yield Fault(FaultKind.AT_EDGE, sheet.name, sentence)


def _ends(sheet: Sheet, pages: Sequence[PrintedPage]) -> Iterator[Fault]:
    """A last page that holds a signature or a few rows alone."""
    if len(pages) < 2:  # noqa: PLR2004 - the only page is the first
        return
    last = pages[-1]
    rows = [row for row in sheet.rows if any(c and c.value is not None for c in row.cells)]
    body = [row for row in rows if not any(c and c.part in _FRAME for c in row.cells)]
    there = [row for row in body if _is_on(row.cells, last)]
    signing = [row for row in there if any(c and c.part in _SIGNING for c in row.cells)]
    if signing and len(signing) == len(there):
        sentence = "最后一页只有落款。请把正文缩短几行，或调整行距。"
        yield Fault(FaultKind.LONE_SIGNATURE, sheet.name, sentence, last.number)
    elif not signing and len(there) < _FEWEST_ROWS <= len(body):
        sentence = f"最后一页只有{len(there)}行。请缩小一点打印，或把前面的文字缩短。"
        yield Fault(FaultKind.FEW_ROWS, sheet.name, sentence, last.number)


def _is_on(cells: Sequence[Cell | None], page: PrintedPage) -> bool:
    """Whether the longest text of a row stands on *page*."""
    texts = [without_blanks(_shown(cell)) for cell in cells if cell and cell.value is not None]
    longest = max(texts, key=len, default="")
    return bool(longest) and longest in page.letters

"""A printed official document held against its paragraphs: whole, well broken, signed with text."""

from collections.abc import Iterator, Sequence
from typing import Final

from wyexcel.files.proof.printed_pages import PrintedPage, without_blanks
from wyexcel.files.proof.proof_result import Fault, FaultKind, Proof
from wyexcel.files.writing import line_breaks

_MOST_PAGES: Final = 3
_UNIT_ENDS: Final = "元%户个项家倍"
_DIGITS: Final = "0123456789"
_UNFILLED: Final = "×"
_LINE: Final = 4.0
"""Points by which a letter must stand lower than the one before to begin a new line."""


def proof_document(
    name: str, text: Sequence[str], ending: Sequence[str], pages: Sequence[PrintedPage]
) -> Proof:
    """The proof of the document *name*, whose paragraphs are *text* and then *ending*.

    The ending is what must not stand on a page without text: signature, day and 版记.
    """
    faults = [
        *_page_count(name, pages),
        *_lost(name, (*text, *ending), pages),
        *_lone_ending(name, text, pages),
        *_broken_lines(name, pages),
        *_unfilled(name, (*text, *ending)),
    ]
    return Proof(faults=tuple(faults), looked_at=(f"“{name}”{len(pages)}页",))


def _page_count(name: str, pages: Sequence[PrintedPage]) -> Iterator[Fault]:
    if len(pages) > _MOST_PAGES:
        sentence = f"正文有{len(pages)}页，应在{_MOST_PAGES}页以内。请把正文缩短，细节放到附件。"
        yield Fault(FaultKind.PAGES, name, sentence)


def _lost(name: str, text: Sequence[str], pages: Sequence[PrintedPage]) -> Iterator[Fault]:
    """Paragraphs of which the pages, page numbers left out, do not say every letter."""
    printed = "".join(_without_number(page) for page in pages)
    for paragraph in text:
        wanted = without_blanks(paragraph)
        if wanted and wanted not in printed and not _in_pieces(paragraph, printed):
            yield Fault(FaultKind.CLIPPED, name, f"“{wanted[:12]}…”没有印全，请核对。")


def _without_number(page: PrintedPage) -> str:
    number = f"—{page.number}—"
    return page.letters.removesuffix(number).removeprefix(number)


def _in_pieces(paragraph: str, printed: str) -> bool:
    """Whether the parts of a line with a tab stand on the page each by itself."""
    return "\t" in paragraph and all(without_blanks(p) in printed for p in paragraph.split("\t"))


def _lone_ending(name: str, text: Sequence[str], pages: Sequence[PrintedPage]) -> Iterator[Fault]:
    """The last page must say something of the text, if only the end of its last paragraph."""
    if len(pages) < 2 or not text:  # noqa: PLR2004 - the only page is the first
        return
    tail = without_blanks(text[-1])[-4:]
    if tail not in pages[-1].letters:
        sentence = "最后一页只有附件说明和落款。请把正文加长或缩短几行，或调整行距。"
        yield Fault(FaultKind.LONE_SIGNATURE, name, sentence, pages[-1].number)


def _broken_lines(name: str, pages: Sequence[PrintedPage]) -> Iterator[Fault]:
    """Lines that begin with a mark that may not begin one, and numbers over two lines."""
    for page in pages:
        for place in range(1, len(page.letters)):
            before, letter = page.boxes[place - 1], page.boxes[place]
            if letter.top - before.top < _LINE or letter.left > before.left:
                continue
            last, first = page.letters[place - 1], page.letters[place]
            if first in line_breaks.NOT_FIRST and first not in _UNIT_ENDS:
                sentence = f"有一行以“{first}”开头。请在前面加减几个字。"
                yield Fault(FaultKind.LINE_BREAK, name, sentence, page.number)
            elif last in _DIGITS and first in _DIGITS + _UNIT_ENDS + ".":
                sentence = f"“…{last}”和“{first}…”一个数断在两行。请在前面加减几个字。"
                yield Fault(FaultKind.LINE_BREAK, name, sentence, page.number)


def _unfilled(name: str, text: Sequence[str]) -> Iterator[Fault]:
    for paragraph in text:
        if _UNFILLED in paragraph:
            words = without_blanks(paragraph)
            sentence = f"“{words[:24]}”里的“{_UNFILLED}”还没有填。"
            yield Fault(FaultKind.UNFILLED, name, sentence)

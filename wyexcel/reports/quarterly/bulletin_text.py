"""正文: the text of the bulletin on a printed sheet, a paragraph a row (GB/T 9704—2012)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Final

from wyexcel.files.writing import text_fit
from wyexcel.files.writing.looks import LOOKS
from wyexcel.files.writing.official.official_document import (
    OfficialDocument,
    OfficialParagraph,
    Style,
)
from wyexcel.files.writing.official.sheet_edits import (
    SheetParagraph,
    SheetText,
    new_text,
    on_sheet,
)
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet

NAME: Final = "正文"
WIDTH: Final = 156.0
HEIGHT: Final = 225.0
"""The type area of GB/T 9704—2012 in mm (版心 156×225)."""
PAGE: Final = Page(orientation="portrait", left=28, right=26, top=37, bottom=35)
_SLACK: Final = 12.0
"""Points left free at the foot of a page, for programs that lay out tighter; less than a row."""
_INDENT: Final = "　　"
_LONGEST: Final = 4 * 28
"""Most characters of a row: four lines of 28."""
_SENTENCE: Final = re.compile(
    r"(?:[一二三四五六]、[^。]{1,8}。)?(?:（[一二三]）[^。]{1,8}。)?[^。；]*[。；]|[^。；]+$"
)
"""A sentence, or a part of an enumeration, with the heading and the lead before it."""
_LEAST: Final = 25.5
_PARTS: Final[Mapping[Style, Part]] = {
    Style.NUMBER: Part.DOCUMENT_NUMBER,
    Style.TITLE: Part.TITLE,
    Style.SALUTATION: Part.SALUTATION,
    Style.SIGNATURE: Part.SIGNATURE,
    Style.DAY: Part.SIGNATURE,
}
_LEAST_OF: Final[Mapping[Style, float]] = {Style.TITLE: 66.0, Style.SIGNATURE: 36.0}
_BEFORE: Final[Mapping[Style, str]] = {
    Style.BODY: _INDENT,
    Style.ANNEX: _INDENT,
    Style.FIRST_ANNEX: _INDENT,
    Style.NEXT_ANNEX: _INDENT * 2 + "　",
}
_BEHIND: Final[Mapping[Style, str]] = {Style.SIGNATURE: _INDENT, Style.DAY: _INDENT * 2}
_HEAD: Final = frozenset({Style.NUMBER, Style.TITLE, Style.SALUTATION})
_END: Final = frozenset(
    {Style.ANNEX, Style.FIRST_ANNEX, Style.NEXT_ANNEX, Style.SIGNATURE, Style.DAY}
)


def bulletin_text_sheet(document: OfficialDocument, text: SheetText | None = None) -> Sheet:
    """The text of *document*, or *text*: the same with what a hand changed on the sheet."""
    paragraphs = on_sheet(document.paragraphs)
    shown = text or new_text(paragraphs, document.about)
    known = {paragraph.id: paragraph for paragraph in paragraphs}
    known |= {p.id: p for p in shown.generation.paragraphs if p.id not in known}
    blocks = [*_blocks([*_short_rows(shown.paragraphs, known)], known)]
    rows = text_fit.keep_blocks_whole(
        [[_row(one, known.get(one.id)) for one in block] for block in blocks],
        HEIGHT * text_fit.POINTS_PER_MM - _SLACK,
    )
    ids = tuple(one.id for block in blocks for one in block)
    return Sheet(name=NAME, rows=rows, widths=(WIDTH,), page=PAGE, row_ids=ids)


def _short_rows(
    shown: Sequence[SheetParagraph], known: Mapping[str, OfficialParagraph]
) -> Iterator[SheetParagraph]:
    """*shown* with long paragraphs over several rows of like length: short ones fill pages."""
    for one in shown:
        paragraph = known.get(one.id)
        if paragraph is None or paragraph.style is not Style.BODY:
            yield one
            continue
        first, *others = _parts(one.text)
        yield one._replace(text=first)
        yield from (SheetParagraph(one.id, text) for text in others)


def _parts(text: str) -> list[str]:
    """*text* cut after sentences into parts of at most some four lines, as alike as can be."""
    sentences = _SENTENCE.findall(text) or [text]
    length = text_fit.ems(text) / max(1, ceil(text_fit.ems(text) / _LONGEST))
    parts: list[str] = []
    written = 0.0
    for sentence in sentences:
        if not parts or written >= length * len(parts) - text_fit.ems(sentence) / 2:
            parts.append("")
        parts[-1] += sentence
        written += text_fit.ems(sentence)
    return parts


def _blocks(
    shown: Sequence[SheetParagraph], known: Mapping[str, OfficialParagraph]
) -> Iterator[list[SheetParagraph]]:
    """What stands on one page: the head with the first paragraph, the end with its text."""
    block: list[SheetParagraph] = []
    for number, one in enumerate(shown):
        block.append(one)
        following = shown[number + 1] if number + 1 < len(shown) else None
        if following is None or not _cling(known.get(one.id), known.get(following.id)):
            yield block
            block = []


def _cling(above: OfficialParagraph | None, below: OfficialParagraph | None) -> bool:
    """Whether *below* must stand on the page of *above*."""
    head = above is not None and above.style in _HEAD
    return head or (below is not None and below.style in _END)


def _row(one: SheetParagraph, paragraph: OfficialParagraph | None) -> Row:
    style = paragraph.style if paragraph is not None else Style.BODY
    part = _PARTS.get(style, Part.PROSE)
    text = f"{_BEFORE.get(style, '')}{one.text}{_BEHIND.get(style, '')}"
    least = _LEAST_OF.get(style, _LEAST)
    needed = text_fit.row_height([(text, LOOKS[part].size, WIDTH)], least=least)
    return Row((Cell(value=text, part=part, note=one.question),), needed)

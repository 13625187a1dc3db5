"""How many pages a document takes, and the line pitch that takes the fewest (调整行距).

Reckoned on the squares of the text, so that the same document is the same on every machine.
"""

from math import ceil
from typing import Final

from wyexcel.files.writing.official.gbt_9704 import LAYOUTS, PITCH
from wyexcel.files.writing.official.official_document import (
    COPIES,
    IMPRINT,
    OfficialDocument,
    OfficialParagraph,
    Style,
)
from wyexcel.files.writing.text_fit import line_count

PITCHES: Final = (PITCH, 570, 560, 550, 540, 530, 520)
"""Twips from line to line that the standard allows to be tried: 28.95 down to 26 points."""

_MM_WIDE: Final = 156.0
_POINTS_HIGH: Final = 225 / 25.4 * 72
_MM: Final = 25.4 / 72
_CELL_PADDING: Final = 4.5 * _MM
"""What the reckoning of lines takes off for a cell, which a document does not have."""
_TWIPS: Final = 20
_IMPRINT_GAP: Final = 12.0
"""Points that stay free between the date and 版记."""


def lines(paragraph: OfficialParagraph) -> int:
    """How many lines *paragraph* takes in the type area, its indents counted."""
    layout = LAYOUTS[paragraph.style]
    width = _MM_WIDE - (layout.left + layout.right) * layout.size * _MM + _CELL_PADDING
    text = "　" * ceil(layout.first) + paragraph.text.replace("\t", "")
    return line_count(text[round(layout.hang) :], layout.size, width)


def pages(document: OfficialDocument, pitch: int = PITCH) -> int:
    """How many pages *document* takes at *pitch* twips from line to line."""
    page, used = 1, 0.0
    for paragraph in document.paragraphs:
        if paragraph.id in IMPRINT:
            continue
        before, text, after = _heights(paragraph, pitch)
        line = text / lines(paragraph)
        used += before if used else 0.0
        for _ in range(lines(paragraph)):
            if used + line > _POINTS_HIGH + 0.01:
                page, used = page + 1, 0.0
            used += line
        used += after
    return page if used + _imprint(document) <= _POINTS_HIGH else page + 1


def _heights(paragraph: OfficialParagraph, pitch: int) -> tuple[float, float, float]:
    """Points before *paragraph*, of its lines, and after it."""
    layout, line = LAYOUTS[paragraph.style], pitch / _TWIPS
    return layout.before * line, lines(paragraph) * (layout.line or line), layout.after * line


def _imprint(document: OfficialDocument) -> float:
    """Points that 版记 takes, with the gap above it."""
    rows = sum(lines(p) for p in document.paragraphs if p.id in IMPRINT)
    return rows * LAYOUTS[Style.COPIES].line + _IMPRINT_GAP


def imprint_lines(paragraph: OfficialParagraph) -> int:
    """How many lines a row of 版记 needs; the lower one has its two ends on one line."""
    return lines(paragraph) if paragraph.id == COPIES else 1


def fitting_pitch(document: OfficialDocument) -> int:
    """The widest pitch at which *document* takes as few pages as at the narrowest."""
    fewest = pages(document, PITCHES[-1])
    return next(pitch for pitch in PITCHES if pages(document, pitch) == fewest)

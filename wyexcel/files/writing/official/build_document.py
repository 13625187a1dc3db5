"""An official document as a new Word file: head, text, annexes, signature, 版记."""

import io
from datetime import UTC, datetime
from typing import Final

import docx
from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml.ns import qn
from docx.shared import Pt, Twips
from docx.text.paragraph import Paragraph

from wyexcel.files.writing import reproducible_zip
from wyexcel.files.writing.official import gbt_9704
from wyexcel.files.writing.official.gbt_9704 import IMPRINT_LINE, SIZE_3, SIZE_4, TEXT_WIDTH
from wyexcel.files.writing.official.generation import generation_of, store
from wyexcel.files.writing.official.official_document import (
    DAY,
    IMPRINT,
    SIGNATURE,
    OfficialDocument,
    OfficialParagraph,
    Style,
)
from wyexcel.files.writing.official.page_estimate import fitting_pitch, imprint_lines
from wyexcel.files.writing.official.word_parts import (
    Element,
    element_of,
    in_paragraph_order,
    part,
    runs,
)
from wyexcel.files.writing.text_fit import ems

MARK: Final = "wy_"
"""What the names of bookmarks around generated paragraphs begin with."""

_FIRST_MARK: Final = 100
_MOMENT: Final = datetime(2025, 1, 1, tzinfo=UTC)
_TWIPS: Final = 20
_ANNEXES: Final = frozenset({Style.ANNEX, Style.FIRST_ANNEX, Style.NEXT_ANNEX})


def build(official: OfficialDocument) -> Document:
    """*official* as a new document, at the line pitch that takes the fewest pages."""
    document = docx.Document()
    _strip(document)
    gbt_9704.add_styles(document, fitting_pitch(official))
    gbt_9704.set_up(document)
    for number, paragraph in enumerate(official.paragraphs, _FIRST_MARK):
        if paragraph.id not in IMPRINT:
            made = document.add_paragraph()
            fill(made, paragraph, number)
            _place(made, paragraph, official)
    _keep_end_together(document)
    _add_imprint(document, official)
    store(document, generation_of(official))
    return document


def as_bytes(document: Document) -> bytes:
    """*document* as a file without the moment at which it was made."""
    content = io.BytesIO()
    document.save(content)
    return reproducible_zip.rebuild_without_times(content.getvalue(), lambda _name, part: part)


def fill(made: Paragraph, paragraph: OfficialParagraph, number: int) -> None:
    """Have *made* say *paragraph* between bookmarks with the id *number*."""
    made.style = paragraph.style.value
    element = element_of(made)
    element.append(part("bookmarkStart", id=number, name=MARK + paragraph.id))
    for piece in paragraph.pieces:
        for run in runs(piece.text, piece.voice):
            element.append(run)
    element.append(part("bookmarkEnd", id=number))


def _strip(document: Document) -> None:
    """Take away what the template of python-docx has of its own, and who made it when."""
    owners = (document.part, document.part.package)
    for relations in (owner.rels for owner in owners if owner is not None):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail", "/customXml")):
                del relations[key]
    properties = document.core_properties
    properties.author = properties.comments = properties.title = ""
    properties.created = properties.modified = _MOMENT


def _place(made: Paragraph, paragraph: OfficialParagraph, official: OfficialDocument) -> None:
    """署名 and 成文日期, so many squares off the edge (GB/T 9704—2012, 7.3.5)."""
    if paragraph.id in {SIGNATURE, DAY}:
        off = _signature_and_day(official)[paragraph.id == DAY]
        made.paragraph_format.right_indent = Pt(round(off, 1))


def _signature_and_day(official: OfficialDocument) -> tuple[float, float]:
    """Points from the edge to 署名 and to the date.

    With a seal the date stands four squares off and 署名 is centred on it; without one 署名 stands
    two squares off and the date begins two squares to the right of it.
    """
    signature, day = (ems(text) * SIZE_3 for text in (official.signature, official.day))
    if official.sealed:
        off = 4 * SIZE_3
        beside = off + (day - signature) / 2
        return (beside, off) if beside >= 0 else (0.0, (signature - day) / 2)
    off = 2 * SIZE_3
    under = off + signature - 2 * SIZE_3 - day
    if under >= 2 * SIZE_3:
        return off, under
    return off + day + 2 * SIZE_3 - signature, off


def _keep_end_together(document: Document) -> None:
    """Have the last of the text, the annexes and the signature on one page, never one alone."""
    first = next(
        (n for n, p in enumerate(document.paragraphs) if p.style and p.style.name in _ANNEXES), 0
    )
    for paragraph in document.paragraphs[max(0, first - 1) :]:
        paragraph.paragraph_format.keep_with_next = True
    if first:
        document.paragraphs[first - 1].paragraph_format.widow_control = True


def _add_imprint(document: Document, official: OfficialDocument) -> None:
    """版记: a table whose last line is the lower edge of the type area of its page."""
    shown = [paragraph for paragraph in official.paragraphs if paragraph.id in IMPRINT]
    table = document.add_table(rows=len(shown), cols=1)
    element = element_of(table)
    for old in list(element.tblPr):
        element.tblPr.remove(old)
    element.tblPr.extend(_imprint_properties())
    for column in element.tblGrid:
        column.set(qn("w:w"), str(TEXT_WIDTH))
    for number, (row, paragraph) in enumerate(zip(table.rows, shown, strict=True)):
        element_of(row).get_or_add_trPr().append(part("cantSplit"))
        row.height_rule = WD_ROW_HEIGHT_RULE.EXACTLY
        row.height = Pt(IMPRINT_LINE * imprint_lines(paragraph))
        [cell] = row.cells
        cell.width = Twips(TEXT_WIDTH)
        fill(cell.paragraphs[0], paragraph, _FIRST_MARK + len(official.paragraphs) + number)
    last = element_of(table.rows[-1].cells[0].paragraphs[0]).get_or_add_pPr()
    last.append(part("tabs", _tab(TEXT_WIDTH - round(SIZE_4 * _TWIPS))))
    in_paragraph_order(last)
    anchor = document.add_paragraph()  # a table floats from the paragraph behind it
    anchor.paragraph_format.line_spacing = Pt(1)


def _tab(position: int) -> str:
    return f'<w:tab w:val="right" w:pos="{position}"/>'


def floating() -> Element:
    """What has a table float to the lower edge of the type area."""
    return part(
        "tblpPr",
        leftFromText=0,
        rightFromText=0,
        topFromText=0,
        bottomFromText=0,
        vertAnchor="margin",
        horzAnchor="margin",
        tblpX=0,
        tblpYSpec="bottom",
    )


def _imprint_properties() -> list[Element]:
    """The place of 版记, its lines (the outer ones thick), and no room within its cells."""
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for side, size in (("top", 8), ("bottom", 8), ("insideH", 6))
    )
    sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    return [
        floating(),
        part("tblOverlap", val="never"),
        part("tblW", w=TEXT_WIDTH, type="dxa"),
        part("tblBorders", lines),
        part("tblLayout", type="fixed"),
        part("tblCellMar", sides),
    ]

"""Letters as Word documents (python-docx), laid out as GB/T 9704—2012 asks.

Nothing of the moment at which it was made goes into a document: the same letter, the same bytes.
"""

import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.document import Document as Doc
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as DocParagraph
from docx.text.run import Run

from wyexcel.files import disk
from wyexcel.files.plain_text import printable
from wyexcel.files.writing import reproducible_zip
from wyexcel.files.writing.document import Block, Heading, Letter, LetterTable, Paragraph, Tone
from wyexcel.files.writing.looks import FANG, HEI, SONG, XIAO_BIAO_SONG
from wyexcel.period import chinese_date

_BODY: Final = 16.0
_TITLE: Final = 22.0
_TABLE: Final = 10.5
_NUMBER: Final = 14.0
_LINE: Final = Pt(28.95)
_TITLE_LINE: Final = Pt(33)
_TABLE_LINE: Final = Pt(16)
_FILLS: Final[Mapping[Tone, str]] = {
    Tone.SOON: "9DC3E6",
    Tone.BEHIND: "FFD966",
    Tone.LATE: "FF9B9B",
}
_EDGE: Final = 1.0
"""What a cell of a table keeps free at its left and right, in mm."""
_CENTRE: Final = WD_ALIGN_PARAGRAPH.CENTER
_LEFT: Final = WD_ALIGN_PARAGRAPH.LEFT
_RIGHT: Final = WD_ALIGN_PARAGRAPH.RIGHT
_MOMENT: Final = datetime(2025, 1, 1, tzinfo=UTC)


def write(letter: Letter, path: Path) -> None:
    """Write *letter* to *path*."""
    document = Document()
    _strip(document)
    _set_up(document)
    _head(document, letter)
    _blocks(document, letter.body)
    _sign(document, letter)
    if letter.annex:
        heading = _paragraph(document, "附件", font=HEI, chars=0)
        heading.paragraph_format.page_break_before = True
        _title(document, letter.annex_title)
        _blocks(document, letter.annex)
    content = io.BytesIO()
    document.save(content)
    finished = reproducible_zip.rebuild_without_times(content.getvalue(), lambda _name, part: part)
    disk.write(path, lambda file: file.write(finished))


def _set_up(document: Doc) -> None:
    """The page (版心 156×225 mm), its number, and no word of who made it and when."""
    [section] = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, _RIGHT), (section.even_page_footer, _LEFT)):
        _number(footer.paragraphs[0], side)
    properties = document.core_properties
    properties.author = properties.comments = properties.title = ""
    properties.created = properties.modified = _MOMENT


def _strip(document: Doc) -> None:
    """Take away what the template of python-docx has of its own, and have the text Chinese."""
    owners = (document.part, document.part.package)
    for relations in (owner.rels for owner in owners if owner is not None):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail", "/customXml")):
                del relations[key]
    styles: Any = document.styles.element
    for language in styles.iter(qn("w:lang")):
        for name in ("w:val", "w:eastAsia"):
            language.set(qn(name), "zh-CN")


def _number(paragraph: DocParagraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """The page number between dashes, one square off the edge (单页居右，双页居左)."""
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = Pt(_NUMBER)
    paragraph.paragraph_format.right_indent = Pt(_NUMBER)
    _run(paragraph, "— ", font=SONG, size=_NUMBER)
    run = _run(paragraph, "", font=SONG, size=_NUMBER)
    field: Any = run.element
    field.append(_piece("fldChar", fldCharType="begin"))
    field.append(_piece("instrText", text="PAGE"))
    field.append(_piece("fldChar", fldCharType="end"))
    _run(paragraph, " —", font=SONG, size=_NUMBER)


def _head(document: Doc, letter: Letter) -> None:
    """How pressing it is on its colour, the title, and to whom it goes."""
    line = _paragraph(document, "", chars=0)
    _shade(_run(line, f" {letter.tone} ", font=HEI), _FILLS.get(letter.tone, ""))
    if letter.mark:
        _run(line, f"　【{letter.mark}】")
    _title(document, letter.title)
    _paragraph(document, f"{letter.unit}：", chars=0)


def _title(document: Doc, text: str) -> None:
    paragraph = _paragraph(document, text, font=XIAO_BIAO_SONG, size=_TITLE, chars=0)
    paragraph.alignment = _CENTRE
    layout = paragraph.paragraph_format
    layout.line_spacing, layout.space_before, layout.space_after = _TITLE_LINE, Pt(0), Pt(14)


def _blocks(document: Doc, blocks: Iterable[Block]) -> None:
    for block in blocks:
        match block:
            case Heading(text):
                _paragraph(document, text, font=HEI).paragraph_format.keep_with_next = True
            case Paragraph(text):
                _paragraph(document, text)
            case LetterTable():
                _table(document, block)


def _sign(document: Doc, letter: Letter) -> None:
    """Who sends it and when, two and four squares off the edge, never alone on a page."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    sender = _paragraph(document, letter.sender, chars=0)
    sender.paragraph_format.space_before = _LINE
    sender.paragraph_format.keep_with_next = True
    day = _paragraph(document, chinese_date(letter.day), chars=0)
    for paragraph, squares in ((sender, 2), (day, 4)):
        paragraph.alignment = _RIGHT
        paragraph.paragraph_format.right_indent = Pt(squares * _BODY)
    if letter.contact:
        day.paragraph_format.keep_with_next = True
        _paragraph(document, f"（{letter.contact}）")


def _paragraph(
    document: Doc, text: str, *, font: str = FANG, size: float = _BODY, chars: int = 2
) -> DocParagraph:
    """A paragraph whose first line begins *chars* squares in."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
    layout.space_before = layout.space_after = Pt(0)
    layout.first_line_indent = Pt(chars * _BODY)
    _run(paragraph, text, font=font, size=size)
    return paragraph


def _run(paragraph: DocParagraph, text: str, *, font: str = FANG, size: float = _BODY) -> Run:
    """*text* in *font*, Chinese and Latin alike."""
    run = paragraph.add_run(printable(text))
    run.font.name, run.font.size = font, Pt(size)
    element: Any = run.element
    element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return run


def _shade(run: Run, fill: str) -> None:
    """Put *run* on a ground of colour; "" is none."""
    if fill:
        element: Any = run.element
        element.rPr.append(_piece("shd", val="clear", color="auto", fill=fill))


def _piece(tag: str, *, text: str = "", **values: str) -> Any:
    """A piece of a document that python-docx has no name for."""
    attributes = "".join(f' w:{name}="{value}"' for name, value in values.items())
    return parse_xml(f"<w:{tag} {nsdecls('w')}{attributes}>{text}</w:{tag}>")


def _table(document: Doc, table: LetterTable) -> None:
    """A table over the whole width; its headings come again on every page, no row is torn."""
    made = document.add_table(rows=0, cols=len(table.widths), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(made.columns, table.widths, strict=True):
        column.width = Mm(width)
    for number, texts in enumerate((table.headings, *table.rows)):
        row = made.add_row()
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(table.least if number else 9)
        for cell, text, width in zip(row.cells, texts, table.widths, strict=True):
            cell.width, cell.vertical_alignment = Mm(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
            _fill(cell.paragraphs[0], text, font=FANG if number else HEI)
    _keep_rows(document)


def _fill(paragraph: DocParagraph, text: str, *, font: str) -> None:
    """Write *text* in the middle of a cell."""
    paragraph.alignment = _CENTRE
    layout = paragraph.paragraph_format
    layout.line_spacing, layout.space_before, layout.space_after = _TABLE_LINE, Pt(2), Pt(2)
    _run(paragraph, text, font=font, size=_TABLE)


def _keep_rows(document: Doc) -> None:
    """Have the last table's rows whole, its first row on every page, and its cells narrow-edged."""
    body: Any = document.element
    *_, last = body.iter(qn("w:tbl"))
    edges = _piece("tblCellMar")
    edges.extend(_piece(side, w=str(Mm(_EDGE).twips), type="dxa") for side in ("left", "right"))
    next(last.iter(qn("w:tblLook"))).addprevious(edges)
    for number, row in enumerate(last.iter(qn("w:trPr"))):
        row.append(_piece("cantSplit"))
        if not number:
            row.append(_piece("tblHeader"))

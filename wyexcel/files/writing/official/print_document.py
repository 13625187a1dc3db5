"""An official document as a PDF by LibreOffice, 版记 at the foot of its last page.

LibreOffice does not float a table to the lower edge of the text: in a copy the table stands in the
flow, and what is left above it is measured on the printed page and put there.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import docx
import pypdfium2
from docx.document import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from wyexcel.files import disk
from wyexcel.files.writing import pdf_export
from wyexcel.files.writing.official.gbt_9704 import FOOT
from wyexcel.files.writing.official.word_parts import Element, element_of, part

_PRINTED: Final = "印发"
_PAGE: Final = 297 / 25.4 * 72
_UNDER_TEXT: Final = 6.0
"""Points from the lowest letter of 版记 to its last line."""


def print_document(path: Path, pdf: Path) -> bool:
    """Print the document at *path* to *pdf*; False where no program did it."""
    with tempfile.TemporaryDirectory(prefix="wyexcel-", ignore_cleanup_errors=True) as temporary:
        copy, printed = Path(temporary) / path.name, Path(temporary) / "printed.pdf"
        document = docx.Document(str(path))
        gap = _put_into_flow(document)
        document.save(str(copy))
        if not pdf_export.print_pdf(copy, printed):
            return False
        if gap is not None and (room := FOOT - _lowest(printed)) > 1:
            gap.paragraph_format.space_before = Pt(room)
            document.save(str(copy))
            pages = page_count(printed)
            pushed = Path(temporary) / "pushed.pdf"
            if pdf_export.print_pdf(copy, pushed) and page_count(pushed) == pages:
                printed = pushed
        disk.copy(printed, pdf)
    return True


def page_count(pdf: Path) -> int:
    """How many pages *pdf* has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _put_into_flow(document: Document) -> Paragraph | None:
    """Have 版记 stand in the flow, behind a paragraph that can grow; None where there is none."""
    for table in reversed(document.tables):
        element = element_of(table)
        if _PRINTED in element.xpath("string(.)"):
            for tag in ("tblpPr", "tblOverlap"):
                for found in element.tblPr.findall(qn(f"w:{tag}")):
                    element.tblPr.remove(found)
            return _paragraph_before(document, element)
    return None


def _paragraph_before(document: Document, element: Element) -> Paragraph:
    made = part("p")
    element.addprevious(made)
    gap = next(p for p in document.paragraphs if element_of(p) is made)
    layout = gap.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
    layout.keep_with_next = True
    return gap


def _lowest(pdf: Path) -> float:
    """Where the last line of 版记 ends, in points from the top of its page."""
    with pypdfium2.PdfDocument(pdf) as document:
        bottoms = [bottom for page in document for bottom in _bottoms(page)]
    return (_PAGE - bottoms[-1] if bottoms else _PAGE) + _UNDER_TEXT


def _bottoms(page: pypdfium2.PdfPage) -> Iterator[float]:
    """The lower edges of 印发 on one page, in points from the bottom."""
    text: Any = page.get_textpage()
    search = text.search(_PRINTED)
    while (found := search.get_next()) is not None:
        yield text.get_charbox(found[0])[1]

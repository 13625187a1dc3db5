"""Which fonts of offices a PDF was printed without, and what stands in their place."""

from collections.abc import Iterable
from typing import Final

from wyexcel.files.proof.printed_pages import PrintedPage
from wyexcel.files.writing import pdf_export

_REPLACED: Final = "本机没有{}，PDF 用{}代替；正式印发请在装有这些字体的电脑上打印。"


def font_remarks(pages: Iterable[PrintedPage]) -> tuple[str, ...]:
    """One sentence about fonts that this machine lacks; none where it has them all.

    It is no fault of the document: on a computer of the office it prints as it should.
    """
    missing = pdf_export.missing_fonts()
    if not missing:
        return ()
    used = sorted({font for page in pages for font in page.fonts if font})
    return (_REPLACED.format("、".join(missing), "、".join(used) or "别的字体"),)

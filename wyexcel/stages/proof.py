"""打印校样: the bulletin as it comes out of the printer, looked through for faults."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from wyexcel.archive import closings
from wyexcel.archive.workspace import Workspace
from wyexcel.errors import NothingToDo
from wyexcel.files.proof.printed_pages import PrintedPage, printed_pages
from wyexcel.files.proof.proof_document import proof_document
from wyexcel.files.proof.proof_fonts import font_remarks
from wyexcel.files.proof.proof_result import Fault, FaultKind, Proof
from wyexcel.files.proof.proof_sheets import proof_sheets
from wyexcel.files.writing.official.official_document import IMPRINT, OfficialDocument, Style
from wyexcel.files.writing.official.page_estimate import pages
from wyexcel.files.writing.official.print_document import print_document
from wyexcel.files.writing.official.write_document import standing_paragraphs
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.files.writing.sheet import Sheet
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.reports.quarterly import annex_targets, bulletin_text
from wyexcel.stages import publish
from wyexcel.stages.assess import standings_of
from wyexcel.stages.write_workbooks import silent

_MOST_PAGES: Final = {bulletin_text.NAME: 3, annex_targets.NAME: 1}
_ENDING: Final = frozenset(
    {Style.ANNEX, Style.FIRST_ANNEX, Style.NEXT_ANNEX, Style.SIGNATURE, Style.DAY}
)
_NO_BULLETIN: Final = "{period}还没有通报。请先运行 wyexcel bulletin {period}。"
_NOT_PRINTED: Final = (
    "没有能打印的程序（LibreOffice），“{name}”的页数按每页22行、每行28字估计为{pages}页，"
    "别的没有看。"
)
_NO_PDF: Final = (
    "没有 PDF（本机没有 LibreOffice）：各张表没有看。"
    "装好 LibreOffice 再运行，或在 Excel/WPS 里预览。"
)


def proof(workspace: Workspace, plan: Plan, period: Period, *, tell: Tell = silent) -> Proof:
    """The proof of the bulletin of *period* as it lies in 通报; nothing is changed.

    Raises NothingToDo where there is no bulletin yet.
    """
    folder = workspace.bulletins(period)
    file = folder / publish.BULLETIN
    if not file.is_file():
        raise NothingToDo(_NO_BULLETIN.format(period=period))
    standings = standings_of(workspace, plan, period, tell=tell)
    bulletin = publish.bulletin_of(
        workspace,
        plan,
        period,
        standings,
        closed=closings.read_closings(workspace, period),
        standing=publish.text_that_stands(file),
    )
    sheets = [with_sample_mark(sheet, plan.settings.mark) for sheet in bulletin.sheets]
    tell("校样", 0, 2)
    of_sheets = _of_sheets(sheets, folder / publish.PDF)
    tell("校样", 1, 2)
    return of_sheets + _of_document(bulletin.document, folder / publish.WORD)


def _of_sheets(sheets: Sequence[Sheet], pdf: Path) -> Proof:
    if not pdf.is_file():
        return Proof(remarks=(_NO_PDF,))
    printed = printed_pages(pdf)
    return proof_sheets(sheets, printed, _MOST_PAGES) + Proof(remarks=font_remarks(printed))


def _of_document(document: OfficialDocument, word: Path) -> Proof:
    """The proof of the Word file as it stands, with every hand edit in it."""
    if not word.is_file():
        return Proof()
    with tempfile.TemporaryDirectory(prefix="wyexcel-", ignore_cleanup_errors=True) as temporary:
        pdf = Path(temporary) / "printed.pdf"
        if not print_document(word, pdf):
            count = pages(document)
            return Proof(remarks=(_NOT_PRINTED.format(name=word.name, pages=count),))
        printed = printed_pages(pdf)
    return _of_pages(document, word, printed) + Proof(remarks=font_remarks(printed))


def _of_pages(document: OfficialDocument, word: Path, printed: Sequence[PrintedPage]) -> Proof:
    """What stands in the Word file, told into its text and its ending by the ids."""
    ending = {p.id for p in document.paragraphs if p.style in _ENDING or p.id in IMPRINT}
    standing = standing_paragraphs(word)
    text = [p.text for p in standing if p.text and not ending & {*p.ids}]
    rest = [p.text for p in standing if p.text and ending & {*p.ids}]
    return proof_document(word.name, text, rest, printed) + _unsigned(word.name, rest)


def _unsigned(name: str, ending: Sequence[str]) -> Proof:
    """That the day is not filled in yet."""
    blank = next((text for text in ending if "年　　月" in text and "印发" not in text), "")
    if not blank:
        return Proof()
    sentence = "成文日期还没有填（在“设置”的“发文”里填，或直接写在文件里）。"
    return Proof(faults=(Fault(FaultKind.UNFILLED, name, sentence),))

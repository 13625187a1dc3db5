"""通报: the bulletin as a workbook and a PDF, and the letters about what lags."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.archive import closings, manifest
from wyexcel.archive.workspace import Workspace
from wyexcel.errors import CannotRead, CannotWrite
from wyexcel.files import disk
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.files.writing import pdf_export
from wyexcel.files.writing.official.decide_edits import told
from wyexcel.files.writing.official.official_document import OfficialDocument, Piece
from wyexcel.files.writing.official.sheet_edits import (
    GENERATED,
    SheetText,
    generation_sheet,
    new_text,
    on_sheet,
    stored_generation,
    text_with_edits,
)
from wyexcel.files.writing.official.write_document import keep_copy, write_document
from wyexcel.files.writing.sheet import Sheet
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.intake import history
from wyexcel.letters.outbox import Delivery
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.progress.standing import Standing
from wyexcel.reports.quarterly.bulletin import bulletin_sheets
from wyexcel.reports.quarterly.bulletin_document import bulletin_document
from wyexcel.reports.quarterly.bulletin_text import NAME as TEXT
from wyexcel.stages import guard_closed_period, send_back, write_workbooks
from wyexcel.stages.assess import standings_of
from wyexcel.stages.write_workbooks import silent

BULLETIN: Final = "通报.xlsx"


PDF: Final = "通报.pdf"
WORD: Final = "通报.docx"


class Published(Struct, frozen=True, kw_only=True):
    """The bulletin's sheets and files, the letters about what lags, the fonts that are not here.

    `earlier` is where that of a closed period is kept which says something else; `about_edits` are
    sentences about what a hand had changed in the text.
    """

    sheets: tuple[Sheet, ...]
    files: tuple[Path, ...]
    letters: Delivery
    missing_fonts: tuple[str, ...]
    earlier: Path | None = None
    about_edits: tuple[str, ...] = ()

    def about_earlier(self, period: Period) -> tuple[str, ...]:
        """What to tell of the one that is kept, and of hand edits."""
        if self.earlier is None:
            return self.about_edits
        return (_KEPT.format(period=period.title, name=self.earlier.name), *self.about_edits)


_KEPT: Final = (
    "注意：{period}已定稿，原有的通报和现在生成的不同（定稿后主工作簿改过，或定稿前没有重新生成）。"
    "原有的另存为“{name}”，请核对以哪一份为准。"
)


def publish(
    workspace: Workspace,
    plan: Plan,
    period: Period,
    *,
    standings: tuple[Standing, ...] | None = None,
    tell: Tell = silent,
) -> Published:
    """The bulletin as a workbook, a Word file, and a PDF where a program is there that prints.

    With it go the letters to the units that report something that lags (督办单). It is made from
    the archive alone, where no *standings* are given; what a hand changed in its text is kept.
    """
    if standings is None:
        standings = standings_of(workspace, plan, period, tell=tell)
    closed = closings.read_closings(workspace, period)
    folder = workspace.bulletins(period)
    is_closed = closed is not None and closed.revision is None
    standing = text_that_stands(folder / BULLETIN)
    bulletin = bulletin_of(workspace, plan, period, standings, closed=closed, standing=standing)
    made = _made(bulletin, folder, plan, is_closed=is_closed, tell=tell)
    return Published(
        sheets=bulletin.sheets,
        files=made.files,
        letters=send_back.supervise(workspace, plan, period, standings),
        missing_fonts=pdf_export.missing_fonts(),
        earlier=made.earlier,
        about_edits=made.about_edits,
    )


class Bulletin(NamedTuple):
    """A bulletin: its text as a document and on its sheet, and all its sheets."""

    document: OfficialDocument
    text: SheetText
    sheets: tuple[Sheet, ...]


def bulletin_of(  # noqa: PLR0913  by name, what a bulletin is made of
    workspace: Workspace,
    plan: Plan,
    period: Period,
    standings: Sequence[Standing],
    *,
    closed: closings.Closed | None,
    standing: Book | None = None,
) -> Bulletin:
    """The bulletin that *standings* make, with what was revised since it *closed*.

    What a hand changed in the text of the workbook *standing* is kept.
    """
    absent = missing(workspace, plan, period)
    revised = guard_closed_period.revision_note(closed, standings, plan, period)
    document = bulletin_document(standings, absent, plan, period, revised=revised)
    paragraphs, mark = on_sheet(document.paragraphs), plan.settings.mark
    text = (
        new_text(paragraphs, document.about)
        if standing is None
        else text_with_edits(standing, TEXT, paragraphs, document.about, mark=mark)
    )
    final = history.finally_reported(workspace, plan, period)
    sheets = bulletin_sheets(
        standings, document, plan, period, text=text, revised=revised, final=final
    )
    return Bulletin(document, text, sheets)


def text_that_stands(file: Path) -> Book | None:
    """The bulletin that stands in *file*; None where there is none whose text is known again."""
    if not file.is_file():
        return None
    book = read_workbook.read(file, only=(TEXT, GENERATED))
    return book if isinstance(book, Book) and stored_generation(book) is not None else None


class _Made(NamedTuple):
    """The files of a bulletin, where an earlier workbook is now, what became of hand edits."""

    files: tuple[Path, ...]
    earlier: Path | None = None
    about_edits: tuple[str, ...] = ()


def _made(bulletin: Bulletin, folder: Path, plan: Plan, *, is_closed: bool, tell: Tell) -> _Made:
    """*bulletin* as files in *folder*; those of a period that *is_closed* are kept as they are.

    What was printed of it may have been signed: it stays where it says the same, and is set aside
    where it does not.
    """
    file, pdf, word = folder / BULLETIN, folder / PDF, folder / WORD
    earlier: Path | None = None
    if is_closed and file.is_file():
        is_another = write_workbooks.is_another(bulletin.sheets, file, plan)
        is_printed = pdf.is_file() and pdf.stat().st_mtime >= file.stat().st_mtime
        if is_printed and not is_another:
            return _Made(tuple(path for path in (file, word, pdf) if path.is_file()))
        for signed in (pdf, *((word,) if is_another else ())):
            if signed.is_file():  # first, for the workbook tells that it is another one
                disk.set_aside(signed)
        earlier = disk.set_aside(file) if is_another else None
    edits = bulletin.text.edits
    if file.is_file() and (edits.kept or edits.added or edits.deleted):
        keep_copy(file)
    generated = generation_sheet(bulletin.text.generation)
    files = [write_workbooks.write_sheets((*bulletin.sheets, generated), file, plan)]
    about_word = _write_word(bulletin.document, word, plan.settings.mark)
    files += [word] if word.is_file() else []
    tell("生成 PDF", 0, 1)
    if pdf_export.print_pdf(file, pdf):
        files.append(pdf)
    return _Made(tuple(files), earlier, (*told(BULLETIN, edits), *about_word))


def _write_word(document: OfficialDocument, word: Path, mark: str) -> tuple[str, ...]:
    """Have the text in its Word file, and say what became of hand edits in it.

    One that is open in another program is left as it is, and that is said.
    """
    try:
        written = write_document(_marked(document, mark), word)
    except (CannotRead, CannotWrite) as error:
        return (str(error),)
    return told(word.name, written.edits) if written.edits is not None else ()


def _marked(document: OfficialDocument, mark: str) -> OfficialDocument:
    """*document* with *mark* before its number where its numbers are invented."""
    if not mark:
        return document
    first, *others = document.text
    marked = replace(first, pieces=(Piece(f"【{mark}】"), *first.pieces))
    return replace(document, text=(marked, *others))


def missing(workspace: Workspace, plan: Plan, period: Period) -> tuple[str, ...]:
    """The units of which the archive of *period* has nothing that counts."""
    known = (plan.unit_named(name) for name in manifest.reported_units(workspace, period))
    reported = {unit.name for unit in known if unit is not None}
    return tuple(unit for unit in plan.reporting if unit not in reported)

"""A present form for each unit that used an older one, its values carried over (转入件)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from wyexcel.archive.workspace import Workspace
from wyexcel.files.reading.book import Book
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.files.writing.sheet import Sheet
from wyexcel.findings import Finding, Severity
from wyexcel.forms.blank import form
from wyexcel.forms.blank.prefilled import Known
from wyexcel.forms.filled import read_form
from wyexcel.forms.older import carry_over, transfer_sheet
from wyexcel.forms.submission import Received, Season
from wyexcel.intake import history, open_forms
from wyexcel.letters.outbox import Paper
from wyexcel.plan.plan import Plan
from wyexcel.rules import REQUIREMENTS

OLDER: Final = "S02"


def name(received: Received) -> str:
    """What the present form is called that takes over from the file *received*."""
    return f"{received.unit}-转入-{Path(received.file).stem}.xlsx"


def takes_over(found: Iterable[Finding]) -> bool:
    """Whether it is *found* of a file that its unit must go on in a present form."""
    return any(f.rule == OLDER and f.severity is Severity.ERROR for f in found)


def papers(
    workspace: Workspace, plan: Plan, season: Season, whose: Sequence[Received]
) -> Iterator[Paper]:
    """The present forms for those of *whose* files that are older forms which can be read."""
    older = [r for r in whose if any(_carried(f) for f in _older(r, season))]
    if not older:
        return
    known = history.known(workspace, plan, season.period)
    books = open_forms.books([received.path for received in older], plan)
    for received, book in zip(older, books, strict=True):
        if isinstance(book, Book) and received.unit is not None:
            sheets = _sheets(received, book, plan, season, known)
            yield Paper(name(received), partial(xlsx.write, sheets))


def _older(received: Received, season: Season) -> Iterator[Finding]:
    return (f for f in season.about(received) if f.rule == OLDER)


def _carried(finding: Finding) -> bool:
    return finding.severity in {Severity.ERROR, Severity.REVIEW}


def _sheets(
    received: Received, book: Book, plan: Plan, season: Season, known: Mapping[str, Known]
) -> tuple[Sheet, ...]:
    """The present form of the unit of *received*, with what *book* says in it."""
    unit, period = received.unit or "", season.period
    older = read_form.filled(book, plan, unit, period)
    others = [f for f in season.about(received) if f.rule != OLDER]
    sheets = transfer_sheet.transferred(
        form.describe(plan, unit, period, known=known[unit], rules=REQUIREMENTS),
        carry_over.carry(older),
        file=received.file,
        findings=[f for f in others if f.severity is not Severity.NOTICE],
    )
    return tuple(with_sample_mark(sheet, plan.settings.mark) for sheet in sheets)

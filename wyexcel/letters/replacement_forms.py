"""A present form for each unit that used an older one, its values carried over (转入件)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from wyexcel.archive.workspace import Workspace
from wyexcel.files.reading.book import Book
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.files.writing.sheet import Sheet
from wyexcel.findings import Finding, Severity
from wyexcel.forms.blank import form
from wyexcel.forms.blank.prefilled import Prefilled
from wyexcel.forms.filled import read_form
from wyexcel.forms.older import carry_over, transfer_sheet
from wyexcel.forms.submission import Received, Season
from wyexcel.intake import history
from wyexcel.intake.check_arrivals import OLDER
from wyexcel.letters.outbox import OutgoingFile
from wyexcel.plan.plan import Plan
from wyexcel.rules.all_rules import requirements


def replacement_name(received: Received) -> str:
    """The file name of the present form that replaces the file *received*."""
    return f"{received.unit}-转入-{Path(received.file).stem}.xlsx"


def needs_replacement(findings: Iterable[Finding]) -> bool:
    """Whether *findings* of a file say that its unit must go on in a present form."""
    return any(f.rule == OLDER and f.severity is Severity.ERROR for f in findings)


def replacement_files(
    workspace: Workspace, plan: Plan, season: Season, candidates: Sequence[Received]
) -> Iterator[OutgoingFile]:
    """The present forms for those *candidates* that are older forms which can be read."""
    older = [received for received in candidates if received.older is not None]
    if not older:
        return
    known = history.prefilled_values(workspace, plan, season.period)
    for received in older:
        if received.older is not None and received.unit is not None:
            sheets = _sheets(received, received.older, plan, season, known)
            yield OutgoingFile(replacement_name(received), partial(xlsx.write, sheets))


def _sheets(
    received: Received, book: Book, plan: Plan, season: Season, known: Mapping[str, Prefilled]
) -> tuple[Sheet, ...]:
    """The present form of the unit of *received*, filled with the values of *book*."""
    unit, period = received.unit or "", season.period
    older = read_form.read_form(book, plan, unit, period)
    others = [f for f in season.about(received) if f.rule != OLDER]
    sheets = transfer_sheet.transfer_form(
        form.blank_form(plan, unit, period, known=known[unit], rules=requirements(plan)),
        carry_over.carry_over(older),
        file=received.file,
        findings=[f for f in others if f.severity is not Severity.NOTICE],
    )
    return tuple(with_sample_mark(sheet, plan.settings.mark) for sheet in sheets)

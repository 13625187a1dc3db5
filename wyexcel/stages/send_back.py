"""What goes out to the units (退回): marked copies of faulty forms, and letters to who must act."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from wyexcel.archive.workspace import Workspace
from wyexcel.files import disk
from wyexcel.files.writing import docx
from wyexcel.files.writing.document import Letter, as_text
from wyexcel.findings import Finding
from wyexcel.forms.submission import Decision, Received, Season
from wyexcel.letters.annotated_copy import write_annotated_copy, write_problem_list
from wyexcel.letters.letters_after_check import check_letters
from wyexcel.letters.outbox import Delivery, Mailing, OutgoingFile, deliver
from wyexcel.letters.rejections import Rejection, rejections
from wyexcel.letters.replacement_forms import needs_replacement, replacement_files
from wyexcel.letters.supervision_letter import supervision_letters
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.progress.standing import Standing

_NOBODY: Final = "未知单位"
_OURS: Final = ".xlsx"


def send_back(workspace: Workspace, plan: Plan, season: Season) -> Delivery:
    """An annotated copy of each form that goes back, and a letter to each unit that must act.

    Whoever used an older form gets the present one with its values in it; that is instead of the
    copy where the older one does not ask for all that is owed. What an earlier run put there and
    no longer holds is taken away.
    """
    back = rejections(season)
    reasons = [season.about(rejection.rejected) for rejection in back]
    copies = [
        _copy(rejection, findings)
        for rejection, findings in zip(back, reasons, strict=True)
        if not needs_replacement(findings)
    ]
    going_on = [*(rejection.rejected for rejection in back), *_in_use(season)]
    forms = replacement_files(workspace, plan, season, going_on)
    letters = check_letters(season, back, plan, _today())
    papers = [*copies, *forms, *_papers(letters)]
    return deliver(workspace.returned(season.period), papers, Mailing.RETURNED)


def _in_use(season: Season) -> Iterator[Received]:
    return (r for r in season.received if r.decision is Decision.ACCEPTED)


def supervise(
    workspace: Workspace, plan: Plan, period: Period, standings: Sequence[Standing]
) -> Delivery:
    """A letter (督办单) to each unit that reports something that lags."""
    letters = supervision_letters(standings, plan, period, _today())
    return deliver(workspace.returned(period), _papers(letters), Mailing.SUPERVISED)


def _today() -> date:
    return datetime.now().astimezone().date()


def _copy(rejection: Rejection, findings: Sequence[Finding]) -> OutgoingFile:
    """The annotated copy (退回件); the list alone where the file is no form of ours."""
    received = rejection.rejected
    name = Path(received.file).name
    return OutgoingFile(
        f"{rejection.unit or _NOBODY}-退回-{name}{'' if name.lower().endswith(_OURS) else _OURS}",
        partial(write_annotated_copy, received.path, findings=findings)
        if received.period
        else partial(write_problem_list, findings=findings),
    )


def _papers(letters: Iterable[Letter]) -> Iterator[OutgoingFile]:
    """Each letter as text for a message and as a document to print."""
    for letter in letters:
        yield OutgoingFile(f"{letter.name}.txt", partial(_write_text, letter))
        yield OutgoingFile(f"{letter.name}.docx", partial(docx.write, letter))


def _write_text(letter: Letter, path: Path) -> None:
    disk.write_text(path, as_text(letter))

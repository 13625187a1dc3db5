"""The forms in the archive as submissions, each read once and remembered while it stands."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from wyexcel.archive import derived, manifest
from wyexcel.archive.manifest import Kept
from wyexcel.archive.workspace import Workspace
from wyexcel.errors import BadPlan
from wyexcel.files.reading.book import Book
from wyexcel.files.reading.refusal import Unreadable
from wyexcel.forms import stored_submission
from wyexcel.forms.filled import open_forms, read_form, stated_layout
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.forms.layout import SLOTS
from wyexcel.forms.submission import Decision, Submission
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.sheet_names import PlanSheet

_REMEMBERED: Final = "报表-{}"


def adopted(
    workspace: Workspace, plan: Plan, period: Period, *, tell: Tell | None = None
) -> tuple[Submission, ...]:
    """The adopted submissions of *period*, from the archive alone; none if never merged.

    Raises CannotRead where an original is missing or no longer what was archived, BadPlan where
    the plan does not know any more what one of them says.
    """
    return of_decision(workspace, plan, period, Decision.ACCEPTED, tell=tell)


def of_decision(
    workspace: Workspace,
    plan: Plan,
    period: Period,
    decision: Decision,
    *,
    tell: Tell | None = None,
) -> tuple[Submission, ...]:
    """The submissions in the archive of *period* with that *decision*; raises as `adopted`.

    Every original is held against its fingerprint each time; it is read as a form only where what
    it said was not remembered, or by another plan.
    """
    kept = checked_forms(workspace, period, decision)
    if not kept:
        return ()
    name, made_from = _REMEMBERED.format(decision.value), forms_fingerprint(plan, period, kept)
    remembered = derived.load(workspace, period, name, made_from, stored_submission.decode)
    if remembered is not None:
        return remembered
    submissions = _read(workspace.archive(period), kept, plan, period, tell=tell)
    derived.keep(workspace, period, name, made_from, stored_submission.encode(submissions))
    return submissions


def checked_forms(workspace: Workspace, period: Period, decision: Decision) -> list[Kept]:
    """The forms of *period* with that *decision*, each held against its fingerprint.

    Raises CannotRead where an original is missing or no longer what was archived.
    """
    kept = [k for k in manifest.read_manifest(workspace, period) if k.decision is decision]
    for line in kept:
        manifest.checked_original(workspace.archive(period), line)
    return kept


def forms_fingerprint(plan: Plan, period: Period, kept: Sequence[Kept]) -> bytes:
    """A fingerprint of what the submissions of *kept* are read from: the files and the plan."""
    files = "\n".join(f"{line.sha256} {line.unit} {line.file}" for line in kept)
    return derived.fingerprint(str(period), files, plan.form_fingerprint)


def _read(
    archive: Path, kept: Sequence[Kept], plan: Plan, period: Period, *, tell: Tell | None
) -> tuple[Submission, ...]:
    books = open_forms.books([archive / k.file for k in kept], plan, tell=tell)
    return tuple(
        _submission(archive, line, book, plan, period)
        for line, book in zip(kept, books, strict=True)
    )


def _submission(
    archive: Path, line: Kept, book: Book | Unreadable, plan: Plan, period: Period
) -> Submission:
    if not isinstance(book, Book) or book.sha256 != line.sha256:
        raise manifest.original_changed(archive / line.file)
    submission = read_form.read_submission(book, plan, period)
    for park in _lost_parks(submission, plan):
        message = (
            f"{submission.unit} {line.period} 归档的“{line.file}”有“{park}”的数，"
            f"主工作簿“{PlanSheet.PARKS}”里没有这个园区，没有往下做。"
            f"更名、撤并的，请把“{park}”填进现在那个园区的“曾用名”栏；误删的请恢复。"
        )
        raise BadPlan(message)
    for change in _other_measures(book, plan):
        message = (
            f"{submission.unit} {line.period} 归档的“{line.file}”中{change}，没有往下做。"
            f"请恢复“{PlanSheet.DEFINITIONS}”里原来的计量单位；要换计量单位的，另设一个要素代码。"
        )
        raise BadPlan(message)
    return submission


def _other_measures(book: Book, plan: Plan) -> Iterator[str]:
    """The elements that an older form gave in another measure than the present one."""
    if SLOTS not in book.sheets:
        return
    form = stated_layout.stated_layout(book.sheets, plan)
    measures = stated_layout.stated_measures(form, book.sheets)
    for slot in form.slots:
        element = plan.element.get(slot.code)
        former = measures.get((slot.sheet, slot.cell))
        if element is not None and former and former != element.measure:
            yield f"“{element.name}”的计量单位是“{former}”，现为“{element.measure}”"


def _lost_parks(submission: Submission, plan: Plan) -> Iterator[str]:
    """The parks named in *submission* that the plan does not have any more."""
    for entry in submission.entries:
        if entry.number and not plan.is_place(entry.park):
            yield entry.park
    for item in submission.items:
        if item.park and not plan.is_place(item.park):
            yield item.park

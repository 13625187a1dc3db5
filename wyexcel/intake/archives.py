"""What is said of the archives that came, once it is known what lies in each of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from wyexcel.files.reading.refusal import Reason, Unreadable, phrase
from wyexcel.forms.submission import Decision
from wyexcel.intake.decision import FileDecision
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.rules.archives import ARCHIVES, OpenedArchive
from wyexcel.rules.attachments import KINDS
from wyexcel.rules.file_itself import FILE_ITSELF, ArrivedFile

_MOST: Final = 3


def with_archives(
    decisions: Sequence[FileDecision], plan: Plan, period: Period
) -> list[FileDecision]:
    """*decisions*, where each archive says how many forms are in it.

    One without any goes back, and what else is in it is not told one by one.
    """
    if not any(decision.opened for decision in decisions):
        return list(decisions)
    inside: dict[Path | None, list[FileDecision]] = {}
    for decision in decisions:
        if decision.received.packed:
            inside.setdefault(decision.received.came, []).append(decision)
    empty = {
        d.received.path
        for d in decisions
        if d.opened and not any(map(_is_form, inside.get(d.received.path, ())))
    }
    return [
        _archive(decision, inside.get(decision.received.path, []), plan, period)
        if decision.opened
        else _silent(decision)
        if decision.received.packed and decision.received.came in empty
        else decision
        for decision in decisions
    ]


def _is_form(decision: FileDecision) -> bool:
    return decision.received.period is not None or decision.received.unit is not None


def _archive(
    decision: FileDecision, members: Sequence[FileDecision], plan: Plan, period: Period
) -> FileDecision:
    """What is said of the archive with these *members*."""
    received, levels = decision.received, plan.settings.levels
    forms = sum(map(_is_form, members))
    if forms:
        opened = OpenedArchive(name=received.file, forms=forms, others=len(members) - forms)
        findings = ARCHIVES.findings(opened, file=received.file, levels=levels)
        return replace(decision, findings=tuple(findings))
    detail = phrase(Reason.NO_FORMS, _names(members))
    unreadable = Unreadable(received.file, received.sha256, Reason.NO_FORMS, detail)
    arrived = ArrivedFile(
        name=received.file, received=received.received, book=unreadable, period=period
    )
    return replace(
        decision,
        received=replace(received, decision=Decision.REJECTED),
        findings=tuple(FILE_ITSELF.findings(arrived, file=received.file, levels=levels)),
        unreadable=unreadable,
    )


def _names(members: Sequence[FileDecision]) -> str:
    """The first *members*, and how many there are."""
    if not members:
        return "里面什么都没有"
    names = "、".join(f"“{d.received.file.rpartition('/')[2]}”" for d in members[:_MOST])
    return f"只有{names}" + (f"等 {len(members)} 个文件" if len(members) > _MOST else "")


def _silent(decision: FileDecision) -> FileDecision:
    """*decision*, passed over where it may be an attachment: the archive itself goes back."""
    unreadable = decision.unreadable
    if unreadable is None or unreadable.reason not in KINDS:
        return decision
    ignored = replace(decision.received, decision=Decision.IGNORED)
    return replace(decision, received=ignored, findings=())

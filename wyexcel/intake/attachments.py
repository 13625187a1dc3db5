"""What lies beside the forms (附件): whose each such file is, once all files are known."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePath
from typing import Final

from msgspec.structs import replace

from wyexcel.files.reading.refusal import Reason, Unreadable, phrase
from wyexcel.forms.submission import Decision
from wyexcel.intake.decision import FileDecision
from wyexcel.plan.plan import Plan
from wyexcel.rules.attachments import ATTACHMENTS, KINDS, Attachment
from wyexcel.rules.identity import usual_names

_OF_FORMS: Final = frozenset(
    {".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ett", ".ods", ".csv", ".xltx"}
)
"""How the names of files end that claim to be a table: whatever is in them, they are no notes."""
_OF_NOTES: Final = frozenset({".txt", ".md", ".log"})


def with_attachments(decisions: Sequence[FileDecision], plan: Plan) -> list[FileDecision]:
    """*decisions*, where what lies beside the forms is kept and not sent back.

    A unit that sent nothing else than a picture has sent no form: that picture stays rejected, as
    does everything where no form came at all.
    """
    senders = {d.received.unit for d in decisions if d.received.unit is not None}
    if not any(d.unreadable for d in decisions):
        return list(decisions)
    return [_settled(decision, decisions, senders, plan) for decision in decisions]


def _settled(
    decision: FileDecision, decisions: Sequence[FileDecision], senders: Collection[str], plan: Plan
) -> FileDecision:
    """*decision*, with what is said of it where it is an attachment, or stands for a form."""
    received = decision.received
    if received.decision is not Decision.REJECTED or decision.unreadable is None:
        return decision
    unit, kind = _owner(received.file, decisions, plan), _kind(decision, decision.unreadable)
    if unit is not None and unit not in senders:
        of_unit = tuple(replace(finding, unit=unit) for finding in decision.findings)
        return replace(decision, findings=of_unit)
    if not kind or not senders:
        return decision
    findings = ATTACHMENTS.findings(
        Attachment(name=received.file, kind=kind, unit=unit),
        file=received.file,
        unit=unit,
        levels=plan.settings.levels,
    )
    ignored = replace(received, decision=Decision.IGNORED, unit=unit, attachment=unit is not None)
    return replace(decision, received=ignored, findings=tuple(findings))


def _kind(decision: FileDecision, unreadable: Unreadable) -> str:
    """What it is in words, if it may be an attachment; what was exported from a form is none."""
    if unreadable.detail != phrase(unreadable.reason):
        return ""
    suffix = PurePath(decision.received.file).suffix.lower()
    is_text = unreadable.reason in {Reason.TEXT, Reason.CSV}
    if suffix in _OF_FORMS or (is_text and suffix not in _OF_NOTES):
        return ""
    return KINDS.get(unreadable.reason, "")


def _owner(file: str, decisions: Sequence[FileDecision], plan: Plan) -> str | None:
    """The unit whose *file* is, by its name, its folders or the forms beside it."""
    return _named_unit(file, plan) or _neighbour(file, decisions)


def _named_unit(file: str, plan: Plan) -> str | None:
    """The one unit that the name of *file* names, or else the nearest of its folders."""
    for part in reversed(PurePath(file).parts):
        units = set(_units_in(part, plan))
        if len(units) == 1:
            return units.pop()
    return None


def _units_in(name: str, plan: Plan) -> Iterator[str]:
    for unit in plan.units:
        if plan.reports(unit.name) and any(usual in name for usual in usual_names(unit)):
            yield unit.name


def _neighbour(file: str, decisions: Sequence[FileDecision]) -> str | None:
    """The one unit whose forms lie in the same subfolder as *file*, or in the next one above."""
    forms = [
        (PurePath(d.received.file).parents, d.received.unit)
        for d in decisions
        if d.received.unit is not None
    ]
    for folder in tuple(PurePath(file).parents)[:-1]:
        units = {unit for parents, unit in forms if folder in parents}
        if units:
            return units.pop() if len(units) == 1 else None
    return None

"""What was decided about each file of a season, by itself and beside the others."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.files.reading.refusal import Unreadable
from wyexcel.findings import Finding, Severity
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.submission import Decision, Received
from wyexcel.plan.plan import Plan
from wyexcel.rules import between_units, waiver
from wyexcel.rules.between_units import AdoptedForms

MEASURES: Final = "V09"
"""The rule that asks whether an amount was typed in the measure that was asked for."""


class FileDecision(Struct, frozen=True, kw_only=True):
    """One file, what was decided about it and why; `form` where it is a form that can be used.

    `replaces` is the earlier form of its unit, which counts again if this one is rejected;
    `unreadable` says why the file cannot be read as a workbook. It is `opened` where it is an
    archive whose files have decisions of their own.
    """

    received: Received
    findings: tuple[Finding, ...]
    form: FilledForm | None = None
    replaces: "ReplacedForm | None" = None
    unreadable: Unreadable | None = None
    opened: bool = False

    @property
    def findings_with_hash(self) -> Iterator[Finding]:
        """Its findings, each with the hash of the file that it is about."""
        return (replace(finding, sha256=self.received.sha256) for finding in self.findings)


class ReplacedForm(NamedTuple):
    """A form that a later one of its unit replaced: its number in the season, its decision.

    `findings` are those of the later form by itself: without the question which of the two counts.
    """

    number: int
    decision: FileDecision
    findings: tuple[Finding, ...]


def decision_of(findings: Iterable[Finding]) -> Decision:
    """Whether *findings* let a form pass."""
    is_rejected = any(finding.severity.rejects for finding in findings)
    return Decision.REJECTED if is_rejected else Decision.ACCEPTED


def compare_forms(
    decisions: Sequence[FileDecision], plan: Plan, *, selected: bool = False
) -> Sequence[FileDecision]:
    """*decisions* with what is wrong between the adopted forms; who is at fault is rejected.

    Where a rejected form had replaced an earlier one, that one counts again, and all are compared
    anew: as often as there are such forms. Where only *selected* files were looked at, nothing is
    said of units from which none is there.
    """
    compared = _compared(decisions, plan, selected=selected)
    while (number := _rejected_replacement(compared)) is not None:
        decisions = _with_earlier_form(decisions, compared, number)
        compared = _compared(decisions, plan, selected=selected)
    return compared


def _rejected_replacement(decisions: Sequence[FileDecision]) -> int | None:
    """The number of the first form that replaced another and is rejected."""
    for number, decision in enumerate(decisions):
        if decision.replaces is not None and decision.received.decision is Decision.REJECTED:
            return number
    return None


def _with_earlier_form(
    decisions: Sequence[FileDecision], compared: Sequence[FileDecision], number: int
) -> Sequence[FileDecision]:
    """*decisions* where the form that number *number* had replaced counts again.

    The rejected form keeps what it has by itself, and why it was rejected when it was *compared*.
    """
    rejected, replaced = compared[number], compared[number].replaces
    if replaced is None:
        return decisions
    between = rejected.findings[len(decisions[number].findings) :]
    causes = (finding for finding in between if finding.severity.rejects)
    changed = list(decisions)
    changed[number] = FileDecision(
        received=rejected.received, findings=(*replaced.findings, *causes)
    )
    changed[replaced.number] = replaced.decision
    return changed


def _compared(
    decisions: Sequence[FileDecision], plan: Plan, *, selected: bool
) -> Sequence[FileDecision]:
    """*decisions* with what is found where the adopted forms are held against each other."""
    forms = {d.received.unit: d.form for d in decisions if d.form is not None and d.received.unit}
    slipped = frozenset(pair for decision in decisions for pair in _slipped(decision))
    back = (d.received.unit for d in decisions if d.received.decision is Decision.REJECTED)
    adopted = AdoptedForms(
        plan=plan,
        forms=forms,
        slipped=slipped,
        selected=selected,
        returned=frozenset(unit for unit in back if unit and unit not in forms),
    )
    by_unit: dict[str | None, list[Finding]] = {}
    for finding in between_units.BETWEEN_UNITS.findings(
        adopted, file="", levels=plan.settings.levels
    ):
        by_unit.setdefault(finding.unit, []).append(finding)
    return [
        _with_findings(decision, by_unit[decision.received.unit])
        if decision.form is not None and decision.received.unit in by_unit
        else decision
        for decision in decisions
    ]


def _slipped(decision: FileDecision) -> Iterator[tuple[str, str]]:
    """The elements of an adopted form whose measure its unit is asked about, with the unit."""
    form = decision.form
    if form is None:
        return
    asked = {
        (finding.sheet, (finding.cell or "").partition(":")[0])
        for finding in decision.findings
        if finding.rule == MEASURES and finding.severity is Severity.REVIEW
    }
    for entry in form.submission.entries if asked else ():
        if (entry.sheet, entry.cell) in asked:
            yield form.submission.unit, entry.element


def _with_findings(decision: FileDecision, findings: Sequence[Finding]) -> FileDecision:
    """*decision* with more *findings*, rejected where they reject it."""
    received = decision.received
    if received.submission is not None:
        findings = waiver.waived(findings, received.submission)
    if decision_of(findings) is Decision.REJECTED:
        received = replace(received, decision=Decision.REJECTED, submission=None)
    return replace(decision, received=received, findings=(*decision.findings, *findings))

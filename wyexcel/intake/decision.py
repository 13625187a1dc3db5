"""One file of a season and what was decided about it, by itself and beside the others."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from wyexcel import rules
from wyexcel.findings import Finding
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.submission import Decision, Received
from wyexcel.plan.plan import Plan
from wyexcel.rules import AdoptedForms


class FileDecision(Struct, frozen=True, kw_only=True):
    """One file, what was decided about it and why; `form` where it is a form that can be used.

    `instead` is what is to be taken back if it is not used after all.
    """

    received: Received
    findings: tuple[Finding, ...]
    form: FilledForm | None = None
    instead: "ReplacedForm | None" = None

    @property
    def told(self) -> Iterator[Finding]:
        """Its findings, each with the content of the file that it is about."""
        return (replace(finding, sha256=self.received.sha256) for finding in self.findings)


class ReplacedForm(NamedTuple):
    """The case that another took the place of, where it stood, and what was told of the other."""

    place: int
    earlier: FileDecision
    told: tuple[Finding, ...]


def decision_of(findings: Iterable[Finding]) -> Decision:
    """Whether *findings* let a form pass."""
    stopped = any(finding.severity.rejects for finding in findings)
    return Decision.REJECTED if stopped else Decision.ACCEPTED


def compare_forms(cases: Sequence[FileDecision], plan: Plan) -> Sequence[FileDecision]:
    """*cases* with what is wrong between the adopted forms; who is at fault is rejected.

    Where that one took the place of an earlier form, the earlier one counts, and all are compared
    again.
    """
    there = _held_together(cases, plan)
    for number, case in enumerate(there):
        if case.instead is not None and case.received.decision is Decision.REJECTED:
            place, earlier, told = case.instead
            found = (f for f in case.findings[len(cases[number].findings) :] if f.severity.rejects)
            again = list(cases)
            again[number] = FileDecision(received=case.received, findings=(*told, *found))
            again[place] = earlier
            return compare_forms(again, plan)
    return there


def _held_together(cases: Sequence[FileDecision], plan: Plan) -> Sequence[FileDecision]:
    """*cases* with what is found where the adopted forms are held against each other."""
    forms = {c.received.unit: c.form for c in cases if c.form is not None and c.received.unit}
    adopted = AdoptedForms(plan=plan, forms=forms)
    between: dict[str | None, list[Finding]] = {}
    for finding in rules.BETWEEN_UNITS.findings(adopted, file="", levels=plan.settings.levels):
        between.setdefault(finding.unit, []).append(finding)
    return [
        _with(case, between[case.received.unit])
        if case.form is not None and case.received.unit in between
        else case
        for case in cases
    ]


def _with(case: FileDecision, found: Sequence[Finding]) -> FileDecision:
    received = case.received
    if received.submission is not None:
        found = rules.waived(found, received.submission)
    if decision_of(found) is Decision.REJECTED:
        received = replace(received, decision=Decision.REJECTED, submission=None)
    return replace(case, received=received, findings=(*case.findings, *found))

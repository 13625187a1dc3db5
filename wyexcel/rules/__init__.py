"""The rules that a form must obey: one rule, one function, one sentence of advice.

Each module has a Family, called like the module, to which its functions add themselves:

- `files`: the file itself, and a second form of the same unit (RESUBMISSIONS).
- `identity`: whose form it is and for when, and the units that sent none (MISSING_FORMS).
- `structure`: the edition of the form, its sheets, labels, formulas and closed cells.
- `tampering`: cells that were merged, hidden, overwritten, or filled beside the form.
- `single_cells`: what stands in one cell.
- `number_format`: how a number stands in its cell.
- `within_form`: the numbers of one form against each other.
- `lists`: the rows of name lists.
- `optional_cells`: numbers and days that nobody owes.
- `progress_notes`: what a unit writes of the progress of its indicators.
- `since_last_report`: a form against what its unit reported before.
- `continuity`: what is not owed against what was reported before.
- `outliers`: a number against the usual level of its unit.
- `closed_periods`: a form against what was published.
- `between_units`: the forms of several units against each other.

The rest serves them: `rule` says what a rule is, `history` what was reported before, `waiver` lets
pass what a unit explains, `credit_code` checks 统一社会信用代码.
"""

from typing import Any, Final

from wyexcel.findings import Finding, Requirement, Severity
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.plan.plan import Plan
from wyexcel.rules.between_units import BETWEEN_UNITS, AdoptedForms
from wyexcel.rules.closed_periods import CLOSED_PERIODS
from wyexcel.rules.continuity import CONTINUITY
from wyexcel.rules.files import FILES, RESUBMISSIONS, ArrivedFile, EarlierCopy, Resubmission
from wyexcel.rules.history import NO_HISTORY, FormWithHistory, History
from wyexcel.rules.identity import IDENTITY, MISSING_FORMS, ClaimedIdentity, MissingForm
from wyexcel.rules.lists import LISTS
from wyexcel.rules.number_format import NUMBER_FORMAT
from wyexcel.rules.optional_cells import OPTIONAL_CELLS
from wyexcel.rules.outliers import OUTLIERS
from wyexcel.rules.progress_notes import PROGRESS_NOTES
from wyexcel.rules.rule import Family, Rule, Violation
from wyexcel.rules.since_last_report import SINCE_LAST_REPORT
from wyexcel.rules.single_cells import SINGLE_CELLS
from wyexcel.rules.structure import STRUCTURE
from wyexcel.rules.tampering import TAMPERING
from wyexcel.rules.waiver import waived
from wyexcel.rules.within_form import WITHIN_FORM

OF_ONE_FORM: Final = (
    STRUCTURE,
    TAMPERING,
    SINGLE_CELLS,
    NUMBER_FORMAT,
    WITHIN_FORM,
    LISTS,
    OPTIONAL_CELLS,
    PROGRESS_NOTES,
)
"""The families that look at one form."""

AGAINST_HISTORY: Final = (SINCE_LAST_REPORT, CONTINUITY, OUTLIERS)
"""The families that hold a form against what was reported before."""

FAMILIES: Final[tuple[Family[Any], ...]] = (
    *(FILES, RESUBMISSIONS, IDENTITY, MISSING_FORMS),
    *OF_ONE_FORM,
    *AGAINST_HISTORY,
    *(CLOSED_PERIODS, BETWEEN_UNITS),
)
"""Every family there is."""

RULES: Final[tuple[Rule[Any], ...]] = tuple(rule for family in FAMILIES for rule in family.rules)
"""Every rule there is."""


def requirements(plan: Plan) -> tuple[Requirement, ...]:
    """What the rules demand under *plan*, for who tells it to units without applying it."""
    required = ((rule, rule.required_by(plan)) for rule in RULES)
    return tuple(Requirement(r.code, r.severity, holds) for r, holds in required if holds)


def validate(form: FilledForm, history: History = NO_HISTORY) -> list[Finding]:
    """Everything that is wrong within *form*, and against what was reported before.

    What may pass with a reason passes where the unit wrote one. Only a form that could be adopted
    is held against what was published; one that cannot be read as ours is looked into no further.
    """
    file, unit = form.submission.file, form.submission.unit
    levels = form.plan.settings.levels
    findings: list[Finding] = []
    for family in OF_ONE_FORM:
        findings += family.findings(form, file=file, unit=unit, levels=levels)
        if any(finding.severity is Severity.BLOCK for finding in findings):
            return findings
    if history is not NO_HISTORY:
        with_history = FormWithHistory(form=form, history=history)
        for family_since in AGAINST_HISTORY:
            findings += family_since.findings(with_history, file=file, unit=unit, levels=levels)
        if not any(finding.severity.rejects for finding in findings):
            findings += CLOSED_PERIODS.findings(with_history, file=file, unit=unit, levels=levels)
    return waived(findings, form.submission)


__all__ = [
    "BETWEEN_UNITS",
    "FAMILIES",
    "FILES",
    "IDENTITY",
    "MISSING_FORMS",
    "NO_HISTORY",
    "OF_ONE_FORM",
    "RESUBMISSIONS",
    "RULES",
    "AdoptedForms",
    "ArrivedFile",
    "ClaimedIdentity",
    "EarlierCopy",
    "Family",
    "FormWithHistory",
    "History",
    "MissingForm",
    "Resubmission",
    "Rule",
    "Violation",
    "requirements",
    "validate",
    "waived",
]

"""Every rule there is, family by family, and how a form is held against them."""

from typing import Any, Final

from wyexcel.findings import Finding, Requirement, Severity
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.plan.plan import Plan
from wyexcel.rules.archives import ARCHIVES
from wyexcel.rules.attachments import ATTACHMENTS
from wyexcel.rules.beside_values import BESIDE_VALUES
from wyexcel.rules.between_units import BETWEEN_UNITS
from wyexcel.rules.continuity import CONTINUITY
from wyexcel.rules.file_itself import FILE_ITSELF
from wyexcel.rules.foreign_sheets import FOREIGN_SHEETS
from wyexcel.rules.formulas import FORMULAS
from wyexcel.rules.history import NO_HISTORY, FormWithHistory, History
from wyexcel.rules.identity import IDENTITY, MISSING_FORMS
from wyexcel.rules.list_amounts import LIST_AMOUNTS
from wyexcel.rules.lists import LISTS
from wyexcel.rules.locked_cells import LOCKED_CELLS
from wyexcel.rules.magnitude import MAGNITUDE
from wyexcel.rules.mistaken_copies import MISTAKEN_COPIES
from wyexcel.rules.number_format import NUMBER_FORMAT
from wyexcel.rules.optional_cells import OPTIONAL_CELLS
from wyexcel.rules.outliers import OUTLIERS
from wyexcel.rules.part_and_whole import PART_AND_WHOLE
from wyexcel.rules.prefilled_cells import PREFILLED_CELLS
from wyexcel.rules.progress_notes import PROGRESS_NOTES
from wyexcel.rules.published_values import PUBLISHED_VALUES
from wyexcel.rules.resubmission import RESUBMISSIONS
from wyexcel.rules.rule import Family, Rule
from wyexcel.rules.since_last_report import SINCE_LAST_REPORT
from wyexcel.rules.single_cells import SINGLE_CELLS
from wyexcel.rules.structure import STRUCTURE
from wyexcel.rules.tampering import TAMPERING
from wyexcel.rules.waiver import waived
from wyexcel.rules.within_form import WITHIN_FORM

OF_ONE_FORM: Final = (
    STRUCTURE,
    FORMULAS,
    TAMPERING,
    LOCKED_CELLS,
    FOREIGN_SHEETS,
    SINGLE_CELLS,
    BESIDE_VALUES,
    NUMBER_FORMAT,
    WITHIN_FORM,
    PART_AND_WHOLE,
    LISTS,
    LIST_AMOUNTS,
    OPTIONAL_CELLS,
    PROGRESS_NOTES,
)
"""The families that look at one form."""

AGAINST_HISTORY: Final = (
    *(MAGNITUDE, SINCE_LAST_REPORT, PREFILLED_CELLS),
    *(MISTAKEN_COPIES, CONTINUITY, OUTLIERS),
)
"""The families that hold a form against what was reported before."""

FAMILIES: Final[tuple[Family[Any], ...]] = (
    *(FILE_ITSELF, ATTACHMENTS, ARCHIVES, RESUBMISSIONS, IDENTITY, MISSING_FORMS),
    *OF_ONE_FORM,
    *AGAINST_HISTORY,
    *(PUBLISHED_VALUES, BETWEEN_UNITS),
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
            findings += PUBLISHED_VALUES.findings(with_history, file=file, unit=unit, levels=levels)
    return waived(_each_told_once(findings), form.submission)


_SHOWN_OTHERWISE: Final = "V07"
_FAR_OFF: Final = "V09"


def _each_told_once(findings: list[Finding]) -> list[Finding]:
    """*findings* without that a number is far off where its cell shows another one anyway."""
    shown_otherwise = {
        (f.sheet, f.cell) for f in findings if f.rule == _SHOWN_OTHERWISE and f.severity.rejects
    }
    if not shown_otherwise:
        return findings
    return [f for f in findings if f.rule != _FAR_OFF or (f.sheet, f.cell) not in shown_otherwise]

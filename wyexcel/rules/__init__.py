"""The rules that a form must obey: one rule, one function, one sentence of advice.

They live by what they look at: `files` at the file, `identity` at who sent it and for when,
`structure` at the form's shape, `surface` at what was done to its cells, `entries` at single cells,
`precision` at how a number stands in one, `rows` at the numbers between them, `lists` at name
lists, `extra` and `progress` at what nobody owes, `earlier` and `resumed` at what was reported
before, `outliers` at its unit's usual level, `published` at what was closed, `across` at several
units' forms. Each module has a Family to which its functions add themselves.
"""

from typing import Any, Final

from wyexcel.findings import Finding, Requirement, Severity
from wyexcel.forms.filled.read_form import Filled
from wyexcel.plan.plan import Plan
from wyexcel.rules.between_units import ACROSS, Adopted
from wyexcel.rules.closed_periods import PUBLISHED
from wyexcel.rules.continuity import RESUMED
from wyexcel.rules.files import FILES, VERSIONS, Opened, Twin, Version
from wyexcel.rules.history import NO_HISTORY, History, Sequel
from wyexcel.rules.identity import CLAIMS, SILENCES, Claim, Silence
from wyexcel.rules.lists import LISTS
from wyexcel.rules.number_format import PRECISION
from wyexcel.rules.optional_cells import EXTRA
from wyexcel.rules.outliers import OUTLIERS
from wyexcel.rules.progress_notes import PROGRESS
from wyexcel.rules.rule import Family, Fault, Rule
from wyexcel.rules.since_last_report import SEQUELS
from wyexcel.rules.single_cells import ENTRIES
from wyexcel.rules.structure import STRUCTURE
from wyexcel.rules.tampering import SURFACE
from wyexcel.rules.waiver import waived
from wyexcel.rules.within_form import ROWS

WITHIN: Final = (STRUCTURE, SURFACE, ENTRIES, PRECISION, ROWS, LISTS, EXTRA, PROGRESS)
"""The families that look at one form."""

SINCE: Final = (SEQUELS, RESUMED, OUTLIERS)
"""The families that hold a form against what was reported before."""

FAMILIES: Final[tuple[Family[Any], ...]] = (
    *(FILES, VERSIONS, CLAIMS, SILENCES),
    *WITHIN,
    *SINCE,
    *(PUBLISHED, ACROSS),
)
"""Every family there is."""

RULES: Final[tuple[Rule[Any], ...]] = tuple(rule for family in FAMILIES for rule in family.rules)
"""Every rule there is."""


def requirements(plan: Plan) -> tuple[Requirement, ...]:
    """What the rules demand under *plan*, for who tells it to units without applying it."""
    required = ((rule, rule.required_by(plan)) for rule in RULES)
    return tuple(Requirement(r.code, r.severity, holds) for r, holds in required if holds)


def validate(form: Filled, history: History = NO_HISTORY) -> list[Finding]:
    """Everything that is wrong within *form*, and against what was reported before.

    What may pass with a reason passes where the unit wrote one. Only a form that could be adopted
    is held against what was published; one that cannot be read as ours is looked into no further.
    """
    said, levels = form.submission, form.plan.settings.levels
    found: list[Finding] = []
    for family in WITHIN:
        found += family.findings(form, file=said.file, unit=said.unit, levels=levels)
        if any(finding.severity is Severity.BLOCK for finding in found):
            return found
    if history is not NO_HISTORY:
        sequel = Sequel(form=form, history=history)
        for later in SINCE:
            found += later.findings(sequel, file=said.file, unit=said.unit, levels=levels)
        if not any(finding.severity.rejects for finding in found):
            found += PUBLISHED.findings(sequel, file=said.file, unit=said.unit, levels=levels)
    return waived(found, said)


__all__ = [
    "ACROSS",
    "CLAIMS",
    "FAMILIES",
    "FILES",
    "NO_HISTORY",
    "OUTLIERS",
    "PUBLISHED",
    "RULES",
    "SEQUELS",
    "SILENCES",
    "VERSIONS",
    "WITHIN",
    "Adopted",
    "Claim",
    "Family",
    "Fault",
    "History",
    "Opened",
    "Rule",
    "Sequel",
    "Silence",
    "Twin",
    "Version",
    "requirements",
    "validate",
    "waived",
]

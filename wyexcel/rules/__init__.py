"""The rules that a form must obey: one rule, one function, one sentence of advice.

They live by what they look at: `files` at the file, `identity` at who sent it and for when,
`structure` at the form's shape, `entries` at single cells, `rows` at the numbers between them,
`lists` at name lists, `across` at several units' forms. Each module has a Family to which its
functions add themselves.
"""

from typing import Any, Final

from wyexcel.collect import Filled
from wyexcel.findings import Finding
from wyexcel.rules.across import ACROSS, Adopted
from wyexcel.rules.entries import ENTRIES
from wyexcel.rules.files import FILES, VERSIONS, Opened, Version
from wyexcel.rules.identity import CLAIMS, SILENCES, Claim, Silence
from wyexcel.rules.lists import LISTS
from wyexcel.rules.rows import ROWS
from wyexcel.rules.rule import Family, Fault, Rule
from wyexcel.rules.structure import STRUCTURE

WITHIN: Final = (STRUCTURE, ENTRIES, ROWS, LISTS)
"""The families that look at one form."""

RULES: Final[tuple[Rule[Any], ...]] = tuple(
    rule for family in (FILES, VERSIONS, CLAIMS, SILENCES, *WITHIN, ACROSS) for rule in family.rules
)
"""Every rule there is."""


def validate(form: Filled) -> list[Finding]:
    """Everything that is wrong within *form*, held against nothing else."""
    submission = form.submission
    return [
        finding
        for family in WITHIN
        for finding in family.findings(form, file=submission.file, unit=submission.unit)
    ]


__all__ = [
    "ACROSS",
    "CLAIMS",
    "FILES",
    "RULES",
    "SILENCES",
    "VERSIONS",
    "WITHIN",
    "Adopted",
    "Claim",
    "Family",
    "Fault",
    "Opened",
    "Rule",
    "Silence",
    "Version",
    "validate",
]

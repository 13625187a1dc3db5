"""What is wrong with somebody's workbook, and where."""

from enum import StrEnum
from typing import NamedTuple, TypeAlias

from msgspec import Struct

FindingValue: TypeAlias = str | float | int | bool | None
"""The value of a cell as a finding shows it."""


class Severity(StrEnum):
    """How much a finding weighs; the value is the word that people read (contract.md)."""

    BLOCK = "阻"
    ERROR = "错"
    REVIEW = "核"
    NOTICE = "示"

    @property
    def rejects(self) -> bool:
        """Whether a submission with such a finding goes back to its unit."""
        return self in {Severity.BLOCK, Severity.ERROR}


class Level(StrEnum):
    """The level that the office may give a rule (设置): it may weigh less, never more."""

    REVIEW = "核"
    NOTICE = "示"
    TRIAL = "试行"
    OFF = "关"

    def at_most(self, severity: Severity) -> Severity:
        """*severity*, or the severity of the level where that is less."""
        most = Severity.REVIEW if self is Level.REVIEW else Severity.NOTICE
        return max(severity, most, key=list(Severity).index)


class Requirement(NamedTuple):
    """A rule as users read it: what must hold (Chinese), how much a breach weighs."""

    code: str
    severity: Severity
    holds: str


class Finding(Struct, frozen=True, kw_only=True):
    """One sentence for the person who filled the form.

    `file` is the name under which the file arrived, or "" where no file is at fault (a unit that
    sent nothing); `sha256` tells two files of one name apart. `cell` is an A1 address or a range
    in one row (`D7:F7`). `value` is the content of the cell and `suggestion` what was probably
    meant; the program never applies it.
    """

    rule: str
    severity: Severity
    file: str
    message: str
    unit: str | None = None
    sheet: str | None = None
    cell: str | None = None
    value: FindingValue = None
    suggestion: FindingValue = None
    sha256: str = ""

"""What a rule is: what must hold, how much it weighs, and the sentence for when it does not."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from wyexcel.files.address import column_name, parse
from wyexcel.files.reading.book import CellValue
from wyexcel.findings import Finding, Level, Severity
from wyexcel.forms.value_in_words import finding_value, in_words
from wyexcel.plan.plan import Plan

Subject = TypeVar("Subject")

_NO_WORDS: Final[Mapping[str, object]] = {}


class Violation(NamedTuple):
    """One place where a rule does not hold, with the words that its sentence needs.

    `severity`, `file` and `unit` are for the few that differ from their rule's severity or lie in
    another file than the one that is looked at.
    """

    sheet: str | None = None
    cell: str | None = None
    value: CellValue | Decimal = None
    suggestion: CellValue | Decimal = None
    words: Mapping[str, object] = _NO_WORDS
    severity: Severity | None = None
    file: str | None = None
    unit: str | None = None


Levels: TypeAlias = Mapping[str, Level]
"""The rules that weigh less than they are written, by code."""

AS_WRITTEN: Final[Levels] = {}

Check: TypeAlias = Callable[[Subject], Iterable[Violation]]


class Rule(Struct, Generic[Subject], frozen=True, kw_only=True):
    """One rule: `holds` is what must hold, `message` the sentence for where it does not.

    `of_plan` says what must hold in the words of one plan, "" where the plan gives the rule nothing
    to check; a rule without it asks the same under every plan.
    """

    code: str
    severity: Severity
    holds: str
    message: str
    check: Check[Subject]
    of_plan: Callable[[Plan], str] | None = None

    def required_by(self, plan: Plan) -> str:
        """What must hold under *plan*; "" where the rule has nothing to check."""
        return self.of_plan(plan) if self.of_plan else self.holds

    def finding(self, violation: Violation, *, file: str, unit: str | None) -> Finding:
        """*violation* as a finding, in *file* of *unit* unless it says another place itself."""
        value = finding_value(violation.value)
        words = {"sheet": violation.sheet, "cell": violation.cell, "value": in_words(value)}
        words |= {k: v if isinstance(v, str) else in_words(v) for k, v in violation.words.items()}
        return Finding(
            rule=self.code,
            severity=violation.severity or self.severity,
            file=file if violation.file is None else violation.file,
            unit=unit if violation.unit is None else violation.unit,
            message=self.message.format_map(words),
            sheet=violation.sheet,
            cell=violation.cell,
            value=value,
            suggestion=finding_value(violation.suggestion),
        )


class Family(Struct, Generic[Subject], frozen=True, dict=True):
    """The rules that look at one kind of thing, in the order in which they were written.

    To add a rule, write one function under `@FAMILY.rule(…)`: it yields a Violation for each place
    where what its name says does not hold.
    """

    rules: list[Rule[Subject]] = field(default_factory=list["Rule[Subject]"])

    def rule(
        self,
        code: str,
        severity: Severity,
        *,
        holds: str,
        message: str,
        of_plan: Callable[[Plan], str] | None = None,
    ) -> Callable[[Check[Subject]], Rule[Subject]]:
        """Make a rule of the function below, and put it last in the family."""

        def made(check: Check[Subject]) -> Rule[Subject]:
            rule = Rule(
                code=code,
                severity=severity,
                holds=holds,
                message=message,
                check=check,
                of_plan=of_plan,
            )
            self.rules.append(rule)
            return rule

        return made

    def findings(
        self, subject: Subject, *, file: str, unit: str | None = None, levels: Levels = AS_WRITTEN
    ) -> list[Finding]:
        """Everything that the family's rules find in *subject*; equal neighbours are told once.

        Rules weigh no more than the office lets them (*levels*), and some are not asked at all.
        """
        findings: list[Finding] = []
        for rule in self.rules:
            if levels and levels.get(rule.code) is Level.OFF:
                continue
            violations = [*rule.check(subject)]
            if violations:
                named = (
                    rule.finding(f, file=file, unit=unit) for f in merged_neighbours(violations)
                )
                findings += [_lowered(finding, levels) for finding in named]
        return findings


def _lowered(finding: Finding, levels: Levels) -> Finding:
    level = levels.get(finding.rule) if levels else None
    if level is None:
        return finding
    message = f"（{level}）{finding.message}" if level is Level.TRIAL else finding.message
    return replace(finding, severity=level.at_most(finding.severity), message=message)


def merged_neighbours(violations: Iterable[Violation]) -> list[Violation]:
    """*violations*; neighbours in one row that say the same become one over a range (`D7:F7`)."""
    kept: list[Violation] = []
    for violation in violations:
        if kept and _adjoin(kept[-1], violation):
            first = (kept[-1].cell or "").partition(":")[0]
            kept[-1] = kept[-1]._replace(cell=f"{first}:{violation.cell}")
        else:
            kept.append(violation)
    return kept


def _adjoin(last: Violation, violation: Violation) -> bool:
    if not last.cell or not violation.cell or last._replace(cell=violation.cell) != violation:
        return False
    row, column = parse(last.cell.rpartition(":")[2])
    return violation.cell == f"{column_name(column + 1)}{row + 1}"

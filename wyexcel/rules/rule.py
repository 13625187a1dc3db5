"""What a rule is: what must hold, how much it weighs, and the sentence for when it does not."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from wyexcel.files.address import column_name, parse
from wyexcel.files.reading.book import CellValue
from wyexcel.findings import Finding, Level, Severity
from wyexcel.forms.value_in_words import number, seen, told
from wyexcel.plan.plan import Plan

Subject = TypeVar("Subject")

_NO_WORDS: Final[Mapping[str, object]] = {}


class Fault(NamedTuple):
    """One place where a rule does not hold, with the words that its sentence needs.

    `severity`, `file` and `unit` are for the few faults that differ from their rule's severity or
    lie in another file than the one that is looked at.
    """

    sheet: str | None = None
    cell: str | None = None
    value: CellValue | Decimal = None
    suggestion: Decimal | None = None
    words: Mapping[str, object] = _NO_WORDS
    severity: Severity | None = None
    file: str | None = None
    unit: str | None = None


Levels: TypeAlias = Mapping[str, Level]
"""The rules that weigh less than they are written, by code."""

AS_WRITTEN: Final[Levels] = {}

Check: TypeAlias = Callable[[Subject], Iterable[Fault]]


class Rule(Struct, Generic[Subject], frozen=True, kw_only=True):
    """One rule: `holds` says in Chinese what must hold, `says` what to tell where it does not.

    `of_plan` says what must hold in the words of one plan, "" where the plan gives the rule nothing
    to check; a rule without it asks the same under every plan.
    """

    code: str
    severity: Severity
    holds: str
    says: str
    check: Check[Subject]
    of_plan: Callable[[Plan], str] | None = None

    def required_by(self, plan: Plan) -> str:
        """What must hold under *plan*; "" where the rule has nothing to check."""
        return self.of_plan(plan) if self.of_plan else self.holds

    def finding(self, fault: Fault, *, file: str, unit: str | None) -> Finding:
        """What is told of *fault*, which lies in *file* of *unit* where it does not say itself."""
        value = seen(fault.value)
        words = {"sheet": fault.sheet, "cell": fault.cell, "value": told(value)}
        words |= {k: v if isinstance(v, str) else told(v) for k, v in fault.words.items()}
        return Finding(
            rule=self.code,
            severity=fault.severity or self.severity,
            file=file if fault.file is None else fault.file,
            unit=unit if fault.unit is None else fault.unit,
            message=self.says.format_map(words),
            sheet=fault.sheet,
            cell=fault.cell,
            value=value,
            suggestion=None if fault.suggestion is None else number(fault.suggestion),
        )


class Family(Struct, Generic[Subject], frozen=True, dict=True):
    """The rules that look at one kind of thing, in the order in which they were written.

    To add a rule, write one function under `@FAMILY.rule(…)`: it yields a Fault for each place
    where what its name says does not hold.
    """

    rules: list[Rule[Subject]] = field(default_factory=list["Rule[Subject]"])

    def rule(
        self,
        code: str,
        severity: Severity,
        *,
        holds: str,
        says: str,
        of_plan: Callable[[Plan], str] | None = None,
    ) -> Callable[[Check[Subject]], Rule[Subject]]:
        """Make a rule of the function below, and put it last in the family."""

        def made(check: Check[Subject]) -> Rule[Subject]:
            rule = Rule(
                code=code, severity=severity, holds=holds, says=says, check=check, of_plan=of_plan
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
        found: list[Finding] = []
        for rule in self.rules:
            if levels and levels.get(rule.code) is Level.OFF:
                continue
            faults = [*rule.check(subject)]
            if faults:
                told_of = (rule.finding(f, file=file, unit=unit) for f in together(faults))
                found += [_lowered(finding, levels) for finding in told_of]
        return found


def _lowered(finding: Finding, levels: Levels) -> Finding:
    level = levels.get(finding.rule) if levels else None
    if level is None:
        return finding
    message = f"（{level}）{finding.message}" if level is Level.TRIAL else finding.message
    return replace(finding, severity=level.at_most(finding.severity), message=message)


def together(faults: Iterable[Fault]) -> list[Fault]:
    """*faults* with neighbours in one row that say the same made one, over a range (`D7:F7`)."""
    kept: list[Fault] = []
    for fault in faults:
        if kept and _adjoin(kept[-1], fault):
            first = (kept[-1].cell or "").partition(":")[0]
            kept[-1] = kept[-1]._replace(cell=f"{first}:{fault.cell}")
        else:
            kept.append(fault)
    return kept


def _adjoin(last: Fault, fault: Fault) -> bool:
    if not last.cell or not fault.cell or last._replace(cell=fault.cell) != fault:
        return False
    row, column = parse(last.cell.rpartition(":")[2])
    return fault.cell == f"{column_name(column + 1)}{row + 1}"

"""Results as other programs read them: the JSON of contract.md."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from wyexcel.findings import Finding
from wyexcel.forms.submission import Received, Season
from wyexcel.period import Period
from wyexcel.plan.plan import NoTarget, TargetValue
from wyexcel.progress.standing import Standing

if TYPE_CHECKING:  # pandas stays off the check path
    from wyexcel.stages.pipeline import Merged, Run, Shut

Answer: TypeAlias = dict[str, Any]


def check(season: Season) -> Answer:
    """What came in, what is wrong with it, who is missing."""
    return {
        "period": str(season.period),
        "submissions": [_received(received) for received in season.received],
        "findings": [_finding(finding) for finding in season.findings],
        "missing": list(season.missing),
    }


def _received(received: Received) -> Answer:
    return {
        "file": received.file,
        "sha256": received.sha256,
        "unit": received.unit,
        "period": received.period,
        "status": received.decision.value,
    }


def _finding(finding: Finding) -> Answer:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "file": finding.file,
        "unit": finding.unit,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "message": finding.message,
        "value": finding.value,
        "suggestion": finding.suggestion,
    }


def merge(merged: "Merged") -> Answer:
    """The check that went before, and what lies in the archive now."""
    return check(merged.season) | {
        "archive": [
            {
                "file": kept.file,
                "sha256": kept.sha256,
                "unit": kept.unit,
                "period": kept.period,
                "received": kept.received.isoformat(),
                "decision": kept.decision.value,
            }
            for kept in merged.kept
        ],
        "entries": len(merged.ledger),
        "disputes": merged.disputes,
        "files": [str(merged.file)],
    }


def assessment(period: Period, standings: Sequence[Standing]) -> Answer:
    """How every indicator stands; numbers unrounded, in the printed measure."""
    return {"period": str(period), "indicators": [_standing(s, period) for s in standings]}


def _standing(standing: Standing, period: Period) -> Answer:
    indicator = standing.indicator
    return {
        "no": indicator.no,
        "name": indicator.name,
        "measure": indicator.measure,
        "target": target(indicator.targets[period.year]),
        "actual": _number(standing.actual),
        "completion": _number(standing.completion),
        "net_completion": _number(standing.net_completion),
        "expected": _number(standing.expected),
        "gap": _number(standing.gap),
        "gap_measure": standing.gap_measure,
        "attainment": _number(standing.attainment),
        "status": standing.status.value,
        "reason": standing.reason,
        "remarks": list(standing.remarks),
        "excuse": standing.excuse or None,
        "agreed": list(standing.agreed),
        "outlook": standing.outlook or None,
        "periods_behind": standing.periods_behind,
        "parks": _numbers(standing.parks),
        "reports": _numbers(standing.reports),
        "difference": _number(standing.difference),
        "disputed": standing.disputed,
        "year_ago": _number(standing.year_ago),
        "sources": [source._asdict() for source in standing.sources],
    }


def target(value: TargetValue) -> float | str | None:
    """A target as a number, as the word that stands for one, or nothing where it is blank."""
    if isinstance(value, Decimal):
        return float(value)
    return value.value if value is not NoTarget.BLANK else None


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _numbers(values: Mapping[str, Fraction | None]) -> dict[str, float | None]:
    return {name: _number(value) for name, value in values.items()}


def closing(period: Period, shut: "Shut") -> Answer:
    """When and by whom the period was closed, and on how many forms and values."""
    closed = shut.closing
    return {
        "period": str(period),
        "closed": closed.closed.isoformat(),
        "by": closed.by,
        "revision": closed.revision,
        "originals": [original._asdict() for original in closed.originals],
        "values": sum(map(len, closed.values.values())),
        "missing": list(shut.missing),
        "files": [str(shut.file)],
    }


def run(done: "Run") -> Answer:
    """Everything that a whole run made."""
    return {
        "period": str(done.season.period),
        "check": check(done.season),
        "merge": merge(done.merged),
        "assess": assessment(done.season.period, done.assessed.standings),
        "files": [
            str(file)
            for file in (
                *done.returned.files,
                done.merged.file,
                done.assessed.file,
                *done.published.files,
                *done.published.letters.files,
            )
        ],
    }

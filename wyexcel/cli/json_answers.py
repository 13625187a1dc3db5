"""Results as other programs read them: the JSON of contract.md."""

from typing import TYPE_CHECKING, Any, TypeAlias

from wyexcel.findings import Finding
from wyexcel.forms.submission import Received, Season
from wyexcel.period import Period
from wyexcel.progress.as_json import assessment

if TYPE_CHECKING:  # pandas stays off the check path
    from wyexcel.stages.close import Shut
    from wyexcel.stages.merge import Merged
    from wyexcel.stages.run import Run

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

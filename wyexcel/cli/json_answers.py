"""Results as other programs read them: the JSON of contract.md."""

from typing import TYPE_CHECKING, Any, TypeAlias

from wyexcel.findings import Finding
from wyexcel.forms.submission import Received, Season
from wyexcel.period import Period
from wyexcel.progress.standings_as_json import assessment

if TYPE_CHECKING:  # a check gets by without them
    from wyexcel.stages.close import ClosedNow
    from wyexcel.stages.merge import Merged
    from wyexcel.stages.run import Run

Json: TypeAlias = dict[str, Any]


def check(season: Season) -> Json:
    """The submissions, their findings, and the units that sent none."""
    return {
        "period": str(season.period),
        "submissions": [_received(received) for received in season.received],
        "findings": [_finding(finding) for finding in season.findings],
        "missing": list(season.missing),
    }


def _received(received: Received) -> Json:
    return {
        "file": received.file,
        "sha256": received.sha256,
        "unit": received.unit,
        "period": received.period,
        "status": received.decision.value,
    }


def _finding(finding: Finding) -> Json:
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


def merge(merged: "Merged") -> Json:
    """The check, the archived forms, and the size of the ledger."""
    return check(merged.season) | {
        "archive": [
            {
                "file": form.file,
                "sha256": form.sha256,
                "unit": form.unit,
                "period": form.period,
                "received": form.received.isoformat(),
                "decision": form.decision.value,
            }
            for form in merged.kept
        ],
        "entries": len(merged.ledger),
        "disputes": merged.disputes,
        "files": [str(merged.file)],
    }


def closing(period: Period, result: "ClosedNow") -> Json:
    """When and by whom the period was closed, and on how many forms and values."""
    closed = result.closing
    return {
        "period": str(period),
        "closed": closed.closed.isoformat(),
        "by": closed.by,
        "revision": closed.revision,
        "originals": [original._asdict() for original in closed.originals],
        "values": sum(map(len, closed.values.values())),
        "missing": list(result.missing),
        "files": [str(result.file)],
    }


def run(result: "Run") -> Json:
    """The check, the merge, the judgement, and every file that a whole run made."""
    return {
        "period": str(result.season.period),
        "check": check(result.season),
        "merge": merge(result.merged),
        "assess": assessment(result.season.period, result.assessed.standings),
        "files": [
            str(file)
            for file in (
                *result.returned.files,
                result.merged.file,
                result.assessed.file,
                *result.published.files,
                *result.published.letters.files,
            )
        ],
    }

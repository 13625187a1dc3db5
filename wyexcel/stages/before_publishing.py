"""What should be looked at before a period is published or closed."""

from wyexcel.archive import manifest
from wyexcel.archive.workspace import Workspace
from wyexcel.forms.submission import Decision
from wyexcel.intake.arrivals import sha256_if_readable
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.settings import GivenKind
from wyexcel.plan.sheet_names import PlanSheet
from wyexcel.stages.check import arrivals, examine


def publishing_warnings(workspace: Workspace, plan: Plan, period: Period) -> tuple[str, ...]:
    """What should be looked at before *period* is published or closed."""
    return (*_waiting(workspace, plan, period), *_doubtful(workspace, plan, period))


def _waiting(workspace: Workspace, plan: Plan, period: Period) -> tuple[str, ...]:
    """A sentence on the files of the inbox that would be adopted and were not merged yet."""
    kept = {line.sha256 for line in manifest.read_manifest(workspace, period)}
    arrived = arrivals(workspace, period)
    if all(arrival.archived or sha256_if_readable(arrival.path) in kept for arrival in arrived):
        return ()
    season = examine(workspace, plan, period)
    adopted = (r for r in season.received if r.decision is Decision.ACCEPTED)
    names = "、".join(f"“{r.file}”" for r in adopted if r.sha256 not in kept)
    sentence = (
        f"注意：报送的{names}合格，但还没有合并，没有计入。要计入的，请先合并，再重做这一步。"
    )
    return (sentence,) if names else ()


def _doubtful(workspace: Workspace, plan: Plan, period: Period) -> tuple[str, ...]:
    """A sentence on last year's values that the office gave without saying of which period."""
    numbers = [
        str(row.no)
        for row in plan.given
        if row.item is GivenKind.YEAR_AGO and (row.year, row.month) == (period.year, None)
    ]
    if not numbers or manifest.exists(workspace, period.year_ago):
        return ()
    sentence = (
        f"注意：第{'、'.join(dict.fromkeys(numbers))}项的上年同期数，“{PlanSheet.GIVEN}”只写了年份，"
        f"请核对是{period.year_ago.title}的数，并把“年份”写成 {period}。"
    )
    return (sentence,)

"""修订: opening a revision, so that a closed period may be merged anew."""

from pathlib import Path

from wyexcel.archive import closings
from wyexcel.archive.closings import Revised
from wyexcel.archive.workspace import Workspace
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.stages.read_plan import covered


def revise(
    workspace: Workspace, plan: Plan, period: Period, *, by: str, why: str
) -> tuple[Revised, Path]:
    """The revision (数据修订) that lets a closed period be merged anew, and the record it is in.

    `merge` records what is changed under it; `close` ends it.
    """
    from wyexcel.stages import guard_closed_period  # noqa: PLC0415 - a check gets by without it

    covered(plan, period)
    line = guard_closed_period.start_revision(workspace, period, by=by, why=why)
    return line, closings.record_file(workspace, period)

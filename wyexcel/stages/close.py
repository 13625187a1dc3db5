"""定稿: a period frozen as it was published."""

from pathlib import Path

from msgspec import Struct

from wyexcel.archive import archived_forms, closings
from wyexcel.archive.closings import Closing
from wyexcel.archive.workspace import Workspace
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.stages import guard_closed_period, keep_issue
from wyexcel.stages.assess import standings_of
from wyexcel.stages.publish import missing
from wyexcel.stages.write_workbooks import silent


class ClosedNow(Struct, frozen=True, kw_only=True):
    """A period's closing (定稿), the file that holds it, and whether it is `new` (made just now).

    `missing` are the units without a form in it, `issued` the folder with what was signed.
    """

    closing: Closing
    file: Path
    new: bool
    missing: tuple[str, ...]
    issued: Path


def close(
    workspace: Workspace, plan: Plan, period: Period, *, by: str = "", tell: Tell = silent
) -> ClosedNow:
    """*period* as it was published, frozen (定稿): forms, values and standings, by whom and when.

    From now on only a revision (`revise`) lets a value of it change. What is closed
    already stays as it was closed.
    """
    standings = standings_of(workspace, plan, period, tell=tell)
    before = closings.read_closings(workspace, period)
    closed = guard_closed_period.close_period(
        workspace,
        plan,
        period,
        by=by or plan.settings.compiler,
        adopted=archived_forms.adopted(workspace, plan, period),
        standings=standings,
    )
    file = closings.closing_file(workspace, period, closed.revision)
    issued = keep_issue.keep_issue(workspace, plan, period, closed.revision)
    return ClosedNow(
        closing=closed,
        file=file,
        new=before is None or before.last != closed,
        missing=missing(workspace, plan, period),
        issued=issued,
    )

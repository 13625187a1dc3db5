"""From the inbox to the bulletin in one go: check, return, merge, assess, bulletin."""

from msgspec import Struct

from wyexcel.archive.workspace import Workspace
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.forms.submission import Season
from wyexcel.letters.outbox import Delivery
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.stages import check, send_back
from wyexcel.stages.assess import Assessed, assess
from wyexcel.stages.merge import Merged, merge
from wyexcel.stages.publish import Published, publish
from wyexcel.stages.write_workbooks import silent


class Run(Struct, frozen=True, kw_only=True):
    """Everything that `run` did, in its order."""

    season: Season
    returned: Delivery
    merged: Merged
    assessed: Assessed
    published: Published


def run(workspace: Workspace, plan: Plan, period: Period, *, tell: Tell = silent) -> Run:
    """The season from the inbox to the bulletin: check, return, merge, assess, bulletin.

    Each stage is handed what the one before it knows, so that no form is read twice.
    """
    season = check.check(workspace, plan, period, tell=tell)
    returned = send_back.send_back(workspace, plan, season)
    merged = merge(workspace, plan, period, season=season, tell=tell)
    standings = merged.standings
    return Run(
        season=season,
        returned=returned,
        merged=merged,
        assessed=assess(workspace, plan, period, standings=standings, tell=tell),
        published=publish(workspace, plan, period, standings=standings, tell=tell),
    )

"""判定: how every indicator stands, from the archive alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from wyexcel.archive import archived_forms, closings, manifest
from wyexcel.archive.workspace import Workspace
from wyexcel.errors import NothingToDo
from wyexcel.files.writing.sheet import Sheet
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.forms.submission import Submission
from wyexcel.intake import history
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.progress import assessment, ledger
from wyexcel.progress.ledger import Ledger
from wyexcel.progress.standing import Standing
from wyexcel.progress.unit_statements import excused, explained
from wyexcel.reports.standings_sheet import standings_sheet
from wyexcel.stages import earlier_standings, guard_closed_period, read_plan, write_workbooks
from wyexcel.stages.write_workbooks import silent

STANDINGS: Final = "进度判定.xlsx"


class Assessed(Struct, frozen=True, kw_only=True):
    """How every indicator stands, the sheet that says so, and its workbook."""

    standings: tuple[Standing, ...]
    sheets: tuple[Sheet, ...]
    file: Path


def assess(
    workspace: Workspace,
    plan: Plan,
    period: Period,
    *,
    standings: tuple[Standing, ...] | None = None,
    tell: Tell = silent,
) -> Assessed:
    """How every indicator stands (判定): from the archive alone, where no *standings* are given."""
    if standings is None:
        standings = standings_of(workspace, plan, period, tell=tell)
    sheets = (standings_sheet(standings, period),)
    file = write_workbooks.write_sheets(sheets, workspace.bulletins(period) / STANDINGS, plan)
    return Assessed(standings=standings, sheets=sheets, file=file)


def standings_of(
    workspace: Workspace, plan: Plan, period: Period, *, tell: Tell = silent
) -> tuple[Standing, ...]:
    """How every indicator stands, from the archive alone; nothing is written down."""
    read_plan.covered(plan, period)
    if not manifest.exists(workspace, period):
        message = f"{period.title}还没有合并过。请先运行 wyexcel merge {period}。"
        raise NothingToDo(message)
    submissions = archived_forms.adopted(workspace, plan, period, tell=tell)
    standings = stands(workspace, plan, period, submissions)
    guard_closed_period.refuse_other_standings(
        closings.read_closings(workspace, period), standings, plan, period
    )
    return explained(standings, submissions)


def stands(
    workspace: Workspace, plan: Plan, period: Period, submissions: Sequence[Submission]
) -> tuple[Standing, ...]:
    """How every indicator stands by *submissions*, 不适用 and 不详 in them taken into account."""
    standings = judged(workspace, plan, period, ledger.ledger_of(submissions, plan))
    return excused(standings, submissions, plan)


def judged(
    workspace: Workspace, plan: Plan, period: Period, entries: Ledger
) -> tuple[Standing, ...]:
    """*entries* judged against the plan, last year's same months and this year's periods before."""
    plan = history.with_year_baselines(workspace, plan, period.year)
    chains = earlier_standings.chains_before(workspace, plan, period)
    ago = ledger.ledger_of(archived_forms.adopted(workspace, plan, period.year_ago), plan)
    closed = closings.read_closings(workspace, period.year_ago)
    return assessment.judge_indicators(
        plan,
        period,
        entries,
        year_ago=ago,
        published=guard_closed_period.published_values(closed),
        chains=chains,
        returned=returned_units(workspace, plan, period),
    )


def returned_units(workspace: Workspace, plan: Plan, period: Period) -> tuple[str, ...]:
    """The units, by their present names, whose forms came, went back and were not sent again."""
    known = (plan.unit_named(name) for name in manifest.returned_units(workspace, period))
    return tuple(unit.name for unit in known if unit is not None)

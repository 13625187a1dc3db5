"""合并: what was accepted is archived; ledger, totals and differences are made of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.archive import closings, manifest
from wyexcel.archive.attachments import keep_attachments
from wyexcel.archive.workspace import Workspace
from wyexcel.files.writing.sheet import Sheet
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.forms.submission import Season, Submission
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.progress import assessment, ledger
from wyexcel.progress.ledger import Ledger
from wyexcel.progress.standing import Standing
from wyexcel.progress.unit_statements import excused, explained
from wyexcel.reports.differences_sheet import differences_sheet
from wyexcel.reports.ledger_sheet import ledger_sheet
from wyexcel.reports.totals_sheet import totals_sheet
from wyexcel.stages import check, guard_closed_period, write_workbooks
from wyexcel.stages.assess import judged, returned_units, stands
from wyexcel.stages.write_workbooks import silent

TOTALS: Final = "汇总.xlsx"


class Merged(Struct, frozen=True, kw_only=True):
    """What `merge` made: the checked season, the archive's lines, the ledger, sheets, workbook.

    `submissions` are the adopted forms under their names in the archive, `standings` how every
    indicator stands by them, with what the units say of that.
    """

    season: Season
    kept: tuple[manifest.Kept, ...]
    submissions: tuple[Submission, ...]
    ledger: Ledger
    standings: tuple[Standing, ...]
    disputes: int
    sheets: tuple[Sheet, ...]
    file: Path


def merge(
    workspace: Workspace,
    plan: Plan,
    period: Period,
    *,
    season: Season | None = None,
    tell: Tell = silent,
) -> Merged:
    """Archive what was accepted, and derive ledger, totals and differences (合并).

    *season* is what a check of just now gave; without one everything is checked first.
    """
    if season is None:
        season = check.examine(workspace, plan, period, tell=tell)
    closed = closings.read_closings(workspace, period)
    changes = guard_closed_period.admitted_changes(closed, season, plan)
    if closed is not None:  # before anything is taken in
        standings = stands(workspace, plan, period, season.adopted)
        guard_closed_period.refuse_other_standings(
            closed, standings, plan, period, forms=season.adopted
        )
    kept = manifest.adopt(workspace, season)
    keep_attachments(workspace, season)
    if closed is not None and closed.revision is not None:
        closings.record_changes(workspace, period, closed.revision, changes)
    submissions = _named_as_kept(season.adopted, kept)
    entries = ledger.ledger_of(submissions, plan)
    settled = assessment.settle_ledger(plan, period, entries)
    judgements = judged(workspace, plan, period, entries)
    standings = explained(excused(judgements, submissions, plan), submissions)
    phones = {submission.unit: submission.phone for submission in submissions}
    sheets = (
        ledger_sheet(entries, plan, period),
        totals_sheet(standings, plan, period),
        differences_sheet(
            settled.values(),
            plan,
            period,
            phones=phones,
            returned=returned_units(workspace, plan, period),
        ),
    )
    file = write_workbooks.write_sheets(sheets, workspace.bulletins(period) / TOTALS, plan)
    return Merged(
        season=season,
        kept=kept,
        submissions=submissions,
        ledger=entries,
        standings=standings,
        disputes=sum(standing.disputed for standing in standings),
        sheets=sheets,
        file=file,
    )


def _named_as_kept(
    submissions: Sequence[Submission], kept: Sequence[manifest.Kept]
) -> tuple[Submission, ...]:
    """Submissions under the names that their files have in the archive."""
    names = {line.sha256: line.file for line in kept}
    return tuple(replace(s, file=names[s.sha256]) for s in submissions)

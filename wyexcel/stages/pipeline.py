"""The whole road on one page: inbox → archive → ledger → standing → bulletin."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd
from msgspec import Struct
from msgspec.structs import replace

from wyexcel import reports
from wyexcel.archive import closings, manifest
from wyexcel.archive.closings import Closing
from wyexcel.archive.workspace import Workspace
from wyexcel.errors import NothingToDo
from wyexcel.files import disk
from wyexcel.files.writing import pdf_export
from wyexcel.files.writing.sheet import Sheet
from wyexcel.forms.ledger_row import lines
from wyexcel.forms.submission import Season, Submission
from wyexcel.intake import history
from wyexcel.intake.open_forms import Tell
from wyexcel.letters.outbox import Sent
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.progress import assessment, ledger
from wyexcel.progress.explained import explained
from wyexcel.progress.standing import Standing
from wyexcel.progress.unit_statements import excused
from wyexcel.reports.quarterly import bulletin
from wyexcel.stages import collection, revision, send_back
from wyexcel.stages.collection import silent

TOTALS: Final = "汇总.xlsx"
STANDINGS: Final = "进度判定.xlsx"
BULLETIN: Final = "通报.xlsx"
PDF: Final = "通报.pdf"


class Merged(Struct, frozen=True, kw_only=True):
    """What `merge` made: the checked season, the archive's lines, the ledger, sheets, workbook."""

    season: Season
    kept: tuple[manifest.Kept, ...]
    ledger: pd.DataFrame
    disputes: int
    sheets: tuple[Sheet, ...]
    file: Path


class Assessed(Struct, frozen=True, kw_only=True):
    """How every indicator stands, the sheet that says so, and its workbook."""

    standings: tuple[Standing, ...]
    sheets: tuple[Sheet, ...]
    file: Path


class Published(Struct, frozen=True, kw_only=True):
    """The bulletin's sheets and files, the letters about what lags, the fonts that are not here.

    `earlier` is where that of a closed period is kept which says something else.
    """

    sheets: tuple[Sheet, ...]
    files: tuple[Path, ...]
    letters: Sent
    missing_fonts: tuple[str, ...]
    earlier: Path | None = None

    def about_earlier(self, period: Period) -> tuple[str, ...]:
        """What to tell of the one that is kept."""
        if self.earlier is None:
            return ()
        return (_KEPT.format(period=period.title, name=self.earlier.name),)


_KEPT: Final = (
    "注意：{period}已定稿，原有的通报和现在生成的不同（定稿后主工作簿改过，或定稿前没有重新生成）。"
    "原有的另存为“{name}”，请核对以哪一份为准。"
)


class Shut(Struct, frozen=True, kw_only=True):
    """A period's closing (定稿), the file that says it, and whether it was made just now.

    `missing` are the units of which there is nothing in it.
    """

    closing: Closing
    file: Path
    new: bool
    missing: tuple[str, ...]


class Run(Struct, frozen=True, kw_only=True):
    """Everything that `run` did, in its order."""

    season: Season
    returned: Sent
    merged: Merged
    assessed: Assessed
    published: Published


def merge(workspace: Workspace, plan: Plan, period: Period, *, tell: Tell = silent) -> Merged:
    """Check, archive what was accepted, and derive ledger, totals and differences (合并)."""
    season = collection.examine(workspace, plan, period, tell=tell)
    closed = closings.of(workspace, period)
    changes = revision.admit(closed, season, plan)
    if closed is not None:  # before anything is taken in
        stands = _stands(workspace, plan, period, season.adopted)
        revision.refuse_other_standings(closed, stands, plan, period, forms=season.adopted)
    kept = manifest.adopt(workspace, season)
    if closed is not None and closed.revision is not None:
        closings.record(workspace, period, closed.revision, changes)
    submissions = _named_as_kept(season.adopted, kept)
    entries = ledger.merge(submissions, plan)
    settled = assessment.settle(plan, period, entries)
    standings = excused(_judge(workspace, plan, period, entries), submissions, plan)
    phones = {submission.unit: submission.phone for submission in submissions}
    sheets = (
        reports.entries(lines(entries), plan, period),
        reports.totals(standings, plan, period),
        reports.differences(settled.values(), plan, period, phones=phones),
    )
    file = collection.write_sheets(sheets, workspace.bulletins(period) / TOTALS, plan)
    return Merged(
        season=season,
        kept=kept,
        ledger=entries,
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


def assess(workspace: Workspace, plan: Plan, period: Period, *, tell: Tell = silent) -> Assessed:
    """How every indicator stands, from the archive alone (判定)."""
    standings = standings_of(workspace, plan, period, tell=tell)
    sheets = (reports.standings(standings, period),)
    file = collection.write_sheets(sheets, workspace.bulletins(period) / STANDINGS, plan)
    return Assessed(standings=standings, sheets=sheets, file=file)


def publish(workspace: Workspace, plan: Plan, period: Period, *, tell: Tell = silent) -> Published:
    """The bulletin as a workbook, and as a PDF where a program is present that prints it (通报).

    With it go the letters to the units that report something that lags (督办单).
    """
    standings = standings_of(workspace, plan, period, tell=tell)
    missing = _missing(workspace, plan, period)
    closed = closings.of(workspace, period)
    revised = revision.note(closed, standings, plan, period)
    final = history.finalized(workspace, plan, period)
    sheets = bulletin.draft(standings, missing, plan, period, revised=revised, final=final)
    is_shut = closed is not None and closed.revision is None
    made = _made(sheets, workspace.bulletins(period), plan, is_shut=is_shut, tell=tell)
    return Published(
        sheets=sheets,
        files=made.files,
        letters=send_back.supervise(workspace, plan, period, standings),
        missing_fonts=pdf_export.missing_fonts(),
        earlier=made.earlier,
    )


class _Made(NamedTuple):
    """The files of a bulletin, and where the workbook of an earlier one is now."""

    files: tuple[Path, ...]
    earlier: Path | None = None


def _made(sheets: Sequence[Sheet], home: Path, plan: Plan, *, is_shut: bool, tell: Tell) -> _Made:
    """*sheets* as files in *home*; those of a period that *is_shut* are kept as they are.

    What was printed of it may have been signed: it stays where it says the same, and is set aside
    where it does not.
    """
    file, pdf = home / BULLETIN, home / PDF
    earlier: Path | None = None
    if is_shut and file.is_file():
        is_another = collection.is_another(sheets, file, plan)
        is_printed = pdf.is_file() and pdf.stat().st_mtime >= file.stat().st_mtime
        if is_printed and not is_another:
            return _Made((file, pdf))
        if pdf.is_file():  # first, for the workbook tells that it is another one
            disk.set_aside(pdf)
        earlier = disk.set_aside(file) if is_another else None
    files = [collection.write_sheets(sheets, file, plan)]
    tell("生成 PDF", 0, 1)
    if pdf_export.print_pdf(file, pdf):
        files.append(pdf)
    return _Made(tuple(files), earlier)


def _missing(workspace: Workspace, plan: Plan, period: Period) -> tuple[str, ...]:
    """The units of which the archive of *period* has nothing that counts."""
    known = (plan.unit_named(name) for name in manifest.reported(workspace, period))
    reported = {unit.name for unit in known if unit is not None}
    return tuple(unit for unit in plan.reporting if unit not in reported)


def run(workspace: Workspace, plan: Plan, period: Period, *, tell: Tell = silent) -> Run:
    """The season from the inbox to the bulletin: check, return, merge, assess, bulletin."""
    season = collection.check(workspace, plan, period, tell=tell)
    returned = send_back.send_back(workspace, plan, season)
    return Run(
        season=season,
        returned=returned,
        merged=merge(workspace, plan, period, tell=tell),
        assessed=assess(workspace, plan, period, tell=tell),
        published=publish(workspace, plan, period, tell=tell),
    )


def standings_of(
    workspace: Workspace, plan: Plan, period: Period, *, tell: Tell = silent
) -> tuple[Standing, ...]:
    """How every indicator stands, from the archive alone; nothing is written down."""
    collection.covered(plan, period)
    if not manifest.exists(workspace, period):
        message = f"{period.title}还没有合并过。请先运行 wyexcel merge {period}。"
        raise NothingToDo(message)
    submissions = history.archived(workspace, plan, period, tell=tell)
    standings = _stands(workspace, plan, period, submissions)
    revision.refuse_other_standings(closings.of(workspace, period), standings, plan, period)
    return explained(standings, submissions)


def close(
    workspace: Workspace, plan: Plan, period: Period, *, by: str = "", tell: Tell = silent
) -> Shut:
    """*period* as it was published, frozen (定稿): forms, values and standings, by whom and when.

    From now on only a revision (`collection.revise`) lets a value of it change. What is closed
    already stays as it was closed.
    """
    standings = standings_of(workspace, plan, period, tell=tell)
    before = closings.of(workspace, period)
    closed = revision.closed_now(
        workspace,
        plan,
        period,
        by=by or plan.settings.compiler,
        adopted=history.archived(workspace, plan, period),
        standings=standings,
    )
    file = closings.file(workspace, period, closed.revision)
    return Shut(
        closing=closed,
        file=file,
        new=before is None or before.last != closed,
        missing=_missing(workspace, plan, period),
    )


def _stands(
    workspace: Workspace, plan: Plan, period: Period, submissions: Sequence[Submission]
) -> tuple[Standing, ...]:
    """How every indicator stands by *submissions*, or what they say in place of its number."""
    judged = _judge(workspace, plan, period, ledger.merge(submissions, plan))
    return excused(judged, submissions, plan)


def _judge(
    workspace: Workspace, plan: Plan, period: Period, entries: pd.DataFrame
) -> tuple[Standing, ...]:
    """*entries* against the plan, last year's same months and this year's earlier periods."""
    plan = history.started(workspace, plan, period.year)
    before: list[tuple[Standing, ...]] = []
    for month in range(1, period.month):
        past = Period(period.year, month)
        if manifest.exists(workspace, past):
            there = _ledger(workspace, plan, past)
            stood = assessment.assess(plan, past, there, before=tuple(before))
            before.append(revision.published(closings.of(workspace, past), stood))
    ago = _ledger(workspace, plan, period.year_ago)
    return assessment.assess(plan, period, entries, year_ago=ago, before=tuple(before))


def _ledger(workspace: Workspace, plan: Plan, period: Period) -> pd.DataFrame:
    return ledger.merge(history.archived(workspace, plan, period), plan)

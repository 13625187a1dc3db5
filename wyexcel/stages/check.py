"""校验: all files that came for a period, and the findings on them."""

import os
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from wyexcel.archive import manifest, returned_log
from wyexcel.archive.workspace import Workspace, files_in
from wyexcel.errors import CannotRead, NothingToDo
from wyexcel.files.file_name import shown_name
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.forms.submission import Season
from wyexcel.intake import check_arrivals, history
from wyexcel.intake.arrivals import Arrival, sha256_if_readable
from wyexcel.intake.unpacked import with_members
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.reports.findings_sheet import findings_sheet
from wyexcel.stages.read_plan import covered
from wyexcel.stages.write_workbooks import silent, write_sheets

FINDINGS: Final = "校验结果.xlsx"


def arrivals(
    workspace: Workspace, period: Period, files: Sequence[Path] = ()
) -> tuple[Arrival, ...]:
    """The files in the archive and in the inbox of *period* (or *files* instead of the inbox)."""
    archive = workspace.archive(period)
    kept = [
        Arrival(
            path=manifest.checked_original(archive, k),
            file=k.file,
            received=k.received,
            archived=True,
        )
        for k in manifest.read_manifest(workspace, period)
    ]
    if files:
        named = map(_named_file, files)
        return (*kept, *(m for a in named for m in with_members(a, workspace.scratch)))
    inbox = workspace.inbox(period)
    in_inbox = files_in(inbox) if os.path.lexists(inbox) else ()
    waited = returned_log.arrival_moments(archive)
    arrived = (_arrival(path, path.relative_to(inbox).as_posix()) for path in in_inbox)
    unpacked = (m for a in arrived for m in with_members(a, workspace.scratch))
    return (*kept, *(_noted(arrival, waited) for arrival in unpacked))


def _noted(arrival: Arrival, waited: Mapping[str, datetime]) -> Arrival:
    """*arrival* with the moment at which it came, where that was noted in *waited*."""
    moment = waited.get(sha256_if_readable(arrival.path)) if waited else None
    return arrival if moment is None else replace(arrival, received=moment, waited=True)


def _named_file(path: Path) -> Arrival:
    """The file at *path* that somebody asked for; raise CannotRead where there is none."""
    if not os.path.lexists(path):
        message = f"找不到文件“{shown_name(str(path))}”，请检查文件名和路径。"
        raise CannotRead(message)
    return _arrival(path, path.name)


def _arrival(path: Path, file: str) -> Arrival:
    """The file at *path*, which came as *file*; received when it was last saved."""
    moment = datetime.fromtimestamp(min(max(_saved(path), 0.0), _LAST), UTC)
    return Arrival(path=path, file=shown_name(file), received=moment)


def _saved(path: Path) -> float:
    """When *path*, or the link that leads nowhere, was saved; now, where it is gone meanwhile."""
    for look in (os.stat, os.lstat):
        with suppress(OSError):
            return look(path).st_mtime
    return datetime.now(UTC).timestamp()


_LAST: Final = datetime(9999, 1, 1, tzinfo=UTC).timestamp()


def check(  # noqa: PLR0913  by name only, and nothing of it follows from the rest
    workspace: Workspace,
    plan: Plan,
    period: Period,
    *,
    files: Sequence[Path] = (),
    urging: bool = False,
    tell: Tell = silent,
) -> Season:
    """All files that came for *period* and the findings on them (校验); writes 校验结果.

    With *urging*, an empty inbox is no error once forms were issued: the units are reminded.
    """
    season = examine(workspace, plan, period, files=files, urging=urging, tell=tell)
    sheet = findings_sheet(season, period, folder=workspace.bulletins(period))
    write_sheets((sheet,), workspace.bulletins(period) / FINDINGS, plan)
    return season


def examine(  # noqa: PLR0913  likewise
    workspace: Workspace,
    plan: Plan,
    period: Period,
    *,
    files: Sequence[Path] = (),
    urging: bool = False,
    tell: Tell = silent,
) -> Season:
    """The check itself, without writing anything down."""
    covered(plan, period)
    arrived = arrivals(workspace, period, files)
    none_came = all(arrival.archived for arrival in arrived) and not manifest.exists(
        workspace, period
    )
    if none_came and not (urging and _issued(workspace, period)):
        message = (
            f"“{workspace.inbox(period)}”里没有文件。"
            f"请把各单位报来的填报表放进去再运行；还没下发的，先运行 wyexcel issue {period}。"
        )
        raise NothingToDo(message)
    today = datetime.now().astimezone().date()
    season = check_arrivals.judge_arrivals(
        arrived,
        plan=plan,
        period=period,
        today=today,
        history=history.read_history(workspace, plan, period),
        progress=tell,
        selected=bool(files),
    )
    return _only(season, files) if files else season


def _issued(workspace: Workspace, period: Period) -> bool:
    """Whether forms of *period* lie ready for the units."""
    return any(workspace.forms(period).glob("*.xlsx"))


def _only(season: Season, files: Collection[Path]) -> Season:
    """*season* as far as it is about the *files* that were asked for."""
    asked = {(shown_name(path.name), sha256_if_readable(path)) for path in files}
    received = tuple(
        r
        for r in season.received
        if r.path in files or (r.packed and r.came in files) or (r.file, r.sha256) in asked
    )
    kept = {(r.file, r.sha256) for r in received}
    findings = tuple(f for f in season.findings if (f.file, f.sha256) in kept)
    return replace(season, received=received, findings=findings)

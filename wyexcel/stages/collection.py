"""The way in: a new workspace, forms out, the inbox checked."""

import os
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from msgspec.structs import replace

from wyexcel import reports
from wyexcel.archive import closings, manifest, returned_log
from wyexcel.archive.closings import Revised
from wyexcel.archive.workspace import FORMS, INBOX, MASTER, Workspace, files_in, folder
from wyexcel.errors import BadPeriod, CannotRead, CannotWrite, NotAWorkspace, NothingToDo
from wyexcel.files.reading.book import Book
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sample_mark import marked
from wyexcel.files.writing.sheet import Sheet
from wyexcel.forms.blank import form
from wyexcel.forms.submission import Decision, Season
from wyexcel.intake import check_arrivals, history
from wyexcel.intake.arrivals import digest
from wyexcel.intake.check_arrivals import Arrival
from wyexcel.intake.open_forms import Tell
from wyexcel.master import desk, plan_sheets
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.settings import Item
from wyexcel.plan.sheet_names import PlanSheet
from wyexcel.stages import renamed_forms

FINDINGS: Final = "校验结果.xlsx"


def silent(_what: str, _done: int, _of: int) -> None:
    """Tell nobody."""


def found(root: Path, plan: Plan | None = None, *, chosen: Period | None = None) -> Workspace:
    """A new workspace at *root* with the official plan (or *plan*) in its master workbook.

    Its desk opens on the period *chosen*, else on the last quarter that has ended.
    """
    workspace = Workspace(root.absolute())
    if workspace.master.exists():
        message = f"“{workspace.root}”里已有 {MASTER}，没有改动它。要新建请换一个目录。"
        raise CannotWrite(message)
    folder(workspace.root)
    for name in (FORMS, INBOX):
        folder(workspace.root / name)
    from wyexcel.master import master_workbook  # noqa: PLC0415 - only a new workspace needs them
    from wyexcel.plan import official  # noqa: PLC0415 - only a new workspace needs them

    plan = plan or official.load()
    master_workbook.write(plan, workspace.master, chosen=chosen or _last_quarter(plan))
    return workspace


def _last_quarter(plan: Plan) -> Period:
    """The last quarter of the plan that has ended; its first one before that."""
    today = datetime.now().astimezone().date()
    first, *others = desk.quarters(plan)
    return max((quarter for quarter in others if quarter.end < today), default=first)


def plan_of(workspace: Workspace) -> Plan:
    """The plan as the master's own sheets say it now, refused if it contradicts itself."""
    from wyexcel.files.reading import read_workbook  # noqa: PLC0415 - a click reads the open master

    book = read_workbook.read(workspace.master, only=plan_sheets.NAMES)
    if not isinstance(book, Book):
        message = f"主工作簿“{workspace.master}”打不开，请从备份恢复，或关闭正在使用它的程序。"
        raise NotAWorkspace(message)
    return plan_sheets.read(book)


def covered(plan: Plan, period: Period) -> Period:
    """*period*, if the plan has targets for its year; raise BadPeriod otherwise."""
    if period.year not in plan.years:
        message = f"目标任务只覆盖 {plan.years[0]}—{plan.years[-1]} 年，没有 {period} 这一期。"
        raise BadPeriod(message)
    return period


class Issued(NamedTuple):
    """The forms that were made, and what is to be said of others that lie beside them."""

    files: tuple[Path, ...]
    remarks: tuple[str, ...]


def issue(workspace: Workspace, plan: Plan, period: Period, *, tell: Tell = silent) -> Issued:
    """One blank form for each reporting unit (下发), and the inbox they are to come back to."""
    covered(plan, period)
    home = folder(workspace.forms(period))
    folder(workspace.inbox(period))
    known = history.known(workspace, plan, period)
    files: list[Path] = []
    remarks: list[str] = []
    for number, name in enumerate(plan.reporting):
        tell(f"下发 {name}", number, len(plan.reporting))
        sheets = form.describe(plan, name, period, known=known[name])
        sheets = tuple(marked(sheet, plan.settings.mark) for sheet in sheets)
        files.append(home / f"{name}.xlsx")
        xlsx.write(sheets, files[-1])
        unit = plan.unit_named(name)
        remarks += renamed_forms.cleared(home, unit, sheets) if unit is not None else ()
    return Issued(tuple(files), tuple(remarks))


def arrivals(
    workspace: Workspace, period: Period, files: Sequence[Path] = ()
) -> tuple[Arrival, ...]:
    """What lies in the archive and in the inbox of *period* (or *files* instead of the inbox)."""
    home = workspace.archive(period)
    kept = [
        Arrival(path=manifest.original(home, k), file=k.file, received=k.received, archived=True)
        for k in manifest.contents(workspace, period)
    ]
    if files:
        return (*kept, *(_arrival(path, path.name) for path in files))
    inbox = workspace.inbox(period)
    found = files_in(inbox) if os.path.lexists(inbox) else ()
    waited = returned_log.known(workspace.archive(period))
    came = (_arrival(path, path.relative_to(inbox).as_posix()) for path in found)
    return (*kept, *(_noted(arrival, waited) for arrival in came))


def _noted(arrival: Arrival, waited: Mapping[str, datetime]) -> Arrival:
    """*arrival*, with the moment at which it came where it has *waited* since."""
    moment = waited.get(digest(arrival.path)) if waited else None
    return arrival if moment is None else replace(arrival, received=moment, waited=True)


def _arrival(path: Path, file: str) -> Arrival:
    """The file at *path* that came as *file*, saved last when it is dated.

    Raises CannotRead where there is none.
    """
    try:
        about = path.stat()
    except OSError as error:
        message = f"找不到文件“{path}”，请检查文件名和路径。"
        raise CannotRead(message) from error
    moment = datetime.fromtimestamp(about.st_mtime, UTC)
    return Arrival(path=path, file=file, received=moment)


def check(  # noqa: PLR0913  by name only, and nothing of it follows from the rest
    workspace: Workspace,
    plan: Plan,
    period: Period,
    *,
    files: Sequence[Path] = (),
    urging: bool = False,
    tell: Tell = silent,
) -> Season:
    """Everything that came for *period*, and what is wrong with it (校验); writes 校验结果.

    Nothing need have come where it is for *urging* the units to whom forms were issued.
    """
    season = examine(workspace, plan, period, files=files, urging=urging, tell=tell)
    sheet = reports.findings(season, period, home=workspace.bulletins(period))
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
    there = arrivals(workspace, period, files)
    none_came = all(arrival.archived for arrival in there) and not manifest.exists(
        workspace, period
    )
    if none_came and not (urging and _issued(workspace, period)):
        message = (
            f"“{workspace.inbox(period)}”里没有文件。"
            f"请把各单位报来的填报表放进去再运行；还没下发的，先运行 wyexcel issue {period}。"
        )
        raise NothingToDo(message)
    today = datetime.now().astimezone().date()
    season = check_arrivals.check(
        there,
        plan=plan,
        period=period,
        today=today,
        history=history.history(workspace, plan, period),
        progress=tell,
    )
    return _only(season, files) if files else season


def _issued(workspace: Workspace, period: Period) -> bool:
    """Whether forms of *period* lie ready for the units."""
    return any(workspace.forms(period).glob("*.xlsx"))


def _only(season: Season, files: Collection[Path]) -> Season:
    """*season* as far as it is about the *files* that were asked for."""
    asked = {(path.name, digest(path)) for path in files}
    received = tuple(r for r in season.received if r.path in files or (r.file, r.sha256) in asked)
    whose = {(r.file, r.sha256) for r in received}
    findings = tuple(f for f in season.findings if (f.file, f.sha256) in whose)
    return replace(season, received=received, findings=findings)


def remarks(workspace: Workspace, plan: Plan, period: Period) -> tuple[str, ...]:
    """What should be looked at before *period* is published or closed."""
    return (*_waiting(workspace, plan, period), *_doubtful(workspace, plan, period))


def _waiting(workspace: Workspace, plan: Plan, period: Period) -> tuple[str, ...]:
    """A sentence on the files of the inbox that would be adopted and were not merged yet."""
    kept = {line.sha256 for line in manifest.contents(workspace, period)}
    there = arrivals(workspace, period)
    if all(arrival.archived or digest(arrival.path) in kept for arrival in there):
        return ()
    season = examine(workspace, plan, period)
    adopted = (r for r in season.received if r.decision is Decision.ACCEPTED)
    names = "、".join(f"“{r.file}”" for r in adopted if r.sha256 not in kept)
    told = f"注意：报送的{names}合格，但还没有合并，没有计入。要计入的，请先合并，再重做这一步。"
    return (told,) if names else ()


def _doubtful(workspace: Workspace, plan: Plan, period: Period) -> tuple[str, ...]:
    """A sentence on last year's values that the office gave without saying of which period."""
    numbers = [
        str(row.no)
        for row in plan.given
        if row.item is Item.YEAR_AGO and (row.year, row.month) == (period.year, None)
    ]
    if not numbers or manifest.exists(workspace, period.year_ago):
        return ()
    told = (
        f"注意：第{'、'.join(dict.fromkeys(numbers))}项的上年同期数，“{PlanSheet.GIVEN}”只写了年份，"
        f"请核对是{period.year_ago.title}的数，并把“年份”写成 {period}。"
    )
    return (told,)


def revise(
    workspace: Workspace, plan: Plan, period: Period, *, by: str, why: str
) -> tuple[Revised, Path]:
    """The revision (数据修订) that lets a closed period be merged anew, and the record it is in.

    What is changed under it is recorded by `pipeline.merge`; `pipeline.close` ends it.
    """
    from wyexcel.stages import revision  # noqa: PLC0415 - a check gets by without it

    covered(plan, period)
    line = revision.opened(workspace, period, by=by, why=why)
    return line, closings.record_file(workspace, period)


def is_another(sheets: Sequence[Sheet], path: Path, plan: Plan) -> bool:
    """Whether the workbook at *path* is not the one that *sheets* make."""
    return path.read_bytes() != xlsx.render([marked(s, plan.settings.mark) for s in sheets])


def write_sheets(sheets: Sequence[Sheet], path: Path, plan: Plan) -> Path:
    """*sheets* as a workbook at *path*, each marked where the numbers are invented."""
    folder(path.parent)
    xlsx.write([marked(sheet, plan.settings.mark) for sheet in sheets], path)
    return path

"""通报: the bulletin as a workbook and a PDF, and the letters about what lags."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import Struct

from wyexcel.archive import closings, manifest
from wyexcel.archive.workspace import Workspace
from wyexcel.files import disk
from wyexcel.files.writing import pdf_export
from wyexcel.files.writing.sheet import Sheet
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.intake import history
from wyexcel.letters.outbox import Delivery
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.progress.standing import Standing
from wyexcel.reports.quarterly.bulletin import bulletin_sheets
from wyexcel.stages import guard_closed_period, send_back, write_workbooks
from wyexcel.stages.assess import standings_of
from wyexcel.stages.write_workbooks import silent

BULLETIN: Final = "通报.xlsx"


PDF: Final = "通报.pdf"


class Published(Struct, frozen=True, kw_only=True):
    """The bulletin's sheets and files, the letters about what lags, the fonts that are not here.

    `earlier` is where that of a closed period is kept which says something else.
    """

    sheets: tuple[Sheet, ...]
    files: tuple[Path, ...]
    letters: Delivery
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


def publish(
    workspace: Workspace,
    plan: Plan,
    period: Period,
    *,
    standings: tuple[Standing, ...] | None = None,
    tell: Tell = silent,
) -> Published:
    """The bulletin as a workbook, and as a PDF where a program is present that prints it (通报).

    With it go the letters to the units that report something that lags (督办单). It is made from
    the archive alone, where no *standings* are given.
    """
    if standings is None:
        standings = standings_of(workspace, plan, period, tell=tell)
    closed = closings.read_closings(workspace, period)
    sheets = bulletin_of(workspace, plan, period, standings, closed=closed)
    is_closed = closed is not None and closed.revision is None
    made = _made(sheets, workspace.bulletins(period), plan, is_closed=is_closed, tell=tell)
    return Published(
        sheets=sheets,
        files=made.files,
        letters=send_back.supervise(workspace, plan, period, standings),
        missing_fonts=pdf_export.missing_fonts(),
        earlier=made.earlier,
    )


def bulletin_of(
    workspace: Workspace,
    plan: Plan,
    period: Period,
    standings: Sequence[Standing],
    *,
    closed: closings.Closed | None,
) -> tuple[Sheet, ...]:
    """The sheets of the bulletin that *standings* make, with what was revised since it *closed*."""
    absent = missing(workspace, plan, period)
    revised = guard_closed_period.revision_note(closed, standings, plan, period)
    final = history.finally_reported(workspace, plan, period)
    return bulletin_sheets(standings, absent, plan, period, revised=revised, final=final)


class _Made(NamedTuple):
    """The files of a bulletin, and where the workbook of an earlier one is now."""

    files: tuple[Path, ...]
    earlier: Path | None = None


def _made(
    sheets: Sequence[Sheet], folder: Path, plan: Plan, *, is_closed: bool, tell: Tell
) -> _Made:
    """*sheets* as files in *folder*; those of a period that *is_closed* are kept as they are.

    What was printed of it may have been signed: it stays where it says the same, and is set aside
    where it does not.
    """
    file, pdf = folder / BULLETIN, folder / PDF
    earlier: Path | None = None
    if is_closed and file.is_file():
        is_another = write_workbooks.is_another(sheets, file, plan)
        is_printed = pdf.is_file() and pdf.stat().st_mtime >= file.stat().st_mtime
        if is_printed and not is_another:
            return _Made((file, pdf))
        if pdf.is_file():  # first, for the workbook tells that it is another one
            disk.set_aside(pdf)
        earlier = disk.set_aside(file) if is_another else None
    files = [write_workbooks.write_sheets(sheets, file, plan)]
    tell("生成 PDF", 0, 1)
    if pdf_export.print_pdf(file, pdf):
        files.append(pdf)
    return _Made(tuple(files), earlier)


def missing(workspace: Workspace, plan: Plan, period: Period) -> tuple[str, ...]:
    """The units of which the archive of *period* has nothing that counts."""
    known = (plan.unit_named(name) for name in manifest.reported_units(workspace, period))
    reported = {unit.name for unit in known if unit is not None}
    return tuple(unit for unit in plan.reporting if unit not in reported)

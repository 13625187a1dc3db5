"""The master workbook (主工作簿): the desk, the plan's own sheets, and every sheet to be filled."""

from importlib import resources
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from wyexcel.errors import CannotRead
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.files.writing.sheet import Part, Sheet, spread
from wyexcel.master import desk, plan_sheets
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.reports.differences_sheet import differences_sheet
from wyexcel.reports.findings_sheet import findings_sheet
from wyexcel.reports.ledger_sheet import ledger_sheet
from wyexcel.reports.quarterly import bulletin_text
from wyexcel.reports.quarterly.annex_lagging import lagging_annex
from wyexcel.reports.quarterly.annex_parks import parks_annex
from wyexcel.reports.quarterly.annex_targets import targets_annex
from wyexcel.reports.standings_sheet import standings_sheet
from wyexcel.reports.totals_sheet import totals_sheet

PROJECT: Final = "vbaProject.bin"
RIBBON: Final = "ribbon.xml"


def sheets(plan: Plan, chosen: Period | None = None) -> tuple[Sheet, ...]:
    """Every sheet of a new master, the generated ones empty and with their page set-up.

    The desk opens on the period *chosen*, else on the plan's first quarter.
    """
    period = chosen or desk.quarters(plan)[0]
    return tuple(
        with_sample_mark(sheet, plan.settings.mark)
        for sheet in (
            desk.desk(plan, period),
            *plan_sheets.describe(plan),
            findings_sheet(None),
            ledger_sheet((), plan),
            totals_sheet((), plan),
            differences_sheet((), plan),
            standings_sheet(()),
            _empty_body_text(),
            targets_annex((), plan, period),
            parks_annex((), plan, period),
            _head_of(lagging_annex((), period), 3),
        )
    )


def _empty_body_text() -> Sheet:
    """The page of the bulletin's text before there is a bulletin."""
    rows = (spread(Part.TITLE, "季度通报正文", 1, height=60),)
    return Sheet(
        name=bulletin_text.NAME, rows=rows, widths=(bulletin_text.WIDTH,), page=bulletin_text.PAGE
    )


def _head_of(sheet: Sheet, heading: int) -> Sheet:
    """*sheet* with nothing but its first *heading* rows."""
    return replace(sheet, rows=sheet.rows[:heading])


def write(plan: Plan, path: Path, *, chosen: Period | None = None) -> None:
    """A new master for *plan* at *path*, with buttons, macros and ribbon."""
    folder = macros()
    tab = (folder / RIBBON).read_text("utf-8")
    xlsx.write(sheets(plan, chosen), path, macros=folder / PROJECT, tab=tab)


def macros() -> Path:
    """The folder of the macros: inside an installed package, beside it in a checkout."""
    package = Path(str(resources.files("wyexcel")))
    for folder in (package / "macros", package.parent / "macros"):
        if (folder / PROJECT).is_file():
            return folder
    message = "程序文件不完整（缺少宏文件 vbaProject.bin），请重新安装 wyexcel。"
    raise CannotRead(message)

"""The master workbook (主工作簿): the desk, the plan's own sheets, and every sheet to be filled."""

from importlib import resources
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from wyexcel import reports
from wyexcel.errors import CannotRead
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.files.writing.sheet import Part, Sheet, spread
from wyexcel.master import desk, plan_sheets
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.reports.quarterly import annex_lagging, annex_parks, annex_targets, body_text

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
            reports.findings(None),
            reports.entries((), plan),
            reports.totals((), plan),
            reports.differences((), plan),
            reports.standings(()),
            _text_to_come(),
            annex_targets.table((), plan, period),
            annex_parks.table((), plan, period),
            _reserved(annex_lagging.table((), period), 3),
        )
    )


def _text_to_come() -> Sheet:
    """The page of the bulletin's text before there is anything to say."""
    rows = (spread(Part.TITLE, "季度通报正文", 1, height=60),)
    return Sheet(name=body_text.NAME, rows=rows, widths=(body_text.WIDTH,), page=body_text.PAGE)


def _reserved(sheet: Sheet, heading: int) -> Sheet:
    """*sheet* with its first *heading* rows alone: its place and its page, nothing said yet."""
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

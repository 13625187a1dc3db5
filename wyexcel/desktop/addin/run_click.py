"""The work of one click on the master: read its plan, run the action, write the result into it."""

from collections.abc import Iterator, Mapping
from datetime import datetime

import xlwings as xw
from msgspec.structs import replace

from wyexcel.archive.workspace import Workspace
from wyexcel.desktop.addin import open_plan, read_sheets
from wyexcel.desktop.addin.actions import ACTIONS, ActionResult, Click, reported_units
from wyexcel.desktop.addin.formatting import format_cells
from wyexcel.desktop.addin.write_sheet import put
from wyexcel.files.reading.book import Rows
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.files.writing.sheet import Cell, Part
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.master import buttons, desk
from wyexcel.stages import read_plan


def read_click(
    book: xw.Book, workspace: Workspace, contents: read_sheets.MasterContents, tell: Tell
) -> Click:
    """What an action works on, with the plan and the period from the *contents* of the master."""
    return Click(
        book=book,
        contents=contents,
        workspace=workspace,
        plan=read_plan.with_due_dates(workspace, open_plan.plan_of(contents)),
        period=open_plan.period_of(contents),
        tell=tell,
    )


def run(step: buttons.DeskButton, click: Click) -> ActionResult:
    """Run the action of *step*; its result, with the units that have reported if it changes any."""
    result = ACTIONS[step.action](click)
    return replace(result, reported=reported_units(click)) if step.changes else result


def write_result(step: buttons.DeskButton, click: Click, result: ActionResult) -> None:
    """Write the sheets of *result* and the desk, and show the first of the sheets."""
    book, app = click.book, click.book.app
    written: list[xw.Sheet] = []
    with app.properties(screen_updating=False, display_alerts=False):
        for number, sheet in enumerate(result.sheets):
            click.tell(f"写入“{sheet.name}”", number, len(result.sheets))
            written.append(put(book, with_sample_mark(sheet, click.plan.settings.mark)))
        _write_desk(step, click, result)
    if written:
        written[0].activate()


def _write_desk(step: buttons.DeskButton, click: Click, result: ActionResult) -> None:
    """Write on the desk what was done last, and which units have reported."""
    sheet = click.book.sheets[buttons.NAME]
    now = datetime.now().astimezone()
    first = result.message.partition("\n")[0]
    sheet[buttons.LAST_CELL].value = f"{now:%Y年%m月%d日 %H:%M} {step.caption}：{first}"
    units = {unit: _report_cell(reported=unit in result.reported) for unit in click.plan.reporting}
    if any(_changed(click.contents.rows[buttons.NAME], units)):
        for number, cell in _changed(read_sheets.rows(sheet), units):
            _write_unit(sheet, number, cell)


def _changed(rows: Rows, units: Mapping[str, Cell]) -> Iterator[tuple[int, Cell]]:
    """The number, from 0, of each row of the desk that is out of date, with its unit's new cell."""
    for number, line in enumerate(rows):
        cell = units.get(str(line[0])) if line else None
        if cell is not None and line[1:2] != [cell.value]:
            yield number, cell


def _report_cell(*, reported: bool) -> Cell:
    """The cell beside a unit on the desk: 已报 or 未报."""
    return Cell(value="已报" if reported else "未报", part=Part.GOOD if reported else Part.QUIET)


def _write_unit(sheet: xw.Sheet, number: int, cell: Cell) -> None:
    """Write *cell* beside the unit in row *number* of the desk, from 0."""
    area = sheet.range((number + 1, 2), (number + 1, len(desk.WIDTHS)))
    area.unmerge()  # Excel clears no part of a merged cell
    area.clear()
    area[0, 0].value = cell.value
    format_cells(sheet, [[None, *(cell,) * (len(desk.WIDTHS) - 1)]], first_row=number)
    area.merge()

"""The work of one click: the plan of the open master, the action, and what is put into it."""

from collections.abc import Iterator, Mapping
from datetime import datetime

import xlwings as xw
from msgspec.structs import replace

from wyexcel.archive.workspace import Workspace
from wyexcel.desktop.addin import open_plan, read_sheets
from wyexcel.desktop.addin.actions import ACTIONS, Click, Done, came
from wyexcel.desktop.addin.formatting import dress
from wyexcel.desktop.addin.write_sheet import put
from wyexcel.files.reading.book import Rows
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.files.writing.sheet import Cell, Part
from wyexcel.intake.open_forms import Tell
from wyexcel.master import buttons, desk


def begun(book: xw.Book, workspace: Workspace, said: read_sheets.Said, tell: Tell) -> Click:
    """What an action works on, as the open master *said* it."""
    return Click(
        book=book,
        said=said,
        workspace=workspace,
        plan=open_plan.plan_of(said),
        period=open_plan.period_of(said),
        tell=tell,
    )


def done(step: buttons.Step, click: Click) -> Done:
    """What comes of the *step*."""
    done = ACTIONS[step.action](click)
    return replace(done, reported=came(click)) if step.changes else done


def show(step: buttons.Step, click: Click, done: Done) -> None:
    """Put the sheets, note on the desk what was done, and show the first sheet."""
    book, app = click.book, click.book.app
    shown: list[xw.Sheet] = []
    with app.properties(screen_updating=False, display_alerts=False):
        for number, sheet in enumerate(done.sheets):
            click.tell(f"写入“{sheet.name}”", number, len(done.sheets))
            shown.append(put(book, with_sample_mark(sheet, click.plan.settings.mark)))
        _note(step, click, done)
    if shown:
        shown[0].activate()


def _note(step: buttons.Step, click: Click, done: Done) -> None:
    """Say on the desk what was done last, and who has reported."""
    sheet = click.book.sheets[buttons.NAME]
    now = datetime.now().astimezone()
    first = done.message.partition("\n")[0]
    sheet[buttons.LAST_CELL].value = f"{now:%Y年%m月%d日 %H:%M} {step.caption}：{first}"
    units = {unit: _told(reported=unit in done.reported) for unit in click.plan.reporting}
    if any(_changed(click.said.rows[buttons.NAME], units)):
        for number, told in _changed(read_sheets.rows(sheet), units):
            _tell(sheet, number, told)


def _changed(rows: Rows, units: Mapping[str, Cell]) -> Iterator[tuple[int, Cell]]:
    """The rows of the desk, from 0, that say another thing of a unit than is true now."""
    for number, line in enumerate(rows):
        told = units.get(str(line[0])) if line else None
        if told is not None and line[1:2] != [told.value]:
            yield number, told


def _told(*, reported: bool) -> Cell:
    """What the desk says of a unit."""
    return Cell(value="已报" if reported else "未报", part=Part.GOOD if reported else Part.QUIET)


def _tell(sheet: xw.Sheet, number: int, told: Cell) -> None:
    """Say in row *number* of the desk, from 0, whether its unit has reported."""
    area = sheet.range((number + 1, 2), (number + 1, len(desk.WIDTHS)))
    area.unmerge()  # Excel clears no part of a merged cell
    area.clear()
    area[0, 0].value = told.value
    dress(sheet, [[None, *(told,) * (len(desk.WIDTHS) - 1)]], down=number)
    area.merge()

"""One click, from the button to the closing message; whatever happens, the program stays usable."""

import re
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import xlwings as xw
from filelock import FileLock, Timeout

from wyexcel import desk, mishap
from wyexcel.addin import backup, marking, reading
from wyexcel.addin.actions import ACTIONS, Action, Click, Done, came
from wyexcel.addin.dress import dress
from wyexcel.addin.guards import BUSY, harden, is_busy
from wyexcel.addin.put import put
from wyexcel.errors import NotAWorkspace, WyexcelError
from wyexcel.mark import marked
from wyexcel.opening import Tell
from wyexcel.sheet import Cell, Part
from wyexcel.workspace import Workspace, alone, find

TITLE: Final = "园区通报"
_COMMAND: Final = re.compile(rf"运行 wyexcel ({'|'.join(ACTIONS)})( \d{{4}}-\d\d)?")
_CLICKED: Final = ".wyexcel.click.lock"


def run(action: str, book: xw.Book | None = None) -> str:
    """Do what the button *action* says in *book*, or in the workbook whose button was pressed.

    What comes back is the sentence that was shown where it could not be done, else "". A second
    click while the first is at work does nothing: the status bar tells what is going on.
    """
    book = book or caller()
    harden(book)
    app = book.app
    try:
        with suppress(Timeout):
            message = _click(ACTIONS[action], book)
            if message:
                _say(app, message)
    except WyexcelError as error:
        return _refuse(app, _in_clicks(str(error)))
    except Exception as error:  # noqa: BLE001 - the last border: a sentence, and the rest to the log
        return _refuse(app, BUSY if is_busy(error) else mishap.sentence(error))
    return ""


def _refuse(app: xw.App, sentence: str) -> str:
    """*sentence*, shown."""
    _say(app, sentence, mode="critical")
    return sentence


def _in_clicks(sentence: str) -> str:
    """*sentence* with buttons in place of commands.

    >>> _in_clicks("请先运行 wyexcel merge 2025-03。")
    '请先点“合并汇总”。'
    """
    return _COMMAND.sub(lambda found: f"点“{ACTIONS[found[1]].name}”", sentence)


def caller() -> xw.Book:
    """The workbook whose button was pressed.

    xlwings loses a name that has “=” in it; the workbook in front is the one that was clicked.
    """
    named = [word for word in sys.argv if word.startswith("--wb=")]
    if any(word.count("=") > 1 for word in named):
        return xw.books.active
    return xw.Book.caller()


def _click(action: Action, book: xw.Book) -> str:
    names = reading.names_of(book)
    if action is ACTIONS["check"] and marking.is_form(names):
        with _settled(book.app), book.app.properties(screen_updating=False):
            return marking.check(book)
    reading.refuse_without_desk(book, names)
    workspace = _home(book)
    with FileLock(workspace.root / _CLICKED, timeout=0), alone(workspace), _settled(book.app):
        click = Click(
            book=book,
            workspace=workspace,
            plan=reading.plan_of(book, names),
            period=reading.period_of(book),
            tell=_teller(book.app, action.name),
        )
        done = action.do(click)
        if action.changes:
            backup.keep(book, workspace, action.name)
            _show(click, action, done)
    return done.message


def _home(book: xw.Book) -> Workspace:
    """The workspace that the open master stands in."""
    try:
        path = Path(book.fullname)
    except Exception as error:
        message = f"不知道“{book.name}”存在哪里。请先把主工作簿存到本机的工作目录，再点按钮。"
        raise NotAWorkspace(message) from error
    if "://" in str(book.fullname) or not path.is_file():
        message = f"“{book.name}”还没有存到本机。请先存到工作目录（不要放在网盘里直接打开），再点。"
        raise NotAWorkspace(message)
    return find(path.parent)


@contextmanager
def _settled(app: xw.App) -> Generator[None]:
    """Leave *app* as a person needs it, whatever happened, also what an earlier click left behind.

    Calculation and events are never switched off, so that nothing can leave them off.
    """
    try:
        yield
    finally:
        for setting, value in (("screen_updating", True), ("display_alerts", True)):
            with suppress(Exception):
                setattr(app, setting, value)
        with suppress(Exception):
            app.status_bar = False


def _teller(app: xw.App, name: str) -> Tell:
    def tell(what: str, done: int, of: int) -> None:
        app.status_bar = f"{name}：{what} {done}/{of}" if of else f"{name}：{what}"

    tell("开始", 0, 0)
    return tell


def _show(click: Click, action: Action, done: Done) -> None:
    """Put the sheets, note on the desk what was done, and show the first sheet."""
    book, app = click.book, click.book.app
    with app.properties(screen_updating=False, display_alerts=False):
        for number, sheet in enumerate(done.sheets):
            click.tell(f"写入“{sheet.name}”", number, len(done.sheets))
            put(book, marked(sheet, click.plan.settings.mark))
        _note(click, action, done)
    if done.sheets:
        book.sheets[done.sheets[0].name].activate()


def _note(click: Click, action: Action, done: Done) -> None:
    """Say on the desk what was done last, and who has reported."""
    sheet = click.book.sheets[desk.NAME]
    now = datetime.now().astimezone()
    first = done.message.partition("\n")[0]
    text = f"{now:%Y年%m月%d日 %H:%M} {action.name}：{first}"
    sheet[desk.LAST_CELL].value = text
    reported = came(click)
    for number, line in enumerate(reading.rows(sheet)):
        if line and line[0] in click.plan.reporting:
            _tell(sheet, number, reported=line[0] in reported)


def _tell(sheet: xw.Sheet, number: int, *, reported: bool) -> None:
    """Say in row *number* of the desk, from 0, whether its unit has reported."""
    told = Cell(value="已报" if reported else "未报", part=Part.GOOD if reported else Part.QUIET)
    area = sheet.range((number + 1, 2), (number + 1, len(desk.WIDTHS)))
    area.unmerge()  # Excel clears no part of a merged cell
    area.clear()
    area[0, 0].value = told.value
    dress(sheet, [[None, *(told,) * (len(desk.WIDTHS) - 1)]], down=number)
    area.merge()


def _say(app: xw.App, message: str, *, mode: str = "info") -> None:
    """Show *message*; where even that fails, keep it in the log."""
    try:
        app.alert(message, TITLE, mode=mode)
    except Exception as error:  # noqa: BLE001 - nobody is left to be told
        error.add_note(message)
        mishap.sentence(error)

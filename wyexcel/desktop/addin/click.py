"""One click, from the button to the closing message; whatever happens, the program stays usable."""

import re
import sys
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import xlwings as xw

from wyexcel.archive.workspace import Busy, Workspace, alone, find, locked
from wyexcel.desktop import message_window
from wyexcel.desktop.addin import backup, read_sheets
from wyexcel.desktop.addin.safety import BUSY, harden, is_busy
from wyexcel.errors import NotAWorkspace, WyexcelError
from wyexcel.files import crash_log
from wyexcel.master import buttons

if TYPE_CHECKING:  # what it takes to read forms is loaded while a copy is made
    from wyexcel.desktop.addin.actions import Done
    from wyexcel.intake.open_forms import Tell

_STEPS: Final = {step.action: step for step in buttons.STEPS}
_COMMAND: Final = re.compile(rf"运行 wyexcel ({'|'.join(_STEPS)})( \d{{4}}-\d\d)?")
_CLICKED: Final = ".wyexcel.click.lock"


def pressed(action: str, book: xw.Book | None = None) -> str:
    """Do what the button *action* says in *book*, or in the workbook whose button was pressed.

    What comes back is the sentence that was shown where it could not be done, else "". A second
    click while the first is at work does nothing: the status bar tells what is going on.
    """
    app: xw.App | None = None
    try:
        book = book or caller()
        app = book.app
        harden(book)
        with suppress(Busy):
            done = _click(_STEPS[action], book)
            if done.message:
                _say(done.book.app if done.book else app, done.message)
    except WyexcelError as error:
        return _refuse(app, _in_clicks(str(error)))
    except Exception as error:  # noqa: BLE001 - nobody is left to be told
        return _refuse(app, BUSY if is_busy(error) else crash_log.crash_sentence(error))
    return ""


def _refuse(app: xw.App | None, sentence: str) -> str:
    """*sentence*, shown."""
    _say(app, sentence, mode="critical")
    return sentence


def _in_clicks(sentence: str) -> str:
    """*sentence* with buttons in place of commands.

    >>> _in_clicks("请先运行 wyexcel merge 2025-03。")
    '请先点“合并汇总”。'
    """
    return _COMMAND.sub(lambda found: f"点“{_STEPS[found[1]].caption}”", sentence)


def caller() -> xw.Book:
    """The workbook whose button was pressed.

    xlwings loses a name that has “=” in it; the workbook in front is the one that was clicked.
    """
    named = [word for word in sys.argv if word.startswith("--wb=")]
    if any(word.count("=") > 1 for word in named):
        return xw.books.active
    return xw.Book.caller()


def _click(step: buttons.Step, book: xw.Book) -> "Done":
    names = read_sheets.names_of(book)
    if buttons.NAME not in names:
        return _elsewhere(step, book, names)
    workspace = _home(book)
    with locked(workspace, _CLICKED, patience=0), alone(workspace), _settled(book.app):
        tell = _teller(book.app, step.caption)
        said = read_sheets.master(book, names)
        with _copied(step, book, workspace) as copy:
            from wyexcel.desktop.addin import run_click  # noqa: PLC0415 - while the copy is made

            click = run_click.begun(book, workspace, said, tell)
            done = run_click.done(step, click)
            if copy is not None:
                copy.keep()
                run_click.show(step, click, done)
    return done


def _copied(
    step: buttons.Step, book: xw.Book, workspace: Workspace
) -> AbstractContextManager[backup.Copy | None]:
    """A copy of *book* on its way, where *step* will change it."""
    return backup.before(book, workspace, step.caption) if step.changes else nullcontext()


def _elsewhere(step: buttons.Step, book: xw.Book, names: tuple[str, ...]) -> "Done":
    """What comes of a click in a *book* that is not the master: a form can be checked."""
    from wyexcel.desktop.addin import mark_form  # noqa: PLC0415 - only where a form is open
    from wyexcel.desktop.addin.actions import Done  # noqa: PLC0415 - likewise

    if step.action != "check" or not mark_form.is_form(names):
        message = (
            f"“{book.name}”不是主工作簿（没有“{buttons.NAME}”工作表）。请打开 master.xlsm 再点。"
        )
        raise NotAWorkspace(message)
    with _settled(book.app), book.app.properties(screen_updating=False):
        return Done(message=mark_form.check(book))


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


def _teller(app: xw.App, name: str) -> "Tell":
    def tell(what: str, done: int, of: int) -> None:
        app.status_bar = f"{name}：{what} {done}/{of}" if of else f"{name}：{what}"

    tell("开始", 0, 0)
    return tell


def _say(app: xw.App | None, message: str, *, mode: str = "info") -> None:
    """Show *message* in *app*, else in a window of the system's own; then the log keeps why."""
    if app is None:
        message_window.show(message)
        return
    try:
        app.alert(message, message_window.TITLE, mode=mode)
    except Exception as error:  # noqa: BLE001 - nobody is left to be told
        with suppress(Exception):  # UNO's own errors take no notes
            error.add_note(message)
        crash_log.crash_sentence(error)
        message_window.show(message)

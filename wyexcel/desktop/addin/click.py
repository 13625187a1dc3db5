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
from wyexcel.desktop.addin import backup, excel_or_calc, read_sheets
from wyexcel.desktop.addin.safety import BUSY, harden, is_busy
from wyexcel.errors import NotAWorkspace, WyexcelError
from wyexcel.files import crash_log
from wyexcel.master import buttons

if TYPE_CHECKING:  # what it takes to read forms is loaded while a copy is made
    from wyexcel.desktop.addin.actions import ActionResult
    from wyexcel.forms.filled.open_forms import Tell

_STEPS: Final = {step.action: step for step in buttons.STEPS}
_COMMAND: Final = re.compile(rf"运行 wyexcel ({'|'.join(_STEPS)})( \d{{4}}-\d\d)?")
_CLICKED: Final = ".wyexcel.click.lock"


def perform(action: str, book: xw.Book | None = None) -> str:
    """Do what the button *action* says in *book*, or in the workbook whose button was pressed.

    Returns the message that was shown where it could not be done, else "". A second
    click while the first is at work does nothing: the status bar says what is going on.
    """
    app: xw.App | None = None
    try:
        book = book or caller()
        app = book.app
        harden(book)
        with suppress(Busy):
            result = _click(_STEPS[action], book)
            if result.message:
                _show(result.book.app if result.book else app, result.message)
    except WyexcelError as error:
        return _refuse(app, _in_clicks(str(error)))
    except Exception as error:  # noqa: BLE001 - nobody else catches it
        return _refuse(app, BUSY if is_busy(error) else crash_log.crash_sentence(error))
    return ""


def _refuse(app: xw.App | None, sentence: str) -> str:
    """Show *sentence* as a refusal, and return it."""
    _show(app, sentence, mode="critical")
    return sentence


def _in_clicks(sentence: str) -> str:
    """*sentence* with the names of buttons in place of commands.

    >>> _in_clicks("请先运行 wyexcel merge 2025-03。")
    '请先点“合并汇总”。'
    """
    return _COMMAND.sub(lambda command: f"点“{_STEPS[command[1]].caption}”", sentence)


def caller() -> xw.Book:
    """The workbook whose button was pressed.

    Where its name has “=” in it, xlwings does not find it: then the workbook in front is it.
    """
    names = [word for word in sys.argv if word.startswith("--wb=")]
    if any(word.count("=") > 1 for word in names):
        return xw.books.active
    return xw.Book.caller()


def _click(step: buttons.DeskButton, book: xw.Book) -> "ActionResult":
    """Do *step* in *book*, alone in its workspace, with a backup of what it changes."""
    names = excel_or_calc.sheet_names(book)
    if buttons.NAME not in names:
        return _click_elsewhere(step, book, names)
    workspace = _workspace_of(book)
    with locked(workspace, _CLICKED, patience=0), alone(workspace), _left_usable(book.app):
        tell = _progress_teller(book.app, step.caption)
        contents = read_sheets.master_contents(book, names)
        with _backup(step, book, workspace) as copy:
            from wyexcel.desktop.addin import run_click  # noqa: PLC0415 - while the copy is made

            click = run_click.read_click(book, workspace, contents, tell)
            result = run_click.run(step, click)
            if copy is not None:
                copy.keep()
                run_click.write_result(step, click, result)
    return result


def _backup(
    step: buttons.DeskButton, book: xw.Book, workspace: Workspace
) -> AbstractContextManager[backup.Backup | None]:
    """A backup of *book*; None where *step* does not change it."""
    return backup.before(book, workspace, step.caption) if step.changes else nullcontext()


def _click_elsewhere(
    step: buttons.DeskButton, book: xw.Book, names: tuple[str, ...]
) -> "ActionResult":
    """Do *step* in a *book* that is not the master: a form can be checked, nothing else."""
    from wyexcel.desktop.addin import mark_form  # noqa: PLC0415 - only where a form is open
    from wyexcel.desktop.addin.actions import ActionResult  # noqa: PLC0415 - likewise

    if step.action != "check" or not mark_form.is_form(names):
        message = (
            f"“{book.name}”不是主工作簿（没有“{buttons.NAME}”工作表）。请打开 master.xlsm 再点。"
        )
        raise NotAWorkspace(message)
    with _left_usable(book.app), book.app.properties(screen_updating=False):
        return ActionResult(message=mark_form.check(book))


def _workspace_of(book: xw.Book) -> Workspace:
    """The workspace of the open master; raises NotAWorkspace where it lies in none."""
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
def _left_usable(app: xw.App) -> Generator[None]:
    """Leave *app* usable after the block, whatever happened in it or in an earlier click.

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


def _progress_teller(app: xw.App, caption: str) -> "Tell":
    """A function that shows the progress of the button *caption* in the status bar."""

    def tell(what: str, done: int, of: int) -> None:
        app.status_bar = f"{caption}：{what} {done}/{of}" if of else f"{caption}：{what}"

    tell("开始", 0, 0)
    return tell


def _show(app: xw.App | None, message: str, *, mode: str = "info") -> None:
    """Show *message* in *app*; where that fails, in a window of the system, and log the reason."""
    if app is None:
        message_window.show(message)
        return
    try:
        app.alert(message, message_window.TITLE, mode=mode)
    except Exception as error:  # noqa: BLE001 - nobody else catches it
        with suppress(Exception):  # UNO's own errors take no notes
            error.add_note(message)
        crash_log.crash_sentence(error)
        message_window.show(message)

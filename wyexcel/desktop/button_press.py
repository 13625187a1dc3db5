"""A button's way in where the spreadsheet program runs no Python: the macro's Shell calls it."""

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from wyexcel import terminal
from wyexcel.desktop import message_window, quick_xlwings
from wyexcel.desktop.libreoffice import connect, office_pipe, uno
from wyexcel.errors import NotDone, WyexcelError
from wyexcel.files import crash_log
from wyexcel.master import buttons
from wyexcel.terminal import FAILED

_OFTEN: Final = 0.0001
"""How soon, in seconds, an answer of LibreOffice is heard while this process is busy itself."""
_PATIENCE: Final = 30.0
"""How many seconds LibreOffice may take to answer at all."""


def ring(action: str) -> None:
    """Do what the button *action* says in the workbook that is in front in LibreOffice.

    Raises WyexcelError where no LibreOffice can be reached; whoever clicked sees no terminal, so
    a window says so too. Raises NotDone with what the program has already shown.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_OFTEN)
    try:
        refused = _pressed(action)
    except WyexcelError as error:
        _show(str(error))
        raise
    except Exception as error:
        sentence = crash_log.crash_sentence(error)
        _show(sentence)
        raise NotDone(sentence) from error
    finally:
        sys.setswitchinterval(usual)
    if refused:
        raise NotDone(refused)


def _pressed(action: str) -> str:
    """What *action* could not do in the workbook that is in front behind the door, else ""."""
    silence = threading.Timer(_PATIENCE, _give_up)
    silence.daemon = True
    silence.start()
    try:
        return _done(action, silence)
    finally:
        silence.cancel()


def _done(action: str, silence: threading.Timer) -> str:
    """Do *action*; once LibreOffice has answered, there is no *silence* to end."""
    with connect.reached(office_pipe.known(), _opened, Wish(action)) as reached:
        silence.cancel()
        with quick_xlwings.loading():
            from wyexcel.desktop.addin import click  # noqa: PLC0415 - while LibreOffice saves a copy
            from wyexcel.desktop.libreoffice import session, warm_up  # noqa: PLC0415 - likewise
        if reached.look is not None and reached.look.copy is not None:
            warm_up.learn()
        with session.connected(reached) as engine:
            return click.pressed(action, session.front(engine))


def _give_up() -> None:
    """Say that LibreOffice does not answer, and end: whoever waits for it cannot be told."""
    terminal.complain(uno.NO_ANSWER)
    _show(uno.NO_ANSWER)
    os._exit(FAILED)


def _opened() -> office_pipe.Door:
    """Where LibreOffice listens, asked to."""
    from wyexcel.desktop.libreoffice import listen  # noqa: PLC0415 - for its first click alone

    return listen.opened()


class Wish(NamedTuple):
    """What the click on the button *action* will want to know of a workbook."""

    action: str

    def sheets(self, names: Sequence[str]) -> Sequence[str]:
        """Which of the sheets *names* it will read."""
        return buttons.read_by_clicks(names)

    def spare(self, names: Sequence[str], file: Path) -> Path | None:
        """Where a copy of the workbook *file* is kept if this changes it."""
        return buttons.spare(self.action, names, file)


def _show(sentence: str) -> None:
    """Show *sentence* in a window to who sees no terminal."""
    if not sys.stderr.isatty():
        message_window.show(sentence)

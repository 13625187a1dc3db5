"""A button pressed in LibreOffice, which runs no Python itself: the macro's Shell calls this."""

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
from wyexcel.terminal import EXIT_FAILED

_SWITCH_INTERVAL: Final = 0.0001
"""For how many seconds at most an answer of LibreOffice waits while this process is busy itself."""
_PATIENCE: Final = 30.0
"""How many seconds LibreOffice may take to answer at all."""


def press(action: str) -> None:
    """Do what the button *action* says in the workbook that is in front in LibreOffice.

    Raises WyexcelError where no LibreOffice can be reached; whoever clicked sees no terminal, so a
    window says so too. Raises NotDone with the message that LibreOffice has already shown.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_INTERVAL)
    try:
        refusal = _perform_in_time(action)
    except WyexcelError as error:
        _show(str(error))
        raise
    except Exception as error:
        sentence = crash_log.crash_sentence(error)
        _show(sentence)
        raise NotDone(sentence) from error
    finally:
        sys.setswitchinterval(usual)
    if refusal:
        raise NotDone(refusal)


def _perform_in_time(action: str) -> str:
    """The message why *action* was refused, else ""; a LibreOffice that never answers ends it."""
    watchdog = threading.Timer(_PATIENCE, _give_up)
    watchdog.daemon = True
    watchdog.start()
    try:
        return _perform(action, watchdog)
    finally:
        watchdog.cancel()


def _perform(action: str, watchdog: threading.Timer) -> str:
    """Do *action* and return why it was refused, else ""; *watchdog* ends when there is an answer.

    The imports are slow, and so are made while LibreOffice saves a copy.
    """
    pipe, needs = office_pipe.remembered(), ButtonNeeds(action)
    with connect.open_connection(pipe, _start_listening, needs) as connection:
        watchdog.cancel()
        with quick_xlwings.loading():
            from wyexcel.desktop.addin import click  # noqa: PLC0415 - as said above
            from wyexcel.desktop.libreoffice import session, warm_up  # noqa: PLC0415 - likewise
        if connection.snapshot is not None and connection.snapshot.copy is not None:
            warm_up.look_up_interfaces()
        with session.active_engine(connection) as engine:
            return click.perform(action, session.book_in_front(engine))


def _give_up() -> None:
    """Say that LibreOffice does not answer, and end the process: its main thread waits for ever."""
    terminal.say_error(uno.NO_ANSWER)
    _show(uno.NO_ANSWER)
    os._exit(EXIT_FAILED)


def _start_listening() -> office_pipe.OfficePipe:
    """Make LibreOffice listen; return its pipe."""
    from wyexcel.desktop.libreoffice import listen  # noqa: PLC0415 - for its first click alone

    return listen.start_listening()


class ButtonNeeds(NamedTuple):
    """What a click on the button *action* needs of the workbook in front (`connect.ClickNeeds`)."""

    action: str

    def sheets_to_read(self, names: Sequence[str]) -> Sequence[str]:
        """Which of the sheets *names* it reads."""
        return buttons.read_by_clicks(names)

    def copy_folder(self, names: Sequence[str], file: Path) -> Path | None:
        """Where a copy of the workbook *file* is kept if the click changes it."""
        return buttons.copies_before(self.action, names, file)


def _show(sentence: str) -> None:
    """Show *sentence* in a window to who sees no terminal."""
    if not sys.stderr.isatty():
        message_window.show(sentence)

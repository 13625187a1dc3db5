"""The engine and its one application: messages, status bar and settings."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final

from xlwings import base_classes as bc

from wyexcel.desktop.libreoffice import NAME, column_widths
from wyexcel.desktop.libreoffice.background_call import BackgroundCall
from wyexcel.desktop.libreoffice.books import Book, Books
from wyexcel.desktop.libreoffice.connect import Connection
from wyexcel.desktop.libreoffice.owners import OwningBook
from wyexcel.desktop.libreoffice.uno import RunningOffice, enum
from wyexcel.desktop.libreoffice.values import Matrix, for_xlwings

_UNNOTICED: Final = 1.0
"""Work of so many seconds is done before anybody has read in the status bar what is done."""

_BUTTONS: Final = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
_PRESSED: Final = ("cancel", "ok", "yes", "no")


class Engine:
    """What xlwings asks of an engine."""

    name = NAME
    type = "desktop"

    def __init__(self, connection: Connection) -> None:
        """Drive the LibreOffice of *connection*."""
        self.office = connection.office
        self.pipe = connection.pipe
        self.snapshot = connection.snapshot
        self.apps = Apps(self)

    @staticmethod
    def clean_value_data(
        data: Matrix,
        as_date: Callable[..., Any],
        empty: Any,
        as_number: Callable[[float], Any] | None,
        _errors_as_text: bool,  # noqa: FBT001 - xlwings calls it so; Calc gives errors as text
    ) -> list[list[Any]]:
        """*data* converted as the reader asked for it."""
        return for_xlwings(data, as_date, empty, as_number)

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: Any) -> Any:
        """*value* unchanged: the range converts it to what Calc takes."""
        return value


class Apps(bc.Apps):
    """The one LibreOffice that a user runs."""

    def __init__(self, engine: Engine) -> None:
        """There is always exactly one."""
        self._app = App(engine)

    def keys(self) -> list[int]:
        """The process numbers by which xlwings finds an application."""
        return [self._app.pid]

    def __iter__(self) -> Iterator["App"]:
        yield self._app

    def __len__(self) -> int:
        return 1

    def __getitem__(self, _pid: int) -> "App":
        return self._app


class App(bc.App):
    """LibreOffice: its open books, and the settings that a button changes for a while."""

    def __init__(self, engine: Engine) -> None:
        """Nothing is changed yet."""
        self._engine = engine
        self._alerts = True
        self._events = True
        self._locked: Any = None
        self.snapshot = engine.snapshot
        self._clicked = Book(self, engine.snapshot.document) if engine.snapshot else None
        copy = engine.snapshot.copy if engine.snapshot else None
        self.saving: BackgroundCall | None = copy.saving if copy else None
        self._status_bar: str | bool = False
        self._status_since = 0.0
        self._indicator: Any = None

    @property
    def engine(self) -> Engine:
        """The engine it belongs to."""
        return self._engine

    @property
    def office(self) -> RunningOffice:
        """The LibreOffice itself."""
        return self._engine.office

    def digit_width(self, book: OwningBook) -> float:
        """How wide a digit of the Normal font is in the window of *book* (1/100 mm), asked once."""
        if not self._engine.pipe.digit_width:
            width = column_widths.digit_width(book.window)
            self._engine.pipe = self._engine.pipe._replace(digit_width=width)
        return self._engine.pipe.digit_width

    def forget_click(self) -> None:
        """Drop what is known of the workbook whose button was clicked: it was loaded again."""
        self.snapshot = self._clicked = None

    @property
    def api(self) -> Any:
        """The desktop."""
        return self.office.desktop

    @property
    def pid(self) -> int:
        """A number by which xlwings knows this application."""
        return os.getpid()

    @property
    def version(self) -> str:
        """Not a version of Excel."""
        return NAME

    @property
    def books(self) -> Books:
        """The open workbooks."""
        return Books(self, self._clicked)

    @property
    def visible(self) -> bool:
        """Whether its window is shown."""
        return bool(self._window().isVisible())

    @visible.setter
    def visible(self, visible: bool) -> None:
        self._window().setVisible(visible)

    def activate(self, steal_focus: bool = False) -> None:  # noqa: FBT001, FBT002 - xlwings' own
        """Bring the active book's window to the front."""
        if steal_focus:
            self._window().toFront()

    def _wait_for_copy(self) -> None:
        """Wait until no copy is being saved: LibreOffice answers nothing meanwhile."""
        if self.saving is not None:
            self.saving.join()

    def _book(self) -> Book:
        """The workbook whose button was clicked; where that is not known, the one in front."""
        self._wait_for_copy()
        return self._clicked or self.books.active

    def _document(self) -> Any:
        """Calc's own document of that workbook."""
        return self._book().api

    def _window(self) -> Any:
        """The window of that workbook; where it was closed, the one in front."""
        with suppress(Exception):  # UNO's own have no base of their own
            if window := self._book().window:
                return window
        return self.api.getCurrentFrame().getContainerWindow()

    @property
    def screen_updating(self) -> bool:
        """Whether what is written is drawn at once."""
        return not self._document().isActionLocked()

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        document = self._locked or self._document()
        if value:
            document.resetActionLocks()
        elif not document.isActionLocked():
            document.addActionLock()
        self._locked = None if value else document

    @property
    def display_alerts(self) -> bool:
        """Nothing that this engine does asks back; the value is kept for who reads it."""
        return self._alerts

    @display_alerts.setter
    def display_alerts(self, value: bool) -> None:
        self._alerts = value

    @property
    def enable_events(self) -> bool:
        """No workbook of ours waits for events; the value is kept for who reads it."""
        return self._events

    @enable_events.setter
    def enable_events(self, value: bool) -> None:
        self._events = value

    @property
    def calculation(self) -> str:
        """`automatic` or `manual`."""
        automatic = self._document().isAutomaticCalculationEnabled()
        return "automatic" if automatic else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        self._document().enableAutomaticCalculation(value == "automatic")

    @property
    def status_bar(self) -> str | bool:
        """What stands in the status bar, False where it is Calc's own."""
        return self._status_bar

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        if self._status_bar is False:
            self._status_since = time.monotonic()
        self._status_bar = value
        if value is False:
            if self._indicator is not None:
                self._indicator.end()
            self._indicator = None
        elif self._would_be_read():
            self._show(str(value))

    def _would_be_read(self) -> bool:
        """Whether somebody can read what is shown now: not at once, nor while a copy is saved."""
        draws = self.saving is None or not self.saving.is_running
        return draws and time.monotonic() - self._status_since > _UNNOTICED

    def _show(self, words: str) -> None:
        if self._indicator is None:
            self._indicator = self._book().frame.createStatusIndicator()
            self._indicator.start(words, 1)
        else:
            self._indicator.setText(words)

    def alert(
        self,
        prompt: str,
        title: str | None,
        buttons: str | None,
        mode: str | None,
        callback: str | None,  # noqa: ARG002 - xlwings Server's alone
    ) -> str:
        """Show a message and return the button that was pressed."""
        kind = "ERRORBOX" if mode == "critical" else "INFOBOX"
        # a toolkit of our own: at the one that it draws with, LibreOffice can wait for itself
        box = self.office.make("awt.Toolkit").createMessageBox(
            self._window(),
            enum("awt.MessageBoxType", kind if buttons in {None, "ok"} else "QUERYBOX"),
            _BUTTONS[buttons or "ok"],
            title or "",
            prompt,
        )
        pressed: int = box.execute()
        return _PRESSED[pressed]

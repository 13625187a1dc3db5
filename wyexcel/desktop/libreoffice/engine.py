"""The engine, its one application, and what the application says and is set to."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final

from xlwings import base_classes as bc

from wyexcel.desktop.libreoffice import NAME, column_widths
from wyexcel.desktop.libreoffice.background_call import Aside
from wyexcel.desktop.libreoffice.books import Book, Books
from wyexcel.desktop.libreoffice.connect import Reached
from wyexcel.desktop.libreoffice.uno import enum
from wyexcel.desktop.libreoffice.values import Matrix, cleaned

_UNNOTICED: Final = 1.0
"""Work of so many seconds is done before anybody has read in the status bar what is done."""

_BUTTONS: Final = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
_PRESSED: Final = ("cancel", "ok", "yes", "no")


class Engine:
    """What xlwings asks of an engine."""

    name = NAME
    type = "desktop"

    def __init__(self, reached: Reached) -> None:
        """Drive the LibreOffice that was *reached*."""
        self.office = reached.office
        self.door = reached.door
        self.look = reached.look
        self.apps = Apps(self)

    @staticmethod
    def clean_value_data(
        data: Matrix,
        as_date: Callable[..., Any],
        empty: Any,
        as_number: Callable[[float], Any] | None,
        _errors_as_text: bool,  # noqa: FBT001 - xlwings calls it so; Calc gives errors as text
    ) -> list[list[Any]]:
        """*data* as the reader asked for it."""
        return cleaned(data, as_date, empty, as_number)

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: Any) -> Any:
        """*value* as it is written: the area knows what Calc takes."""
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
        self.clicked = Book(self, engine.look.document) if engine.look else None
        self._bar: str | bool = False
        self._since = 0.0
        self.look = engine.look
        copy = engine.look.copy if engine.look else None
        self.busy: Aside | None = copy.saving if copy else None
        self._indicator: Any = None

    @property
    def engine(self) -> Engine:
        """The engine it belongs to."""
        return self._engine

    def digit(self, window: Callable[[], Any]) -> float:
        """How wide a digit of the Normal font is to a *window* (1/100 mm), asked for once."""
        if not self._engine.door.digit:
            digit = column_widths.digit(window())
            self._engine.door = self._engine.door._replace(digit=digit)
        return self._engine.door.digit

    @property
    def api(self) -> Any:
        """The desktop."""
        return self._engine.office.desktop

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
        return Books(self)

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

    def _wait(self) -> None:
        """Ask nothing while a copy is saved."""
        if self.busy is not None:
            self.busy.end()

    def _book(self) -> Book:
        """The workbook in front when the click began, as long as it lasts."""
        self._wait()
        return self.clicked or self.books.active

    def _document(self) -> Any:
        """That workbook, Calc's own."""
        return self._book().api

    def _window(self) -> Any:
        """Its window, the one that the person looks at; where it was closed, the one in front."""
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
        return self._bar

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        if self._bar is False:
            self._since = time.monotonic()
        self._bar = value
        if value is False:
            if self._indicator is not None:
                self._indicator.end()
            self._indicator = None
        elif self._is_seen():
            self._show(str(value))

    def _is_seen(self) -> bool:
        """Whether somebody can read what is shown now: not at once, nor while a copy is saved."""
        draws = self.busy is None or not self.busy.lasts
        return draws and time.monotonic() - self._since > _UNNOTICED

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
        box = self._engine.office.make("awt.Toolkit").createMessageBox(
            self._window(),
            enum("awt.MessageBoxType", kind if buttons in {None, "ok"} else "QUERYBOX"),
            _BUTTONS[buttons or "ok"],
            title or "",
            prompt,
        )
        pressed: int = box.execute()
        return _PRESSED[pressed]

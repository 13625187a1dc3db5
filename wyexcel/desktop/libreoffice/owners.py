"""What a part of the engine uses of the part that it belongs to.

A range belongs to a sheet, a sheet to a book, a book to the application. Each module imports the
parts that it makes and knows its owner by these protocols alone, so that no two import each other.
"""

from typing import Any, Protocol

from wyexcel.desktop.libreoffice.background_call import BackgroundCall
from wyexcel.desktop.libreoffice.connect import Snapshot
from wyexcel.desktop.libreoffice.rectangle import Rectangle
from wyexcel.desktop.libreoffice.uno import RunningOffice


class OwningApp(Protocol):
    """The application that a book is open in."""

    snapshot: Snapshot | None
    saving: BackgroundCall | None

    @property
    def api(self) -> Any:
        """Calc's desktop."""
        ...

    @property
    def office(self) -> RunningOffice:
        """The LibreOffice itself."""
        ...

    def digit_width(self, book: "OwningBook") -> float:
        """How wide a digit of the Normal font is in the window of *book*, in 1/100 mm."""
        ...

    def forget_click(self) -> None:
        """Drop what is known of the workbook whose button was clicked."""
        ...


class OwningBook(Protocol):
    """The book that a sheet belongs to."""

    @property
    def api(self) -> Any:
        """Calc's document."""
        ...

    @property
    def calc_sheets(self) -> Any:
        """Calc's sheets."""
        ...

    @property
    def controller(self) -> Any:
        """Calc's view of the document."""
        ...

    @property
    def window(self) -> Any:
        """The window that shows it."""
        ...

    @property
    def digit_width(self) -> float:
        """How wide a digit of its Normal font is, in 1/100 mm."""
        ...


class OwningSheet(Protocol):
    """The sheet that a range belongs to."""

    @property
    def api(self) -> Any:
        """Calc's sheet."""
        ...

    @property
    def book(self) -> OwningBook:
        """The book it belongs to."""
        ...

    @property
    def name(self) -> str:
        """What its tab says."""
        ...

    def shared_range(self, rectangle: Rectangle) -> Any:
        """Calc's range at *rectangle*, valid until the next one is asked for."""
        ...

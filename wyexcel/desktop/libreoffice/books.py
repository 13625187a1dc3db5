"""Open workbooks."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xlwings import NoSuchObjectError
from xlwings import base_classes as bc

from wyexcel.desktop.libreoffice import backup_copy, bulk_values
from wyexcel.desktop.libreoffice.backup_copy import Copy
from wyexcel.desktop.libreoffice.bulk_values import Block
from wyexcel.desktop.libreoffice.connect import Look
from wyexcel.desktop.libreoffice.ranges import Range
from wyexcel.desktop.libreoffice.rectangle import Place
from wyexcel.desktop.libreoffice.sheets import Sheets
from wyexcel.desktop.libreoffice.uno import file_of, options, uno
from wyexcel.errors import WyexcelError
from wyexcel.files import disk

if TYPE_CHECKING:
    from wyexcel.desktop.libreoffice.engine import App

_SHEETS: Final = "com.sun.star.sheet.SpreadsheetDocument"
_MACROS_AS_SET: Final = 3
"""com.sun.star.document.MacroExecMode.USE_CONFIG: as the user's own settings say."""
_MACROS_AS_BEFORE: Final = 6
"""USE_CONFIG_APPROVE_CONFIRMATION: as the settings say; what was asked once is not asked again."""


class Books(bc.Books):
    """The open workbooks."""

    def __init__(self, app: "App") -> None:
        """Those of *app*."""
        self.app = app

    @property
    def api(self) -> Any:
        """The desktop."""
        return self.app.api

    def _documents(self) -> list[Any]:
        components = self.api.getComponents().createEnumeration()
        found: list[Any] = []
        while components.hasMoreElements():
            component = components.nextElement()
            if _is_workbook(component):
                found.append(component)
        return found

    @property
    def active(self) -> "Book":
        """The workbook in front; where another window is, the first that is open."""
        look, clicked = self.app.look, self.app.clicked
        if clicked is not None and look is not None and look.is_fresh:
            return clicked
        front = self.api.getCurrentComponent()
        if front is not None and _is_workbook(front):
            return Book(self.app, front)
        for document in self._documents():
            return Book(self.app, document)
        message = "No workbook is open."
        raise NoSuchObjectError(message)

    def __call__(self, name_or_index: int | str) -> "Book":
        """The workbook of that name or number."""
        if isinstance(name_or_index, int):
            return Book(self.app, self._documents()[name_or_index - 1])
        for book in self:
            if book.name.casefold() == name_or_index.casefold():
                return book
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._documents())

    def __iter__(self) -> Iterator["Book"]:
        return (Book(self.app, document) for document in self._documents())

    def open(self, fullname: str, *_: Any, **__: Any) -> "Book":
        """The workbook at *fullname*, opened with its macros as the user's settings say."""
        location = uno().systemPathToFileUrl(fullname)
        how = options(MacroExecutionMode=_MACROS_AS_SET)
        return Book(self.app, self.api.loadComponentFromURL(location, "_blank", 0, how))


class Book(bc.Book):
    """One open workbook."""

    def __init__(self, app: "App", document: Any) -> None:
        """The workbook *document* of *app*."""
        self._app = app
        self._found(document)

    def _found(self, document: Any) -> None:
        """Be the workbook *document*; what is asked of it often is asked once."""
        self._document = document
        self._controller: Any = None
        self._frame: Any = None
        self._sheets: Any = None

    @property
    def app(self) -> "App":
        """Where it is open."""
        return self._app

    @property
    def api(self) -> Any:
        """Calc's own document."""
        return self._document

    @property
    def controller(self) -> Any:
        """Calc's own view of it."""
        if self._controller is None:
            self._controller = self._document.getCurrentController()
        return self._controller

    @property
    def frame(self) -> Any:
        """Calc's own window."""
        if self._frame is None:
            self._frame = self.controller.getFrame()
        return self._frame

    @property
    def window(self) -> Any:
        """What of it messages stand over."""
        return self.frame.getContainerWindow()

    @property
    def own_sheets(self) -> Any:
        """Calc's own sheets."""
        if self._sheets is None:
            self._sheets = self._document.Sheets
        return self._sheets

    @property
    def fullname(self) -> str:
        """Where it lies; its title where it was never saved."""
        if look := self._look():
            return str(look.file)
        return str(file_of(self._document) or self._document.getTitle())

    @property
    def name(self) -> str:
        """The name of its file."""
        return Path(self.fullname).name

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    def _look(self) -> Look | None:
        """What was seen of it before the click began, where it is still as it was."""
        look = self._app.look
        is_it = look is not None and look.document is self._document and look.is_fresh
        return look if is_it else None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its sheets."""
        look = self._look()
        return look.names if look else tuple(self.own_sheets.getElementNames())

    def blocks(self, names: Iterable[str]) -> dict[str, Block]:
        """What stands on the sheets *names*, each from A1 on, in a few questions to Calc."""
        wanted = list(names)
        look = self._look()
        if look and look.sheets.keys() >= set(wanted):
            return {name: look.sheets[name] for name in wanted}
        return bulk_values.read(self._document, self.own_sheets, wanted, self._reckoned)

    def _reckoned(self, name: str, place: Place) -> Block:
        """What stands at *place* on the sheet *name*, with errors as they are shown."""
        return Range(self.sheets(name), place).raw_value

    @property
    def digit(self) -> float:
        """How wide a digit of its default font is, in 1/100 mm: the measure of its columns."""
        return self._app.digit(lambda: self.window)

    def activate(self) -> None:
        """Bring its window to the front."""
        self.frame.activate()

    def close(self) -> None:
        """Close it; what was not saved is lost."""
        self._document.setModified(False)
        self._document.close(True)  # noqa: FBT003 - UNO knows no keywords

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save it where it lies, or under *path* from now on."""
        if password:
            raise NotImplementedError
        if path is None:
            self._document.store()
        else:
            kind = backup_copy.kind(Path(path).suffix)
            self._document.storeAsURL(uno().systemPathToFileUrl(path), kind)

    def save_copy(self, path: str) -> None:
        """Save it as it is now at *path*, and leave it where it lies (Excel's SaveCopyAs)."""
        if self._document.isModified() or not self._document.getURL():
            backup_copy.save(self._document, Path(path), Path(path).suffix)
        else:
            disk.copy(Path(self.fullname), Path(path))

    def copying(self, path: Path) -> tuple[Callable[[], None], Callable[[], None]]:
        """Begin to save a copy at *path*; what comes back has it there, or has it not made.

        What a person typed in the meantime is in it too: a copy that is no longer fresh by then
        is made again.
        """
        look = self._look()
        copy = look.copy if look else None
        if copy is None:
            copy = Copy(path, lambda file: self.save_copy(str(file)))
        self._app.busy = copy.saving

        def keep() -> None:
            self._app.look = None  # from now on it will be changed
            kept = False
            with suppress(WyexcelError, OSError):
                kept = copy.put(path)
            if not kept:
                self.save_copy(str(path))

        return keep, copy.drop

    def reload(self) -> None:
        """Show the file as it lies on the disk now, in the same window; what was typed is lost."""
        document, frame = self._document, self.frame
        location = document.getURL()
        document.setModified(False)
        how = options(MacroExecutionMode=_MACROS_AS_BEFORE)
        self._found(frame.loadComponentFromURL(location, "_self", 0, how))
        self._app.look = self._app.clicked = None

    def preview(self) -> None:
        """Show the sheet in front as it will be printed."""
        helper = self._app.engine.office.make("frame.DispatchHelper")
        helper.executeDispatch(self.frame, ".uno:PrintPreview", "", 0, ())


def _is_workbook(component: Any) -> bool:
    return hasattr(component, "supportsService") and bool(component.supportsService(_SHEETS))

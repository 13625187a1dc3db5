"""Open workbooks."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from xlwings import NoSuchObjectError
from xlwings import base_classes as bc

from wyexcel.desktop.libreoffice import bulk_values, save_copy
from wyexcel.desktop.libreoffice.bulk_values import SheetValues
from wyexcel.desktop.libreoffice.connect import Snapshot
from wyexcel.desktop.libreoffice.owners import OwningApp
from wyexcel.desktop.libreoffice.ranges import Range
from wyexcel.desktop.libreoffice.rectangle import Rectangle
from wyexcel.desktop.libreoffice.save_copy import CopyInProgress
from wyexcel.desktop.libreoffice.sheets import Sheets
from wyexcel.desktop.libreoffice.uno import file_of, options, uno
from wyexcel.errors import WyexcelError
from wyexcel.files import disk

_SHEETS: Final = "com.sun.star.sheet.SpreadsheetDocument"
_MACROS_AS_SET: Final = 3
"""com.sun.star.document.MacroExecMode.USE_CONFIG: as the user's own settings say."""
_MACROS_AS_BEFORE: Final = 6
"""USE_CONFIG_APPROVE_CONFIRMATION: as the settings say; what was asked once is not asked again."""


class Books(bc.Books):
    """The open workbooks."""

    def __init__(self, app: OwningApp, clicked: "Book | None") -> None:
        """Those of *app*; *clicked* is the one whose button was clicked, where that is known."""
        self.app = app
        self._clicked = clicked

    @property
    def api(self) -> Any:
        """The desktop."""
        return self.app.api

    def _documents(self) -> list[Any]:
        components = self.api.getComponents().createEnumeration()
        documents: list[Any] = []
        while components.hasMoreElements():
            component = components.nextElement()
            if _is_workbook(component):
                documents.append(component)
        return documents

    @property
    def active(self) -> "Book":
        """The workbook in front; where another window is, the first that is open."""
        snapshot = self.app.snapshot
        if self._clicked is not None and snapshot is not None and snapshot.is_fresh:
            return self._clicked
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

    def __init__(self, app: OwningApp, document: Any) -> None:
        """The workbook *document* of *app*."""
        self._app = app
        self._attach(document)

    def _attach(self, document: Any) -> None:
        """Stand for *document* from now on; its view, frame and sheets are asked for once."""
        self._document = document
        self._controller: Any = None
        self._frame: Any = None
        self._sheets: Any = None

    @property
    def app(self) -> OwningApp:
        """The application that it is open in."""
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
        """The window that shows it; messages stand over that."""
        return self.frame.getContainerWindow()

    @property
    def calc_sheets(self) -> Any:
        """Calc's own sheets."""
        if self._sheets is None:
            self._sheets = self._document.Sheets
        return self._sheets

    @property
    def fullname(self) -> str:
        """Where it lies; its title where it was never saved."""
        if snapshot := self._snapshot():
            return str(snapshot.file)
        return str(file_of(self._document) or self._document.getTitle())

    @property
    def name(self) -> str:
        """The name of its file."""
        return Path(self.fullname).name

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    def _snapshot(self) -> Snapshot | None:
        """The snapshot taken of it at the start of the click, while that is fresh."""
        snapshot = self._app.snapshot
        if snapshot is None or snapshot.document is not self._document or not snapshot.is_fresh:
            return None
        return snapshot

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its sheets."""
        snapshot = self._snapshot()
        return snapshot.names if snapshot else tuple(self.calc_sheets.getElementNames())

    def sheet_values(self, names: Iterable[str]) -> dict[str, SheetValues]:
        """The values of the sheets *names*, by name, each from A1 on; in a few calls to Calc."""
        names = list(names)
        snapshot = self._snapshot()
        if snapshot and snapshot.sheets.keys() >= set(names):
            return {name: snapshot.sheets[name] for name in names}
        return bulk_values.read(self._document, self.calc_sheets, names, self._read_formulas)

    def _read_formulas(self, name: str, rectangle: Rectangle) -> SheetValues:
        """The values at *rectangle* on the sheet *name*, with errors as they are shown."""
        return Range(self.sheets(name), rectangle).raw_value

    @property
    def digit_width(self) -> float:
        """How wide a digit of its default font is, in 1/100 mm: the measure of its columns."""
        return self._app.digit_width(self)

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
            how = save_copy.save_options(Path(path).suffix)
            self._document.storeAsURL(uno().systemPathToFileUrl(path), how)

    def save_copy(self, path: str) -> None:
        """Save it as it is now at *path*, and leave it where it lies (Excel's SaveCopyAs)."""
        if self._document.isModified() or not self._document.getURL():
            save_copy.save(self._document, Path(path), Path(path).suffix)
        else:
            disk.copy(Path(self.fullname), Path(path))

    def begin_copy(self, path: Path) -> tuple[Callable[[], None], Callable[[], None]]:
        """Begin to save a copy for *path*; return two functions, to keep it and to discard it.

        The first waits until the copy is at *path*. Where it took so long that a person may have
        typed something meanwhile, it saves another one.
        """
        snapshot = self._snapshot()
        copy = snapshot.copy if snapshot else None
        if copy is None:
            copy = CopyInProgress(path, lambda file: self.save_copy(str(file)))
        self._app.saving = copy.saving

        def keep() -> None:
            self._app.snapshot = None  # from now on the workbook will be changed
            is_there = False
            with suppress(WyexcelError, OSError):
                is_there = copy.finish_at(path)
            if not is_there:
                self.save_copy(str(path))

        return keep, copy.discard

    def reload(self) -> None:
        """Load the file from the disk again, in the same window; unsaved changes are lost."""
        document, frame = self._document, self.frame
        location = document.getURL()
        document.setModified(False)
        how = options(MacroExecutionMode=_MACROS_AS_BEFORE)
        self._attach(frame.loadComponentFromURL(location, "_self", 0, how))
        self._app.forget_click()

    def preview(self) -> None:
        """Open the print preview of the sheet in front."""
        helper = self._app.office.make("frame.DispatchHelper")
        helper.executeDispatch(self.frame, ".uno:PrintPreview", "", 0, ())


def _is_workbook(component: Any) -> bool:
    return hasattr(component, "supportsService") and bool(component.supportsService(_SHEETS))

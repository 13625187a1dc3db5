"""Open workbooks."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xlwings import NoSuchObjectError
from xlwings import base_classes as bc

from wyexcel import disk, lost_buttons
from wyexcel.errors import CannotWrite
from wyexcel.libreoffice import blocks, measures
from wyexcel.libreoffice.ahead import FRESH
from wyexcel.libreoffice.aside import Aside
from wyexcel.libreoffice.blocks import Block
from wyexcel.libreoffice.bridge import options, uno
from wyexcel.libreoffice.place import Place
from wyexcel.libreoffice.ranges import Range
from wyexcel.libreoffice.sheets import Sheets

if TYPE_CHECKING:
    from wyexcel.libreoffice.engine import App

_SHEETS: Final = "com.sun.star.sheet.SpreadsheetDocument"
_FILTERS: Final = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".ods": "calc8",
}
_UNSAVED: Final = "LibreOffice 不能把“{}”另存到“{}”。请检查磁盘空间和文件夹权限，再点一次。"
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
        self._document = document
        self._digit: float | None = None

    @property
    def app(self) -> "App":
        """Where it is open."""
        return self._app

    @property
    def api(self) -> Any:
        """Calc's own document."""
        return self._document

    @property
    def fullname(self) -> str:
        """Where it lies; its title where it was never saved."""
        location = self._document.getURL()
        if not location:
            return str(self._document.getTitle())
        return str(uno().fileUrlToSystemPath(location))

    @property
    def name(self) -> str:
        """The name of its file."""
        return Path(self.fullname).name

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    def blocks(self, names: Iterable[str]) -> dict[str, Block]:
        """What stands on the sheets *names*, each from A1 on, in a few questions to Calc."""
        wanted = list(names)
        ahead, self._app.ahead = self._app.ahead, None
        if ahead is not None and ahead.holds(self._document, wanted):
            return {name: ahead.sheets[name] for name in wanted}
        return blocks.read(self._document, wanted, self._reckoned)

    def _reckoned(self, name: str, place: Place) -> Block:
        """What stands at *place* on the sheet *name*, with errors as they are shown."""
        return Range(self.sheets(name), place).raw_value

    @property
    def digit(self) -> float:
        """How wide a digit of its default font is, in 1/100 mm: the measure of its columns."""
        if self._digit is None:
            self._digit = measures.digit(self._document)
        return self._digit

    def activate(self) -> None:
        """Bring its window to the front."""
        self._document.getCurrentController().getFrame().activate()

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
            self._document.storeAsURL(uno().systemPathToFileUrl(path), _as(path))

    def save_copy(self, path: str) -> None:
        """Save it as it is now at *path*, and leave it where it lies (Excel's SaveCopyAs)."""
        if self._document.isModified() or not self._document.getURL():
            self._store(Path(path))
        else:
            disk.copy(Path(self.fullname), Path(path))

    def _store(self, path: Path) -> None:
        """Save it at *path* with its buttons, whole or not at all."""
        saved = disk.beside(path)
        try:
            self._save(saved, _as(str(path)))
            whole = lost_buttons.mended(saved.read_bytes())
        finally:
            with suppress(OSError):
                saved.unlink(missing_ok=True)
        disk.write(path, lambda file: file.write(whole))

    def _save(self, path: Path, how: tuple[Any, ...]) -> None:
        try:
            self._document.storeToURL(uno().systemPathToFileUrl(str(path)), how)
        except Exception as error:  # UNO's own have no base of their own
            raise CannotWrite(_UNSAVED.format(self.name, path.parent)) from error

    def copying(self, path: Path) -> tuple[Callable[[], None], Callable[[], None]]:
        """Begin to save a copy at *path*; what comes back has it there, or has it not made.

        What a person typed in the meantime is in it too: a copy that is no longer fresh by then
        is made again.
        """
        begun = time.monotonic()
        copy = Aside(lambda: self.save_copy(str(path)))
        self._app.busy = copy

        def keep() -> None:
            copy.wait()
            if time.monotonic() - begun > FRESH:
                self.save_copy(str(path))

        return keep, copy.end

    def reload(self) -> None:
        """Show the file as it lies on the disk now, in the same window; what was typed is lost."""
        document, frame = self._document, self._document.getCurrentController().getFrame()
        location = document.getURL()
        document.setModified(False)
        how = options(MacroExecutionMode=_MACROS_AS_BEFORE)
        self._document = frame.loadComponentFromURL(location, "_self", 0, how)

    def preview(self) -> None:
        """Show the sheet in front as it will be printed."""
        frame = self._document.getCurrentController().getFrame()
        helper = self._app.engine.make("frame.DispatchHelper")
        helper.executeDispatch(frame, ".uno:PrintPreview", "", 0, ())


def _is_workbook(component: Any) -> bool:
    return hasattr(component, "supportsService") and bool(component.supportsService(_SHEETS))


def _as(path: str) -> tuple[Any, ...]:
    return options(FilterName=_FILTERS[Path(path).suffix.lower()], Overwrite=True)

"""A connection to LibreOffice, and a snapshot of the workbook in front, at the start of a click.

The snapshot holds what the click would ask LibreOffice anyway; where it fails, the click asks again
and reports the error. Saving a copy takes longest, and LibreOffice answers nothing else meanwhile.
So the copy is begun here as well: the rest of the program is imported while it is saved, and until
it is there the click works with the values of the snapshot.
"""

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from wyexcel.desktop.libreoffice import bulk_values, save_copy, uno
from wyexcel.desktop.libreoffice.background_call import FRESH
from wyexcel.desktop.libreoffice.bulk_values import SheetValues
from wyexcel.desktop.libreoffice.office_pipe import OfficePipe
from wyexcel.desktop.libreoffice.rectangle import Rectangle
from wyexcel.desktop.libreoffice.save_copy import CopyInProgress
from wyexcel.desktop.libreoffice.uno import RunningOffice
from wyexcel.files import disk


class ClickNeeds(Protocol):
    """What a click needs of the workbook in front."""

    def sheets_to_read(self, names: Sequence[str]) -> Sequence[str]:
        """Which of its sheets *names* the click reads."""
        ...

    def copy_folder(self, names: Sequence[str], file: Path) -> Path | None:
        """The folder for a copy of the workbook *file* with sheets *names*; None: no copy."""
        ...


class Snapshot(NamedTuple):
    """The workbook in front as it was at `taken` (seconds of the monotonic clock).

    `document` is Calc's own, `names` are those of all its sheets, `sheets` the values of those that
    the click reads; `copy` is being saved, None where none is needed.
    """

    document: Any
    file: Path
    names: tuple[str, ...]
    sheets: dict[str, SheetValues]
    taken: float
    copy: CopyInProgress | None

    @property
    def is_fresh(self) -> bool:
        """Whether it is still true: nobody can type while a copy is saved, nor within a second."""
        saving = self.copy is not None and self.copy.saving.is_running
        return saving or time.monotonic() - self.taken < FRESH


class Connection(NamedTuple):
    """A running LibreOffice, the pipe at which it listens, and a snapshot of its workbook."""

    office: RunningOffice
    pipe: OfficePipe
    snapshot: Snapshot | None = None


@contextmanager
def open_connection(
    remembered: OfficePipe | None, start_listening: Callable[[], OfficePipe], needs: ClickNeeds
) -> Generator[Connection]:
    """A connection through the *remembered* pipe, else through the one of *start_listening*.

    Raises CannotRead where there is no LibreOffice. A copy that was begun and not used is deleted
    at the end of the block.
    """
    uno.uno()  # raises first: without this module no LibreOffice has to be bothered
    pipe, office = remembered, uno.office_at(remembered.address) if remembered else None
    if pipe is None or office is None:
        pipe = start_listening()
        office = uno.wait_for_office(pipe.address)
    snapshot: Snapshot | None = None
    with suppress(Exception):  # whatever it is, the click meets it again
        snapshot = _take_snapshot(office.desktop, needs)
    try:
        yield Connection(office, pipe, snapshot)
    finally:
        if snapshot is not None and snapshot.copy is not None:
            snapshot.copy.discard()


def _take_snapshot(desktop: Any, needs: ClickNeeds) -> Snapshot | None:
    """The snapshot; None where another click is writing, or the workbook was never saved."""
    taken = time.monotonic()
    document = desktop.getCurrentComponent()
    if document.isActionLocked():  # another click is writing there
        return None
    sheets = document.Sheets
    names = sheets.getElementNames()
    values = bulk_values.read(document, sheets, needs.sheets_to_read(names), _leave_formulas)
    file = uno.file_of(document)
    if file is None:
        return None
    folder = needs.copy_folder(names, file) if document.isModified() else None
    copy = None if folder is None else _begin_copy(document, file, folder)
    return Snapshot(document, file, names, values, taken, copy)


def _begin_copy(document: Any, file: Path, folder: Path) -> CopyInProgress:
    """Begin to save a copy of *document* at a temporary file in *folder*."""
    temporary = disk.temporary_name(folder / file.name)
    return CopyInProgress(temporary, lambda path: save_copy.save(document, path, file.suffix))


def _leave_formulas(name: str, _rectangle: Rectangle) -> SheetValues:
    """Give up: a sheet with formulas is left to the click, which asks for it cell by cell."""
    raise LookupError(name)

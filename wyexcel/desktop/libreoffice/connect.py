"""LibreOffice reached, and a look at the workbook in front, before the rest of a click is loaded.

What LibreOffice is asked here it would be asked in any case: where it does not answer as it should,
the click asks again, and says what there is to say. A copy takes the longest, and LibreOffice
answers nothing else while it saves one; so it is begun here too, the rest is loaded meanwhile, and
until the copy is there the click gets by with what was seen.
"""

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from wyexcel.desktop.libreoffice import backup_copy, bulk_values, uno
from wyexcel.desktop.libreoffice.background_call import FRESH
from wyexcel.desktop.libreoffice.backup_copy import Copy
from wyexcel.desktop.libreoffice.bulk_values import Block
from wyexcel.desktop.libreoffice.office_pipe import Door
from wyexcel.desktop.libreoffice.rectangle import Place
from wyexcel.desktop.libreoffice.uno import Office
from wyexcel.files import disk


class Wish(Protocol):
    """What a click will want to know of a workbook."""

    def sheets(self, names: Sequence[str]) -> Sequence[str]:
        """Which of its sheets *names* are to be read."""
        ...

    def spare(self, names: Sequence[str], file: Path) -> Path | None:
        """Where a copy of *file* may be saved before its sheets *names* are changed, None: not."""
        ...


class Look(NamedTuple):
    """What was seen of the workbook in front: Calc's own, its file, its sheets, what some say.

    `since` is when it was asked, by the clock that only goes forward; `copy` is on its way.
    """

    document: Any
    file: Path
    names: tuple[str, ...]
    sheets: dict[str, Block]
    since: float
    copy: Copy | None

    @property
    def is_fresh(self) -> bool:
        """Whether the workbook is now as it was then: nobody can type while a copy is saved."""
        saving = self.copy is not None and self.copy.saving.lasts
        return saving or time.monotonic() - self.since < FRESH


class Reached(NamedTuple):
    """A LibreOffice, its door, and what was seen there."""

    office: Office
    door: Door
    look: Look | None = None


@contextmanager
def reached(known: Door | None, opened: Callable[[], Door], wish: Wish) -> Generator[Reached]:
    """The LibreOffice that listens at *known*, else where it is *opened*, and what a click wishes.

    Raises CannotRead where none can be reached. A copy that nobody took is gone after the block.
    """
    uno.uno()  # without it nobody is asked for anything
    door, office = known, uno.answering(known.address) if known else None
    if door is None or office is None:
        door = opened()
        office = uno.resolve(door.address)
    look: Look | None = None
    with suppress(Exception):  # whatever it is, the click meets it again
        look = _seen(office.desktop, wish)
    try:
        yield Reached(office, door, look)
    finally:
        if look is not None and look.copy is not None:
            look.copy.drop()


def _seen(desktop: Any, wish: Wish) -> Look | None:
    since = time.monotonic()
    document = desktop.getCurrentComponent()
    if document.isActionLocked():  # another click is writing there
        return None
    sheets = document.Sheets
    names = sheets.getElementNames()
    said = bulk_values.read(document, sheets, wish.sheets(names), _left)
    file = uno.file_of(document)
    if file is None:
        return None
    home = wish.spare(names, file) if document.isModified() else None
    copy = None if home is None else _begun(document, file, home)
    return Look(document, file, names, said, since, copy)


def _begun(document: Any, file: Path, home: Path) -> Copy:
    """A copy of *document* on its way to a file of its own in *home*."""
    spare = disk.temporary_name(home / file.name)
    return Copy(spare, lambda path: backup_copy.save(document, path, file.suffix))


def _left(name: str, _place: Place) -> Block:
    raise LookupError(name)

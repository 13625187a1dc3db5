"""A look at the workbook in front, while this process still loads what a click needs.

LibreOffice takes its time to answer. What it is asked here it would be asked in any case: where it
does not answer as it should, the click asks again, and says what there is to say. A copy takes the
longest, and LibreOffice answers nothing else while it saves one; so it is begun here too, and until
it is there the click gets by with what was seen.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, Self

from wyexcel.libreoffice import bridge
from wyexcel.libreoffice.aside import Aside

if TYPE_CHECKING:  # loaded when they are needed: first of all LibreOffice is to be reached
    from wyexcel.libreoffice.blocks import Block
    from wyexcel.libreoffice.copies import Copy
    from wyexcel.libreoffice.place import Place

FRESH: Final = 1.0
"""How long what was seen is as good as what is there now: nobody types anything in so many
seconds."""


class Wish(Protocol):
    """What a click will want to know of a workbook."""

    def sheets(self, names: Sequence[str]) -> Sequence[str]:
        """Which of its sheets *names* are to be read."""

    def spare(self, names: Sequence[str], file: Path) -> Path | None:
        """Where a copy of *file* may be saved before its sheets *names* are changed, None: not."""


class Look(NamedTuple):
    """What was seen of the workbook in front: Calc's own, its file, its sheets, what some say.

    `since` is when it was asked, by the clock that only goes forward; `copy` is on its way.
    """

    document: Any
    file: Path
    names: tuple[str, ...]
    sheets: "dict[str, Block]"
    since: float
    copy: "Copy | None"

    @property
    def is_fresh(self) -> bool:
        """Whether the workbook is now as it was then."""
        return time.monotonic() - self.since < FRESH


class Ahead:
    """LibreOffice being reached, and the workbook in front looked at, until the block is left."""

    def __init__(self, listens: Callable[[], str], wish: Wish) -> None:
        """Begin to reach the LibreOffice that *listens*, and to see what a click will *wish*."""
        self._listens = listens
        self._wish = wish
        self._context: Any = None
        self._wanted = True
        self.look: Look | None = None
        self._looking = Aside(self._see)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._wanted = False
        self._drop()

    def _see(self) -> None:
        self._context = bridge.resolve(self._listens, wanted=lambda: self._wanted)
        with suppress(Exception):  # whatever it is, the click meets it again
            from wyexcel.libreoffice import blocks  # noqa: PLC0415 - once LibreOffice is reached

            since = time.monotonic()
            document = bridge.desktop(self._context).getCurrentComponent()
            names = document.Sheets.getElementNames()
            seen = blocks.read(document, self._wish.sheets(names), _left)
            file = bridge.file_of(document)
            if file is not None:
                copy = self._begun(document, names, file)
                self.look = Look(document, file, names, seen, since, copy)
        if not self._wanted:
            self._drop()

    def _begun(self, document: Any, names: Sequence[str], file: Path) -> "Copy | None":
        """A copy of *document* on its way, where that will be changed and is not as its file."""
        home = self._wish.spare(names, file) if document.isModified() else None
        if home is None or not self._wanted:
            return None
        from wyexcel import disk  # noqa: PLC0415 - once LibreOffice is reached
        from wyexcel.libreoffice import copies  # noqa: PLC0415 - likewise

        return copies.Copy(
            disk.beside(home / file.name),
            lambda path: copies.save(document, path, file.suffix),
        )

    def _drop(self) -> None:
        """Leave no copy that nobody took."""
        if self.look is not None and self.look.copy is not None:
            self.look.copy.drop()

    def context(self) -> Any:
        """The component context; raise CannotRead where no LibreOffice was reached."""
        self._looking.wait()
        return self._context


def _left(name: str, _place: "Place") -> "Block":
    raise LookupError(name)

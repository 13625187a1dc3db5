"""A look at the workbook in front, while this process still loads what a click needs.

LibreOffice takes its time to answer. What it is asked here it would be asked in any case: where it
does not answer as it should, the click asks again, and says what there is to say.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self, TypeAlias

from wyexcel.libreoffice import bridge
from wyexcel.libreoffice.aside import Aside

if TYPE_CHECKING:  # loaded when they are needed: first of all LibreOffice is to be reached
    from wyexcel.libreoffice.blocks import Block
    from wyexcel.libreoffice.place import Place

Choice: TypeAlias = Callable[[Iterable[str]], Sequence[str]]
"""Which of the sheets of these names a click reads."""

FRESH: Final = 1.0
"""How long what was seen is as good as what is there now: nobody types anything in so many
seconds."""


class Said(NamedTuple):
    """What stood on some sheets of the workbook that Calc knows by a number of its own.

    `since` is when it was asked, by the clock that only goes forward.
    """

    book: str
    sheets: "dict[str, Block]"
    since: float

    def holds(self, document: Any, names: Sequence[str]) -> bool:
        """Whether it tells of all the sheets *names* of *document* as they are now."""
        fresh = time.monotonic() - self.since < FRESH
        return fresh and document.RuntimeUID == self.book and self.sheets.keys() >= set(names)


class Ahead:
    """LibreOffice being reached, and the workbook in front being read, until the block is left."""

    def __init__(self, listens: Callable[[], str], choose: Choice) -> None:
        """Begin to reach the LibreOffice that *listens*, and to read the sheets to *choose*."""
        self._listens = listens
        self._choose = choose
        self._context: Any = None
        self._wanted = True
        self.said: Said | None = None
        self._looking = Aside(self._look)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._wanted = False

    def _look(self) -> None:
        self._context = bridge.resolve(self._listens, wanted=lambda: self._wanted)
        with suppress(Exception):  # whatever it is, the click meets it again
            from wyexcel.libreoffice import blocks  # noqa: PLC0415 - once LibreOffice is reached

            since = time.monotonic()
            document = bridge.desktop(self._context).getCurrentComponent()
            chosen = self._choose(document.Sheets.getElementNames())
            self.said = Said(document.RuntimeUID, blocks.read(document, chosen, _left), since)

    def context(self) -> Any:
        """The component context; raise CannotRead where no LibreOffice was reached."""
        self._looking.wait()
        return self._context


def _left(name: str, _place: "Place") -> "Block":
    raise LookupError(name)

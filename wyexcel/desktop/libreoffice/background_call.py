"""One long call to LibreOffice, made while this process goes on with its own work.

Nothing else is asked meanwhile: where two threads meet objects of a new kind at the same moment,
`pyuno` does not find their methods.
"""

import threading
from collections.abc import Callable
from typing import Final

FRESH: Final = 1.0
"""How long what was seen is as good as what is there now: nobody types anything in so many
seconds."""


class Aside:
    """A call that is being made."""

    def __init__(self, call: Callable[[], None]) -> None:
        """Begin *call*."""
        self._call = call
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._make)
        self._thread.start()

    def _make(self) -> None:
        try:
            self._call()
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self._error = error

    @property
    def lasts(self) -> bool:
        """Whether it is still being made: LibreOffice answers nobody else then."""
        return self._thread.is_alive()

    def end(self) -> None:
        """Wait until it was made, whatever it raised."""
        self._thread.join()

    def wait(self) -> None:
        """Wait until it was made; raise what it raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error

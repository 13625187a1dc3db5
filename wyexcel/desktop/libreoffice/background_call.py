"""One long call to LibreOffice, made in a thread while this process goes on with its own work.

LibreOffice must not be asked anything else meanwhile: where two threads meet objects of a new kind
at the same moment, `pyuno` does not find their methods.
"""

import threading
from collections.abc import Callable
from typing import Final

FRESH: Final = 1.0
"""For how many seconds values that were read count as still true: nobody types anything sooner."""


class BackgroundCall:
    """A call that is being made in a thread of its own."""

    def __init__(self, call: Callable[[], None]) -> None:
        """Start *call*."""
        self._call = call
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._call()
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self._error = error

    @property
    def is_running(self) -> bool:
        """Whether it has not returned yet: until then LibreOffice answers nobody else."""
        return self._thread.is_alive()

    def join(self) -> None:
        """Wait until it has returned, and ignore what it raised."""
        self._thread.join()

    def result(self) -> None:
        """Wait until it has returned; raise what it raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error

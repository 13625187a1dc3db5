"""The way into the LibreOffice that this user has open: a pipe that it opens for one click.

A LibreOffice that a clerk started as usual listens to nobody. Started once more with `--accept`,
the second process hands that wish to the first and ends: then the first one listens. A third one
waits for the end of this process, however it ends, and then has the pipe closed.
"""

import os
import signal
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from wyexcel.errors import CannotRead
from wyexcel.program import office

_SOON: Final = 4
_PAUSE: Final = 0.002
_ALONE: Final = ("--norestore", "--nologo", "--nodefault")
_DOORMAN: Final = f'cat; "$@" & told=$!; (sleep {_SOON}; kill -9 0) & wait $told; kill -9 0'
"""Waits for who holds its input; where nobody runs any more, "$@" would become LibreOffice."""

_NO_OFFICE: Final = "没有找到 LibreOffice。请先安装 LibreOffice Calc，再打开主工作簿点按钮。"
NOT_OPEN: Final = "LibreOffice 没有打开。请先用 LibreOffice 打开主工作簿 master.xlsm，再点按钮。"


class Door:
    """A pipe on its way into being: LibreOffice is told of it while this process works on."""

    def __init__(self, program: str) -> None:
        """Have the running LibreOffice listen at a pipe that nobody else can know of."""
        self._address = f"pipe,name=wyexcel-{os.getpid()}-{os.urandom(8).hex()}"
        told = [[program, *_ALONE, f"--{wish}={self._address};urp;"] for wish in _WISHES]
        self._opening = _started(told[0])
        self._doorman = _started(["/bin/sh", "-c", _DOORMAN, "doorman", *told[1]], subprocess.PIPE)

    def address(self) -> str:
        """Where LibreOffice listens; raise CannotRead where none is running."""
        if not _heard(self._opening):
            os.killpg(self._doorman.pid, signal.SIGKILL)
            raise CannotRead(NOT_OPEN)
        return self._address

    def shut(self) -> None:
        """Let nobody in any more; LibreOffice also turns out who is in."""
        if self._doorman.stdin is not None:
            self._doorman.stdin.close()


_WISHES: Final = ("accept", "unaccept")


@contextmanager
def opened() -> Generator[Door]:
    """A door of the running LibreOffice, which is shut when the block ends."""
    program = office()
    if not program:
        raise CannotRead(_NO_OFFICE)
    door = Door(program)
    try:
        yield door
    finally:
        door.shut()


def _started(command: list[str], held: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - the program itself, with our own words
        command,
        stdin=held,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _heard(messenger: "subprocess.Popen[bytes]") -> bool:
    """Whether *messenger* found a running LibreOffice, and told it."""
    end = time.monotonic() + _SOON
    while messenger.poll() is None:
        if time.monotonic() > end:  # nobody to hand it to: this one became LibreOffice
            os.killpg(messenger.pid, signal.SIGKILL)
            messenger.wait()
            return False
        time.sleep(_PAUSE)
    return messenger.returncode == 0

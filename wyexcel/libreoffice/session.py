"""A LibreOffice that runs, reached and made the active engine of xlwings."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Any

import xlwings as xw

from wyexcel import door
from wyexcel.door import NOT_OPEN, Door
from wyexcel.errors import CannotRead, WyexcelError
from wyexcel.libreoffice import bridge
from wyexcel.libreoffice.ahead import Reached
from wyexcel.libreoffice.engine import Engine


def connect(address: str) -> xw.Engine:
    """The running LibreOffice that listens at *address* (`pipe,name=…`), as the active engine."""
    return _activated(Engine(Reached(bridge.resolve(address), Door(address))))


def _activated(own: Any) -> xw.Engine:
    engine = xw.Engine(impl=own)
    xw.engines.add(engine)
    engine.activate()
    return engine


def front(engine: xw.Engine) -> xw.Book:
    """The workbook in front; raise CannotRead where none is open."""
    try:
        return engine.apps[0].books.active
    except xw.NoSuchObjectError:
        raise CannotRead(NOT_OPEN) from None


@contextmanager
def connected(reached: Reached) -> Generator[xw.Engine]:
    """The LibreOffice that was *reached*, as the active engine while the block lasts."""
    before = xw.engines.active
    own = Engine(reached)
    try:
        yield _activated(own)
    finally:
        xw.engines.active = before
        if own.door != reached.door:
            with suppress(WyexcelError):  # then the next click asks again
                door.remember(own.door)

"""A LibreOffice that runs, reached and made the active engine of xlwings."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Any

import xlwings as xw

from wyexcel.desktop.libreoffice import office_pipe, uno
from wyexcel.desktop.libreoffice.connect import Reached
from wyexcel.desktop.libreoffice.engine import Engine
from wyexcel.desktop.libreoffice.office_pipe import NOT_OPEN, Door
from wyexcel.errors import CannotRead, WyexcelError


def connect(address: str) -> xw.Engine:
    """The running LibreOffice that listens at *address* (`pipe,name=…`), as the active engine."""
    return _activated(Engine(Reached(uno.resolve(address), Door(address))))


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
                office_pipe.remember(own.door)

"""An xlwings engine for LibreOffice Calc, so that the buttons work there as they do in Excel.

It holds what the buttons use and no more, and needs neither a licence key nor `xlwings.pro`.
"""

from collections.abc import Generator
from contextlib import contextmanager

import xlwings as xw

from wyexcel.door import NOT_OPEN, Door
from wyexcel.errors import CannotRead
from wyexcel.libreoffice import bridge
from wyexcel.libreoffice.cells import Place
from wyexcel.libreoffice.engine import NAME, Engine
from wyexcel.libreoffice.properties import Traits
from wyexcel.libreoffice.values import Matrix

__all__ = ["NAME", "Matrix", "Place", "Traits", "connect", "connected", "front"]


def connect(address: str) -> xw.Engine:
    """The running LibreOffice that listens at *address* (`pipe,name=…`), as the active engine."""
    engine = xw.Engine(impl=Engine(bridge.resolve(address)))
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
def connected(door: Door) -> Generator[xw.Engine]:
    """The LibreOffice behind *door*, as the active engine while the block lasts."""
    before = xw.engines.active
    try:
        yield connect(door.address())
    finally:
        xw.engines.active = before

"""A connection to LibreOffice as the active engine of xlwings."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Any

import xlwings as xw

from wyexcel.desktop.libreoffice import office_pipe, uno
from wyexcel.desktop.libreoffice.connect import Connection
from wyexcel.desktop.libreoffice.engine import Engine
from wyexcel.desktop.libreoffice.office_pipe import NOT_OPEN, OfficePipe
from wyexcel.errors import CannotRead, WyexcelError


def engine_at(address: str) -> xw.Engine:
    """The running LibreOffice that listens at *address* (`pipe,name=…`), as the active engine."""
    office = uno.wait_for_office(address)
    return _activate(Engine(Connection(office, OfficePipe(address))))


def _activate(own_engine: Any) -> xw.Engine:
    engine = xw.Engine(impl=own_engine)
    xw.engines.add(engine)
    engine.activate()
    return engine


def book_in_front(engine: xw.Engine) -> xw.Book:
    """The workbook in front; raise CannotRead where none is open."""
    try:
        return engine.apps[0].books.active
    except xw.NoSuchObjectError:
        raise CannotRead(NOT_OPEN) from None


@contextmanager
def active_engine(connection: Connection) -> Generator[xw.Engine]:
    """The LibreOffice of *connection* as the active engine while the block lasts.

    Afterwards the next click can know what was measured in it.
    """
    before = xw.engines.active
    own_engine = Engine(connection)
    try:
        yield _activate(own_engine)
    finally:
        xw.engines.active = before
        if own_engine.pipe != connection.pipe:
            with suppress(WyexcelError):  # then the next click asks again
                office_pipe.remember(own_engine.pipe)

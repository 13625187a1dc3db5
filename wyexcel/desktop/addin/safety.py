"""Keeps xlwings from doing harm on the computer of the person who clicked."""

import atexit
import sys
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import xlwings as xw

_ATTEMPTS: Final = 2_000
"""How often a busy Excel is asked again. xlwings asks for ever while a cell is being edited."""

_BUSY: Final = frozenset({-2147418111, -2146777998})
"""RPC_E_CALL_REJECTED, and what Excel says while a cell is being edited."""

BUSY: Final = "表格程序正忙。请先按回车或 Esc 退出单元格编辑，关掉打开的对话框，再点一次。"


def harden(book: xw.Book, *, windows: ModuleType | None = None) -> None:
    """Keep xlwings from ending other Excels, waiting for ever, and importing from beside *book*.

    When its process ends, xlwings ends every Excel that it cannot see, a person's protected view
    too. It has also put the folder of *book* first into `sys.path`, where any file of a shared
    folder could pass for a part of this program. *windows* is xlwings' module for Excel for
    Windows; without it the one that is loaded is changed, if any.
    """
    module: Any = windows or sys.modules.get("xlwings._xlwindows")
    if module is not None:
        atexit.unregister(module.cleanup)
        module.Apps.cleanup = staticmethod(_leave_alone)
        module.N_COM_ATTEMPTS = _ATTEMPTS
    with suppress(Exception):  # a book in the cloud may have no folder at all
        file = Path(book.fullname)
        unwanted = {str(file.parent), str(file.with_suffix(".zip"))}
        sys.path[:] = [place for place in sys.path if place not in unwanted]


def _leave_alone() -> None:
    """End no process."""


def is_busy(error: BaseException) -> bool:
    """Whether *error* says that the spreadsheet program waits for the person."""
    *_, inner = getattr(error, "excepinfo", None) or (None,)
    codes = {getattr(error, "hresult", None), inner}  # Excel's own code lies within for a setting
    return type(error).__name__ == "ExcelBusyError" or not codes.isdisjoint(_BUSY)

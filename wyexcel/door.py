"""The way into the LibreOffice that this user has open: a pipe at which it listens.

A LibreOffice that a clerk started as usual listens to nobody. The first click asks it to (`knock`),
and it goes on listening until it is closed: told to stop while what a click has left is still on
its way, LibreOffice 7.4 can wait for itself for ever, with everything in it that was not saved.
"""

import os
from pathlib import Path
from typing import Final

NOT_OPEN: Final = "LibreOffice 没有打开。请先用 LibreOffice 打开主工作簿 master.xlsm，再点按钮。"

_PIPES: Final = "/tmp/OSL_PIPE_{user}_{name}"  # noqa: S108 - where LibreOffice has them
_OPTION: Final = "UserInstallation"
"""What tells one LibreOffice of a user from another one."""


def new() -> str:
    """The address of a pipe that is not there yet."""
    return f"pipe,name=wyexcel-{os.getpid()}-{os.urandom(8).hex()}"


def remember(address: str) -> None:
    """Let the next click know that LibreOffice listens at *address*."""
    from wyexcel import disk  # noqa: PLC0415 - only where LibreOffice did not listen yet
    from wyexcel.workspace import folder  # noqa: PLC0415 - likewise

    disk.write_text(folder(_note().parent) / _note().name, f"{_whose()}\n{address}\n")


def known() -> str:
    """The address at which LibreOffice may still listen for this user alone, "" for none."""
    try:
        whose, address = _note().read_text(encoding="utf-8").splitlines()
        pipe = _PIPES.format(user=os.getuid(), name=address.partition("=")[2])
        ours = Path(pipe).stat().st_uid == os.getuid()  # nobody else's in its place
    except (OSError, ValueError, RuntimeError, AttributeError):  # on Windows nobody has a number
        return ""
    return address if ours and whose == _whose() else ""


def _note() -> Path:
    return Path.home() / ".wyexcel" / "libreoffice"


def _whose() -> str:
    return os.environ.get(_OPTION, "")

"""The way into the LibreOffice that this user has open: a pipe at which it listens.

A LibreOffice that a clerk started as usual listens to nobody. The first click asks it to (`knock`),
and it goes on listening until it is closed: told to stop while what a click has left is still on
its way, LibreOffice 7.4 can wait for itself for ever, with everything in it that was not saved.
"""

import os
from pathlib import Path
from typing import Final, NamedTuple

NOT_OPEN: Final = "LibreOffice 没有打开。请先用 LibreOffice 打开主工作簿 master.xlsm，再点按钮。"

_PIPES: Final = "/tmp/OSL_PIPE_{user}_{name}"  # noqa: S108 - where LibreOffice has them
_OPTION: Final = "UserInstallation"
"""What tells one LibreOffice of a user from another one."""


class Door(NamedTuple):
    """Where a LibreOffice listens, and how wide a digit is in it (1/100 mm, 0: not asked yet)."""

    address: str
    digit: float = 0.0


def new() -> Door:
    """A pipe that is not there yet."""
    return Door(f"pipe,name=wyexcel-{os.getpid()}-{os.urandom(8).hex()}")


def remember(door: Door) -> None:
    """Let the next click know of *door*; raise CannotWrite where nothing can be noted."""
    from wyexcel.archive.workspace import folder  # noqa: PLC0415 - likewise
    from wyexcel.files import disk  # noqa: PLC0415 - only after the first click of a LibreOffice

    note = _note()
    folder(note.parent)
    disk.write_text(note, f"{_whose()}\n{door.address}\n{door.digit}\n")


def known() -> Door | None:
    """The door at which LibreOffice may still listen, for this user alone."""
    try:
        whose, address, digit = _note().read_text(encoding="utf-8").splitlines()
        door = Door(address, float(digit))
        user = os.getuid()
    except (OSError, ValueError, RuntimeError, AttributeError):  # on Windows nobody has a number
        return None
    pipe = _PIPES.format(user=user, name=address.partition("=")[2])
    return door if whose == _whose() and _owner(pipe, user) == user else None


def _owner(pipe: str, user: int) -> int:
    """Whose *pipe* is; *user*'s where it cannot be seen: then it is elsewhere, or gone."""
    try:
        return Path(pipe).stat().st_uid
    except OSError:
        return user


def _note() -> Path:
    return Path.home() / ".wyexcel" / "libreoffice"


def _whose() -> str:
    return os.environ.get(_OPTION, "")

"""The pipe at which the LibreOffice that this user has open listens for this program.

A LibreOffice that a clerk started as usual listens to nobody. The first click makes it listen
(`listen`), and it goes on until it is closed: told to stop while what a click has left is still on
its way, LibreOffice 7.4 can wait for itself for ever, with everything in it that was not saved.
"""

import os
from pathlib import Path
from typing import Final, NamedTuple

NOT_OPEN: Final = "LibreOffice 没有打开。请先用 LibreOffice 打开主工作簿 master.xlsm，再点按钮。"

_PIPES: Final = "/tmp/OSL_PIPE_{user}_{name}"  # noqa: S108 - where LibreOffice has them
_PROFILE: Final = "UserInstallation"
"""The variable that names the profile: it tells one LibreOffice of a user from another one."""


class OfficePipe(NamedTuple):
    """Where a LibreOffice listens, and how wide a digit is in it (1/100 mm, 0: not measured)."""

    address: str
    digit_width: float = 0.0


def new_pipe() -> OfficePipe:
    """A pipe of a new name, at which nobody listens yet."""
    return OfficePipe(f"pipe,name=wyexcel-{os.getpid()}-{os.urandom(8).hex()}")


def remember(pipe: OfficePipe) -> None:
    """Write *pipe* down for the next click; raise CannotWrite where that is not possible."""
    from wyexcel.archive.workspace import folder  # noqa: PLC0415 - likewise
    from wyexcel.files import disk  # noqa: PLC0415 - only after the first click of a LibreOffice

    note = _note()
    folder(note.parent)
    disk.write_text(note, f"{_profile()}\n{pipe.address}\n{pipe.digit_width}\n")


def remembered() -> OfficePipe | None:
    """The pipe that an earlier click wrote down; None where there is none of this user's own."""
    try:
        profile, address, digit_width = _note().read_text(encoding="utf-8").splitlines()
        pipe = OfficePipe(address, float(digit_width))
        user = os.getuid()
    except (OSError, ValueError, RuntimeError, AttributeError):  # on Windows nobody has a number
        return None
    file = _PIPES.format(user=user, name=address.partition("=")[2])
    return pipe if profile == _profile() and _owner(file, user) == user else None


def _owner(file: str, user: int) -> int:
    """The number of who owns *file*; *user* where it cannot be seen: it is elsewhere, or gone."""
    try:
        return Path(file).stat().st_uid
    except OSError:
        return user


def _note() -> Path:
    return Path.home() / ".wyexcel" / "libreoffice"


def _profile() -> str:
    return os.environ.get(_PROFILE, "")

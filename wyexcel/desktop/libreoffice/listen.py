"""Have the running LibreOffice listen: started once more, it hands that wish to the first one."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from typing import Final

from wyexcel.desktop.libreoffice import office_pipe
from wyexcel.errors import CannotRead, WyexcelError
from wyexcel.files.writing.soffice import soffice_program

_SOON: Final = 4
_PAUSE: Final = 0.002
_ALONE: Final = ("--norestore", "--nologo", "--nodefault")

_NO_OFFICE: Final = "没有找到 LibreOffice。请先安装 LibreOffice Calc，再打开主工作簿点按钮。"


def opened() -> office_pipe.Door:
    """Where LibreOffice listens from now on; raise CannotRead where none is running."""
    program = soffice_program()
    if not program:
        raise CannotRead(_NO_OFFICE)
    made = office_pipe.new()
    messenger = subprocess.Popen(  # noqa: S603 - the program itself, with our own words
        [program, *_ALONE, f"--accept={made.address};urp;"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if not _heard(messenger):
        raise CannotRead(office_pipe.NOT_OPEN)
    with suppress(WyexcelError):  # then the next click asks again
        office_pipe.remember(made)
    return made


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

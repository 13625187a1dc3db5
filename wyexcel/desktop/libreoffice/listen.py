"""Makes the running LibreOffice listen: started once more, it passes that on to the first one."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from typing import Final

from wyexcel.desktop.libreoffice import office_pipe
from wyexcel.errors import CannotRead, WyexcelError
from wyexcel.files.writing.find_libreoffice import soffice_program

_SOON: Final = 4
_PAUSE: Final = 0.002
_ALONE: Final = ("--norestore", "--nologo", "--nodefault")

_NO_OFFICE: Final = "没有找到 LibreOffice。请先安装 LibreOffice Calc，再打开主工作簿点按钮。"


def start_listening() -> office_pipe.OfficePipe:
    """The pipe at which LibreOffice listens from now on; raise CannotRead where none is running."""
    program = soffice_program()
    if not program:
        raise CannotRead(_NO_OFFICE)
    pipe = office_pipe.new_pipe()
    messenger = subprocess.Popen(  # noqa: S603 - the program itself, with our own words
        [program, *_ALONE, f"--accept={pipe.address};urp;"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if not _passed_on(messenger):
        raise CannotRead(office_pipe.NOT_OPEN)
    with suppress(WyexcelError):  # then the next click asks again
        office_pipe.remember(pipe)
    return pipe


def _passed_on(messenger: "subprocess.Popen[bytes]") -> bool:
    """Whether *messenger*, started second, passed its options on to a first one and ended."""
    end = time.monotonic() + _SOON
    while messenger.poll() is None:
        if time.monotonic() > end:  # nobody to hand it to: this one became LibreOffice
            os.killpg(messenger.pid, signal.SIGKILL)
            messenger.wait()
            return False
        time.sleep(_PAUSE)
    return messenger.returncode == 0

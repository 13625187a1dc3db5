"""A LibreOffice of the tests' own: its own profile, its own pipe, ended with the tests."""

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from wyexcel.desktop.libreoffice import session, uno
from wyexcel.errors import CannotRead

START = 90.0
"""How long a LibreOffice may take to start, in seconds."""

PROFILE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office">
<prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>9.9</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc">
<prop oor:name="ShowTipOfTheDay" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""
"""Macros run, as in the office of a clerk who trusts the workspace's folder; no welcome."""


def absent(*more: str) -> str:
    """Why LibreOffice cannot be driven here, "" where it can; *more* programs are needed too."""
    for program in ("soffice", *more):
        if not shutil.which(program):
            return f"{program} is not installed"
    try:
        uno.uno()
    except CannotRead as error:
        return str(error)
    return ""


def profile(home: Path) -> Path:
    """A new profile in *home*."""
    settings = home / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(PROFILE, encoding="utf-8")
    return home / "profile"


@contextlib.contextmanager
def office() -> Iterator[str]:
    """A LibreOffice without windows, as the active engine of xlwings; where it listens."""
    if reason := absent():
        pytest.skip(reason)
    address = f"pipe,name=wyexcel-test-{secrets.token_hex(8)}"
    with tempfile.TemporaryDirectory(prefix="wyexcel-", ignore_cleanup_errors=True) as folder:
        options = [f"-env:UserInstallation={profile(Path(folder)).as_uri()}", "--headless"]
        options += ["--norestore", "--nologo", "--nodefault", f"--accept={address};urp;"]
        with subprocess.Popen(["soffice", *options], start_new_session=True) as running:
            try:
                reached(address, running)
                yield address
            finally:
                os.killpg(running.pid, signal.SIGKILL)


def reached(address: str, running: subprocess.Popen[bytes]) -> xw.Engine:
    """The LibreOffice that listens at *address*; a loaded machine takes its time to start one."""
    end = time.monotonic() + START
    while True:
        assert running.poll() is None, "LibreOffice has ended; is the test marked slow?"
        try:
            return session.engine_at(address)
        except CannotRead:
            if time.monotonic() > end:
                raise

"""From workbook to PDF, through LibreOffice where it is present."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Final

from wyexcel.files import disk
from wyexcel.files.writing.find_libreoffice import soffice_program
from wyexcel.files.writing.line_breaks import LIBREOFFICE_SETTING
from wyexcel.files.writing.looks import FANG, HEI, SONG, XIAO_BIAO_SONG

NAMED_FONTS: Final = (XIAO_BIAO_SONG, HEI, FANG, SONG)
_PATIENCE: Final = 180.0


def print_pdf(source: Path, pdf: Path, *, patience: float = _PATIENCE) -> bool:
    """Print every sheet of a workbook, or a document, to *pdf*; False where no program did it.

    Fonts that offices have and this machine lacks are replaced by ones that are present
    (fonts.conf), so that nothing is left out and nothing is torn.
    """
    program = soffice_program()
    if not program:
        return False
    with tempfile.TemporaryDirectory(prefix="wyexcel-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        made = folder / f"{source.stem}.pdf"
        _settle_in(folder, _SETTINGS[source.suffix.lower() == _DOCUMENT])
        done = _run(_command(program, source, folder), _environment(folder), patience)
        if not done or not made.is_file():
            return False
        content = _settled(made.read_bytes())
        disk.write(pdf, lambda file: file.write(content))
    return True


_MADE: Final = re.compile(rb"(/CreationDate\(D:)\d{14}")
_MARKS: Final = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)|(?<=/DocChecksum /)[0-9A-F]{32}")


def _settled(content: bytes) -> bytes:
    """A PDF without the moment at which it was made: the same pages give the same bytes."""
    pages, word, trailer = _MADE.sub(rb"\g<1>20250101000000", content).rpartition(b"trailer")
    mark = hashlib.sha256(pages).hexdigest()[:32].upper().encode()
    return pages + word + _MARKS.sub(mark, trailer)


def _run(command: Sequence[str], environment: Mapping[str, str], patience: float) -> bool:
    """Whether *command* came to its end; one that does not is ended with all that it started."""
    nothing = subprocess.DEVNULL
    try:
        process = subprocess.Popen(  # noqa: S603 - our own program, our own file
            command,
            env=environment,
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return process.wait(patience) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program that does not answer; on Unix what it started goes with it."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _command(program: str, source: Path, folder: Path) -> list[str]:
    profile = (folder / "profile").as_uri()
    return [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        "--convert-to",
        f"pdf:{_FILTERS[source.suffix.lower() == _DOCUMENT]}",
        "--outdir",
        str(folder),
        str(source.absolute()),
    ]


def _settle_in(folder: Path, setting: str) -> None:
    """A profile under which no line begins with a comma or ends with an opening bracket.

    LibreOffice breaks Chinese text in cells anywhere; text of no language (zxx) it breaks by the
    rules of Unicode, which know better. In documents it knows the lists of where not to break.
    """
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_PROFILE.format(setting), encoding="utf-8")


_PROFILE: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{}
</oor:items>
"""
_NO_LANGUAGE: Final = """\
<item oor:path="/org.openoffice.Office.Linguistic/General">
<prop oor:name="DefaultLocale_CJK" oor:op="fuse"><value>zxx</value></prop></item>"""
_DOCUMENT: Final = ".docx"
_SETTINGS: Final = {False: _NO_LANGUAGE, True: LIBREOFFICE_SETTING}
_FILTERS: Final = {False: "calc_pdf_Export", True: "writer_pdf_Export"}
"""What a workbook (False) and a document (True) are printed with."""


def _environment(folder: Path) -> dict[str, str]:
    """The environment of LibreOffice, with our stand-ins where fontconfig chooses the fonts."""
    environment = dict(os.environ)
    if sys.platform.startswith("linux"):
        config = folder / "fonts.conf"
        config.write_bytes((resources.files("wyexcel.files.writing") / "fonts.conf").read_bytes())
        environment["FONTCONFIG_FILE"] = str(config)
    return environment


def missing_fonts() -> tuple[str, ...]:
    """The fonts that the bulletin names and this machine lacks, as far as fontconfig knows."""
    lister = shutil.which("fc-list")
    if not lister:
        return ()
    listed = subprocess.run(  # noqa: S603 - the system's own list of fonts
        [lister, ":", "family"], capture_output=True, check=False, encoding="utf-8"
    )
    families = {name for line in listed.stdout.splitlines() for name in line.split(",")}
    return tuple(font for font in NAMED_FONTS if font not in families)

"""Builds wyexcel.xlam, the add-in that Excel loads, from our macros and xlwings' own VBA.

It is built on the computer where it is used, so that its VBA and the installed xlwings are always
of one version; equal inputs give equal bytes, so comparing them tells an outdated add-in.
"""

import io
import re
import tempfile
import zipfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Final

from wyexcel.desktop.setup.trusted_launch import without_lookups
from wyexcel.errors import CannotRead
from wyexcel.files.writing import ribbon, vba, xlsx
from wyexcel.files.writing.sheet import Part, Sheet, row
from wyexcel.master import master_workbook

NAME: Final = "wyexcel"
SETTINGS: Final = f"{NAME}.conf"
"""The sheet of the add-in from which xlwings' VBA takes its settings."""

MODULE: Final = "WyAddin.bas"
_RUNNER: Final = "xlwings/xlwings_custom_addin.bas"
_DICTIONARY: Final = "xlwings/addin/Dictionary.cls"
_PROJECT_NAME: Final = re.compile(r'^(Public Const PROJECT_NAME As String = )".*"', re.MULTILINE)
_TAB: Final = 'label="园区通报"'
_TAB_OF_ADDIN: Final = 'label="园区通报（加载项）"'
_BOOK: Final = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN: Final = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
_TYPES: Final = "[Content_Types].xml"


def build(settings: Mapping[str, str]) -> bytes:
    """The add-in with *settings* on its sheet."""
    rows = tuple(row(Part.TEXT, name, value) for name, value in settings.items())
    sheet = Sheet(name=SETTINGS, rows=rows, widths=(60, 120))
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / master_workbook.PROJECT
        project.write_bytes(vba.in_workbook(1, *modules()).to_bytes())
        book = xlsx.render([sheet], macros=project)
    tab = (
        (master_workbook.macros() / master_workbook.RIBBON)
        .read_text("utf-8")
        .replace(_TAB, _TAB_OF_ADDIN)
    )
    return ribbon.inject(_as_addin(book), tab)


def modules() -> tuple[vba.Module, ...]:
    """Our module, the one of xlwings that starts Python, and the class that it needs."""
    runner, count = _PROJECT_NAME.subn(rf'\g<1>"{NAME}"', xlwings_file(_RUNNER))
    if count != 1:
        message = "安装的 xlwings 与本程序不配套（加载项模块变了），请重新安装 wyexcel。"
        raise CannotRead(message)
    ours = (master_workbook.macros() / MODULE).read_text("ascii")
    return (
        vba.read_module(ours),
        vba.read_module(without_lookups(runner)),
        vba.read_module(xlwings_file(_DICTIONARY)),
    )


def xlwings_file(name: str) -> str:
    """The text of a file that the installed xlwings brings along."""
    try:
        return Path(str(metadata.distribution("xlwings").locate_file(name))).read_text("utf-8")
    except (metadata.PackageNotFoundError, OSError) as error:
        message = f"缺少 xlwings 的文件“{name}”，加载项做不出来。请重新安装 wyexcel。"
        raise CannotRead(message) from error


def _as_addin(book: bytes) -> bytes:
    """*book* as an add-in: the same parts under another type."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            data = old.read(part)
            if part.filename == _TYPES:
                data = data.replace(_BOOK, _ADDIN)
            new.writestr(part, data, zipfile.ZIP_DEFLATED)
    return content.getvalue()

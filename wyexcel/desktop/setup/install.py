"""The add-in and its settings, put where this user's Excel finds them, and taken away again."""

from collections.abc import Mapping
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

from wyexcel.desktop.libreoffice import lost_buttons
from wyexcel.desktop.setup import addin_file, batch_files
from wyexcel.desktop.setup.computer import MACOS, WINDOWS, Computer, unblock
from wyexcel.errors import CannotWrite
from wyexcel.files import disk

OUT_OF_REACH: Final = "Python 在“{}”，路径里有空格，Excel 的按钮启动不了它"
ELSEWHERE: Final = "请把 wyexcel 装到路径里没有空格的文件夹，再运行 office install"


def settings(computer: Computer) -> Mapping[str, str]:
    """What the add-in is told; xlwings gives the names their meaning.

    The workbook's folder stays off Python's path, so that a stray file beside it changes nothing.
    """
    name = "Interpreter_Mac" if computer.system == MACOS else "Interpreter_Win"
    return {
        name: computer.python,
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "SHOW_ERROR_POPUPS": "False",
        "Show Console": "False",
        "Use UDF Server": "False",
    }


def install(computer: Computer, workbook: Path) -> tuple[Path, ...]:
    """Put the add-in in place, let *workbook* run its macros; return the files written.

    Where there can be no Excel, restore the buttons of *workbook* that LibreOffice lost; where none
    is lost, or the add-in cannot work, raise CannotWrite.
    """
    if not computer.runs_excel and has_lost_buttons(workbook):
        return restore_buttons(workbook)
    _refuse_where_no_excel_is(computer)
    if computer.is_out_of_reach:
        message = f"{OUT_OF_REACH.format(computer.interpreter)}。{ELSEWHERE}。"
        raise CannotWrite(message)
    content = addin_file.build(settings(computer))
    _make(computer.addin, content)
    unblock(computer.addin)
    written = [computer.addin]
    if workbook.is_file():
        unblock(workbook)
        written += _season(computer, workbook.parent)
    if fallback := user_settings(computer):
        _make(computer.settings, fallback)
        written.append(computer.settings)
    if computer.system == MACOS:
        written.append(script(computer))
        _make(written[-1], addin_file.xlwings_file(f"xlwings/{written[-1].name}").encode())
    return tuple(written)


def has_lost_buttons(workbook: Path) -> bool:
    """Whether *workbook* was saved by a LibreOffice that no longer finds its buttons."""
    try:
        return lost_buttons.lost(workbook.read_bytes())
    except (OSError, BadZipFile):
        return False


def restore_buttons(workbook: Path) -> tuple[Path, ...]:
    """Number the buttons of *workbook* again; return it, and the copy of what it was before."""
    if workbook.with_name(f".~lock.{workbook.name}#").exists():
        message = f"“{workbook.name}”正开着。请在 LibreOffice 里存盘、关闭后重新运行。"
        raise CannotWrite(message)
    now = datetime.now().astimezone()
    before = workbook.with_name(f"{workbook.stem}-找回按钮前-{now:%Y%m%d-%H%M%S}{workbook.suffix}")
    disk.copy(workbook, before)
    mended = lost_buttons.mended(workbook.read_bytes())
    disk.write(workbook, lambda file: file.write(mended))
    return workbook, before


def uninstall(computer: Computer) -> tuple[Path, ...]:
    """Take away what `install` put there; return the files removed."""
    files = [computer.addin, computer.settings]
    files += [script(computer)] if computer.system == MACOS else []
    existing = [path for path in files if path.is_file()]
    for path in existing:
        try:
            path.unlink()
        except OSError as error:
            message = f"不能删除“{path}”：Excel 可能开着。请关闭 Excel 后重新运行。"
            raise CannotWrite(message) from error
    return tuple(existing)


def script(computer: Computer) -> Path:
    """The script of xlwings that starts Python on macOS; its name carries the version."""
    return computer.scripts / f"xlwings-{metadata.version('xlwings')}.applescript"


def _season(computer: Computer, workspace: Path) -> tuple[Path, ...]:
    """The batch file that does a season at a double-click, for those who have no Excel."""
    return batch_files.write(batch_files.SEASON, workspace) if computer.system == WINDOWS else ()


def user_settings(computer: Computer) -> bytes:
    """The same settings as a file; VBA reads it in the machine's code page, so only ASCII."""
    end = "\n" if computer.system == MACOS else "\r\n"
    text = "".join(f'"{name.upper()}","{value}"{end}' for name, value in settings(computer).items())
    return text.encode("ascii") if text.isascii() else b""


def _make(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"不能建立文件夹“{path.parent}”，请检查权限后重新运行。"
        raise CannotWrite(message) from error
    disk.write(path, lambda file: file.write(content))


def _refuse_where_no_excel_is(computer: Computer) -> None:
    if not computer.runs_excel:
        message = (
            "这台电脑的系统没有 Excel，不用装加载项。用 LibreOffice 打开主工作簿，按钮可以直接用；"
            "运行 wyexcel office doctor 看还缺什么。"
        )
        raise CannotWrite(message)

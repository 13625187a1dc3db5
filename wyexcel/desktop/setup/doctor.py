"""`wyexcel office doctor`: checks every link of the chain from a click to a result."""

import importlib.metadata
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from wyexcel.desktop.libreoffice import uno
from wyexcel.desktop.setup import addin_file
from wyexcel.desktop.setup.computer import MACOS, WINDOWS, Computer, is_blocked
from wyexcel.desktop.setup.install import (
    ELSEWHERE,
    OUT_OF_REACH,
    has_lost_buttons,
    script,
    settings,
    user_settings,
)
from wyexcel.files.writing.find_libreoffice import soffice_program
from wyexcel.files.writing.looks import LOOKS

_APPS: Final = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"
_FONTS: Final = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
_WINDOWS_NAMES: Final = {
    "宋体": ("宋体 & 新宋体", "SimSun & NSimSun"),
    "黑体": ("SimHei",),
    "楷体": ("KaiTi",),
    "仿宋": ("FangSong",),
}
"""What Windows calls fonts in its list: one file may hold two, and its own language decides."""
_SECURITY: Final = (
    r"SOFTWARE\Policies\Microsoft\Office\16.0\Excel\Security",
    r"SOFTWARE\Microsoft\Office\16.0\Excel\Security",
)
_NO_MACROS: Final = "4"
_MAC_EXCEL: Final = "Applications/Microsoft Excel.app"
_WORD: Final = re.compile(r"[A-Za-z0-9._-]+")
_UNO: Final = f"from {uno.__name__} import uno; uno()"
_AGAIN: Final = "运行 wyexcel office install"


class LinkState(StrEnum):
    """How a link is; the value is what a person reads."""

    FINE = "好"
    HINT = "提示"
    BROKEN = "断"


class Link(NamedTuple):
    """One link of the chain; `says` is what was seen, and what to do where it is not fine."""

    name: str
    state: LinkState
    says: str


def examine(computer: Computer, workbook: Path) -> tuple[Link, ...]:
    """Every link on this *computer*, in the order of a click in *workbook*."""
    links = [_python(), _packages()]
    if computer.runs_excel:
        links += [*_programs(computer), *_addin(computer), _workbook(workbook)]
        links += [_security(computer)] if computer.system == WINDOWS else []
    else:
        links += [_uno(), _buttons(workbook)]
    return (*links, _libreoffice(computer), _fonts(computer))


def _link(name: str, says: str, mend: str = "", *, hint: bool = False) -> Link:
    """A link that is fine where there is nothing to *mend*."""
    if not mend:
        return Link(name, LinkState.FINE, says)
    return Link(name, LinkState.HINT if hint else LinkState.BROKEN, f"{says}。{mend}。")


def _python() -> Link:
    version = platform.python_version()
    return _link("Python", f"{version}（{sys.executable}）")


def _packages() -> Link:
    lacking = list[str]()
    for line in importlib.metadata.requires("wyexcel") or ():
        need = _WORD.match(line)
        if need and ";" not in line and not _version(need[0]):
            lacking.append(need[0])
    versions = f"wyexcel {_version('wyexcel')}、xlwings {_version('xlwings')}"
    if lacking:
        return _link("程序包", f"缺少 {'、'.join(lacking)}", "请重新安装 wyexcel")
    return _link("程序包", versions)


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _programs(computer: Computer) -> Iterator[Link]:
    if computer.system == MACOS:
        excel, wps = (Path("/") / _MAC_EXCEL).exists(), ""
    else:
        excel = bool(computer.registry(rf"{_APPS}\excel.exe", ""))
        wps = computer.registry(rf"{_APPS}\et.exe", "")
    if excel:
        yield _link("Excel", "已安装")
    elif wps:
        mend = "按钮在 WPS 里不能用：填报表照常填，做一季的工作双击工作目录里的 season.bat"
        yield _link("Excel", "没有 Excel，只有 WPS", mend)
    else:
        mend = "按钮不能用，但命令行和工作目录里的 season.bat 可以用"
        yield _link("Excel", "没有找到 Excel", mend)
    if excel and wps:
        yield _link("WPS", "同时装有 WPS", "请用 Excel 打开主工作簿，不要用 WPS", hint=True)


def _addin(computer: Computer) -> Iterator[Link]:
    if not computer.addin.is_file():
        yield _link("加载项", f"没有“{computer.addin}”", _AGAIN)
        return
    yield _link("加载项", str(computer.addin))
    blocked = is_blocked(computer.addin)
    says = "被 Windows 当作网上来的文件拦住了" if blocked else "没有被拦"
    yield _link("加载项解锁", says, f"关闭 Excel，{_AGAIN}" if blocked else "")
    current = computer.addin.read_bytes() == addin_file.build(settings(computer))
    says = "与现在的程序一致" if current else "与现在的程序、xlwings 版本或 Python 位置不一致"
    yield _link("加载项版本", says, "" if current else f"关闭 Excel，{_AGAIN}")
    yield _settings(computer)
    if computer.system == MACOS:
        path = script(computer)
        exists = path.is_file()
        says = str(path) if exists else f"没有“{path}”"
        yield _link("启动脚本", says, "" if exists else _AGAIN)


def _settings(computer: Computer) -> Link:
    if not Path(computer.interpreter).is_file():
        return _link("设置", f"找不到 Python“{computer.interpreter}”", "请重新安装 wyexcel")
    if computer.is_out_of_reach:
        return _link("设置", OUT_OF_REACH.format(computer.interpreter), ELSEWHERE)
    expected = user_settings(computer)
    path = computer.settings
    if expected and (not path.is_file() or path.read_bytes() != expected):
        return _link("设置", f"“{path}”没有或不是现在的内容", _AGAIN, hint=True)
    return _link("设置", f"Python 位置写作 {computer.python}")


def _workbook(workbook: Path) -> Link:
    if not workbook.is_file():
        mend = "在工作目录里运行，或用 -C 指定工作目录，可以一并检查主工作簿"
        return _link("主工作簿", f"这里没有 {workbook.name}", mend, hint=True)
    if is_blocked(workbook):
        mend = f"在工作目录里{_AGAIN}，或右键“属性”勾选“解除锁定”"
        return _link("主工作簿", "被 Windows 当作网上来的文件拦住了，宏不会运行", mend)
    return _link("主工作簿", "没有被拦；第一次打开时点“启用内容”")


def _security(computer: Computer) -> Link:
    if any(computer.registry(key, "VBAWarnings") == _NO_MACROS for key in _SECURITY):
        mend = "在 Excel“选项→信任中心→宏设置”选“禁用 VBA 宏，并发出通知”"
        return _link("宏设置", "Excel 禁用了所有宏，而且不提示", mend)
    return _link("宏设置", "没有禁用全部宏")


def _libreoffice(computer: Computer) -> Link:
    if program := soffice_program():
        return _link("LibreOffice", program)
    if computer.runs_excel:
        mend = "通报只生成 xlsx，不另出 pdf；要 pdf 可在 Excel 里另存，或装 LibreOffice"
        return _link("LibreOffice", "没有安装", mend, hint=True)
    mend = "请安装 libreoffice-calc；不装也能用命令行，只是没有按钮和 pdf"
    return _link("LibreOffice", "没有安装", mend)


def _uno() -> Link:
    trial = subprocess.run([sys.executable, "-c", _UNO], capture_output=True, check=False)  # noqa: S603 - our own words
    if trial.returncode == 0:
        return _link("LibreOffice 接口", "这个 Python 能连接 LibreOffice（uno）")
    mend = "请安装 python3-uno，并用系统自带的 Python 安装 wyexcel；不装也能用命令行，只是没有按钮"
    return _link("LibreOffice 接口", "这个 Python 里没有 uno", mend)


def _buttons(workbook: Path) -> Link:
    lost = has_lost_buttons(workbook)
    mend = f"LibreOffice 7.4 存盘写坏了按钮的编号。关闭主工作簿，{_AGAIN}" if lost else ""
    return _link("操作台的按钮", "不见了" if lost else "在", mend)


def _fonts(computer: Computer) -> Link:
    used = sorted({look.font for look in LOOKS.values()})
    lacking = [font for font in used if not _has_font(computer, font)]
    if not lacking:
        return _link("字体", "公文字体齐全")
    mend = "打印时会用别的字体代替，签发前请换到有这些字体的电脑上打印"
    return _link("字体", f"没有 {'、'.join(lacking)}", mend, hint=True)


def _has_font(computer: Computer, font: str) -> bool:
    if computer.system == WINDOWS:
        names = (f"{name} (TrueType)" for name in (font, *_WINDOWS_NAMES.get(font, ())))
        return any(computer.registry(_FONTS, name) for name in names)
    finder = shutil.which("fc-list")
    if not finder:
        return False
    listed = subprocess.run([finder, font, "family"], capture_output=True, check=False)  # noqa: S603 - our own font names
    return bool(listed.stdout.strip())

"""`wyexcel office …`: one function for each of its words."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from wyexcel.archive.workspace import MASTER
from wyexcel.desktop.setup import bundle, computer, doctor, install


class Told(NamedTuple):
    """What was done: for other programs, for a person, and whether all is well."""

    answer: Mapping[str, Any]
    lines: tuple[str, ...]
    well: bool = True


def obey(word: str, workspace: Path, target: Path) -> Told:
    """Do what *word* says; *target* is the folder of a bundle."""
    return _WORDS[word](workspace / MASTER, target)


def _install(workbook: Path, _target: Path) -> Told:
    here = computer.this()
    files = install.install(here, workbook)
    excel = "已装好。请关闭并重新打开 Excel，再打开主工作簿。"
    after = excel if here.runs_excel else "按钮已找回，可以打开主工作簿；原来的另存在旁边。"
    return _told(files, "已写入", after)


def _uninstall(_workbook: Path, _target: Path) -> Told:
    return _told(install.uninstall(computer.this()), "已删除", "加载项已不在。")


def _bundle(_workbook: Path, target: Path) -> Told:
    after = "整个文件夹拷到 U 盘，在目标电脑上双击其中的 install.bat。"
    return _told(bundle.make(target), "已生成", after)


def _doctor(workbook: Path, _target: Path) -> Told:
    links = doctor.examine(computer.this(), workbook)
    broken = [link for link in links if link.state is doctor.State.BROKEN]
    last = f"有 {len(broken)} 处要处理。" if broken else "没有发现问题。"
    lines = (*(f"[{link.state}] {link.name}：{link.says}" for link in links), last)
    return Told({"links": [link._asdict() for link in links]}, lines, well=not broken)


def _told(files: tuple[Path, ...], what: str, after: str) -> Told:
    lines = (*(f"{what}：{file}" for file in files), after)
    return Told({"files": [str(file) for file in files]}, lines)


_WORDS: Final[Mapping[str, Callable[[Path, Path], Told]]] = {
    "install": _install,
    "uninstall": _uninstall,
    "doctor": _doctor,
    "bundle": _bundle,
}

"""The command `wyexcel office …`: one function for each of its subcommands."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from wyexcel.archive.workspace import MASTER
from wyexcel.desktop.setup import bundle, computer, doctor, install


class OfficeResult(NamedTuple):
    """What a subcommand returns: JSON, lines for a person, and whether nothing is broken."""

    answer: Mapping[str, Any]
    lines: tuple[str, ...]
    ok: bool = True


def run(subcommand: str, workspace: Path, target: Path) -> OfficeResult:
    """Run *subcommand* for the master in *workspace*; *target* is the folder of a bundle."""
    return _SUBCOMMANDS[subcommand](workspace / MASTER, target)


def _install(workbook: Path, _target: Path) -> OfficeResult:
    this = computer.this_computer()
    files = install.install(this, workbook)
    excel = "已装好。请关闭并重新打开 Excel，再打开主工作簿。"
    after = excel if this.runs_excel else "按钮已找回，可以打开主工作簿；原来的另存在旁边。"
    return _files_result(files, "已写入", after)


def _uninstall(_workbook: Path, _target: Path) -> OfficeResult:
    return _files_result(install.uninstall(computer.this_computer()), "已删除", "加载项已不在。")


def _bundle(_workbook: Path, target: Path) -> OfficeResult:
    after = "整个文件夹拷到 U 盘，在目标电脑上双击其中的 install.bat。"
    return _files_result(bundle.make(target), "已生成", after)


def _doctor(workbook: Path, _target: Path) -> OfficeResult:
    links = doctor.examine(computer.this_computer(), workbook)
    broken = [link for link in links if link.state is doctor.LinkState.BROKEN]
    last = f"有 {len(broken)} 处要处理。" if broken else "没有发现问题。"
    lines = (*(f"[{link.state}] {link.name}：{link.says}" for link in links), last)
    return OfficeResult({"links": [link._asdict() for link in links]}, lines, ok=not broken)


def _files_result(files: tuple[Path, ...], what: str, after: str) -> OfficeResult:
    """The result that names *files*, each with *what* was done to it, and says *after* them."""
    lines = (*(f"{what}：{file}" for file in files), after)
    return OfficeResult({"files": [str(file) for file in files]}, lines)


_SUBCOMMANDS: Final[Mapping[str, Callable[[Path, Path], OfficeResult]]] = {
    "install": _install,
    "uninstall": _uninstall,
    "doctor": _doctor,
    "bundle": _bundle,
}

"""The buttons of the desk (操作台), and the cells that they read and write there."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from wyexcel.plan.sheet_names import PlanSheet

NAME: Final = "操作台"
PERIOD_CELL: Final = "B3"
LAST_CELL: Final = "B4"
COPIES: Final = "备份"
"""The folder beside the master that keeps a copy from before each click that changed it."""


class DeskButton(NamedTuple):
    """One button: caption, macro, action, what it does, and whether that changes the master."""

    caption: str
    macro: str
    action: str
    does: str
    changes: bool = True


STEPS: Final = (
    DeskButton("下发报表", "WyIssue", "issue", "给每个报送单位生成填报表，放在“下发”文件夹。"),
    DeskButton("校验报送", "WyCheck", "check", "检查“报送”文件夹里的填报表，问题列在“校验结果”。"),
    DeskButton(
        "退回催报", "WyReturn", "return", "退回件、退回单、催报单、核实单，放在“退回”文件夹。"
    ),
    DeskButton("合并汇总", "WyMerge", "merge", "合格的归档，生成台账、汇总、差异核对。"),
    DeskButton("进度判定", "WyAssess", "assess", "逐项对照时序或季度计划，写明每个状态的算法。"),
    DeskButton("季度通报", "WyBulletin", "bulletin", "生成通报正文和附件，打印签发。"),
    DeskButton("打印预览", "WyPreview", "preview", "预览季度通报。", changes=False),
    DeskButton("打开文件夹", "WyOpenFolder", "folder", "打开本期的工作目录。", changes=False),
    DeskButton(
        *("撤销上次", "WyUndo", "undo", "把主工作簿恢复到上一次操作之前，现在的另存一份。"),
        changes=False,
    ),
)


def read_by_clicks(names: Iterable[str]) -> list[str]:
    """Those of the sheets *names* that every click reads: the desk and the plan."""
    return [name for name in names if name in {NAME, *PlanSheet}]


def copies_before(action: str, names: Iterable[str], file: Path) -> Path | None:
    """The folder of copies of the workbook *file*, if the button *action* will change it.

    *names* are those of its sheets. None where no copy was made yet.
    """
    changes = any(step.changes for step in STEPS if step.action == action)
    folder = file.parent / COPIES
    return folder if changes and NAME in names and folder.is_dir() else None

"""签发留存: what was signed of a closed period, kept with the plan as it stood and its letters."""

import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

from wyexcel.archive import issued_files
from wyexcel.archive.issued_files import issued_folder
from wyexcel.archive.workspace import Workspace
from wyexcel.files import disk
from wyexcel.files.writing import xlsx
from wyexcel.letters import outbox
from wyexcel.letters.outbox import Mailing
from wyexcel.master import plan_sheets
from wyexcel.period import Period
from wyexcel.plan.plan import Plan

_BULLETINS: Final = ("通报.xlsx", "通报.docx", "通报.pdf", "汇总.xlsx", "进度判定.xlsx")
_LETTERS: Final = "督办"
_ABOUT: Final = "说明.txt"


def keep_issue(workspace: Workspace, plan: Plan, period: Period, revision: int) -> Path:
    """The folder in which everything is kept that was signed of *period*; filled once."""
    target = issued_folder(workspace, period, revision)
    if issued_files.is_kept(target):
        return target
    with tempfile.TemporaryDirectory(prefix="wyexcel-", ignore_cleanup_errors=True) as temporary:
        own = _own_files(Path(temporary), plan, period)
        issued_files.keep_issued(target, (*own, *_signed(workspace, period)))
    return target


def _own_files(folder: Path, plan: Plan, period: Period) -> Iterator[tuple[str, Path]]:
    """The plan as it stood, and by which version of the program this was made."""
    xlsx.write(plan_sheets.describe(plan), folder / issued_files.PLAN)
    yield issued_files.PLAN, folder / issued_files.PLAN
    version = metadata.version("wyexcel")
    disk.write_text(
        folder / _ABOUT,
        f"{period.title}定稿时签发的文件，wyexcel {version} 生成。请不要改动；"
        f"要核对的，运行 wyexcel verify {period}。\n",
    )
    yield _ABOUT, folder / _ABOUT


def _signed(workspace: Workspace, period: Period) -> Iterator[tuple[str, Path]]:
    """The bulletin's files and the letters about what lags, as far as they are there."""
    for name in _BULLETINS:
        path = workspace.bulletins(period) / name
        if path.is_file():
            yield name, path
    for path in outbox.files_of(workspace.returned(period), Mailing.SUPERVISED):
        yield f"{_LETTERS}/{path.name}", path

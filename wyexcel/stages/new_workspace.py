"""A new workspace: its folders, and the master workbook with the official plan."""

from datetime import datetime
from pathlib import Path

from wyexcel.archive.workspace import FORMS, INBOX, MASTER, Workspace, folder
from wyexcel.errors import CannotWrite
from wyexcel.master import desk
from wyexcel.period import Period
from wyexcel.plan.plan import Plan


def create(root: Path, plan: Plan | None = None, *, chosen: Period | None = None) -> Workspace:
    """A new workspace at *root* with the official plan (or *plan*) in its master workbook.

    Its desk opens on the period *chosen*, else on the last quarter that has ended.
    """
    workspace = Workspace(root.absolute())
    if workspace.master.exists():
        message = f"“{workspace.root}”里已有 {MASTER}，没有改动它。要新建请换一个目录。"
        raise CannotWrite(message)
    folder(workspace.root)
    for name in (FORMS, INBOX):
        folder(workspace.root / name)
    from wyexcel.master import master_workbook  # noqa: PLC0415 - only a new workspace needs them
    from wyexcel.plan import official  # noqa: PLC0415 - only a new workspace needs them

    plan = plan or official.load()
    master_workbook.write(plan, workspace.master, chosen=chosen or _last_quarter(plan))
    return workspace


def _last_quarter(plan: Plan) -> Period:
    """The last quarter of the plan that has ended; its first one before that."""
    today = datetime.now().astimezone().date()
    first, *others = desk.quarters(plan)
    return max((quarter for quarter in others if quarter.end < today), default=first)

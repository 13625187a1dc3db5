"""The plan as the master workbook says it now, and the periods that it covers."""

from msgspec.structs import replace

from wyexcel.archive import due_dates
from wyexcel.archive.workspace import Workspace
from wyexcel.errors import BadPeriod, NotAWorkspace
from wyexcel.files.reading.book import Book
from wyexcel.master import plan_sheets
from wyexcel.period import Period
from wyexcel.plan.plan import Plan


def plan_of(workspace: Workspace) -> Plan:
    """The plan as the master's own sheets say it now, refused if it contradicts itself."""
    from wyexcel.files.reading import read_workbook  # noqa: PLC0415 - a click reads the open master

    book = read_workbook.read(workspace.master, only=plan_sheets.NAMES)
    if not isinstance(book, Book):
        message = f"主工作簿“{workspace.master}”打不开，请从备份恢复，或关闭正在使用它的程序。"
        raise NotAWorkspace(message)
    return with_due_dates(workspace, plan_sheets.read(book))


def with_due_dates(workspace: Workspace, plan: Plan) -> Plan:
    """*plan* with the due dates with which forms of the workspace were issued."""
    issued = due_dates.due_dates(workspace)
    return replace(plan, due_dates=issued) if issued else plan


def covered(plan: Plan, period: Period) -> Period:
    """*period*, if the plan has targets for its year; raise BadPeriod otherwise."""
    if period.year not in plan.years:
        message = f"目标任务只覆盖 {plan.years[0]}—{plan.years[-1]} 年，没有 {period} 这一期。"
        raise BadPeriod(message)
    return period

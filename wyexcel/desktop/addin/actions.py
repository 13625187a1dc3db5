"""What each button does: it runs a stage, and returns a message and sheets for the master."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import xlwings as xw
from msgspec import Struct

from wyexcel.archive import manifest
from wyexcel.archive.workspace import Workspace, folder
from wyexcel.desktop.addin import backup, excel_or_calc
from wyexcel.desktop.addin.read_sheets import MasterContents
from wyexcel.errors import CannotRead
from wyexcel.files.writing.sheet import Sheet
from wyexcel.findings import Severity
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.forms.submission import Season
from wyexcel.letters.outbox import Delivery
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.reports.findings_sheet import findings_sheet
from wyexcel.stages import before_publishing, check, issue


class Click(Struct, frozen=True, kw_only=True):
    """What an action works on: the open master, its workspace, plan and period.

    `tell` shows progress.
    """

    book: xw.Book
    contents: MasterContents
    workspace: Workspace
    plan: Plan
    period: Period
    tell: Tell


class ActionResult(Struct, frozen=True, kw_only=True):
    """What an action returns: a message, and the sheets to write; the first of them is shown.

    `reported` are the units with an accepted form in the archive; `book` is the open workbook where
    the action has opened another one.
    """

    message: str
    sheets: tuple[Sheet, ...] = ()
    reported: tuple[str, ...] = ()
    book: xw.Book | None = None


def _issue(click: Click) -> ActionResult:
    issued = issue.issue(click.workspace, click.plan, click.period, tell=click.tell)
    where = click.workspace.forms(click.period)
    summary = f"已生成 {len(issued.files)} 份填报表，在“{where}”，请发给各单位。"
    return ActionResult(message="\n".join((summary, *issued.remarks)))


def _check(click: Click) -> ActionResult:
    season = check.check(click.workspace, click.plan, click.period, tell=click.tell)
    return ActionResult(message=_summary(season), sheets=(_findings(click, season),))


def _return(click: Click) -> ActionResult:
    from wyexcel.stages import send_back  # noqa: PLC0415 - a check gets by without Word and openpyxl

    season = check.check(click.workspace, click.plan, click.period, urging=True, tell=click.tell)
    sent = send_back.send_back(click.workspace, click.plan, season)
    papers = "退回件、退回单、催报单、核实单"
    summary = _outgoing_files(papers, sent, click) or "没有要退回、催报或核实的。"
    return ActionResult(
        message=f"{summary}\n{season.balance}。", sheets=(_findings(click, season),)
    )


def _outgoing_files(what: str, sent: Delivery, click: Click) -> str:
    """The sentence of how many files go out to the units and where they are; and of files left."""
    where = click.workspace.returned(click.period)
    summary = f"{what}共 {len(sent.files)} 个，在“{where}”。" if sent.files else ""
    return "\n".join(part for part in (summary, sent.about_left) if part)


def _merge(click: Click) -> ActionResult:
    from wyexcel.stages import merge  # noqa: PLC0415 - a check gets by without it

    merged = merge.merge(click.workspace, click.plan, click.period, tell=click.tell)
    ledger, totals, differences = merged.sheets
    message = (
        f"{merged.season.balance}。\n台账 {len(merged.ledger)} 行，"
        f"两家单位数据待核 {merged.disputes} 项，见“{differences.name}”。"
    )
    return ActionResult(message=message, sheets=(totals, ledger, differences))


def _assess(click: Click) -> ActionResult:
    from wyexcel.stages import assess  # noqa: PLC0415 - a check gets by without it

    assessed = assess.assess(click.workspace, click.plan, click.period, tell=click.tell)
    counts: dict[str, int] = {}
    for standing in assessed.standings:
        counts[standing.status.value] = counts.get(standing.status.value, 0) + 1
    summary = "，".join(f"{status} {count} 项" for status, count in counts.items())
    sheet = assessed.sheets[0]
    message = f"{click.period.title}：{summary}。\n每项的算法见“{sheet.name}”。"
    return ActionResult(message=message, sheets=assessed.sheets)


def _bulletin(click: Click) -> ActionResult:
    from wyexcel.stages import publish  # noqa: PLC0415 - a check gets by without it

    published = publish.publish(click.workspace, click.plan, click.period, tell=click.tell)
    names = "、".join(file.name for file in published.files)
    where = click.workspace.bulletins(click.period)
    letters = _outgoing_files("督办单", published.letters, click)
    remarks = "\n".join(
        (
            *before_publishing.publishing_warnings(click.workspace, click.plan, click.period),
            *published.about_earlier(click.period),
        )
    )
    message = f"季度通报已生成：{names}，在“{where}”。\n{letters}\n{remarks}".rstrip()
    return ActionResult(message=message, sheets=published.sheets)


def _preview(click: Click) -> ActionResult:
    excel_or_calc.preview(click.book.sheets[PRINTED])
    return ActionResult(message="")


def _folder(click: Click) -> ActionResult:
    _open(folder(click.workspace.root))
    return ActionResult(message="")


def _undo(click: Click) -> ActionResult:
    undone = backup.undo(click.book, click.workspace)
    message = f"主工作簿已恢复到上次操作之前（{undone.copy.name}）；归档和已生成的文件没有改动。"
    return ActionResult(message=message, book=undone.book)


PRINTED: Final = "季度通报"

ACTIONS: Final[Mapping[str, Callable[[Click], ActionResult]]] = {
    "issue": _issue,
    "check": _check,
    "return": _return,
    "merge": _merge,
    "assess": _assess,
    "bulletin": _bulletin,
    "preview": _preview,
    "folder": _folder,
    "undo": _undo,
}


def _findings(click: Click, season: Season) -> Sheet:
    return findings_sheet(season, click.period, folder=click.workspace.root)


def _summary(season: Season) -> str:
    """The message after a check: findings by severity, and the balance of the files."""
    counts = {s: sum(f.severity is s for f in season.findings) for s in Severity}
    problems = "，".join(f"{s.value} {count} 条" for s, count in counts.items() if count)
    if not problems:
        return f"没有发现问题。\n{season.balance}。"
    first = f"发现问题：{problems}。见“校验结果”，点单元格可直接打开原表。"
    return f"{first}\n{season.balance}。"


def reported_units(click: Click) -> tuple[str, ...]:
    """The units with an accepted form for the period in the archive."""
    return manifest.reported_units(click.workspace, click.period)


def _open(path: Path) -> None:
    """Show the folder *path* in the file manager."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - a folder of ours
        return
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        subprocess.Popen(  # noqa: S603 - a folder of ours
            [opener, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError as error:
        message = f"这台电脑上没有打开文件夹的程序（{opener}）。文件夹在“{path}”，请自己打开。"
        raise CannotRead(message) from error

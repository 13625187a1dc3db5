"""What the command line prints for a person: progress, results, and where the files are."""

import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wyexcel.archive.workspace import Workspace
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.forms.submission import Decision, Season
from wyexcel.letters.outbox import Delivery
from wyexcel.period import Period
from wyexcel.stages.check import FINDINGS
from wyexcel.stages.write_workbooks import silent
from wyexcel.terminal import say

if TYPE_CHECKING:  # a check gets by without them
    from wyexcel.files.proof.proof_result import Proof
    from wyexcel.stages.assess import Assessed
    from wyexcel.stages.close import ClosedNow
    from wyexcel.stages.merge import Merged
    from wyexcel.stages.publish import Published
    from wyexcel.stages.run import Run
    from wyexcel.stages.verify import Verified

_MOST: Final = 40
"""Findings shown on a terminal; the workbook 校验结果 always has every one."""


@contextmanager
def progress(*, shown: bool) -> Generator[Tell]:
    """A function that shows progress: in a bar on a terminal, not at all elsewhere."""
    if not (shown and sys.stderr.isatty()):
        yield silent
        return
    from wyexcel.cli import rich_output  # noqa: PLC0415 - only where a table or a bar is drawn

    with rich_output.progress_bar() as tell:
        yield tell


def show_new(workspace: Workspace) -> None:
    """Where the new workspace is, and what to do next."""
    say(f"已新建工作目录：{workspace.root}")
    say("下一步：打开 master.xlsm 核对目标任务和基期，然后运行 wyexcel issue 报告期 下发报表。")


def show_ledger(rows: int, file: Path) -> None:
    """How many rows the ledger of all periods has, and its file."""
    say(f"台账 {rows} 行，写在“{file}”。")


def show_files(what: str, files: Sequence[Path], workspace: Workspace) -> None:
    """The files that were made, named from the workspace."""
    if not files:
        say(f"没有需要生成的{what}。")
        return
    say(f"{what}（{len(files)} 个）：")
    for file in files:
        say(f"  {_short(file, workspace)}")


def _short(file: Path, workspace: Workspace) -> str:
    return file.relative_to(workspace.root).as_posix()


def show_sent(sent: Delivery, workspace: Workspace) -> None:
    """The files that go out to the units, and those not rewritten as somebody had changed them."""
    show_files("退回件、退回单、催报单和核实单", sent.files, workspace)
    if sent.left:
        say(sent.about_left)


def show_check(season: Season, workspace: Workspace) -> None:
    """The findings, the balance of the files, and the units that sent none."""
    _show_findings(season)
    say(season.balance)
    if season.missing:
        say(f"缺报：{'、'.join(season.missing)}")
    say(f"全部问题：{_short(workspace.bulletins(season.period) / FINDINGS, workspace)}")


def _show_findings(season: Season) -> None:
    if not season.findings:
        say("没有发现问题。")
        return
    from wyexcel.cli import rich_output  # noqa: PLC0415 - only where a table or a bar is drawn

    rich_output.print_findings(season.findings[:_MOST], f"{season.period.title} 校验结果")
    if len(season.findings) > _MOST:
        say(f"……另有 {len(season.findings) - _MOST} 条，见校验结果工作簿。")


def show_merge(merged: "Merged", workspace: Workspace) -> None:
    """What was archived, how large the ledger is, and how many numbers disagree."""
    if merged.season.findings:
        _show_findings(merged.season)
    say(merged.season.balance)
    accepted = sum(form.decision is Decision.ACCEPTED for form in merged.kept)
    say(f"归档 {len(merged.kept)} 份，采用 {accepted} 份；台账 {len(merged.ledger)} 行。")
    say(f"两家单位数据待核 {merged.disputes} 项。")
    say(f"台账、汇总、差异核对：{_short(merged.file, workspace)}")


def show_assessment(assessed: "Assessed", workspace: Workspace) -> None:
    """Every indicator's status and the reason for it."""
    from wyexcel.cli import rich_output  # noqa: PLC0415 - only where a table or a bar is drawn

    rich_output.print_standings(assessed.standings)
    say(f"进度判定：{_short(assessed.file, workspace)}")


def show_bulletin(published: "Published", workspace: Workspace) -> None:
    """Where the bulletin is, and which of its fonts are not on this machine."""
    show_files("季度通报", published.files, workspace)
    if published.missing_fonts:
        fonts = "、".join(published.missing_fonts)
        say(f"本机没有 {fonts}，pdf 已用相近字体代替；正式印发请在装有这些字体的电脑上打印。")
    show_files("督办单", published.letters.files, workspace)
    if published.letters.left:
        say(published.letters.about_left)


def show_closing(result: "ClosedNow", workspace: Workspace) -> None:
    """That the period is closed, since when, and where it is written down."""
    closed = result.closing
    day = closed.closed.astimezone().strftime("%Y-%m-%d %H:%M")
    count = sum(map(len, closed.values.values()))
    already = "" if result.new else "早已"
    say(
        f"{already}定稿（{closed.by}，{day}）："
        f"{len(closed.originals)} 份报表、{count} 个数、{len(closed.standings)} 项指标。"
    )
    if result.missing:
        say(f"注意：{'、'.join(result.missing)}没有合格的报表，其主报的数按未报或代报定稿。")
    say(f"定稿：{_short(result.file, workspace)}。以后要改，先运行 wyexcel revise。")


def show_revision(period: Period, file: Path, workspace: Workspace) -> None:
    """That the period may be changed now, and what to do for it."""
    say(f"{period.title}已开启修订，记在 {_short(file, workspace)}。")
    say(
        f"把更正的报表放进“{_short(workspace.inbox(period), workspace)}”，"
        f"依次运行 merge、bulletin，核对后运行 wyexcel close {period} 重新定稿。"
    )


def show_run(result: "Run", workspace: Workspace) -> None:
    """The results of a whole run, each part once."""
    show_sent(result.returned, workspace)
    show_merge(result.merged, workspace)
    show_assessment(result.assessed, workspace)
    show_bulletin(result.published, workspace)


def show_rehearsal(workspace: Workspace, period: Period, faults: int) -> None:
    """What to do with a rehearsal, and where its answers are."""
    say(f"演练目录做好了（全部为演练数据）：{workspace.root}")
    say(f"“{_short(workspace.inbox(period), workspace)}”里放进了 {faults} 处错误。")
    say(f"进入该目录运行 wyexcel check {period}，说出每个文件错在哪里，再打开“答案.xlsx”核对。")


def show_demo(workspace: Workspace, period: Period) -> None:
    """Where to look after the demonstration."""
    say("")
    say(f"演示做完了（全部为示例数据）。请打开“{workspace.root}”看看：")
    for folder, what in (
        (workspace.forms(period), "下发给五家单位的填报表"),
        (workspace.inbox(period), "收到的七个文件（一份更正；一份补报有三处错，暂用该单位先报的）"),
        (workspace.returned(period), "退回件（标出问题的填报表）、退回单，给欠进度单位的督办单"),
        (workspace.bulletins(period), "校验结果、汇总、进度判定、季度通报"),
    ):
        say(f"  {_short(folder, workspace)}：{what}")


def show_proof(made: "Proof") -> None:
    """What was looked at, each fault with its page, and what is no fault."""
    say(f"看了{'、'.join(made.looked_at) or '通报'}。")
    for fault in made.faults:
        page = f"第{fault.page}页" if fault.page else ""
        say(f"  〔{fault.kind}〕“{fault.where}”{page} {fault.sentence}")
    if not made.faults:
        say("没有发现毛病。")
    for remark in made.remarks:
        say(remark)


def show_verified(verified: "Verified") -> None:
    """What was looked at, and each difference from what was signed."""
    say(f"核对了{'、'.join(verified.looked_at)}。")
    if not verified.differences:
        say("和签发时完全一致。")
        return
    say(f"有 {len(verified.differences)} 处不同：")
    for sentence in verified.differences:
        say(f"  {sentence}。")

"""The commands of the command line: each runs a stage and returns what to print (contract.md)."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.archive.workspace import Workspace, alone, find
from wyexcel.cli import json_answers, screen
from wyexcel.cli.arguments import Request
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.forms.submission import Season
from wyexcel.period import Period
from wyexcel.plan import schedule
from wyexcel.plan.plan import Plan
from wyexcel.progress import standings_as_json
from wyexcel.stages import before_publishing, check, issue, new_workspace, read_plan, revise
from wyexcel.terminal import EXIT_DONE, EXIT_FINDINGS, say

DEMO_FOLDER: Final = "示例"


class Job(Struct, frozen=True, kw_only=True):
    """What a command works on: a locked workspace, its plan, a period, and files named by a person.

    `by` and `why` say who closes or revises the period, and why.
    """

    workspace: Workspace
    plan: Plan
    period: Period
    files: tuple[Path, ...]
    tell: Tell
    by: str = ""
    why: str = ""


class CommandResult(Struct, frozen=True):
    """What a command returns: the JSON, a function that prints it for a person, the exit code."""

    answer: Mapping[str, Any]
    show: Callable[[], None]
    code: int = EXIT_DONE


Command: TypeAlias = Callable[[Request], CommandResult]
PeriodCommand: TypeAlias = Callable[[Job], CommandResult]


def _for_period(work: PeriodCommand) -> Command:
    """The command that does *work* on one period; a bad period or folder is refused first."""

    def command(request: Request) -> CommandResult:
        period, workspace = Period.parse(request.words[0]), find(request.workspace)
        return _in_workspace(request, workspace, period, work)

    return command


def _in_workspace(
    request: Request, workspace: Workspace, period: Period, work: PeriodCommand
) -> CommandResult:
    """Do *work* while no other command can use *workspace*."""
    with alone(workspace), screen.progress(shown=request.talks) as tell:
        job = Job(
            workspace=workspace,
            plan=read_plan.plan_of(workspace),
            period=period,
            files=tuple(Path(word) for word in request.words[1:]),
            tell=tell,
            by=request.by,
            why=request.why,
        )
        return work(job)


def _demo(request: Request) -> CommandResult:
    from wyexcel.practice import demo  # noqa: PLC0415 - no other command needs it

    workspace = demo.make_demo(_target(request, DEMO_FOLDER))
    run = _in_workspace(request, workspace, demo.PERIOD, _run)

    def show() -> None:
        run.show()
        screen.show_demo(workspace, demo.PERIOD)

    return CommandResult(run.answer, show)


def _rehearse(request: Request) -> CommandResult:
    from wyexcel.practice.rehearsal import correct_forms, rehearse  # noqa: PLC0415 - no other command needs it

    rehearsed = rehearse.make_rehearsal(_target(request, ""), request.faults)
    answer = {
        "workspace": str(rehearsed.workspace.root),
        "period": str(correct_forms.PERIOD),
        "faults": [entry.mistake.code for entry in rehearsed.answer_key if entry.mistake],
        "files": [str(rehearsed.file)],
    }
    count = len(answer["faults"])
    return CommandResult(
        answer, partial(screen.show_rehearsal, rehearsed.workspace, correct_forms.PERIOD, count)
    )


def _init(request: Request) -> CommandResult:
    workspace = new_workspace.create(_target(request, "."))
    answer = {"workspace": str(workspace.root), "files": [str(workspace.master)]}
    return CommandResult(answer, partial(screen.show_new, workspace))


def _target(request: Request, default: str) -> Path:
    return request.workspace / (request.words[0] if request.words else default)


def _issue(job: Job) -> CommandResult:
    issued = issue.issue(job.workspace, job.plan, job.period, tell=job.tell)
    show = partial(screen.show_files, "已生成填报表，请发给各单位", issued.files, job.workspace)
    return _with_remarks(CommandResult(_files_json(job, issued.files), show), issued.remarks)


def _with_remarks(result: CommandResult, remarks: Sequence[str]) -> CommandResult:
    """*result* with *remarks* in its JSON, and printed after it."""

    def show() -> None:
        result.show()
        for remark in remarks:
            say(remark)

    return replace(result, answer={**result.answer, "remarks": list(remarks)}, show=show)


def _check(job: Job) -> CommandResult:
    season = check.check(job.workspace, job.plan, job.period, files=job.files, tell=job.tell)
    show = partial(screen.show_check, season, job.workspace)
    result = CommandResult(json_answers.check(season), show, _exit_code(season))
    unknown = schedule.unknown_holidays(job.plan, job.period)
    return _with_remarks(result, [unknown]) if unknown else result


def _return(job: Job) -> CommandResult:
    from wyexcel.stages import send_back  # noqa: PLC0415 - a check gets by without Word and openpyxl

    season = check.check(job.workspace, job.plan, job.period, urging=True, tell=job.tell)
    sent = send_back.send_back(job.workspace, job.plan, season)
    show = partial(screen.show_sent, sent, job.workspace)
    return CommandResult(_files_json(job, sent.files), show, _exit_code(season))


def _merge(job: Job) -> CommandResult:
    from wyexcel.stages import merge  # noqa: PLC0415 - a check gets by without it

    merged = merge.merge(job.workspace, job.plan, job.period, tell=job.tell)
    show = partial(screen.show_merge, merged, job.workspace)
    return CommandResult(json_answers.merge(merged), show, _exit_code(merged.season))


def _assess(job: Job) -> CommandResult:
    from wyexcel.stages import assess  # noqa: PLC0415 - a check gets by without it

    assessed = assess.assess(job.workspace, job.plan, job.period, tell=job.tell)
    show = partial(screen.show_assessment, assessed, job.workspace)
    return CommandResult(standings_as_json.assessment(job.period, assessed.standings), show)


def _bulletin(job: Job) -> CommandResult:
    from wyexcel.stages import publish  # noqa: PLC0415 - a check gets by without it

    remarks = before_publishing.publishing_warnings(job.workspace, job.plan, job.period)
    published = publish.publish(job.workspace, job.plan, job.period, tell=job.tell)
    answer = _files_json(job, (*published.files, *published.letters.files))
    result = CommandResult(answer, partial(screen.show_bulletin, published, job.workspace))
    return _with_remarks(result, (*remarks, *published.about_earlier(job.period)))


def _run(job: Job) -> CommandResult:
    from wyexcel.stages import run  # noqa: PLC0415 - a check gets by without it

    season_run = run.run(job.workspace, job.plan, job.period, tell=job.tell)
    show = partial(screen.show_run, season_run, job.workspace)
    result = CommandResult(json_answers.run(season_run), show, _exit_code(season_run.season))
    return _with_remarks(result, season_run.published.about_earlier(job.period))


def _close(job: Job) -> CommandResult:
    from wyexcel.stages import close  # noqa: PLC0415 - a check gets by without it

    remarks = before_publishing.publishing_warnings(job.workspace, job.plan, job.period)
    closed = close.close(job.workspace, job.plan, job.period, by=job.by, tell=job.tell)
    show = partial(screen.show_closing, closed, job.workspace)
    return _with_remarks(CommandResult(json_answers.closing(job.period, closed), show), remarks)


def _proof(job: Job) -> CommandResult:
    from wyexcel.stages import proof  # noqa: PLC0415 - no other command needs it

    made = proof.proof(job.workspace, job.plan, job.period, tell=job.tell)
    answer = {
        "period": str(job.period),
        "faults": [fault._asdict() for fault in made.faults],
        "remarks": list(made.remarks),
        "looked_at": list(made.looked_at),
    }
    code = EXIT_FINDINGS if made.faults else EXIT_DONE
    return CommandResult(answer, partial(screen.show_proof, made), code)


def _verify(job: Job) -> CommandResult:
    from wyexcel.stages import verify  # noqa: PLC0415 - no other command needs it

    verified = verify.verify(job.workspace, job.plan, job.period, tell=job.tell)
    answer = {
        "period": str(job.period),
        "differences": list(verified.differences),
        "looked_at": list(verified.looked_at),
    }
    code = EXIT_FINDINGS if verified.differences else EXIT_DONE
    return CommandResult(answer, partial(screen.show_verified, verified), code)


def _revise(job: Job) -> CommandResult:
    line, file = revise.revise(job.workspace, job.plan, job.period, by=job.by, why=job.why)
    answer = {"period": str(job.period), "by": line.by, "why": line.why, "files": [str(file)]}
    return CommandResult(answer, partial(screen.show_revision, job.period, file, job.workspace))


def _backup(request: Request) -> CommandResult:
    from wyexcel.stages import backup_workspace  # noqa: PLC0415 - no other command needs it

    workspace = find(request.workspace)
    target = Path(request.words[0]) if request.words else None
    with alone(workspace), screen.progress(shown=request.talks) as tell:
        backed_up = backup_workspace.back_up(workspace, target, tell=tell)
    answer = {"file": str(backed_up.file), "files": backed_up.files}
    sentence = f"已备份 {backed_up.files} 个文件，在“{backed_up.file}”。请另拷一份到别的盘上。"
    return CommandResult(answer, partial(say, sentence))


def _restore(request: Request) -> CommandResult:
    from wyexcel.stages import backup_workspace  # noqa: PLC0415 - no other command needs it

    file, target = (Path(word) for word in request.words)
    with screen.progress(shown=request.talks) as tell:
        restored = backup_workspace.restore(file, target, tell=tell)
    answer = {"workspace": str(restored.root), "files": restored.files}
    sentence = f"已恢复 {restored.files} 个文件，逐个核对无误，工作目录是“{restored.root}”。"
    return CommandResult(answer, partial(say, sentence))


def _office(request: Request) -> CommandResult:
    from wyexcel.desktop.setup import office_command  # noqa: PLC0415 - only where one installs

    subcommand, *folder = request.words
    result = office_command.run(subcommand, request.workspace, Path(*folder))
    show = partial(say, "\n".join(result.lines))
    return CommandResult(result.answer, show, EXIT_DONE if result.ok else EXIT_FINDINGS)


def _files_json(job: Job, files: Sequence[Path]) -> Mapping[str, Any]:
    return {"period": str(job.period), "files": [str(file) for file in files]}


def _exit_code(season: Season) -> int:
    return EXIT_FINDINGS if season.rejects else EXIT_DONE


def _ledger(request: Request) -> CommandResult:
    """The values of one period, or of all of them, as a CSV file."""
    from wyexcel.stages import ledger_table  # noqa: PLC0415 - no other command needs it

    workspace = find(request.workspace)
    period = Period.parse(request.words[0]) if request.words else None
    with alone(workspace), screen.progress(shown=request.talks) as tell:
        values = ledger_table.ledger_values(
            workspace, read_plan.plan_of(workspace), period, tell=tell
        )
        file = ledger_table.write_csv(values, Path(request.csv))
    answer = {
        "period": None if period is None else str(period),
        "rows": len(values),
        "files": [str(file)],
    }
    return CommandResult(answer, partial(screen.show_ledger, len(values), file))


COMMANDS: Final[Mapping[str, Command]] = {
    "demo": _demo,
    "init": _init,
    "rehearse": _rehearse,
    "issue": _for_period(_issue),
    "check": _for_period(_check),
    "return": _for_period(_return),
    "merge": _for_period(_merge),
    "assess": _for_period(_assess),
    "bulletin": _for_period(_bulletin),
    "run": _for_period(_run),
    "close": _for_period(_close),
    "revise": _for_period(_revise),
    "proof": _for_period(_proof),
    "verify": _for_period(_verify),
    "ledger": _ledger,
    "backup": _backup,
    "restore": _restore,
    "office": _office,
}

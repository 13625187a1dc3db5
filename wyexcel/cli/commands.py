"""What each command does, for the command line: one for each thing a person does (contract.md)."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.archive.workspace import Workspace, alone, find
from wyexcel.cli import json_answers, screen
from wyexcel.cli.request import Request
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.forms.submission import Season
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.progress import as_json
from wyexcel.stages import (
    before_publishing,
    check,
    issue,
    new_workspace,
    read_plan,
    revise,
)
from wyexcel.terminal import EXIT_DONE, EXIT_FINDINGS, say

DEMO_FOLDER: Final = "示例"


class Job(Struct, frozen=True, kw_only=True):
    """What a command works on: a workspace that is held, its plan, a period, given files."""

    workspace: Workspace
    plan: Plan
    period: Period
    files: tuple[Path, ...]
    tell: Tell
    by: str = ""
    why: str = ""


class Done(Struct, frozen=True):
    """What a command gives: the JSON, how to show it to a person, the exit code."""

    answer: Mapping[str, Any]
    show: Callable[[], None]
    code: int = EXIT_DONE


Command: TypeAlias = Callable[[Request], Done]
Task: TypeAlias = Callable[[Job], Done]


def _season(task: Task) -> Command:
    """A command on one period of a workspace; the cheap mistakes are found first."""

    def command(request: Request) -> Done:
        period, workspace = Period.parse(request.words[0]), find(request.workspace)
        return _held(request, workspace, period, task)

    return command


def _held(request: Request, workspace: Workspace, period: Period, task: Task) -> Done:
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
        return task(job)


def _demo(request: Request) -> Done:
    from wyexcel.practice import demo  # noqa: PLC0415 - pandas stays off the other commands' way

    workspace = demo.make_demo(_target(request, DEMO_FOLDER))
    done = _held(request, workspace, demo.PERIOD, _run)

    def show() -> None:
        done.show()
        screen.show_demo(workspace, demo.PERIOD)

    return Done(done.answer, show)


def _rehearse(request: Request) -> Done:
    from wyexcel.practice.rehearsal import correct_forms, rehearse  # noqa: PLC0415 - pandas stays off the other commands' way

    made = rehearse.make_rehearsal(_target(request, ""), request.faults)
    told = {
        "workspace": str(made.workspace.root),
        "period": str(correct_forms.PERIOD),
        "faults": [entry.mistake.code for entry in made.answer_key if entry.mistake],
        "files": [str(made.file)],
    }
    count = len(told["faults"])
    return Done(told, partial(screen.show_rehearsal, made.workspace, correct_forms.PERIOD, count))


def _init(request: Request) -> Done:
    workspace = new_workspace.found(_target(request, "."))
    told = {"workspace": str(workspace.root), "files": [str(workspace.master)]}
    return Done(told, partial(screen.show_new, workspace))


def _target(request: Request, default: str) -> Path:
    return request.workspace / (request.words[0] if request.words else default)


def _issue(job: Job) -> Done:
    made = issue.issue(job.workspace, job.plan, job.period, tell=job.tell)
    return _remarked(_files(job, "已生成填报表，请发给各单位", made.files), made.remarks)


def _remarked(done: Done, remarks: Sequence[str]) -> Done:
    """*done* with what is to be said beside it."""

    def show() -> None:
        done.show()
        for remark in remarks:
            say(remark)

    return replace(done, answer={**done.answer, "remarks": list(remarks)}, show=show)


def _check(job: Job) -> Done:
    season = check.check(job.workspace, job.plan, job.period, files=job.files, tell=job.tell)
    show = partial(screen.show_check, season, job.workspace)
    return Done(json_answers.check(season), show, _code(season))


def _return(job: Job) -> Done:
    from wyexcel.stages import send_back  # noqa: PLC0415 - a check gets by without Word and openpyxl

    season = check.check(job.workspace, job.plan, job.period, urging=True, tell=job.tell)
    sent = send_back.send_back(job.workspace, job.plan, season)
    show = partial(screen.show_sent, sent, job.workspace)
    return Done(_named(job, sent.files), show, _code(season))


def _merge(job: Job) -> Done:
    from wyexcel.stages import merge  # noqa: PLC0415 - a check gets by without it

    merged = merge.merge(job.workspace, job.plan, job.period, tell=job.tell)
    show = partial(screen.show_merge, merged, job.workspace)
    return Done(json_answers.merge(merged), show, _code(merged.season))


def _assess(job: Job) -> Done:
    from wyexcel.stages import assess  # noqa: PLC0415 - a check gets by without it

    assessed = assess.assess(job.workspace, job.plan, job.period, tell=job.tell)
    show = partial(screen.show_assessment, assessed, job.workspace)
    return Done(as_json.assessment(job.period, assessed.standings), show)


def _bulletin(job: Job) -> Done:
    from wyexcel.stages import publish  # noqa: PLC0415 - a check gets by without it

    remarks = before_publishing.remarks(job.workspace, job.plan, job.period)
    published = publish.publish(job.workspace, job.plan, job.period, tell=job.tell)
    told = _named(job, (*published.files, *published.letters.files))
    done = Done(told, partial(screen.show_bulletin, published, job.workspace))
    return _remarked(done, (*remarks, *published.about_earlier(job.period)))


def _run(job: Job) -> Done:
    from wyexcel.stages import run  # noqa: PLC0415 - a check gets by without it

    done = run.run(job.workspace, job.plan, job.period, tell=job.tell)
    show = partial(screen.show_run, done, job.workspace)
    told = Done(json_answers.run(done), show, _code(done.season))
    return _remarked(told, done.published.about_earlier(job.period))


def _close(job: Job) -> Done:
    from wyexcel.stages import close  # noqa: PLC0415 - a check gets by without it

    remarks = before_publishing.remarks(job.workspace, job.plan, job.period)
    shut = close.close(job.workspace, job.plan, job.period, by=job.by, tell=job.tell)
    show = partial(screen.show_closing, shut, job.workspace)
    return _remarked(Done(json_answers.closing(job.period, shut), show), remarks)


def _revise(job: Job) -> Done:
    line, file = revise.revise(job.workspace, job.plan, job.period, by=job.by, why=job.why)
    told = {"period": str(job.period), "by": line.by, "why": line.why, "files": [str(file)]}
    return Done(told, partial(screen.show_revision, job.period, file, job.workspace))


def _office(request: Request) -> Done:
    from wyexcel.desktop.setup import command  # noqa: PLC0415 - only where one installs

    word, *folder = request.words
    told = command.obey(word, request.workspace, Path(*folder))
    show = partial(say, "\n".join(told.lines))
    return Done(told.answer, show, EXIT_DONE if told.well else EXIT_FINDINGS)


def _files(job: Job, what: str, files: Sequence[Path], *, code: int = EXIT_DONE) -> Done:
    show = partial(screen.show_files, what, files, job.workspace)
    return Done(_named(job, files), show, code)


def _named(job: Job, files: Sequence[Path]) -> Mapping[str, Any]:
    return {"period": str(job.period), "files": [str(file) for file in files]}


def _code(season: Season) -> int:
    return EXIT_FINDINGS if season.rejects else EXIT_DONE


COMMANDS: Final[Mapping[str, Command]] = {
    "demo": _demo,
    "init": _init,
    "rehearse": _rehearse,
    "issue": _season(_issue),
    "check": _season(_check),
    "return": _season(_return),
    "merge": _season(_merge),
    "assess": _season(_assess),
    "bulletin": _season(_bulletin),
    "run": _season(_run),
    "close": _season(_close),
    "revise": _season(_revise),
    "office": _office,
}

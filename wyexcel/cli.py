"""The command line: one command for each thing a person does (contract.md)."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, TypeAlias

from wyexcel import answer, collection, disk, mishap, screen
from wyexcel.errors import WyexcelError
from wyexcel.period import Period
from wyexcel.request import HELP, Request, parse
from wyexcel.workspace import Workspace, alone, find

DONE: Final = 0
FOUND: Final = 1
FAILED: Final = 2

DEMO_FOLDER: Final = "示例"

Answer: TypeAlias = Mapping[str, Any]
Command: TypeAlias = Callable[[Request], tuple[Answer, int]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what *arguments* ask and return the exit code; a person never sees a traceback."""
    screen.speak_utf8()
    try:
        return _obey(parse(sys.argv[1:] if arguments is None else arguments))
    except WyexcelError as error:
        screen.complain(str(error))
    except KeyboardInterrupt:
        screen.complain("已中断。已完成的部分不受影响，可以重新运行。")
    except Exception as error:  # noqa: BLE001 - the last border: a sentence, and the rest to the log
        screen.complain(mishap.sentence(error))
    return FAILED


def _obey(request: Request) -> int:
    if request.command == "help":
        screen.say(HELP)
        return DONE
    if request.command == "version":
        screen.say(f"wyexcel {version('wyexcel')}")
        return DONE
    result, code = COMMANDS[request.command](request)
    if request.answer == "-":
        screen.say(json.dumps(result, ensure_ascii=False, indent=1))
    elif request.answer:
        disk.write_text(Path(request.answer), json.dumps(result, ensure_ascii=False, indent=1))
    return code


def _demo(request: Request) -> tuple[Answer, int]:
    from wyexcel import demo, pipeline  # noqa: PLC0415 - pandas stays off the other commands' way

    workspace = demo.make(_target(request, DEMO_FOLDER))
    with alone(workspace):
        plan = collection.plan_of(workspace)
        with screen.progress(shown=request.talks) as tell:
            done = pipeline.run(workspace, plan, demo.PERIOD, tell=tell)
    if request.talks:
        screen.show_run(done, workspace)
        screen.show_demo(workspace, demo.PERIOD)
    return answer.run(done), DONE


def _init(request: Request) -> tuple[Answer, int]:
    workspace = collection.found(_target(request, "."))
    if request.talks:
        screen.show_new(workspace)
    return {"workspace": str(workspace.root), "files": [str(workspace.master)]}, DONE


def _target(request: Request, default: str) -> Path:
    return request.workspace / (request.words[0] if request.words else default)


def _issue(request: Request) -> tuple[Answer, int]:
    workspace, period = _start(request)
    with alone(workspace), screen.progress(shown=request.talks) as tell:
        plan = collection.plan_of(workspace)
        files = collection.issue(workspace, plan, period, tell=tell)
    if request.talks:
        screen.show_files("已生成填报表，请发给各单位", files, workspace)
    return {"period": str(period), "files": [str(file) for file in files]}, DONE


def _check(request: Request) -> tuple[Answer, int]:
    workspace, period = _start(request)
    files = [Path(word) for word in request.words[1:]]
    with alone(workspace), screen.progress(shown=request.talks) as tell:
        plan = collection.plan_of(workspace)
        season = collection.check(workspace, plan, period, files=files, tell=tell)
    if request.talks:
        screen.show_check(season, workspace)
    return answer.check(season), FOUND if season.rejects else DONE


def _return(request: Request) -> tuple[Answer, int]:
    workspace, period = _start(request)
    with alone(workspace), screen.progress(shown=request.talks) as tell:
        plan = collection.plan_of(workspace)
        season = collection.check(workspace, plan, period, tell=tell)
        files = collection.send_back(workspace, plan, season)
    if request.talks:
        screen.show_files("退回件和催报单", files, workspace)
    code = FOUND if season.rejects else DONE
    return {"period": str(period), "files": [str(file) for file in files]}, code


def _merge(request: Request) -> tuple[Answer, int]:
    from wyexcel import pipeline  # noqa: PLC0415 - pandas stays off the check path

    workspace, period = _start(request)
    with alone(workspace), screen.progress(shown=request.talks) as tell:
        plan = collection.plan_of(workspace)
        merged = pipeline.merge(workspace, plan, period, tell=tell)
    if request.talks:
        screen.show_merge(merged, workspace)
    return answer.merge(merged), FOUND if merged.season.rejects else DONE


def _assess(request: Request) -> tuple[Answer, int]:
    from wyexcel import pipeline  # noqa: PLC0415 - pandas stays off the check path

    workspace, period = _start(request)
    with alone(workspace), screen.progress(shown=request.talks) as tell:
        plan = collection.plan_of(workspace)
        assessed = pipeline.assess(workspace, plan, period, tell=tell)
    if request.talks:
        screen.show_assessment(assessed, workspace)
    return answer.assessment(period, assessed.standings), DONE


def _bulletin(request: Request) -> tuple[Answer, int]:
    from wyexcel import pipeline  # noqa: PLC0415 - pandas stays off the check path

    workspace, period = _start(request)
    with alone(workspace), screen.progress(shown=request.talks) as tell:
        plan = collection.plan_of(workspace)
        published = pipeline.publish(workspace, plan, period, tell=tell)
    if request.talks:
        screen.show_bulletin(published, workspace)
    return {"period": str(period), "files": [str(file) for file in published.files]}, DONE


def _run(request: Request) -> tuple[Answer, int]:
    from wyexcel import pipeline  # noqa: PLC0415 - pandas stays off the check path

    workspace, period = _start(request)
    with alone(workspace), screen.progress(shown=request.talks) as tell:
        plan = collection.plan_of(workspace)
        done = pipeline.run(workspace, plan, period, tell=tell)
    if request.talks:
        screen.show_run(done, workspace)
    return answer.run(done), FOUND if done.season.rejects else DONE


def _start(request: Request) -> tuple[Workspace, Period]:
    """The workspace and the period that were asked for, the cheap mistakes found first."""
    period = Period.parse(request.words[0])
    return find(request.workspace), period


COMMANDS: Final[Mapping[str, Command]] = {
    "demo": _demo,
    "init": _init,
    "issue": _issue,
    "check": _check,
    "return": _return,
    "merge": _merge,
    "assess": _assess,
    "bulletin": _bulletin,
    "run": _run,
}

"""The entry point of the command line: runs a command and returns its exit code (contract.md)."""

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from wyexcel import terminal
from wyexcel.cli.arguments import HELP, Request, parse
from wyexcel.errors import WyexcelError
from wyexcel.files import crash_log
from wyexcel.terminal import EXIT_DONE, EXIT_FAILED

_MANY: Final = 100_000
"""After how many new values garbage is looked for: a command leaves little of it, and ends soon."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what *arguments* ask and return the exit code; a person never sees a traceback."""
    terminal.write_utf8()
    if arguments is None:  # the process is ours
        gc.set_threshold(_MANY)
    try:
        request = parse(sys.argv[1:] if arguments is None else arguments)
        code = _run(request)
    except WyexcelError as error:
        terminal.say_error(str(error))
    except KeyboardInterrupt:
        terminal.say_error("已中断。已完成的部分不受影响，可以重新运行。")
    except Exception as error:  # noqa: BLE001 - the last border: a sentence, and the rest to the log
        terminal.say_error(crash_log.crash_sentence(error))
    else:
        if request.command == "button" and arguments is None:
            _leave(code)
        return code
    finally:
        if arguments is None:  # the process ends: to look for garbage once more takes as long as
            gc.freeze()  # to load half of what it needed
    return EXIT_FAILED


def _leave(code: int) -> None:
    """End the process at once: freeing its objects would take a tenth as long as its imports."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError, ValueError):  # nobody listens any more
            stream.flush()
    os._exit(code)


def _run(request: Request) -> int:
    """Run the command of *request*, show its result, and return the exit code."""
    if request.command == "help":
        terminal.say(HELP)
        return EXIT_DONE
    if request.command == "version":
        from importlib.metadata import version  # noqa: PLC0415 - a tenth of a command's start

        terminal.say(f"wyexcel {version('wyexcel')}")
        return EXIT_DONE
    if request.command == "button":
        return _press_button(request)
    from wyexcel.cli import commands  # noqa: PLC0415 - a click loads what it needs in its own time

    result = commands.COMMANDS[request.command](request)
    if request.talks:
        result.show()
    _write_json(request, result.answer)
    return result.code


def _press_button(request: Request) -> int:
    """Run `wyexcel button …`, which the macros call in LibreOffice."""
    from wyexcel.desktop import libreoffice_button  # noqa: PLC0415 - a spreadsheet program only where one is asked for

    [action] = request.words
    libreoffice_button.press(action)
    _write_json(request, {"button": action})
    return EXIT_DONE


def _write_json(request: Request, answer: Mapping[str, Any]) -> None:
    """Write *answer* as JSON, where `--json` asked for it."""
    if not request.answer:
        return
    import json  # noqa: PLC0415 - only where another program reads

    from wyexcel.files import disk  # noqa: PLC0415 - likewise

    text = json.dumps(answer, ensure_ascii=False, indent=1)
    if request.answer == "-":
        terminal.say(text)
    else:
        disk.write_text(Path(request.answer), text)

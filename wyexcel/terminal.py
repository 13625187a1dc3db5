"""The terminal: text in UTF-8 for a person or a program to read, and the exit codes."""

import io
import os
import sys
from typing import Final

EXIT_DONE: Final = 0
EXIT_FINDINGS: Final = 1
EXIT_FAILED: Final = 2


def write_utf8() -> None:
    """Write standard output and error in UTF-8, whatever encoding the terminal claims."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(text: str) -> None:
    """Write *text* to standard output; a reader that stops reading (`… | head`) is no error."""
    try:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def say_error(text: str) -> None:
    """Write *text*, what could not be done, to standard error."""
    sys.stderr.write(f"{text}\n")

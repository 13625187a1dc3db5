"""The terminal: words as they stand, in UTF-8, for a person or a program to read."""

import io
import os
import sys
from typing import Final

DONE: Final = 0


FOUND: Final = 1


FAILED: Final = 2


def speak_utf8() -> None:
    """Let Chinese through, also where the terminal claims another encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(text: str) -> None:
    """Print *text* as it stands; that nobody reads on (`… | head`) is no mistake."""
    try:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def complain(text: str) -> None:
    """Tell what could not be done."""
    sys.stderr.write(f"{text}\n")

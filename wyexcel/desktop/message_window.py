"""Shows a message in a window of the operating system, where no spreadsheet program can."""

import sys
from contextlib import suppress
from typing import Final

TITLE: Final = "园区通报"
_WARNING: Final = 0x30 | 0x10000 | 0x40000
"""MB_ICONWARNING, in front of everything: MB_SETFOREGROUND, MB_TOPMOST."""
_WINDOWS: Final = (
    ("zenity", "--error", f"--title={TITLE}", "--no-markup", "--text={}"),
    ("kdialog", "--title", TITLE, "--error", "{}"),
    ("xmessage", "-center", "{}"),
    ("osascript", "-e", "on run a", "-e", "display alert (item 1 of a)", "-e", "end run", "{}"),
)
"""Programs that show a sentence in a window: a desktop of Linux has one of them, macOS the last."""


def show(sentence: str) -> None:
    """Show *sentence* to who sees no terminal, where there is a window for that.

    On Windows it waits until the person has closed it, elsewhere it stays when this process ends.
    Raises nothing: there is no other way left to show an error.
    """
    with suppress(Exception):
        _show(sentence)


def _show(sentence: str) -> None:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - few clicks come so far

        ctypes.windll.user32.MessageBoxW(None, sentence, TITLE, _WARNING)
        return
    import shutil  # noqa: PLC0415 - likewise
    import subprocess  # noqa: PLC0415 - likewise

    for program, *words in _WINDOWS:
        if path := shutil.which(program):
            command = [path, *(word.format(sentence) for word in words)]
            subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own words
            return

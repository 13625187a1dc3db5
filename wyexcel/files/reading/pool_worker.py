"""The reading process: asked for files by the line, it answers each with a line.

It is started by `pool`, knows the standard library, calamine and this package, and may die of
what it reads: whatever goes wrong beyond a refusal ends it, and the one who asked asks again.
"""

import gc
import json
import sys
from typing import BinaryIO, Final

from wyexcel.files.reading import pool_encode, read_workbook

MEMORY: Final = 1 << 30
"""The address space a process may use while it reads, where the system holds it to that."""

_BUFFER: Final = 1 << 16


def serve() -> None:
    """Answer until nobody asks any more."""
    _limit_memory()
    gc.freeze()
    gc.disable()
    with open(1, "wb", buffering=_BUFFER) as answers:
        for line in sys.stdin.buffer:
            _answer(json.loads(line), answers)
            gc.collect()


def _answer(asked: dict[str, list[str]], answers: BinaryIO) -> None:
    """Answer one request, file by file; `need` is a list of none or one."""
    need = next(iter(asked["need"]), None)
    books = (read_workbook.read(path, skip=asked["skip"], need=need) for path in asked["paths"])
    answers.writelines(map(pool_encode.encode, books))
    answers.flush()


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  it does not exist on Windows

        try:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        except (OSError, ValueError):
            return

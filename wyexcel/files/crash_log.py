"""What a person is told when the program itself fails, and the log that keeps the rest."""

from pathlib import Path
from typing import Final

_NAME: Final = "wyexcel.log"


def crash_sentence(error: BaseException) -> str:
    """One sentence for the screen; the traceback goes to the log that it names."""
    log = record_crash(error)
    if isinstance(error, MemoryError):
        return "内存不足，没有做完；已有文件不受影响。请关闭其他程序后重试。"
    where = f"详情已记在“{log}”" if log else "详情没能记下"
    return f"程序出错，没有做完；已有文件不受影响。{where}，请把它发给技术人员。"


def record_crash(error: BaseException) -> Path | None:
    """The log that keeps the traceback of *error*; None where none could be written."""
    for log_folder in (_own, _shared):
        try:
            log = log_folder() / _NAME
            log.parent.mkdir(exist_ok=True)
            with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(_entry(error))
        except (OSError, RuntimeError, ImportError):
            continue
        return log
    return None


def _own() -> Path:
    """The folder of ours in the user's own."""
    return Path.home() / ".wyexcel"


def _shared() -> Path:
    """The folder in which every program of this machine may leave files."""
    import tempfile  # noqa: PLC0415 - few errors come so far

    return Path(tempfile.gettempdir())


def _entry(error: BaseException) -> str:
    """What the log says of *error*: when, and its traceback."""
    import traceback  # noqa: PLC0415 - no error, no traceback
    from datetime import UTC, datetime  # noqa: PLC0415 - likewise

    stamp = datetime.now(UTC).isoformat(timespec="seconds")
    return f"{stamp}\n{''.join(traceback.format_exception(error))}\n"

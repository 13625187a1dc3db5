"""What a person is told when the program itself fails, and the log that keeps the rest."""

import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

_NAME: Final = "wyexcel.log"


def sentence(error: BaseException) -> str:
    """One sentence for the screen; the traceback goes to the log that it names."""
    log = recorded(error)
    if isinstance(error, MemoryError):
        return "内存不足，没有做完；已有文件不受影响。请关闭其他程序后重试。"
    where = f"详情已记在“{log}”" if log else "详情没能记下"
    return f"程序出错，没有做完；已有文件不受影响。{where}，请把它发给技术人员。"


def recorded(error: BaseException) -> Path | None:
    """The log that keeps the traceback of *error*; None where none could be written."""
    text = "".join(traceback.format_exception(error))
    stamp = datetime.now(UTC).isoformat(timespec="seconds")
    for home in (Path.home() / ".wyexcel", Path(tempfile.gettempdir())):
        try:
            home.mkdir(exist_ok=True)
            with (home / _NAME).open("a", encoding="utf-8") as log:
                log.write(f"{stamp}\n{text}\n")
        except (OSError, RuntimeError):
            continue
        return home / _NAME
    return None

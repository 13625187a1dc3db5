"""What lay in the inbox when the archive was last written and went back, and when it had come.

It may pass later, once a rule is laid aside; then it has its place in the order in which things
came, however its file is dated, copied or moved about: a correction that came after it stays the
later one. The list lies beside the archive's folder, hidden, and is not the units' business.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from wyexcel import disk
from wyexcel.errors import CannotRead
from wyexcel.submission import Received
from wyexcel.workspace import folder

_COLUMNS: Final = ("sha256", "received")
_DAMAGED: Final = (
    "“{}”记着哪些报表退回过，现在读不懂（可能被改动）。请从备份恢复该文件；没有备份的，"
    "先把“报送”里退回过的旧文件移走，再删除它。"
)


def known(archive: Path) -> Mapping[str, datetime]:
    """When each file came that waited at the last writing of *archive*, by its SHA-256.

    The list is worth nothing without its archive. Raises CannotRead where it is damaged.
    """
    if not archive.is_dir():
        return {}
    path = _list(archive)
    try:
        header, *lines = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
        stamp, moment = (header.index(name) for name in _COLUMNS)
        return {line[stamp]: datetime.fromisoformat(line[moment]) for line in lines}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, IndexError, csv.Error) as error:
        raise CannotRead(_DAMAGED.format(path)) from error


def note(archive: Path, files: Iterable[Received], moment: Callable[[Received], datetime]) -> None:
    """Write down the *files* that wait now; a new one came at its *moment*, the others as noted."""
    path, before = _list(archive), known(archive)
    now = {one.sha256: before.get(one.sha256) or moment(one) for one in files if one.sha256}
    stale = path.exists() and not archive.is_dir()
    if now == before and not stale:
        return
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    table.writerows(sorted((sha256, came.isoformat()) for sha256, came in now.items()))
    folder(path.parent)
    disk.write_text(path, "\ufeff" + text.getvalue())


def _list(archive: Path) -> Path:
    return archive.with_name(f".{archive.name}.csv")

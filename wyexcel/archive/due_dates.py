"""The due dates with which forms were issued (报送截止), by period, kept beside the archives.

What a form says it is due by stays so, whatever a later calendar or setting says.
"""

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from wyexcel.archive.workspace import ARCHIVE, Workspace, folder
from wyexcel.errors import CannotRead
from wyexcel.files import disk
from wyexcel.period import Period

_NAME: Final = ".报送截止.csv"
_COLUMNS: Final = ("period", "due")
_DAMAGED: Final = (
    "“{}”记着各期下发时定的报送截止日，现在读不懂（可能被改动）。请从备份恢复该文件；"
    "没有备份的，删除它，再下发一次。"
)


def due_dates(workspace: Workspace) -> Mapping[str, date]:
    """The due date of every period whose forms were issued; raise CannotRead where damaged."""
    path = _path(workspace)
    try:
        header, *lines = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
        period, due = (header.index(name) for name in _COLUMNS)
        return {line[period]: date.fromisoformat(line[due]) for line in lines}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, IndexError, csv.Error) as error:
        raise CannotRead(_DAMAGED.format(path)) from error


def record_due_date(workspace: Workspace, period: Period, day: date) -> None:
    """Note that the forms of *period* were issued as due by *day*."""
    known = due_dates(workspace)
    if known.get(str(period)) == day:
        return
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    table.writerows(sorted({**known, str(period): day}.items()))
    folder(_path(workspace).parent)
    disk.write_text(_path(workspace), "\ufeff" + text.getvalue())


def _path(workspace: Workspace) -> Path:
    return workspace.root / ARCHIVE / _NAME

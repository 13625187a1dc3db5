"""What lay in the inbox when the archive was last written and went back, and when it had come.

It may pass later, once a rule is laid aside; then it has its place in the order in which things
came, however its file is dated, copied or moved about: a correction that came after it stays the
later one. The list lies beside the archive's folder, hidden, and is not the units' business.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from wyexcel.archive.workspace import folder
from wyexcel.errors import CannotRead
from wyexcel.files import disk
from wyexcel.forms.submission import Decision, Received

AFTER: Final = timedelta(microseconds=1)
"""By how much later something came than what came before it, where dates do not say so."""

_COLUMNS: Final = ("sha256", "received")
_DAMAGED: Final = (
    "“{}”记着哪些报表退回过，现在读不懂（可能被改动）。请从备份恢复该文件；没有备份的，"
    "先把“报送”里退回过的旧文件移走，再删除它。"
)


def arrival_moments(archive: Path) -> Mapping[str, datetime]:
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


def record_arrivals(
    archive: Path, files: Sequence[Received], moment: Callable[[Received], datetime]
) -> Mapping[str, datetime]:
    """Write down when the *files* came that are new, beside what waited before.

    What comes back is when each of those and of these came.
    Each came at its *moment*, and after what its unit had sent before; those that are new together
    are in the order of their dates. Where *archive* is older than its list, nobody knows more of
    what went back than the dates of files.
    """
    before = arrival_moments(archive)
    is_old = archive.is_dir() and not _list(archive).exists()
    found = dict(before)
    for one in sorted(files, key=lambda one: (one.received, one.file)):
        if one.sha256 and one.sha256 not in found:
            waited = is_old and one.decision is Decision.REJECTED
            after = [came + AFTER for came in _of_unit(one.unit, files, found)]
            found[one.sha256] = one.received if waited else max([moment(one), *after])
    if found != before or not _list(archive).exists() or not archive.is_dir():
        _write(archive, found)
    return found


def _of_unit(
    unit: str | None, files: Iterable[Received], noted: Mapping[str, datetime]
) -> Iterator[datetime]:
    """When those of *files* came that are *noted* and that *unit* had sent."""
    return (noted[one.sha256] for one in files if unit and one.unit == unit and one.sha256 in noted)


def keep_only(archive: Path, files: Sequence[Received]) -> None:
    """Let only the *files* that wait now be listed: what was taken in or away waits no more."""
    noted, waiting = arrival_moments(archive), {one.sha256 for one in files}
    if not noted.keys() <= waiting:
        _write(archive, {sha256: came for sha256, came in noted.items() if sha256 in waiting})


def _write(archive: Path, moments: Mapping[str, datetime]) -> None:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    table.writerows(sorted((sha256, came.isoformat()) for sha256, came in moments.items()))
    folder(_list(archive).parent)
    disk.write_text(_list(archive), "\ufeff" + text.getvalue())


def _list(archive: Path) -> Path:
    return archive.with_name(f".{archive.name}.csv")

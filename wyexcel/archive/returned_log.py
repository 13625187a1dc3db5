"""The hidden list beside an archive: inbox files that were sent back, when each came, from whom.

A returned form may pass later, once a rule is switched off. It then keeps its place in the order
of arrival, however its file is dated, copied or moved: a correction that came after it stays the
later one. The list is written with the archive and is not meant for the units.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from wyexcel.archive.workspace import folder
from wyexcel.errors import CannotRead
from wyexcel.files import disk
from wyexcel.forms.submission import Decision, Received

AFTER: Final = timedelta(microseconds=1)
"""The step between two arrivals whose order the dates of their files do not show."""

_COLUMNS: Final = ("sha256", "received", "unit")
_DAMAGED: Final = (
    "“{}”记着哪些报表退回过，现在读不懂（可能被改动）。请从备份恢复该文件；没有备份的，"
    "先把“报送”里退回过的旧文件移走，再删除它。"
)


class _Waiting(NamedTuple):
    """One line of the list: when a file came, and the unit that sent it, "" if nobody knows."""

    received: datetime
    unit: str


def arrival_moments(archive: Path) -> Mapping[str, datetime]:
    """When each file came that lay in the inbox when *archive* was last written, by its SHA-256.

    Nothing where there is no archive. Raises CannotRead where the list is damaged.
    """
    return {sha256: waiting.received for sha256, waiting in _read(archive).items()}


def returned_units(archive: Path) -> list[str]:
    """The units whose files went back when *archive* was last written; raises likewise."""
    return list(dict.fromkeys(line.unit for line in _read(archive).values() if line.unit))


def _read(archive: Path) -> Mapping[str, _Waiting]:
    """The lines of the list by SHA-256; one of the version before names no units."""
    if not archive.is_dir():
        return {}
    path = _list(archive)
    try:
        header, *lines = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
        stamp, moment = (header.index(name) for name in _COLUMNS[:2])
        sender = header.index(_COLUMNS[2]) if _COLUMNS[2] in header else None
        return {
            line[stamp]: _Waiting(
                datetime.fromisoformat(line[moment]), "" if sender is None else line[sender]
            )
            for line in lines
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, IndexError, csv.Error) as error:
        raise CannotRead(_DAMAGED.format(path)) from error


def record_arrivals(
    archive: Path, files: Sequence[Received], moment: Callable[[Received], datetime]
) -> Mapping[str, datetime]:
    """Add the new ones of *files* to the list; when each listed file came, by its SHA-256.

    Each came at its *moment*, and after what its unit had sent before; several new ones are taken
    in the order of their dates. Where *archive* was written before it had a list, what was sent
    back counts by the date of its file.
    """
    before = _read(archive)
    is_old = archive.is_dir() and not _list(archive).exists()
    moments = {sha256: line.received for sha256, line in before.items()}
    for received in sorted(files, key=lambda received: (received.received, received.file)):
        if received.sha256 and received.sha256 not in moments:
            waited = is_old and received.decision is Decision.REJECTED
            after = [earlier + AFTER for earlier in _of_unit(received.unit, files, moments)]
            dated = received.received if waited else max([moment(received), *after])
            moments[received.sha256] = dated
    units = {sha256: line.unit for sha256, line in before.items()}
    units |= {received.sha256: received.unit or "" for received in files}
    now = {sha256: _Waiting(moment, units[sha256]) for sha256, moment in moments.items()}
    if now != before or not _list(archive).exists() or not archive.is_dir():
        _write(archive, now)
    return moments


def _of_unit(
    unit: str | None, files: Iterable[Received], noted: Mapping[str, datetime]
) -> Iterator[datetime]:
    """When those of *files* came that *unit* sent and that are *noted*."""
    return (noted[r.sha256] for r in files if unit and r.unit == unit and r.sha256 in noted)


def keep_only(archive: Path, files: Sequence[Received]) -> None:
    """Take everything but *files* off the list: it was archived or taken out of the inbox."""
    noted, waiting = _read(archive), {received.sha256 for received in files}
    if not noted.keys() <= waiting:
        _write(archive, {sha256: line for sha256, line in noted.items() if sha256 in waiting})


def _write(archive: Path, lines: Mapping[str, _Waiting]) -> None:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    table.writerows(
        sorted((sha256, line.received.isoformat(), line.unit) for sha256, line in lines.items())
    )
    folder(_list(archive).parent)
    disk.write_text(_list(archive), "\ufeff" + text.getvalue())


def _list(archive: Path) -> Path:
    return archive.with_name(f".{archive.name}.csv")

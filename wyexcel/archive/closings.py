"""Closed periods (定稿): what was published, and every revision since; nothing is overwritten.

A closing is a file of its own in the period's archive, the first 定稿.json, the one after a
revision 定稿（修订1）.json. 修订记录.csv only grows: a line without a value opens a revision, the
lines after it are the values that were changed under it. A period is closed while it has a closing
for every revision that was opened.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from msgspec import Struct

from wyexcel.archive import manifest
from wyexcel.archive.workspace import Workspace, system_reason
from wyexcel.errors import CannotRead
from wyexcel.files import disk
from wyexcel.forms.value_changes import ByUnit, Change, ValuePlace
from wyexcel.period import Period

COLUMNS: Final = (
    *("时间", "修订人", "原因", "单位", "要素"),
    *("园区", "名单编号", "原数", "修订数"),
)


class Original(NamedTuple):
    """An adopted form of a closed period."""

    unit: str
    file: str
    sha256: str


class Closing(Struct, frozen=True, kw_only=True):
    """A period as it was published: when, by whom, on which forms, every value and standing.

    `revision` is how many revisions came before; `standings` are those of the JSON of `assess`.
    """

    closed: datetime
    by: str
    revision: int
    originals: tuple[Original, ...]
    values: ByUnit
    standings: Sequence[Mapping[str, Any]]


class Revised(NamedTuple):
    """One line of 修订记录: a revision that was opened (`change` None), or a changed value."""

    when: datetime
    by: str
    why: str
    change: Change | None = None


class Closed(Struct, frozen=True, kw_only=True):
    """A period that was closed once: its closings in order, and its record of revisions."""

    closings: tuple[Closing, ...]
    record: tuple[Revised, ...] = ()

    @property
    def last(self) -> Closing:
        """The closing that counts."""
        return self.closings[-1]

    @property
    def revisions(self) -> tuple[Revised, ...]:
        """The revisions that were opened, in their order."""
        return tuple(line for line in self.record if line.change is None)

    @property
    def revision(self) -> Revised | None:
        """The revision that is open; None while the period is closed."""
        return self.revisions[-1] if len(self.revisions) > self.last.revision else None

    @property
    def values(self) -> ByUnit:
        """The reported values: those of the last closing, with the changes recorded since."""
        revised = {unit: dict(values) for unit, values in self.last.values.items()}
        number = 0
        for line in self.record:
            number += line.change is None
            if line.change is not None and number > self.last.revision:
                unit, place, _, new = line.change
                revised.setdefault(unit, {})[place] = new
        return {u: {p: value for p, value in vs.items() if value} for u, vs in revised.items()}


def read_closings(workspace: Workspace, period: Period) -> Closed | None:
    """The closings and revisions of *period*; None where it was never closed."""
    archive = workspace.archive(period)
    record = _record(archive / manifest.RECORD)
    revisions = sum(line.change is None for line in record)
    names = (archive / _name(revision) for revision in range(revisions + 1))
    closings = tuple(_closing(path) for path in names if path.is_file())
    return Closed(closings=closings, record=record) if closings else None


def closings_fingerprint(workspace: Workspace, period: Period) -> bytes:
    """A fingerprint of the files of *period*'s closings and revisions."""
    archive = workspace.archive(period)
    hashed = hashlib.sha256()
    closings = archive.glob(f"{Path(manifest.CLOSING).stem}*.json")
    for path in sorted((*closings, archive / manifest.RECORD)):
        if path.is_file():
            hashed.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return hashed.digest()


def closing_file(workspace: Workspace, period: Period, revision: int) -> Path:
    """The path of the closing of *period* after that many revisions."""
    return workspace.archive(period) / _name(revision)


def record_file(workspace: Workspace, period: Period) -> Path:
    """The path of the record of *period*'s revisions."""
    return workspace.archive(period) / manifest.RECORD


def _name(revision: int) -> str:
    return f"定稿（修订{revision}）.json" if revision else manifest.CLOSING


def write_closing(workspace: Workspace, period: Period, closing: Closing) -> Path:
    """Write *closing*; return its file."""
    path = closing_file(workspace, period, closing.revision)
    disk.write_text(path, json.dumps(_plain(closing, period), ensure_ascii=False, indent=1))
    return path


def _plain(closing: Closing, period: Period) -> dict[str, Any]:
    return {
        "period": str(period),
        "closed": closing.closed.isoformat(),
        "by": closing.by,
        "revision": closing.revision,
        "originals": [original._asdict() for original in closing.originals],
        "values": [
            {"unit": unit, **place._asdict(), "value": value}
            for unit, values in closing.values.items()
            for place, value in values.items()
        ],
        "indicators": list(closing.standings),
    }


def _closing(path: Path) -> Closing:
    """The closing in the file *path*; raise CannotRead where it cannot be understood."""
    try:
        content = json.loads(path.read_text("utf-8"))
        values: dict[str, dict[ValuePlace, str]] = {o["unit"]: {} for o in content["originals"]}
        for v in content["values"]:
            place = ValuePlace(v["element"], v["park"], v["item"])
            values.setdefault(v["unit"], {})[place] = v["value"]
        return Closing(
            closed=datetime.fromisoformat(content["closed"]),
            by=content["by"],
            revision=content["revision"],
            originals=tuple(Original(**original) for original in content["originals"]),
            values=values,
            standings=content["indicators"],
        )
    except OSError as error:
        message = f"不能读取定稿“{path}”（{system_reason(error)}），请从备份恢复该文件。"
        raise CannotRead(message) from error
    except (ValueError, KeyError, TypeError) as error:
        message = f"定稿“{path}”的内容被改动，读不懂。请从备份恢复该文件。"
        raise CannotRead(message) from error


def open_revision(workspace: Workspace, period: Period, *, by: str, why: str) -> Revised:
    """Write the line that opens a revision of *period* into its record; return the line."""
    line = Revised(datetime.now(UTC), by, why)
    _append(workspace, period, [line])
    return line


def record_changes(
    workspace: Workspace, period: Period, revision: Revised, changes: Iterable[Change]
) -> int:
    """Write *changes* into the record under *revision*; return how many they are."""
    now = datetime.now(UTC)
    lines = [Revised(now, revision.by, revision.why, change) for change in changes]
    if lines:
        _append(workspace, period, lines)
    return len(lines)


def _append(workspace: Workspace, period: Period, lines: Iterable[Revised]) -> None:
    path = record_file(workspace, period)
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for line in (*_record(path), *lines):
        c = line.change
        what = (c.unit, *c.place, c.old, c.new) if c else ("",) * 6
        words = map(manifest.guarded_text, (line.by, line.why, *what))
        table.writerow((line.when.astimezone().isoformat(), *words))
    disk.write_text(path, "\ufeff" + text.getvalue())


def _record(path: Path) -> tuple[Revised, ...]:
    """The lines of a record; none where there is no record."""
    if not path.is_file():
        return ()
    try:
        header, *rows = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
        places = [header.index(name) for name in COLUMNS]
        return tuple(_line(*(row[place] for place in places)) for row in rows if row)
    except (OSError, ValueError, IndexError, csv.Error) as error:
        message = f"修订记录“{path}”读不懂（可能被改动）。请从备份恢复该文件。"
        raise CannotRead(message) from error


def _line(when: str, *words: str) -> Revised:
    by, why, unit, element, park, item, old, new = map(manifest.unguarded_text, words)
    place = ValuePlace(element, park, item)
    change = Change(unit, place, old, new) if element else None
    return Revised(datetime.fromisoformat(when), by, why, change)

"""The attachments in the archive (归档/…/附件): each kept in a folder of its unit, and listed.

The list says what each file is by its SHA-256. Nothing is ever removed or written over.
"""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from wyexcel.archive import manifest
from wyexcel.archive.manifest import file_sha256, guarded_text, unguarded_text
from wyexcel.archive.workspace import Workspace, folder, system_reason
from wyexcel.errors import CannotRead
from wyexcel.files import disk
from wyexcel.files.file_name import storable_name
from wyexcel.forms.submission import Decision, Received, Season
from wyexcel.period import Period

LIST: Final = "清单.csv"
_COLUMNS: Final = ("file", "sha256", "unit", "received")
_COUNTING: Final = frozenset({Decision.ACCEPTED, Decision.SUPERSEDED})
_DAMAGED: Final = "附件清单“{path}”读不懂（{why}），请从备份恢复该文件。"


class KeptAttachment(Struct, frozen=True, kw_only=True):
    """One line of the list: a file in the folder of its unit, and when it came."""

    file: str
    sha256: str
    unit: str
    received: str


def keep_attachments(workspace: Workspace, season: Season) -> tuple[KeptAttachment, ...]:
    """Put the attachments of *season* into the archive, with the forms that lie there.

    What belongs to a unit whose form was never accepted waits in the inbox until one is.
    """
    kept = list(read_attachments(workspace, season.period))
    archived = {
        line.unit
        for line in manifest.read_manifest(workspace, season.period)
        if line.decision in _COUNTING
    }
    known = {(line.unit, line.sha256) for line in kept}
    home = _home(workspace, season.period)
    new: list[KeptAttachment] = []
    for received in season.received:
        place = (received.unit or "", received.sha256)
        if received.attachment and received.unit in archived and place not in known:
            known.add(place)
            new.append(_keep(home, received))
    if new:
        kept += new
        disk.write_text(home / LIST, _as_csv(kept))
    return tuple(kept)


def read_attachments(workspace: Workspace, period: Period) -> tuple[KeptAttachment, ...]:
    """The lines of the list of *period*; none where there is no list.

    Raises CannotRead where it is damaged.
    """
    path = _home(workspace, period) / LIST
    try:
        header, *lines = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
        places = [header.index(name) for name in _COLUMNS]
        return tuple(
            KeptAttachment(
                file=unguarded_text(line[places[0]]),
                sha256=line[places[1]],
                unit=unguarded_text(line[places[2]]),
                received=line[places[3]],
            )
            for line in lines
        )
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, IndexError, csv.Error) as error:
        why = system_reason(error) if isinstance(error, OSError) else "可能被改动"
        raise CannotRead(_DAMAGED.format(path=path, why=why)) from error


def _keep(home: Path, received: Received) -> KeptAttachment:
    """Copy the file that was *received* into the folder of its unit, beside what lies there."""
    unit = received.unit or ""
    target = _free_path(folder(home / storable_name(unit)), received)
    if not target.exists():
        disk.copy(received.path, target, sha256=received.sha256)
    return KeptAttachment(
        file=target.relative_to(home).as_posix(),
        sha256=received.sha256,
        unit=unit,
        received=received.received.isoformat(),
    )


def _free_path(home: Path, received: Received) -> Path:
    """Its name there, with （2）, （3）… where something else has that name already."""
    name = Path(storable_name(received.file))
    path, number = home / name, 1
    while path.exists() and file_sha256(path) != received.sha256:
        number += 1
        path = home / f"{name.stem}（{number}）{name.suffix}"
    return path


def _as_csv(lines: Sequence[KeptAttachment]) -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for line in lines:
        table.writerow(
            (guarded_text(line.file), line.sha256, guarded_text(line.unit), line.received)
        )
    return "\ufeff" + text.getvalue()


def _home(workspace: Workspace, period: Period) -> Path:
    return workspace.archive(period) / manifest.ATTACHMENTS

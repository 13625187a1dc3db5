"""The archive (归档): accepted originals, untouched, and the manifest that says what each is."""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.archive import returned_log
from wyexcel.archive.workspace import Workspace, folder, system_reason
from wyexcel.errors import CannotRead
from wyexcel.files import disk
from wyexcel.files.file_name import storable_name
from wyexcel.forms.submission import Decision, Received, Season
from wyexcel.period import Period

MANIFEST: Final = "manifest.csv"
CLOSING: Final = "定稿.json"
RECORD: Final = "修订记录.csv"
ATTACHMENTS: Final = "附件"
"""The folder of what came beside the forms."""

OURS: Final = frozenset({MANIFEST, CLOSING, RECORD, ATTACHMENTS})
"""The files in an archive that are no originals."""

COLUMNS: Final = ("file", "sha256", "unit", "period", "received", "decision")


class Kept(Struct, frozen=True, kw_only=True):
    """One line of the manifest: an original in the archive and what was decided about it."""

    file: str
    sha256: str
    unit: str
    period: str
    received: datetime
    decision: Decision


def read_manifest(workspace: Workspace, period: Period) -> tuple[Kept, ...]:
    """The lines of the manifest of *period*, in its order; none where there is no manifest."""
    path = workspace.archive(period) / MANIFEST
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        why = system_reason(error) if isinstance(error, OSError) else "编码不对"
        message = f"不能读取归档清单“{path}”（{why}），请从备份恢复该文件。"
        raise CannotRead(message) from error
    try:
        header, *lines = csv.reader(io.StringIO(text))
        places = [header.index(name) for name in COLUMNS]
        return tuple(_kept(*(line[place] for place in places)) for line in lines if line)
    except (IndexError, ValueError, csv.Error) as error:
        message = f"归档清单“{path}”的内容被改动，读不懂。请从备份恢复该文件。"
        raise CannotRead(message) from error


def _kept(*line: str) -> Kept:
    """One line of the manifest, its values in the order of COLUMNS."""
    file, sha256, unit, period, received, decision = line
    return Kept(
        file=unguarded_text(file),
        sha256=sha256,
        unit=unguarded_text(unit),
        period=period,
        received=datetime.fromisoformat(received),
        decision=Decision(decision),
    )


def exists(workspace: Workspace, period: Period) -> bool:
    """Whether *period* was ever merged."""
    return (workspace.archive(period) / MANIFEST).is_file()


def reported_units(workspace: Workspace, period: Period) -> tuple[str, ...]:
    """The units of which the archive of *period* has a form that did not go back since."""
    kept = read_manifest(workspace, period)
    return tuple(dict.fromkeys(k.unit for k in kept if k.decision is not Decision.REJECTED))


def returned_units(workspace: Workspace, period: Period) -> tuple[str, ...]:
    """The units whose forms for *period* came and went back, so that none of them counts.

    As it was when the archive was last written.
    """
    kept = read_manifest(workspace, period)
    counting = {k.unit for k in kept if k.decision is Decision.ACCEPTED}
    back = [k.unit for k in kept if k.decision is Decision.REJECTED]
    back += returned_log.returned_units(workspace.archive(period))
    return tuple(unit for unit in dict.fromkeys(back) if unit and unit not in counting)


def checked_original(archive: Path, kept: Kept) -> Path:
    """The file of *kept* in *archive*; raise CannotRead where it is not what was kept."""
    path = archive / kept.file
    try:
        stands = file_sha256(path) == kept.sha256
    except OSError:
        stands = False
    if not stands:
        raise original_changed(path)
    return path


def original_changed(path: Path) -> CannotRead:
    """The error for an original that is missing or was changed."""
    message = f"归档原件“{path}”缺失或被改动，与归档清单不符。请从备份恢复该文件。"
    return CannotRead(message)


def adopt(workspace: Workspace, season: Season) -> tuple[Kept, ...]:
    """Put what *season* accepted into the archive and rewrite the manifest; return its lines.

    When things came is noted first, originals are copied then, and the manifest is replaced last,
    so that a crash leaves the old manifest and at most some copies that the next run uses again.
    Nothing is removed: what was accepted once and goes back now stays, and the manifest says so.
    Units are listed by their present names, whatever they were called when they reported.
    """
    archive = workspace.archive(season.period)
    before = read_manifest(workspace, season.period)
    units = {received.sha256: received.unit for received in season.received}
    lines = {k.sha256: replace(k, unit=units.get(k.sha256) or k.unit) for k in before}
    new = [r for r in season.received if r.decision in _DECIDED and r.sha256 not in lines]
    moment = partial(_moment, lines=tuple(lines.values()))
    moments = returned_log.record_arrivals(archive, new, moment)
    folder(archive)
    for received in season.received:
        if received.decision in _ARCHIVED or received.sha256 in lines:
            lines[received.sha256] = _keep(archive, received, lines, moments)
    kept = tuple(sorted(lines.values(), key=lambda line: (line.received, line.file)))
    if kept != before or not exists(workspace, season.period):
        disk.write_text(archive / MANIFEST, _manifest(kept))
    returned_log.keep_only(archive, [r for r in new if r.decision is Decision.REJECTED])
    return kept


_ARCHIVED: Final = frozenset({Decision.ACCEPTED, Decision.SUPERSEDED})
_DECIDED: Final = frozenset({*_ARCHIVED, Decision.REJECTED})


def _keep(
    archive: Path, received: Received, lines: dict[str, Kept], moments: Mapping[str, datetime]
) -> Kept:
    """The line of *received*, which is in *archive* afterwards; *moments*: when each came."""
    known = lines.get(received.sha256)
    if known and received.decision not in _ARCHIVED:
        went_back = received.decision is Decision.REJECTED and received.unit is not None
        return replace(known, decision=received.decision) if went_back else known
    name = known.file if known else _free_name(archive, received)
    if not (archive / name).exists():
        disk.copy(received.path, archive / name, sha256=received.sha256)
    return Kept(
        file=name,
        sha256=received.sha256,
        unit=received.unit or "",
        period=received.period or "",
        received=known.received if known else moments[received.sha256],
        decision=received.decision,
    )


def _moment(received: Received, lines: Iterable[Kept]) -> datetime:
    """When it came: after what its unit had sent before, although the file may be dated earlier.

    Otherwise the form that it replaces would be the later one as soon as both lie in the archive.
    Where nobody knows yet whose it is, it came after everything that lies there.
    """
    before = [line.received for line in lines if received.unit in {None, line.unit}]
    return max([received.received, *(moment + returned_log.AFTER for moment in before)])


def _free_name(archive: Path, received: Received) -> str:
    """The name it came under, or with （2）, （3）… where something else has that name already."""
    name = Path(storable_name(received.file))
    candidate, number = name.name, 1
    while candidate.lower() in OURS or (
        (archive / candidate).exists() and file_sha256(archive / candidate) != received.sha256
    ):
        number += 1
        candidate = f"{name.stem}（{number}）{name.suffix}"
    return candidate


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _manifest(lines: Iterable[Kept]) -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for line in lines:
        values = (line.file, line.sha256, line.unit, line.period)
        table.writerow((*map(guarded_text, values), line.received.isoformat(), line.decision.value))
    return "\ufeff" + text.getvalue()


def guarded_text(text: str) -> str:
    """*text*, after an apostrophe where a spreadsheet program would take it for a formula."""
    return f"'{text}" if text.lstrip("'").startswith(_LIVE) else text


def unguarded_text(text: str) -> str:
    """*text* without the apostrophe that `guarded_text` put before it."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_LIVE) else text


_LIVE: Final = ("=", "+", "-", "@", "\t", "\r")

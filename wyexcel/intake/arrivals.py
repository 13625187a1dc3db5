"""The files in the archive and the inbox of one period, and the order in which they came."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path, PurePath
from stat import S_ISREG
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.files.file_name import storable_name
from wyexcel.files.reading.refusal import Unreadable
from wyexcel.rules.file_itself import LOCKS

_TEMPORARY: Final = (*LOCKS, "._")
_CLUTTER: Final = frozenset({"desktop.ini", "thumbs.db", ".ds_store"})
_COPY: Final = re.compile(r"（\d+）(?=\.[^.]*$)")


class Arrival(Struct, frozen=True, kw_only=True):
    """One file that lies in the inbox, or in the archive since an earlier merge.

    `file` is its name as it is shown, with the way to it where it lies in a subfolder of the inbox.
    `inbox_path` is where it lies in the inbox, if it still does. One that has `waited` lay in the
    inbox when the archive was last written, and went back. One that is `packed` came in an archive
    (.zip), which is what lies in the inbox then; such an archive is `opened`, or `refused`.
    """

    path: Path
    file: str
    received: datetime
    archived: bool = False
    inbox_path: Path | None = None
    waited: bool = False
    packed: bool = False
    opened: bool = False
    refused: Unreadable | None = None

    @property
    def is_clutter(self) -> bool:
        """Whether it is what programs leave behind, and nobody's report."""
        name = PurePath(self.file).name.lower()
        return name.startswith(_TEMPORARY) or name.endswith(".tmp") or name in _CLUTTER

    @property
    def is_read(self) -> bool:
        """Whether it is read as a workbook: it is no clutter, and not an archive known as such."""
        return not (self.is_clutter or self.opened or self.refused)


def in_order(arrivals: Sequence[Arrival]) -> tuple[Arrival, ...]:
    """*arrivals* in the order in which they came, each file once.

    What came since the archive was written is later than what lies there, whatever its date: it may
    be a correction that was saved before. What had waited by then has its place as it came.
    """
    distinct = _distinct(arrivals)
    return tuple(sorted(distinct, key=lambda a: (not (a.archived or a.waited), a.received, a.file)))


def _distinct(arrivals: Sequence[Arrival]) -> Iterator[Arrival]:
    """*arrivals*, each once: what is in archive and inbox has its name in the inbox."""
    kept = {stamp: a for a in arrivals if a.archived and (stamp := sha256_if_readable(a.path))}
    in_inbox: dict[Path, Arrival] = {}
    for arrival in arrivals:
        original = (
            None if arrival.archived or not kept else kept.get(sha256_if_readable(arrival.path))
        )
        if original is not None and not _names_of(arrival).isdisjoint(_names_of(original)):
            in_inbox[original.path] = arrival
        elif not arrival.archived:
            yield arrival if original is None else replace(arrival, waited=False)
    for arrival in arrivals:
        if arrival.archived:
            shown = in_inbox.get(arrival.path, arrival)
            in_inbox_at = shown.inbox_path or shown.path
            yield replace(arrival, file=shown.file, inbox_path=in_inbox_at, packed=shown.packed)


def _names_of(arrival: Arrival) -> set[str]:
    """The names that *arrival* may have in the archive, or may have had before it was archived."""
    name = PurePath(arrival.file).name
    if not arrival.archived:
        return {name, storable_name(name)}
    return {name, _COPY.sub("", name)}


def sha256_if_readable(path: Path) -> str:
    """The SHA-256 of a file, "" where it cannot be read (reading it reports why)."""
    try:
        if not S_ISREG(path.stat().st_mode):  # a pipe would be waited for
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""

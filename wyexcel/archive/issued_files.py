"""What was signed (签发): the files of a closed bulletin as they were, with their fingerprints.

They lie in the period's archive in a folder of their own, the first 签发, the one after a revision
签发（修订1）. Nothing that the program does later touches them.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from wyexcel.archive.manifest import file_sha256, guarded_text, unguarded_text
from wyexcel.archive.workspace import Workspace, folder, system_reason
from wyexcel.errors import CannotRead
from wyexcel.files import disk
from wyexcel.period import Period

LISTING: Final = "清单.csv"
PLAN: Final = "方案.xlsx"
"""The plan as it stood, as the sheets of a master workbook say it."""

_COLUMNS: Final = ("file", "bytes", "sha256")


class IssuedFile(NamedTuple):
    """One file as it was signed."""

    file: str
    bytes: int
    sha256: str


def issued_folder(workspace: Workspace, period: Period, revision: int) -> Path:
    """Where the files of the closing of *period* after so many revisions are kept."""
    name = f"签发（修订{revision}）" if revision else "签发"
    return workspace.archive(period) / name


def keep_issued(target: Path, files: Iterable[tuple[str, Path]]) -> tuple[IssuedFile, ...]:
    """Copy *files*, each under its name, into the folder *target*, and list them there.

    The listing is written last: a folder without one was never finished, and is filled again.
    """
    kept: list[IssuedFile] = []
    for name, source in files:
        path = target / name
        folder(path.parent)
        disk.copy(source, path)
        kept.append(IssuedFile(name, path.stat().st_size, file_sha256(path)))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    table.writerows((guarded_text(one.file), one.bytes, one.sha256) for one in kept)
    disk.write_text(folder(target) / LISTING, "\ufeff" + text.getvalue())
    return tuple(kept)


def is_kept(target: Path) -> bool:
    """Whether the files of an issue lie in *target*."""
    return (target / LISTING).is_file()


def read_listing(target: Path) -> tuple[IssuedFile, ...]:
    """The files that were kept in *target*; raise CannotRead where their list cannot be read."""
    path = target / LISTING
    try:
        header, *lines = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
        places = [header.index(name) for name in _COLUMNS]
        rows = [[line[place] for place in places] for line in lines if line]
        return tuple(IssuedFile(unguarded_text(name), int(n), sha) for name, n, sha in rows)
    except OSError as error:
        message = f"不能读取签发清单“{path}”（{system_reason(error)}），请从备份恢复该文件。"
        raise CannotRead(message) from error
    except (ValueError, IndexError, csv.Error) as error:
        message = f"签发清单“{path}”的内容被改动，读不懂。请从备份恢复该文件。"
        raise CannotRead(message) from error


def changed_files(target: Path, listed: Sequence[IssuedFile]) -> tuple[str, ...]:
    """A sentence for each of the *listed* files that is missing or no longer as it was signed."""
    sentences: list[str] = []
    for one in listed:
        path = target / one.file
        if not path.is_file():
            sentences.append(f"签发的“{one.file}”不见了")
        elif file_sha256(path) != one.sha256:
            sentences.append(f"签发的“{one.file}”后来被改动过")
    return tuple(sentences)

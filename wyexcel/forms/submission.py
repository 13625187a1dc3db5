"""What was sent in: one unit's form as filled, every value with its cell."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import Struct, field

from wyexcel.files.reading.book import Book, CellValue
from wyexcel.files.reading.typed_number import says_nothing
from wyexcel.findings import Finding
from wyexcel.forms.listed_key import key_of
from wyexcel.period import Period


class Vintage(StrEnum):
    """How final a unit's numbers are (数据性质); a form that does not say is final."""

    FLASH = "快报"
    FINAL = "正式"


class Entry(NamedTuple):
    """One number cell, just as it was typed, and where.

    `number` is what it says, exactly, in the measure of its element; None where it says no number.
    `state` and `remark` are the row's 状态 and 说明, "" where it says 无 or the like.
    """

    element: str
    park: str
    sheet: str
    cell: str
    raw: CellValue
    number: Decimal | None
    state: str = ""
    remark: str = ""


class ListedItem(NamedTuple):
    """One filled row of a name list (名单): an enterprise, a project, a platform."""

    element: str
    sheet: str
    row: int
    cell: str
    name: str
    id: str
    park: str
    day: date | None
    amount: Decimal | None
    note: str

    @property
    def called(self) -> str:
        """Its id as it was written; its name where it has none, or a word for none (无)."""
        return self.name if says_nothing(self.id) else self.id

    @property
    def key(self) -> str:
        """What makes it the same thing wherever it stands, however it is spelt."""
        return key_of(self.called)


class ProgressNote(Struct, frozen=True, kw_only=True):
    """What a unit states of one indicator's progress: 状态, 原因, 措施, 预计完成时间, as typed."""

    state: str = ""
    reason: str = ""
    measures: str = ""
    finish: str = ""

    @property
    def explains(self) -> bool:
        """Whether it says why, what is done about it, or until when."""
        return bool(self.reason or self.measures or self.finish)


class Submission(Struct, frozen=True, kw_only=True):
    """One unit's form for one period, as filled.

    `extras` are the numbers that nobody owes (补充), blank ones too; `progress_notes` what it
    states of indicators, by their number; `filled_on` a day as it was typed. `asked` is of how many
    places an older form asked for an element; the present one asks for all.
    """

    file: str
    sha256: str
    unit: str
    period: Period
    entries: tuple[Entry, ...]
    items: tuple[ListedItem, ...] = ()
    extras: tuple[Entry, ...] = ()
    progress_notes: Mapping[int, ProgressNote] = field(default_factory=dict[int, ProgressNote])
    asked: Mapping[str, int] = field(default_factory=dict[str, int])
    preparer: str = ""
    reviewer: str = ""
    phone: str = ""
    filled_on: str = ""
    vintage: Vintage = Vintage.FINAL


class Decision(StrEnum):
    """What became of a file (contract.md, `status`)."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"

    @property
    def label(self) -> str:
        """The word that people read."""
        return _LABELS[self]


_LABELS: Final = {
    Decision.ACCEPTED: "通过",
    Decision.REJECTED: "退回",
    Decision.SUPERSEDED: "被后报替代",
    Decision.DUPLICATE: "重复",
    Decision.IGNORED: "忽略",
}


class Received(Struct, frozen=True, kw_only=True):
    """One file of the inbox and what became of it; unit and period None where nothing says so.

    `file` is the name under which it came, `path` where it is read, and `came` where it was put,
    if it still lies there: a link to it leads there before and after it was archived. `older` is
    the workbook of an older form, whose values go on in a present one (转入). An `attachment` is
    no form, but belongs to that of its unit. What is `packed` came in the archive (.zip) at `came`.
    """

    file: str
    sha256: str
    unit: str | None
    period: str | None
    received: datetime
    decision: Decision
    submission: Submission | None = None
    path: Path = Path()
    came: Path | None = None
    older: Book | None = None
    attachment: bool = False
    packed: bool = False


class Season(Struct, frozen=True, kw_only=True, dict=True):
    """All that was received for one period, what is wrong with it, and who is missing.

    `selected` says that only some of the files were looked at: who is missing is not known then.
    """

    period: Period
    received: tuple[Received, ...]
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    selected: bool = False

    @property
    def adopted(self) -> tuple[Submission, ...]:
        """The one accepted submission of each unit."""
        return tuple(
            r.submission
            for r in self.received
            if r.decision is Decision.ACCEPTED and r.submission is not None
        )

    def about(self, received: Received) -> Sequence[Finding]:
        """The findings on one file, and on no other of its name or content."""
        return self._by_file.get((received.file, received.sha256), ())

    @cached_property
    def _by_file(self) -> Mapping[tuple[str, str], Sequence[Finding]]:
        by_file: dict[tuple[str, str], list[Finding]] = {}
        for finding in self.findings:
            by_file.setdefault((finding.file, finding.sha256), []).append(finding)
        return by_file

    @property
    def balance(self) -> str:
        """What became of every file (收＝通过＋退回＋…); none is unaccounted for."""
        counts = {d: sum(r.decision is d for r in self.received) for d in Decision}
        parts = "＋".join(f"{d.label}{n}" for d, n in counts.items() if n) or "0"
        silent = "" if self.selected else f"；缺报 {len(self.missing)} 家"
        return f"收 {len(self.received)} 个文件＝{parts}{silent}"

    @property
    def rejects(self) -> bool:
        """Whether anything has to go back (exit code 1)."""
        return any(finding.severity.rejects for finding in self.findings)

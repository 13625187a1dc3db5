"""What a proof says: faults of printed pages, remarks that are none, and what was looked at."""

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct


class FaultKind(StrEnum):
    """What may be wrong with a page; the value is how a clerk calls it."""

    CLIPPED = "文字没有印全"
    OVERFLOW = "数太宽"
    TORN = "一行分在两页"
    LONE_SIGNATURE = "落款单独成页"
    FEW_ROWS = "末页只有几行"
    AT_EDGE = "数贴着格边"
    NO_WORD = "只有颜色没有字"
    PAGES = "页数不对"
    LINE_BREAK = "断行不当"
    UNFILLED = "待填"


class Fault(NamedTuple):
    """One fault: where it is (a sheet or a document, and the page from 1 on) and what to do."""

    kind: FaultKind
    where: str
    sentence: str
    page: int | None = None


class Proof(Struct, frozen=True, kw_only=True):
    """The proof of one issue; `looked_at` says what was checked, `remarks` what is no fault."""

    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()
    looked_at: tuple[str, ...] = ()

    def __add__(self, other: "Proof") -> "Proof":
        """Both proofs in one."""
        return Proof(
            faults=self.faults + other.faults,
            remarks=tuple(dict.fromkeys(self.remarks + other.remarks)),
            looked_at=self.looked_at + other.looked_at,
        )

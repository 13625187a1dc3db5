"""What a letter to a unit says (催报单、退回单、核实单、督办单): words and tables, never looks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

from msgspec import Struct

from wyexcel.files.plain_text import printable
from wyexcel.period import chinese_date

INDENT: Final = "　　"
NUMBER: Final = "序号"
"""The heading of the column that counts the rows."""


class Tone(StrEnum):
    """How pressing it is; the value is the word and the colour, for copies are grey."""

    EARLY = "提醒"
    RETURNED = "退回"
    ASKED = "核实"
    SOON = "蓝色·临期"
    BEHIND = "黄色·欠进度"
    LATE = "红色·逾期"


class Heading(NamedTuple):
    """A heading between paragraphs (一、…)."""

    text: str


class Paragraph(NamedTuple):
    """A paragraph of the body."""

    text: str


class LetterTable(NamedTuple):
    """Rows under headings; `widths` in mm, a row at least `least` mm high.

    Rows are text, and what is to be filled in by hand is "".
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    least: float = 0.0


Block: TypeAlias = Heading | Paragraph | LetterTable


class Letter(Struct, frozen=True, kw_only=True):
    """One letter: what its file is called, and what it says from top to bottom.

    `title` may have two lines. `contact` is the line of who answers questions, `mark` says that
    the numbers are invented; both may be "". `annex` has a page of its own.
    """

    name: str
    tone: Tone
    title: str
    unit: str
    body: tuple[Block, ...]
    sender: str
    day: date
    contact: str = ""
    mark: str = ""
    annex_title: str = ""
    annex: tuple[Block, ...] = ()


def as_text(letter: Letter) -> str:
    """*letter* as text, to be pasted into a message."""
    head = f"【{letter.tone}】{_in_one_line(letter.title)}"
    lines = [
        *([f"【{letter.mark}】"] if letter.mark else []),
        head,
        "",
        f"{letter.unit}：",
        "",
        *_lines(letter.body),
        "",
        letter.sender,
        chinese_date(letter.day),
        *([f"（{letter.contact}）"] if letter.contact else []),
        *(["", f"附件：{letter.annex_title}", *_lines(letter.annex)] if letter.annex else []),
    ]
    return printable("\n".join(lines) + "\n")


def _in_one_line(text: str) -> str:
    return "".join(text.splitlines())


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(text):
                yield ""
                yield text
            case Paragraph(text):
                yield f"{INDENT}{text}"
            case LetterTable(headings, rows):
                yield from (_row(headings, row) for row in rows)


def _row(headings: Sequence[str], row: Sequence[str]) -> str:
    """A row of a table in one line, its number first; what is to be filled in stays open."""
    pairs = zip(map(_in_one_line, headings), row, strict=True)
    first, *parts = (f"{heading}：{value}" for heading, value in pairs)
    number = f"{row[0]}." if headings[0] == NUMBER else f"{first}；"
    return f"{INDENT}{number}{'；'.join(parts)}"

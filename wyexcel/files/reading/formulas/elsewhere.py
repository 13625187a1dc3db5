"""What a formula takes from outside its workbook: other files, other programs, the network."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import Final, NamedTuple


class SourceKind(Enum):
    """What it is that a formula takes from."""

    FILE = auto()
    PROGRAM = auto()
    FUNCTION = auto()


class Source(NamedTuple):
    """What a formula takes from: a file or a program by its name, or the function that fetches."""

    kind: SourceKind
    name: str


HYPERLINK: Final = "HYPERLINK"
"""It fetches nothing, but what it shows need not be a number that anybody counted."""

_KEPT: Final = 1024
_FETCHING: Final = (
    "WEBSERVICE|FILTERXML|RTD|DDE|STOCKHISTORY|IMAGE|IMPORTDATA|IMPORTXML|IMPORTHTML|IMPORTFEED"
    "|IMPORTRANGE|GOOGLEFINANCE|CUBE[A-Z]+|SQL[.]REQUEST|REGISTER(?:[.]ID)?|CALL|EXEC|PY"
    f"|{HYPERLINK}"
)
_TEXTS: Final = re.compile(r'"(?:[^"]|"")*"')
_CALL: Final = re.compile(rf"(?<![\w.])(?:_xl\w+\.)*({_FETCHING})\s*\(", re.IGNORECASE)
_PROGRAM: Final = re.compile(r"""([^\s'"(),;+*/^&=<>|!-]+)\|('(?:[^']|'')*'|[^\s'"!(),;]+)!?""")
_QUOTED: Final = re.compile(r"'((?:[^']|'')+)'\s*!")
_PLAIN: Final = re.compile(r"(?<![\w\])'])\[([^\[\]]+)\][^\s\[\](){},;+*/^&=<>\"']*!")
_NAMED: Final = re.compile(
    r"(?<![\w.'\]])([^\s'\"(),;+*/^&=<>|!\[\]]+\.(?:xl\w{1,3}|ods|et|csv|dbf))!", re.IGNORECASE
)
_BOXED: Final = re.compile(r"^(.*)\[([^\[\]]+)\]", re.DOTALL)
_INDIRECT: Final = re.compile(r"(?<![\w.])INDIRECT\s*\(", re.IGNORECASE)
_IN_TEXT: Final = re.compile(r"\[([^\[\]]+\.\w+)\]")
_OWN: Final = "0"
"""The number by which a workbook calls itself."""


@lru_cache(maxsize=_KEPT)
def outside_source(formula: str) -> Source | None:
    r"""The first thing outside that *formula* takes from; a file may be named by its number.

    >>> outside_source(r"'C:\表\[台账.xlsx]Sheet1'!F7*2").name == r"C:\表\台账.xlsx"
    True
    >>> outside_source("SUM('填报'!E7:G7)/100") is None
    True
    """
    bare = _TEXTS.sub('""', formula)
    if call := _CALL.search(bare):
        return Source(SourceKind.FUNCTION, call[1].upper())
    if program := _PROGRAM.search(bare):
        return Source(SourceKind.PROGRAM, program[0].rstrip("!"))
    names = [_file(quoted[1].replace("''", "'")) for quoted in _QUOTED.finditer(bare)]
    names += [plain[1] for plain in (*_PLAIN.finditer(bare), *_NAMED.finditer(bare))]
    if _INDIRECT.search(bare):
        names += _IN_TEXT.findall("".join(_TEXTS.findall(formula)))
    return next((Source(SourceKind.FILE, name) for name in names if name not in {"", _OWN}), None)


def _file(quoted: str) -> str:
    """The file that a *quoted* sheet lies in; "" where it is one of this workbook.

    No sheet's name holds a bracket or a slash, which a path does.
    """
    if boxed := _BOXED.match(quoted):
        return boxed[1] + boxed[2]
    is_path = "/" in quoted or "\\" in quoted
    return quoted if is_path or _NAMED.match(f"{quoted}!") else ""


def resolved(source: Source, links: Sequence[str]) -> Source:
    """*source* by its name, where a formula calls it by its number among the *links*."""
    number = int(source.name[:9]) if source.name.isdecimal() and source.name.isascii() else 0
    if source.kind is not SourceKind.FILE or not number:
        return source
    name = links[number - 1] if number <= len(links) else f"[{source.name}]"
    return Source(SourceKind.PROGRAM if is_program(name) else SourceKind.FILE, name)


def is_program(link: str) -> bool:
    """Whether *link* is a conversation with another program (DDE): `服务|主题`."""
    return "|" in link and not re.match(r"(?:\w+:/*)?\w\|[\\/]", link)

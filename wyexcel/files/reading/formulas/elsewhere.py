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
_FETCHING: Final = frozenset(
    {"WEBSERVICE", "FILTERXML", "RTD", "DDE", "STOCKHISTORY", "IMAGE", "GOOGLEFINANCE", "PY"}
    | {"IMPORTDATA", "IMPORTXML", "IMPORTHTML", "IMPORTFEED", "IMPORTRANGE", HYPERLINK}
    | {"SQL.REQUEST", "REGISTER", "REGISTER.ID", "CALL", "EXEC"}
)
_CUBE: Final = "CUBE"
_INDIRECT: Final = "INDIRECT"
_PREFIXES: Final = re.compile(r"(?:_XL\w+\.)+")
_TOKEN: Final = re.compile(
    r"""(?P<text>"(?:[^"]|"")*+(?:"|\Z))"""
    r"|(?P<quoted>'(?:[^']|'')*+(?:'|\Z))"
    r"|(?P<boxed>\[[^\[\]]*+\]?)"
    r"""|(?P<word>[^\s'"(){},;+*/^&=<>|!\[\]-]++)"""
    r"|(?P<sign>\S)"
)
_WORKBOOK: Final = re.compile(r".+\.(?:xl\w{1,3}|ods|et|csv|dbf)", re.IGNORECASE | re.DOTALL)
_BOXED: Final = re.compile(r"([^\[]*)\[([^\[\]]+)\]")
_OWN: Final = "0"
"""The number by which a workbook calls itself."""


class _Token(NamedTuple):
    kind: str
    text: str


_NOTHING: Final = _Token("", "")


@lru_cache(maxsize=_KEPT)
def outside_source(formula: str) -> Source | None:
    r"""The first thing outside that *formula* takes from; a file may be named by its number.

    >>> outside_source(r"'C:\表\[台账.xlsx]Sheet1'!F7*2").name == r"C:\表\台账.xlsx"
    True
    >>> outside_source("SUM('填报'!E7:G7)/100") is None
    True
    """
    tokens = [_Token(str(m.lastgroup), m[0]) for m in _TOKEN.finditer(formula)]
    around = (_NOTHING, *tokens, _NOTHING, _NOTHING)
    for before, token, after, later in zip(
        around, around[1:], around[2:], around[3:], strict=False
    ):
        match token.kind:
            case "word" if after.text == "(":
                name = _PREFIXES.sub("", token.text.upper())
                if name in _FETCHING or name.startswith(_CUBE):
                    return Source(SourceKind.FUNCTION, name)
                if name == _INDIRECT and (file := _file_in_texts(tokens)):
                    return Source(SourceKind.FILE, file)
            case "word" | "quoted" if after.text == "|" and later.kind in {"word", "quoted"}:
                return Source(SourceKind.PROGRAM, f"{token.text}|{later.text}")
            case _ if file := _file_of(before, token, after, later):
                return Source(SourceKind.FILE, file)
            case _:
                pass
    return None


def _file_of(before: _Token, token: _Token, after: _Token, later: _Token) -> str:
    """The file whose sheet or name *token* is; "" where it is one of this workbook."""
    name = ""
    if token.kind == "quoted" and after.text == "!":
        name = _file_of_quoted(token.text[1:-1].replace("''", "'"))
    elif token.kind == "boxed" and before.kind not in {"word", "boxed"}:
        if "!" in {after.text, later.text if after.kind == "word" else ""}:
            name = token.text[1:-1]
    elif token.kind == "word" and after.text == "!" and before.kind != "boxed":
        name = token.text if _WORKBOOK.fullmatch(token.text) else ""
    return "" if name == _OWN else name


def _file_of_quoted(quoted: str) -> str:
    """The file that a *quoted* sheet lies in: no sheet's name holds a bracket or a slash."""
    if boxed := _BOXED.match(quoted):
        return boxed[1] + boxed[2]
    is_path = "/" in quoted or "\\" in quoted
    return quoted if is_path or _WORKBOOK.fullmatch(quoted) else ""


def _file_in_texts(tokens: Sequence[_Token]) -> str:
    """The file that a text among *tokens* names, from which a reference may be made."""
    texts = (_BOXED.search(token.text) for token in tokens if token.kind == "text")
    return next((boxed[2] for boxed in texts if boxed and "." in boxed[2]), "")


def resolved(source: Source, links: Sequence[str]) -> Source:
    """*source* by its name, where a formula calls it by its number among the *links*."""
    number = int(source.name[:9]) if source.name.isdecimal() and source.name.isascii() else 0
    if source.kind is not SourceKind.FILE or not number:
        return source
    name = (links[number - 1] if number <= len(links) else "") or f"[{source.name}]"
    return Source(SourceKind.PROGRAM if is_program(name) else SourceKind.FILE, name)


def is_program(link: str) -> bool:
    """Whether *link* is a conversation with another program (DDE): `服务|主题`."""
    return "|" in link and not re.match(r"(?:\w+:/*)?\w\|[\\/]", link)

"""The formula of a cell as a tree, by precedence: what is written, and nothing reckoned yet."""

import re
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from wyexcel.files.address import parse

_LONGEST: Final = 8_192
"""No program writes a longer formula."""
_DEEPEST: Final = 64
"""How deep brackets may be nested; programs stop there too."""
_SHEET_ROWS: Final = 1_048_576
_SHEET_COLUMNS: Final = 16_384
_KEPT: Final = 1024

_CELL: Final = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
_TOKEN: Final = re.compile(
    r"[ \t\r\n]*(?:"
    r"(?P<area>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?"
    rf"(?:{_CELL}(?::{_CELL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}}))"
    r"(?![\w.(!:\[])"
    r"|(?P<call>[A-Za-z_][\w.]*)[ ]*\("
    r"|(?P<truth>(?i:TRUE|FALSE))(?![\w.(!])"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,3})?)(?![\w.(!])"
    r'|(?P<text>"(?:[^"]|"")*")'
    r"|(?P<sign><=|>=|<>|[-+*/^&=<>%(),])"
    r"|(?P<end>\Z))"
)
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,3})?")
LEVELS: Final = {
    **dict.fromkeys(("=", "<>", "<", ">", "<=", ">="), 1),
    "&": 2,
    **dict.fromkeys("+-", 3),
    **dict.fromkeys("*/", 4),
    "^": 5,
}
"""How closely each sign binds; a sign before a number binds closer than all of them."""
COMPARISON: Final = LEVELS["="]

Value: TypeAlias = Fraction | str | bool | None
"""What a formula reckons with; a blank cell is None."""


class NotEvaluated(Exception):
    """What a formula comes to is not known here."""


class Constant(NamedTuple):
    """A number, a text or a truth value that is written in the formula itself."""

    value: Value


class Area(NamedTuple):
    """A cell or a range; rows and columns count from 0, `sheet` is "" for the formula's own."""

    sheet: str
    first: tuple[int, int]
    last: tuple[int, int]
    single: bool


class Operation(NamedTuple):
    """Two operands with the sign between them."""

    sign: str
    left: "Node"
    right: "Node"


class Call(NamedTuple):
    """A function with its arguments; one that is left out is None."""

    name: str
    arguments: tuple["Node | None", ...]


Node: TypeAlias = Constant | Area | Operation | Call


class _Token(NamedTuple):
    kind: str
    text: str


@lru_cache(maxsize=_KEPT)
def parse_formula(text: str) -> Node:
    """*text*, without its `=`, as a tree; raise NotEvaluated where it is written in another way."""
    if len(text) > _LONGEST:
        raise NotEvaluated(text[:_DEEPEST])
    parser = _Parser(text)
    tree = parser.expression(COMPARISON, 0)
    if parser.next.kind != "end":
        raise NotEvaluated(parser.next.text)
    return tree


def number_in(text: str) -> Fraction | None:
    """The number that *text* plainly is, as programs take it where a number is wanted."""
    return Fraction(text) if _NUMBER.fullmatch(text) else None


class _Parser:
    """A walk through the tokens of one formula."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.next = self.token()

    def token(self) -> _Token:
        """The token that begins here; the walk goes on behind it."""
        match = _TOKEN.match(self.text, self.at)
        if match is None or match.lastgroup is None:
            raise NotEvaluated(self.text[self.at :])
        self.at = match.end()
        return _Token(match.lastgroup, match[match.lastgroup])

    def take(self, *signs: str) -> str:
        """The next token where it is one of *signs*, which is then behind; else ""."""
        kind, text = self.next
        if kind != "sign" or text not in signs:
            return ""
        self.next = self.token()
        return text

    def expression(self, level: int, depth: int) -> Node:
        """Operands and the signs between them that bind at least as closely as *level*."""
        left = self.signed(depth)
        while self.next.kind == "sign" and LEVELS.get(self.next.text, 0) >= level:
            sign = self.take(self.next.text)
            left = Operation(sign, left, self.expression(LEVELS[sign] + 1, depth))
        return left

    def signed(self, depth: int) -> Node:
        """An operand with the signs before it and the percent signs behind it."""
        is_negative = False
        while sign := self.take("+", "-"):
            is_negative ^= sign == "-"
        node = self.operand(depth)
        percents = 0
        while self.take("%"):
            percents += 1
        if percents:
            node = Operation("/", node, Constant(Fraction(100) ** min(percents, _DEEPEST)))
        return Operation("-", Constant(Fraction(0)), node) if is_negative else node

    def operand(self, depth: int) -> Node:
        """A constant, a reference, a call or what stands in brackets."""
        (kind, text), depth = self.next, depth + 1
        if depth > _DEEPEST:
            raise NotEvaluated(text)
        self.next = self.token()
        match kind:
            case "number":
                return Constant(Fraction(text))
            case "text":
                return Constant(text[1:-1].replace('""', '"'))
            case "truth":
                return Constant(text.upper() == "TRUE")
            case "area":
                return _area(text)
            case "call":
                return Call(text.upper(), tuple(self.arguments(depth)))
            case "sign" if text == "(":
                node = self.expression(COMPARISON, depth)
                if self.take(")"):
                    return node
            case _:
                pass
        raise NotEvaluated(text)

    def arguments(self, depth: int) -> "list[Node | None]":
        """What stands between the brackets of a call, the last of which is then behind."""
        found: list[Node | None] = []
        if self.take(")"):
            return found
        while True:
            is_left_out = self.next.kind == "sign" and self.next.text in {",", ")"}
            found.append(None if is_left_out else self.expression(COMPARISON, depth))
            if not self.take(","):
                break
        if not self.take(")"):
            raise NotEvaluated(self.next.text)
        return found


def _area(text: str) -> Area:
    """The cell or range that *text* names: `E7`, `'填报'!E7:G7`, `B:B`, `3:5`."""
    sheet, _, span = text.rpartition("!")
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    first, colon, last = span.replace("$", "").upper().partition(":")
    begin, end = _corner(first, at_end=False), _corner(last or first, at_end=True)
    rows, columns = sorted((begin[0], end[0])), sorted((begin[1], end[1]))
    if rows[0] < 0 or rows[1] >= _SHEET_ROWS or columns[1] >= _SHEET_COLUMNS:
        raise NotEvaluated(text)
    return Area(sheet, (rows[0], columns[0]), (rows[1], columns[1]), not colon)


def _corner(name: str, *, at_end: bool) -> tuple[int, int]:
    """Row and column of `E7`; of a whole column or row its first cell, or (*at_end*) its last."""
    if name.isdecimal():
        return int(name) - 1, _SHEET_COLUMNS - 1 if at_end else 0
    if name.isalpha():
        return _SHEET_ROWS - 1 if at_end else 0, parse(f"{name}1")[1]
    return parse(name)

"""The formula of one cell as it reads in another one: shared formulas are written only once."""

import re
from typing import Final

from wyexcel.files.address import column_name, parse

_ROWS: Final = 1_048_576
_COLUMNS: Final = 16_384
_LOST: Final = "#REF!"

_PARTS: Final = re.compile(
    r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|\[[^\]]*\]'
    r"|(?<![\w.$])(?P<fixed>\$?)(?P<column>[A-Za-z]{1,3})(?P<pinned>\$?)(?P<row>[1-9][0-9]{0,6})"
    r"(?![\w.(!])"
    r"|(?<![\w.$])(?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})(?![\w.(!])"
    r"|(?<![\w.$])(?P<rows>\$?[1-9][0-9]{0,6}:\$?[1-9][0-9]{0,6})(?![\w.(!])"
)
"""A text, a quoted sheet or a link, which stay as they are, or a reference."""


def shifted(formula: str, rows: int, columns: int) -> str:
    """*formula* as it reads so many *rows* below and *columns* right of where it is written.

    >>> shifted("SUM(E7:$E7)*LOG10(B$2)&'E7'!A1", 1, 1)
    "SUM(F8:$E8)*LOG10(C$2)&'E7'!B2"
    """

    def moved(match: re.Match[str]) -> str:
        if match["column"]:
            column = _column(match["fixed"] + match["column"], columns)
            row = _row(match["pinned"] + match["row"], rows)
            return column + row if column and row else _LOST
        span, move, step = (
            (match["columns"], _column, columns)
            if match["columns"]
            else (match["rows"], _row, rows)
        )
        if not span:
            return match[0]
        ends = [move(end, step) for end in span.split(":")]
        return ":".join(ends) if all(ends) else _LOST

    return _PARTS.sub(moved, formula)


def _column(name: str, step: int) -> str:
    """The column so many columns further, "" beyond the sheet; one with `$` stays."""
    if name.startswith("$"):
        return name
    number = parse(f"{name.upper()}1")[1] + step
    return column_name(number) if 0 <= number < _COLUMNS else ""


def _row(name: str, step: int) -> str:
    if name.startswith("$"):
        return name
    number = int(name) + step
    return str(number) if 0 < number <= _ROWS else ""

"""The formulas of .ods files (OpenFormula) written as those of .xlsx files are."""

import re
from typing import Final

_PREFIX: Final = re.compile(r"(?:of|oooc|msoxl):=|=")
_PARTS: Final = re.compile(r'"(?:[^"]|"")*"|\[(?P<inside>(?:\'(?:[^\']|\'\')*\'|[^\[\]\'])*)\]|;')
_ENDPOINT: Final = re.compile(
    r"(?:(?P<file>'(?:[^']|'')*')#)?"
    r"(?:\$?(?P<sheet>'(?:[^']|'')*'|[^.':\[\]]+))?\.(?P<cell>\$?[A-Z]{1,3}\$?[0-9]+|[^:]+)"
)


def as_excel(formula: str) -> str:
    """*formula* of an .ods cell, without its `=`, in the words of Excel.

    >>> as_excel("of:=SUM([$填报.E7:.G7];[.B2])/10000")
    "SUM('填报'!E7:G7,B2)/10000"
    """
    prefix = _PREFIX.match(formula)
    body = formula[prefix.end() :] if prefix else formula
    return body if formula.startswith("msoxl:") else _PARTS.sub(_part, body)


def _part(match: re.Match[str]) -> str:
    if match["inside"] is None:
        return "," if match[0] == ";" else match[0]
    ends = [*_ENDPOINT.finditer(match["inside"])]
    if not ends or len({end["sheet"] for end in ends if end["sheet"]}) > 1:
        return match[0]
    where = ends[0]["file"] or ends[0]["sheet"] or ""
    if where and not where.startswith("'"):
        where = f"'{where}'"
    return (f"{where}!" if where else "") + ":".join(end["cell"] for end in ends)

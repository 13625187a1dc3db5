"""校验规则 at the foot of 设置: which rules the office switches off or lets weigh less."""

from collections.abc import Mapping
from typing import Final

from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import SheetCells
from wyexcel.files.writing.sheet import Cell, Part, Row
from wyexcel.findings import Level, Severity
from wyexcel.master.plan_sheets import rows
from wyexcel.plan.settings import ON_TRIAL
from wyexcel.rules import RULES

TITLE: Final = "二、校验规则：“级别”空着照常；选核、示放轻，选试行只提示，选关不查"
HEADINGS: Final = ("规则", "级别", "要求")
OPTIONS: Final = tuple(level.value for level in Level)

_FIXED: Final = frozenset({"I02"})
"""Without it a form of another period would be taken for one of this."""

_LETTERS: Final = "FSIVRBPU"


def switchable() -> Mapping[str, str]:
    """What each rule asks that may weigh less, by code; what stops a file is none of them."""
    found: dict[str, str] = {}
    for rule in sorted(RULES, key=lambda rule: (_LETTERS.index(rule.code[0]), rule.code)):
        if rule.severity is not Severity.BLOCK and rule.code not in _FIXED:
            before = f"{found[rule.code]}；" if rule.code in found else f"〔{rule.severity}〕"
            found[rule.code] = before + rule.holds
    return found


def describe(levels: Mapping[str, Level], widths: tuple[float, ...]) -> tuple[Row, ...]:
    """The block: its line, its headings, and a row for each rule."""
    return (
        rows.block(TITLE, len(widths)),
        rows.heading(*HEADINGS),
        *(_row(code, holds, levels.get(code), widths) for code, holds in switchable().items()),
    )


def _row(code: str, holds: str, level: Level | None, widths: tuple[float, ...]) -> Row:
    cells = (Cell(value=code, part=Part.TEXT), rows.word(level.value if level else ""))
    return Row((*cells, Cell(value=holds, part=Part.TEXT)), rows.height((holds, widths[2])))


def read(sheet: SheetCells) -> Mapping[str, Level]:
    """The rules that do not weigh what is written.

    A rule that an older master has no row for is as it is in a new one.
    """
    if not any(HEADINGS[0] in cells for cells in sheet.cells):
        return ON_TRIAL
    known, found = switchable(), dict(ON_TRIAL)
    for line in tables.table_rows(sheet, HEADINGS):
        code = line.text("规则")
        found.pop(code, None)
        if line.text("级别"):
            if code not in known:
                line.refuse("规则", f"“{code}”不是可以调整的规则，请删去该行的级别。")
            found[code] = line.one_of("级别", Level)
    return found

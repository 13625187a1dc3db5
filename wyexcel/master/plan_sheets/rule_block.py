"""校验规则 at the foot of 设置: which rules the office switches off or lets weigh less."""

from collections.abc import Mapping
from typing import Final

from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import SheetCells
from wyexcel.files.writing.sheet import Cell, Part, Row
from wyexcel.findings import Level, Severity
from wyexcel.master.plan_sheets import rows
from wyexcel.plan.plan import Plan
from wyexcel.plan.settings import ON_TRIAL
from wyexcel.rules.all_rules import RULES

TITLE: Final = "二、校验规则：“级别”空着照常；选核、示放轻，选试行只提示，选关不查"
HEADINGS: Final = ("规则", "级别", "要求")
OPTIONS: Final = tuple(level.value for level in Level)

_FIXED: Final = frozenset({"I02"})
"""Without it a form of another period would be taken for one of this."""

_LETTERS: Final = "FSIVRBPU"


_SWITCHABLE: Final = tuple(
    sorted(
        (r for r in RULES if r.severity is not Severity.BLOCK and r.code not in _FIXED),
        key=lambda rule: (_LETTERS.index(rule.code[0]), rule.code),
    )
)
"""The rules that may weigh less, in the order of the block; what stops a file is none of them."""


def requirements(plan: Plan) -> Mapping[str, str]:
    """What each rule that may weigh less asks, by code, in the words of *plan*."""
    asked: dict[str, str] = {}
    for rule in _SWITCHABLE:
        before = f"{asked[rule.code]}；" if rule.code in asked else f"〔{rule.severity}〕"
        asked[rule.code] = before + (rule.required_by(plan) or rule.holds)
    return asked


def describe(plan: Plan, widths: tuple[float, ...]) -> tuple[Row, ...]:
    """The block: its line, its headings, and a row for each rule."""
    levels = plan.settings.levels
    return (
        rows.block(TITLE, len(widths)),
        rows.heading(*HEADINGS),
        *(
            _row(code, holds, levels.get(code), widths)
            for code, holds in requirements(plan).items()
        ),
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
    switchable, levels = {rule.code for rule in _SWITCHABLE}, dict(ON_TRIAL)
    for line in tables.table_rows(sheet, HEADINGS):
        code = line.text("规则")
        levels.pop(code, None)
        if line.text("级别"):
            if code not in switchable:
                line.refuse("规则", f"“{code}”不是可以调整的规则，请删去该行的级别。")
            levels[code] = line.one_of("级别", Level)
    return levels

"""发文 at the foot of 设置: number, signer and days of each period's bulletin, a line each.

What is typed for one period is never taken for the next.
"""

from datetime import date
from typing import Final, NamedTuple

from wyexcel.errors import BadPeriod
from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import SheetCells, TableRow
from wyexcel.files.writing.sheet import Row
from wyexcel.master.plan_sheets import rows
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.settings import IssueDetails

TITLE: Final = "四、发文：每期通报的文号、签发人和日期；只用于写明的那一期，没有写的留空待填"
HEADINGS: Final = ("报告期和事项", "内容", "填法")

_NUMBER: Final = "文号"
_SIGNER: Final = "签发人"
_SIGNED: Final = "成文日期"
_PRINTED: Final = "印发日期"
_HOW: Final = {
    _NUMBER: "如 万园区办〔2025〕12号",
    _SIGNER: "签发人姓名（通报是下行文，不印，只留存）",
    _SIGNED: "如 2025-10-15",
    _PRINTED: "如 2025-10-16",
}
_SPARE: Final = 8


def describe(plan: Plan, widths: tuple[float, ...]) -> tuple[Row, ...]:
    """The block: its line, its headings, four lines for each period, and open rows."""
    return (
        rows.block(TITLE, len(widths)),
        rows.heading(*HEADINGS),
        *(row for issue in plan.settings.issues for row in _rows(issue)),
        *rows.empty(len(widths), _SPARE),
    )


def _rows(issue: IssueDetails) -> list[Row]:
    values = {
        _NUMBER: issue.number,
        _SIGNER: issue.signer,
        _SIGNED: str(issue.signed or ""),
        _PRINTED: str(issue.printed or ""),
    }
    return [
        Row(
            (rows.typed(f"{issue.period} {name}"), rows.typed(value), rows.typed(_HOW[name])),
            rows.LEAST,
        )
        for name, value in values.items()
    ]


class _Line(NamedTuple):
    """One line of the block: which period, what, and the row that says it."""

    period: Period
    what: str
    line: TableRow


def read(sheet: SheetCells) -> tuple[IssueDetails, ...]:
    """What the office has typed, a period each; none where an older master has no such block."""
    if not any(HEADINGS[0] in cells for cells in sheet.cells):
        return ()
    lines = [_line(line) for line in tables.table_rows(sheet, HEADINGS) if line[HEADINGS[0]]]
    periods = sorted({line.period for line in lines})
    return tuple(
        _issue(period, [one for one in lines if one.period == period]) for period in periods
    )


def _line(line: TableRow) -> _Line:
    text = line.text(HEADINGS[0])
    first, _, what = text.partition(" ")
    try:
        period = Period.parse(first)
    except BadPeriod:
        line.refuse(HEADINGS[0], f"填的是“{text}”，请写成 2025-09 文号。")
    if what.strip() not in _HOW:
        line.refuse(HEADINGS[0], f"填的是“{text}”，报告期后面请写 {'、'.join(_HOW)} 之一。")
    return _Line(period, what.strip(), line)


def _issue(period: Period, lines: list[_Line]) -> IssueDetails:
    said = {one.what: one.line for one in lines}
    if len(said) < len(lines):
        lines[-1].line.refuse(HEADINGS[0], "写了两次，请只留一行。")
    return IssueDetails(
        period=period,
        number=said[_NUMBER].text(HEADINGS[1]) if _NUMBER in said else "",
        signer=said[_SIGNER].text(HEADINGS[1]) if _SIGNER in said else "",
        signed=_day(said.get(_SIGNED)),
        printed=_day(said.get(_PRINTED)),
    )


def _day(line: TableRow | None) -> date | None:
    return None if line is None else line.day(HEADINGS[1])

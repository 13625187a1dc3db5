"""校验结果: everything that is wrong, with a link to its cell, and what became of each file."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from wyexcel import fitting
from wyexcel.findings import Finding, Severity
from wyexcel.pagination import pressed
from wyexcel.period import Period
from wyexcel.reports import links
from wyexcel.reports.title import title
from wyexcel.sheet import Cell, Page, Part, Row, Sheet, row, spread
from wyexcel.submission import Received, Season

NAME: Final = "校验结果"
HEADINGS: Final = ("级别", "规则", "单位", "文件", "工作表", "单元格", "看到的值", "建议", "说明")
FILES: Final = ("处理", "单位", "文件", "报告期", "收到时间", "SHA-256")
WIDTHS: Final = (11, 12, 30, 36, 19, 18, 24, 18, 89)
_ACROSS: Final = (2, 1, 2, 1, 2, 1)

_LEVELS: Final[Mapping[Severity, Part]] = {
    Severity.BLOCK: Part.ALARM,
    Severity.ERROR: Part.ALARM,
    Severity.REVIEW: Part.WARNING,
    Severity.NOTICE: Part.QUIET,
}
_LEGEND: Final = "级别：阻＝不能作为报表接收；错＝须改正后重报；核＝写明情况后可以通过；示＝提示。"


def findings(
    season: Season | None, period: Period | None = None, *, home: Path | None = None
) -> Sheet:
    """The findings of *season*, or the empty sheet; *home* is the folder where it will lie."""
    found = season.findings if season else ()
    received = season.received if season else ()
    ways = {(r.file, r.sha256): links.way(r.came or r.path, home) for r in received} if home else {}
    nothing = (spread(Part.CENTRE, "没有发现问题。", len(WIDTHS), height=24),) if season else ()
    sheet = Sheet(
        name=NAME,
        rows=(
            title(NAME, period, len(WIDTHS)),
            spread(Part.SUBTITLE, _balance(season) if season else "", len(WIDTHS), height=18),
            spread(Part.SUBTITLE, _LEGEND, len(WIDTHS), height=18),
            row(Part.HEADING, *HEADINGS, height=24),
            *(tuple(_finding(f, ways.get((f.file, f.sha256))) for f in found) or nothing),
            spread(Part.SUBTITLE, "收到的文件", len(WIDTHS), height=24),
            Row(tuple(_spaced(Part.HEADING, FILES)), 24),
            *(_file(one) for one in received),
        ),
        widths=WIDTHS,
        page=Page(repeat=(3, 3)),
        freeze=(4, 0),
    )
    return pressed(sheet)


def _balance(season: Season) -> str:
    """What became of every file, and who sent none."""
    names = f"：{'、'.join(season.missing)}" if season.missing else ""
    return f"{season.balance}{names}"


def _finding(finding: Finding, way: str | None) -> Row:
    where = Cell(value=finding.cell, part=Part.CENTRE)
    if way and finding.sheet and finding.cell:
        link = links.to_cell(way, finding.sheet, finding.cell)
        where = Cell(value=finding.cell, part=Part.LINK, link=link)
    cells = (
        Cell(value=finding.severity.value, part=_LEVELS[finding.severity]),
        Cell(value=finding.rule, part=Part.CENTRE),
        Cell(value=finding.unit, part=Part.NAME),
        Cell(value=finding.file, part=Part.NAME),
        Cell(value=finding.sheet, part=Part.NAME),
        where,
        Cell(value=_shown(finding.value), part=Part.NAME),
        Cell(value=_shown(finding.suggestion), part=Part.NAME),
        Cell(value=finding.message, part=Part.NAME),
    )
    return fitting.fitted(cells, WIDTHS, least=20)


def _shown(value: object) -> str:
    """A value as it stood in the cell; a whole number without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _file(received: Received) -> Row:
    moment = received.received.astimezone().strftime("%Y-%m-%d %H:%M")
    decision, stamp = received.decision.label, received.sha256
    values = (decision, received.unit or "（无法识别）", received.file, received.period, moment)
    return fitting.fitted(_spaced(Part.NAME, (*values, stamp)), WIDTHS, least=20)


def _spaced(part: Part, values: Iterable[str | None]) -> Iterator[Cell | None]:
    """The *values* of a line on the files, over the columns of the findings above."""
    for value, across in zip(values, _ACROSS, strict=True):
        yield Cell(value=value, part=part, across=across)
        yield from (None,) * (across - 1)

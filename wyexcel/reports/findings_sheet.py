"""校验结果: every finding with a link to its cell, and what became of each file received."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, row, spread
from wyexcel.findings import Finding, Severity
from wyexcel.forms.submission import Received, Season
from wyexcel.period import Period
from wyexcel.reports.hyperlinks import link_to_cell, link_to_file, relative_link
from wyexcel.reports.title_row import title_row

NAME: Final = "校验结果"
HEADINGS: Final = ("级别", "规则", "单位", "文件", "工作表", "单元格", "看到的值", "建议", "说明")
FILE_HEADINGS: Final = (
    "序号",
    "问题数",
    "单位",
    "文件",
    "处理",
    "报告期",
    "收到日期",
    "时间",
    "SHA-256",
)
WIDTHS: Final = (11, 12, 30, 36, 19, 18, 24, 18, 89)

_LEVELS: Final[Mapping[Severity, Part]] = {
    Severity.BLOCK: Part.ALARM,
    Severity.ERROR: Part.ALARM,
    Severity.REVIEW: Part.WARNING,
    Severity.NOTICE: Part.QUIET,
}
_LEGEND: Final = "级别：阻＝不能作为报表接收；错＝须改正后重报；核＝写明情况后可以通过；示＝提示。"


def findings_sheet(
    season: Season | None, period: Period | None = None, *, folder: Path | None = None
) -> Sheet:
    """The findings of *season*, or the empty sheet; *folder* is where it will lie, for links."""
    findings = season.findings if season else ()
    received = season.received if season else ()
    links = (
        {(r.file, r.sha256): (relative_link(r.came or r.path, folder), r.packed) for r in received}
        if folder
        else {}
    )
    counts = Counter((f.file, f.sha256) for f in findings)
    nothing = (spread(Part.CENTRE, "没有发现问题。", len(WIDTHS), height=24),) if season else ()
    sheet = Sheet(
        name=NAME,
        rows=(
            title_row(NAME, period, len(WIDTHS)),
            spread(Part.SUBTITLE, _balance(season) if season else "", len(WIDTHS), height=18),
            spread(Part.SUBTITLE, _LEGEND, len(WIDTHS), height=18),
            row(Part.HEADING, *HEADINGS, height=24),
            *(
                tuple(_finding_row(f, *links.get((f.file, f.sha256), _NO_LINK)) for f in findings)
                or nothing
            ),
            spread(Part.SUBTITLE, "收到的文件", len(WIDTHS), height=24),
            row(Part.HEADING, *FILE_HEADINGS, height=24),
            *(_file_row(number, file, counts) for number, file in enumerate(received, start=1)),
        ),
        widths=WIDTHS,
        page=Page(repeat=(3, 3)),
        freeze=(4, 0),
    )
    return fit_pages(sheet)


def _balance(season: Season) -> str:
    """How many files were accepted, sent back and so on, and the units that sent none."""
    names = f"：{'、'.join(season.missing)}" if season.missing else ""
    return f"{season.balance}{names}"


_NO_LINK: Final = ("", False)


def _finding_row(finding: Finding, file_link: str, is_packed: bool) -> Row:  # noqa: FBT001 - a pair of `links`
    """One finding; its link leads to the cell, or to the archive in which the file came."""
    address = Cell(value=finding.cell, part=Part.CENTRE)
    if file_link and finding.sheet and finding.cell:
        to_cell = link_to_cell(file_link, finding.sheet, finding.cell)
        link = link_to_file(file_link) if is_packed else to_cell
        address = Cell(value=finding.cell, part=Part.LINK, link=link)
    cells = (
        Cell(value=finding.severity.value, part=_LEVELS[finding.severity]),
        Cell(value=finding.rule, part=Part.CENTRE),
        Cell(value=finding.unit, part=Part.NAME),
        Cell(value=finding.file, part=Part.NAME),
        Cell(value=finding.sheet, part=Part.NAME),
        address,
        Cell(value=_value_text(finding.value), part=Part.NAME),
        Cell(value=_value_text(finding.suggestion), part=Part.NAME),
        Cell(value=finding.message, part=Part.NAME),
    )
    return text_fit.fit_row(cells, WIDTHS, least=20)


def _value_text(value: object) -> str:
    """A value as it stood in the cell, a whole number without a decimal point; "" for none."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _file_row(number: int, received: Received, counts: Mapping[tuple[str, str], int]) -> Row:
    """What became of one file; unit and file stand in the same columns as in the findings above."""
    moment = received.received.astimezone()
    cells = (
        Cell(value=number, part=Part.CENTRE),
        Cell(value=counts.get((received.file, received.sha256), 0), part=Part.CENTRE),
        Cell(value=received.unit or "（无法识别）", part=Part.NAME),
        Cell(value=received.file, part=Part.NAME),
        Cell(value=received.decision.label, part=Part.NAME),
        Cell(value=received.period, part=Part.CENTRE),
        Cell(value=f"{moment:%Y-%m-%d}", part=Part.CENTRE),
        Cell(value=f"{moment:%H:%M}", part=Part.CENTRE),
        Cell(value=received.sha256, part=Part.NAME),
    )
    return text_fit.fit_row(cells, WIDTHS, least=20)

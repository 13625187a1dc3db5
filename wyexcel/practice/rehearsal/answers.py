"""The answer sheet of the rehearsal (答案): what was put into which file, and how to mend it."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from wyexcel.archive.workspace import Workspace
from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, row, spread
from wyexcel.findings import Finding
from wyexcel.period import Period
from wyexcel.practice.rehearsal.fault import Fault
from wyexcel.practice.rehearsal.paper import Paper
from wyexcel.reports import cell_links

NAME: Final = "答案"
HEADINGS: Final = ("文件", "放进去的错", "工作表", "单元格", "规则", "级别", "校验会提示", "怎么改")
WIDTHS: Final = (44, 46, 22, 20, 13, 13, 82, 46)
_HOW: Final = (
    "先不看本表：运行 wyexcel check {period}，对照校验结果说出每个文件错在哪里、怎么退回，"
    "再来核对。一个错常会带出别的提示（如改小一个数，合计也对不上）；同一单位的文件有好几份，"
    "后收到的替代先收到的，所以多处会有 F05。"
)


class Answer(Struct, frozen=True, kw_only=True):
    """One file (or one that is lacking), its fault if it has one, and what is told of it."""

    paper: Paper
    fault: Fault | None
    file: str
    finding: Finding | None


def sheet(answers: Sequence[Answer], period: Period, workspace: Workspace) -> Sheet:
    """What there is to find, in the order of the files."""
    there = Sheet(
        name=NAME,
        rows=(
            spread(Part.TITLE, f"{period.title}演练答案", len(WIDTHS), height=36),
            spread(Part.NOTE, _HOW.format(period=period), len(WIDTHS), height=36),
            row(Part.HEADING, *HEADINGS, height=24),
            *(_row(answer, workspace) for answer in answers),
        ),
        widths=WIDTHS,
        page=Page(repeat=(2, 2)),
        freeze=(3, 0),
    )
    return fit_pages(there)


def _row(answer: Answer, workspace: Workspace) -> Row:
    """One line: the cell is a link where there is one to go to."""
    paper, fault, finding = answer.paper, answer.fault, answer.finding
    sent = "（没有文件）" if paper.withheld else paper.file
    values = (
        f"{paper.unit}{sent}" if paper.withheld else sent,
        fault.did if fault else "没有错",
        paper.sheet,
        paper.cell,
        fault.code if fault else None,
        finding.severity.value if finding else None,
        finding.message if finding else None,
        fault.mend if fault else None,
    )
    cells = [Cell(value=v, part=p) for v, p in zip(values, _PARTS, strict=True)]
    if paper.sheet and paper.cell and not paper.withheld:
        way = cell_links.way(workspace.inbox(paper.period) / paper.file, workspace.root)
        link = cell_links.to_cell(way, paper.sheet, paper.cell)
        cells[_LINKED] = Cell(value=paper.cell, part=Part.LINK, link=link)
    return text_fit.fit_row(cells, WIDTHS, least=20)


_LINKED: Final = HEADINGS.index("单元格")
_PARTS: Final = tuple(
    Part.CENTRE if heading in {"单元格", "规则", "级别"} else Part.NAME for heading in HEADINGS
)

"""The answer key of the rehearsal (答案): the mistake in each file, and how to mend it."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from wyexcel.archive.workspace import Workspace
from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, row, spread
from wyexcel.findings import Finding
from wyexcel.period import Period
from wyexcel.practice.rehearsal.draft_form import DraftForm
from wyexcel.practice.rehearsal.mistake import Mistake
from wyexcel.reports.hyperlinks import link_to_cell, relative_link

NAME: Final = "答案"
HEADINGS: Final = ("文件", "放进去的错", "工作表", "单元格", "规则", "级别", "校验会提示", "怎么改")
WIDTHS: Final = (44, 46, 22, 20, 13, 13, 82, 46)
_HOW: Final = (
    "先不看本表：运行 wyexcel check {period}，对照校验结果说出每个文件错在哪里、怎么退回，"
    "再来核对。一个错常会带出别的提示（如改小一个数，合计也对不上）；同一单位的文件有好几份，"
    "后收到的替代先收到的，所以多处会有 F05。"
)


class AnswerKeyEntry(Struct, frozen=True, kw_only=True):
    """One file (or a missing one), its mistake if it has one, and the finding of the check.

    `file` is the file in which the mistake shows, "" where none is at fault.
    """

    draft: DraftForm
    mistake: Mistake | None
    file: str
    finding: Finding | None


def answer_key_sheet(
    entries: Sequence[AnswerKeyEntry], period: Period, workspace: Workspace
) -> Sheet:
    """One row for each file, in the order of *entries*."""
    sheet = Sheet(
        name=NAME,
        rows=(
            spread(Part.TITLE, f"{period.title}演练答案", len(WIDTHS), height=36),
            spread(Part.NOTE, _HOW.format(period=period), len(WIDTHS), height=36),
            row(Part.HEADING, *HEADINGS, height=24),
            *(_row(entry, workspace) for entry in entries),
        ),
        widths=WIDTHS,
        page=Page(repeat=(2, 2)),
        freeze=(3, 0),
    )
    return fit_pages(sheet)


def _row(entry: AnswerKeyEntry, workspace: Workspace) -> Row:
    """One file; its cell is a link where a file was sent."""
    draft, mistake, finding = entry.draft, entry.mistake, entry.finding
    values = (
        f"{draft.unit}（没有文件）" if draft.withheld else draft.file,
        mistake.did if mistake else "没有错",
        draft.sheet,
        draft.cell,
        mistake.code if mistake else None,
        finding.severity.value if finding else None,
        finding.message if finding else None,
        mistake.mend if mistake else None,
    )
    cells = [Cell(value=v, part=p) for v, p in zip(values, _PARTS, strict=True)]
    if draft.sheet and draft.cell and not draft.withheld:
        file_link = relative_link(workspace.inbox(draft.period) / draft.file, workspace.root)
        link = link_to_cell(file_link, draft.sheet, draft.cell)
        cells[_LINKED] = Cell(value=draft.cell, part=Part.LINK, link=link)
    return text_fit.fit_row(cells, WIDTHS, least=20)


_LINKED: Final = HEADINGS.index("单元格")
_PARTS: Final = tuple(
    Part.CENTRE if heading in {"单元格", "规则", "级别"} else Part.NAME for heading in HEADINGS
)

"""进度判定: how every indicator stands, its arithmetic in words, and its source cells."""

from collections.abc import Sequence
from typing import Final

from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, row
from wyexcel.period import Period
from wyexcel.progress.standing import Source, Standing
from wyexcel.reports.differences_sheet import describe_cells
from wyexcel.reports.indicator_cells import (
    actual_cell,
    attainment_cell,
    completion_cell,
    expected_cell,
    quantity_gap_cell,
    status_cell,
    target_cell,
)
from wyexcel.reports.title_row import title_row

NAME: Final = "进度判定"
HEADINGS: Final = (
    *(
        "序号",
        "指标",
        "计量\n单位",
        "年度\n目标",
        "累计",
        "完成率\n(%)",
        "应达",
        "超欠",
        "达成率\n(%)",
    ),
    *("状态", "依据", "来源", "备注"),
)
WIDTHS: Final = (9, 40, 13, 17, 19, 16, 17, 17, 16, 22, 64, 60, 40)


def standings_sheet(standings: Sequence[Standing], period: Period | None = None) -> Sheet:
    """One row for each of *standings*; none give the empty sheet."""
    sheet = Sheet(
        name=NAME,
        rows=(
            title_row(NAME, period, len(WIDTHS)),
            row(Part.HEADING, *HEADINGS, height=30),
            *map(_row, standings),
        ),
        widths=WIDTHS,
        page=Page(repeat=(0, 1)),
        freeze=(2, 2),
    )
    return fit_pages(sheet)


def _row(standing: Standing) -> Row:
    indicator = standing.indicator
    sources, remarks = _sources(standing.sources), _remarks(standing)
    cells = (
        Cell(value=indicator.no, part=Part.CENTRE),
        Cell(value=indicator.name, part=Part.NAME),
        Cell(value=indicator.measure, part=Part.CENTRE),
        target_cell(standing),
        actual_cell(standing),
        completion_cell(standing),
        expected_cell(standing),
        quantity_gap_cell(standing),
        attainment_cell(standing),
        status_cell(standing),
        Cell(value=standing.reason, part=Part.NAME),
        Cell(value=sources, part=Part.NAME),
        Cell(value=remarks, part=Part.NAME),
    )
    return text_fit.fit_row(cells, WIDTHS, least=28)


def _sources(cells: Sequence[Source]) -> str:
    """The source cells, one line for each file."""
    files = dict.fromkeys(cell.file for cell in cells)
    return "\n".join(
        describe_cells([cell for cell in cells if cell.file == file]) for file in files
    )


def _remarks(standing: Standing) -> str:
    """The remarks, and what the rest of the year needs."""
    return "\n".join(note for note in (*standing.remarks, standing.outlook) if note)

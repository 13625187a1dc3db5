"""进度判定: how every indicator stands, the arithmetic in words, and the cells behind it."""

from collections.abc import Sequence
from typing import Final

from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, row
from wyexcel.period import Period
from wyexcel.progress.standing import Source, Standing
from wyexcel.reports import number_cells
from wyexcel.reports.differences import places
from wyexcel.reports.title import title

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


def standings(judged: Sequence[Standing], period: Period | None = None) -> Sheet:
    """One row an indicator; *judged* empty gives the empty sheet."""
    sheet = Sheet(
        name=NAME,
        rows=(
            title(NAME, period, len(WIDTHS)),
            row(Part.HEADING, *HEADINGS, height=30),
            *map(_body, judged),
        ),
        widths=WIDTHS,
        page=Page(repeat=(0, 1)),
        freeze=(2, 2),
    )
    return fit_pages(sheet)


def _body(standing: Standing) -> Row:
    indicator = standing.indicator
    sources, remarks = _sources(standing.sources), _notes(standing)
    points = standing.gap_measure == "百分点" and not indicator.denominator
    cells = (
        Cell(value=indicator.no, part=Part.CENTRE),
        Cell(value=indicator.name, part=Part.NAME),
        Cell(value=indicator.measure, part=Part.CENTRE),
        number_cells.target(standing.target, indicator),
        number_cells.actual(standing),
        number_cells.rate(standing),
        number_cells.number(standing.expected, indicator.decimals),
        number_cells.change(standing.gap, 1 if points else indicator.decimals),
        number_cells.percent(standing.attainment),
        number_cells.status(standing),
        Cell(value=standing.reason, part=Part.NAME),
        Cell(value=sources, part=Part.NAME),
        Cell(value=remarks, part=Part.NAME),
    )
    return text_fit.fit_row(cells, WIDTHS, least=28)


def _sources(cells: Sequence[Source]) -> str:
    """The cells file by file."""
    files = dict.fromkeys(cell.file for cell in cells)
    return "\n".join(places([cell for cell in cells if cell.file == file]) for file in files)


def _notes(standing: Standing) -> str:
    """The remarks, and what must happen next."""
    return "\n".join(note for note in (*standing.remarks, standing.outlook) if note)

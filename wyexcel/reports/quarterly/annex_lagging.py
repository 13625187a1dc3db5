"""附件3 欠进度事项清单: what lags, by how much, who answers for it, its reasons and measures."""

from collections.abc import Iterator, Sequence
from typing import Final

from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, row, spread
from wyexcel.forms.submission import ProgressNote
from wyexcel.period import Period
from wyexcel.plan.plan import Indicator
from wyexcel.progress.arithmetic import amount
from wyexcel.progress.lag_chain import missed_in_words
from wyexcel.progress.standing import Standing
from wyexcel.reports.indicator_cells import status_cell
from wyexcel.reports.lagging import lagging_in_order, missing_quantity

NAME: Final = "欠进度清单"
HEADINGS: Final = (
    "序号",
    "指标",
    "状态",
    "应达",
    "实际",
    "欠额",
    "连续\n期数",
    "主报；核对单位",
    "原因",
    "措施",
    "预计\n完成时间",
)
WIDTHS: Final = (10, 38, 19, 21, 21, 28, 12, 34, 26, 26, 22)
_ROW_HEIGHT: Final = 34.0


def lagging_annex(standings: Sequence[Standing], period: Period) -> Sheet:
    """The lagging indicators, the red ones first, then by how long they have been lagging."""
    lagging = lagging_in_order(standings)
    body = [_row(number, standing, period) for number, standing in enumerate(lagging, 1)]
    nothing = spread(Part.CENTRE, "本期没有欠进度事项。", len(WIDTHS), height=_ROW_HEIGHT)
    sheet = Sheet(
        name=NAME,
        rows=(
            spread(Part.ANNEX, "附件3", len(WIDTHS), height=24),
            spread(Part.TITLE, f"欠进度事项清单（{period.title}）", len(WIDTHS), height=34),
            row(Part.HEADING, *HEADINGS, height=32),
            *(body or [nothing]),
            _note(lagging, period),
        ),
        widths=WIDTHS,
        page=Page(repeat=(1, 2)),
        freeze=(3, 2),
    )
    return fit_pages(sheet)


def _row(number: int, standing: Standing, period: Period) -> Row:
    indicator = standing.indicator
    units = _units(indicator)
    cells = (
        Cell(value=number, part=Part.CENTRE),
        Cell(value=indicator.name, part=Part.NAME),
        status_cell(standing),
        *(
            Cell(value=amount(indicator, value, decimals=standing.decimals), part=Part.CENTRE)
            for value in (standing.expected, standing.actual)
        ),
        Cell(value=missing_quantity(standing), part=Part.CENTRE),
        _count_cell(standing, period),
        Cell(value=units, part=Part.NAME),
        *(Cell(value=text or None, part=Part.NAME) for text in _explanation(standing.account)),
    )
    return text_fit.fit_row(cells, WIDTHS, least=_ROW_HEIGHT)


def _count_cell(standing: Standing, period: Period) -> Cell:
    """For how many periods it lags, and which of the year's had no report (2（缺二季度）)."""
    missed = missed_in_words(standing.missed, period)
    count = standing.periods_behind
    return Cell(value=f"{count}{missed}" if missed else count, part=Part.CENTRE)


def _explanation(account: ProgressNote) -> tuple[str, str, str]:
    return account.reason, account.measures, account.finish


def _units(indicator: Indicator) -> str:
    """The 主报 unit, then the units that check (核对)."""
    return "；\n".join(part for part in (indicator.lead, "、".join(indicator.checkers)) if part)


def _note(lagging: Sequence[Standing], period: Period) -> Row:
    """How to read the table, and what each amount needs in the months that are left."""
    needed = (f"第{n}项{s.outlook}" for n, s in enumerate(lagging, 1) if s.outlook)
    filled = "原因、措施、预计完成时间为主报单位所填"
    notes = "；".join(("欠额＝应达－实际", filled, *_counting(lagging, period), *needed))
    cells = spread(Part.NOTE, f"注：{notes}。", len(WIDTHS)).cells
    return text_fit.fit_row(cells, WIDTHS, least=20)


def _counting(lagging: Sequence[Standing], period: Period) -> Iterator[str]:
    """How 连续期数 is counted, where there is anything to count."""
    if lagging:
        what = "季度通报" if period.ends_quarter else "月"
        yield f"连续期数按{what}计，每年1月重新起算"
    if any(standing.missed for standing in lagging):
        yield "缺报的一期不计入，也不中断"
    if any(standing.escalated for standing in lagging):
        yield "连续两期以上、达成率不到95%的，按设置印红色，状态不变"

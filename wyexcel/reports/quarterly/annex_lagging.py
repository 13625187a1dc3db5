"""附件3: what lags, by how much, who answers for it, with its reasons and measures."""

from collections.abc import Sequence
from typing import Final

from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, row, spread
from wyexcel.forms.submission import Account
from wyexcel.period import Period
from wyexcel.plan.plan import Indicator
from wyexcel.plan.status import LAGGING, SEVERE
from wyexcel.progress import arithmetic
from wyexcel.progress.arithmetic import amount
from wyexcel.progress.standing import Standing
from wyexcel.reports import number_cells

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
_LEAST: Final = 34.0


def table(standings: Sequence[Standing], period: Period) -> Sheet:
    """The lagging indicators, the red ones first, then by how long they have been lagging."""
    lagging = behind(standings)
    body = [_body(number, standing) for number, standing in enumerate(lagging, 1)]
    nothing = spread(Part.CENTRE, "本期没有欠进度事项。", len(WIDTHS), height=_LEAST)
    sheet = Sheet(
        name=NAME,
        rows=(
            spread(Part.ANNEX, "附件3", len(WIDTHS), height=24),
            spread(Part.TITLE, f"欠进度事项清单（{period.title}）", len(WIDTHS), height=34),
            row(Part.HEADING, *HEADINGS, height=32),
            *(body or [nothing]),
            _note(lagging),
        ),
        widths=WIDTHS,
        page=Page(repeat=(1, 2)),
        freeze=(3, 2),
    )
    return fit_pages(sheet)


def behind(standings: Sequence[Standing]) -> list[Standing]:
    """What lags, red before yellow, the longest first, then in the order of the table."""
    lagging = [s for s in standings if s.status in LAGGING]
    return sorted(
        lagging, key=lambda s: (s.status not in SEVERE, -s.periods_behind, s.indicator.no)
    )


def shortfall(standing: Standing) -> str:
    """What is missing as a quantity."""
    return arithmetic.shortfall(standing.indicator, standing.expected, standing.actual)


def _body(number: int, standing: Standing) -> Row:
    indicator = standing.indicator
    units = _units(indicator)
    cells = (
        Cell(value=number, part=Part.CENTRE),
        Cell(value=indicator.name, part=Part.NAME),
        number_cells.status(standing),
        Cell(value=amount(indicator, standing.expected), part=Part.CENTRE),
        Cell(
            value=amount(indicator, standing.actual, decimals=standing.decimals),
            part=Part.CENTRE,
        ),
        Cell(value=shortfall(standing), part=Part.CENTRE),
        Cell(value=standing.periods_behind, part=Part.CENTRE),
        Cell(value=units, part=Part.NAME),
        *(Cell(value=words or None, part=Part.NAME) for words in _words(standing.account)),
    )
    return text_fit.fit_row(cells, WIDTHS, least=_LEAST)


def _words(account: Account) -> tuple[str, str, str]:
    return account.reason, account.measures, account.finish


def _units(indicator: Indicator) -> str:
    """主报 first, then who checks, as the sentence of the text parts lead and support."""
    return "；\n".join(part for part in (indicator.lead, "、".join(indicator.checkers)) if part)


def _note(lagging: Sequence[Standing]) -> Row:
    """How to read it, and what an amount needs in the months that are left."""
    needed = (f"第{n}项{s.outlook}" for n, s in enumerate(lagging, 1) if s.outlook)
    told = "；".join(("欠额＝应达－实际", "原因、措施、预计完成时间为主报单位所填", *needed))
    cells = spread(Part.NOTE, f"注：{told}。", len(WIDTHS)).cells
    return text_fit.fit_row(cells, WIDTHS, least=20)

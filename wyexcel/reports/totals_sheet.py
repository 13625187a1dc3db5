"""汇总: every indicator by park, and the number that each responsible unit reported."""

from collections.abc import Sequence
from itertools import combinations
from typing import Final

from wyexcel.files.number_display import decimals_to_tell
from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, row
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.progress.arithmetic import amount
from wyexcel.progress.standing import Standing
from wyexcel.reports.indicator_cells import actual_cell, number_cell
from wyexcel.reports.title_row import title_row

NAME: Final = "汇总"
_FIRST_WIDTHS: Final = (10.0, 46.0, 16.0, 22.0)
_PARK_WIDTH: Final = 18.0
_LAST_WIDTH: Final = 72.0


def totals_sheet(standings: Sequence[Standing], plan: Plan, period: Period | None = None) -> Sheet:
    """One row an indicator, in the printed measure; units' own numbers are never added up."""
    widths = _widths(plan)
    headings = ("序号", "指标", "计量\n单位", "全区", *plan.places, "各责任单位所报（不相加）")
    sheet = Sheet(
        name=NAME,
        rows=(
            title_row(NAME, period, len(widths)),
            row(Part.HEADING, *headings, height=30),
            *(_row(standing, plan) for standing in standings),
        ),
        widths=widths,
        page=Page(repeat=(0, 1)),
        freeze=(2, 2),
    )
    return fit_pages(sheet)


def _row(standing: Standing, plan: Plan) -> Row:
    indicator = standing.indicator
    decimals = _decimals(standing)
    reported = [f"{unit}：{_reported(standing, unit, decimals)}" for unit in indicator.units]
    numbers = "\n".join((*reported, *standing.agreed))
    cells = (
        Cell(value=indicator.no, part=Part.CENTRE),
        Cell(value=indicator.name, part=Part.NAME),
        Cell(value=indicator.measure, part=Part.CENTRE),
        actual_cell(standing),
        *(number_cell(standing.parks.get(p), indicator.decimals) for p in plan.places),
        Cell(value=numbers, part=Part.NAME),
    )
    return text_fit.fit_row(cells, _widths(plan), least=28)


def _reported(standing: Standing, unit: str, decimals: int) -> str:
    if unit in standing.returned:
        return "已报，退回待重报"
    return amount(standing.indicator, standing.reports.get(unit), decimals=decimals)


def _widths(plan: Plan) -> tuple[float, ...]:
    return (*_FIRST_WIDTHS, *(_PARK_WIDTH,) * len(plan.places), _LAST_WIDTH)


def _decimals(standing: Standing) -> int:
    """How many decimals tell the numbers of the units apart."""
    known = [value for value in standing.reports.values() if value is not None]
    return decimals_to_tell(combinations(known, 2), standing.decimals)

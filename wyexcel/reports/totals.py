"""汇总: every indicator over the parks, and what each responsible unit said of it."""

from collections.abc import Sequence
from typing import Final

from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, row
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.progress.arithmetic import amount
from wyexcel.progress.standing import Standing
from wyexcel.reports import number_cells
from wyexcel.reports.title import title

NAME: Final = "汇总"
_BEFORE: Final = (10.0, 46.0, 16.0, 22.0)
_PLACE: Final = 18.0
_AFTER: Final = 72.0


def totals(standings: Sequence[Standing], plan: Plan, period: Period | None = None) -> Sheet:
    """One row an indicator, in the printed measure; units' own numbers are never added up."""
    widths = _widths(plan)
    headings = ("序号", "指标", "计量\n单位", "全区", *plan.places, "各责任单位所报（不相加）")
    sheet = Sheet(
        name=NAME,
        rows=(
            title(NAME, period, len(widths)),
            row(Part.HEADING, *headings, height=30),
            *(_body(standing, plan) for standing in standings),
        ),
        widths=widths,
        page=Page(repeat=(0, 1)),
        freeze=(2, 2),
    )
    return fit_pages(sheet)


def _body(standing: Standing, plan: Plan) -> Row:
    indicator = standing.indicator
    own = [f"{u}：{_said(standing, u)}" for u in indicator.units]
    said = "\n".join((*own, *standing.agreed))
    cells = (
        Cell(value=indicator.no, part=Part.CENTRE),
        Cell(value=indicator.name, part=Part.NAME),
        Cell(value=indicator.measure, part=Part.CENTRE),
        number_cells.actual(standing),
        *(number_cells.number(standing.parks.get(p), indicator.decimals) for p in plan.places),
        Cell(value=said, part=Part.NAME),
    )
    return text_fit.fit_row(cells, _widths(plan), least=28)


def _widths(plan: Plan) -> tuple[float, ...]:
    return (*_BEFORE, *(_PLACE,) * len(plan.places), _AFTER)


def _said(standing: Standing, unit: str) -> str:
    return amount(standing.indicator, standing.reports.get(unit))

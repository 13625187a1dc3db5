"""台账: every number that was adopted, with the cell that it came from."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, row
from wyexcel.forms.ledger_row import Line
from wyexcel.period import Period
from wyexcel.plan.agreed_value import NOTHING_AGREED, Agreed
from wyexcel.plan.plan import Plan
from wyexcel.plan.sheet_names import PlanSheet
from wyexcel.reports.title import title

NAME: Final = "台账"
HEADINGS: Final = (
    *("单位", "要素", "数据要素", "园区", "报告期", "名单编号", "名单名称", "日期"),
    *(
        "数值",
        "数据\n性质",
        "核定值",
        "计量\n单位",
        "文件",
        "工作表",
        "单元格",
        "SHA-256\n（前12位）",
    ),
)
WIDTHS: Final = (30, 12, 46, 18, 16, 40, 44, 20, 24, 14, 24, 15, 48, 20, 14, 28)
_STAMP: Final = 12
"""Digits of a hash that tell files apart; the whole of it stands in the archive's manifest."""


def entries(lines: Iterable[Line], plan: Plan, period: Period | None = None) -> Sheet:
    """The ledger of *period* row by row; no lines give the empty sheet.

    What the office agreed on stands beside what was reported, or where nothing was, at the end.
    """
    agreed = plan.agreed_in(period) if period else NOTHING_AGREED
    there = tuple(lines)
    reported = {(line.element, line.park) for line in there if not line.item}
    alone = (a for place, a in agreed.items() if place not in reported)
    sheet = Sheet(
        name=NAME,
        rows=(
            title(NAME, period, len(WIDTHS)),
            row(Part.HEADING, *HEADINGS, height=32),
            *(_row(line, plan, agreed) for line in there),
            *(_agreed(one, plan) for one in alone),
        ),
        widths=WIDTHS,
        page=Page(repeat=(0, 1)),
        freeze=(2, 0),
    )
    return fit_pages(sheet)


def _row(line: Line, plan: Plan, agreed: Mapping[tuple[str, str], Agreed]) -> Row:
    element = plan.element[line.element]
    ruled = None if line.item else agreed.get((line.element, line.park))
    texts = (line.unit, line.element, element.name, line.park, line.period, line.item, line.name)
    places = (element.measure, line.file, line.sheet, line.cell, line.sha256[:_STAMP])
    return _cells(texts, (line.day, float(line.value), line.vintage, ruled), places)


def _agreed(one: Agreed, plan: Plan) -> Row:
    element = plan.element[one.element]
    texts = ("核定", one.element, element.name, one.park, str(one.period), "", "")
    return _cells(texts, (None, None, "核定", one), (element.measure, "", PlanSheet.AGREED, "", ""))


def _cells(
    texts: Iterable[str],
    values: tuple[date | None, float | None, str, Agreed | None],
    places: Iterable[str],
) -> Row:
    day, value, vintage, ruled = values
    cells = (
        *(Cell(value=text, part=Part.NAME) for text in texts),
        Cell(value=day, part=Part.CENTRE, format="yyyy-mm-dd"),
        Cell(value=value, part=Part.NUMBER),
        Cell(value=vintage, part=Part.CENTRE),
        Cell(value=float(ruled.value) if ruled else None, part=Part.NUMBER),
        *(Cell(value=text, part=Part.NAME) for text in places),
    )
    return text_fit.fit_row(cells, WIDTHS, least=15)

"""台账: every number that was accepted, with the cell that it came from."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, row
from wyexcel.period import Period
from wyexcel.plan.agreed_value import NOTHING_AGREED, Agreed
from wyexcel.plan.plan import Plan
from wyexcel.plan.sheet_names import PlanSheet
from wyexcel.progress.ledger import Ledger, LedgerRow
from wyexcel.reports.title_row import title_row

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
_HASH_DIGITS: Final = 12
"""Digits of a hash that tell files apart; the whole of it stands in the archive's manifest."""


def ledger_sheet(ledger: Ledger, plan: Plan, period: Period | None = None) -> Sheet:
    """The ledger of *period* row by row; no rows give the empty sheet.

    核定值 of the office stand beside the reported number, or at the end where none was reported.
    """
    agreed = plan.agreed_in(period) if period else NOTHING_AGREED
    reported = {(row.element, row.park) for row in ledger if not row.item}
    unreported = (value for place, value in agreed.items() if place not in reported)
    sheet = Sheet(
        name=NAME,
        rows=(
            title_row(NAME, period, len(WIDTHS)),
            row(Part.HEADING, *HEADINGS, height=32),
            *(_reported_row(entry, plan, agreed) for entry in ledger),
            *(_agreed_row(value, plan) for value in unreported),
        ),
        widths=WIDTHS,
        page=Page(repeat=(0, 1)),
        freeze=(2, 0),
    )
    return fit_pages(sheet)


def _reported_row(entry: LedgerRow, plan: Plan, agreed: Mapping[tuple[str, str], Agreed]) -> Row:
    element = plan.element[entry.element]
    ruled = None if entry.item else agreed.get((entry.element, entry.park))
    texts = (
        entry.unit,
        entry.element,
        element.name,
        entry.park,
        entry.period,
        entry.item,
        entry.name,
    )
    places = (element.measure, entry.file, entry.sheet, entry.cell, entry.sha256[:_HASH_DIGITS])
    return _ledger_row(texts, (entry.day, float(entry.value), entry.vintage, ruled), places)


def _agreed_row(value: Agreed, plan: Plan) -> Row:
    element = plan.element[value.element]
    texts = ("核定", value.element, element.name, value.park, str(value.period), "", "")
    return _ledger_row(
        texts, (None, None, "核定", value), (element.measure, "", PlanSheet.AGREED, "", "")
    )


def _ledger_row(
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

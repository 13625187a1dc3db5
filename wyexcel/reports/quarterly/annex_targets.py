"""附件1: how every indicator of the official table stands, on one A4 landscape page."""

from collections.abc import Sequence
from typing import Final

from wyexcel.files.number_display import format_number
from wyexcel.files.writing import text_fit
from wyexcel.files.writing.pagination import fit_pages
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, spread
from wyexcel.period import Period, chinese_date
from wyexcel.plan.plan import Plan
from wyexcel.progress.standing import Standing
from wyexcel.reports.indicator_cells import (
    actual_cell,
    completion_cell,
    gap_cell,
    number_cell,
    schedule_cell,
    status_cell,
    target_cell,
    year_on_year_cell,
)
from wyexcel.reports.quarterly.annex_targets_notes import annex_notes

NAME: Final = "季度通报"
WIDTHS: Final = (9, 46, 13, 15, 17, 15, 15, 17, 15, 15, 15, 15, 18, 32)
"""Column widths in mm; together 257, an A4 sheet on its side less two margins of 20."""

COLUMNS: Final = len(WIDTHS)
_BODY_HEIGHT: Final = 28.0
_SMALLEST: Final = 0.8
"""The smallest print scale to fit on one page; smaller is not readable."""
_LEFT_COLUMNS: Final = 7
"""Columns under the left half of the line above the table."""


def targets_annex(
    standings: Sequence[Standing], plan: Plan, period: Period, *, also: Sequence[str] = ()
) -> Sheet:
    """The table for *standings*, in the order of the official one; *also* are its last notes."""
    rows = (
        spread(Part.ANNEX, "附件1", COLUMNS, height=24),
        spread(Part.TITLE, _title(plan, period), COLUMNS, height=31),
        _line_above(plan, period),
        *_headings(plan, period),
        *(_body(standing, plan) for standing in standings),
        _notes_row(standings, plan, also),
        _sign_off(),
    )
    page = Page(repeat=(1, 4))
    sheet = Sheet(name=NAME, rows=rows, widths=WIDTHS, page=page, freeze=(5, 2))
    return fit_pages(sheet, smallest=_SMALLEST)


def _title(plan: Plan, period: Period) -> str:
    return f"{plan.wording.table}（{period.title}）"


def _line_above(plan: Plan, period: Period) -> Row:
    left = Cell(
        value=f"汇总单位：{plan.settings.compiler}", part=Part.SUBTITLE, across=_LEFT_COLUMNS
    )
    share = format_number(100 * period.elapsed, 1)
    right = Cell(
        value=f"时序进度：{share}%（截至{chinese_date(period.end)}）",
        part=Part.ASIDE,
        across=COLUMNS - _LEFT_COLUMNS,
    )
    return Row(
        (left, *_NONES[: _LEFT_COLUMNS - 1], right, *_NONES[: COLUMNS - _LEFT_COLUMNS - 1]), 18
    )


_NONES: Final = (None,) * COLUMNS


def _headings(plan: Plan, period: Period) -> tuple[Row, Row]:
    before = ("序号", "指标名称", "计量\n单位", "年度\n目标", f"{period.months}\n累计")
    judged = ("完成率\n(%)", "应达\n(%)", "超欠进度\n(百分点)", "同比\n(±%)")
    tall = [Cell(value=text, part=Part.HEADING, down=2) for text in (*before, *judged)]
    parks = Cell(value="其中：分园区", part=Part.HEADING, across=len(plan.parks))
    after = [Cell(value=text, part=Part.HEADING, down=2) for text in ("状态", "责任单位")]
    first = Row((*tall, parks, *_NONES[: len(plan.parks) - 1], *after), 18)
    names = (Cell(value=park, part=Part.HEADING) for park in plan.parks)
    return first, Row((*_NONES[: len(tall)], *names, None, None), 18)


def _body(standing: Standing, plan: Plan) -> Row:
    indicator = standing.indicator
    units = "\n".join(indicator.units)
    cells = (
        Cell(value=indicator.no, part=Part.CENTRE),
        Cell(value=indicator.name, part=Part.NAME),
        Cell(value=indicator.measure, part=Part.CENTRE),
        target_cell(standing),
        actual_cell(standing),
        completion_cell(standing),
        schedule_cell(standing),
        gap_cell(standing),
        year_on_year_cell(standing),
        *(number_cell(standing.parks.get(p), indicator.decimals) for p in plan.parks),
        status_cell(standing),
        Cell(value=units, part=Part.NAME),
    )
    return text_fit.fit_row(cells, WIDTHS, least=_BODY_HEIGHT)


def _notes_row(standings: Sequence[Standing], plan: Plan, also: Sequence[str]) -> Row:
    notes = (*annex_notes(standings, plan), *also)
    numbered = (f"{number}.{note}" for number, note in enumerate(notes, 1))
    text = f"注：{'；'.join(numbered)}。"
    return text_fit.fit_row(spread(Part.NOTE, text, COLUMNS).cells, WIDTHS)


def _sign_off() -> Row:
    blanks = "　　　　　　"
    people = ("填表人：", "审核人：", "单位负责人（签章）：", "联系电话：", "填报日期：")
    return spread(Part.SIGN_OFF, blanks.join(people) + "　　年　　月　　日", COLUMNS, height=26)

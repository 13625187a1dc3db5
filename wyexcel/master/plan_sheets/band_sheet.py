"""判定规则: the bands that decide how an indicator stands."""

from typing import Final

from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import SheetCells
from wyexcel.files.writing.sheet import Page, Row, Sheet
from wyexcel.master.plan_sheets import rows
from wyexcel.plan.checks.bands import BAND_STATUSES
from wyexcel.plan.plan import Plan
from wyexcel.plan.sheet_names import PlanSheet
from wyexcel.plan.status import Band, Method, Status

HEADINGS: Final = ("方法", "下限（含）", "上限（不含）", "状态")

_WIDTHS: Final = (40.0, 40.0, 40.0, 50.0)
_NOTE: Final = (
    "达成率＝实际÷应达×100；百分点＝完成率－应达（时序或计划进度）。用哪一种由“设置”的“判定方法”决定。"
    "下限含本数，上限不含；最低一行的下限、最高一行的上限留空。各行须首尾相接，不重叠、不断开。"
)
_SPARE: Final = 6


def describe(plan: Plan) -> Sheet:
    """The sheet 判定规则."""
    first, last = 3, 3 + len(plan.bands) + _SPARE - 1
    statuses = BAND_STATUSES[Method.POINTS]
    return Sheet(
        name=PlanSheet.BANDS,
        rows=(
            rows.title("判定规则", len(_WIDTHS)),
            rows.note(_NOTE, _WIDTHS),
            rows.heading(*HEADINGS),
            *(_row(band) for band in plan.bands),
            *rows.empty(len(_WIDTHS), _SPARE),
        ),
        widths=_WIDTHS,
        page=Page(orientation="portrait", repeat=(2, 2)),
        freeze=(first, 0),
        choices=(
            rows.choice(0, first, last, tuple(Method)),
            rows.choice(3, first, last, tuple(reversed(statuses))),
        ),
    )


def _row(band: Band) -> Row:
    cells = (
        rows.word(band.method.value),
        rows.number(band.lower),
        rows.number(band.upper),
        rows.word(band.status.value),
    )
    return Row(cells, 24)


def read(sheet: SheetCells) -> tuple[Band, ...]:
    """The bands as the office set them."""
    return tuple(
        Band(
            method=line.one_of("方法", Method),
            lower=line.number("下限（含）"),
            upper=line.number("上限（不含）"),
            status=line.one_of("状态", Status),
        )
        for line in tables.table_rows(sheet, HEADINGS)
    )

"""基期与分解: the numbers that only the office knows."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from wyexcel.errors import BadPeriod
from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import SheetCells, TableRow
from wyexcel.files.writing.sheet import Page, Row, Sheet
from wyexcel.master.plan_sheets import rows
from wyexcel.master.plan_sheets.directory import Places
from wyexcel.period import MONTHS, QUARTER, Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.settings import Given, GivenKind
from wyexcel.plan.sheet_names import PlanSheet

HEADINGS: Final = ("序号", "年份", "项目", "园区", "数值")

_WIDTHS: Final = (20.0, 24.0, 40.0, 40.0, 46.0)
_NOTE: Final = (
    "一行填一个数，没有的不填。序号同“目标任务表”，数值用该表的计量单位（亿元、户、个、%）。"
    "基期是上年末的数。季度计划四个季度要么都填、要么都不填，"
    "按累计还是按当季填由“设置”的“季度计划填法”决定。园区填“全区”或某个园区。"
    "上年同期只用于某一期，“年份”写那一期，如 2026Q1；只写年份的，归档里没有上年同期时才用。"
)
_ROOM: Final = 60
_HEIGHT: Final = 21.0


def describe(plan: Plan) -> Sheet:
    """The sheet 基期与分解, with room for more rows."""
    first, last = 3, 3 + len(plan.given) + _ROOM - 1
    choices = (
        ("序号", [str(indicator.no) for indicator in plan.indicators]),
        ("年份", [*map(str, plan.years), *_quarters(plan)]),
        ("项目", [item.value for item in GivenKind]),
        ("园区", [WHOLE, *plan.places]),
    )
    return Sheet(
        name=PlanSheet.GIVEN,
        rows=(
            rows.title("基期与分解", len(_WIDTHS)),
            rows.note(_NOTE, _WIDTHS),
            rows.heading(*HEADINGS),
            *(_row(given) for given in plan.given),
            *(_blank() for _ in range(_ROOM)),
        ),
        widths=_WIDTHS,
        page=Page(orientation="portrait", repeat=(2, 2)),
        freeze=(first, 0),
        choices=tuple(
            rows.choice(HEADINGS.index(heading), first, last, options)
            for heading, options in choices
        ),
    )


def _quarters(plan: Plan) -> Iterator[str]:
    """The quarters as a spreadsheet program leaves them: of 2026-03 it would make a day."""
    quarters = range(1, MONTHS // QUARTER + 1)
    return (f"{year}Q{quarter}" for year in plan.years for quarter in quarters)


def _row(given: Given) -> Row:
    return Row(
        (
            rows.number(given.no),
            rows.number(given.year) if given.month is None else rows.word(_period(given)),
            rows.word(given.item.value),
            rows.word(given.park),
            rows.number(given.value),
        ),
        _HEIGHT,
    )


def _period(given: Given) -> str:
    return str(Period(given.year, given.month or MONTHS))


def _blank() -> Row:
    empty = rows.number(None)
    return Row((empty, empty, rows.word(""), rows.word(""), empty), _HEIGHT)


def read(sheet: SheetCells, places: Places) -> tuple[Given, ...]:
    """The rows that the office filled; a row without its number is refused."""
    return tuple(_given(line, places) for line in tables.table_rows(sheet, HEADINGS))


def _given(line: TableRow, places: Places) -> Given:
    no, item = line.whole("序号"), line.one_of("项目", GivenKind)
    year, month = _when(line, item)
    return Given(
        no=no,
        year=year,
        item=item,
        park=places.current(line.required("园区")),
        value=line.required_number("数值"),
        month=month,
    )


def _when(line: TableRow, item: GivenKind) -> tuple[int, int | None]:
    """The year, and the period of it that a value of last year is for, where one is written."""
    value = line["年份"]
    if isinstance(value, date):
        period = Period(value.year, value.month)
    else:
        try:
            period = Period.parse(line.text("年份"))
        except BadPeriod:
            return line.whole("年份"), None
    if item is not GivenKind.YEAR_AGO:
        line.refuse("年份", f"填的是“{period}”，“{item}”请只写年份。")
    return period.year, period.month

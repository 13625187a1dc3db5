"""基期与分解: the numbers that only the office knows."""

from typing import Final

from wyexcel import tables
from wyexcel.office import Given, Item, PlanSheet
from wyexcel.organisation import WHOLE
from wyexcel.plan import Plan
from wyexcel.plan_sheets import rows
from wyexcel.plan_sheets.directory import Places
from wyexcel.sheet import Page, Row, Sheet
from wyexcel.tables import Line, Written

HEADINGS: Final = ("序号", "年份", "项目", "园区", "数值")

_WIDTHS: Final = (20.0, 24.0, 40.0, 40.0, 46.0)
_NOTE: Final = (
    "一行填一个数，没有的不填。序号同“目标任务表”，数值用该表的计量单位（亿元、户、个、%）。"
    "基期是上年末的数。季度计划四个季度要么都填、要么都不填，"
    "按累计还是按当季填由“设置”的“季度计划填法”决定。园区填“全区”或某个园区。"
)
_ROOM: Final = 60
_HEIGHT: Final = 21.0


def describe(plan: Plan) -> Sheet:
    """The sheet 基期与分解, with room for more rows."""
    first, last = 3, 3 + len(plan.given) + _ROOM - 1
    choices = (
        ("序号", [str(indicator.no) for indicator in plan.indicators]),
        ("年份", [str(year) for year in plan.years]),
        ("项目", [item.value for item in Item]),
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


def _row(given: Given) -> Row:
    return Row(
        (
            rows.number(given.no),
            rows.number(given.year),
            rows.word(given.item.value),
            rows.word(given.park),
            rows.number(given.value),
        ),
        _HEIGHT,
    )


def _blank() -> Row:
    empty = rows.number(None)
    return Row((empty, empty, rows.word(""), rows.word(""), empty), _HEIGHT)


def read(sheet: Written, places: Places) -> tuple[Given, ...]:
    """The rows that the office filled; a row without its number is refused."""
    return tuple(_given(line, places) for line in tables.lines(sheet, HEADINGS))


def _given(line: Line, places: Places) -> Given:
    return Given(
        no=line.whole("序号"),
        year=line.whole("年份"),
        item=line.one_of("项目", Item),
        park=places.current(line.required("园区")),
        value=line.required_number("数值"),
    )

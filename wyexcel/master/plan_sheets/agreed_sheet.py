"""核定值: the numbers that the office settled in place of those of units."""

from typing import Final

from wyexcel.errors import BadPeriod
from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import SheetCells, TableRow
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet
from wyexcel.master.plan_sheets import rows
from wyexcel.master.plan_sheets.directory import Places
from wyexcel.period import Period
from wyexcel.plan.agreed_value import Agreed
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.sheet_names import PlanSheet

HEADINGS: Final = (
    *("报告期", "要素代码", "要素名称", "园区", "单位报数"),
    *("核定值", "核定人", "日期", "理由"),
)

_WIDTHS: Final = (22.0, 20.0, 46.0, 24.0, 26.0, 26.0, 24.0, 26.0, 60.0)
_NOTE: Final = (
    "单位报的数不改；核实后以另一个数为准的，在这里一行记一个，核定人、日期、理由都要写。"
    "要素代码和计量单位见“指标口径”（金额填万元）。园区填“全区”改全区数；"
    "改了某个园区的数，同一要素的全区数也要记一行。单位报数可以不填。"
)
_ROOM: Final = 40
_HEIGHT: Final = 21.0


def describe(plan: Plan) -> Sheet:
    """The sheet 核定值, with room for more rows."""
    first, last = 3, 3 + len(plan.agreed) + _ROOM - 1
    return Sheet(
        name=PlanSheet.AGREED,
        rows=(
            rows.title("核定值", len(_WIDTHS)),
            rows.note(_NOTE, _WIDTHS),
            rows.heading(*HEADINGS),
            *(_row(agreed, plan) for agreed in plan.agreed),
            *rows.empty(len(HEADINGS), _ROOM, dates=frozenset({HEADINGS.index("日期")})),
        ),
        widths=_WIDTHS,
        page=Page(repeat=(2, 2)),
        freeze=(first, 0),
        choices=(
            rows.choice(1, first, last, [element.code for element in plan.elements]),
            rows.choice(3, first, last, [WHOLE, *plan.places]),
        ),
    )


def _row(agreed: Agreed, plan: Plan) -> Row:
    return Row(
        (
            rows.word(str(agreed.period)),
            rows.word(agreed.element),
            rows.typed(plan.element[agreed.element].name),
            rows.word(agreed.park),
            rows.number(agreed.reported),
            rows.number(agreed.value),
            rows.word(agreed.by),
            Cell(value=agreed.day, part=Part.INPUT_DATE),
            rows.typed(agreed.why),
        ),
        rows.height((agreed.why, _WIDTHS[-1])),
    )


def read(sheet: SheetCells, places: Places) -> tuple[Agreed, ...]:
    """The rows that the office filled; a row without its number, who, when or why is refused."""
    return tuple(_agreed(line, places) for line in tables.table_rows(sheet, HEADINGS))


def _agreed(line: TableRow, places: Places) -> Agreed:
    return Agreed(
        period=_period(line),
        element=line.required("要素代码"),
        park=places.current(line.required("园区")),
        reported=line.number("单位报数"),
        value=line.required_number("核定值"),
        by=line.required("核定人"),
        day=line.day("日期") or line.refuse("日期", "没有填“日期”，请填核定的日期。"),
        why=line.required("理由"),
    )


def _period(line: TableRow) -> Period:
    text = line.required("报告期")
    try:
        return Period.parse(text)
    except BadPeriod:
        line.refuse("报告期", f"填的是“{text}”，请写成 2025-09（1—9月累计）或 2025Q3。")

"""操作台: the master's first sheet, where the office chooses a period and clicks."""

from typing import Final

from wyexcel.files.writing.sheet import Button, Cell, Choice, Page, Part, Row, Sheet, spread
from wyexcel.master.buttons import NAME, PERIOD_CELL, STEPS, DeskButton
from wyexcel.period import MONTHS, QUARTER, Period
from wyexcel.plan.plan import Plan

HELP_CELL: Final = "A2"
"""The cell of the sentence that the macros show where they find no wyexcel."""
HELP: Final = "按钮不能用时，请先在这台电脑上运行 wyexcel office install，再重新打开本工作簿。"
WIDTHS: Final = (42.0, 46.0, 92.0)
_COLUMNS: Final = len(WIDTHS)


_HEIGHT: Final = 33.0
_LAST_HEIGHT: Final = 52.0
"""Room for three lines: a row that grew would push the buttons out of their rows."""
_FIRST: Final = 6


def desk(plan: Plan, period: Period | None = None) -> Sheet:
    """The desk of a new master: nothing was done yet, and no unit has reported for *period*."""
    chosen = period or Period(plan.years[0], QUARTER)
    return Sheet(
        name=NAME,
        rows=(
            spread(Part.TITLE, plan.wording.desk, _COLUMNS, height=44),
            spread(Part.SUBTITLE, HELP, _COLUMNS, height=22),
            _setting("报告期", Cell(value=str(chosen), part=Part.INPUT_CENTRE), _CHOOSE),
            _setting("上次操作", Cell(value="还没有操作", part=Part.TEXT, across=2), None),
            Row((_head("按顺序点"), _head("做什么", across=2), None), 24),
            *(_step(step) for step in STEPS),
            Row((_head("报送单位"), _head("本期是否报送", across=2), None), 24),
            *(_unit(unit) for unit in plan.reporting),
        ),
        widths=WIDTHS,
        page=Page(orientation="portrait"),
        choices=(Choice(area=PERIOD_CELL, options=tuple(map(str, quarters(plan)))),),
        buttons=tuple(
            Button(cell=f"A{_FIRST + at}", caption=step.caption, macro=step.macro, width=WIDTHS[0])
            for at, step in enumerate(STEPS)
        ),
    )


_CHOOSE: Final = "← 从下拉框选；2025-09 表示 2025年1—9月累计"


def quarters(plan: Plan) -> tuple[Period, ...]:
    """The quarters that the plan covers."""
    months = range(QUARTER, MONTHS + 1, QUARTER)
    return tuple(Period(year, month) for year in plan.years for month in months)


def _head(text: str, *, across: int = 1) -> Cell:
    return Cell(value=text, part=Part.HEADING, across=across)


def _setting(name: str, value: Cell, hint: str | None) -> Row:
    beside = None if hint is None else Cell(value=hint, part=Part.SUBTITLE)
    return Row((_head(name), value, beside), _LAST_HEIGHT if hint is None else 26)


def _step(step: DeskButton) -> Row:
    does = Cell(value=step.does, part=Part.TEXT, across=_COLUMNS - 1)
    return Row((Cell(value=None, part=Part.TEXT), does, None), _HEIGHT)


def _unit(unit: str) -> Row:
    state = Cell(value="未报", part=Part.QUIET, across=2)
    return Row((Cell(value=unit, part=Part.TEXT), state, None), 24)

"""操作台: the master's first sheet, where the office chooses a period and clicks."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from wyexcel.period import Period
from wyexcel.plan import Plan
from wyexcel.sheet import Button, Cell, Choice, Page, Part, Row, Sheet, row, spread

NAME: Final = "操作台"
PERIOD_CELL: Final = "B3"
LAST_CELL: Final = "B4"
WIDTHS: Final = (34.0, 38.0, 40.0, 88.0)
_COLUMNS: Final = len(WIDTHS)


class Step(NamedTuple):
    """One button: what it says, which macro it runs, what it does."""

    caption: str
    macro: str
    action: str
    does: str


STEPS: Final = (
    Step("下发报表", "WyIssue", "issue", "给每个报送单位生成填报表，放在“下发”文件夹。"),
    Step("校验报送", "WyCheck", "check", "检查“报送”文件夹里的填报表，问题列在“校验结果”。"),
    Step("退回催报", "WyReturn", "return", "标出问题的退回件和催报单，放在“退回”文件夹。"),
    Step("合并汇总", "WyMerge", "merge", "合格的归档，生成台账、汇总、差异核对。"),
    Step("进度判定", "WyAssess", "assess", "逐项对照时序，写明每个状态的算法。"),
    Step("季度通报", "WyBulletin", "bulletin", "生成通报正文和附件，打印签发。"),
    Step("打印预览", "WyPreview", "preview", "预览季度通报。"),
    Step("打开文件夹", "WyOpenFolder", "folder", "打开本期的工作目录。"),
)
_HEIGHT: Final = 38.0
_FIRST: Final = 6


def desk(
    plan: Plan, period: Period | None = None, *, last: str = "", came: Sequence[str] = ()
) -> Sheet:
    """The desk for *period*: *last* says what was done last, *came* which units have reported."""
    chosen = period or Period(plan.years[0], 3)
    return Sheet(
        name=NAME,
        rows=(
            spread(Part.TITLE, "万源市工业园区目标任务通报 操作台", _COLUMNS, height=40),
            spread(Part.SUBTITLE, _HINT, _COLUMNS, height=20),
            _setting("报告期", Cell(value=str(chosen), part=Part.INPUT_CENTRE), "从下拉框选"),
            _setting("上次操作", Cell(value=last or "还没有操作", part=Part.TEXT), ""),
            row(Part.HEADING, "点按钮", "", "", "做什么", height=24),
            *(_step(step) for step in STEPS),
            row(Part.HEADING, "报送单位", "本期是否报送", "", "", height=24),
            *(_unit(unit, unit in came) for unit in plan.reporting),
        ),
        widths=WIDTHS,
        page=Page(orientation="portrait"),
        choices=(Choice(area=PERIOD_CELL, options=tuple(map(str, quarters(plan)))),),
        buttons=tuple(
            Button(cell=f"A{_FIRST + at}", caption=step.caption, macro=step.macro)
            for at, step in enumerate(STEPS)
        ),
    )


_HINT: Final = "从上往下依次点；没有按钮或按钮不能用时，可在命令行运行同名命令（见 README）。"


def quarters(plan: Plan) -> tuple[Period, ...]:
    """The quarters that the plan covers."""
    return tuple(Period(year, month) for year in plan.years for month in (3, 6, 9, 12))


def _setting(name: str, value: Cell, hint: str) -> Row:
    cells = (Cell(value=name, part=Part.HEADING), value, Cell(value=hint, part=Part.SUBTITLE), None)
    return Row(cells, 26)


def _step(step: Step) -> Row:
    return Row((None, None, None, Cell(value=step.does, part=Part.NAME)), _HEIGHT)


def _unit(unit: str, came: bool) -> Row:  # noqa: FBT001 - a yes or no that is printed as one
    part = Part.GOOD if came else Part.QUIET
    cells = (Cell(value=unit, part=Part.NAME), Cell(value="已报" if came else "未报", part=part))
    return Row((*cells, None, None), 22)

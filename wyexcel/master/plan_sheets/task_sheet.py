"""重点任务: the quantities outside the table, and the ten text tasks with their steps."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import UNDECIDED, SheetCells, TableRow
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet
from wyexcel.master.plan_sheets import rows
from wyexcel.master.plan_sheets.directory import Directory
from wyexcel.plan.plan import Plan
from wyexcel.plan.sheet_names import PlanSheet
from wyexcel.plan.tasks import Step, Task, TextTarget

TASK_HEADINGS: Final = (
    "编号",
    "任务",
    "依据",
    "牵头单位",
    "配合单位",
    "节点",
    "时限",
    "计分",
)
TARGET_HEADINGS: Final = (
    "代码",
    "名称",
    "计量单位",
    "目标值",
    "说明",
    "性质",
    "所属任务",
    "到期",
)

_WIDTHS: Final = (14.0, 38.0, 20.0, 36.0, 56.0, 40.0, 24.0, 26.0, 18.0)
_STEP: Final = 2
_NOTE: Final = (
    "“依据”是方案正文的章节。时限只写正文写明的；正文没有写的为“待定”，定下以后填日期。"
    "“全力争取”的事项计分为“否”。"
)
_SPARE: Final = 3


def describe(plan: Plan) -> Sheet:
    """The sheet 重点任务: the quantities first, as in the text, then the tasks."""
    across = len(_WIDTHS)
    targets = [_target_row(target) for target in plan.text_targets]
    steps = [row for task in plan.tasks for row in _task_rows(task)]
    top = 4 + len(targets) + _SPARE + 2
    return Sheet(
        name=PlanSheet.TASKS,
        rows=(
            rows.title("重点任务", across),
            rows.note(_NOTE, _WIDTHS),
            rows.block("一、只在正文中的量（没有年度分解）", across),
            rows.heading(*TARGET_HEADINGS),
            *targets,
            *rows.empty(len(TARGET_HEADINGS), _SPARE, dates=frozenset({7})),
            Row((), 12),
            rows.block("二、任务清单、责任清单、时限清单", across),
            rows.heading(*_with_wide_step(TASK_HEADINGS)),
            *steps,
        ),
        widths=_WIDTHS,
        page=Page(repeat=(top, top)),
        freeze=(0, 2),
        choices=(rows.choice(8, top + 1, top + len(steps), rows.YES_NO),),
    )


def _with_wide_step(names: tuple[str, ...]) -> Iterator[str | Cell | None]:
    for name in names:
        if name == "节点":
            yield Cell(value=name, part=Part.HEADING, across=_STEP)
            yield None
        else:
            yield name


def _task_rows(task: Task) -> Iterator[Row]:
    steps = task.steps or (Step(name="", scored=False),)
    leads, supporting = "、".join(task.leads), "、".join(task.supporting)
    share = rows.height((leads, _WIDTHS[3]), (supporting, _WIDTHS[4])) / len(steps)
    for at, step in enumerate(steps):
        head = _task_cells(task, len(steps)) if at == 0 else (None,) * 5
        yield Row(
            (
                *head,
                rows.typed(step.name, across=_STEP),
                None,
                _due(step.due) if step.name else Cell(value=None, part=Part.INPUT_DATE),
                rows.yes(step.scored),
            ),
            max(share, rows.height((step.name, sum(_WIDTHS[5:7])))),
        )


def _task_cells(task: Task, down: int) -> tuple[Cell, ...]:
    return (
        Cell(value=task.code, part=Part.CENTRE, down=down),
        rows.typed(task.title, down=down),
        rows.word(task.section, down=down),
        rows.typed("、".join(task.leads), down=down),
        rows.typed("、".join(task.supporting), down=down),
    )


def _due(day: date | None) -> Cell:
    return Cell(value=day or UNDECIDED, part=Part.INPUT_DATE)


def _target_row(target: TextTarget) -> Row:
    return Row(
        (
            Cell(value=target.code, part=Part.CENTRE),
            rows.typed(target.name),
            rows.word(target.measure),
            rows.word(target.value),
            rows.typed(target.note),
            rows.word(target.kind),
            rows.word(target.task),
            _due(target.due),
        ),
        rows.height((target.name, _WIDTHS[1]), (target.note, _WIDTHS[4])),
    )


def read_tasks(sheet: SheetCells, directory: Directory) -> tuple[Task, ...]:
    """The tasks of the text with their steps."""
    groups: list[list[TableRow]] = []
    for line in tables.table_rows(sheet, TASK_HEADINGS):
        code = line.text("编号")
        if not groups and not code:
            line.refuse("编号", "没有填编号，请补填。")
        if code and (not groups or groups[-1][0].text("编号") != code):
            groups.append([line])
        else:
            groups[-1].append(line)
    return tuple(_task(group, directory) for group in groups)


def _task(group: list[TableRow], directory: Directory) -> Task:
    first = group[0]
    return Task(
        code=first.text("编号"),
        title=first.required("任务"),
        section=first.text("依据"),
        leads=tuple(map(directory.current, first.several("牵头单位"))),
        supporting=tuple(map(directory.current, first.several("配合单位"))),
        steps=tuple(step for line in group for step in _steps(line)),
    )


def _steps(line: TableRow) -> Iterator[Step]:
    name, due = line.text("节点"), line.day("时限")
    if name:
        yield Step(name=name, due=due, scored=line.yes("计分"))
    elif due is not None:
        line.refuse("节点", "填了时限没有填节点，请补填或清除时限。")


def read_targets(sheet: SheetCells) -> tuple[TextTarget, ...]:
    """The quantities that stand only in the running text."""
    return tuple(
        TextTarget(
            code=line.required("代码"),
            name=line.required("名称"),
            value=line.text("目标值"),
            measure=line.text("计量单位"),
            due=line.day("到期"),
            kind=line.text("性质"),
            task=line.text("所属任务"),
            note=line.text("说明"),
        )
        for line in tables.table_rows(sheet, TARGET_HEADINGS)
    )

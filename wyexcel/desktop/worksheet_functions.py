"""Worksheet functions: the plan, and how it stands, in any cell.

xlwings offers them to Excel on Windows; everywhere else they are plain functions. Each takes single
values or whole areas and gives back the same shape. A cell that cannot be answered says why.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias

import xlwings as xw

from wyexcel.archive import manifest
from wyexcel.archive.workspace import Workspace, find
from wyexcel.errors import BadPeriod, WyexcelError
from wyexcel.files.number_display import NONE
from wyexcel.period import MONTHS, Period
from wyexcel.plan.plan import Plan
from wyexcel.progress import standings_as_json
from wyexcel.stages import read_plan

__all__ = ["WY_ACTUAL", "WY_COMPLETION", "WY_ELAPSED", "WY_STATUS", "WY_TARGET"]

CATEGORY: Final = "园区通报"

_NUMBERS: Final = {"ndim": 2, "doc": "指标序号，1 到 11，可以是一片单元格"}
_PERIODS: Final = {"ndim": 2, "doc": "报告期，如 2025-09（1—9月累计）或 2025Q3"}
_YEARS: Final = {"ndim": 2, "doc": "年份，如 2025"}

IndicatorJson: TypeAlias = Mapping[str, Any]
"""How an indicator stands, by the field names of `as_json.assessment`."""


@xw.func(category=CATEGORY)
def WY_ELAPSED(period: Annotated[Any, _PERIODS]) -> Any:
    """时序进度：到报告期末，一年过去了几分之几。"""
    # ruff: noqa: D400, D415, N802 - Excel shows names and docstrings to people, as they stand here

    def elapsed(text: Any) -> float:
        return float(Period.parse(str(text)).elapsed)

    return _each(elapsed, period)


@xw.func(category=CATEGORY)
def WY_TARGET(
    indicator: Annotated[Any, _NUMBERS], year: Annotated[Any, _YEARS], caller: Any = None
) -> Any:
    """某项指标当年的目标值；没有数的写“/”“不适用”或“—”。"""
    workspace = _workspace(caller)

    def target(number: Any, one_year: Any) -> Any:
        return _indicator(workspace, number, Period(int(one_year), 1), judged=False)["target"]

    return _each(target, indicator, year)


@xw.func(category=CATEGORY)
def WY_ACTUAL(
    indicator: Annotated[Any, _NUMBERS], period: Annotated[Any, _PERIODS], caller: Any = None
) -> Any:
    """某项指标到报告期末的累计完成值，按通报的计量单位。"""
    return _field("actual", indicator, period, caller)


@xw.func(category=CATEGORY)
def WY_COMPLETION(
    indicator: Annotated[Any, _NUMBERS], period: Annotated[Any, _PERIODS], caller: Any = None
) -> Any:
    """某项指标的完成率，单位 %。"""
    return _field("completion", indicator, period, caller)


@xw.func(category=CATEGORY)
def WY_STATUS(
    indicator: Annotated[Any, _NUMBERS], period: Annotated[Any, _PERIODS], caller: Any = None
) -> Any:
    """某项指标的进度状态，如“达进度”“欠进度”。"""
    return _field("status", indicator, period, caller)


def _field(name: str, indicator: Any, period: Any, caller: Any) -> Any:
    """The field *name* of the judgement of each indicator and period."""
    workspace = _workspace(caller)

    def field(number: Any, text: Any) -> Any:
        return _indicator(workspace, number, Period.parse(str(text)))[name]

    return _each(field, indicator, period)


def _workspace(caller: Any) -> Path:
    """The folder of the workbook that asks, where xlwings tells it; else the current folder."""
    return Path(caller.sheet.book.fullname).parent if caller is not None else Path.cwd()


def _indicator(root: Path, number: Any, period: Period, *, judged: bool = True) -> IndicatorJson:
    """The indicator *number*: *judged* in *period*, or its target of that year alone."""
    workspace = find(root)
    changed = _change_time(workspace.master)
    if judged:
        indicators = _assessed(root, period, changed, _archive_times(workspace, period))
    else:
        indicators = _targets(root, period.year, changed)
    if int(number) not in indicators:
        message = f"没有第 {number} 项指标。"
        raise BadPeriod(message)
    return indicators[int(number)]


def _change_time(path: Path) -> int:
    """When *path* was last written, in nanoseconds; 0 where there is no such file."""
    return path.stat().st_mtime_ns if path.is_file() else 0


def _archive_times(workspace: Workspace, period: Period) -> tuple[int, ...]:
    """When the archive of each period that counts was last written, and when it was closed."""
    months = (Period(period.year, month) for month in range(1, period.month + 1))
    counting = (*months, period.year_ago, Period(period.year - 1, MONTHS))
    folders = [workspace.archive(month) for month in counting]
    files = [folder / name for folder in folders for name in (manifest.MANIFEST, manifest.RECORD)]
    closings = f"{Path(manifest.CLOSING).stem}*"
    files += [closing for folder in folders for closing in sorted(folder.glob(closings))]
    return tuple(map(_change_time, files))


@lru_cache(maxsize=4)
def _plan(root: Path, _changed: int) -> Plan:
    """The plan of the workspace *root*, whose master was last changed then."""
    return read_plan.plan_of(find(root))


@lru_cache(maxsize=8)
def _targets(root: Path, year: int, changed: int) -> Mapping[int, IndicatorJson]:
    plan = _plan(root, changed)
    read_plan.covered(plan, Period(year, 1))
    return {i.no: {"target": standings_as_json.target(i.targets[year])} for i in plan.indicators}


@lru_cache(maxsize=24)
def _assessed(
    root: Path, period: Period, changed: int, _archive_changed: tuple[int, ...]
) -> Mapping[int, IndicatorJson]:
    """The judgements as other programs read them; made again when master or archive changed."""
    from wyexcel.stages import assess  # noqa: PLC0415 - not needed for the calendar

    standings = assess.standings_of(find(root), _plan(root, changed), period)
    indicators = standings_as_json.assessment(period, standings)["indicators"]
    return {indicator["no"]: indicator for indicator in indicators}


def _each(ask: Callable[..., Any], *arguments: Any) -> Any:
    """What *ask* returns for each cell of *arguments*, in their shape.

    A single row, column or value is repeated as often as the others need.
    """
    blocks = [_block(argument) for argument in arguments]
    rows = max(len(block) for block in blocks)
    columns = max(len(block[0]) for block in blocks)
    answers = [
        [_cell_answer(ask, [_at(b, row, column) for b in blocks]) for column in range(columns)]
        for row in range(rows)
    ]
    return answers if any(map(_is_area, arguments)) else answers[0][0]


def _block(value: Any) -> list[list[Any]]:
    """*value*, a single one or an area, as rows of cells."""
    if not _is_area(value):
        return [[value]]
    return [line if _is_area(line) else [line] for line in value] or [[None]]


def _is_area(value: Any) -> bool:
    return isinstance(value, list)


def _at(block: list[list[Any]], row: int, column: int) -> Any:
    """The value of *block* there, or in its only row or column; None outside."""
    line = block[0] if len(block) == 1 else block[row] if row < len(block) else []
    return line[0] if len(line) == 1 else line[column] if column < len(line) else None


def _cell_answer(ask: Callable[..., Any], values: list[Any]) -> Any:
    """What *ask* returns for *values*, or the sentence why not; "" where one of them is empty."""
    if any(value is None for value in values):
        return ""
    try:
        answer = ask(*(_plain(value) for value in values))
    except WyexcelError as error:
        return str(error)
    except (ValueError, TypeError):
        return f"看不懂“{values[0]}”。"
    return NONE if answer is None else answer


def _plain(value: Any) -> Any:
    """A whole number as people write it: Excel has only 1.0 for 1."""
    return int(value) if isinstance(value, float) and value.is_integer() else value

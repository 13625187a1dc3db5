"""The cells of an indicator's row in a printed table: full value, number format, colour."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from wyexcel.files.number_display import (
    NONE,
    decimals_apart,
    decimals_close,
    decimals_to_see,
    excel_format,
)
from wyexcel.files.writing.sheet import Cell, Part
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Indicator, NoTarget, TargetValue
from wyexcel.plan.status import Status
from wyexcel.progress.standing import Standing

PERCENT: Final = 100

_PARTS: Final[Mapping[Status, Part]] = {
    Status.EARLY: Part.GOOD,
    Status.DONE: Part.GOOD,
    Status.REACHED: Part.GOOD,
    Status.REACHED_SO_FAR: Part.GOOD,
    Status.AHEAD: Part.GOOD,
    Status.ON_PACE: Part.GOOD,
    Status.BEHIND: Part.WARNING,
    Status.CLOSE: Part.WARNING,
    Status.FAR_BEHIND: Part.ALARM,
    Status.MISSED: Part.ALARM,
}


def status_cell(standing: Standing) -> Cell:
    """The status in words, on its colour."""
    part = _PARTS.get(standing.status, Part.QUIET)
    return Cell(value=standing.status.value, part=part)


def number_cell(value: Fraction | None, decimals: int) -> Cell:
    """*value* in full with a format that shows *decimals*, or as many as show it well.

    Nothing at all is a plain 0, so that it is never taken for something that was rounded away.
    """
    if value is None:
        return Cell(value=NONE, part=Part.NUMBER)
    return _formatted_cell(value, decimals_close(value, decimals) if value else 0, "")


def percent_cell(value: Fraction | None, *, suffix: str = "") -> Cell:
    """A share in percent with one decimal, 0.0 too; more where it is nearly nothing or all."""
    if value is None:
        return Cell(value=NONE, part=Part.NUMBER)
    return _formatted_cell(value, decimals_apart(value, [0, PERCENT], 1), suffix)


def _formatted_cell(value: Fraction, decimals: int, suffix: str) -> Cell:
    quoted = f'"{suffix}"' if suffix else ""
    return Cell(value=float(value), part=Part.NUMBER, format=f"{excel_format(decimals)}{quoted}")


def actual_cell(standing: Standing) -> Cell:
    """The reported value; 未报 where there is none, or what the unit said in its place (不详 …)."""
    if standing.excuse or standing.status is Status.UNREPORTED:
        return Cell(value=standing.excuse or Status.UNREPORTED.value, part=Part.NUMBER)
    return number_cell(standing.actual, standing.decimals)


def change_cell(value: Fraction | None, decimals: int, *, suffix: str = "") -> Cell:
    """*value* with its sign, in *decimals* or as many as show that it is not zero."""
    if value is None:
        return Cell(value=NONE, part=Part.NUMBER)
    shown = excel_format(decimals_to_see(value, decimals))
    quoted = f'"{suffix}"' if suffix else ""
    pattern = f"+{shown}{quoted};-{shown}{quoted};{shown}{quoted}"
    return Cell(value=float(value), part=Part.NUMBER, format=pattern)


def target_cell(value: TargetValue, indicator: Indicator) -> Cell:
    """The year's target: a number, or the word that the plan has in its place."""
    if isinstance(value, NoTarget):
        return Cell(value=value.value or NONE, part=Part.NUMBER)
    return number_cell(Fraction(value), indicator.decimals)


def completion_cell(standing: Standing) -> Cell:
    """完成率: for a stock its net growth (marked *), or its level (marked #) without a baseline."""
    if standing.indicator.kind is not Kind.STOCK:
        return percent_cell(standing.completion)
    if standing.net_completion is not None:
        return percent_cell(standing.net_completion, suffix="*")
    return percent_cell(standing.completion, suffix="#")


def schedule_cell(standing: Standing) -> Cell:
    """应达: the schedule in percent; for a ratio the target itself."""
    if standing.indicator.kind is Kind.RATIO:
        return number_cell(standing.expected, standing.indicator.decimals)
    return percent_cell(standing.due)


def gap_cell(standing: Standing) -> Cell:
    """超欠进度 in percentage points."""
    ratio = standing.indicator.kind is Kind.RATIO
    return change_cell(standing.gap_points, standing.indicator.decimals if ratio else 1)


def year_on_year_cell(standing: Standing) -> Cell:
    """同比: an amount in percent, things in things, a ratio in percentage points."""
    now, ago, indicator = standing.actual, standing.year_ago, standing.indicator
    if now is None or ago is None:
        return Cell(value=NONE, part=Part.NUMBER)
    if indicator.kind is Kind.RATIO:
        return change_cell(now - ago, indicator.decimals, suffix="点")
    if indicator.kind is Kind.FLOW:
        return change_cell((now / ago - 1) * PERCENT if ago > 0 else None, 1)
    return change_cell(now - ago, 0, suffix=indicator.measure)

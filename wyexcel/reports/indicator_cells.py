"""The cells of an indicator's row in a printed table: full value, number format, colour."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from wyexcel.files.number_display import (
    LEVEL,
    NONE,
    decimals_apart,
    decimals_close,
    decimals_to_see,
    excel_format,
    is_level,
)
from wyexcel.files.writing.sheet import Cell, Part
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import NoTarget
from wyexcel.plan.status import Colour, Method, Status
from wyexcel.progress.arithmetic import attainment_in_words
from wyexcel.progress.standing import Standing

PERCENT: Final = 100

_PARTS: Final[Mapping[Colour, Part]] = {
    Colour.GREEN: Part.GOOD,
    Colour.YELLOW: Part.WARNING,
    Colour.RED: Part.ALARM,
    Colour.GREY: Part.QUIET,
}


_LEVEL_CELL: Final = Cell(value=LEVEL, part=Part.NUMBER)


def status_cell(standing: Standing) -> Cell:
    """The status in words, on its colour."""
    return Cell(value=status_words(standing), part=_PARTS[standing.colour])


def status_words(standing: Standing) -> str:
    """The status; with the reason for its colour where that is not its own (连续2期，红)."""
    if not standing.escalated:
        return standing.status.value
    return f"{standing.status}（连续{standing.periods_behind}期，{standing.colour}）"


def number_cell(value: Fraction | None, decimals: int) -> Cell:
    """*value* in full with a format that shows *decimals*, or as many as show it well.

    Nothing at all is a plain 0, so that it is never taken for something that was rounded away.
    """
    if value is None:
        return Cell(value=NONE, part=Part.NUMBER)
    return _formatted_cell(value, decimals_close(value, decimals) if value else 0, "")


def percent_cell(value: Fraction | None, *, suffix: str = "", decimals: int = 1) -> Cell:
    """A share in percent with one decimal, 0.0 too; more where it is nearly nothing or all."""
    if value is None:
        return Cell(value=NONE, part=Part.NUMBER)
    return _formatted_cell(value, decimals_apart(value, [0, PERCENT], decimals), suffix)


def _formatted_cell(value: Fraction, decimals: int, suffix: str) -> Cell:
    quoted = f'"{suffix}"' if suffix else ""
    return Cell(value=float(value), part=Part.NUMBER, format=f"{excel_format(decimals)}{quoted}")


def actual_cell(standing: Standing) -> Cell:
    """The reported value; 未报 where there is none, or what the unit said in its place (不详 …)."""
    if standing.excuse or standing.status is Status.UNREPORTED:
        return Cell(value=standing.excuse or Status.UNREPORTED.value, part=Part.NUMBER)
    return number_cell(standing.actual, standing.decimals)


def change_cell(value: Fraction | None, decimals: int, *, suffix: str = "") -> Cell:
    """*value* with its sign, in *decimals* or as many as show that it is not zero.

    What nobody can see with six decimals is level (持平).
    """
    if value is None:
        return Cell(value=NONE, part=Part.NUMBER)
    if value and is_level(value, 0):
        return Cell(value=LEVEL, part=Part.NUMBER)
    shown = excel_format(decimals_to_see(value, decimals))
    quoted = f'"{suffix}"' if suffix else ""
    pattern = f"+{shown}{quoted};-{shown}{quoted};{shown}{quoted}"
    return Cell(value=float(value), part=Part.NUMBER, format=pattern)


def target_cell(standing: Standing) -> Cell:
    """The year's target: a number, or the word that the plan has in its place."""
    value = standing.target
    if isinstance(value, NoTarget):
        return Cell(value=value.value or NONE, part=Part.NUMBER)
    return number_cell(Fraction(value), standing.decimals)


def completion_cell(standing: Standing) -> Cell:
    """完成率: for a stock its net growth (marked *), or its level (marked #) without a baseline."""
    value, mark = standing.completion, ""
    if standing.indicator.kind is Kind.STOCK:
        is_grown = standing.net_completion is not None
        value, mark = (standing.net_completion, "*") if is_grown else (standing.completion, "#")
    return percent_cell(value, suffix=mark, decimals=standing.percent_decimals)


def schedule_cell(standing: Standing) -> Cell:
    """应达: what is due, in percent; for a ratio the target itself."""
    if standing.indicator.kind is Kind.RATIO:
        return number_cell(standing.expected, standing.decimals)
    return percent_cell(standing.due, decimals=standing.percent_decimals)


def expected_cell(standing: Standing) -> Cell:
    """What is due, as a quantity."""
    return number_cell(standing.expected, standing.decimals)


def gap_cell(standing: Standing) -> Cell:
    """超欠进度 in percentage points."""
    if standing.indicator.kind is Kind.RATIO:
        return quantity_gap_cell(standing)
    gap, due = standing.gap_points, standing.due
    is_seen = gap is None or due is None or not gap or not is_level(due + gap, due)
    return change_cell(gap, standing.percent_decimals) if is_seen else _LEVEL_CELL


def quantity_gap_cell(standing: Standing) -> Cell:
    """What was reported minus what was due; an amount in percentage points, as it is judged."""
    if standing.indicator.kind is Kind.FLOW:
        return gap_cell(standing)
    gap, expected = standing.gap, standing.expected
    is_seen = gap is None or expected is None or not gap or not is_level(expected + gap, expected)
    return change_cell(gap, standing.decimals) if is_seen else _LEVEL_CELL


def attainment_cell(standing: Standing) -> Cell:
    """达成率, never rounded over a bound at which the status changes."""
    percent, bounds = standing.attainment, standing.bounds
    if percent is None or standing.method is not Method.ATTAINMENT:
        return percent_cell(percent)
    if any(percent < bound and is_level(percent, bound) for bound in bounds):
        return Cell(value=attainment_in_words(percent, bounds), part=Part.NUMBER)
    return percent_cell(percent, decimals=decimals_apart(percent, [0, PERCENT, *bounds], 1))


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

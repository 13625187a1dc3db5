"""Where a form asks for what: addresses by what stands there, so that no test has to know them."""

from collections.abc import Iterator

from tests.support.forms import COMMITTEE, PERIOD, PLAN, WHOLE
from wyexcel.files.address import a1, parse
from wyexcel.forms import main_sheet, supplement
from wyexcel.forms.asked import ElementNumber, NameListColumn, RowRemark, RowState
from wyexcel.forms.layout import Layout, layout
from wyexcel.forms.slot import Slot
from wyexcel.plan.plan import Plan

Places = dict[tuple[str, str], str]
"""Addresses by what is asked for and in which column."""


def at(
    asked: str,
    column: str = WHOLE,
    unit: str = COMMITTEE,
    *,
    row: int = 1,
    plan: Plan = PLAN,
) -> str:
    """The address on *unit*'s form where *asked* has its *column*.

    *asked* is an element, a person or what a unit tells of an indicator ("reason.7"). *column* is
    a park, or what stands over the column (指标, 要素, 计量单位, 上期累计, 上年同期, 状态, 说明,
    完成), or a field of a name list ("id"), whose *row*s count from 1.
    """
    line, number = parse(_places(layout(plan, unit, PERIOD))[asked, column])
    return a1(line + row - 1, number)


def span(first: str, last: str) -> str:
    """The range of two addresses."""
    return f"{first}:{last}"


def column_of(address: str) -> str:
    """The column of *address*, as a sheet calls it."""
    return address.rstrip("0123456789")


def row_of(address: str) -> int:
    """The row of *address*, as a sheet counts it."""
    return int(address.removeprefix(column_of(address)))


def _places(there: Layout) -> Places:
    columns = dict(_columns(there.main))
    rows = {
        (line.element.code, name): a1(line.row, column)
        for line in there.main.rows
        for name, column in columns.items()
    }
    computed = {
        (f"state.{indicator.no}", "完成"): a1(row, supplement.COMPUTED_COLUMN)
        for row, indicator in there.supplement.progress_rows
    }
    return {**rows, **computed, **dict(map(_named, there.slots))}


def _columns(main: main_sheet.MainSheet) -> Iterator[tuple[str, int]]:
    """The columns of 填报 by what stands over them, those included in which nobody fills."""
    yield "指标", main_sheet.INDICATOR_COLUMN
    yield "要素", main_sheet.NAME_COLUMN
    yield main_sheet.MEASURE, main_sheet.MEASURE_COLUMN
    yield from ((park, n) for n, park in enumerate(main.columns, main_sheet.FIRST_VALUE_COLUMN))
    yield "上期累计", main.previous_column
    yield "上年同期", main.year_ago_column


def _named(slot: Slot) -> tuple[tuple[str, str], str]:
    match slot.asks:
        case ElementNumber(_, park):
            column = park
        case NameListColumn(_, list_column):
            column = list_column
        case RowState() | RowRemark():
            column = slot.label.rpartition(" / ")[2]
        case _:
            column = WHOLE
    return (slot.code, column), slot.cell

"""目标任务表: the official annex, row by row as it is printed."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from msgspec import Struct

from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import SheetCells, TableRow
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet, spread
from wyexcel.master.plan_sheets import rows
from wyexcel.master.plan_sheets.directory import Directory
from wyexcel.plan.plan import Annex, Indicator, NoTarget, Plan, TargetValue
from wyexcel.plan.sheet_names import PlanSheet

HEADINGS: Final = ("序号", "目标任务", "年份", "任务", "责任单位")

_WIDTHS: Final = (13.0, 62.0, 20.0, 30.0, 45.0)
_YEAR_HEIGHT: Final = 18.0
_MARK: Final = re.compile(r"^【[^】]*】")
_NOTE: Final = re.compile(r"备注[:：]")
_SLASHES: Final = frozenset("/／")


class Promise(Struct, frozen=True):
    """One indicator as the official table gives it."""

    no: int
    name: str
    units: tuple[str, ...]
    targets: Mapping[int, TargetValue]


def describe(plan: Plan) -> Sheet:
    """The sheet 目标任务表, one page of A4 like the official one."""
    across, annex = len(_WIDTHS), plan.annex
    return Sheet(
        name=PlanSheet.TARGETS,
        rows=(
            spread(Part.TITLE, annex.title, across, height=64),
            spread(Part.ASIDE, annex.measures, across, height=20),
            Row(tuple(Cell(value=name, part=Part.HEADING) for name in HEADINGS), 24),
            *(row for indicator in plan.indicators for row in _indicator(indicator, plan.years)),
            spread(Part.NOTE, annex.note, across, height=rows.height((annex.note, sum(_WIDTHS)))),
        ),
        widths=_WIDTHS,
        page=Page(orientation="portrait", repeat=(2, 2), pages_tall=1),
        freeze=(3, 0),
    )


def _indicator(indicator: Indicator, years: tuple[int, ...]) -> Iterator[Row]:
    down = len(years)
    units = "\n".join(indicator.units)
    for at, year in enumerate(years):
        first = at == 0
        yield Row(
            (
                Cell(value=indicator.no, part=Part.CENTRE, down=down) if first else None,
                rows.word(indicator.name, down=down) if first else None,
                Cell(value=year, part=Part.CENTRE, format="0"),
                _target(indicator.targets.get(year, NoTarget.BLANK)),
                rows.word(units, down=down) if first else None,
            ),
            max(_YEAR_HEIGHT, rows.height((units, _WIDTHS[4])) / down),
        )


def _target(value: TargetValue) -> Cell:
    if isinstance(value, Decimal):
        return rows.number(value)
    return Cell(value=value.value or None, part=Part.CENTRE, format=rows.GENERAL)


def read(sheet: SheetCells, directory: Directory) -> tuple[Promise, ...]:
    """The indicators of the table, in its order, with whatever the office changed."""
    lines: dict[int, list[TableRow]] = {}
    no: int | None = None
    for line in tables.table_rows(sheet, HEADINGS):
        no = line.whole("序号") if no is None or line["序号"] is not None else no
        lines.setdefault(no, []).append(line)
    return tuple(_promise(no, group, directory) for no, group in lines.items())


def _promise(no: int, lines: list[TableRow], directory: Directory) -> Promise:
    targets: dict[int, TargetValue] = {}
    for line in lines:
        year = line.whole("年份")
        if year in targets:
            line.refuse("年份", f"第{no}项的 {year} 年写了两次，请核对。")
        targets[year] = _read_target(line)
    names = [line.text("目标任务") for line in lines]
    units = dict.fromkeys(directory.current(u) for line in lines for u in line.several("责任单位"))
    name = next(filter(None, names), "") or lines[0].required("目标任务")
    return Promise(no, name, tuple(units), targets)


def _read_target(line: TableRow) -> TargetValue:
    value = line["任务"]
    if value is None:
        return NoTarget.BLANK
    if isinstance(value, str) and value in _SLASHES:
        return NoTarget.MONITOR
    if value == NoTarget.NOT_APPLICABLE.value:
        return NoTarget.NOT_APPLICABLE
    number = line.figure("任务")
    if number is None:
        line.refuse("任务", f"填的是“{value}”，请只填数字；没有目标填“/”，不适用填“不适用”。")
    return number


def read_annex(sheet: SheetCells) -> Annex:
    """The words around the table; a mark before the title (【示例数据】) is no part of them."""
    top = tables.heading_row(sheet, HEADINGS)
    above = [text for cells in sheet.cells[:top] for text in _texts(cells)]
    below = [text for cells in sheet.cells[top + 1 :] for text in _texts(cells)]
    return Annex(
        title=_MARK.sub("", above[0]) if above else "",
        measures=next((text for text in above if text.startswith("单位")), ""),
        note=next((text for text in below if _NOTE.match(text)), ""),
    )


def _texts(cells: tables.CellRow) -> list[str]:
    return [tables.clean(value) for value in cells if isinstance(value, str) and value.strip()]

"""An invented season (示例数据), to see the whole road before the first real form comes back.

The numbers are the sample of domain.md B4: five forms as they should be, an earlier version of one
of them, and a later one of another with three mistakes, which goes back to its unit.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from wyexcel.archive.workspace import Workspace, folder
from wyexcel.files.address import parse
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.files.writing.sheet import Row, Sheet, Value
from wyexcel.forms.blank import form
from wyexcel.period import Period
from wyexcel.plan import official
from wyexcel.plan.plan import Plan
from wyexcel.plan.settings import Given, Item
from wyexcel.plan.units import WHOLE
from wyexcel.rules import REQUIREMENTS
from wyexcel.stages import issue, new_workspace, read_plan

PERIOD: Final = Period(2025, 9)
MARK: Final = "示例数据"

Answers: TypeAlias = Mapping[tuple[str, str], Value]
"""What is typed: (element, park) → value; people and list rows stand beside them."""


class Filled(Struct, frozen=True, kw_only=True):
    """One form as somebody sends it: under which name, when, and what was typed where."""

    file: str
    unit: str
    sent: datetime
    answers: Answers
    lists: Mapping[str, Sequence[Mapping[str, Value]]]
    people: Mapping[str, str]
    told: Mapping[str, str] = field(default_factory=dict[str, str])


_PLACES: Final = ("白沙", "官渡", "青花", "区内园外", "未分园区")
_SPLIT: Final[Mapping[str, tuple[float, ...]]] = {
    "C01": (5, 5, 2, 0, 0),
    "C02": (60000, 86000, 30000, 0, 0),
    "C03a": (50000, 0, 0, 0, 0),
    "C03b": (0, 114000, 0, 0, 0),
    "C03c": (0, 0, 12000, 0, 0),
    "C03d": (0, 5000, 0, 0, 0),
    "C04": (60000, 120000, 30000, 0, 0),
    "C05": (120000, 111000, 100000, 0, 0),
    "C06": (120000, 111000, 100000, 0, 0),
    "C07": (480, 168.7, 100, 0, 0),
}
_ZONE: Final[Mapping[str, float]] = {"C13": 0, "C14": 4}
_LISTS: Final[Mapping[str, Sequence[Mapping[str, Value]]]] = {
    "C09": (
        {
            "name": "富硒茶精深加工项目（示例）",
            "id": "2403-511781-04-01-000001",
            "park": "白沙",
            "date": "2025-03-28",
            "amount": 6800,
        },
        {
            "name": "黑鸡屠宰冷链项目（示例）",
            "id": "2403-511781-04-01-000002",
            "park": "白沙",
            "date": "2025-06-16",
            "amount": 4200,
        },
        {
            "name": "石灰石骨料生产线项目（示例）",
            "id": "2403-511781-04-01-000003",
            "park": "官渡",
            "date": "2025-07-30",
            "amount": 12500,
        },
        {
            "name": "原煤洗选技改项目（示例）",
            "id": "2403-511781-04-01-000004",
            "park": "青花",
            "date": "2025-09-12",
            "amount": 3600,
        },
    ),
    "C10": (),
    "C11": (),
    "C12": (
        {
            "name": "富硒农产品省级企业技术中心（示例）",
            "id": "川经信技〔2025〕示例1号",
            "park": "白沙",
            "date": "2025-08-20",
        },
    ),
}
_TOLD: Final[Mapping[int, tuple[str, str, str]]] = {
    1: ("2户达规企业材料未报齐（示例）", "专人驻企，10月底前报省统计局（示例）", "2025-11-30"),
    2: ("1户水泥企业错峰停窑（示例）", "煤洗选新线9月底投产，补产值0.5亿元（示例）", "2025-12-31"),
    3: ("清洁能源产值占比上升（示例）", "绿色建材二线10月投产（示例）", "2025-12-31"),
    8: ("4个项目验收资料不全（示例）", "逐个倒排竣工验收时间（示例）", "2025-12-20"),
}
"""Why an indicator lags, what is done, until when: told by the unit whose number counts."""
_PEOPLE: Final = {"preparer": "张示例", "reviewer": "李示例", "phone": "0818-8600000"}


def make(root: Path) -> Workspace:
    """A workspace at *root* with forms issued and the invented forms in its inbox."""
    workspace = new_workspace.found(root, plan(), chosen=PERIOD)
    there = read_plan.plan_of(workspace)
    issue.issue(workspace, there, PERIOD)
    inbox = folder(workspace.inbox(PERIOD))
    for filled in season(there):
        _send(there, filled, inbox)
    return workspace


def plan() -> Plan:
    """The official plan with the sample's baseline (#1: 10 户 at the end of 2024) and its mark."""
    base = official.load()
    baseline = Given(no=1, year=2025, item=Item.BASELINE, park=WHOLE, value=Decimal(10))
    return replace(base, given=(baseline,), settings=replace(base.settings, mark=MARK))


def season(plan: Plan) -> tuple[Filled, ...]:
    """Seven files of five units, in the order in which they arrive."""
    good = {unit: in_order(plan, unit) for unit in plan.reporting}
    early = good["市经信局"]
    wrong = good["市投促中心"]
    return (
        replace(
            early,
            file="市经信局三季度.xlsx",
            sent=_at(9, 15),
            answers={**early.answers, ("C02", WHOLE): 175000},
        ),
        replace(early, file="市经信局三季度（更正）.xlsx", sent=_at(10, 9)),
        replace(wrong, file="投促中心报送.xlsx", sent=_at(9, 10)),
        replace(
            wrong,
            file="投促中心补报.xlsx",
            sent=_at(11, 8),
            answers={**wrong.answers, ("C13", WHOLE): "0万美元", ("C10", WHOLE): 1},
            people={**_PEOPLE, "phone": ""},
        ),
        *(good[u] for u in plan.reporting if u not in {"市经信局", "市投促中心"}),
    )


def _at(day: int, hour: int) -> datetime:
    return datetime(2025, 10, day, hour, 30, tzinfo=UTC)


def in_order(plan: Plan, unit: str) -> Filled:
    """*unit*'s form as it should be, with the sample's numbers."""
    owed = plan.owed_by(unit)
    answers: dict[tuple[str, str], Value] = {}
    for element in owed:
        if element.listed:
            answers[element.code, WHOLE] = len(_LISTS[element.code])
        elif element.zone_only:
            answers[element.code, WHOLE] = _ZONE[element.code]
        elif plan.splits(element, unit):
            values = zip(_PLACES, _SPLIT[element.code], strict=True)
            answers.update({(element.code, park): value for park, value in values})
        else:
            answers[element.code, WHOLE] = sum(_SPLIT[element.code])
    lists = {element.code: _LISTS[element.code] for element in owed if element.listed}
    return Filled(
        file=f"{unit}.xlsx",
        unit=unit,
        sent=_at(9, 14),
        answers=answers,
        lists=lists,
        people=_PEOPLE,
        told=dict(_told(plan, unit)),
    )


def _told(plan: Plan, unit: str) -> Iterator[tuple[str, str]]:
    """What *unit* tells of those of its indicators that lag, by slot."""
    for indicator in plan.indicators:
        if indicator.no in _TOLD and indicator.lead == unit:
            for name, words in zip(
                ("reason", "measures", "finish"), _TOLD[indicator.no], strict=True
            ):
                yield f"{name}.{indicator.no}", words


def _send(plan: Plan, filled: Filled, inbox: Path) -> None:
    """Drop the filled form into the inbox, at the time at which it is said to have come."""
    path = inbox / filled.file
    xlsx.write(
        [with_sample_mark(sheet, plan.settings.mark) for sheet in typed_in(plan, filled)], path
    )
    moment = filled.sent.timestamp()
    os.utime(path, (moment, moment))


def typed_in(
    plan: Plan, filled: Filled, period: Period = PERIOD, *, known: form.Known = form.NOTHING
) -> list[Sheet]:
    """The form filled as a person would, cell by cell."""
    typed = typed_cells(form.layout(plan, filled.unit, period), filled)
    blank = form.describe(plan, filled.unit, period, known=known, rules=REQUIREMENTS)
    return [with_typed(sheet, typed) for sheet in blank]


def typed_cells(layout: form.Layout, filled: Filled) -> dict[tuple[str, str], Value]:
    """What *filled* says, by sheet and cell of the form's *layout*."""
    typed: dict[tuple[str, str], Value] = {}
    for slot in layout.slots:
        if slot.kind == "number":
            typed[slot.sheet, slot.cell] = filled.answers.get((slot.element, slot.park))
        elif slot.element in filled.people:
            typed[slot.sheet, slot.cell] = filled.people[slot.element]
        elif slot.about:
            typed[slot.sheet, slot.cell] = filled.told.get(slot.element)
        elif slot.kind.startswith("list:"):
            column = slot.kind.removeprefix("list:")
            letters, first = slot.cell.rstrip("0123456789"), parse(slot.cell)[0] + 1
            for number, line in enumerate(filled.lists.get(slot.element, ())):
                typed[slot.sheet, f"{letters}{first + number}"] = line.get(column)
    return {place: value for place, value in typed.items() if value not in {None, ""}}


def with_typed(sheet: Sheet, typed: Mapping[tuple[str, str], Value]) -> Sheet:
    """*sheet* with what was *typed* in its cells."""
    rows = [list(line.cells) for line in sheet.rows]
    for (name, cell), value in typed.items():
        if name == sheet.name:
            row, column = parse(cell)
            there = rows[row][column]
            if there is None:
                raise ValueError(cell)
            rows[row][column] = replace(there, value=value)
    lines = (Row(tuple(cells), old.height) for cells, old in zip(rows, sheet.rows, strict=True))
    return replace(sheet, rows=tuple(lines))

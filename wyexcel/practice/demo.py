"""The demonstration (示例数据): an invented season, to try every command before real forms come.

The numbers are the sample of domain.md B4: five forms as they should be, an earlier version of one
of them, and a later one of another with three mistakes, which goes back to its unit.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from wyexcel.archive.workspace import Workspace, folder
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.files.writing.sheet import Value
from wyexcel.forms.asked import ProgressField, ProgressStatement
from wyexcel.period import Period
from wyexcel.plan import official
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.settings import Given, GivenKind
from wyexcel.practice.fill_form import InventedSubmission, fill_form
from wyexcel.stages import issue, new_workspace, read_plan

PERIOD: Final = Period(2025, 9)
MARK: Final = "示例数据"


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
_NOTHING: Final = (0.0, 0.0, 0.0, 0.0, 0.0)
"""What is reported of an element for which nothing was invented yet."""
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
_PROGRESS_NOTES: Final[Mapping[int, tuple[str, str, str]]] = {
    1: ("2户达规企业材料未报齐（示例）", "专人驻企，10月底前报省统计局（示例）", "2025-11-30"),
    2: ("1户水泥企业错峰停窑（示例）", "煤洗选新线9月底投产，补产值0.5亿元（示例）", "2025-12-31"),
    3: ("清洁能源产值占比上升（示例）", "绿色建材二线10月投产（示例）", "2025-12-31"),
    8: ("4个项目验收资料不全（示例）", "逐个倒排竣工验收时间（示例）", "2025-12-20"),
}
"""Why an indicator lags, what is done, until when, as its lead unit says; by indicator number."""
_PEOPLE: Final = {"preparer": "张示例", "reviewer": "李示例", "phone": "0818-8600000"}


def make_demo(root: Path) -> Workspace:
    """A workspace at *root* with forms issued and the invented forms in its inbox."""
    workspace = new_workspace.create(root, demo_plan(), chosen=PERIOD)
    issued_plan = read_plan.plan_of(workspace)
    issue.issue(workspace, issued_plan, PERIOD)
    inbox = folder(workspace.inbox(PERIOD))
    for submission in demo_submissions(issued_plan):
        _send(issued_plan, submission, inbox)
    return workspace


def demo_plan() -> Plan:
    """The official plan with the sample's baseline (#1: 10 户 at the end of 2024) and its mark."""
    base = official.load()
    baseline = Given(no=1, year=2025, item=GivenKind.BASELINE, park=WHOLE, value=Decimal(10))
    return replace(base, given=(baseline,), settings=replace(base.settings, mark=MARK))


def demo_submissions(plan: Plan) -> tuple[InventedSubmission, ...]:
    """Seven files of five units, in the order in which they arrive."""
    correct = {unit: sample_submission(plan, unit) for unit in plan.reporting}
    early = correct["市经信局"]
    wrong = correct["市投促中心"]
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
        *(correct[u] for u in plan.reporting if u not in {"市经信局", "市投促中心"}),
    )


def _at(day: int, hour: int) -> datetime:
    return datetime(2025, 10, day, hour, 30, tzinfo=UTC)


def sample_submission(plan: Plan, unit: str) -> InventedSubmission:
    """*unit*'s submission without a mistake, with the sample's numbers."""
    owed = plan.owed_by(unit)
    answers: dict[tuple[str, str], Value] = {}
    for element in owed:
        if element.listed:
            answers[element.code, WHOLE] = len(_LISTS.get(element.code, ()))
        elif element.zone_only:
            answers[element.code, WHOLE] = _ZONE.get(element.code, 0)
        elif plan.splits(element, unit):
            values = zip(_PLACES, _SPLIT.get(element.code, _NOTHING), strict=True)
            answers.update({(element.code, park): value for park, value in values})
        else:
            answers[element.code, WHOLE] = sum(_SPLIT.get(element.code, _NOTHING))
    lists = {element.code: _LISTS.get(element.code, ()) for element in owed if element.listed}
    return InventedSubmission(
        file=f"{unit}.xlsx",
        unit=unit,
        sent=_at(9, 14),
        answers=answers,
        lists=lists,
        people=_PEOPLE,
        progress_notes=dict(_progress_notes(plan, unit)),
    )


def _progress_notes(plan: Plan, unit: str) -> Iterator[tuple[ProgressStatement, str]]:
    """What *unit* says about those of its indicators that lag: (what is asked, text)."""
    fields = (ProgressField.REASON, ProgressField.MEASURES, ProgressField.FINISH)
    for indicator in plan.indicators:
        if indicator.no in _PROGRESS_NOTES and indicator.lead == unit:
            for field, text in zip(fields, _PROGRESS_NOTES[indicator.no], strict=True):
                yield ProgressStatement(field, indicator.no), text


def _send(plan: Plan, submission: InventedSubmission, inbox: Path) -> None:
    """Write the filled form into *inbox*, with its time of arrival."""
    path = inbox / submission.file
    xlsx.write(
        [
            with_sample_mark(sheet, plan.settings.mark)
            for sheet in fill_form(plan, submission, PERIOD)
        ],
        path,
    )
    moment = submission.sent.timestamp()
    os.utime(path, (moment, moment))

"""The forms of the rehearsal (演练数据) without a mistake, in each of its periods."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from wyexcel.files.writing.sheet import Value
from wyexcel.forms.asked import ProgressField, ProgressStatement
from wyexcel.forms.blank import prefilled
from wyexcel.period import Period
from wyexcel.plan import official
from wyexcel.plan.element import Element, Kind
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.settings import Given, GivenKind
from wyexcel.practice.demo import sample_submission
from wyexcel.practice.fill_form import InventedSubmission, fill_form
from wyexcel.practice.rehearsal.draft_form import DraftForm
from wyexcel.practice.rehearsal.unit_names import FORMER_INVESTMENT, INVESTMENT

MARK: Final = "演练数据"
PERIOD: Final = Period(2026, 6)
PAST: Final = (Period(2025, 6), Period(2025, 12), Period(2026, 3))
"""The periods in the archive: a year ago, the year that was closed, and the last quarter."""

FURTHER_PAST: Final = tuple(Period(2025, month) for month in (3, 4, 5, 9, 10))
"""Further periods in the archive, where a rule needs a unit's usual level."""


_GROWTH: Final = Decimal("1.1")
_SAMPLE_MONTHS: Final = 9
_UNEVEN: Final = {3: "0.94", 4: "1.06", 5: "0.96", 9: "1.05", 10: "0.95"}
"""By what factor the months of FURTHER_PAST differ from an even year; the others are even."""
_PARKS: Final = ("白沙", "官渡", "青花")


def rehearsal_plan() -> Plan:
    """The official plan with a baseline, one unit that was renamed, and the mark."""
    base = official.load()
    baselines = tuple(
        Given(no=1, year=year, item=GivenKind.BASELINE, park=WHOLE, value=Decimal(value))
        for year, value in ((2025, 10), (2026, 12))
    )
    units = tuple(
        replace(unit, former=(FORMER_INVESTMENT,), renamed=date(2025, 1, 1))
        if unit.name == INVESTMENT
        else unit
        for unit in base.units
    )
    return replace(base, given=baselines, units=units, settings=replace(base.settings, mark=MARK))


def correct_submission(plan: Plan, unit: str, period: Period) -> InventedSubmission:
    """*unit*'s submission for *period* without a mistake."""
    sample = sample_submission(plan, unit)
    answers = {
        place: _value_at(plan.element[place[0]], value, period)
        for place, value in sample.answers.items()
    }
    lists = {code: _list_rows(code, period) for code in sample.lists}
    counts: dict[tuple[str, str], Value] = {
        (code, WHOLE): len(rows) for code, rows in lists.items()
    }
    return replace(
        sample,
        answers=answers | counts,
        lists=lists,
        sent=arrival_time(period, 12),
        progress_notes=_progress_notes(plan, unit, period),
    )


def _progress_notes(plan: Plan, unit: str, period: Period) -> Mapping[ProgressStatement, str]:
    """原因, 措施, 预计完成时间 of every indicator of *unit*, other texts every period."""
    texts = {
        ProgressField.REASON: f"{period.title}项目进度不一（演练）",
        ProgressField.MEASURES: f"{period.title}后逐个倒排时间（演练）",
        ProgressField.FINISH: f"{period.year}-12-31",
    }
    return {
        ProgressStatement(field, indicator.no): text
        for indicator in plan.answered_by(unit)
        for field, text in texts.items()
    }


def correct_form(
    plan: Plan,
    unit: str,
    period: Period,
    *,
    known: prefilled.Prefilled = prefilled.NOTHING_PREFILLED,
) -> DraftForm:
    """*unit*'s form for *period* without a mistake, ready to be sent or to be spoilt."""
    submission = correct_submission(plan, unit, period)
    return DraftForm(
        plan=plan,
        period=period,
        unit=unit,
        file=submission.file,
        sent=submission.sent,
        sheets=fill_form(plan, submission, period, known=known),
    )


def arrival_time(period: Period, minute: int) -> datetime:
    """*minute* minutes after 01:00 UTC on the 8th of the month that follows *period*."""
    end = period.end.replace(day=1)
    month = end.replace(year=end.year + end.month // 12, month=end.month % 12 + 1, day=8)
    hour, minutes = divmod(minute, 60)
    return datetime(month.year, month.month, month.day, 1 + hour, minutes, tzinfo=UTC)


def _value_at(element: Element, value: Value, period: Period) -> Value:
    """The sample's *value* of nine months of 2025, scaled to the months and year of *period*."""
    if element.kind is not Kind.FLOW or not isinstance(value, int | float):
        return value
    share = Decimal(str(value)) * period.month / _SAMPLE_MONTHS * _GROWTH ** (period.year - 2025)
    share *= Decimal(_UNEVEN.get(period.month, "1"))
    rounded = share.quantize(Decimal(1).scaleb(-element.decimals))
    return int(rounded) if rounded == int(rounded) else float(rounded)


def _list_rows(code: str, period: Period) -> Sequence[Mapping[str, Value]]:
    """The rows of a name list by *period*: one project a quarter, one platform a year."""
    if code == "C09":
        quarters = range(3, period.month + 1, 3)
        return tuple(_project(period.year, month) for month in quarters)
    if code == "C12":
        return (_platform(period.year),)
    return ()


def _project(year: int, month: int) -> Mapping[str, Value]:
    return {
        "name": f"{year}年{month}月竣工项目（演练）",
        "id": f"{year % 100:02}{month:02}-511781-04-01-000001",
        "park": _PARKS[month % len(_PARKS)],
        "date": f"{year}-{month:02}-12",
        "amount": 3000 + 400 * month,
    }


def _platform(year: int) -> Mapping[str, Value]:
    return {
        "name": f"{year}年省级企业技术中心（演练）",
        "id": f"川经信技〔{year}〕演练1号",
        "park": "白沙",
        "date": f"{year}-02-20",
    }

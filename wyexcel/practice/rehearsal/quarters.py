"""The invented season as it should be, in each of its periods (演练数据)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from wyexcel.files.writing.sheet import Value
from wyexcel.forms.asked import ProgressField, ProgressStatement
from wyexcel.forms.blank import form
from wyexcel.period import Period
from wyexcel.plan import official
from wyexcel.plan.plan import Element, Kind, Plan
from wyexcel.plan.settings import Given, Item
from wyexcel.plan.units import WHOLE
from wyexcel.practice import demo
from wyexcel.practice.demo import Filled
from wyexcel.practice.rehearsal.paper import Paper

MARK: Final = "演练数据"
PERIOD: Final = Period(2026, 6)
PAST: Final = (Period(2025, 6), Period(2025, 12), Period(2026, 3))
"""What was merged before: a year ago, the year that was closed, and the last quarter."""

MORE: Final = tuple(Period(2025, month) for month in (3, 4, 5, 9, 10))
"""What is merged besides, where a unit's numbers are to have a level of their own."""

INVESTMENT: Final = "市投促中心"
FORMER: Final = "市招商引资局"

_GROWTH: Final = Decimal("1.1")
_SAMPLE_MONTHS: Final = 9
_UNEVEN: Final = {3: "0.94", 4: "1.06", 5: "0.96", 9: "1.05", 10: "0.95"}
"""How the months of MORE differ from an even year; the others are even."""
_PARKS: Final = ("白沙", "官渡", "青花")


def plan() -> Plan:
    """The official plan with a baseline, one unit that was renamed, and the mark."""
    base = official.load()
    baselines = tuple(
        Given(no=1, year=year, item=Item.BASELINE, park=WHOLE, value=Decimal(value))
        for year, value in ((2025, 10), (2026, 12))
    )
    units = tuple(
        replace(unit, former=(FORMER,), renamed=date(2025, 1, 1))
        if unit.name == INVESTMENT
        else unit
        for unit in base.units
    )
    return replace(base, given=baselines, units=units, settings=replace(base.settings, mark=MARK))


def filled(plan: Plan, unit: str, period: Period) -> Filled:
    """*unit*'s form for *period* as it should be."""
    sample = demo.in_order(plan, unit)
    answers = {
        place: _then(plan.element[place[0]], value, period)
        for place, value in sample.answers.items()
    }
    lists = {code: _listed(code, period) for code in sample.lists}
    counts: dict[tuple[str, str], Value] = {
        (code, WHOLE): len(rows) for code, rows in lists.items()
    }
    return replace(
        sample,
        answers=answers | counts,
        lists=lists,
        sent=sent(period, 12),
        told=_told(plan, unit, period),
    )


def _told(plan: Plan, unit: str, period: Period) -> Mapping[ProgressStatement, str]:
    """Why whatever may lag lags, in other words for every period."""
    words = {
        ProgressField.REASON: f"{period.title}项目进度不一（演练）",
        ProgressField.MEASURES: f"{period.title}后逐个倒排时间（演练）",
        ProgressField.FINISH: f"{period.year}-12-31",
    }
    return {
        ProgressStatement(field, indicator.no): text
        for indicator in plan.answered_by(unit)
        for field, text in words.items()
    }


def paper(
    plan: Plan, unit: str, period: Period, *, known: form.Prefilled = form.NOTHING_PREFILLED
) -> Paper:
    """*unit*'s form for *period* as it should be, ready to be sent or to be spoilt."""
    there = filled(plan, unit, period)
    return Paper(
        plan=plan,
        period=period,
        unit=unit,
        file=there.file,
        sent=there.sent,
        sheets=demo.typed_in(plan, there, period, known=known),
    )


def sent(period: Period, minute: int) -> datetime:
    """The moment on the day after next of *period* at which something came."""
    end = period.end.replace(day=1)
    month = end.replace(year=end.year + end.month // 12, month=end.month % 12 + 1, day=8)
    hour, rest = divmod(minute, 60)
    return datetime(month.year, month.month, month.day, 1 + hour, rest, tzinfo=UTC)


def _then(element: Element, value: Value, period: Period) -> Value:
    """What the sample's *value* of nine months of 2025 is at *period*."""
    if element.kind is not Kind.FLOW or not isinstance(value, int | float):
        return value
    share = Decimal(str(value)) * period.month / _SAMPLE_MONTHS * _GROWTH ** (period.year - 2025)
    share *= Decimal(_UNEVEN.get(period.month, "1"))
    rounded = share.quantize(Decimal(1).scaleb(-element.decimals))
    return int(rounded) if rounded == int(rounded) else float(rounded)


def _listed(code: str, period: Period) -> Sequence[Mapping[str, Value]]:
    """The things that were listed by *period*: one project a quarter, one platform a year."""
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

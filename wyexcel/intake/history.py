"""What was adopted before, read from the archive alone."""

from decimal import Decimal
from functools import cache, partial
from typing import Final

from msgspec.structs import replace

from wyexcel.archive import archived_forms, closings, manifest
from wyexcel.archive.workspace import Workspace
from wyexcel.forms import value_changes
from wyexcel.forms.blank.prefilled import Prefilled
from wyexcel.forms.submission import Decision, Submission, Vintage
from wyexcel.forms.value_changes import ByUnit
from wyexcel.forms.zone_totals import counted_items, zone_values
from wyexcel.period import MONTHS, Period
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.settings import Given, GivenKind
from wyexcel.rules.history import History, Past
from wyexcel.rules.outliers import FEWEST_PERIODS


def prefilled_values(workspace: Workspace, plan: Plan, period: Period) -> dict[str, Prefilled]:
    """What each unit reported for the year's last period and for the same months last year."""
    last = _last_merged(workspace, period.year, period.month - 1)
    previous = {
        s.unit: zone_values(s)
        for s in (archived_forms.adopted(workspace, plan, last) if last else ())
    }
    ago = {s.unit: zone_values(s) for s in archived_forms.adopted(workspace, plan, period.year_ago)}
    return {
        unit: Prefilled(previous=previous.get(unit, {}), year_ago=ago.get(unit, {}))
        for unit in plan.reporting
    }


def read_history(workspace: Workspace, plan: Plan, period: Period) -> History:
    """What was adopted before *period*, read from the archive."""
    last = _last_merged(workspace, period.year, period.month - 1)
    ends = [_last_merged(workspace, year) for year in plan.years if year < period.year]
    ended = {
        year_end: archived_forms.adopted(workspace, plan, year_end)
        for year_end in ends
        if year_end is not None
    }
    counted = (
        (item, year_end.year)
        for year_end, submissions in ended.items()
        for submission in submissions
        for item in counted_items(submission.items, year_end).values()
    )
    end = next((year_end for year_end in ended if year_end.year == period.year - 1), None)
    return History(
        period=last,
        last={s.unit: s for s in archived_forms.adopted(workspace, plan, last)} if last else {},
        year_ago={s.unit: s for s in archived_forms.adopted(workspace, plan, period.year_ago)},
        end=end,
        ended={s.unit: s for s in ended[end]} if end else {},
        counted={(item.element, item.key): year for item, year in counted},
        published=_published(workspace, plan, period),
        last_is_closed=last is not None and _published(workspace, plan, last) is not None,
        last_replaced=cache(
            partial(archived_forms.of_decision, workspace, plan, last, Decision.SUPERSEDED)
        )
        if last
        else tuple[Submission, ...],
        replaced=cache(
            partial(
                archived_forms.of_decision, workspace, plan, period.year_ago, Decision.SUPERSEDED
            )
        ),
        past=cache(partial(_past, workspace, plan, period)),
        kept=frozenset(k.sha256 for k in manifest.read_manifest(workspace, period)),
    )


def _published(workspace: Workspace, plan: Plan, period: Period) -> ByUnit | None:
    """What each unit said in *period*, where it is closed and no revision is open."""
    closed = closings.read_closings(workspace, period)
    return (
        None
        if closed is None or closed.revision
        else value_changes.under_present_names(closed.values, plan)
    )


def with_year_baselines(workspace: Workspace, plan: Plan, year: int) -> Plan:
    """*plan* with the level at which each stock began *year*: the end of the year before.

    What the office gave as 基期 stands; else it is the last year's value as it was closed, unless
    that lies above the target already.
    """
    closed = closings.read_closings(workspace, Period(year - 1, MONTHS))
    given = {
        g.no for g in plan.given if (g.year, g.item, g.park) == (year, GivenKind.BASELINE, WHOLE)
    }
    ended = (
        {standing["no"]: standing["actual"] for standing in closed.last.standings} if closed else {}
    )
    baselines: list[Given] = []
    for indicator in plan.indicators:
        target, value = indicator.targets[year], ended.get(indicator.no)
        if indicator.kind is not Kind.STOCK or indicator.no in given or value is None:
            continue
        level = Decimal(repr(value))
        if isinstance(target, Decimal) and level <= target:
            row = Given(
                no=indicator.no, year=year, item=GivenKind.BASELINE, park=WHOLE, value=level
            )
            baselines.append(row)
    return replace(plan, given=(*plan.given, *baselines)) if baselines else plan


def finally_reported(workspace: Workspace, plan: Plan, period: Period) -> tuple[str, ...]:
    """The units whose final report of the year (年报) replaced a preliminary one (快报)."""
    if period.month != MONTHS:
        return ()
    replaced = archived_forms.of_decision(workspace, plan, period, Decision.SUPERSEDED)
    flash = {submission.unit for submission in replaced if submission.vintage is Vintage.FLASH}
    adopted = archived_forms.adopted(workspace, plan, period) if flash else ()
    return tuple(s.unit for s in adopted if s.unit in flash and s.vintage is Vintage.FINAL)


def _past(workspace: Workspace, plan: Plan, period: Period) -> dict[str, Past]:
    """The zone values that each unit reported before *period*; none while there are too few."""
    months = (Period(year, month) for year in plan.years for month in range(1, MONTHS + 1))
    before = [past for past in months if past < period and manifest.exists(workspace, past)]
    by_unit: dict[str, dict[str, list[tuple[int, Decimal]]]] = {}
    for past in before[-_MOST:] if len(before) >= FEWEST_PERIODS else ():
        for submission in archived_forms.adopted(workspace, plan, past):
            for code, value in zone_values(submission).items():
                values = by_unit.setdefault(submission.unit, {}).setdefault(code, [])
                values.append((past.month, value))
    return {**by_unit}


_MOST: Final = 12
"""How many periods back a unit's level is reckoned from."""


def _last_merged(workspace: Workspace, year: int, month: int = MONTHS) -> Period | None:
    """The last period of *year*, through *month*, that was ever merged."""
    periods = (Period(year, m) for m in range(month, 0, -1))
    return next((p for p in periods if manifest.exists(workspace, p)), None)

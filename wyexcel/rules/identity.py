"""Rules of whose form it is and for when (I, F09)."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Final

from msgspec import Struct

from wyexcel.findings import Severity
from wyexcel.period import Period, chinese_date
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import Unit
from wyexcel.plan.schedule import due, overdue
from wyexcel.rules.rule import Family, Violation

_SHORTEST: Final = 3
_PERIOD: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class ClaimedIdentity(Struct, frozen=True, kw_only=True, dict=True):
    """Who a workbook says it is from, and for when."""

    name: str
    identity: Mapping[str, str]
    plan: Plan
    period: Period

    @cached_property
    def unit(self) -> Unit | None:
        """The unit that is meant, if it is one that reports."""
        unit = self.plan.unit_named(self.identity.get("unit", ""))
        return unit if unit is not None and self.plan.reports(unit.name) else None


class MissingForm(Struct, frozen=True, kw_only=True):
    """A unit that must report, and from which nothing came until today."""

    unit: str
    plan: Plan
    period: Period
    today: date


IDENTITY: Final = Family[ClaimedIdentity]()
MISSING_FORMS: Final = Family[MissingForm]()


@IDENTITY.rule(
    "I01",
    Severity.BLOCK,
    holds="填报单位是单位名录里的责任单位",
    message="填报单位“{value}”不在应报单位名录中。请用下发给本单位的填报表填报，不要改动单位名称。",
)
def its_unit_reports(claim: ClaimedIdentity) -> Iterator[Violation]:
    """The unit that the form names is one that must report, by its present or a former name."""
    if claim.unit is None:
        yield Violation(value=claim.identity.get("unit"))


@IDENTITY.rule(
    "I02",
    Severity.ERROR,
    holds="报告期是本期",
    message="报告期写的是 {value}，本次应报 {period}。"
    "请用 {period} 下发的填报表重新填报{misfiled}。",
)
def its_period_is_the_open_one(claim: ClaimedIdentity) -> Iterator[Violation]:
    """The form is for the period that is being collected."""
    stated = claim.identity.get("period")
    if stated != str(claim.period):
        ours = claim.unit is not None and _PERIOD.fullmatch(stated or "")
        misfiled = f"；收表时放错文件夹的，移到“报送/{stated}”" if ours else ""
        yield Violation(value=stated, words={"period": claim.period, "misfiled": misfiled})


@IDENTITY.rule(
    "I07",
    Severity.NOTICE,
    holds="用单位现在的名称",
    message="“{value}”{since}更名为“{unit}”，已按新名称登记。",
)
def its_unit_has_its_present_name(claim: ClaimedIdentity) -> Iterator[Violation]:
    """The form names its unit as it was called at the end of the period, or as it is now."""
    unit, stated = claim.unit, claim.identity.get("unit", "")
    if unit is None or unit.was_called(stated, claim.period.end):
        return
    if stated != unit.name:
        since = f"自 {unit.renamed} 起" if unit.renamed else "已"
        yield Violation(value=stated, words={"since": since, "unit": unit.name})


@IDENTITY.rule(
    "F09",
    Severity.NOTICE,
    holds="文件名与表内单位一致",
    message="文件名写的是“{named}”，表内填报单位是“{unit}”，按表内为准。",
)
def its_name_names_no_other_unit(claim: ClaimedIdentity) -> Iterator[Violation]:
    """The file's name does not name another reporting unit than the form itself does."""
    unit = claim.unit
    if unit is None or any(short in claim.name for short in usual_names(unit)):
        return
    for other in claim.plan.units:
        if claim.plan.reports(other.name) and any(s in claim.name for s in usual_names(other)):
            yield Violation(words={"named": other.name, "unit": unit.name})
            return


def usual_names(unit: Unit) -> Iterator[str]:
    """What people call *unit*: its names, with and without 市 before them."""
    for name in (unit.name, *unit.former):
        yield name
        short = name.removeprefix("市")
        if len(short) >= _SHORTEST:
            yield short


@MISSING_FORMS.rule(
    "I04",
    Severity.NOTICE,
    holds="应报单位都已报送",
    message="{unit} 尚未报送 {period} 数据（截止 {due}，{late}）。请尽快报送。",
)
def every_reporting_unit_has_sent_a_form(missing: MissingForm) -> Iterator[Violation]:
    """Every unit that must report has sent something."""
    last = due(missing.plan, missing.period)
    late = overdue(missing.plan, missing.period, missing.today)
    yield Violation(
        words={
            "unit": missing.unit,
            "period": missing.period,
            "due": chinese_date(last),
            "late": late or "尚未到期",
        }
    )

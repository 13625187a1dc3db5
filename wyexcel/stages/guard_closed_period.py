"""Closed periods (定稿): closing one, refusing changes to it, revising it openly (修订)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from wyexcel.archive import closings, manifest
from wyexcel.archive.closings import Closed, Closing, Original, Revised
from wyexcel.archive.workspace import Workspace
from wyexcel.errors import ClosedPeriod
from wyexcel.files.number_display import all_digits, decimals_apart
from wyexcel.forms import value_changes
from wyexcel.forms.submission import Decision, Season, Submission
from wyexcel.forms.value_changes import ByUnit, Change, ValuePlace
from wyexcel.period import Period, chinese_date
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Indicator, Plan
from wyexcel.plan.status import Status
from wyexcel.progress import standings_as_json
from wyexcel.progress.arithmetic import amount
from wyexcel.progress.lag_chain import LagChain, Stood
from wyexcel.progress.standing import Standing

_RULE: Final = "P04"
_COMPARED: Final = ("target", "actual", "status", "excuse")
_FEW: Final = 3
_OFFICE: Final = "核定"
"""The name under which the values stand on which the office agreed."""


def values_to_close(submissions: Sequence[Submission], plan: Plan, period: Period) -> ByUnit:
    """The values that a closing records: those adopted, and those that the office agreed on."""
    agreed = {
        ValuePlace(element, park): all_digits(decided.value)
        for (element, park), decided in plan.agreed_in(period).items()
    }
    return {
        **value_changes.values_by_unit(submissions, plan),
        **({_OFFICE: agreed} if agreed else {}),
    }


def admitted_changes(closed: Closed | None, season: Season, plan: Plan) -> tuple[Change, ...]:
    """What *season* changes in a closed period; raise ClosedPeriod if no revision is open."""
    if closed is None:
        return ()
    changes = tuple(
        value_changes.changes(
            value_changes.under_present_names(closed.values, plan),
            values_to_close(season.adopted, plan, season.period),
        )
    )
    if closed.revision is None:
        _refuse_changes(closed, season, [_in_words(change, plan) for change in changes])
    return changes


def _refuse_changes(closed: Closed, season: Season, changes: Sequence[str]) -> None:
    """Raise ClosedPeriod, naming the changes that new forms, or else the master workbook, make."""
    sent = [f.message for f in season.findings if f.rule == _RULE and f.severity.rejects]
    sentences = sent or changes
    if not sentences:
        return
    more = f"等 {len(sentences)} 处" if len(sentences) > _FEW else ""
    what = "；".join(text.rstrip("。") for text in sentences[:_FEW])
    if sent or _have_come_since(closed, season.adopted):
        changed = f"收到的报表改动了定稿数：{what}{more}"
        raise _closed(closed, season.period, changed, _MOVE_AWAY)
    changed = f"但主工作簿改动以后，数与定稿不同：{what}{more}"
    raise _closed(closed, season.period, changed, _PUT_BACK)


def _have_come_since(closed: Closed, forms: Sequence[Submission]) -> bool:
    """Whether one of *forms* was not in the archive when the period was closed."""
    archived = {original.sha256 for original in closed.last.originals}
    return any(form.sha256 not in archived for form in forms)


def _in_words(change: Change, plan: Plan) -> str:
    element = plan.element.get(change.place.element)
    name = element.name if element else change.place.element
    where = change.place.item or change.place.park
    return f"{change.unit}“{name}”（{where}）由 {change.old or '未报'} 改为 {change.new or '未报'}"


_MOVE_AWAY: Final = "请把该报表移出“报送”文件夹"
_OTHER_FORMS: Final = "按收到的报表得出的结果与定稿不同（{}）"
_OTHER_NOW: Final = (
    "但按现在的目标、责任单位、基期（含上年末定稿数）、口径、判定规则、设置或核定值"
    "得出的结果与定稿不同（{}）"
)
_PUT_BACK: Final = "请把主工作簿改回定稿时的样子"


def _closed(closed: Closed, period: Period, what: str, otherwise: str) -> ClosedPeriod:
    day = _day(closed.last.closed)
    message = (
        f"{period.title}已于{day}定稿（{closed.last.by}），{what}。没有改动任何定稿数。"
        f"确需修订的，先运行 wyexcel revise {period} --by 姓名 --why 原因；"
        f"不修订的，{otherwise}。"
    )
    return ClosedPeriod(message)


def _day(moment: datetime) -> str:
    return chinese_date(moment.astimezone())


def refuse_other_standings(
    closed: Closed | None,
    standings: Sequence[Standing],
    plan: Plan,
    period: Period,
    *,
    forms: Sequence[Submission] = (),
) -> None:
    """Raise ClosedPeriod where a closed period would now be judged otherwise than published.

    The error blames the *forms* if some came after the closing, else the master workbook.
    """
    if closed is None or closed.revision is not None:
        return
    pairs = _pairs(closed.last, standings, period)
    moved = [now for now, before in pairs if _differs(now, before, plan)]
    if moved or len(standings) != len(closed.last.standings):
        names = "、".join(f"第{now['no']}项{now['name']}" for now in moved[:_FEW]) or "指标项数"
        if _have_come_since(closed, forms):
            raise _closed(closed, period, _OTHER_FORMS.format(names), _MOVE_AWAY)
        raise _closed(closed, period, _OTHER_NOW.format(names), _PUT_BACK)


def as_published(closed: Closed | None) -> Mapping[int, Stood]:
    """How the indicators stood in a closed period, by number; of a period that is not, nothing."""
    return {s["no"]: _stood(s) for s in closed.last.standings} if closed else {}


def _stood(standing: Mapping[str, Any]) -> Stood:
    """How an indicator stood by its JSON, and for how many periods in a row where it lagged."""
    if standing["actual"] is None:
        return Stood(None)
    missed = tuple(standing.get("missed", ()))
    chain = LagChain(standing["periods_behind"], missed) if standing["periods_behind"] else None
    return Stood(Status(standing["status"]), chain)


def published_values(closed: Closed | None) -> Mapping[int, Fraction | None]:
    """The numbers of a closed period as they were published, by indicator (核定 included)."""
    if closed is None:
        return {}
    return {s["no"]: _fraction(s["actual"]) for s in closed.last.standings}


def _fraction(value: float | None) -> Fraction | None:
    return None if value is None else Fraction(repr(value))


def _pairs(
    closing: Closing, standings: Sequence[Standing], period: Period
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each indicator as it is now and as it was at *closing* ({} if absent), both as JSON."""
    before = {indicator["no"]: indicator for indicator in closing.standings}
    for now in standings_as_json.assessment(period, standings)["indicators"]:
        yield now, before.get(now["no"], {})


def _differs(now: Mapping[str, Any], before: Mapping[str, Any], plan: Plan) -> bool:
    """Whether an indicator stands otherwise than *before*.

    A closing without colours was made under earlier rules of judgement: its numbers count alone.
    """
    names = _COMPARED if "colour" in before else [name for name in _COMPARED if name != "status"]
    compared = any(now.get(name) != before.get(name) for name in names if name in before)
    answered = _units(now, plan) != _units(before, plan)
    return compared or answered or _is_split_anew(now, before, plan)


def _units(indicator: Mapping[str, Any], plan: Plan) -> list[str]:
    """The units that report it, the lead first, by the names that they have now."""
    units = ((name, plan.unit_named(name)) for name in indicator.get("reports", {}))
    return [unit.name if unit else name for name, unit in units]


def _is_split_anew(now: Mapping[str, Any], before: Mapping[str, Any], plan: Plan) -> bool:
    """Whether a park has another value than *before*, by the names that parks have now.

    A park that was added since had nothing; one that others were merged into had the sum of their
    values, except for a ratio, which cannot be added.
    """
    values, earlier = _by_park(now, plan), _by_park(before, plan)
    is_ratio = any(i.no == now["no"] and i.kind is Kind.RATIO for i in plan.indicators)
    return any(
        sum(values.get(park, ())) != sum(earlier.get(park, ()))
        for park in {*values, *earlier}
        if not (is_ratio and len(earlier.get(park, ())) > 1)
    )


def _by_park(indicator: Mapping[str, Any], plan: Plan) -> dict[str, list[Decimal]]:
    """The values of *indicator* by the names that parks have now."""
    values: dict[str, list[Decimal]] = {}
    for name, value in indicator.get("parks", {}).items():
        if value is not None:
            values.setdefault(plan.place_named(name), []).append(Decimal(repr(value)))
    return values


def close_period(  # noqa: PLR0913  by name only, what a closing consists of
    workspace: Workspace,
    plan: Plan,
    period: Period,
    *,
    by: str,
    adopted: Sequence[Submission],
    standings: Sequence[Standing],
) -> Closing:
    """The closing of *period* as it stands now, written; the last one if it is closed already."""
    before = closings.read_closings(workspace, period)
    if before is not None and before.revision is None:
        return before.last
    now = values_to_close(adopted, plan, period)
    if before is not None and before.revision is not None:
        changes = value_changes.changes(value_changes.under_present_names(before.values, plan), now)
        closings.record_changes(workspace, period, before.revision, changes)
    kept = manifest.read_manifest(workspace, period)
    made = Closing(
        closed=datetime.now(UTC),
        by=by,
        revision=len(before.revisions) if before else 0,
        originals=tuple(
            Original(k.unit, k.file, k.sha256) for k in kept if k.decision is Decision.ACCEPTED
        ),
        values=now,
        standings=standings_as_json.assessment(period, standings)["indicators"],
    )
    closings.write_closing(workspace, period, made)
    return made


def start_revision(workspace: Workspace, period: Period, *, by: str, why: str) -> Revised:
    """The open revision of *period*, started if need be; raise ClosedPeriod if it is not closed."""
    closed = closings.read_closings(workspace, period)
    if closed is None:
        message = f"{period.title}没有定稿，可以直接重新合并，不需要修订。"
        raise ClosedPeriod(message)
    under_way = closed.revision
    if under_way is not None and (under_way.by, under_way.why) == (by, why):
        return under_way
    return closings.open_revision(workspace, period, by=by, why=why)


def revision_note(
    closed: Closed | None, standings: Sequence[Standing], plan: Plan, period: Period
) -> str:
    """修订说明: what differs now from the bulletin first published; "" where nothing does."""
    if closed is None or not closed.revisions:
        return ""
    first = closed.closings[0]
    pairs = _pairs(first, standings, period)
    moved = [_moved(now, before, plan) for now, before in pairs if before]
    moves = "；".join(text for text in moved if text)
    if not moves and not any(line.change for line in closed.record):
        return ""
    who = "，".join(f"{_day(line.when)}由{line.by}修订（{line.why}）" for line in closed.revisions)
    changed = moves or "单位所报数有修订，各项指标的数不变"
    return f"修订说明：本期于{_day(first.closed)}定稿，{who}：{changed}"


def _moved(now: Mapping[str, Any], before: Mapping[str, Any], plan: Plan) -> str:
    """How an indicator moved since it was published; "" where it did not."""
    parts: list[str] = []
    indicator = next(i for i in plan.indicators if i.no == now["no"])
    if now["target"] != before["target"]:
        promised, promises = (_target(state["target"], indicator) for state in (before, now))
        parts.append(f"目标由{promised}改为{promises}")
    if now["actual"] != before["actual"]:
        old, new = _exact(before["actual"]), _exact(now["actual"])
        parts.append(
            f"由{_distinct_amount(old, new, indicator)}改为{_distinct_amount(new, old, indicator)}"
        )
    if now["status"] != before["status"]:
        parts.append(f"状态由“{before['status']}”改为“{now['status']}”")
    if not parts and _is_split_anew(now, before, plan):
        parts.append("分园区数有修订")
    return f"第{now['no']}项{now['name']}{'，'.join(parts)}" if parts else ""


def _target(target: float | str | None, indicator: Indicator) -> str:
    """A target from JSON in words: a number with its measure, or the word that replaced it."""
    if target is None or isinstance(target, str):
        return f"“{target or '未填'}”"
    return f"{all_digits(Decimal(repr(target)))}{indicator.measure}"


def _exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value))


def _distinct_amount(value: Decimal | None, other: Decimal | None, indicator: Indicator) -> str:
    """*value* with its measure, and with digits enough not to look like the *other*."""
    places = indicator.decimals
    if value is not None and other is not None:
        places = decimals_apart(value, [other], places)
    return amount(indicator, value, decimals=places)

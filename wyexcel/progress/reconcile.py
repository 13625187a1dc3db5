"""Two units, one quantity: whose number counts, and where the two disagree (差异核对).

Units are alternative sources of the same number and are never added (domain.md C2).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.plan.agreed_value import NOTHING_AGREED, Agreed
from wyexcel.plan.element import Element
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.progress.standing import Source
from wyexcel.progress.totals import EXACT, Listed, Report, Reports


class State(StrEnum):
    """How the units' reports of one element were settled."""

    AGREED = "一致"
    DISPUTED = "待核"
    ALONE = "独报"
    STAND_IN = "代报"
    PARTIAL = "核对单位未报"
    UNREPORTED = "未报"
    RULED = "已核定"


class Settled(Struct, frozen=True, kw_only=True):
    """One element settled over its units, in the element's measure.

    `unit` is whose value counts; `reported_value` what it reported, and `value` the same
    unless the office agreed on another (`agreed`, by park). `difference` is the lead's value minus
    the one farthest from it, `tolerance` how far apart amounts may lie. `only` names what one
    unit's list has and another's lacks, `parks_apart` what they put in different parks, and where.
    """

    element: Element
    state: State
    unit: str | None
    value: Decimal | None
    reports: Mapping[str, Report]
    parks: Mapping[str, Decimal]
    cells: tuple[Source, ...]
    difference: Decimal | None
    tolerance: Decimal
    only: Mapping[str, tuple[str, ...]]
    agreed: Mapping[str, Agreed]
    reported_value: Decimal | None
    parks_apart: Mapping[str, tuple[tuple[str, str], ...]]


def settle(
    reports: Reports, plan: Plan, agreed: Mapping[tuple[str, str], Agreed] = NOTHING_AGREED
) -> tuple[Settled, ...]:
    """Every element of the plan, settled over the units that answer for it.

    What the office *agreed* on, by element and park, counts in place of what they report.
    """
    return tuple(
        _ruled(
            _settle(
                plan,
                element,
                {u: reports[element.code, u] for u in units if (element.code, u) in reports},
            ),
            {park: a for (code, park), a in agreed.items() if code == element.code},
        )
        for element in plan.elements
        if (units := plan.sources[element.code])
    )


def allowed_difference(plan: Plan, element: Element, value: Decimal | None) -> Decimal:
    """How far another unit's number may lie from *value*, whose unit counts (跨来源容差).

    Counts must agree exactly, amounts within the share that 设置 allows.
    """
    if element.is_count or value is None:
        return Decimal(0)
    share = EXACT.multiply(value.copy_abs(), plan.settings.source_tolerance)
    return EXACT.scaleb(share, -2)


def agree(plan: Plan, element: Element, value: Decimal, other: Decimal) -> bool:
    """Whether *other* is near enough to *value*, whose unit counts."""
    return _is_within(EXACT.subtract(value, other), allowed_difference(plan, element, value))


def _is_within(difference: Decimal, allowed: Decimal) -> bool:
    return difference.copy_abs() <= allowed


def _settle(plan: Plan, element: Element, reports: Mapping[str, Report]) -> Settled:
    units = plan.sources[element.code]
    known = [unit for unit in units if unit in reports and reports[unit].value is not None]
    adopted = reports[known[0]] if known else None
    union, only = _union(plan, reports, known), _only(reports, known)
    parks_apart = _parks_apart(reports, known)
    tolerance = allowed_difference(plan, element, adopted.value if adopted else None)
    difference = _difference(reports, known)
    apart = difference is not None and not _is_within(difference, tolerance)
    return Settled(
        element=element,
        state=_state(units, known, disputed=apart or bool(only or parks_apart)),
        unit=adopted.unit if adopted else None,
        value=_value(element, adopted, union),
        reports=reports,
        parks=_parks(plan, element, reports, union),
        cells=tuple(item.source for item in union.values()) or (adopted.cells if adopted else ()),
        difference=difference,
        tolerance=tolerance,
        only=only,
        agreed={},
        reported_value=_value(element, adopted, union),
        parks_apart=parks_apart,
    )


def _ruled(settled: Settled, agreed: Mapping[str, Agreed]) -> Settled:
    """*settled* with the values on which the office agreed; the reports stay as they are."""
    if not agreed:
        return settled
    parks = {park: a.value for park, a in agreed.items() if park != WHOLE}
    whole = agreed.get(WHOLE)
    return replace(
        settled,
        state=State.RULED,
        value=whole.value if whole else settled.value,
        parks={**settled.parks, **parks},
        agreed=agreed,
    )


def _value(element: Element, adopted: Report | None, union: Mapping[str, Listed]) -> Decimal | None:
    if adopted is None:
        return None
    return Decimal(len(union)) if element.listed else adopted.value


def _state(units: Sequence[str], known: Sequence[str], *, disputed: bool) -> State:
    if not known:
        return State.UNREPORTED
    if disputed:
        return State.DISPUTED
    if known[0] != units[0]:
        return State.STAND_IN
    if len(units) == 1:
        return State.ALONE
    return State.AGREED if len(known) == len(units) else State.PARTIAL


def _difference(reports: Mapping[str, Report], known: Sequence[str]) -> Decimal | None:
    values = [value for unit in known if (value := reports[unit].value) is not None]
    apart = (EXACT.subtract(values[0], other) for other in values[1:])
    return max(apart, key=Decimal.copy_abs, default=None)


def _union(plan: Plan, reports: Mapping[str, Report], known: Sequence[str]) -> Mapping[str, Listed]:
    """Everything that any unit lists, once: as the breakdown source says it, else as the lead."""
    ranked = sorted(known, key=lambda unit: unit != plan.breakdown)
    union: dict[str, Listed] = {}
    for unit in ranked:
        for key, item in reports[unit].listed.items():
            union.setdefault(key, item)
    return union


def _only(reports: Mapping[str, Report], known: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """For each unit, the names that it lists and some other reporting unit does not."""
    units_of = Counter(key for unit in known for key in reports[unit].listed)
    extra = {
        unit: tuple(
            item.name for key, item in reports[unit].listed.items() if units_of[key] < len(known)
        )
        for unit in known
    }
    return {unit: names for unit, names in extra.items() if names}


def _parks_apart(
    reports: Mapping[str, Report], known: Sequence[str]
) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """What units list in different parks: for each name, the units with the parks they say."""
    claims: dict[str, list[tuple[str, Listed]]] = {}
    for unit in known:
        for key, item in reports[unit].listed.items():
            claims.setdefault(key, []).append((unit, item))
    return {
        rows[0][1].name: tuple((unit, item.park) for unit, item in rows)
        for rows in claims.values()
        if len({item.park for _, item in rows}) > 1
    }


def _parks(
    plan: Plan, element: Element, reports: Mapping[str, Report], union: Mapping[str, Listed]
) -> Mapping[str, Decimal]:
    if element.zone_only:
        return {}
    if element.listed:
        if not reports:
            return {}
        parks = [item.park for item in union.values()]
        return {place: Decimal(parks.count(place)) for place in plan.places}
    source = reports.get(plan.breakdown)
    return source.parks if source else {}

"""What each unit says of each element: parks added up, list rows counted, nothing rounded."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Context, Decimal
from functools import reduce
from typing import Final, NamedTuple, TypeAlias

from msgspec import Struct

from wyexcel.forms.submission import Vintage
from wyexcel.period import Period
from wyexcel.plan.element import Element
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.progress.ledger import Ledger, LedgerRow
from wyexcel.progress.standing import Source

EXACT: Final = Context(prec=100_000)
"""Arithmetic that never rounds: more digits than a cell can hold."""


class Listed(NamedTuple):
    """One counted row of a name list: where it belongs and where it stands."""

    park: str
    name: str
    source: Source


class Report(Struct, frozen=True, kw_only=True):
    """What one unit says of one element, in the element's measure; `value` None is no number.

    `parks` holds only the parks that were filled in; `listed` the distinct things by their key.
    """

    element: Element
    unit: str
    value: Decimal | None
    parks: Mapping[str, Decimal]
    cells: tuple[Source, ...]
    listed: Mapping[str, Listed]
    vintage: str = Vintage.FINAL.value


Reports: TypeAlias = Mapping[tuple[str, str], Report]
"""Reports by (element code, unit)."""


def aggregate(ledger: Ledger, plan: Plan, period: Period) -> Reports:
    """Every unit's report in *period* of every element that it said anything about."""
    groups: dict[tuple[str, str], list[LedgerRow]] = {}
    wanted = str(period)
    for row in ledger:
        if row.period == wanted:
            groups.setdefault((row.element, row.unit), []).append(row)
    return {
        key: _listed(plan.element[key[0]], rows, period)
        if plan.element[key[0]].listed
        else _added(plan.element[key[0]], rows, plan.places)
        for key, rows in groups.items()
    }


def _source(row: LedgerRow) -> Source:
    """The cell of *row*, with what stands in it: a number, or the name of a list row."""
    value = row.name if row.item else float(row.value)
    return Source(row.file, row.sheet, row.cell, value)


def _added(element: Element, rows: Sequence[LedgerRow], places: Sequence[str]) -> Report:
    """Parks and buckets added up; the unit's own whole where it did not fill in every one.

    Some parks are never taken for the whole: what is missing is not zero. A park that an older
    form did not ask for is not missing.
    """
    by_park: dict[str, list[LedgerRow]] = {}
    for row in rows:
        by_park.setdefault(row.park, []).append(row)
    parks = {park: _sum(by_park[park]) for park in places if park in by_park}
    value, used = None, []
    if parks and len(parks) == (rows[0].asked or len(places)):
        value, used = reduce(EXACT.add, parks.values()), [r for p in parks for r in by_park[p]]
    elif WHOLE in by_park:
        value, used = _sum(by_park[WHOLE]), by_park[WHOLE]
    return Report(
        element=element,
        unit=rows[0].unit,
        value=value,
        parks=parks,
        cells=tuple(_source(row) for row in used),
        listed={},
        vintage=rows[0].vintage,
    )


def _sum(rows: Sequence[LedgerRow]) -> Decimal:
    """The value of a park: of all its cells, where it is made of several that there were."""
    return reduce(EXACT.add, (row.value for row in rows))


def _listed(element: Element, rows: Sequence[LedgerRow], period: Period) -> Report:
    """Distinct ids with their day in the year so far; a typed number only says that it is known."""
    start = date(period.year, 1, 1)
    listed: dict[str, Listed] = {}
    for row in rows:
        if row.item and row.day and start <= row.day <= period.end:
            listed.setdefault(row.key, Listed(row.park, row.name, _source(row)))
    typed = tuple(_source(row) for row in rows if not row.item)
    return Report(
        element=element,
        unit=rows[0].unit,
        value=Decimal(len(listed)),
        parks={},
        cells=tuple(item.source for item in listed.values()) or typed,
        listed=listed,
        vintage=rows[0].vintage,
    )

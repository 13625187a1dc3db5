"""The values of one form for the zone: sums over its parks, counts of its name lists."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from wyexcel.forms.submission import Entry, ListedItem, Submission
from wyexcel.period import Period
from wyexcel.plan.responsible_units import WHOLE


def counted_items(items: Iterable[ListedItem], period: Period) -> dict[str, ListedItem]:
    """The rows that count by *period*, by key: dated within its months, each thing once."""
    counted: dict[str, ListedItem] = {}
    for item in items:
        day = item.day
        if item.key and day is not None and day.year == period.year and day <= period.end:
            counted.setdefault(item.key, item)
    return counted


def counting_entries(submission: Submission) -> Mapping[str, tuple[Entry, ...]]:
    """The number cells that make up each element: its parks, or its one cell for the zone.

    The zone's own cell counts too where it is filled in and not every park is.
    """
    by_element: dict[str, list[Entry]] = {}
    for entry in submission.entries:
        by_element.setdefault(entry.element, []).append(entry)
    return {element: _counting(entries) for element, entries in by_element.items()}


def _counting(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    parks = tuple([entry for entry in entries if entry.park != WHOLE])
    if not parks or not [entry for entry in parks if entry.number is None]:
        return parks or tuple(entries)
    whole = tuple(entry for entry in entries if entry.park == WHOLE and entry.number is not None)
    return whole or parks


def sum_of(entries: Iterable[Entry]) -> Decimal | None:
    """The exact sum of *entries*; None where any of them says no number."""
    whole = Decimal(0)
    for entry in entries:
        if entry.number is None:
            return None
        whole += entry.number
    return whole


def zone_values(submission: Submission) -> dict[str, Decimal]:
    """Each element's value for the zone, where the form says one; names are counted if listed."""
    values: dict[str, Decimal] = {}
    for element, entries in counting_entries(submission).items():
        rows = [item for item in submission.items if item.element == element]
        value = sum_of(entries)
        if rows and value is None:
            value = Decimal(len(counted_items(rows, submission.period)))
        if value is not None:
            values[element] = value
    return values

"""The values of forms, one by one, to compare what was published with what is sent."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

from wyexcel.files.number_display import all_digits
from wyexcel.forms.listed_key import key_of
from wyexcel.forms.submission import Submission
from wyexcel.forms.zone_totals import counting_entries
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import WHOLE


class ValuePlace(NamedTuple):
    """Where a value belongs: a number (`item` is ""), or a row of a name list by its id."""

    element: str
    park: str
    item: str = ""

    @property
    def key(self) -> "ValuePlace":
        """The same place, its id as every spelling of it is compared."""
        return self._replace(item=key_of(self.item)) if self.item else self


Values: TypeAlias = Mapping[ValuePlace, str]
"""What one unit says: a number with every digit it has, a list row's day."""

ByUnit: TypeAlias = Mapping[str, Values]


class Change(NamedTuple):
    """A value that is not what it was; "" is no value at all."""

    unit: str
    place: ValuePlace
    old: str
    new: str


_NOTHING: Final = (ValuePlace("", ""), "")


def values_of(submission: Submission, plan: Plan) -> dict[ValuePlace, str]:
    """Every value that counts in *submission*: its parks, or its whole, and the rows of its lists.

    The number beside a name list is the list's own, and so not a value by itself.
    """
    values: dict[ValuePlace, str] = {}
    counting = counting_entries(submission)
    for e in submission.entries:
        counts = e.park != WHOLE or e in counting[e.element]
        if counts and e.number is not None and not plan.element[e.element].listed:
            _add(values, ValuePlace(e.element, e.park), all_digits(e.number))
    for i in submission.items:
        if i.key:
            day = "" if i.day is None else i.day.isoformat()
            values[ValuePlace(i.element, i.park, i.called)] = day or "—"
    return values


def values_by_unit(submissions: Iterable[Submission], plan: Plan) -> dict[str, Values]:
    """The values of each unit."""
    return {submission.unit: values_of(submission, plan) for submission in submissions}


def changes(before: ByUnit, now: ByUnit) -> Iterator[Change]:
    """Everything in *now* that is not as it was *before*; another spelling is no change."""
    for unit in dict.fromkeys((*before, *now)):
        old, new = _by_key(before.get(unit, {})), _by_key(now.get(unit, {}))
        for key in dict.fromkeys((*old, *new)):
            place, _ = old.get(key) or new[key]
            (_, was), (_, is_now) = old.get(key, _NOTHING), new.get(key, _NOTHING)
            if was != is_now:
                yield Change(unit, place, was, is_now)


def _by_key(values: Values) -> Mapping[ValuePlace, tuple[ValuePlace, str]]:
    """Each of *values* with its place as it was written, by the key of that."""
    by_key: dict[ValuePlace, tuple[ValuePlace, str]] = {}
    for place, value in values.items():
        by_key.setdefault(place.key, (place, value))
    return by_key


def under_present_names(values: ByUnit, plan: Plan) -> dict[str, dict[ValuePlace, str]]:
    """*values* under the names that units and parks have now."""
    present_values: dict[str, dict[ValuePlace, str]] = {}
    for unit, unit_values in values.items():
        present_unit = plan.unit_named(unit)
        present: dict[ValuePlace, str] = {}
        for place, value in unit_values.items():
            _add(present, place._replace(park=plan.place_named(place.park)), value)
        present_values.setdefault(present_unit.name if present_unit else unit, {}).update(present)
    return present_values


def _add(values: dict[ValuePlace, str], place: ValuePlace, value: str) -> None:
    """Put *value* at *place*; a number is added to what parks that are one now have there."""
    if place in values and not place.item:
        value = all_digits(Decimal(values[place]) + Decimal(value))
    values[place] = value

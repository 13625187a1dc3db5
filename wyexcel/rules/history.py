"""A form and what its unit reported before: what rules from period to period look at."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from msgspec import Struct, field

from wyexcel.files.number_display import rounded
from wyexcel.forms.blank.prefilled import NOTHING_PREFILLED, with_given_year_ago
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.submission import Entry, Submission
from wyexcel.forms.value_changes import ByUnit
from wyexcel.forms.zone_totals import counted_items, zone_values
from wyexcel.period import Period
from wyexcel.plan.element import Kind

_PLACES: Final = 2
_SLIPS: Final = ((Fraction(1, 50_000), Fraction(1, 2_000)), (Fraction(500), Fraction(50_000)))
"""By how much a number is off in a mistaken measure (10⁻⁴; 10³, 10⁴), growth allowed for."""


Past: TypeAlias = Mapping[str, Sequence[tuple[int, Decimal]]]
"""A unit's earlier values of each element, oldest first, each with the months that it counts."""


class History(Struct, frozen=True, kw_only=True, dict=True):
    """What was adopted before, by unit: in the year's last merged period, and a year ago.

    `ended` is what was adopted in `end`, last year's last merged period.
    `counted` are the things of name lists that count in an earlier year: element and key, and the
    year. `published` is what each unit said in the period itself, where that is closed (定稿),
    `kept` the hashes of the forms that were adopted for it. `replaced` are the forms of a year ago
    that were adopted and later replaced, `last_replaced` those of the last period, `past` the
    wholes of earlier periods, by unit and element, each with its months; these are read only where
    a rule asks for them. `last_is_closed` says that the last period is.
    """

    period: Period | None = None
    last: Mapping[str, Submission] = field(default_factory=dict[str, Submission])
    year_ago: Mapping[str, Submission] = field(default_factory=dict[str, Submission])
    end: Period | None = None
    ended: Mapping[str, Submission] = field(default_factory=dict[str, Submission])
    counted: Mapping[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    published: ByUnit | None = None
    kept: frozenset[str] = frozenset()
    last_is_closed: bool = False
    last_replaced: Callable[[], Sequence[Submission]] = tuple[Submission, ...]
    replaced: Callable[[], Sequence[Submission]] = tuple[Submission, ...]
    past: Callable[[], Mapping[str, Past]] = dict[str, Past]


NO_HISTORY: Final = History()


class Pair(NamedTuple):
    """A number now, and what was said in the same place before."""

    entry: Entry
    now: Decimal
    then: Decimal


class FormWithHistory(Struct, frozen=True, kw_only=True, dict=True):
    """A form, and what was reported before it."""

    form: FilledForm
    history: History

    @property
    def last(self) -> Submission | None:
        """The unit's report for the year's last merged period."""
        return self.history.last.get(self.form.submission.unit)

    @property
    def year_ago(self) -> Submission | None:
        """The unit's report for the same months of last year."""
        return self.history.year_ago.get(self.form.submission.unit)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every number that the unit's last report of the year has too."""
        return tuple(_pairs(self.form.submission, self.last)) if self.last else ()

    @cached_property
    def unit_slips(self) -> tuple[Pair, ...]:
        """Amounts that look as if they were typed in another measure than before (元, 亿元)."""
        pairs: Iterable[Pair] = self.pairs
        if not self.last:
            pairs = (
                _pairs(self.form.submission, self.year_ago)
                if self.year_ago
                else self._pairs_with_year_end
            )
        element = self.form.plan.element
        return tuple(p for p in pairs if not element[p.entry.element].is_count and _is_slip(p))

    @property
    def _pairs_with_year_end(self) -> Iterator[Pair]:
        """Every number that is in the last report of last year too, taken for as many months."""
        now, end = self.form.submission, self.history.end
        ended = self.history.ended.get(now.unit)
        if ended is None or end is None:
            return
        for pair in _pairs(now, ended):
            is_level = self.form.plan.element[pair.entry.element].kind is Kind.STOCK
            share = Fraction(1) if is_level else Fraction(now.period.month, end.month)
            yield pair._replace(then=rounded(Fraction(pair.then) * share, _PLACES))

    @cached_property
    def values_now(self) -> Mapping[str, Decimal]:
        """What the form says of each element for the zone."""
        return self.form.zone_values

    @cached_property
    def values_last(self) -> Mapping[str, Decimal]:
        """What the year's last report said of each element for the zone."""
        return zone_values(self.last) if self.last else {}

    @cached_property
    def values_year_ago(self) -> Mapping[str, Decimal]:
        """What the report for the same months of last year said of each element for the zone."""
        return zone_values(self.year_ago) if self.year_ago else {}

    @cached_property
    def past(self) -> Past:
        """What the unit reported in the periods before."""
        return self.history.past().get(self.form.submission.unit, {})

    def was_prefilled_as_year_ago(self, element: str, value: Decimal) -> bool:
        """Whether *value* was 上年同期 of *element* when the form was issued, if not any more.

        Then it stood in a form that was replaced since, or the office had given it.
        """
        form, unit = self.form, self.form.submission.unit
        given = with_given_year_ago(NOTHING_PREFILLED, form.plan, form.submission.period).year_ago
        return given.get(element) == value or _any_said(
            self.history.replaced(), unit, element, value
        )

    def was_prefilled_as_previous(self, element: str, value: Decimal) -> bool:
        """Whether *value* was 上期累计 of *element* when the form was issued, if not any more."""
        unit = self.form.submission.unit
        return _any_said(self.history.last_replaced(), unit, element, value)


def _any_said(forms: Iterable[Submission], unit: str, element: str, value: Decimal) -> bool:
    """Whether *value* was that of *element* in one of *forms* of *unit*."""
    return any(zone_values(form).get(element) == value for form in forms if form.unit == unit)


def _pairs(now: Submission, before: Submission) -> Iterator[Pair]:
    values_now, values_before = _values_by_place(now), _values_by_place(before)
    first = {(e.element, e.park): e for e in reversed(now.entries)}
    for entry in now.entries:
        place = entry.element, entry.park
        if place in values_before and place in values_now and first[place] is entry:
            yield Pair(entry, values_now[place], values_before[place])


def _values_by_place(submission: Submission) -> Mapping[tuple[str, str], Decimal]:
    """Each number by element and park; a count that is left to its name list is the list's."""
    values: dict[tuple[str, str], Decimal] = {}
    for entry in submission.entries:
        number = entry.number
        if number is None:
            rows = [item for item in submission.items if item.element == entry.element]
            number = Decimal(len(counted_items(rows, submission.period))) if rows else None
        if number is not None:
            place = entry.element, entry.park
            values[place] = values.get(place, Decimal(0)) + number
    return values


def _is_slip(pair: Pair) -> bool:
    """Whether a number is off by as much as where its measure was mistaken."""
    if not pair.now or not pair.then:
        return False
    factor = Fraction(pair.now) / Fraction(pair.then)
    return any(low <= factor <= high for low, high in _SLIPS)

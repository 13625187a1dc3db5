"""A form and what its unit reported before: what rules from period to period look at."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from msgspec import Struct, field

from wyexcel.files.number_display import rounded
from wyexcel.forms.blank.prefilled import NOTHING_PREFILLED, Prefilled, with_given_year_ago
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.submission import Entry, Submission
from wyexcel.forms.value_changes import ByUnit
from wyexcel.forms.zone_totals import counted_items, zone_values
from wyexcel.period import Period
from wyexcel.plan.element import Kind
from wyexcel.rules import swapped_parks, unit_slips
from wyexcel.rules.other_measure import OtherMeasure, by_digits
from wyexcel.rules.swapped_parks import Swap
from wyexcel.rules.unit_slips import Compared, Slip

_PLACES: Final = 2
_EVEN: Final = Fraction(1)

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


class Earlier(NamedTuple):
    """An earlier report: its numbers by element and park, and how it is called in a sentence.

    What runs from January on makes so large a *share* by now of what it was then.
    """

    values: Mapping[tuple[str, str], Decimal]
    share: Fraction
    before: str
    is_year_end: bool = False


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
    def compared(self) -> Mapping[str, tuple[Compared, ...]]:
        """Each counting cell with what it said before: last in the year, a year ago, at its end.

        What was nothing then says nothing, as long as an earlier report says something.
        """
        counting = self.form.counting_entries
        sources = tuple(self._earlier()) if self.history is not NO_HISTORY else ()
        by_element = (
            (code, tuple(self._compared(entries, sources))) for code, entries in counting.items()
        )
        return {code: cells for code, cells in by_element if cells} if sources else {}

    def _compared(self, entries: Sequence[Entry], sources: Sequence[Earlier]) -> Iterator[Compared]:
        for entry in entries:
            place = entry.element, entry.park
            said = [source for source in sources if place in source.values]
            source = next((s for s in said if s.values[place]), said[0] if said else None)
            now = self._values_by_place.get(place)
            if source is None or now is None or self._places[place] is not entry:
                continue
            is_level = self.form.plan.element[entry.element].kind is Kind.STOCK
            then, pace = source.values[place], _EVEN if is_level else source.share
            if source.is_year_end:
                then, pace = rounded(Fraction(then) * pace, _PLACES), _EVEN
            yield Compared(entry, now, then, pace, source.before)

    @cached_property
    def _values_by_place(self) -> Mapping[tuple[str, str], Decimal]:
        return values_by_place(self.form.submission)

    @cached_property
    def _places(self) -> Mapping[tuple[str, str], Entry]:
        """The first cell of each element and park."""
        return {(e.element, e.park): e for e in reversed(self.form.submission.entries)}

    def _earlier(self) -> Iterator[Earlier]:
        """What the unit reported before, the nearest first."""
        history, months = self.history, self.form.submission.period.month
        if self.last and history.period:
            share = Fraction(months, history.period.month)
            yield Earlier(self._values_last, share, f"上期（{history.period}）")
        if self.year_ago:
            yield Earlier(self._values_year_ago, Fraction(1), "上年同期")
        ended = history.ended.get(self.form.submission.unit)
        if ended and history.end:
            share, before = Fraction(months, history.end.month), f"上年 {history.end} 按月折算的"
            yield Earlier(values_by_place(ended), share, before, is_year_end=True)

    def other_measure(self, entry: Entry) -> OtherMeasure | None:
        """In which other measure *entry* goes on at its pace to the digit; None where in none."""
        element = self.form.plan.element[entry.element]
        for cell in self.compared.get(entry.element, ()):
            if cell.entry is entry and not element.is_count and cell.now * cell.then > 0:
                factor = Fraction(cell.now) / cell.paced
                return by_digits(cell.now, factor, element.measure)
        return None

    def value_at(self, entry: Entry) -> Decimal:
        """What stands where *entry* is; 0 where nothing does."""
        return self._values_by_place.get((entry.element, entry.park), Decimal(0))

    @cached_property
    def swaps(self) -> Mapping[str, Swap]:
        """The rows whose parks stand in each other's cells, by element."""
        return swapped_parks.swaps(self.form.plan, self.compared)

    @cached_property
    def unit_slips(self) -> tuple[Slip, ...]:
        """Amounts that look as if they were typed in another measure than asked (元, 亿元)."""
        compared = {code: cells for code, cells in self.compared.items() if code not in self.swaps}
        slips = tuple(unit_slips.by_history(self.form, compared))
        known = frozenset(entry.element for slip in slips for entry in slip.entries)
        return (*slips, *unit_slips.by_target(self.form, known))

    @cached_property
    def copied(self) -> Mapping[str, tuple[Entry, ...]]:
        """The amounts that are exactly last year's, by element: the whole row, else some parks.

        One that is the last report's too is told by itself (P03).
        """
        copied: dict[str, tuple[Entry, ...]] = {}
        for code, entries in self.form.counting_entries.items():
            element, now = self.form.plan.element[code], self.values_now.get(code)
            if element.kind is not Kind.FLOW or element.is_count or not now:
                continue
            if now == self.given_year_ago.get(code) != self.values_last.get(code):
                copied[code] = entries
            elif parks := tuple(entry for entry in entries if self._is_last_years(entry)):
                copied[code] = parks
        return copied

    def _is_last_years(self, entry: Entry) -> bool:
        place = entry.element, entry.park
        now, then = self._values_by_place.get(place), self._values_year_ago.get(place)
        return bool(now) and now == then != self._values_last.get(place)

    @cached_property
    def _values_last(self) -> Mapping[tuple[str, str], Decimal]:
        return values_by_place(self.last) if self.last else {}

    @cached_property
    def _values_year_ago(self) -> Mapping[tuple[str, str], Decimal]:
        return values_by_place(self.year_ago) if self.year_ago else {}

    @cached_property
    def mistaken(self) -> frozenset[tuple[str, str]]:
        """The cells, by element and park, of which it is told already that they were mistaken.

        They are in another measure, in each other's park, or last year's.
        """
        entries = {*(e for slip in self.unit_slips for e in slip.entries)}
        entries |= {c.entry for swap in self.swaps.values() for c in swap.cells}
        entries |= {entry for row in self.copied.values() for entry in row}
        return frozenset((entry.element, entry.park) for entry in entries)

    @cached_property
    def slipped(self) -> frozenset[str]:
        """The elements that `unit_slips` tell of."""
        return frozenset(entry.element for slip in self.unit_slips for entry in slip.entries)

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
    def given_year_ago(self) -> Mapping[str, Decimal]:
        """The same, and what the office gave of it where there is no such report."""
        known = Prefilled(year_ago=self.values_year_ago)
        return with_given_year_ago(known, self.form.plan, self.form.submission.period).year_ago

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
    values_now, values_before = values_by_place(now), values_by_place(before)
    first = {(e.element, e.park): e for e in reversed(now.entries)}
    for entry in now.entries:
        place = entry.element, entry.park
        if place in values_before and place in values_now and first[place] is entry:
            yield Pair(entry, values_now[place], values_before[place])


def values_by_place(submission: Submission) -> Mapping[tuple[str, str], Decimal]:
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

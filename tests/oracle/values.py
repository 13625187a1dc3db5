"""What a period's forms come to: every element settled over its units (domain.md C1, C2)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from tests.oracle.official_table import (
    COMMITTEE,
    ELEMENTS,
    PLACES,
    WHOLE,
    Indicator,
)
from tests.oracle.season import Form, Item, Ruling, When

Number = Fraction | None


class Settled(Struct, frozen=True, kw_only=True):
    """One element: whose value counts, what each unit says, where they disagree.

    `cells` are (unit, element, park or list id) of what counts.
    """

    code: str
    unit: str | None
    value: Number
    own: Number
    by_unit: Mapping[str, Number]
    heard: tuple[str, ...]
    parks: Mapping[str, Fraction]
    own_parks: Mapping[str, Fraction]
    disputed: bool
    only: Mapping[str, tuple[str, ...]]
    cells: tuple[tuple[str, str, str], ...]
    rulings: tuple[Ruling, ...]


def counted(form: Form, code: str, when: When) -> tuple[Item, ...]:
    """The things of a list with their day in the year so far, each id once."""
    things: dict[str, Item] = {}
    for item in form.lists.get(code, ()):
        if item.day.year == when.year and item.day.month <= when.month:
            things.setdefault(item.id, item)
    return tuple(things.values())


def said(form: Form, unit: str, code: str, when: When) -> Number:
    """What *unit* says of *code* for the zone; None where it gives no number for a part of it."""
    mine = {park: v for (element, park), v in form.numbers.items() if element == code}
    if any(isinstance(value, str) for value in mine.values()):
        return None
    if ELEMENTS[code].listed:
        return Fraction(len(counted(form, code, when)))
    del unit
    return sum((Fraction(v) for v in mine.values() if not isinstance(v, str)), Fraction(0))


def settle(
    code: str,
    forms: Mapping[str, Form],
    when: When,
    tolerance: Decimal,
    rulings: Sequence[Ruling],
) -> Settled:
    """*code* settled: the lead's number, else the checker's; a union for lists; 核定 over all."""
    element = ELEMENTS[code]
    heard = tuple(unit for unit in element.units if unit in forms)
    by_unit = {unit: said(forms[unit], unit, code, when) for unit in heard}
    known = [unit for unit in heard if by_unit[unit] is not None]
    lead = known[0] if known else None
    union, only = _union(code, forms, known, when)
    own = by_unit[lead] if lead else None
    if element.listed and lead:
        own = Fraction(len(union))
    mine = [r for r in rulings if r.element == code and r.when == when]
    ruled = {r.park: Fraction(r.value) for r in mine}
    own_parks = _parks(code, forms, union, heard)
    return Settled(
        code=code,
        unit=lead,
        value=ruled.get(WHOLE, own),
        own=own,
        by_unit=by_unit,
        heard=heard,
        parks={**own_parks, **{p: v for p, v in ruled.items() if p != WHOLE}},
        own_parks=own_parks,
        disputed=not mine and _is_disputed(code, by_unit, known, only, tolerance),
        only=only,
        cells=_cells(code, forms, lead, union),
        rulings=tuple(mine),
    )


def _union(
    code: str, forms: Mapping[str, Form], known: Sequence[str], when: When
) -> tuple[dict[str, tuple[str, Item]], dict[str, tuple[str, ...]]]:
    """Every thing once, with the unit that says it; and what one unit has and another lacks."""
    if not ELEMENTS[code].listed:
        return {}, {}
    lists = {unit: counted(forms[unit], code, when) for unit in known}
    union: dict[str, tuple[str, Item]] = {}
    for unit in sorted(known, key=lambda unit: unit != COMMITTEE):
        for item in lists[unit]:
            union.setdefault(item.id, (unit, item))
    ids = [{item.id for item in things} for things in lists.values()]
    everywhere: set[str] = set.intersection(*ids) if ids else set()
    only = {
        unit: names
        for unit in known
        if (names := tuple(i.name for i in lists[unit] if i.id not in everywhere))
    }
    return union, only


def _is_disputed(
    code: str,
    by_unit: Mapping[str, Number],
    known: Sequence[str],
    only: Mapping[str, tuple[str, ...]],
    tolerance: Decimal,
) -> bool:
    """Counts must be the same, amounts within a share of the one that counts; lists the same."""
    numbers = [number for unit in known if (number := by_unit[unit]) is not None]
    if only or len(numbers) < 2:
        return bool(only)
    allowed = Fraction(0)
    if not ELEMENTS[code].is_count:
        allowed = abs(numbers[0]) * Fraction(tolerance) / 100
    return any(abs(numbers[0] - other) > allowed for other in numbers[1:])


def _parks(
    code: str,
    forms: Mapping[str, Form],
    union: Mapping[str, tuple[str, Item]],
    heard: Sequence[str],
) -> dict[str, Fraction]:
    """The numbers by park: of the list, or of the one unit that splits its numbers."""
    if ELEMENTS[code].zone_only or not heard:
        return {}
    if ELEMENTS[code].listed:
        known = any(isinstance(forms[unit].numbers[code, WHOLE], Decimal) for unit in heard)
        places = [item.park for _, item in union.values()]
        return {place: Fraction(places.count(place)) for place in PLACES} if known else {}
    if COMMITTEE not in heard:
        return {}
    numbers = forms[COMMITTEE].numbers
    values = {place: numbers[code, place] for place in PLACES}
    return {place: Fraction(v) for place, v in values.items() if not isinstance(v, str)}


def _cells(
    code: str,
    forms: Mapping[str, Form],
    lead: str | None,
    union: Mapping[str, tuple[str, Item]],
) -> tuple[tuple[str, str, str], ...]:
    if lead is None:
        return ()
    if union:
        return tuple((unit, code, item.id) for unit, item in union.values())
    return tuple((lead, code, park) for element, park in forms[lead].numbers if element == code)


def put_together(row: Indicator, values: Mapping[str, Number]) -> Number:
    """The printed value of an indicator out of its elements; ratios are ratios of sums."""
    above = [values.get(code) for code in row.above]
    below = [values.get(code) for code in row.below]
    if any(value is None for value in (*above, *below)):
        return None
    total = sum((v for v in above if v is not None), Fraction(0))
    if not row.below:
        return total * row.scale
    divisor = sum((v for v in below if v is not None), Fraction(0))
    return total / divisor * row.scale if divisor else None

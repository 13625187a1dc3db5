"""Parks whose numbers stand in each other's cells, as far as the last report can tell."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple, TypeVar

from wyexcel.plan.plan import Plan
from wyexcel.rules.unit_slips import Compared

_NEAR: Final = 3
"""How many tenths a park may move from its own share and still be told by it."""

Number = TypeVar("Number", Decimal, Fraction)

_FEWEST_APART: Final = 3
"""Counts of two parks that lie nearer to each other may well change places."""

_BETTER: Final = 3
"""In the other order the parks fit that much better, as powers go."""

_ENDLESS: Final = Fraction(10**30)


class Swap(NamedTuple):
    """The parks of one row that would fit as before if their numbers changed places."""

    cells: tuple[Compared, ...]


def swaps(plan: Plan, compared: Mapping[str, Sequence[Compared]]) -> Mapping[str, Swap]:
    """The rows whose parks only fit the last report in another order, by element.

    What the zone grew by is no matter: each park is held against its part of that.
    """
    found = ((code, _swapped(plan, code, cells)) for code, cells in compared.items())
    return {code: Swap(cells) for code, cells in found if cells}


def _swapped(plan: Plan, code: str, cells: Sequence[Compared]) -> tuple[Compared, ...]:
    parks = [c for c in cells if c.entry.park in plan.places]
    if len(parks) <= 1 or any(c.before != parks[0].before for c in parks):
        return ()
    now = sum((c.now for c in parks), Decimal(0))
    then = sum((c.then for c in parks), Decimal(0))
    if now <= 0 or then <= 0:
        return ()
    moved = [c for c in parks if not _near(c.now * then, c.then * now)]
    if len(moved) <= 1 or any(c.entry.park in plan.buckets and not c.now for c in moved):
        return ()
    wanted = [Fraction(c.then) * Fraction(now) / Fraction(then) for c in moved]
    there = [Fraction(c.now) for c in moved]
    apart = _FEWEST_APART if plan.element[code].is_count else 0
    if max(there) - min(there) < apart:
        return ()
    fits = [*zip(sorted(there), sorted(wanted), strict=True)]
    as_typed = _misfit([*zip(there, wanted, strict=True)])
    is_swap = all(_near(*pair) for pair in fits) and _misfit(fits) ** _BETTER <= as_typed
    return tuple(moved) if is_swap else ()


def _near(now: Number, expected: Number) -> bool:
    return 10 * abs(now - expected) <= _NEAR * expected


def _misfit(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """By what factor *pairs* are apart, all together; where nothing meets something, endlessly."""
    apart = Fraction(1)
    for now, expected in pairs:
        if now and expected:
            apart *= max(now / expected, expected / now)
        elif now or expected:
            return _ENDLESS
    return apart

"""Parks whose numbers stand in each other's cells, as far as the last report can tell."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from wyexcel.plan.plan import Plan
from wyexcel.rules.unit_slips import Compared

_NEAR: Final = Fraction(30, 100)
"""How far a park may move from its own share and still be told by it."""

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
    now = sum((Fraction(c.now) for c in parks), Fraction(0))
    then = sum((Fraction(c.then) for c in parks), Fraction(0))
    if len({c.before for c in parks}) != 1 or now <= 0 or then <= 0:
        return ()
    growth = now / then
    moved = [c for c in parks if not _near(Fraction(c.now), Fraction(c.then) * growth)]
    if len(moved) <= 1 or any(c.entry.park in plan.buckets and not c.now for c in moved):
        return ()
    wanted = [Fraction(c.then) * growth for c in moved]
    there = [Fraction(c.now) for c in moved]
    apart = _FEWEST_APART if plan.element[code].is_count else 0
    if max(there) - min(there) < apart:
        return ()
    fits = [*zip(sorted(there), sorted(wanted), strict=True)]
    as_typed = _misfit([*zip(there, wanted, strict=True)])
    is_swap = all(_near(*pair) for pair in fits) and _misfit(fits) ** _BETTER <= as_typed
    return tuple(moved) if is_swap else ()


def _near(now: Fraction, expected: Fraction) -> bool:
    return abs(now - expected) <= expected * _NEAR


def _misfit(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """By what factor *pairs* are apart, all together; where nothing meets something, endlessly."""
    apart = Fraction(1)
    for now, expected in pairs:
        if now and expected:
            apart *= max(now / expected, expected / now)
        elif now or expected:
            return _ENDLESS
    return apart

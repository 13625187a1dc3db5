"""Seasons made up at random: what the office sets, what units fill, what is closed and settled.

Many values lie on a bound: exactly due, a hundredth of 万元 beside it, exactly at a tolerance.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import NamedTuple

from msgspec import Struct, field

from tests.oracle.official_table import (
    COMMITTEE,
    ELEMENTS,
    PARKS,
    PLACES,
    TABLE,
    UNITS,
    WHOLE,
    YEARS,
    Indicator,
)


class When(NamedTuple):
    """A period: the year to the end of a month."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


class Item(NamedTuple):
    """A row of a name list."""

    id: str
    name: str
    park: str
    day: date


class Form(Struct, frozen=True):
    """What one unit fills: numbers or a state (不详) by element and park, and its lists."""

    numbers: dict[tuple[str, str], Decimal | str]
    lists: dict[str, tuple[Item, ...]]


class Ruling(NamedTuple):
    """A number that the office settled (核定值)."""

    when: When
    element: str
    park: str
    value: Decimal


class Season(Struct, frozen=True, kw_only=True):
    """Everything that is made up; `forms` lack a unit that sends nothing.

    `closed` are the periods that are closed after their bulletin; `withdrawn` says that the
    office removes every 核定值 row of a closed period afterwards; `revised` are forms that replace
    others after a closing.
    """

    periods: tuple[When, ...]
    method: str = "达成率"
    escalate: bool = False
    cumulative: bool = True
    tolerance: Decimal = Decimal(1)
    baselines: dict[int, int] = field(default_factory=dict)
    plans: dict[tuple[int, int], tuple[Decimal, ...]] = field(default_factory=dict)
    forms: dict[When, dict[str, Form]] = field(default_factory=dict)
    rulings: tuple[Ruling, ...] = ()
    closed: frozenset[When] = frozenset()
    withdrawn: bool = False
    revised: dict[When, dict[str, Form]] = field(default_factory=dict)


HUNDREDTH = Decimal("0.01")


def make(seed: int) -> Season:
    """The season number *seed*: most are one period, every third several."""
    rng = Random(seed)  # noqa: S311 - made-up numbers
    periods = _periods(rng, several=seed % 3 == 0)
    baselines = {y: rng.randint(5, 14) for y in YEARS if rng.random() < 0.7}
    season = Season(
        periods=periods,
        method=rng.choice(("达成率", "达成率", "百分点")),
        escalate=rng.random() < 0.5,
        cumulative=rng.random() < 0.5,
        tolerance=rng.choice((Decimal(1), Decimal(1), Decimal("0.5"), Decimal(0))),
        baselines=baselines,
        plans=_plans(rng, {when.year for when in periods}, baselines),
    )
    forms = {when: _forms(rng, season, when) for when in periods}
    closed = frozenset(when for when in periods[:-1] if rng.random() < 0.6)
    revised = {
        when: {unit: _forms(rng, season, when).get(unit, forms[when][unit])}
        for when in closed
        if rng.random() < 0.4 and (units := sorted(forms[when]))
        for unit in [rng.choice(units)]
    }
    return Season(
        **{name: getattr(season, name) for name in _SET},
        forms=forms,
        rulings=_rulings(rng, periods),
        closed=closed,
        withdrawn=rng.random() < 0.5,
        revised=revised,
    )


_SET = ("periods", "method", "escalate", "cumulative", "tolerance", "baselines", "plans")


def _periods(rng: Random, *, several: bool) -> tuple[When, ...]:
    year = rng.choice(YEARS)
    if not several:
        month = rng.choice((2, 3, 3, 5, 6, 6, 8, 9, 9, 11, 12, 12))
        return (When(year, month),)
    if rng.random() < 0.4:
        month = rng.choice((3, 6, 9, 12))
        return When(2025, month), When(2026, month)
    months = sorted(rng.sample((3, 6, 9, 12), rng.choice((2, 3, 4))))
    if rng.random() < 0.3:
        months = sorted(rng.sample(range(2, 12), 3))
    return tuple(When(year, month) for month in months)


def _plans(
    rng: Random, years: set[int], baselines: dict[int, int]
) -> dict[tuple[int, int], tuple[Decimal, ...]]:
    """Quarter plans (cumulative here) for some of the indicators with a target."""
    plans: dict[tuple[int, int], tuple[Decimal, ...]] = {}
    for row in TABLE:
        for year in sorted(years):
            target = row.target(year)
            if row.kind == "ratio" or not target or rng.random() > 0.25:
                continue
            start = baselines.get(year, 10) if row.kind == "stock" else 0
            places = 0 if row.kind in {"stock", "count"} else row.decimals
            room = (_decimal(target) - start).scaleb(places)
            steps = sorted(rng.randint(0, max(int(room), 0)) for _ in range(3))
            ends = [Decimal(start) + Decimal(step).scaleb(-places) for step in steps]
            plans[row.no, year] = (*ends, _decimal(target))
    return plans


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _forms(rng: Random, season: Season, when: When) -> dict[str, Form]:
    """What every unit fills; one in six sends nothing."""
    truth = {code: _truth(rng, season, when, code) for code in ELEMENTS}
    things = {code: _things(rng, code, when) for code, e in ELEMENTS.items() if e.listed}
    forms: dict[str, Form] = {}
    for unit in UNITS:
        if rng.random() > 1 / 6:
            forms[unit] = _form(rng, unit, when, truth, things)
    return forms


def _truth(rng: Random, season: Season, when: When, code: str) -> Decimal:
    """A sum for the zone in the measure that is filled, often on a bound of its indicator."""
    if code == "C04":
        return Decimal(20_000_000)  # no park has less than its enterprises above the scale
    if code == "C06":
        return Decimal(1_000)
    if code == "C07":
        return rng.choice(list(map(Decimal, ("2.15", "2.2", "2.149999", "2.2000001", "2.3"))))
    if code.startswith("C03"):
        percent = rng.choice(("84", "85", "83.99", "83.9999999", "84.99", "84.9999999", "86"))
        leading = Decimal(percent) * 200_000
        parts = {"C03a": leading - 6_000_000, "C03b": Decimal(4_000_000)}
        return parts.get(code, Decimal(2_000_000) if code == "C03c" else Decimal(600_000))
    row = next((row for row in TABLE if code in row.above), None)
    return _amount(rng, row, season, when) if row else Decimal(0)


_BOUNDS = ("0.8", "0.95", "1", "1.1")
_SHARES = tuple(map(Fraction, (*_BOUNDS, *_BOUNDS, *_BOUNDS, "0", "0.5", "0.9", "1.4", "2.5")))


def _amount(rng: Random, row: Indicator, season: Season, when: When) -> Decimal:
    """A sum at, or a little beside, a share of what the year asks for by then."""
    target = row.target(when.year) or Fraction(1, 100)
    if row.kind == "stock":
        return Decimal(rng.randint(4, 21))
    plan = season.plans.get((row.no, when.year))
    due = target * Fraction(when.month, 12)
    if plan and when.month % 3 == 0:
        due = Fraction(plan[when.month // 3 - 1])
    exact = rng.choice((due, due, target)) * rng.choice(_SHARES) / row.scale
    rounded = _decimal(exact).quantize(HUNDREDTH)
    beside = rng.choice((0, 0, 0, 1, -1, Decimal("0.001"), 37)) * HUNDREDTH
    return max(rounded + beside, Decimal(0))


def _things(rng: Random, code: str, when: When) -> tuple[Item, ...]:
    """Things of the year, and now and then one of another year, which does not count."""
    items = [
        Item(
            f"{code}-{when.year}-{n}",
            f"{code}第{n}个",
            PLACES[(n * 7 + when.month + int(code[1:])) % len(PLACES)],
            date(when.year, n % when.month + 1, n * 5 % 28 + 1),
        )
        for n in range(rng.choice((0, 1, 1, 2, 4, 6, 8)))
    ]
    if rng.random() < 0.2:
        items.append(Item(f"{code}-旧", f"{code}旧的", "白沙", date(when.year - 1, 12, 31)))
    return tuple(items)


def _form(
    rng: Random,
    unit: str,
    when: When,
    truth: dict[str, Decimal],
    things: dict[str, tuple[Item, ...]],
) -> Form:
    numbers: dict[tuple[str, str], Decimal | str] = {}
    lists: dict[str, tuple[Item, ...]] = {}
    shares = tuple(rng.choice((0, 10, 15, 25)) for _ in PARKS)
    for code, element in ELEMENTS.items():
        if unit not in element.units:
            continue
        if element.listed:
            rows = tuple(item for item in things[code] if rng.random() > 0.1)
            counted = sum(item.day.year == when.year for item in rows)
            numbers[code, WHOLE] = Decimal(counted)
            lists[code] = rows
        elif unit == COMMITTEE and not element.zone_only:
            numbers |= _split(rng, code, _own(rng, truth[code], code), shares)
        else:
            numbers[code, WHOLE] = _own(rng, truth[code], code)
    for code in {element: None for element, _ in numbers}:
        if rng.random() < 0.04:
            _withhold(rng, code, numbers, lists)
    return Form(numbers, lists)


def _own(rng: Random, truth: Decimal, code: str) -> Decimal:
    """The truth as one unit has it: mostly the same, or near or beyond the tolerance."""
    if code in {"C03a", "C03b", "C03c", "C03d", "C04", "C06"}:
        return truth
    if ELEMENTS[code].is_count:
        return truth + rng.choice((0, 0, 0, 1))
    factor = rng.choice((*("1",) * 9, "1.01", "0.99", "1.005", "1.02", "0.9"))
    return (truth * Decimal(factor)).quantize(Decimal("0.00000001")).normalize()


def _split(
    rng: Random, code: str, total: Decimal, shares: tuple[int, ...]
) -> dict[tuple[str, str], Decimal | str]:
    """*total* over parks and buckets; what belongs to one ratio is split by the same *shares*."""
    if any(code in group for group in _TOGETHER):
        spent = _TOGETHER[1]  # a park may have nothing of it
        parts = [total * (share if code in spent else share + 5) / 100 for share in shares]
        parts.append(total - sum(parts))
    else:
        parts = _parts_of(rng, total, 0 if ELEMENTS[code].is_count else 2)
    rest = parts.pop()
    buckets = (rest, Decimal(0)) if shares[0] % 2 else (Decimal(0), rest)
    return {(code, park): value for park, value in zip(PLACES, (*parts, *buckets), strict=True)}


def _parts_of(rng: Random, total: Decimal, places: int) -> list[Decimal]:
    """A part for every park, and what is left."""
    left, parts = total, list[Decimal]()
    for _ in PARKS:
        part = (total * rng.randint(0, 30) / 100).quantize(Decimal(1).scaleb(-places))
        parts.append(min(part, left))
        left -= parts[-1]
    return [*parts, left]


def _withhold(
    rng: Random,
    code: str,
    numbers: dict[tuple[str, str], Decimal | str],
    lists: dict[str, tuple[Item, ...]],
) -> None:
    """No number but a state; of a ratio, for numerator and denominator."""
    state = rng.choice(("不详", "不适用"))
    together = next((group for group in _TOGETHER if code in group), (code,))
    for element, park in numbers:
        if element in together:
            numbers[element, park] = state
    if code in lists:
        lists[code] = ()


_TOGETHER = (("C03a", "C03b", "C03c", "C03d", "C04"), ("C06", "C07"))


def _rulings(rng: Random, periods: tuple[When, ...]) -> tuple[Ruling, ...]:
    """What the office settles, at most once a period."""
    rulings: list[Ruling] = []
    for when in periods:
        if rng.random() < 0.35:
            code = rng.choice(("C01", "C02", "C05", "C09", "C14", "C07"))
            value = Decimal(rng.randint(1, 20))
            if code in {"C02", "C05"}:
                value *= Decimal("20000.25")
            rulings.append(Ruling(when, code, WHOLE, value))
    return tuple(rulings)

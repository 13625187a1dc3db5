"""What a form already says when it is issued: 上期累计 and 上年同期."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec import Struct, field

from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.settings import GivenKind


class Prefilled(Struct, frozen=True, kw_only=True):
    """What the office already knows of a unit: its last report of the year, and last year's."""

    previous: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])
    year_ago: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])


NOTHING_PREFILLED: Final = Prefilled()


def with_given_year_ago(known: Prefilled, plan: Plan, period: Period) -> Prefilled:
    """*known*, with 上年同期 from 基期与分解 where no report of last year is at hand."""
    rows = [
        g
        for g in plan.given
        if (g.item, g.year, g.park) == (GivenKind.YEAR_AGO, period.year, WHOLE)
    ]
    at_large = {g.no: g.value for g in rows if g.month is None}
    given = at_large | {g.no: g.value for g in rows if g.month == period.month}
    office = {
        indicator.numerator[0]: _collected(given[indicator.no], indicator.scale)
        for indicator in plan.indicators
        if indicator.no in given and len(indicator.elements) == 1
    }
    return Prefilled(previous=known.previous, year_ago={**office, **known.year_ago})


def _collected(value: Decimal, scale: Fraction) -> Decimal:
    """A printed value in the measure in which it is collected."""
    return value * scale.denominator / scale.numerator

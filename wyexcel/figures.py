"""What an indicator comes to: settled elements put together, in the measure that is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from wyexcel.plan import Indicator, Plan
from wyexcel.reconcile import Settled, State
from wyexcel.standing import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One indicator's numbers, exact and in its printed measure; None is no number.

    `parts` are the numerator and denominator of a ratio in the measure that was filled in.
    """

    actual: Fraction | None
    parts: tuple[Decimal, Decimal] | None
    parks: Mapping[str, Fraction | None]
    reports: Mapping[str, Fraction | None]
    difference: Fraction | None
    disputed: bool
    remarks: tuple[str, ...]
    sources: tuple[Source, ...]


def gather(indicator: Indicator, settled: Mapping[str, Settled], plan: Plan) -> Figures:
    """The figures of *indicator* out of its settled elements (by element code)."""
    used = [settled[code] for code in (*indicator.numerator, *indicator.denominator)]
    values = {s.element.code: s.value for s in used}
    reports = {
        unit: combine(indicator, {s.element.code: _said(s, unit) for s in used})
        for unit in indicator.units
    }
    actual = combine(indicator, values)
    return Figures(
        actual=actual,
        parts=_parts(indicator, values),
        parks={
            place: combine(indicator, {s.element.code: s.parks.get(place) for s in used})
            for place in plan.places
        },
        reports=reports,
        difference=_difference(list(reports.values())),
        disputed=any(s.state is State.DISPUTED for s in used),
        remarks=_remarks(indicator, used),
        sources=() if actual is None else tuple(cell for s in used for cell in s.cells),
    )


def combine(indicator: Indicator, values: Mapping[str, Decimal | None]) -> Fraction | None:
    """Σ numerator (÷ Σ denominator) × scale; None where a component is missing or divides by 0."""
    numerator = _sum(indicator.numerator, values)
    if numerator is None:
        return None
    if not indicator.denominator:
        return numerator * indicator.scale
    denominator = _sum(indicator.denominator, values)
    return numerator / denominator * indicator.scale if denominator else None


def _sum(codes: Sequence[str], values: Mapping[str, Decimal | None]) -> Fraction | None:
    known = [value for code in codes if (value := values[code]) is not None]
    return sum(map(Fraction, known), Fraction(0)) if len(known) == len(codes) else None


def _parts(
    indicator: Indicator, values: Mapping[str, Decimal | None]
) -> tuple[Decimal, Decimal] | None:
    if not indicator.denominator or None in values.values():
        return None
    above = sum((values[code] or Decimal(0) for code in indicator.numerator), Decimal(0))
    below = sum((values[code] or Decimal(0) for code in indicator.denominator), Decimal(0))
    return above, below


def _said(settled: Settled, unit: str) -> Decimal | None:
    report = settled.reports.get(unit)
    return report.value if report else None


def _difference(values: Sequence[Fraction | None]) -> Fraction | None:
    """The first unit's value minus the one farthest from it; None unless two units reported."""
    known = [value for value in values if value is not None]
    return max((known[0] - other for other in known[1:]), key=abs, default=None)


def _remarks(indicator: Indicator, used: Sequence[Settled]) -> tuple[str, ...]:
    remarks: list[str] = []
    stand_ins = dict.fromkeys(s.unit for s in used if s.unit and s.unit != indicator.lead)
    remarks += [f"{indicator.lead}未报，暂用{unit}数据（代报）" for unit in stand_ins]
    remarks += [f"{s.element.name}两家数据不一致，待核" for s in used if s.state is State.DISPUTED]
    return tuple(remarks)

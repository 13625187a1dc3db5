"""What an indicator comes to: settled elements put together, in the measure that is printed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec import Struct

from wyexcel.files.number_display import all_digits
from wyexcel.forms.submission import Vintage
from wyexcel.plan.plan import Indicator, Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.progress.reconcile import Settled, State
from wyexcel.progress.standing import Source


class Figures(Struct, frozen=True, kw_only=True):
    """One indicator's numbers, exact and in its printed measure; None is no number.

    `parts` are the numerator and denominator of a ratio in the measure that was filled in;
    `lacking` says who reported nothing of what, `agreed` what the office found to be right.
    `returned` are the units whose forms came and went back.
    """

    actual: Fraction | None
    parts: tuple[Decimal, Decimal] | None
    parks: Mapping[str, Fraction | None]
    reports: Mapping[str, Fraction | None]
    difference: Fraction | None
    disputed: bool
    remarks: tuple[str, ...]
    lacking: tuple[str, ...]
    agreed: tuple[str, ...]
    sources: tuple[Source, ...]
    returned: tuple[str, ...] = ()

    @property
    def is_of_nothing(self) -> bool:
        """Whether it is a ratio that has none although all was reported: it would divide by 0."""
        return self.parts is not None and not self.parts[1]


def gather(
    indicator: Indicator,
    settled: Mapping[str, Settled],
    plan: Plan,
    *,
    returned: Collection[str] = (),
) -> Figures:
    """The figures of *indicator* out of its settled elements (by element code).

    The forms of the units in *returned* came and went back: it is not said that they sent none.
    """
    used = [settled[code] for code in (*indicator.numerator, *indicator.denominator)]
    values = {s.element.code: s.value for s in used}
    reports = {
        unit: combine(indicator, {s.element.code: _reported_by(s, unit) for s in used})
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
        remarks=_remarks(plan, used, returned),
        lacking=_lacking(plan, used, returned),
        agreed=tuple(text for s in used for text in agreed(s)),
        sources=() if actual is None else tuple(cell for s in used for cell in s.cells),
        returned=tuple(unit for unit in indicator.units if unit in returned),
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
    if len(known) < len(codes):
        return None
    first, *others = known or [Decimal(0)]
    return sum(map(Fraction, others), Fraction(first))


def _parts(
    indicator: Indicator, values: Mapping[str, Decimal | None]
) -> tuple[Decimal, Decimal] | None:
    if not indicator.denominator or None in values.values():
        return None
    above = sum((values[code] or Decimal(0) for code in indicator.numerator), Decimal(0))
    below = sum((values[code] or Decimal(0) for code in indicator.denominator), Decimal(0))
    return above, below


def _lacking(plan: Plan, used: Sequence[Settled], returned: Collection[str]) -> tuple[str, ...]:
    """Who reported nothing of what, not every park of it (未报全), or what went back."""
    missing: dict[tuple[str, str], list[str]] = {}
    for s in used:
        units = () if s.value is not None else plan.sources[s.element.code]
        back = [unit for unit in units if unit in returned and unit not in s.reports]
        for names, template in (
            (back, _WENT_BACK),
            ([unit for unit in units if unit not in back], _PARTLY if s.reports else _NOTHING),
        ):
            if names:
                missing.setdefault(("、".join(names), template), []).append(s.element.name)
    return tuple(
        template.format(unit=unit, names="、".join(names))
        for (unit, template), names in missing.items()
    )


_NOTHING: Final = "{unit}未报{names}"
_PARTLY: Final = "{unit}未报全{names}"
_WENT_BACK: Final = "{unit}已报{names}，退回待重报"


def agreed(settled: Settled) -> Iterator[str]:
    """What the office agreed on, who, when and why, and what the unit itself reported."""
    element = settled.element
    for park, decided in settled.agreed.items():
        reported = settled.reported_value if park == WHOLE else _own_parks(settled).get(park)
        own = "未报" if reported is None else f"报{all_digits(reported)}{element.measure}"
        where = "" if park == WHOLE else f"（{park}）"
        what = f"核定{all_digits(decided.value)}{element.measure}（{decided.signed}）"
        yield f"{element.name}{where}{what}，单位{own}"


def _own_parks(settled: Settled) -> Mapping[str, Decimal]:
    """What was reported park by park."""
    split = (report.parks for report in settled.reports.values() if report.parks)
    return next(split, dict[str, Decimal]())


def _reported_by(settled: Settled, unit: str) -> Decimal | None:
    report = settled.reports.get(unit)
    return report.value if report else None


def _difference(values: Sequence[Fraction | None]) -> Fraction | None:
    """The first unit's value minus the one farthest from it; None unless two units reported."""
    known = [value for value in values if value is not None]
    return max((known[0] - other for other in known[1:]), key=abs, default=None)


def _remarks(plan: Plan, used: Sequence[Settled], returned: Collection[str]) -> tuple[str, ...]:
    stand_ins: dict[tuple[str, str], list[str]] = {}
    for s in used:
        lead = plan.sources[s.element.code][0]
        if s.unit is not None and s.unit != lead:
            stand_ins.setdefault((lead, s.unit), []).append(s.element.name)
    taken = [
        f"{_lead_lacks(lead, names, returned)}，暂用{unit}数据（代报）"
        for (lead, unit), names in stand_ins.items()
    ]
    flash = dict.fromkeys(s.unit for s in used if _is_flash(s))
    preliminary = [f"快报数（{unit}）" for unit in flash]
    return (*preliminary, *taken, *(_dispute(s) for s in used if s.state is State.DISPUTED))


def _lead_lacks(lead: str, names: Sequence[str], returned: Collection[str]) -> str:
    template = _WENT_BACK if lead in returned else _NOTHING
    return template.format(unit=lead, names="、".join(names))


def _is_flash(settled: Settled) -> bool:
    """Whether what counts is a unit's preliminary number (快报)."""
    report = settled.reports.get(settled.unit or "")
    return bool(report and report.vintage == Vintage.FLASH and WHOLE not in settled.agreed)


def parks_apart(settled: Settled) -> Iterator[str]:
    """What the lists of two units put in different parks (“茶厂”市经信局计入官渡、…)."""
    for name, claims in settled.parks_apart.items():
        yield f"“{name}”{'、'.join(f'{unit}计入{park}' for unit, park in claims)}"


def _dispute(settled: Settled) -> str:
    """Who says what (规上工业企业数：市经信局14户、市工业园区管委会13户，不一致，待核)."""
    if settled.only or settled.parks_apart:
        names_of = settled.only.items()
        only = (f"仅{unit}名单有“{'、'.join(names)}”" for unit, names in names_of)
        sayings = iter((*parks_apart(settled), *only))
    else:
        sayings = (
            f"{unit}{all_digits(report.value)}{settled.element.measure}"
            for unit, report in settled.reports.items()
            if report.value is not None
        )
    return f"{settled.element.name}：{'、'.join(sayings)}，不一致，待核"

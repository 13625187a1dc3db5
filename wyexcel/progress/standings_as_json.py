"""How indicators stand, as other programs read it: the JSON of `assess` (contract.md)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from wyexcel.period import Period
from wyexcel.plan.plan import NoTarget, TargetValue
from wyexcel.progress.standing import Standing

Answer: TypeAlias = dict[str, Any]


def assessment(period: Period, standings: Sequence[Standing]) -> Answer:
    """How every indicator stands; numbers unrounded, in the printed measure."""
    return {"period": str(period), "indicators": [_standing(s, period) for s in standings]}


def _standing(standing: Standing, period: Period) -> Answer:
    indicator = standing.indicator
    return {
        "no": indicator.no,
        "name": indicator.name,
        "measure": indicator.measure,
        "target": target(indicator.targets[period.year]),
        "actual": _number(standing.actual),
        "completion": _number(standing.completion),
        "net_completion": _number(standing.net_completion),
        "expected": _number(standing.expected),
        "gap": _number(standing.gap),
        "gap_measure": standing.gap_measure,
        "attainment": _number(standing.attainment),
        "status": standing.status.value,
        "colour": standing.colour.value,
        "reason": standing.reason,
        "remarks": list(standing.remarks),
        "excuse": standing.excuse or None,
        "agreed": list(standing.agreed),
        "outlook": standing.outlook or None,
        "periods_behind": standing.periods_behind,
        "missed": list(standing.missed),
        "parks": _numbers(standing.parks),
        "reports": _numbers(standing.reports),
        "difference": _number(standing.difference),
        "disputed": standing.disputed,
        "year_ago": _number(standing.year_ago),
        "sources": [source._asdict() for source in standing.sources],
    }


def target(value: TargetValue) -> float | str | None:
    """A target as a number, as the word that stands for one, or nothing where it is blank."""
    if isinstance(value, Decimal):
        return float(value)
    return value.value if value is not NoTarget.BLANK else None


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _numbers(values: Mapping[str, Fraction | None]) -> dict[str, float | None]:
    return {name: _number(value) for name, value in values.items()}

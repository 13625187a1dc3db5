"""How many digits the numbers of one indicator need, so that they say the same as its status.

Sentences and tables ask here, so that one number looks the same wherever it is printed.
"""

from collections.abc import Iterable
from fractions import Fraction

from wyexcel.files.number_display import (
    Number,
    decimals_close,
    decimals_to_see,
    decimals_to_tell,
    is_level,
)
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Indicator

_NOTHING = Fraction(0)
_ALL = Fraction(100)


def amount_decimals(
    indicator: Indicator,
    actual: Fraction | None,
    *,
    target: Fraction | None,
    expected: Fraction | None,
) -> int:
    """The decimals of what was reported, of the year's target and of what was due beside it."""
    if actual is None:
        return indicator.decimals
    pairs: list[tuple[Number, Number]] = []
    least = decimals_close(actual, indicator.decimals)
    if target is not None:
        least = decimals_to_see(target, least)
        pairs.append((actual, target))
    if expected is not None and not is_level(actual, expected):
        pairs += [(actual, expected), (actual - expected, _NOTHING)]
        if indicator.kind is Kind.RATIO:
            pairs.append((abs(actual - expected), Fraction(indicator.tolerance)))
    return decimals_to_tell(pairs, least)


def percent_decimals(
    completion: Fraction | None,
    due: Fraction | None,
    gap: Fraction | None,
    bounds: Iterable[Fraction] = (),
) -> int:
    """The decimals of a rate, of what was due in percent and of the gap, judged by *bounds*."""
    pairs: list[tuple[Number, Number]] = []
    if completion is not None:
        pairs += [(completion, _NOTHING), (completion, _ALL)]
    if gap is not None:
        pairs += [(gap, bound) for bound in bounds]
        if due is not None and not is_level(due + gap, due):
            pairs += [(due + gap, due), (gap, _NOTHING)]
    return decimals_to_tell(pairs, 1)

"""What is wrong with the bands of 判定规则: gaps, overlaps, words that do not fit."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Final

from wyexcel.plan.plan import Plan
from wyexcel.plan.sheet_names import PlanSheet
from wyexcel.plan.status import LAGGING, Band, Method, Status

BAND_STATUSES: Final[Mapping[Method, tuple[Status, ...]]] = {
    Method.ATTAINMENT: (Status.FAR_BEHIND, Status.BEHIND, Status.ON_PACE, Status.AHEAD),
    Method.POINTS: (
        Status.FAR_BEHIND,
        Status.BEHIND,
        Status.CLOSE,
        Status.ON_PACE,
        Status.AHEAD,
    ),
}
"""The statuses that a band may give, worst first."""

_FULL: Final[Mapping[Method, int]] = {Method.ATTAINMENT: 100, Method.POINTS: 0}
"""What is measured where just that was reached which was due."""

_LOWEST: Final = Decimal("-Infinity")


def contradictions(plan: Plan) -> Iterator[str]:
    """A sentence for every number that no band holds or that two hold, and every unfit status."""
    chosen = plan.settings.method
    for method in Method:
        bands = sorted((b for b in plan.bands if b.method is method), key=_lower)
        if bands:
            yield from _coverage(bands)
            yield from _words(bands)
        elif method is chosen:
            yield (
                f"“{PlanSheet.BANDS}”没有“{method}”的行，"
                f"而“{PlanSheet.SETTINGS}”选了按{method}判定，请补上。"
            )


def _lower(band: Band) -> Decimal:
    return _LOWEST if band.lower is None else band.lower


def _coverage(bands: list[Band]) -> Iterator[str]:
    at = f"“{PlanSheet.BANDS}”{bands[0].method}"
    for band in bands:
        if band.lower is not None and band.upper is not None and band.lower >= band.upper:
            yield f"{at}“{band.status}”的下限 {band.lower} 不小于上限 {band.upper}，请核对。"
    if bands[0].lower is not None:
        yield f"{at}在 {bands[0].lower} 以下没有状态，请把最低一行的下限留空。"
    for below, above in pairwise(bands):
        yield from _seam(at, below, above)
    if bands[-1].upper is not None:
        yield f"{at}在 {bands[-1].upper} 以上没有状态，请把最高一行的上限留空。"


def _seam(at: str, below: Band, above: Band) -> Iterator[str]:
    if below.upper is None or above.lower is None or below.upper > above.lower:
        yield f"{at}的“{below.status}”与“{above.status}”重叠，前者的上限应等于后者的下限。"
    elif below.upper < above.lower:
        yield f"{at}在 {below.upper} 与 {above.lower} 之间没有状态，请补一行或改上下限。"


def _lag_by_something(at: str, bands: list[Band]) -> Iterator[str]:
    """A sentence for a lagging status that what was due to the full would have."""
    full = _FULL[bands[0].method]
    for band in bands:
        if band.status in LAGGING and band.upper is not None and band.upper > full:
            what = f"{at}“{band.status}”的上限 {band.upper} 高于 {full}"
            yield f"{what}，做到应达数的也会列为落后，请核对。"


def _words(bands: list[Band]) -> Iterator[str]:
    method = bands[0].method
    at, legal = f"“{PlanSheet.BANDS}”{method}", BAND_STATUSES[method]
    for band in bands:
        if band.status not in legal:
            yield f"{at}不能用状态“{band.status}”，请用{'、'.join(reversed(legal))}之一。"
            return
    yield from _lag_by_something(at, bands)
    for below, above in pairwise(bands):
        if legal.index(below.status) >= legal.index(above.status):
            yield f"{at}的“{above.status}”比“{below.status}”数值高而状态不更好，请核对。"

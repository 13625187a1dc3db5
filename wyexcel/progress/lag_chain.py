"""连续欠进度: for how many published periods of the year in a row an indicator has been lagging.

Quarters count in bulletins, months among months. A period without a report neither adds to the
count nor ends it, and is named (缺…); the count starts again each January, because targets do.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from wyexcel.period import Period
from wyexcel.plan.status import LAGGING, Status
from wyexcel.progress.standing import Standing

_NOT_JUDGED: Final = frozenset(
    {
        Status.UNREPORTED,
        Status.UNCONFIRMED,
        Status.NO_TARGET,
        Status.NOT_APPLICABLE,
        Status.NO_BASELINE,
    }
)


class LagChain(NamedTuple):
    """For how many periods in a row an indicator lagged, and which ones since had no report."""

    periods_behind: int = 0
    missed: tuple[str, ...] = ()

    def after(self, status: Status) -> "LagChain":
        """The chain after a period that was reported and stood as *status*."""
        if status in LAGGING:
            return LagChain(self.periods_behind + 1, self.missed)
        return self if status in _NOT_JUDGED else NO_CHAIN

    def after_nothing(self, period: Period) -> "LagChain":
        """The chain after *period*, of which nothing was reported."""
        if not self.periods_behind:
            return NO_CHAIN
        return LagChain(self.periods_behind, (*self.missed, str(period)))


NO_CHAIN: Final = LagChain()
NO_CHAINS: Final[Mapping[int, LagChain]] = MappingProxyType({})


class Stood(NamedTuple):
    """How an indicator stood in an earlier period; None is no report.

    `chain` is what was printed of it then, where that was.
    """

    status: Status | None
    chain: LagChain | None = None


def stood(standings: Iterable[Standing]) -> Mapping[int, Stood]:
    """How each of *standings* stood, by its indicator's number."""
    return {s.indicator.no: Stood(None if s.actual is None else s.status) for s in standings}


def earlier_in_series(period: Period) -> tuple[Period, ...]:
    """The periods of the year before *period* among which 连续 counts: quarters, or months."""
    months = (Period(period.year, month) for month in range(1, period.month))
    return tuple(past for past in months if past.ends_quarter or not period.ends_quarter)


def chains_after(
    period: Period, chains: Mapping[int, LagChain], past: Mapping[int, Stood]
) -> Mapping[int, LagChain]:
    """The chains after *period*, in which the indicators stood as *past* says, by number."""
    numbers = dict.fromkeys((*chains, *past))
    return {no: _after(period, chains.get(no, NO_CHAIN), past.get(no)) for no in numbers}


def _after(period: Period, chain: LagChain, past: Stood | None) -> LagChain:
    if past is None or past.status is None:
        return chain.after_nothing(period)
    return past.chain or chain.after(past.status)


def missed_in_words(missed: Iterable[str], period: Period) -> str:
    """The periods before *period* without a report, in brackets (（缺8月）); "" without any."""
    past = map(Period.parse, missed)
    names = "、".join(p.quarter if period.ends_quarter else f"{p.month}月" for p in past)
    return f"（缺{names}）" if names else ""

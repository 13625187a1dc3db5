"""Which indicators lag (欠进度), in the order in which they are printed, and what each lacks."""

from collections.abc import Sequence

from wyexcel.plan.status import LAGGING, SEVERE
from wyexcel.progress import arithmetic
from wyexcel.progress.standing import Standing


def lagging_in_order(standings: Sequence[Standing]) -> list[Standing]:
    """What lags: red before yellow, the longest lag first, then in the order of the table.

    What is red only because it lags again comes after what is red by its status.
    """
    lagging = [standing for standing in standings if standing.status in LAGGING]
    return sorted(lagging, key=_rank)


def _rank(standing: Standing) -> tuple[bool, bool, int, int]:
    is_yellow = standing.status not in SEVERE
    return is_yellow, not standing.escalated, -standing.periods_behind, standing.indicator.no


def missing_quantity(standing: Standing) -> str:
    """欠额: the quantity between what is due and what is reported, in words."""
    decimals = standing.decimals
    return arithmetic.shortfall(
        standing.indicator, standing.expected, standing.actual, decimals=decimals
    )

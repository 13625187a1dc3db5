"""The units of the official plan whose forms the rehearsal fills and spoils."""

from typing import Final

INDUSTRY: Final = "市经信局"
COMMITTEE: Final = "市工业园区管委会"
SCIENCE: Final = "市科技局"
TRADE: Final = "市商务局"
INVESTMENT: Final = "市投促中心"
FORMER_INVESTMENT: Final = "市招商引资局"
"""What 市投促中心 is said to have been called before."""

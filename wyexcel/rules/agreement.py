"""How what a cell shows stands to the number that counts."""

from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple


class Agreement(Enum):
    """Whether a cell shows the number that counts, or what else."""

    SAME = auto()
    SAME_IN_OTHER_MEASURE = auto()
    OTHER_MEASURE = auto()
    OTHER_MONEY = auto()
    OTHER_NUMBER = auto()
    UNREADABLE = auto()
    NOTHING = auto()


class NumberAsShown(NamedTuple):
    """A number cell that may show something else: what is *stored*, and what is *shown*.

    *meant* is what is shown, in *measure* (that of the column), where another measure is named.
    """

    sheet: str
    cell: str
    stored: float | str
    measure: str
    shown: str
    agreement: Agreement
    meant: Decimal | None

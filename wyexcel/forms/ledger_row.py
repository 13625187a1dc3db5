"""One row of the ledger: a number or a row of a name list, with the cell that it came from."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from wyexcel.forms.submission import Vintage

if TYPE_CHECKING:  # a ledger is read here and made elsewhere; the check needs no pandas
    import pandas as pd


class Line(NamedTuple):
    """One row of the ledger: a number, or a row of a name list.

    `item` is the id of a list row and "" for a number; `value` is exact and in the measure of the
    element (万元, 户, 个, 万美元), 1 for a list row. `asked` is of how many places an older form
    asked for the element, 0 where it asked for all of today's.
    """

    unit: str
    element: str
    park: str
    period: str
    item: str
    name: str
    day: date | None
    value: Decimal
    file: str
    sha256: str
    sheet: str
    cell: str
    vintage: str = Vintage.FINAL.value
    asked: int = 0


def lines(ledger: "pd.DataFrame") -> Iterator[Line]:
    """The rows of a ledger, one by one."""
    return map(Line._make, ledger.itertuples(index=False, name=None))

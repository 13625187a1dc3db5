"""Many submissions, one ledger (台账): one row for each number and each row of a name list."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from wyexcel.errors import CannotRead
from wyexcel.forms.listed_key import key_of
from wyexcel.forms.submission import Submission, Vintage
from wyexcel.plan.plan import Plan


class LedgerRow(NamedTuple):
    """One row of the ledger: a number, or a row of a name list, with the cell it came from.

    `item` is the id of a list row as it was written and "" for a number; `value` is exact and in
    the measure of the element (万元, 户, 个, 万美元), 1 for a list row. `asked` is the number of
    places for which an older form asked for the element, 0 where it asked for all of today's.
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

    @property
    def key(self) -> str:
        """What makes a list row the same thing as another, however its id is spelt."""
        return key_of(self.item)


Ledger: TypeAlias = Sequence[LedgerRow]

_ONE: Final = Decimal(1)


def ledger_of(submissions: Iterable[Submission], plan: Plan) -> Ledger:
    """Stack submissions, each value with the cell that it came from.

    What was not reported has no row; a typed zero has one. Nor has a list row that names nothing.
    The order is that of the plan, whatever the order of the files.
    """
    order = {unit: place for place, unit in enumerate(plan.reporting)}
    ranked = sorted(
        submissions, key=lambda s: (order.get(s.unit, len(order)), s.unit, s.period, s.file)
    )
    _refuse_two_of_one_unit(ranked)
    return tuple(row for submission in ranked for row in _rows(submission))


def _refuse_two_of_one_unit(ranked: Sequence[Submission]) -> None:
    """Raise CannotRead where two files speak for one unit: neither may silently win."""
    for earlier, later in pairwise(ranked):
        if (earlier.unit, earlier.period) == (later.unit, later.period):
            message = (
                f"{earlier.unit} {earlier.period} 有两份报表同时被采用："
                f"“{earlier.file}”和“{later.file}”，请只留一份。"
            )
            raise CannotRead(message)


def _rows(submission: Submission) -> Iterator[LedgerRow]:
    unit, period = submission.unit, str(submission.period)
    file, sha256, vintage = submission.file, submission.sha256, submission.vintage.value
    for e in submission.entries:
        if e.number is not None:
            what = (unit, e.element, e.park, period, "", "", None, e.number)
            asked = submission.asked.get(e.element, 0)
            yield LedgerRow(*what, file, sha256, e.sheet, e.cell, vintage, asked)
    for i in submission.items:
        if not i.key:
            continue
        listed = (unit, i.element, i.park, period, i.called, i.name, i.day, _ONE)
        yield LedgerRow(*listed, file, sha256, i.sheet, i.cell, vintage)

"""Many submissions, one ledger (台账): a long table, one row for each number and each list row."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

import pandas as pd

from wyexcel.errors import CannotRead
from wyexcel.forms.ledger_row import Line
from wyexcel.forms.submission import Submission
from wyexcel.plan.plan import Plan


def merge(submissions: Iterable[Submission], plan: Plan) -> pd.DataFrame:
    """Stack submissions, each value with the cell that it came from.

    What was not reported has no row; a typed zero has one. Nor has a list row that names nothing.
    The order is that of the plan, whatever the order of the files; the columns are those of `Line`.
    """
    order = {unit: at for at, unit in enumerate(plan.reporting)}
    ranked = sorted(
        submissions, key=lambda s: (order.get(s.unit, len(order)), s.unit, s.period, s.file)
    )
    _refuse_two_of_one_unit(ranked)
    rows = [row for submission in ranked for row in _rows(submission)]
    return pd.DataFrame(rows, columns=list(Line._fields), dtype=object)


def _refuse_two_of_one_unit(ranked: Sequence[Submission]) -> None:
    """Raise CannotRead where two files speak for one unit: neither may silently win."""
    for one, other in pairwise(ranked):
        if (one.unit, one.period) == (other.unit, other.period):
            message = (
                f"{one.unit} {one.period} 有两份报表同时被采用："
                f"“{one.file}”和“{other.file}”，请只留一份。"
            )
            raise CannotRead(message)


def _rows(submission: Submission) -> Iterator[Line]:
    unit, period = submission.unit, str(submission.period)
    file, sha256, vintage = submission.file, submission.sha256, submission.vintage.value
    for e in submission.entries:
        if e.number is not None:
            what = (unit, e.element, e.park, period, "", "", None, e.number)
            asked = submission.asked.get(e.element, 0)
            yield Line(*what, file, sha256, e.sheet, e.cell, vintage, asked)
    for i in submission.items:
        if not i.key:
            continue
        listed = (unit, i.element, i.park, period, i.key, i.name, i.day, _ONE)
        yield Line(*listed, file, sha256, i.sheet, i.cell, vintage)


_ONE: Final = Decimal(1)

"""Rules of the amounts in name lists: none is larger than what can be (V09)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from wyexcel.findings import Severity
from wyexcel.forms.asked import ListColumn
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.plan.element import Element
from wyexcel.rules.other_measure import OtherMeasure, typed_in
from wyexcel.rules.rule import Family, Violation

LIST_AMOUNTS: Final = Family[FilledForm]()

MEASURE: Final = "万元"
"""In what amounts of name lists, and their floor, are told."""

_YUAN: Final = "元"
_HUNDRED_MILLIONS: Final = "亿元"

_TIMES_THE_FLOOR: Final = 1_000
_LEAST_CEILING: Final = Decimal(1_000_000)
"""100亿元: power stations of 2×100万kW cost 80, so that nothing below it is ever asked about."""

_MOST: Final = Decimal(3_000_000)
"""300亿元: more than the county makes in a year; 300万元 typed in 元 look like it."""

_MOST_WITHOUT_FLOOR: Final = Decimal(30_000_000)
"""3000亿元: what whole clusters of firms make in a year may be in a list without a floor."""


def ceiling(element: Element) -> Decimal:
    """The largest amount in the list of *element* that is believed without a question.

    A thousand times the floor lies far above real projects, and below the ten thousand times that
    the smallest makes in 元; between 100 and 300亿元 whatever the floor is.
    """
    if element.least is None:
        return _MOST_WITHOUT_FLOOR
    return min(max(element.least * _TIMES_THE_FLOOR, _LEAST_CEILING), _MOST)


def in_hundred_millions(element: Element, amount: Decimal) -> OtherMeasure | None:
    """What *amount*, below the floor of its list, was probably meant to be in 亿元; None if not."""
    other = typed_in(amount, _HUNDRED_MILLIONS, MEASURE)
    is_likely = element.least is not None and element.least <= other.fitting <= ceiling(element)
    return other if is_likely else None


@LIST_AMOUNTS.rule(
    "V09",
    Severity.REVIEW,
    holds="名单里的金额没有把元当万元填",
    message="“{sheet}”第 {row} 行“{name}”{amount}{measure}（{large}亿元），大得不合常理，"
    "{advice}{below}，请核对；属实的在备注中说明。",
)
def an_amount_can_be_spent_here(form: FilledForm) -> Iterator[Violation]:
    """No amount of a listed thing is larger than any that is known."""
    for line in form.list_rows:
        item = line.item
        element = form.plan.element[item.element]
        if item.amount is None or item.amount <= ceiling(element):
            continue
        other = typed_in(item.amount, _YUAN, MEASURE)
        is_below = element.least is not None and other.fitting < element.least
        words = {
            "row": item.row + 1,
            "name": element.columns[ListColumn.AMOUNT],
            "amount": item.amount,
            "measure": MEASURE,
            "large": typed_in(item.amount, MEASURE, _HUNDRED_MILLIONS).fitting,
            "advice": other.words,
            "below": f"（低于“{element.standard}”的标准）" if is_below else "",
        }
        cell = line.cell(ListColumn.AMOUNT)
        yield Violation(item.sheet, cell, item.amount, other.fitting, words=words)

"""Rules of how a number stands in its cell: as a percentage, with needless digits (V07, V10)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from wyexcel.files.reading.typed_number import PERCENT, TypedKind, exact
from wyexcel.findings import Severity
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.submission import Entry
from wyexcel.plan.element import Element
from wyexcel.rules.rule import Family, Violation
from wyexcel.rules.single_cells import cells_of_sort

NUMBER_FORMAT: Final = Family[FilledForm]()

_ADVICE: Final = {
    True: "85% 请填 85",
    False: "请把单元格格式改回数值后重填",
}


@NUMBER_FORMAT.rule(
    "V07",
    Severity.ERROR,
    holds="不用百分比格式填数",
    message="{cell} 显示为 {shown}%，实际存的是 {value}。本栏单位是“{measure}”，{advice}。",
)
def a_number_is_not_shown_as_a_percentage(form: FilledForm) -> Iterator[Violation]:
    """What a cell shows and what it holds do not differ by a hundred."""
    for entry, _, guess in cells_of_sort(form, TypedKind.PERCENT):
        measure = form.plan.element[entry.element].measure
        shown = exact(entry.raw) * 100 if isinstance(entry.raw, float) else entry.raw
        words = {"shown": shown, "measure": measure, "advice": _ADVICE[measure == PERCENT]}
        yield Violation(entry.sheet, entry.cell, entry.raw, guess, words=words)


@NUMBER_FORMAT.rule(
    "V10",
    Severity.NOTICE,
    holds="小数不超过规定的位数",
    message="{cell}“{name}”有 {digits} 位小数，按规定保留 {decimals} 位。",
)
def a_number_has_no_needless_digits(form: FilledForm) -> Iterator[Violation]:
    """An amount has no more digits after the point than are asked for."""
    elements = form.plan.element
    long = [
        (entry, digits)
        for entry in form.submission.entries
        if (digits := _excess(entry, elements[entry.element]))
    ]
    most = {e.element: max(n for other, n in long if other.element == e.element) for e, _ in long}
    for entry, _ in long:
        element = form.plan.element[entry.element]
        words = {"name": element.name, "digits": most[entry.element], "decimals": element.decimals}
        yield Violation(entry.sheet, entry.cell, words=words)


def _excess(entry: Entry, element: Element) -> int:
    """How many digits stand after the point, if more than are asked for; else 0.

    Only fifteen digits count in all, which is what programs show and keep.
    """
    raw, number = entry.raw, entry.number
    if type(raw) is float and round(raw, element.decimals) == raw:
        return 0
    if number is None or element.is_count:
        return 0
    exponent = Decimal(f"{number:.15g}").normalize().as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) else 0
    return digits if digits > element.decimals else 0

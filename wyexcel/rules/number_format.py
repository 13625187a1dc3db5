"""Rules of how a number stands in its cell: shown as another, with needless digits (V07, V10)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from wyexcel.files.reading.typed_number import PERCENT, TypedKind, exact
from wyexcel.findings import Severity
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.submission import Entry
from wyexcel.forms.value_in_words import in_words
from wyexcel.plan.element import Element
from wyexcel.rules.agreement import Agreement, NumberAsShown
from wyexcel.rules.rule import Family, Violation
from wyexcel.rules.single_cells import cells_of_sort

NUMBER_FORMAT: Final = Family[FilledForm]()

_DATE: Final = "日期"
_ADVICE: Final = {
    True: "85% 请填 85",
    False: "请把单元格格式改回数值后重填",
}


@NUMBER_FORMAT.rule(
    "V07",
    Severity.ERROR,
    holds="不用百分比格式填数",
    message="{cell} 显示为 {shown}，实际存的是 {value}。本栏单位是“{measure}”，{advice}。",
)
def a_number_is_not_shown_as_a_percentage(form: FilledForm) -> Iterator[Violation]:
    """What a cell shows and what it holds do not differ by a hundred."""
    for entry, _, guess in cells_of_sort(form, TypedKind.PERCENT):
        measure = form.plan.element[entry.element].measure
        words = {
            "shown": _percentage(form, entry),
            "measure": measure,
            "advice": _ADVICE[measure == PERCENT],
        }
        yield Violation(entry.sheet, entry.cell, entry.raw, guess, words=words)


def _percentage(form: FilledForm, entry: Entry) -> str:
    """What the cell of *entry* shows, with every digit where the format only adds a %."""
    if not isinstance(entry.raw, float):
        return f"{entry.raw}{PERCENT}"
    look = form.book.looks.get((entry.sheet, entry.cell))
    if look is None:
        return f"{in_words(exact(entry.raw) * 100)}{PERCENT}"
    from wyexcel.rules.shown_number import percentage_as_shown  # noqa: PLC0415  few forms need it

    return percentage_as_shown(look.code, entry.raw)


def _as_shown(form: FilledForm, *wanted: Agreement) -> Iterator[NumberAsShown]:
    """The numbers of *form* that stand to what their cells show as is *wanted*."""
    if form.book.looks:
        from wyexcel.rules.shown_number import numbers_as_shown  # noqa: PLC0415  few forms need it

        yield from (number for number in numbers_as_shown(form) if number.agreement in wanted)


@NUMBER_FORMAT.rule(
    "V07",
    Severity.ERROR,
    holds="单元格显示的数就是存的数",
    message="“{sheet}”{cell} 按单元格格式显示为“{shown}”，实际存的是 {value}，"
    "本栏单位是“{measure}”。请把单元格格式改为“常规”，看清后按“{measure}”重填{guess}。",
)
def a_cell_shows_the_number_it_holds(form: FilledForm) -> Iterator[Violation]:
    """What a number format makes of a number is that number, and in no other measure."""
    for number in _as_shown(form, Agreement.OTHER_NUMBER, Agreement.OTHER_MEASURE):
        words = _words(number)
        words["guess"] = "" if number.meant is None else f"（是否为 {in_words(number.meant)}？）"
        yield Violation(number.sheet, number.cell, number.stored, number.meant, words=words)


@NUMBER_FORMAT.rule(
    "V07",
    Severity.REVIEW,
    holds="单元格显示的数看得明白",
    message="“{sheet}”{cell} 存的是 {value}，单元格格式却显示为“{shown}”，{why}"
    "（本栏单位是“{measure}”），请把单元格格式改为“常规”后核对。",
)
def a_cell_shows_a_number_to_be_read(form: FilledForm) -> Iterator[Violation]:
    """A cell with a number shows one number, in the money of its column."""
    for number in _as_shown(form, *_DOUBTS):
        words = {**_words(number), "why": _DOUBTS[number.agreement]}
        yield Violation(number.sheet, number.cell, number.stored, words=words)


_DOUBTS: Final = {
    Agreement.UNREADABLE: "看不出是这个数",
    Agreement.OTHER_MONEY: "看着是另一种货币",
}


@NUMBER_FORMAT.rule(
    "V07",
    Severity.NOTICE,
    holds="单元格显示的单位就是本栏单位",
    message="“{sheet}”{cell} 按单元格格式显示为“{shown}”，存的是 {value}，"
    "合本栏单位“{measure}”，已按 {value} {measure}计，请确认。",
)
def a_cell_shows_the_measure_of_its_column(form: FilledForm) -> Iterator[Violation]:
    """The right quantity is not shown in another measure than the column's."""
    for number in _as_shown(form, Agreement.SAME_IN_OTHER_MEASURE):
        yield Violation(number.sheet, number.cell, number.stored, words=_words(number))


def _words(number: NumberAsShown) -> dict[str, object]:
    return {"shown": number.shown or _DATE, "measure": number.measure}


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

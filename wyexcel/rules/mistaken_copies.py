"""Rules of numbers that were copied from elsewhere: last year's (P10), another park's (P02)."""

from collections.abc import Iterator
from typing import Final

from wyexcel.findings import Severity
from wyexcel.forms.value_in_words import in_words
from wyexcel.forms.zone_totals import sum_of
from wyexcel.rules.history import FormWithHistory
from wyexcel.rules.magnitude import name_with_parks
from wyexcel.rules.rule import Family, Violation
from wyexcel.rules.single_cells import cell_range

MISTAKEN_COPIES: Final = Family[FormWithHistory]()

_TWO: Final = 2


@MISTAKEN_COPIES.rule(
    "P10",
    Severity.REVIEW,
    holds="本年的金额不会和上年同期完全相同",
    message="{cell}“{name}”为 {value}，和上年同期完全相同，是否照抄了上年的数？",
)
def an_amount_is_not_last_years(compared: FormWithHistory) -> Iterator[Violation]:
    """No amount is just what it was a year ago; nothing may stay nothing."""
    for entries in compared.copied.values():
        words = {"name": name_with_parks(compared, entries)}
        yield Violation(entries[0].sheet, cell_range(entries), sum_of(entries), words=words)


@MISTAKEN_COPIES.rule(
    "P02",
    Severity.REVIEW,
    holds="各园区的数没有填错栏",
    message="{cell}“{name}”{parks}{columns}可能填反：本期为 {now}，{before}为 {then}，"
    "换过来就和{before}相称，请核对。",
)
def the_parks_of_a_row_are_in_order(compared: FormWithHistory) -> Iterator[Violation]:
    """No parks of a row would fit the last report better in each other's cells."""
    for code, swap in compared.swaps.items():
        entries = tuple(c.entry for c in swap.cells)
        words = {
            "name": compared.form.plan.element[code].name,
            "parks": "、".join(entry.park for entry in entries),
            "columns": "两栏" if len(entries) == _TWO else "几栏",
            "now": "、".join(in_words(c.now) for c in swap.cells),
            "before": swap.cells[0].before,
            "then": "、".join(in_words(c.then) for c in swap.cells),
        }
        yield Violation(entries[0].sheet, cell_range(entries), words=words)

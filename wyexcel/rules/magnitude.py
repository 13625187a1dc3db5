"""Rules of size: amounts in the measure that was asked for (V09)."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from wyexcel.files.number_display import decimals_to_see, rounded
from wyexcel.findings import Severity
from wyexcel.forms.submission import Entry
from wyexcel.plan.plan import Indicator
from wyexcel.rules.history import FormWithHistory
from wyexcel.rules.rule import Family, Violation
from wyexcel.rules.single_cells import cell_range, name_with_park
from wyexcel.rules.within_form import ratio_of, row_of_most

MAGNITUDE: Final = Family[FormWithHistory]()

_LEAST: Final = Fraction(1, 1000)
_MOST: Final = Fraction(100)
"""From what to what part of its target a ratio may be, where its parts are in one measure."""

_DIGITS: Final = ".2g"


@MAGNITUDE.rule(
    "V09",
    Severity.REVIEW,
    holds="计量单位没有填错（和往期、年度目标不差百倍、万倍）",
    message="{cell}“{name}”为 {value}，是{before} {then} 的 {factor} 倍，{advice}。",
)
def an_amount_is_of_the_size_it_was(compared: FormWithHistory) -> Iterator[Violation]:
    """No amount is far off from what it was, or else from what the target makes of it."""
    for slip in compared.unit_slips:
        words = {
            "name": name_with_parks(compared, slip.entries),
            "then": slip.then,
            "factor": Decimal(f"{slip.now / slip.then:{_DIGITS}}"),
            "before": slip.before,
            "advice": slip.advice,
        }
        first, cells = slip.entries[0], cell_range(slip.entries)
        yield Violation(first.sheet, cells, slip.now, slip.fitting, words=words)


def name_with_parks(compared: FormWithHistory, entries: tuple[Entry, ...]) -> str:
    """What *entries* of one row say a number of, and for which parks where these are not all."""
    form, first = compared.form, entries[0]
    if len(entries) == 1:
        return name_with_park(form, first)
    name = form.plan.element[first.element].name
    filled = [e for e in form.counting_entries[first.element] if e.number]
    if len(entries) >= len(filled):
        return name
    return f"{name}（{'、'.join(entry.park for entry in entries)}）"


@MAGNITUDE.rule(
    "V09",
    Severity.REVIEW,
    holds="分子、分母用同一种计量单位",
    message="按 {cell} 等算得“{name}”为 {value}{measure}，"
    "是年度目标 {target}{measure} 的 {factor} 倍，像是分子、分母没有用同一种计量单位，请核对。",
)
def a_ratio_is_of_the_size_of_its_target(compared: FormWithHistory) -> Iterator[Violation]:
    """No ratio is far off from its target, where its range lets it be."""
    form = compared.form
    for indicator in form.plan.answered_by(form.submission.unit):
        ratio = ratio_of(indicator, form.counting_entries)
        target = indicator.targets.get(form.submission.period.year)
        if ratio is None or ratio <= 0 or not isinstance(target, Decimal) or target <= 0:
            continue
        factor = ratio / Fraction(target)
        if _LEAST <= factor <= _MOST or not _can_be(indicator, ratio):
            continue
        entries = row_of_most(indicator, form.counting_entries)
        value = rounded(ratio, decimals_to_see(ratio, 4))
        words = {"name": indicator.name, "measure": indicator.measure, "target": target}
        words["factor"] = Decimal(f"{float(factor):{_DIGITS}}")
        yield Violation(entries[0].sheet, cell_range(entries), value, words=words)


def _can_be(indicator: Indicator, ratio: Fraction) -> bool:
    """Whether *ratio* lies in the range of its indicator; outside it is told by itself (V08)."""
    if indicator.possible is None:
        return True
    low, high = indicator.possible
    return low <= ratio <= high

"""The rule of a unit's own past: a number far off its usual level is looked at again (P07)."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from statistics import median
from typing import Final

from wyexcel.files.number_display import rounded
from wyexcel.findings import Severity
from wyexcel.plan.element import Kind
from wyexcel.rules.history import FormWithHistory
from wyexcel.rules.rule import Family, Violation
from wyexcel.rules.single_cells import cell_range

FEWEST_PERIODS: Final = 8
"""So many earlier periods make a level (rules.md P07)."""

_SCALE: Final = Fraction(6745, 10_000)
_LIMIT: Final = Fraction(35, 10)
"""A robust z = 0.6745·(x − median)/MAD beyond 3.5 is far off (Iglewicz and Hoaglin)."""

OUTLIERS: Final = Family[FormWithHistory]()


@OUTLIERS.rule(
    "P07",
    Severity.NOTICE,
    holds="和本单位往期水平相近（8 期以上才比）",
    message="{cell}“{name}”{pace}为 {value}，"
    "明显偏离本单位近 {count} 期水平（{pace}中位数 {level}），"
    "请再核一次。",
)
def a_number_is_near_its_units_usual_level(compared: FormWithHistory) -> Iterator[Violation]:
    """An amount a month, or a level, lies among those that the unit reported before."""
    form = compared.form
    months, past = form.submission.period.month, compared.past
    for code, entries in form.counting_entries.items() if past else ():
        kind, now, before = (
            form.plan.element[code].kind,
            compared.values_now.get(code),
            past.get(code, ()),
        )
        if now is None or kind is Kind.COUNT or len(before) < FEWEST_PERIODS:
            continue
        flows = kind is Kind.FLOW
        levels = [Fraction(value) / (then if flows else 1) for then, value in before]
        here = Fraction(now) / (months if flows else 1)
        if is_far_off(here, levels):
            words = {
                "name": form.plan.element[code].name,
                "pace": "月均" if flows else "",
                "count": len(before),
                "level": rounded(median(levels), 2),
            }
            yield Violation(entries[0].sheet, cell_range(entries), rounded(here, 2), words=words)


def is_far_off(value: Fraction, levels: Sequence[Fraction]) -> bool:
    """Whether *value* lies far from the middle of *levels*, by how far they lie from it themselves.

    Levels that hardly move say nothing of how far is far.

    >>> is_far_off(Fraction(90), [Fraction(n) for n in (10, 11, 12, 13, 14, 15, 16, 17)])
    True
    """
    middle = median(levels)
    spread = median(abs(level - middle) for level in levels)
    return bool(spread) and _SCALE * abs(value - middle) > _LIMIT * spread

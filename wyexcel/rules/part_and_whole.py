"""The rule of a part and its whole that make no ratio, park by park (B02)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Final

from wyexcel.findings import Severity
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.submission import Entry
from wyexcel.forms.value_in_words import in_words
from wyexcel.forms.zone_totals import sum_of
from wyexcel.plan.relation import Relation, RelationKind
from wyexcel.rules.relations import required
from wyexcel.rules.rule import Family, Violation
from wyexcel.rules.single_cells import cell_range
from wyexcel.rules.within_form import exceeding

PART_AND_WHOLE: Final = Family[FilledForm]()

_ANOTHER_MEASURE: Final = 500
"""So many times its whole no part is by another mistake than that of the measure."""

_ANOTHER_PARK: Final = Fraction(13, 10)
"""What is above its whole by less is no number of another park."""


@PART_AND_WHOLE.rule(
    "B02",
    Severity.ERROR,
    holds="一部分不大于全部",
    of_plan=required(RelationKind.PART, of_ratio=False),
    message="{parks}的“{part}”{value} 大于“{name}”{whole}（{there}），{advice}。",
)
def a_part_is_within_its_whole(form: FilledForm) -> Iterator[Violation]:
    """In no park is what some firms make more than what all make.

    Outside the parks it is only asked about: the whole may be that of the parks alone.
    """
    for relation in form.plan.owed_within(form.submission.unit, RelationKind.PART):
        if form.plan.is_of_ratio(relation):
            continue
        above = [*exceeding(relation, form)]
        for is_outside in (False, True):
            cells = [e for e in above if (e[0].park in form.plan.buckets) is is_outside]
            if cells:
                severity = Severity.REVIEW if is_outside else None
                yield _parts_above(relation, form, cells, severity)


def _parts_above(
    relation: Relation,
    form: FilledForm,
    cells: Sequence[tuple[Entry, Entry, Decimal]],
    severity: Severity | None,
) -> Violation:
    """One row of parts, in as many parks as they are above their whole."""
    part, name = (form.plan.element[code].name for code in relation.elements)
    parts, wholes = [part for part, _, _ in cells], [whole for _, whole, _ in cells]
    words: dict[str, object] = {
        "parks": "、".join(entry.park for entry in parts),
        "part": part,
        "name": name,
        "value": "、".join(in_words(above) for _, _, above in cells),
        "whole": "、".join(in_words(whole.number) for whole in wholes),
        "there": cell_range(wholes),
        "advice": _advice(relation, form, parts, wholes),
    }
    value = cells[0][2] if len(cells) == 1 else None
    return Violation(parts[0].sheet, cell_range(parts), value, words=words, severity=severity)


def _advice(
    relation: Relation, form: FilledForm, parts: Sequence[Entry], wholes: Sequence[Entry]
) -> str:
    above, below = sum_of(parts) or 0, sum_of(wholes) or 0
    if below > 0 and above >= below * _ANOTHER_MEASURE:
        return "像是两项没有用同一种计量单位，请核对"
    is_large = Fraction(above) > Fraction(below) * _ANOTHER_PARK
    return (is_large and _swap_advice(relation, form, parts)) or "请核对这两项"


def _swap_advice(relation: Relation, form: FilledForm, parts: Sequence[Entry]) -> str:
    """Which two parks stand in each other's cells, where just that would explain all *parts*."""
    part, whole = (
        {e.park: e.number for e in form.counting_entries.get(code, ()) if e.number is not None}
        for code in relation.elements
    )
    above = {entry.park for entry in parts}
    pairs = [
        pair
        for pair in combinations([park for park in part if park in whole], 2)
        if above <= set(pair)
        and part[pair[0]] <= whole[pair[1]]
        and part[pair[1]] <= whole[pair[0]]
    ]
    return f"{'、'.join(pairs[0])}两栏可能填反，请核对" if len(pairs) == 1 else ""

"""The relations of a plan (要素关系) in words, and the numbers of a form that they are between."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.submission import Entry
from wyexcel.forms.zone_totals import sum_of
from wyexcel.plan.plan import Plan
from wyexcel.plan.relation import Relation, RelationKind


class Reported(NamedTuple):
    """What a form says of an element for the zone, and in which cells of one row."""

    entries: tuple[Entry, ...]
    number: Decimal


def required(kind: RelationKind, *, of_ratio: bool | None = None) -> Callable[[Plan], str]:
    """What the relations of one *kind* ask for, by plan; "" where the plan has none.

    Those between the parts of a ratio are asked for, or left out, where *of_ratio* says so.
    """
    return lambda plan: "；".join(
        dict.fromkeys(
            requirement(relation, plan)
            for relation in plan.related(kind)
            if of_ratio is None or plan.is_of_ratio(relation) is of_ratio
        )
    )


def requirement(relation: Relation, plan: Plan) -> str:
    """What must hold between the elements of *relation*, as the plan says it or in their names."""
    *others, last = names(relation, plan)
    match relation.kind:
        case RelationKind.PART | RelationKind.PARTS:
            words = f"{'、'.join(others)}{relation.kind}{last}"
        case RelationKind.STEPS:
            words = f"{'、'.join((*others, last))}{relation.kind}"
        case RelationKind.BALANCE:
            start, came, left = others
            words = f"{last}＝{start}＋{came}－{left}"
        case RelationKind.RATIO:
            words = f"{others[0]}与{last}之比没有大的变化"
    return relation.holds or words


def names(relation: Relation, plan: Plan) -> Sequence[str]:
    """What the elements of *relation* are called in its sentences, in their order."""
    return relation.names or [plan.element[code].name for code in relation.elements]


def reported(form: FilledForm, code: str) -> Reported | None:
    """What *form* says of the element *code*, be it owed or not; None where it says no number."""
    beside = (e for e in form.submission.extras if e.element == code and e.number is not None)
    extra = next(beside, None)
    entries = (extra,) if extra is not None else form.counting_entries.get(code, ())
    number = sum_of(entries) if entries else None
    return None if number is None else Reported(entries, number)

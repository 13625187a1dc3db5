"""What is wrong with 要素关系: the wrong number of elements, or ones that the plan has not."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from wyexcel.plan.plan import Plan
from wyexcel.plan.relation import Relation, RelationKind
from wyexcel.plan.sheet_names import PlanSheet

_FEWEST: Final[Mapping[RelationKind, int]] = {
    RelationKind.PART: 2,
    RelationKind.PARTS: 3,
    RelationKind.STEPS: 2,
    RelationKind.BALANCE: 4,
    RelationKind.RATIO: 2,
}
_EXACT: Final = frozenset({RelationKind.PART, RelationKind.BALANCE, RelationKind.RATIO})
"""The kinds that have just so many elements; the others may have more."""


def contradictions(plan: Plan) -> Iterator[str]:
    """A sentence for every relation that cannot be."""
    for number, relation in enumerate(plan.relations, 1):
        sentence = fault(relation, plan.element)
        if sentence:
            yield f"“{PlanSheet.DEFINITIONS}”要素关系第{number}行“{relation.kind}”{sentence}"


def fault(relation: Relation, known: Collection[str]) -> str:
    """What is wrong with *relation* where the elements *known* are in the plan, else ""."""
    kind, codes = relation.kind, relation.elements
    unknown = [code for code in codes if code not in known]
    fewest = _FEWEST[kind]
    if len(codes) < fewest or (kind in _EXACT and len(codes) > fewest):
        must = "应有" if kind in _EXACT else "应至少有"
        return f"{must} {fewest} 个要素，现在有 {len(codes)} 个，请改正。"
    if unknown:
        return f"用到的要素“{unknown[0]}”不在数据要素中，请改正代码或补上该要素。"
    if len(set(codes)) < len(codes):
        return "有要素写了不止一次，请只留一次。"
    if relation.names and len(relation.names) != len(codes):
        return (
            f"有 {len(codes)} 个要素，却写了 {len(relation.names)} 个简称，请写成一样多或都不写。"
        )
    return ""

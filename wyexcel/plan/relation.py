"""How the elements of a form must stand to each other (要素关系)."""

from enum import StrEnum

from msgspec import Struct


class RelationKind(StrEnum):
    """What must hold between the elements of a relation, in their order."""

    PART = "不大于"
    PARTS = "相加不大于"
    STEPS = "依次不大于"
    BALANCE = "期初加减得期末"
    RATIO = "比值稳定"


class Relation(Struct, frozen=True, kw_only=True):
    """One row of 要素关系: `elements` are codes, `names` short words for them, or none.

    不大于 and 相加不大于 hold park by park, the last element being the whole; 依次不大于 holds for
    the zone, each element being part of the next. 期初加减得期末 names what was there, what came,
    what left and what is there now; 比值稳定 what is divided by what. `holds` says in Chinese what
    must hold; where it is blank the program puts it into words itself.
    """

    kind: RelationKind
    elements: tuple[str, ...]
    names: tuple[str, ...] = ()
    holds: str = ""

"""The official plan, as packaged (plan.toml): what fills a new master."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any, TypeAlias

from wyexcel.plan.checks.plan import refuse_contradictions, refuse_wrong_totals
from wyexcel.plan.element import Element, Kind
from wyexcel.plan.plan import Annex, Direction, Indicator, NoTarget, Plan, TargetValue
from wyexcel.plan.relation import Relation, RelationKind
from wyexcel.plan.responsible_units import Unit
from wyexcel.plan.settings import Settings
from wyexcel.plan.status import Band, Method, Status
from wyexcel.plan.tasks import Question, Step, Task, TextTarget
from wyexcel.plan.wording import Wording

_Table: TypeAlias = dict[str, Any]


@cache
def load() -> Plan:
    """The plan of the official text, checked against itself and against the totals it states."""
    return parse(text())


@cache
def text() -> str:
    """The plan as it is written in the package."""
    return resources.files("wyexcel.plan").joinpath("plan.toml").read_text(encoding="utf-8")


def says(code: str, name: str) -> bool:
    """Whether the plan calls the unit *code* by *name*, by its text alone: the plan is not parsed.

    >>> says("U01", "市发改局"), says("U01", "市经信局")
    (True, False)
    """
    return f'\n{code} = "{name}"\n' in text()


def parse(written: str) -> Plan:
    """The plan that is *written* as plan.toml is; raise BadPlan where it contradicts itself."""
    import tomllib  # noqa: PLC0415 - only where no master says the plan

    raw = tomllib.loads(written, parse_float=Decimal)
    plan = refuse_contradictions(_plan(raw))
    totals = raw.get("stated_totals", {})
    return refuse_wrong_totals(plan, {int(no): total for no, total in totals.items()})


def _plan(raw: _Table) -> Plan:
    years = tuple(raw["years"])
    elements = tuple(_element(table) for table in raw["elements"])
    return Plan(
        title=raw["title"],
        version=raw["version"],
        source=raw["source"],
        years=years,
        units=tuple(Unit(code=code, name=name) for code, name in raw["units"].items()),
        breakdown=raw["breakdown"],
        elements=tuple(element for element in elements if not element.beside),
        supplements=tuple(element for element in elements if element.beside),
        relations=tuple(_relation(table) for table in raw.get("relations", ())),
        indicators=tuple(_indicator(table, years) for table in raw["indicators"]),
        tasks=tuple(_task(table) for table in raw.get("tasks", ())),
        text_targets=tuple(
            TextTarget(**{"due": None} | table) for table in raw.get("text_targets", ())
        ),
        questions=tuple(Question(**table) for table in raw.get("questions", ())),
        bands=tuple(_band(table) for table in raw["bands"]),
        parks=tuple(raw["parks"]),
        buckets=tuple(raw["buckets"]),
        place_notes=raw["place_notes"],
        bucket_uses=raw["bucket_uses"],
        settings=Settings(**raw["settings"]),
        annex=Annex(**raw["annex"]),
        wording=Wording(**raw["wording"]),
    )


def _element(raw: _Table) -> Element:
    fields: _Table = raw | {"kind": Kind(raw["kind"]), "least": _bound(raw.get("least"))}
    return Element(**fields)


def _relation(raw: _Table) -> Relation:
    return Relation(
        kind=RelationKind(raw["kind"]),
        elements=tuple(raw["elements"]),
        names=tuple(raw.get("names", ())),
        holds=raw.get("holds", ""),
    )


def _indicator(raw: _Table, years: Sequence[int]) -> Indicator:
    codes = ("units", "numerator", "denominator", "also")
    fields: _Table = raw | {name: tuple(raw.get(name, ())) for name in codes}
    fields |= {
        "kind": Kind(raw["kind"]),
        "direction": Direction(raw.get("direction", Direction.UP)),
        "targets": dict(zip(years, _targets(raw["targets"]), strict=True)),
        "scale": Fraction(raw.get("scale", "1")),
        "tolerance": Decimal(raw.get("tolerance", 0)),
        "sensible": _range(raw.get("sensible")),
    }
    return Indicator(**fields)


def _range(values: Sequence[int | Decimal] | None) -> tuple[Decimal, Decimal] | None:
    if values is None:
        return None
    lowest, highest = values
    return Decimal(lowest), Decimal(highest)


def _targets(values: Iterable[str | int | Decimal]) -> list[TargetValue]:
    return [NoTarget(value) if isinstance(value, str) else Decimal(value) for value in values]


def _task(raw: _Table) -> Task:
    fields: _Table = raw | {name: tuple(raw[name]) for name in ("leads", "supporting")}
    fields["steps"] = tuple(Step(**step) for step in raw["steps"])
    return Task(**fields)


def _band(raw: _Table) -> Band:
    return Band(
        method=Method(raw["method"]),
        lower=_bound(raw.get("lower")),
        upper=_bound(raw.get("upper")),
        status=Status(raw["status"]),
    )


def _bound(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)

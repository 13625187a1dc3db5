"""The official plan, as packaged (plan.toml): what fills a new master."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any, TypeAlias

from wyexcel.plan.checks.plan import refuse_contradictions, refuse_wrong_totals
from wyexcel.plan.plan import (
    Annex,
    Direction,
    Element,
    Indicator,
    Kind,
    NoTarget,
    Plan,
    TargetValue,
)
from wyexcel.plan.status import Band, Method, Status
from wyexcel.plan.tasks import Question, Step, Task, TextTarget
from wyexcel.plan.units import Unit

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
    """Whether the plan calls the unit *code* by *name*, told from its text without reading all.

    >>> says("U01", "市发改局"), says("U01", "市经信局")
    (True, False)
    """
    return f'\n{code} = "{name}"\n' in text()


def parse(written: str) -> Plan:
    """The plan that is *written* as plan.toml is; raise BadPlan where it contradicts itself."""
    import tomllib  # noqa: PLC0415 - only where no master says the plan

    raw = tomllib.loads(written, parse_float=Decimal)
    plan = refuse_contradictions(_plan(raw))
    return refuse_wrong_totals(plan, {int(no): n for no, n in raw["stated_totals"].items()})


def _plan(raw: _Table) -> Plan:
    years = tuple(raw["years"])
    return Plan(
        title=raw["title"],
        version=raw["version"],
        source=raw["source"],
        years=years,
        units=tuple(Unit(code=code, name=name) for code, name in raw["units"].items()),
        breakdown=raw["breakdown"],
        elements=tuple(_element(table) for table in raw["elements"]),
        indicators=tuple(_indicator(table, years) for table in raw["indicators"]),
        tasks=tuple(_task(table) for table in raw["tasks"]),
        text_targets=tuple(TextTarget(**{"due": None} | table) for table in raw["text_targets"]),
        questions=tuple(Question(**table) for table in raw["questions"]),
        bands=tuple(_band(table) for table in raw["bands"]),
        parks=tuple(raw["parks"]),
        buckets=tuple(raw["buckets"]),
        annex=Annex(**raw["annex"]),
    )


def _element(raw: _Table) -> Element:
    fields: _Table = raw | {"kind": Kind(raw["kind"])}
    return Element(**fields)


def _indicator(raw: _Table, years: Sequence[int]) -> Indicator:
    codes = ("units", "numerator", "denominator", "also")
    fields: _Table = raw | {name: tuple(raw.get(name, ())) for name in codes}
    fields |= {
        "kind": Kind(raw["kind"]),
        "direction": Direction(raw.get("direction", Direction.UP)),
        "targets": dict(zip(years, _targets(raw["targets"]), strict=True)),
        "scale": Fraction(raw.get("scale", "1")),
        "tolerance": Decimal(raw.get("tolerance", 0)),
    }
    return Indicator(**fields)


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

"""The target plan (目标任务): its indicators, and the plan that holds them and everything else."""

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any, Final, TypeAlias

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from wyexcel.period import Period
from wyexcel.plan.agreed_value import Agreed
from wyexcel.plan.comparison_elements import single
from wyexcel.plan.element import Element, Kind
from wyexcel.plan.relation import Relation, RelationKind
from wyexcel.plan.responsible_units import WHOLE, Unit
from wyexcel.plan.settings import Given, Settings
from wyexcel.plan.status import Band
from wyexcel.plan.tasks import Question, Task, TextTarget
from wyexcel.plan.wording import Wording


class Direction(StrEnum):
    """Which way is better."""

    UP = "越大越好"
    DOWN = "越小越好"


class NoTarget(StrEnum):
    """What may stand in place of a target's number; a target of 0 is a number."""

    MONITOR = "/"
    BLANK = ""
    NOT_APPLICABLE = "不适用"


PERCENT: Final = "%"
_SHARE: Final = (Decimal(0), Decimal(100))

TargetValue: TypeAlias = Decimal | NoTarget


class Indicator(Struct, frozen=True, kw_only=True):
    """One row of the official table (附件), with what the program needs to judge it.

    `units` stand in the order of the table: the first reports (主报), the others check (核对).
    The printed value is Σ numerator ÷ Σ denominator × `scale` for a ratio, and Σ numerator ×
    `scale` otherwise; `scale` turns what is collected (万元) into what is printed (亿元, %).
    `tolerance` is in percentage points and used for ratios only. Elements in `also` are asked for
    beside the others and do not count. `remark` goes with every printed value (快报口径).
    `sensible` is the lowest and the highest value that a ratio can have, where that is known.
    """

    no: int
    name: str
    measure: str
    kind: Kind
    targets: Mapping[int, TargetValue]
    units: tuple[str, ...]
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    scale: Fraction = Fraction(1)
    decimals: int = 0
    tolerance: Decimal = Decimal(0)
    direction: Direction = Direction.UP
    judged: bool = True
    stretch: str = ""
    definition: str = ""
    remark: str = ""
    sensible: tuple[Decimal, Decimal] | None = None

    @property
    def possible(self) -> tuple[Decimal, Decimal] | None:
        """The lowest and the highest value that a ratio can have; a share has 0 to 100 percent."""
        share = _SHARE if self.kind is Kind.RATIO and self.measure == PERCENT else None
        return self.sensible or share

    @property
    def lead(self) -> str:
        """The unit whose value counts (主报单位)."""
        return self.units[0]

    @property
    def checkers(self) -> tuple[str, ...]:
        """The units whose value is held against it (核对单位)."""
        return self.units[1:]

    @property
    def elements(self) -> tuple[str, ...]:
        """The codes of every element that is collected for it, numerator first."""
        return self.numerator + self.also + self.denominator


class Annex(Struct, frozen=True, kw_only=True):
    """The text around the official table (附件): its title, its line of measures, its 备注."""

    title: str = ""
    measures: str = ""
    note: str = ""


class Plan(Struct, frozen=True, kw_only=True, dict=True):
    """The whole plan: the official text, and what the office added to it in the master.

    `supplements` are elements that nobody owes (补充), `relations` what must hold between elements.
    `former_places` says what a park is called now, by a name that it or a part of it had before;
    `place_notes` what lies in a park or a bucket, `bucket_uses` what is filled into a bucket.
    `due_dates` are those with which forms were issued, by period; they say nothing of the plan.
    """

    title: str
    version: str
    source: str
    years: tuple[int, ...]
    units: tuple[Unit, ...]
    breakdown: str
    elements: tuple[Element, ...]
    indicators: tuple[Indicator, ...]
    parks: tuple[str, ...]
    buckets: tuple[str, ...] = ()
    supplements: tuple[Element, ...] = ()
    relations: tuple[Relation, ...] = ()
    tasks: tuple[Task, ...] = ()
    text_targets: tuple[TextTarget, ...] = ()
    questions: tuple[Question, ...] = ()
    bands: tuple[Band, ...] = ()
    given: tuple[Given, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    former_places: Mapping[str, str] = field(default_factory=dict[str, str])
    place_notes: Mapping[str, str] = field(default_factory=dict[str, str])
    bucket_uses: Mapping[str, str] = field(default_factory=dict[str, str])
    settings: Settings = field(default_factory=Settings)
    annex: Annex = field(default_factory=Annex)
    wording: Wording = field(default_factory=Wording)
    due_dates: Mapping[str, date] = field(default_factory=dict[str, date])

    @cached_property
    def derived(self) -> dict[object, dict[Any, Any]]:
        """What others derived from this plan object and keep with it (see `PlanCache`)."""
        return {}

    @cached_property
    def fingerprint(self) -> bytes:
        """32 bytes that stand for everything that the plan says."""
        plan = replace(self, due_dates={}) if self.due_dates else self
        return hashlib.sha256(msgspec.msgpack.encode(plan, enc_hook=str)).digest()

    @cached_property
    def form_fingerprint(self) -> bytes:
        """32 bytes that stand for what the plan says of forms, not for what it is judged by.

        A baseline or an agreed value that is typed today changes nothing that forms said.
        """
        judging = {"given": (), "agreed": (), "bands": (), "settings": Settings()}
        texts = {"questions": (), "tasks": (), "text_targets": ()}
        return replace(self, **judging, **texts).fingerprint

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The parks and buckets that add up to the zone."""
        return self.parks + self.buckets

    def place_named(self, name: str) -> str:
        """The present name of the park that is or was called *name*, else *name* itself."""
        return self.former_places.get(name, name)

    def is_place(self, name: str) -> bool:
        """Whether *name* is a park or a bucket of the plan, or the zone itself."""
        return name == WHOLE or name in self.places

    @cached_property
    def element(self) -> Mapping[str, Element]:
        """Everything that a form may ask for, by code."""
        return {**self.extra, **{element.code: element for element in self.elements}}

    @cached_property
    def extra(self) -> Mapping[str, Element]:
        """The elements that a unit may report beside what it owes (补充), by code."""
        own = {element.code: element for element in self.elements}
        amounts = (i.numerator[0] for i in self.indicators if i.kind is Kind.FLOW and i.numerator)
        singles = (single(own[code]) for code in amounts if code in own)
        return {e.code: e for e in (*self.supplements, *singles) if e.code not in own}

    @cached_property
    def reporting(self) -> tuple[str, ...]:
        """The units that answer for an indicator, and so must report, in the order of the text."""
        named = {unit for indicator in self.indicators for unit in indicator.units}
        return tuple(unit.name for unit in self.units if unit.name in named)

    def unit_named(self, name: str) -> Unit | None:
        """The unit whose present or former name is *name*; None where there is none."""
        return self._unit_of_name.get(name)

    @cached_property
    def _unit_of_name(self) -> Mapping[str, Unit]:
        former = {name: unit for unit in self.units for name in unit.former}
        return former | {unit.name: unit for unit in self.units}

    def reports(self, unit: str) -> bool:
        """Whether *unit* answers for an indicator, and so must report."""
        return unit in self._owed

    def answered_by(self, unit: str) -> tuple[Indicator, ...]:
        """The indicators that *unit* answers for, in the order of the table."""
        return self._answered.get(unit, ())

    @cached_property
    def _answered(self) -> Mapping[str, tuple[Indicator, ...]]:
        answered: dict[str, list[Indicator]] = {}
        for indicator in self.indicators:
            for unit in dict.fromkeys(indicator.units):
                answered.setdefault(unit, []).append(indicator)
        return {unit: tuple(indicators) for unit, indicators in answered.items()}

    def owed_by(self, unit: str) -> tuple[Element, ...]:
        """The elements that *unit* must report, in the order of the table."""
        return self._owed[unit]

    @cached_property
    def _owed(self) -> Mapping[str, tuple[Element, ...]]:
        return {
            unit: tuple(
                self.element[code]
                for code in dict.fromkeys(
                    code for i in self.answered_by(unit) for code in i.elements
                )
            )
            for unit in self.reporting
        }

    @cached_property
    def sources(self) -> Mapping[str, tuple[str, ...]]:
        """The units that report each element, 主报 first; an element may serve two indicators."""
        return {
            element.code: tuple(
                dict.fromkeys(
                    unit for i in self.indicators if element.code in i.elements for unit in i.units
                )
            )
            for element in self.elements
        }

    @cached_property
    def bands_in_force(self) -> tuple[Band, ...]:
        """The bands of the method that 设置 chose."""
        return tuple(band for band in self.bands if band.method is self.settings.method)

    def related(self, kind: RelationKind) -> tuple[Relation, ...]:
        """The relations of one *kind*, in the order of 指标口径."""
        return self._related[kind]

    @cached_property
    def _related(self) -> Mapping[RelationKind, tuple[Relation, ...]]:
        return {kind: tuple(r for r in self.relations if r.kind is kind) for kind in RelationKind}

    def owed_within(self, unit: str, kind: RelationKind) -> tuple[Relation, ...]:
        """The relations of one *kind* between elements that *unit* must report."""
        return self._owed_within.get((unit, kind), ())

    @cached_property
    def _owed_within(self) -> Mapping[tuple[str, RelationKind], tuple[Relation, ...]]:
        owed = {unit: {element.code for element in self._owed[unit]} for unit in self.reporting}
        return {
            (unit, kind): tuple(r for r in self._related[kind] if codes.issuperset(r.elements))
            for unit, codes in owed.items()
            for kind in RelationKind
        }

    def is_of_ratio(self, relation: Relation) -> bool:
        """Whether *relation* is between the numerator and the denominator of a ratio."""
        part, *_, whole = relation.elements
        return any(
            i.kind is Kind.RATIO and part in i.numerator and whole in i.denominator
            for i in self.indicators
        )

    def agreed_in(self, period: Period) -> Mapping[tuple[str, str], Agreed]:
        """The numbers that the office settled for *period* (核定值), by element and park."""
        return {(a.element, a.park): a for a in self.agreed if a.period == period}

    def splits(self, element: Element, unit: str) -> bool:
        """Whether *unit* must report *element* park by park."""
        return unit == self.breakdown and element.by_park

"""What was promised, by whom, until when: the nouns of the target plan (目标任务)."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from wyexcel.period import Period
from wyexcel.plan.agreed_value import Agreed
from wyexcel.plan.comparison_elements import EXTRAS, single
from wyexcel.plan.element import Element, Kind
from wyexcel.plan.settings import Given, Settings
from wyexcel.plan.status import Band
from wyexcel.plan.tasks import Question, Task, TextTarget
from wyexcel.plan.units import BUCKETS, PARKS, WHOLE, Unit

__all__ = [
    "Annex",
    "Direction",
    "Element",
    "Indicator",
    "Kind",
    "NoTarget",
    "Plan",
    "TargetValue",
]


class Direction(StrEnum):
    """Which way is better."""

    UP = "越大越好"
    DOWN = "越小越好"


class NoTarget(StrEnum):
    """The ways of having no number for a target; a target of 0 is a number."""

    MONITOR = "/"
    BLANK = ""
    NOT_APPLICABLE = "不适用"


TargetValue: TypeAlias = Decimal | NoTarget


class Indicator(Struct, frozen=True, kw_only=True):
    """One row of the official table (附件), with what the program needs to judge it.

    `units` stand in the order of the table: the first reports (主报), the others check (核对).
    The printed value is Σ numerator ÷ Σ denominator × `scale` for a ratio, and Σ numerator ×
    `scale` otherwise; `scale` turns what is collected (万元) into what is printed (亿元, %).
    `tolerance` is in percentage points and used for ratios only. Elements in `also` are asked for
    beside the others and do not count (C03d, until the meaning of 主导产业 is confirmed).
    `remark` goes with every printed value (快报口径).
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
        """The codes of every element that is asked for its sake, numerator first."""
        return self.numerator + self.also + self.denominator


class Annex(Struct, frozen=True, kw_only=True):
    """The words around the official table (附件): its title, its line of measures, its 备注."""

    title: str = ""
    measures: str = ""
    note: str = ""


class Plan(Struct, frozen=True, kw_only=True, dict=True, weakref=True):
    """The whole plan: the official text, and what the office added to it in the master.

    `former_places` says what a park is called now, by a name that it or a part of it had before.
    """

    title: str
    version: str
    source: str
    years: tuple[int, ...]
    units: tuple[Unit, ...]
    breakdown: str
    elements: tuple[Element, ...]
    indicators: tuple[Indicator, ...]
    tasks: tuple[Task, ...] = ()
    text_targets: tuple[TextTarget, ...] = ()
    questions: tuple[Question, ...] = ()
    bands: tuple[Band, ...] = ()
    given: tuple[Given, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    parks: tuple[str, ...] = PARKS
    buckets: tuple[str, ...] = BUCKETS
    former_places: Mapping[str, str] = field(default_factory=dict[str, str])
    settings: Settings = field(default_factory=Settings)
    annex: Annex = field(default_factory=Annex)

    @cached_property
    def fingerprint(self) -> bytes:
        """32 bytes that stand for everything that the plan says."""
        return hashlib.sha256(msgspec.msgpack.encode(self, enc_hook=str)).digest()

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
        """What the park that is, or once was, called *name* is called; *name* where none was."""
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
        """What may be told beside what is owed (补充), by code; nobody has to."""
        own = {element.code: element for element in self.elements}
        amounts = (i.numerator[0] for i in self.indicators if i.kind is Kind.FLOW and i.numerator)
        singles = (single(own[code]) for code in amounts if code in own)
        return {e.code: e for e in (*EXTRAS, *singles) if e.code not in own}

    @cached_property
    def reporting(self) -> tuple[str, ...]:
        """The units that answer for an indicator, and so must report, in the order of the text."""
        named = {unit for indicator in self.indicators for unit in indicator.units}
        return tuple(unit.name for unit in self.units if unit.name in named)

    def unit_named(self, name: str) -> Unit | None:
        """The unit that is, or once was, called *name*."""
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
        found: dict[str, list[Indicator]] = {}
        for indicator in self.indicators:
            for unit in dict.fromkeys(indicator.units):
                found.setdefault(unit, []).append(indicator)
        return {unit: tuple(indicators) for unit, indicators in found.items()}

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

    def agreed_in(self, period: Period) -> Mapping[tuple[str, str], Agreed]:
        """What the office agreed on for *period* (核定值), by element and park."""
        return {(a.element, a.park): a for a in self.agreed if a.period == period}

    def splits(self, element: Element, unit: str) -> bool:
        """Whether *unit* must report *element* park by park."""
        return unit == self.breakdown and element.by_park

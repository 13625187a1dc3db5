"""Rules between the forms of several units (U)."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final

from msgspec import Struct

from wyexcel.findings import Severity
from wyexcel.forms.asked import ListColumn
from wyexcel.forms.filled.name_rows import NameRow
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.submission import Entry, Vintage
from wyexcel.forms.value_in_words import in_words
from wyexcel.plan.element import Element
from wyexcel.plan.plan import Plan
from wyexcel.progress import reconcile
from wyexcel.rules.other_measure import OtherMeasure, by_digits, digits_off, shifts
from wyexcel.rules.rule import Family, Violation
from wyexcel.rules.single_cells import cell_range

_MOST_NAMED: Final = 5


class AdoptedForms(Struct, frozen=True, kw_only=True, dict=True):
    """The forms that were accepted, one of each unit, held against each other.

    `selected` says that only some of the files were looked at: of other units nothing is known.
    `slipped` are the units with elements whose measure they are asked about already (V09),
    `returned` those whose forms came and went back.
    """

    plan: Plan
    forms: Mapping[str, FilledForm]
    selected: bool = False
    slipped: frozenset[tuple[str, str]] = frozenset()
    returned: frozenset[str] = frozenset()

    @cached_property
    def values(self) -> Mapping[str, Mapping[str, Decimal]]:
        """What each unit says of each element for the zone."""
        return {unit: form.zone_values for unit, form in self.forms.items()}

    @cached_property
    def cells(self) -> Mapping[str, Mapping[str, tuple[Entry, ...]]]:
        """The cells in which each unit says it."""
        return {unit: form.counting_entries for unit, form in self.forms.items()}

    @cached_property
    def lists(self) -> Mapping[tuple[str, str], Mapping[str, NameRow]]:
        """The things that each unit lists for each element, by key."""
        lists: dict[tuple[str, str], dict[str, NameRow]] = {}
        for unit, form in self.forms.items():
            for line in form.list_rows:
                if line.item.key:
                    lists.setdefault((unit, line.item.element), {}).setdefault(line.item.key, line)
        return lists

    def range(self, unit: str, element: str) -> str:
        """Where *unit* says its value of *element*: an address, or a range over the parks."""
        return cell_range(self.cells[unit][element])

    def place(self, unit: str, element: str) -> str:
        """The same with file and sheet, as a sentence names it."""
        sheet = self.cells[unit][element][0].sheet
        return f"{self.forms[unit].submission.file} {sheet}!{self.range(unit, element)}"

    def pairs(self, element: Element) -> Iterator[tuple[str, str]]:
        """The unit whose value counts with each that checks *element*, where both sent theirs."""
        lead, *checkers = self.plan.sources[element.code] or ("",)
        if lead in self.forms:
            for unit in checkers:
                if unit in self.forms:
                    yield lead, unit


BETWEEN_UNITS: Final = Family[AdoptedForms]()


@BETWEEN_UNITS.rule(
    "U01",
    Severity.REVIEW,
    holds="主报单位和核对单位报的数一致",
    message="“{name}”{lead} 报 {first}{measure}（{there}），{unit} 报 {value}{measure}（{here}），"
    "相差 {off}{measure}{hint}。请两家核对后各自重报或出具说明。",
)
def two_units_report_the_same_number(adopted: AdoptedForms) -> Iterator[Violation]:
    """A checking unit's amount lies near that of the reporting unit, its count is the same.

    Where one of them is asked about its measure, that explains the difference.
    """
    for element in adopted.plan.elements:
        for lead, unit in () if element.listed else adopted.pairs(element):
            first = adopted.values[lead].get(element.code)
            value = adopted.values[unit].get(element.code)
            if first is None or value is None:
                continue
            if reconcile.agree(adopted.plan, element, first, value):
                continue
            if {(lead, element.code), (unit, element.code)} & adopted.slipped:
                continue
            words: dict[str, object] = {"first": first, "lead": lead, "unit": unit}
            words["off"] = abs(first - value)
            words["hint"] = _hint(adopted, element, lead, unit)
            yield Violation(
                sheet=adopted.cells[unit][element.code][0].sheet,
                cell=adopted.range(unit, element.code),
                value=value,
                words={**words, **_names_and_places(adopted, element, lead, unit)},
                file=adopted.forms[unit].submission.file,
                unit=unit,
            )


def _hint(adopted: AdoptedForms, element: Element, lead: str, unit: str) -> str:
    """That one of the two, or one park of one, is in another measure, if just that explains it."""
    if element.is_count:
        return ""
    first, value = (adopted.values[name][element.code] for name in (lead, unit))
    digits = digits_off(Fraction(value) / Fraction(first)) if first * value > 0 else None
    if digits is not None:
        times = 10 ** abs(digits)
        return f"（约 {times} 倍），多半有一家没有按“{element.measure}”填，请先核对计量单位和位数"
    for name, whole in ((unit, first), (lead, value)):
        fitting = _cell_off(adopted, element, adopted.cells[name][element.code], whole)
        if fitting is not None:
            entry, other = fitting
            return f"，{name}的“{entry.park}”{in_words(entry.number)} {other.words}就相符"
    return ""


def _cell_off(
    adopted: AdoptedForms, element: Element, entries: Sequence[Entry], whole: Decimal
) -> tuple[Entry, OtherMeasure] | None:
    """The one park whose number, so many digits longer or shorter, makes the sum the *whole*."""
    now = sum((e.number for e in entries if e.number is not None), Decimal(0))
    fitting: list[tuple[Entry, OtherMeasure]] = []
    for entry in entries if len(entries) > 1 else ():
        there = entry.number or Decimal(0)
        for digits in shifts(element.measure) if there else ():
            other = by_digits(there, Fraction(10) ** digits, element.measure)
            if other and reconcile.agree(adopted.plan, element, whole, now - there + other.fitting):
                fitting.append((entry, other))
    return fitting[0] if len(fitting) == 1 else None


def _names_and_places(
    adopted: AdoptedForms, element: Element, lead: str, unit: str
) -> Mapping[str, object]:
    """What the two units were asked, and where each said it."""
    return {
        "name": element.name,
        "measure": element.measure,
        "there": adopted.place(lead, element.code),
        "here": adopted.place(unit, element.code),
    }


@BETWEEN_UNITS.rule(
    "U02",
    Severity.REVIEW,
    holds="两家报的名单一致",
    message="“{name}”名单不一致：{differences}。请两家核对名单。",
)
def two_units_list_the_same_things(adopted: AdoptedForms) -> Iterator[Violation]:
    """What one responsible unit lists, the other lists too, by id."""
    for element in adopted.plan.elements:
        for lead, unit in adopted.pairs(element) if element.listed else ():
            first = adopted.lists.get((lead, element.code), {})
            second = adopted.lists.get((unit, element.code), {})
            differences = [
                *_listed_by_one(adopted, lead, unit, [first[k] for k in first if k not in second]),
                *_listed_by_one(adopted, unit, lead, [second[k] for k in second if k not in first]),
            ]
            if differences:
                yield Violation(
                    sheet=element.sheet,
                    words={"name": element.name, "differences": "；".join(differences)},
                    file=adopted.forms[unit].submission.file,
                    unit=unit,
                )


def _listed_by_one(
    adopted: AdoptedForms, unit: str, other: str, lines: Sequence[NameRow]
) -> Iterator[str]:
    """That *unit* has *lines* and *other* has not."""
    if lines:
        names = "、".join(
            f"{in_words(line.item.name or line.item.id)}（{line.cell(ListColumn.NAME)}）"
            for line in lines[:_MOST_NAMED]
        )
        more = f"等 {len(lines)} 个" if len(lines) > _MOST_NAMED else ""
        file = adopted.forms[unit].submission.file
        yield f"{unit} 名单有、{other} 没有：{names}{more}（{file}）"


@BETWEEN_UNITS.rule(
    "U03",
    Severity.REVIEW,
    holds="两家把同一项目（企业、平台）计入同一个园区",
    message="“{name}”同时被 {source} 计入 {first}（{there}）、被 {unit} 计入 {value}（{here}）。"
    "分园区以 {source} 为准，请两家核对后改为同一园区。",
)
def two_units_put_a_thing_in_one_park(adopted: AdoptedForms) -> Iterator[Violation]:
    """A thing that two units list is in the same park in both lists."""
    for element in adopted.plan.elements:
        for lead, checker in adopted.pairs(element) if element.listed else ():
            source, unit = (checker, lead) if checker == adopted.plan.breakdown else (lead, checker)
            source_rows = adopted.lists.get((source, element.code), {})
            for key, line in adopted.lists.get((unit, element.code), {}).items():
                source_row = source_rows.get(key)
                if source_row is not None and source_row.item.park != line.item.park:
                    yield _claimed_twice(adopted, (source, source_row), (unit, line))


def _claimed_twice(
    adopted: AdoptedForms, source_claim: tuple[str, NameRow], claim: tuple[str, NameRow]
) -> Violation:
    (source, source_row), (unit, line) = source_claim, claim
    source_file, file = (adopted.forms[name].submission.file for name in (source, unit))
    source_cell, cell = (row.cell(ListColumn.PARK) for row in (source_row, line))
    words = {
        "name": in_words(line.item.name or line.item.id),
        "source": source,
        "first": source_row.item.park,
        "there": f"{source_file} {source_row.item.sheet}!{source_cell}",
        "unit": unit,
        "here": f"{file} {line.item.sheet}!{cell}",
    }
    return Violation(line.item.sheet, cell, line.item.park, words=words, file=file, unit=unit)


@BETWEEN_UNITS.rule(
    "U07",
    Severity.REVIEW,
    holds="各单位报的数性质相同（都是快报或都是正式）",
    message="本表同时含快报与正式数（快报：{flash}；正式：{final}），通报将逐项注明。"
    "数已审定的，请改“数据性质”后重报。",
)
def a_table_is_of_one_vintage(adopted: AdoptedForms) -> Iterator[Violation]:
    """Where some forms are preliminary, all are; each that is, is told of."""
    units: dict[Vintage, list[str]] = {vintage: [] for vintage in Vintage}
    for unit, form in adopted.forms.items():
        units[form.submission.vintage].append(unit)
    flash, final = units[Vintage.FLASH], units[Vintage.FINAL]
    words = {"flash": "、".join(flash), "final": "、".join(final)}
    for unit in flash if final else ():
        form = adopted.forms[unit]
        place = form.reading_order.vintage
        sheet, cell = (place.sheet, place.cell) if place else (None, None)
        file = form.submission.file
        yield Violation(sheet, cell, Vintage.FLASH.value, words=words, file=file, unit=unit)


@BETWEEN_UNITS.rule(
    "U05",
    Severity.REVIEW,
    holds="主报单位先报",
    message="主报单位 {lead} {lacks}，暂用 {unit} 数据（代报）。",
)
def the_reporting_unit_reports(adopted: AdoptedForms) -> Iterator[Violation]:
    """The unit whose value counts has said one, wherever another responsible unit has."""
    missed: dict[tuple[str, str], list[str]] = {}
    for element in adopted.plan.elements:
        lead, *checkers = adopted.plan.sources[element.code] or ("",)
        if adopted.selected and lead not in adopted.forms:
            continue
        if element.code not in adopted.values.get(lead, {}):
            for unit in checkers:
                if element.code in adopted.values.get(unit, {}):
                    missed.setdefault((lead, unit), []).append(element.name)
                    break
    for (lead, unit), names in missed.items():
        lacks = _WENT_BACK if lead in adopted.returned else _NOTHING
        words = {"lead": lead, "unit": unit, "lacks": lacks.format("、".join(names))}
        yield Violation(words=words, file=adopted.forms[unit].submission.file, unit=unit)


_NOTHING: Final = "未报“{}”"
_WENT_BACK: Final = "已报“{}”，退回待重报"

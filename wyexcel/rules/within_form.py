"""Rules between the numbers of one form: totals, pairs, ratios, counts (R, B02, V08)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from wyexcel.files.address import parse
from wyexcel.files.number_display import rounded
from wyexcel.findings import Severity
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.main_sheet import TOTAL
from wyexcel.forms.submission import Entry
from wyexcel.forms.value_in_words import in_words
from wyexcel.forms.zone_totals import counted_items, sum_of
from wyexcel.plan.element import Element, Kind
from wyexcel.plan.plan import Indicator, Plan
from wyexcel.plan.relation import Relation, RelationKind
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.rules.relations import required
from wyexcel.rules.rule import Family, Violation
from wyexcel.rules.single_cells import cell_range, is_missing, may_stay_blank

WITHIN_FORM: Final = Family[FilledForm]()


def _sum_of_places(plan: Plan) -> str:
    return f"{'、'.join(('各园区', *plan.buckets))}相加等于{TOTAL}"


@WITHIN_FORM.rule(
    "R01",
    Severity.ERROR,
    holds="各园区和其他各栏相加等于全区合计",
    of_plan=_sum_of_places,
    message="第 {row} 行“{name}”：{sum}＝{whole}，"
    "与全区合计 {value} 相差 {off}（允许 {allowed}），请核对各栏；各栏无误的，合计改为 {whole}。",
)
def parks_add_up_to_the_total(form: FilledForm) -> Iterator[Violation]:
    """A total that was typed is the sum of its parks, as far as rounding lets one know."""
    for typed in form.submission.entries:
        if typed.park != WHOLE or typed.number is None or not may_stay_blank(form, typed):
            continue
        entries = form.counting_entries.get(typed.element, ())
        whole = sum_of(entries) if entries else None
        element = form.plan.element[typed.element]
        allowed = tolerance(element, len(entries))
        if whole is not None and abs(whole - typed.number) > allowed:
            words = {
                "row": parse(typed.cell)[0] + 1,
                "name": element.name,
                "sum": _sum(entries),
                "whole": whole,
                "off": abs(whole - typed.number),
                "allowed": allowed,
            }
            yield Violation(typed.sheet, typed.cell, typed.number, whole, words=words)


def tolerance(element: Element, count: int) -> Decimal:
    """How far *count* rounded numbers may lie from their rounded sum: (n+1)·½·10^−d, 0 for counts.

    They agree as long as the intervals in which the unrounded ones lie overlap.
    """
    if element.is_count:
        return Decimal(0)
    return (count + 1) * Decimal("0.5") * Decimal(1).scaleb(-element.decimals)


def _sum(entries: Sequence[Entry]) -> str:
    return "＋".join(f"{entry.park} {in_words(entry.number)}" for entry in entries)


@WITHIN_FORM.rule(
    "R03",
    Severity.ERROR,
    holds="个数等于名单里的个数",
    message="“{name}”填 {value} 个，但名单{only}有 {listed} 个（{months}，同一代码计 1 次）。"
    "请补名单或改数。",
)
def a_count_is_that_of_its_list(form: FilledForm) -> Iterator[Violation]:
    """A count that was typed is the number of different things in the list, dated in the period."""
    period = form.submission.period
    for entry in form.submission.entries:
        element = form.plan.element[entry.element]
        if not element.listed or entry.number is None or not _readable(form, element):
            continue
        rows = (line.item for line in form.list_rows if line.item.element == element.code)
        listed = len(counted_items(rows, period))
        if entry.number != listed:
            words = {"name": element.name, "listed": listed, "months": period.title}
            words["only"] = "只" if listed < entry.number else ""
            yield Violation(entry.sheet, entry.cell, entry.number, Decimal(listed), words=words)


def _readable(form: FilledForm, element: Element) -> bool:
    """Whether the list of *element* was read whole, so that its rows can be counted."""
    if form.labels.is_damaged(element.sheet):
        return False
    items = [line.item for line in form.list_rows if line.item.element == element.code]
    return all(item.key and item.day is not None for item in items)


@WITHIN_FORM.rule(
    "R04",
    Severity.ERROR,
    holds="比率的分子、分母同时填",
    message="已填“{numerator}”但未填“{name}”（{cell}），两项须同时填报。",
)
def a_numerator_has_its_denominator(form: FilledForm) -> Iterator[Violation]:
    """Where the part of a ratio is filled, what it is a part of is filled too."""
    blanks = [odd.entry for odd in form.odd_cells if is_missing(form, odd)]
    filled = {
        (e.element, _column(e))
        for e in (form.submission.entries if blanks else ())
        if e.number is not None and not may_stay_blank(form, e)
    }
    names = form.plan.element
    for entry in blanks:
        for indicator in _ratios(form):
            parts = (code for code in indicator.numerator if (code, _column(entry)) in filled)
            numerator = next(parts, None)
            if entry.element in indicator.denominator and numerator:
                words = {"numerator": names[numerator].name, "name": names[entry.element].name}
                yield Violation(entry.sheet, entry.cell, words=words)


def _column(entry: Entry) -> tuple[str, int]:
    """Where *entry* stands across; one park has two columns where it took in another since."""
    return entry.sheet, parse(entry.cell)[1]


def _ratios(form: FilledForm) -> Iterator[Indicator]:
    for indicator in form.plan.answered_by(form.submission.unit):
        if indicator.kind is Kind.RATIO:
            yield indicator


@WITHIN_FORM.rule(
    "R05",
    Severity.ERROR,
    holds="分子不大于分母",
    of_plan=required(RelationKind.PART, of_ratio=True),
    message="{park}“{numerator}”{value} 大于“{name}”{whole}，请核对这两项。",
)
def a_numerator_is_within_its_denominator(form: FilledForm) -> Iterator[Violation]:
    """In no park is the part of a ratio larger than what it is a part of."""
    for relation in form.plan.owed_within(form.submission.unit, RelationKind.PART):
        for part, whole, above in (
            exceeding(relation, form) if form.plan.is_of_ratio(relation) else ()
        ):
            words = {
                "park": part.park,
                "numerator": form.plan.element[part.element].name,
                "name": form.plan.element[whole.element].name,
                "whole": whole.number,
            }
            yield Violation(part.sheet, part.cell, above, words=words)


@WITHIN_FORM.rule(
    "B02",
    Severity.ERROR,
    holds="各部分相加不大于总数",
    of_plan=required(RelationKind.PARTS),
    message="{park}的“{parts}”合计 {sum} 大于“{name}”{value}（{cell}），请核对。",
)
def parts_are_within_their_whole(form: FilledForm) -> Iterator[Violation]:
    """In no park do the parts (industries) add up to more than the whole (all firms)."""
    for relation in form.plan.owed_within(form.submission.unit, RelationKind.PARTS):
        for _, whole, above in exceeding(relation, form):
            words = {
                "park": whole.park,
                "parts": "＋".join(form.plan.element[code].name for code in relation.elements[:-1]),
                "sum": above,
                "name": form.plan.element[whole.element].name,
            }
            yield Violation(whole.sheet, whole.cell, whole.number, words=words)


def exceeding(relation: Relation, form: FilledForm) -> Iterator[tuple[Entry, Entry, Decimal]]:
    """Where the parts are more than the whole: the largest part, the whole, the sum of the parts.

    Rounding is allowed for.
    """
    *codes, last = relation.elements
    for park, wholes in _by_park(form.counting_entries.get(last, ())).items():
        parts = [e for code in codes for e in form.counting_entries.get(code, ()) if e.park == park]
        above, below = sum_of(entry for entry in parts if entry.number is not None), sum_of(wholes)
        if not parts or below is None or above is None or above <= below:
            continue
        whole = wholes[0]._replace(number=below)
        if above - below > tolerance(form.plan.element[whole.element], len(parts)):
            yield max(parts, key=lambda entry: entry.number or 0), whole, above


def _by_park(entries: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    """*entries* by their park: several where it took in another since the form was issued."""
    by_park: dict[str, list[Entry]] = {}
    for entry in entries:
        by_park.setdefault(entry.park, []).append(entry)
    return by_park


@WITHIN_FORM.rule(
    "V08",
    Severity.ERROR,
    holds="由分子、分母算出的比率在合理范围内",
    message="按 {cell} 等算得“{name}”为 {ratio}{measure}，"
    "超出合理范围（{low}{measure}—{high}{measure}），"
    "请核对分子、分母和计量单位。",
)
def a_ratio_is_sensible(form: FilledForm) -> Iterator[Violation]:
    """The ratio that the form's own numbers make for the zone is one that can be.

    None at all is no mistake, and one below zero is that of a number below zero (V05).
    """
    for indicator in _ratios(form):
        ratio = ratio_of(indicator, form.counting_entries)
        if ratio is None or ratio <= 0 or indicator.possible is None:
            continue
        low, high = indicator.possible
        if low <= ratio <= high:
            continue
        entries = row_of_most(indicator, form.counting_entries)
        value = rounded(ratio, 4)
        words = {"name": indicator.name, "measure": indicator.measure, "ratio": value}
        words |= {"low": low, "high": high}
        yield Violation(entries[0].sheet, cell_range(entries), value, words=words)


def row_of_most(
    indicator: Indicator, entries: Mapping[str, tuple[Entry, ...]]
) -> tuple[Entry, ...]:
    """The cells of the element that makes most of the numerator."""
    return max((entries[code] for code in indicator.numerator), key=_weight)


def ratio_of(indicator: Indicator, entries: Mapping[str, tuple[Entry, ...]]) -> Fraction | None:
    """The ratio that *entries* make for the zone; None where it is none, or a number is missing."""
    if indicator.kind is not Kind.RATIO:
        return None
    above = [sum_of(entries[code]) for code in indicator.numerator if code in entries]
    below = [sum_of(entries[code]) for code in indicator.denominator if code in entries]
    numbers = [n for n in (*above, *below) if n is not None]
    if len(numbers) < len(indicator.numerator) + len(indicator.denominator):
        return None
    under = Fraction(sum(n for n in below if n is not None))
    over = Fraction(sum(n for n in above if n is not None))
    return None if under == 0 else over / under * indicator.scale


def _weight(entries: Sequence[Entry]) -> Decimal:
    return abs(sum_of(entries) or Decimal(0))

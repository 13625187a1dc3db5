"""Rules between a form and what was reported before it (P, B08)."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from wyexcel.files.number_display import rounded
from wyexcel.findings import Severity
from wyexcel.forms.asked import ListColumn
from wyexcel.forms.value_in_words import in_words
from wyexcel.plan.element import Kind
from wyexcel.plan.relation import RelationKind
from wyexcel.rules.history import FormWithHistory
from wyexcel.rules.relations import names, required
from wyexcel.rules.rule import Family, Violation
from wyexcel.rules.single_cells import cell_range, name_with_park

LARGEST_CHANGE: Final = Fraction(30, 100)
"""How far a number may move before its unit has to say why."""

_RUNNING: Final = frozenset({Kind.FLOW, Kind.COUNT})

SINCE_LAST_REPORT: Final = Family[FormWithHistory]()


@SINCE_LAST_REPORT.rule(
    "P01",
    Severity.REVIEW,
    holds="累计数不比上期少",
    message="{cell}“{name}”累计数由上期（{period}）{then} 降为 {value}，累计数不应减少{hint}。"
    "如为调减请填写说明。",
)
def a_running_total_does_not_fall(compared: FormWithHistory) -> Iterator[Violation]:
    """What runs from January on is no less than it was.

    What no park held may go to one, as long as the zone has no less.
    """
    form = compared.form
    for entry, now, then in compared.pairs:
        code = entry.element
        if (
            now >= then
            or form.plan.element[code].kind not in _RUNNING
            or (code, entry.park) in compared.mistaken
        ):
            continue
        zone = compared.values_last.get(code)
        kept = zone is not None and compared.values_now.get(code, now) >= zone
        if kept and entry.park in form.plan.buckets:
            continue
        words = {
            "name": name_with_park(form, entry),
            "period": compared.history.period,
            "then": then,
        }
        other = compared.other_measure(entry)
        words["hint"] = f"，{other.words}" if other else ""
        yield Violation(entry.sheet, entry.cell, now, other and other.fitting, words=words)


@SINCE_LAST_REPORT.rule(
    "P02",
    Severity.REVIEW,
    holds="变动超过 30% 的写明原因",
    message="{cell}“{name}”为 {value}，比{before} {then} {change}%，超过 30%{hint}，请附说明。",
)
def a_large_change_is_explained(compared: FormWithHistory) -> Iterator[Violation]:
    """An amount keeps near its pace and near last year's, or its row says why it does not."""
    form = compared.form
    if not compared.last and not compared.year_ago:
        return
    mistaken = compared.slipped.union(compared.copied)
    for code, entries in form.counting_entries.items():
        first = entries[0]
        leap = None if first.remark or code in mistaken else _leap(compared, code)
        if leap is not None:
            percent = in_words(rounded(abs(leap.change) * 100, 2))
            change = f"{'增加' if leap.change > 0 else '减少'} {percent}"
            words = {"before": leap.before, "then": leap.then, "change": change}
            words["name"] = form.plan.element[code].name
            words["hint"], fitting = _hint(compared, code, leap.then)
            now = compared.values_now[code]
            yield Violation(first.sheet, cell_range(entries), now, fitting, words=words)


def _hint(compared: FormWithHistory, code: str, then: Decimal) -> tuple[str, Decimal | None]:
    """In which other measure the number of *code* was typed, or that of the one park to blame."""
    entries = compared.form.counting_entries[code]
    now = compared.values_now[code]
    off = [(entry, other) for entry in entries if (other := compared.other_measure(entry))]
    if len(off) != 1:
        return "", None
    entry, other = off[0]
    there = compared.value_at(entry)
    right = now - there + other.fitting
    if abs(Fraction(right) / Fraction(then) - 1) > LARGEST_CHANGE:
        return "", None
    where = "" if len(entries) == 1 else f"“{entry.park}”{in_words(there)} "
    return f"，{where}{other.words}", right


class Leap(NamedTuple):
    """How far a number lies from what it was held against, and what that was."""

    before: str
    then: Decimal
    change: Fraction


def _leap(compared: FormWithHistory, code: str) -> Leap | None:
    """The leap of *code* from its pace so far, else from last year; None where there is none.

    An amount that did not grow at all is told by itself (P01, P03).
    """
    now, kind = compared.values_now.get(code), compared.form.plan.element[code].kind
    if now is None or kind is Kind.COUNT:
        return None
    if kind is Kind.FLOW and code in compared.values_last and now <= compared.values_last[code]:
        return None
    months, period = compared.form.submission.period.month, compared.history.period
    if period is not None and code in compared.values_last:
        pace = Fraction(months, period.month) if kind is Kind.FLOW else Fraction(1)
        before = f"上期（{period}）{'按月均推算的' if kind is Kind.FLOW else '的'}"
        leap = _leap_from(before, Fraction(compared.values_last[code]) * pace, now)
        if leap is not None:
            return leap
    return _leap_from("上年同期的", Fraction(compared.values_year_ago.get(code, Decimal(0))), now)


def _leap_from(before: str, then: Fraction, now: Decimal) -> Leap | None:
    if then <= 0 or abs(change := Fraction(now) / then - 1) <= LARGEST_CHANGE:
        return None
    return Leap(before, rounded(then, 2), change)


@SINCE_LAST_REPORT.rule(
    "P03",
    Severity.REVIEW,
    holds="累计额不会和上期完全相同",
    message="{cell}“{name}”与上期（{period}）完全相同，是否忘记更新？",
)
def an_amount_moves_on(compared: FormWithHistory) -> Iterator[Violation]:
    """What runs from January on is not just what it was; nothing may stay nothing."""
    element = compared.form.plan.element
    for entry, now, then in compared.pairs:
        if now == then != 0 and element[entry.element].kind is Kind.FLOW:
            words = {"name": element[entry.element].name, "period": compared.history.period}
            yield Violation(entry.sheet, entry.cell, words=words)


@SINCE_LAST_REPORT.rule(
    "P06",
    Severity.NOTICE,
    holds="上期也报过数",
    message="缺 {period} 数据，环比无法计算。",
)
def the_last_period_was_reported(compared: FormWithHistory) -> Iterator[Violation]:
    """The unit reported for the last period of the year for which others did."""
    if compared.history.period is not None and compared.last is None:
        yield Violation(words={"period": compared.history.period})


@SINCE_LAST_REPORT.rule(
    "P08",
    Severity.ERROR,
    holds="往年已计数的项目（企业、平台）不再计入当年新增",
    message="“{sheet}”{cell} “{name}”（{value}）已在 {year} 年计数，"
    "不能再计入当年新增，请删去该行。",
)
def nothing_is_counted_in_two_years(compared: FormWithHistory) -> Iterator[Violation]:
    """A thing that counted in an earlier year is not listed as new again."""
    for line in compared.form.list_rows if compared.history.counted else ():
        item = line.item
        year = compared.history.counted.get((item.element, item.key))
        if year is not None:
            words = {"name": in_words(item.name), "year": year}
            yield Violation(item.sheet, line.cell(ListColumn.ID), item.id, words=words)


@SINCE_LAST_REPORT.rule(
    "B08",
    Severity.NOTICE,
    holds="两个有关联的数之比没有大的变化",
    of_plan=required(RelationKind.RATIO),
    message="{cell} 等算得{over}/{under}由上期（{period}）{then} 变为 {value}，"
    "请确认口径是否变化。",
)
def a_ratio_is_what_it_was(compared: FormWithHistory) -> Iterator[Violation]:
    """Two amounts (revenue and output) stand to each other within 30 % as in the last report."""
    plan = compared.form.plan
    for relation in plan.related(RelationKind.RATIO) if compared.last else ():
        if not compared.slipped.isdisjoint(relation.elements):
            continue
        now = [compared.values_now.get(code, Decimal(0)) for code in relation.elements]
        then = [compared.values_last.get(code, Decimal(0)) for code in relation.elements]
        if min(*now, *then) <= 0:
            continue
        ratio, past = (Fraction(a) / Fraction(b) for a, b in (now, then))
        if abs(ratio / past - 1) > LARGEST_CHANGE:
            entry = compared.form.counting_entries[relation.elements[0]][0]
            over, under = names(relation, plan)
            words: dict[str, object] = {"over": over, "under": under, "then": rounded(past, 2)}
            words["period"] = compared.history.period
            yield Violation(entry.sheet, entry.cell, rounded(ratio, 2), words=words)

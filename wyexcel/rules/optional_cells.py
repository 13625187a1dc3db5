"""Rules of what nobody owes: the day, and counts of enterprises (I06, B)."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from wyexcel.files.reading.serial_days import day_of_serial
from wyexcel.findings import Severity
from wyexcel.forms.asked import FormField
from wyexcel.forms.filled.name_rows import as_day
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.zone_totals import sum_of
from wyexcel.plan.element import Element
from wyexcel.plan.plan import Plan
from wyexcel.plan.relation import RelationKind
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.settings import GivenKind
from wyexcel.rules.relations import Reported, names, reported, required
from wyexcel.rules.rule import Family, Violation
from wyexcel.rules.single_cells import cell_range

OPTIONAL_CELLS: Final = Family[FilledForm]()


@OPTIONAL_CELLS.rule(
    "I06",
    Severity.REVIEW,
    holds="填报日期在报告期末以后、不晚于收到的那天",
    message="{cell} 填报日期“{value}”{why}，请核对。",
)
def the_day_is_after_the_period(form: FilledForm) -> Iterator[Violation]:
    """Where a day was filled in, it lies after the period and not in the future."""
    filled_on = form.submission.filled_on
    signatures = form.reading_order.signatures
    place = next((cell for cell in signatures if cell.field is FormField.FILLED_ON), None)
    if not filled_on or place is None:
        return
    when, end = as_day(filled_on), form.submission.period.end
    if (day := day_of_serial(filled_on)) is not None:
        why = f"是按数字存的日期，即 {day}，请填成 {day}"
    elif when is None:
        why = "读不成日期，应写成 2025-10-09 的样子"
    elif when < end:
        why = f"早于报告期末（{end}）"
    elif form.today is not None and when > form.today:
        why = f"晚于今天（{form.today}）"
    else:
        return
    yield Violation(place.sheet, place.cell, filled_on, words={"why": why})


def _rosters(plan: Plan) -> Iterator[tuple[Element, Element]]:
    """The name lists that may be left blank, each with the count that they are held against."""
    return ((e, plan.element[e.beside]) for e in plan.supplements if e.listed)


def _counts_of_rosters(plan: Plan) -> str:
    return "；".join(
        f"{roster.sheet}名单填了的，在库{counted.measure}数与{counted.name}一致"
        for roster, counted in _rosters(plan)
    )


@OPTIONAL_CELLS.rule(
    "B01",
    Severity.ERROR,
    holds="可以不填的名单填了的，在库个数与所填的数一致",
    of_plan=_counts_of_rosters,
    message="“{name}”填 {value} {measure}，但“{list}”名单在库 {listed} {measure}"
    "（同一代码计 1 {measure}）。请补名单或改数。",
)
def a_count_is_that_of_its_roster(form: FilledForm) -> Iterator[Violation]:
    """The things (enterprises) that are counted are those on their list, where one was filled."""
    for roster, counted in _rosters(form.plan):
        listed = {
            line.item.key
            for line in form.list_rows
            if line.item.element == roster.code and not roster.takes_off(line.item.note)
        }
        entries = form.counting_entries.get(counted.code, ())
        whole = sum_of(entries)
        if listed and entries and whole is not None and whole != len(listed):
            words = {"name": counted.name, "list": roster.sheet, "listed": len(listed)}
            words["measure"] = counted.measure
            number = Decimal(len(listed))
            yield Violation(entries[0].sheet, cell_range(entries), whole, number, words=words)


@OPTIONAL_CELLS.rule(
    "B03",
    Severity.ERROR,
    holds="期末数＝期初＋增加－减少",
    of_plan=required(RelationKind.BALANCE),
    message="{start_name} {start}＋{came_name} {came}－{left_name} {left}＝{sum}，"
    "与{end_name}“{name}”{value}（{there}）不等，请核对这几项。",
)
def a_stock_comes_and_goes_as_counted(form: FilledForm) -> Iterator[Violation]:
    """What is there at the end is what was there at the start, and what came, less what left."""
    for relation in form.plan.related(RelationKind.BALANCE):
        start_code, *codes, end_code = relation.elements
        came, left = (reported(form, code) for code in codes)
        if came is None or left is None:
            continue
        end, start = reported(form, end_code), _start(form, start_code, end_code)
        if end is None or start is None:
            continue
        whole = start + came.number - left.number
        if whole != end.number:
            called = zip(_TERMS, names(relation, form.plan), strict=True)
            words = {
                **dict(called),
                "start": start,
                "came": came.number,
                "left": left.number,
                "sum": whole,
                "name": form.plan.element[end_code].name,
                "there": _place(end),
            }
            entry = came.entries[0]
            yield Violation(entry.sheet, cell_range(came.entries), end.number, words=words)


_TERMS: Final = ("start_name", "came_name", "left_name", "end_name")


def _start(form: FilledForm, code: str, end: str) -> Decimal | None:
    """What was there when the year began: as the unit says, else as the office does (基期)."""
    start = reported(form, code)
    if start is not None:
        return start.number
    year = form.submission.period.year
    for indicator in form.plan.indicators:
        if indicator.numerator == (end,):
            wanted = (indicator.no, year, GivenKind.BASELINE, WHOLE)
            given = (g.value for g in form.plan.given if (g.no, g.year, g.item, g.park) == wanted)
            return next(given, None)
    return None


@OPTIONAL_CELLS.rule(
    "B09",
    Severity.ERROR,
    holds="一部分的户数不大于全部的户数",
    of_plan=required(RelationKind.STEPS),
    message="“{name}”{value} {measure}大于“{other}”{whole} {measure}（{there}），"
    "{steps}应依次不大于，请核对。",
)
def each_step_is_no_more_than_the_next(form: FilledForm) -> Iterator[Violation]:
    """Who is digital is a maker, and who makes is one of the enterprises; also in every park."""
    for relation in form.plan.related(RelationKind.STEPS):
        steps = "、".join(names(relation, form.plan))
        for code, other in pairwise(relation.elements):
            for park, part, whole in _above(form, code, other):
                words = {
                    "name": f"{form.plan.element[code].name}{park}",
                    "measure": form.plan.element[code].measure,
                    "other": form.plan.element[other].name,
                    "whole": whole.number,
                    "there": _place(whole),
                    "steps": steps,
                }
                yield Violation(
                    part.entries[0].sheet, cell_range(part.entries), part.number, words=words
                )


def _above(form: FilledForm, code: str, other: str) -> Iterator[tuple[str, Reported, Reported]]:
    """Where *code* is more than *other*: in the zone, else in parks for which both are told."""
    part = reported(form, code)
    whole = reported(form, other) if part else None
    if part is None or whole is None:
        return
    if part.number > whole.number:
        yield "", part, whole
        return
    wholes = {e.park: (e, e.number) for e in whole.entries if e.number is not None}
    for entry in part.entries:
        there, most = wholes.get(entry.park, (entry, entry.number))
        if entry.number is not None and most is not None and entry.number > most:
            one, other_one = Reported((entry,), entry.number), Reported((there,), most)
            yield f"（{entry.park}）", one, other_one


def _place(report: Reported) -> str:
    """Where it was reported: the sheet and the cells."""
    return f"{report.entries[0].sheet}!{cell_range(report.entries)}"

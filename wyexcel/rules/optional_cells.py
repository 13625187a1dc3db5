"""Rules of what nobody owes: the day, computed cells, counts of enterprises (I06, V13, B)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final

from wyexcel.files.address import parse
from wyexcel.findings import Severity
from wyexcel.forms.asked import FormField
from wyexcel.forms.filled.labels import value_at
from wyexcel.forms.filled.name_rows import as_day
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.submission import Entry
from wyexcel.forms.zone_totals import sum_of
from wyexcel.plan import comparison_elements
from wyexcel.plan.settings import Item
from wyexcel.plan.units import WHOLE
from wyexcel.rules.rule import Family, Violation
from wyexcel.rules.single_cells import cell_range

OPTIONAL_CELLS: Final = Family[FilledForm]()

_ROWS_OF_LIST: Final = re.compile(r"(COUNTA[^!,]+![A-Z]+)\d+:([A-Z]+)\d+")
"""What is counted in a name list, whose rows somebody may add or take away."""
_ORDER: Final = (
    (comparison_elements.DIGITAL, comparison_elements.MAKERS),
    (comparison_elements.MAKERS, comparison_elements.ENTERPRISES),
)
"""Each of the first is one of the second."""


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
    if when is None:
        why = "读不成日期，应写成 2025-10-09 的样子"
    elif when < end:
        why = f"早于报告期末（{end}）"
    elif form.today is not None and when > form.today:
        why = f"晚于今天（{form.today}）"
    else:
        return
    yield Violation(place.sheet, place.cell, filled_on, words={"why": why})


@OPTIONAL_CELLS.rule(
    "V13",
    Severity.ERROR,
    holds="自动计算的格不改动",
    message="“{sheet}”{cell} 应由公式计算，现被手工改为“{value}”，请恢复公式 {formula}。",
)
def computed_cells_keep_their_formula(form: FilledForm) -> Iterator[Violation]:
    """A cell that was issued with a formula has that formula still, or nothing."""
    written = form.book.formulas
    if written is None or form.labels.lost:
        return
    for (sheet, cell), formula in form.layout.formulas.items():
        value = value_at(form.book.sheets.get(sheet, []), *parse(cell))
        formula_now = written.get((sheet, cell))
        if formula_now is None and value is not None:
            yield Violation(sheet, cell, value, words={"formula": formula})
        elif formula_now and _normalized(formula_now) != _normalized(formula):
            yield Violation(sheet, cell, f"={formula_now}", words={"formula": formula})


@lru_cache(maxsize=1024)
def _normalized(formula: str) -> str:
    """*formula* without what programs write in different ways, and in rows of a list move."""
    kept = "".join(letter for letter in formula.upper() if letter not in "'$ =()")
    return _ROWS_OF_LIST.sub(r"\1:\2", kept.replace(";", ","))


@OPTIONAL_CELLS.rule(
    "B01",
    Severity.ERROR,
    holds="规上企业名单填了的，在库户数与规上工业企业数一致",
    message="“{name}”填 {value} 户，但“{list}”名单在库 {listed} 户（同一代码计 1 户）。"
    "请补名单或改数。",
)
def enterprises_are_those_of_their_list(form: FilledForm) -> Iterator[Violation]:
    """The enterprises that are counted are those on their list, where one was filled in."""
    listed = {
        line.item.key
        for line in form.list_rows
        if line.item.element == comparison_elements.ROSTER
        and not comparison_elements.is_gone(line.item.note)
    }
    entries = form.counting_entries.get(comparison_elements.ENTERPRISES, ())
    whole = sum_of(entries)
    if listed and entries and whole is not None and whole != len(listed):
        element = form.plan.element
        words = {
            "name": element[comparison_elements.ENTERPRISES].name,
            "list": element[comparison_elements.ROSTER].sheet,
            "listed": len(listed),
        }
        yield Violation(
            entries[0].sheet, cell_range(entries), whole, Decimal(len(listed)), words=words
        )


@OPTIONAL_CELLS.rule(
    "B03",
    Severity.ERROR,
    holds="规上工业企业期末数＝期初＋纳规－退库",
    message="期初 {start}＋纳规 {entered}－退库 {left}＝{sum}，"
    "与期末“{name}”{value}（{there}）不等，"
    "请核对这几项。",
)
def enterprises_come_and_go_as_counted(form: FilledForm) -> Iterator[Violation]:
    """The enterprises at the end are those of the start, and who came, less who left."""
    entered, left = (
        _filled_in(form, code) for code in (comparison_elements.ENTERED, comparison_elements.LEFT)
    )
    entries = form.counting_entries.get(comparison_elements.ENTERPRISES, ())
    start, whole = _start_of_year(form), sum_of(entries)
    if entered is None or left is None or start is None or not entries or whole is None:
        return
    came, went = entered.number or Decimal(0), left.number or Decimal(0)
    if start + came - went != whole:
        words = {
            "start": start,
            "entered": came,
            "left": went,
            "sum": start + came - went,
            "name": form.plan.element[comparison_elements.ENTERPRISES].name,
            "there": f"{entries[0].sheet}!{cell_range(entries)}",
        }
        yield Violation(entered.sheet, entered.cell, whole, words=words)


def _start_of_year(form: FilledForm) -> Decimal | None:
    """How many enterprises the year began with: as the unit says, else as the office does."""
    start = _filled_in(form, comparison_elements.START)
    if start is not None:
        return start.number
    year = form.submission.period.year
    for indicator in form.plan.indicators:
        if indicator.numerator == (comparison_elements.ENTERPRISES,):
            wanted = (indicator.no, year, Item.BASELINE, WHOLE)
            given = (g.value for g in form.plan.given if (g.no, g.year, g.item, g.park) == wanted)
            return next(given, None)
    return None


@OPTIONAL_CELLS.rule(
    "B09",
    Severity.ERROR,
    holds="智改数转完成户数不大于规上制造业，规上制造业不大于规上工业",
    message="“{name}”{value} 户大于“{other}”{whole} 户（{there}），"
    "智改数转完成、规上制造业、规上工业应依次不大于，请核对。",
)
def a_part_of_the_enterprises_is_no_more_than_the_whole(form: FilledForm) -> Iterator[Violation]:
    """Who is digital is a maker, and who makes is one of the enterprises."""
    for code, other in _ORDER:
        part, wholes = _filled_in(form, code), _entries(form, other)
        whole = sum_of(wholes)
        if part is None or part.number is None or not wholes or whole is None:
            continue
        if part.number > whole:
            words = {
                "name": form.plan.element[code].name,
                "other": form.plan.element[other].name,
                "whole": whole,
                "there": f"{wholes[0].sheet}!{cell_range(wholes)}",
            }
            yield Violation(part.sheet, part.cell, part.number, words=words)


def _entries(form: FilledForm, code: str) -> tuple[Entry, ...]:
    """The cells that say *code*, be it owed or not."""
    entry = _filled_in(form, code)
    return (entry,) if entry is not None else form.counting_entries.get(code, ())


def _filled_in(form: FilledForm, code: str) -> Entry | None:
    """The cell that says a number of *code*, which nobody owes; None where none does."""
    said = (e for e in form.submission.extras if e.element == code and e.number is not None)
    return next(said, None)

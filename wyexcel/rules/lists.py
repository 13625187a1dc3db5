"""Rules of name lists, row by row (名单: V01, V02, V12, V14, U03)."""

from collections.abc import Iterator
from typing import Final

from wyexcel import numerals
from wyexcel.collect import Filled
from wyexcel.findings import Severity
from wyexcel.layout import LIST_REQUIRED
from wyexcel.numerals import Sort
from wyexcel.rolls import Line, words
from wyexcel.rules.rule import Family, Fault, told

LISTS: Final = Family[Filled]()

_AMOUNT: Final = "万元"


def _label(form: Filled, line: Line, column: str) -> str:
    return form.plan.element[line.item.element].columns[column]


@LISTS.rule(
    "V01",
    Severity.ERROR,
    holds="名单每一行的名称、代码、园区、日期都要填",
    says="“{sheet}”{cell} 未填“{name}”。名单中每一行的名称、代码、园区、日期都要填。",
)
def a_listed_thing_is_whole(form: Filled) -> Iterator[Fault]:
    """A row of a list says what it is, its id, its park and its day."""
    for line in form.lines:
        for column in LIST_REQUIRED:
            if column in line.typed and not words(line.typed[column]):
                name = {"name": _label(form, line, column)}
                yield Fault(line.item.sheet, line.cell(column), words=name)


@LISTS.rule(
    "V02",
    Severity.ERROR,
    holds="名单里的金额只填数字",
    says="“{sheet}”{cell} 填的是“{value}”，请只填数字{guess}，单位已在表头注明。",
)
def an_amount_is_a_number(form: Filled) -> Iterator[Fault]:
    """The amount of a listed thing is a number, or is left out."""
    for line in form.lines:
        raw = line.typed.get("amount")
        reading = numerals.read(raw, _AMOUNT)
        if reading.sort in {Sort.TEXT, Sort.DATE}:
            guess = "" if reading.guess is None else f"（是否为 {told(reading.guess)}？）"
            cell = line.cell("amount")
            yield Fault(line.item.sheet, cell, raw, reading.guess, words={"guess": guess})


@LISTS.rule(
    "V12",
    Severity.ERROR,
    holds="日期写成 2025-09-30",
    says="“{sheet}”{cell} 的“{name}”是“{value}”，读不成日期，请写成 2025-09-30 的样子。",
)
def a_day_is_a_date(form: Filled) -> Iterator[Fault]:
    """The day of a listed thing can be read in only one way."""
    for line in form.lines:
        raw = line.typed.get("date")
        if line.item.day is None and words(raw):
            name = {"name": _label(form, line, "date")}
            yield Fault(line.item.sheet, line.cell("date"), raw, words=name)


@LISTS.rule(
    "V14",
    Severity.ERROR,
    holds="所在园区从下拉框选",
    says="“{sheet}”{cell} “{value}”不在可选项中：{options}。",
)
def a_park_is_one_of_the_list(form: Filled) -> Iterator[Fault]:
    """The park of a listed thing is one of those of the plan."""
    for line in form.lines:
        park = line.item.park
        if park and park not in form.plan.places:
            options = {"options": "、".join(form.plan.places)}
            yield Fault(line.item.sheet, line.cell("park"), park, words=options)


@LISTS.rule(
    "U03",
    Severity.ERROR,
    holds="同一项目（企业、平台）只计入一个园区",
    says="“{name}”同时被 {first}（{there}）、{second}（{cell}）计入，请只留一个园区。",
)
def a_thing_is_in_one_park(form: Filled) -> Iterator[Fault]:
    """A thing that is listed twice is listed in the same park."""
    seen: dict[tuple[str, str], Line] = {}
    for line in form.lines:
        item = line.item
        if not item.key or not item.park:
            continue
        first = seen.setdefault((item.element, item.key), line)
        if first.item.park != item.park:
            names = {
                "name": told(item.name or item.id),
                "first": first.item.park,
                "second": item.park,
                "there": first.cell("park"),
            }
            yield Fault(item.sheet, line.cell("park"), item.park, words=names)

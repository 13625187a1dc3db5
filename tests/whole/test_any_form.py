"""What holds of any form, whatever was typed into it and whatever was done to its sheets."""

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support import edits
from tests.support.edits import Page
from tests.support.forms import (
    COMMITTEE,
    INDUSTRY,
    PARKS,
    PERIOD,
    PLAN,
    SCIENCE,
    TRADE,
    Answers,
    answered,
    filled,
)
from wyexcel.files import disk
from wyexcel.files.address import parse
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.files.writing import xlsx
from wyexcel.forms import layout
from wyexcel.forms.asked import ElementNumber
from wyexcel.forms.blank import form
from wyexcel.forms.filled import read_form
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.layout import UNREAD
from wyexcel.forms.submission import Decision, Season, Submission
from wyexcel.intake import check_arrivals
from wyexcel.intake.arrivals import Arrival
from wyexcel.period import Period
from wyexcel.rules import all_rules, history
from wyexcel.rules.all_rules import requirements

MOMENT = datetime(2025, 10, 9, tzinfo=UTC)
WHOLE = "全区"

bounded = settings(deadline=None, derandomize=True, max_examples=40)
LISTED = {
    code: [(f"{code}第{n}个", f"{code}-{n}", "白沙", f"2025-0{n}-15", 110_000 + n) for n in rows]
    for code, rows in (("C09", (1,)), ("C11", (2, 3)), ("C12", (4, 5, 6)), ("C10", (6, 7, 8, 9)))
}
LARGE = {"C02": 2000, "C03a": 10, "C03b": 20, "C03c": 30, "C03d": 40, "C04": 3000, "C05": 4000}
LARGE |= {"C01": 1, "C06": 1000, "C07": 5, "C13": 4600, "C14": 4500}


def in_order(unit: str) -> Answers:
    """A form with nothing wrong in it of which no two cells say the same number."""
    lists = {code: rows for code, rows in LISTED.items() if asked(unit, code)}
    typed = {(code, WHOLE): len(rows) for code, rows in lists.items()}
    for code, number in LARGE.items():
        if unit == COMMITTEE and asked(unit, code) and code != "C14":
            typed |= {(code, park): number + n for n, park in enumerate(PARKS)}
        else:
            typed[code, WHOLE] = 5 * number + 10
    return Answers(unit=unit, typed=typed, lists=lists)


def asked(unit: str, code: str) -> bool:
    return any(slot.code == code for slot in layout.layout(PLAN, unit, PERIOD).slots)


def numbers(answers: Answers) -> dict[tuple[str, str], tuple[str, str]]:
    """Sheet and address of every number cell, by element and park."""
    slots = layout.layout(PLAN, answers.unit, PERIOD).slots
    return {
        (s.asks.element, s.asks.park): (s.sheet, s.cell)
        for s in slots
        if isinstance(s.asks, ElementNumber)
    }


def pages(answers: Answers) -> dict[str, Page]:
    """The sheets of the filled form."""
    values: dict[str, dict[tuple[int, int], Any]] = {}
    for (sheet, cell), value in answered(answers).items():
        if value is not None:
            values.setdefault(sheet, {})[parse(cell)] = value
    sheets = form.blank_form(PLAN, answers.unit, PERIOD, rules=requirements(PLAN))
    return {sheet.name: edits.opened(sheet, values.get(sheet.name, {})) for sheet in sheets}


def sent(path: Path, unit: str, there: Mapping[str, Page], *, hides: tuple[str, list[int]]) -> Path:
    """The form of *unit* as a file, with these pages, and rows of one sheet hidden."""
    sheet, rows = hides
    sheets = form.blank_form(PLAN, unit, PERIOD, rules=requirements(PLAN))
    content = xlsx.render([edits.saved(there[one.name], one) for one in sheets])
    if rows:
        content = edits.hidden(content, 1 + list(there).index(sheet), rows)
    disk.write(path, lambda file: file.write(content))
    return path


def check(*paths: Path) -> Season:
    there = [Arrival(path=path, file=path.name, received=MOMENT) for path in paths]
    return check_arrivals.judge_arrivals(there, plan=PLAN, period=PERIOD, today=date(2025, 10, 20))


def read(path: Path) -> Submission:
    book = read_workbook.read(path, skip=UNREAD)
    assert isinstance(book, Book)
    return read_form.read_submission(book, PLAN, PERIOD)


def seen(value: Any) -> Any:
    """What a reader sees where *value* was typed."""
    if isinstance(value, str):
        return value if value.strip() else None
    return float(value) if isinstance(value, int | float) else value


def visible(text: str) -> str:
    """*text* without what nobody sees, its full-width forms made ordinary."""
    shown = (sign for sign in text if unicodedata.category(sign) != "Cf")
    return "".join(unicodedata.normalize("NFKC", "".join(shown)).split())


def meant(value: Any) -> Decimal | None:
    """The number that *value* is in every eye; None where it is none."""
    if isinstance(value, str):
        text = visible(value).replace(",", "").replace("\N{MINUS SIGN}", "-")
        return Decimal(text) if text.lstrip("+-").replace(".", "", 1).isdecimal() else None
    return None if value is None or isinstance(value, date) else Decimal(repr(float(value)))


def blank(value: Any) -> bool:
    """Whether nobody sees anything there."""
    return value is None or (isinstance(value, str) and not visible(value))


UNITS = st.sampled_from([COMMITTEE, INDUSTRY, SCIENCE, TRADE])
TYPED = st.one_of(
    st.none(),
    st.decimals(min_value=-(10**9), max_value=10**9, places=4).map(float),
    st.integers(min_value=-(10**14), max_value=10**14),
    st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)),
    st.text("0123456789０９.,，-－−%约万亿元户无/— \u00a0\u3000\u200b", max_size=8),
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12),
)
CHANGES = st.tuples(
    st.sampled_from(["填报", "填报", "竣工项目", "补充"]),
    st.sampled_from(edits.VERBS),
    st.integers(min_value=0, max_value=24),
    st.integers(min_value=0, max_value=12),
)
ROWS = st.lists(st.integers(min_value=0, max_value=24), max_size=4)
HIDDEN = st.tuples(st.sampled_from(["填报", "补充"]), ROWS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("表")


@bounded
@given(UNITS, st.lists(CHANGES, max_size=3), HIDDEN, st.tuples(st.integers(min_value=0), TYPED))
def test_what_was_typed_comes_back_with_its_cell_or_the_form_goes_back(
    folder: Path, unit: str, changes: list[Any], hides: Any, answer: Any
) -> None:
    answers = in_order(unit)
    cells = numbers(answers)
    number, value = answer
    place = list(cells.values())[number % len(cells)]
    there = pages(replace(answers, cells={place: value}))
    typed = {what: there[sheet].at(cell) for what, (sheet, cell) in cells.items()}
    for sheet, verb, row, column in changes:
        if sheet in there:
            there[sheet] = verb(there[sheet], row, column)

    path = sent(folder / "a.xlsx", unit, there, hides=hides)
    said, season = read(path), check(path)

    [received] = season.received
    stopped = {f.cell for f in season.findings if f.file and f.severity.rejects}
    assert (received.decision is Decision.REJECTED) == bool(stopped)
    came = {(entry.element, entry.park): entry for entry in (*said.entries, *said.extras)}
    for what, entry in came.items():
        lost = entry.raw is None and bool(changes)
        assert entry.raw == seen(typed[what]) == seen(there[entry.sheet].at(entry.cell)) or lost
        assert entry.number in {None, meant(typed[what])}
        assert entry.number is not None or blank(typed[what]) or stopped
        assert entry.number is not None or blank(entry.raw) or entry.cell in stopped or changes
    assert came.keys() == typed.keys() or stopped
    if received.submission is not None:
        assert received.submission.entries == said.entries


NAMED = st.sets(st.integers(min_value=0, max_value=30), max_size=6)
LIST_CHANGES = st.lists(
    st.tuples(
        st.sampled_from(edits.VERBS),
        st.integers(min_value=0, max_value=24),
        st.integers(min_value=0, max_value=7),
    ),
    max_size=3,
)


@settings(bounded, max_examples=30)
@given(NAMED, LIST_CHANGES, ROWS)
def test_what_was_listed_comes_back_with_its_row_or_the_form_goes_back(
    folder: Path, rows: set[int], changes: list[Any], hides: list[int]
) -> None:
    listed = {
        n: (f"项目{n}", f"代码-{n}", PARKS[n % 5], f"2025-0{1 + n % 9}-{10 + n % 19}", 5000 + n)
        for n in rows
    }
    lines = [listed.get(n, ()) for n in range(max(rows, default=0) + 1)]
    answers = Answers(unit=INDUSTRY, typed={("C09", WHOLE): None}, lists={"C09": lines})
    there = pages(answers)
    for verb, row, column in changes:
        there["竣工项目"] = verb(there["竣工项目"], row, column)

    path = sent(folder / "b.xlsx", INDUSTRY, there, hides=("竣工项目", hides))
    said, season = read(path), check(path)

    [received] = season.received
    stopped = any(f.file and f.severity.rejects for f in season.findings)
    by_id = {line[1]: line for line in listed.values()}
    came = {item.id: item for item in said.items}
    for code in came.keys() & by_id.keys():
        name, _, park, day, amount = by_id[code]
        assert came[code][4:9] == (name, code, park, date.fromisoformat(day), amount)
        assert there["竣工项目"].at(came[code].cell) == name
    left = {str(cell.value) for cell in there["竣工项目"].cells.values()} & by_id.keys()
    assert came.keys() == left or stopped
    assert (received.decision is Decision.REJECTED) == stopped


ODD = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([5e-324, 1e-300, -1e-30, 1e-17, 0, 1, 99_999_999_999_999, -(10.0**14)]),
)


@settings(bounded, max_examples=150)
@given(st.sampled_from([COMMITTEE, INDUSTRY, SCIENCE]), st.lists(ODD, min_size=3, max_size=30))
def test_no_number_is_too_odd_to_be_told_of(unit: str, values: list[float]) -> None:
    def form_of(period: Period, shift: int) -> FilledForm:
        cells = numbers(Answers(unit=unit)).values()
        typed = {at: values[(n + shift) % len(values)] for n, at in enumerate(cells)}
        return filled(Answers(unit=unit, period=period, cells=typed))

    before, ago = form_of(Period(2025, 6), 1), form_of(Period(2024, 9), 2)
    past = {unit: {code: [(6, n)] * 4 + [(9, n / 2)] * 5 for code, n in before.zone_values.items()}}
    reported = history.History(
        period=Period(2025, 6),
        last={unit: before.submission},
        year_ago={unit: ago.submission},
        past=lambda: past,
    )

    found = all_rules.validate(form_of(PERIOD, 0), reported)

    assert [finding.message for finding in found if len(finding.message) > 1000] == []
    json.dumps([[finding.value, finding.suggestion] for finding in found], allow_nan=False)

"""One id or name in two spellings is one thing: in a list, between units, years and parks."""

from datetime import date
from pathlib import Path

import pytest

from tests.support import small_plan
from tests.support.forms import Answers, filled, findings, written
from tests.support.small_plan import INVESTMENT, NEW_TOWN, PERIOD, PLAN
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.findings import Finding, Severity
from wyexcel.forms import value_changes
from wyexcel.forms.filled import read_form
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.listed_key import key_of
from wyexcel.forms.value_changes import ValuePlace
from wyexcel.progress import ledger, reconcile, totals
from wyexcel.progress.reconcile import Settled, State
from wyexcel.rules import all_rules, between_units
from wyexcel.rules.history import History

PROJECT = "2403-511781-04-01-000001"
FIRM = "91350100M000100Y43"
SPELLINGS = [
    (PROJECT, "24035117810401000001"),
    (PROJECT, "2403 511781 04 01 000001"),
    (PROJECT, "２４０３－５１１７８１－０４－０１－０００００１"),
    (PROJECT, "2403—511781–04‐01−000001"),
    (PROJECT, "\u202d2403-511781-04-01-000001\u202c"),
    (PROJECT, "'2403.511781.04.01.000001"),
    (FIRM, "91350100m000100y43"),
    (FIRM, "9135 0100 M000 100Y 43"),
    (FIRM, "91350100-M000100Y-43"),
    (FIRM, "９１３５０１００Ｍ０００１００Ｙ４３"),
    ("川经信技〔2025〕1号", "川经信技（2025）1号"),
    ("川经信技〔2025〕1号", "川经信技[2025] 1号"),
    ("川经信技〔2025〕1号", "川经信技【２０２５】１号"),
]
DIFFERENT = [
    ("1-23", "12-3"),
    ("2025-001", "2025001"),
    ("2025-①", "2025-1"),
    (PROJECT, "2403-511781-04-01-000002"),
    ("91350100M00010OY43", FIRM),
    ("川经信技〔2025〕1号", "川经信技〔2025〕11号"),
]
spelt = pytest.mark.parametrize(("one", "other"), SPELLINGS)


def deal(
    code: str, name: str = "齿轮", park: str = "江北", amount: int = 800
) -> tuple[object, ...]:
    return name, code, park, "2031-03-05", amount


def of(unit: str, *rows: tuple[object, ...]) -> Answers:
    typed = {("DEALS", "全区"): None}
    return small_plan.answers(unit, lists={"DEALS": rows}, typed=typed, file=f"{unit}.xlsx")


def through_a_file(answers: Answers, tmp_path: Path) -> FilledForm:
    """The form as it is read from a real file."""
    book = read_workbook.read(written(answers, tmp_path / answers.file))
    assert isinstance(book, Book)
    return read_form.read_form(book, PLAN, answers.unit, PERIOD)


def between(tmp_path: Path, *answers: Answers) -> list[Finding]:
    forms = {a.unit: through_a_file(a, tmp_path) for a in answers}
    adopted = between_units.AdoptedForms(plan=PLAN, forms=forms)
    return [f for f in between_units.BETWEEN_UNITS.findings(adopted, file="") if f.rule != "U05"]


def settled(*answers: Answers) -> Settled:
    forms = [filled(a).submission for a in answers]
    reports = totals.aggregate(ledger.ledger_of(forms, PLAN), PLAN, PERIOD)
    return next(s for s in reconcile.settle(reports, PLAN) if s.element.code == "DEALS")


@spelt
def test_two_spellings_in_one_list_are_one_thing_twice(
    one: str, other: str, tmp_path: Path
) -> None:
    form = through_a_file(of(INVESTMENT, deal(one), deal(other, "齿轮二期")), tmp_path)

    [finding] = all_rules.validate(form)

    assert (finding.rule, finding.severity) == ("B04", Severity.ERROR)
    assert finding.value == other.replace("\u202d", "").replace("\u202c", "").strip()


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_ids_that_differ_otherwise_are_two_things(one: str, other: str) -> None:
    rules = {f.rule for f in findings(of(INVESTMENT, deal(one), deal(other, "齿轮二期")))}

    assert "B04" not in rules
    assert key_of(one) != key_of(other)


@spelt
def test_two_units_that_spell_an_id_differently_list_the_same(
    one: str, other: str, tmp_path: Path
) -> None:
    lead, checker = of(INVESTMENT, deal(one)), of(NEW_TOWN, deal(other))

    assert between(tmp_path, lead, checker) == []
    union = settled(lead, checker)
    assert (union.value, union.state, dict(union.only)) == (1, State.AGREED, {})


@spelt
def test_what_counted_in_an_earlier_year_is_known_in_any_spelling(one: str, other: str) -> None:
    item = filled(of(INVESTMENT, deal(one))).submission.items[0]
    history = History(counted={("DEALS", item.key): 2030})

    [finding] = [
        f
        for f in all_rules.validate(filled(of(INVESTMENT, deal(other))), history)
        if f.rule == "P08"
    ]

    assert finding.value == other.replace("\u202d", "").replace("\u202c", "").strip()


@spelt
def test_one_thing_in_two_parks_is_told_once_in_one_form(one: str, other: str) -> None:
    [finding] = findings(of(INVESTMENT, deal(one), deal(other, park="江南")))

    assert (finding.rule, finding.severity) == ("U03", Severity.ERROR)
    assert "请只留一行、一个园区" in finding.message


@spelt
def test_two_units_that_say_two_parks_are_asked_and_both_count(
    one: str, other: str, tmp_path: Path
) -> None:
    lead, checker = of(INVESTMENT, deal(one, park="江南")), of(NEW_TOWN, deal(other))

    [finding] = between(tmp_path, lead, checker)

    assert (finding.rule, finding.severity, finding.unit) == ("U03", Severity.REVIEW, INVESTMENT)
    union = settled(lead, checker)
    assert (union.value, union.state) == (1, State.DISPUTED)
    assert dict(union.parks) == {"江北": 1, "江南": 0, "江心洲": 0}
    assert dict(union.parks_apart) == {"齿轮": ((INVESTMENT, "江南"), (NEW_TOWN, "江北"))}


@spelt
def test_another_spelling_of_what_was_published_is_no_change(one: str, other: str) -> None:
    before = {INVESTMENT: {ValuePlace("DEALS", "江北", one): "2031-03-05"}}
    values = value_changes.values_of(filled(of(INVESTMENT, deal(other))).submission, PLAN)
    now = {INVESTMENT: {p: v for p, v in values.items() if p.item}}

    assert [*value_changes.changes(before, now)] == []


def test_an_id_is_printed_as_it_was_written() -> None:
    typed = " 2403—511781－04-01-000001"
    submission = filled(of(INVESTMENT, deal(typed))).submission

    [row] = [row for row in ledger.ledger_of([submission], PLAN) if row.item]

    assert row.item == typed.strip()
    assert row.key == PROJECT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("临江（富硒）茶厂", "临江(富硒) 茶厂"),
        ("ＡＢＣ公司", "abc公司"),
        ("齿轮\u200b厂", "齿轮厂"),
        ("“齿轮”厂", '"齿轮"厂'),
    ],
)
def test_names_are_keys_where_there_is_no_id(one: str, other: str) -> None:
    items = filled(of(INVESTMENT, deal("", one), deal("无", other))).submission.items

    assert items[0].key == items[1].key
    assert items[0].day == date(2031, 3, 5)


def test_two_rows_with_a_word_for_no_id_are_no_duplicates() -> None:
    rows = deal("无"), deal("无", "面粉")

    assert "B04" not in {f.rule for f in findings(of(INVESTMENT, *rows))}


@pytest.mark.parametrize(
    "code", ["91350100m000100y34", "9135 0100 M000100Y34", "９１350100M000100Y34"]
)
def test_a_credit_code_is_checked_in_any_spelling_and_told_as_written(code: str) -> None:
    [finding] = findings(of(INVESTMENT, deal(code)))

    assert (finding.rule, finding.value) == ("B05", code)

"""快报 and 正式: how final a number is goes with it from the form to the bulletin."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.answers import ask
from tests.support.forms import INDUSTRY, PERIOD, TRADE, WHOLE, Answers, filled, findings, written
from tests.support.places import at
from wyexcel.findings import Finding, Severity
from wyexcel.forms import layout
from wyexcel.forms.submission import Vintage
from wyexcel.period import Period
from wyexcel.rules import between_units
from wyexcel.rules.between_units import AdoptedForms

DECEMBER = Period(2025, 12)


def trade(value: float = 40, vintage: Any = None, period: Period = PERIOD) -> Answers:
    """市商务局's form, with 数据性质 chosen or not."""
    typed, states = {("C14", WHOLE): value}, {"vintage": vintage}
    return Answers(unit=TRADE, typed=typed, states=states, period=period)


@pytest.mark.parametrize(
    ("typed", "vintage"),
    [(None, "正式"), ("正式", "正式"), ("快报", "快报"), ("快报数", "快报"), ("正常", "正式")],
)
def test_a_form_says_how_final_it_is_and_a_blank_is_final(typed: Any, vintage: str) -> None:
    assert filled(trade(vintage=typed)).submission.vintage == vintage


def test_a_form_of_an_earlier_time_that_does_not_ask_is_final() -> None:
    there = filled(trade())
    sheets = {**there.book.sheets}
    sheets["_form"] = [row for row in sheets["_form"] if row[0] != "vintage"]
    sheets["_identity"] = [["form", "older"] if r[0] == "form" else r for r in sheets["_identity"]]

    said = filled(trade(vintage="快报"), sheets=sheets).submission

    assert (said.vintage, len(said.entries)) == (Vintage.FINAL, 1)


def test_only_the_two_words_of_the_list_are_expected_there() -> None:
    [slot] = [s for s in layout.layout(trade().plan, TRADE, PERIOD).slots if s.code == "vintage"]

    assert findings(trade(vintage="快报")) == []
    [finding] = findings(trade(vintage="月报"))
    assert (finding.rule, finding.severity, finding.cell) == ("V14", Severity.REVIEW, slot.cell)


def mixed(*forms: Answers) -> list[Finding]:
    adopted = AdoptedForms(plan=forms[0].plan, forms={f.unit: filled(f) for f in forms})
    return [f for f in between_units.BETWEEN_UNITS.findings(adopted, file="") if f.rule == "U07"]


def industry(vintage: str | None) -> Answers:
    return Answers(unit=INDUSTRY, states={"vintage": vintage}, file="b.xlsx")


def test_vintages_that_are_mixed_are_told_of_those_that_are_not_final() -> None:
    [finding] = mixed(trade(vintage="快报"), industry(None))

    assert (finding.unit, finding.severity, finding.value) == (TRADE, Severity.REVIEW, "快报")
    assert "快报：市商务局；正式：市经信局" in finding.message


def test_one_vintage_all_through_is_in_order() -> None:
    assert mixed(trade(), industry("正式")) == []
    assert mixed(trade(vintage="快报"), industry("快报")) == []


@pytest.fixture
def office(tmp_path: Path) -> Path:
    assert ask(tmp_path, "init", ".").code == 0
    return tmp_path


def send(office: Path, answers: Answers, name: str) -> None:
    inbox = office / "报送" / str(answers.period)
    inbox.mkdir(parents=True, exist_ok=True)
    written(answers, inbox / name)


def notes(office: Path, period: Period) -> str:
    assert ask(office, "bulletin", str(period)).code == 0
    book = load_workbook(office / "通报" / str(period) / "通报.xlsx")
    return "".join(str(row) for row in book["季度通报"].iter_rows(values_only=True))


def test_the_bulletin_and_the_ledger_say_which_rows_are_preliminary(office: Path) -> None:
    send(office, trade(vintage="快报"), "a.xlsx")
    ask(office, "merge", str(PERIOD))

    assert "第11项：快报数（市商务局）" in notes(office, PERIOD)
    book = load_workbook(office / "通报" / str(PERIOD) / "汇总.xlsx")
    assert "快报" in [cell for row in book["台账"].iter_rows(values_only=True) for cell in row]


def test_final_numbers_leave_no_note(office: Path) -> None:
    send(office, trade(), "a.xlsx")
    ask(office, "merge", str(PERIOD))

    assert "快报数" not in notes(office, PERIOD)


def annual(office: Path, flash: float, final: float, period: Period) -> list[dict[str, Any]]:
    """What is found where a unit's final form follows its preliminary one, both merged."""
    send(office, trade(flash, "快报", period), "a.xlsx")
    ask(office, "merge", str(period))
    send(office, trade(final, "正式", period), "b.xlsx")
    found = ask(office, "check", str(period)).json["findings"]
    ask(office, "merge", str(period))
    return [f for f in found if f["rule"] == "P09"]


def test_a_years_final_number_that_differs_from_the_preliminary_is_told(office: Path) -> None:
    [finding] = annual(office, 40, 42, DECEMBER)

    cell = at("C14", unit=TRADE)
    assert (finding["severity"], finding["file"], finding["cell"]) == ("核", "b.xlsx", cell)
    assert "快报 40 与年报 42 相差 5%，通报将采用年报数并注明" in finding["message"]
    assert "市商务局采用年报数" in notes(office, DECEMBER)


def test_the_same_number_and_an_earlier_quarter_are_in_order(office: Path) -> None:
    assert annual(office, 40, 40, DECEMBER) == []
    assert annual(office, 40, 42, PERIOD) == []

"""上期累计 and 上年同期 that were typed over, in forms that a workspace with a past issued."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.answers import ask
from tests.support.forms import TRADE, WHOLE, Answers, written
from tests.support.places import at, row_of
from wyexcel.forms.blank.issued_cells import HEADINGS, KNOWN, WORDS
from wyexcel.period import Period

YEAR_AGO, JUNE, SEPTEMBER = Period(2025, 9), Period(2026, 6), Period(2026, 9)
NUMBER, SINGLE = at("C14", unit=TRADE), at("C14.single", unit=TRADE)
PREVIOUS, LAST_YEAR = at("C14", "上期累计", TRADE), at("C14", "上年同期", TRADE)
BESIDE = f"D{row_of(SINGLE)}"
"""上期累计 again, beside the number of the period alone in 补充."""


def adopt(office: Path, value: float, period: Period, name: str) -> None:
    """市商务局 reports *value* for *period*, and it is adopted."""
    inbox = office / "报送" / str(period)
    inbox.mkdir(parents=True, exist_ok=True)
    written(Answers(unit=TRADE, typed={("C14", WHOLE): value}, period=period), inbox / name)
    assert ask(office, "merge", str(period)).code == 0, ask(office, "check", str(period)).json


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A workspace that has issued September's forms after June, with last year's September."""
    assert ask(tmp_path, "init", ".").code == 0
    adopt(tmp_path, 900, YEAR_AGO, "去年.xlsx")
    adopt(tmp_path, 600, JUNE, "六月.xlsx")
    assert ask(tmp_path, "issue", str(SEPTEMBER)).code == 0
    return tmp_path


def check(
    office: Path, change: Callable[[Any], object] = lambda _: None, **values: object
) -> list[tuple[Any, ...]]:
    """What is found of locked cells and sums in the issued form, filled and *change*d."""
    book = load_workbook(office / "下发" / str(SEPTEMBER) / f"{TRADE}.xlsx")
    form, beside = book["填报"], book["补充"]
    form[NUMBER] = values.get("number", 950)
    beside[SINGLE] = values.get("single", 350)
    for person in (at(who, unit=TRADE) for who in ("preparer", "reviewer", "phone")):
        form[person] = "张三8600000"
    change(book)
    path = office / "填好.xlsx"
    book.save(path)
    findings = ask(office, "check", str(SEPTEMBER), str(path)).json["findings"]
    asked = {"S05", "S09", "P04", "P05", "R02", "V13"}
    return [
        (f["rule"], f["severity"], f["sheet"], f["cell"]) for f in findings if f["rule"] in asked
    ]


def put(sheet: str, cell: str, value: object) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet][cell] = value

    return change


def test_a_form_with_what_it_was_issued_with_is_in_order(office: Path) -> None:
    book = load_workbook(office / "下发" / str(SEPTEMBER) / f"{TRADE}.xlsx")
    assert [book["填报"][cell].value for cell in (PREVIOUS, LAST_YEAR)] == [600, 900]
    assert book["补充"][BESIDE].value == 600

    assert check(office) == []


@pytest.mark.parametrize("value", [700, None, "—", "见附件", "=600+100", "600万"])
@pytest.mark.parametrize(
    ("sheet", "cell"), [("填报", PREVIOUS), ("补充", BESIDE), ("填报", LAST_YEAR)]
)
def test_one_that_was_typed_over_is_told_once(
    sheet: str, cell: str, value: object, office: Path
) -> None:
    rule = "P05" if cell == LAST_YEAR and value == 700 else "S09"

    assert check(office, put(sheet, cell, value)) == [(rule, "错", sheet, cell)]


def test_a_sum_that_fits_what_was_typed_over_does_not_pass(office: Path) -> None:
    """950 = 500 + 450 fits only because 500 was put in the place of 600."""
    found = check(office, put("补充", BESIDE, 500), single=450)

    assert sorted(rule for rule, *_ in found) == ["R02", "S09"]


def test_a_later_revision_does_not_make_a_form_wrong(office: Path) -> None:
    adopt(office, 650, JUNE, "六月更正.xlsx")
    adopt(office, 930, YEAR_AGO, "去年更正.xlsx")

    assert check(office) == [("P05", "核", "填报", LAST_YEAR)]
    assert check(office, single=300) == [("P05", "核", "填报", LAST_YEAR)]  # by the new number
    assert [rule for rule, *_ in check(office, single=200)] == ["R02", "P05"]
    assert check(office, put("填报", PREVIOUS, 700))[0] == ("S09", "错", "填报", PREVIOUS)
    assert check(office, put("填报", PREVIOUS, 650)) == [("P05", "核", "填报", LAST_YEAR)]
    assert check(office, put("填报", LAST_YEAR, 930)) == []
    check(office, put("填报", LAST_YEAR, 700))
    findings = ask(office, "check", str(SEPTEMBER), str(office / "填好.xlsx")).json["findings"]
    [finding] = [f for f in findings if f["rule"] == "P05"]
    assert "上年同期应为 900（系统已带出），现为 700，请勿改动" in finding["message"]


def test_a_period_that_was_merged_after_the_forms_were_issued_changes_nothing(office: Path) -> None:
    adopt(office, 850, Period(2026, 8), "八月.xlsx")

    assert check(office) == []


def test_one_that_was_blank_when_issued_stays_blank(tmp_path: Path) -> None:
    ask(tmp_path, "init", ".")
    ask(tmp_path, "issue", str(SEPTEMBER))

    assert check(tmp_path) == []
    for sheet, cell in (("填报", PREVIOUS), ("填报", LAST_YEAR), ("补充", BESIDE)):
        assert check(tmp_path, put(sheet, cell, 500)) == [("S09", "错", sheet, cell)]


def without_statement(book: Any) -> None:
    """The form is one of those that did not say yet what they were issued with."""
    identity = book["_identity"]
    for row in reversed(range(1, identity.max_row + 1)):
        if identity.cell(row, 1).value in {HEADINGS, WORDS, KNOWN}:
            identity.delete_rows(row)


def test_a_form_that_does_not_say_what_it_was_issued_with_is_asked_about(office: Path) -> None:
    def change(cell: str, value: object) -> Callable[[Any], None]:
        def both(book: Any) -> None:
            without_statement(book)
            book["填报"][cell] = value

        return both

    assert check(office, without_statement) == []
    assert check(office, change(PREVIOUS, 700)) == [("S09", "核", "填报", PREVIOUS)]
    assert check(office, change(PREVIOUS, "—")) == []
    assert check(office, change(LAST_YEAR, 700)) == [("P05", "错", "填报", LAST_YEAR)]
    adopt(office, 650, JUNE, "六月更正.xlsx")
    assert check(office, change(PREVIOUS, 600)) == []


def test_what_was_published_of_a_closed_period_is_told_as_such(office: Path) -> None:
    ask(office, "assess", str(JUNE))
    assert ask(office, "close", str(JUNE), "--by", "李四").code == 0

    assert check(office, put("填报", PREVIOUS, 700)) == [("P04", "错", "填报", PREVIOUS)]
    assert check(office, put("填报", PREVIOUS, None)) == [("S09", "错", "填报", PREVIOUS)]
    both = check(office, put("填报", PREVIOUS, 700), single="x", number="九百")
    assert ("P04", "错", "填报", PREVIOUS) in both  # beside other mistakes too

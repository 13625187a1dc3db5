"""`check PERIOD FILE…` and 校验 on an open form: nothing is said of units not looked at."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.answers import Answered, ask
from tests.support.forms import (
    COMMITTEE,
    INDUSTRY,
    PARKS,
    PERIOD,
    WHOLE,
    Answers,
    written,
)

AMOUNTS = (("C02", 30_000), ("C05", 60_000), ("C03a", 100_000), ("C03b", 70_000))
SIZED = {(code, park): amount for code, amount in AMOUNTS for park in PARKS}
"""What the parks of 管委会 produce and earn, as much as a zone of this size does."""
OFF = Answers(unit=INDUSTRY, typed={("C02", WHOLE): 190_000, ("C05", WHOLE): 300_000})
"""市经信局 says more than the 150,000 that 管委会 has in its parks."""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    assert ask(tmp_path, "init", ".").code == 0
    inbox = tmp_path / "报送" / str(PERIOD)
    inbox.mkdir(parents=True)
    written(Answers(unit=COMMITTEE, typed=SIZED), inbox / "管委会.xlsx")
    return tmp_path


def inbox(office: Path, name: str) -> str:
    return str(office / "报送" / str(PERIOD) / name)


def about_others(answer: Answered) -> set[str]:
    return {f["rule"] for f in answer.json["findings"] if f["rule"][0] in "UI"}


def test_a_form_alone_says_nothing_of_units_that_were_not_looked_at(office: Path) -> None:
    whole = ask(office, "check", str(PERIOD))
    alone = ask(office, "check", str(PERIOD), inbox(office, "管委会.xlsx")).json

    assert {"U05", "I04"} <= about_others(whole)
    assert (alone["findings"], alone["missing"]) == ([], [])
    assert [s["status"] for s in alone["submissions"]] == ["accepted"]
    sheet = load_workbook(office / "通报" / str(PERIOD) / "校验结果.xlsx")["校验结果"]
    assert "缺报" not in str(sheet["A2"].value)


def test_units_that_are_among_the_files_are_held_against_each_other(office: Path) -> None:
    written(OFF, office / "另一份.xlsx")

    both = ask(
        office, "check", str(PERIOD), inbox(office, "管委会.xlsx"), str(office / "另一份.xlsx")
    )

    assert about_others(both) == {"U01"}


def test_a_unit_whose_form_is_in_the_archive_was_looked_at(office: Path) -> None:
    written(OFF, office / "报送" / str(PERIOD) / "经信.xlsx")
    ask(office, "merge", str(PERIOD))
    written(Answers(unit=COMMITTEE, typed=SIZED, remarks={"C01": "更正"}), office / "更正.xlsx")

    answer = ask(office, "check", str(PERIOD), str(office / "更正.xlsx"))

    assert "U01" in about_others(answer)
    assert answer.json["missing"] == []


def test_a_unit_that_was_looked_at_and_said_nothing_is_still_told(office: Path) -> None:
    silent = Answers(
        unit=INDUSTRY,
        typed={("C02", WHOLE): None},
        states={"C02": "不详"},
        remarks={"C02": "未出数"},
    )
    written(silent, office / "经信.xlsx")

    both = ask(
        office, "check", str(PERIOD), inbox(office, "管委会.xlsx"), str(office / "经信.xlsx")
    )

    [finding] = [f for f in both.json["findings"] if f["rule"] == "U05"]
    assert finding["message"].startswith("主报单位 市经信局 未报“规上工业总产值”")

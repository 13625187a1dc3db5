"""A rehearsal breaks every rule there is once, where its answer sheet says so."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.answers import ask
from tests.support.forms import INDUSTRY
from tests.support.places import at
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.findings import Finding
from wyexcel.forms.submission import Season
from wyexcel.practice.rehearsal import rehearse
from wyexcel.practice.rehearsal.answer_key import AnswerKeyEntry
from wyexcel.practice.rehearsal.correct_forms import PERIOD
from wyexcel.practice.rehearsal.rehearse import MISTAKES, Rehearsal
from wyexcel.rules import all_rules
from wyexcel.stages import check, read_plan

CODES = sorted({rule.code for rule in all_rules.RULES})


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    return rehearse.make_rehearsal(tmp_path_factory.mktemp("演练") / "演练")


@pytest.fixture(scope="module")
def seasons(everything: Rehearsal) -> dict[str, Season]:
    """What the check says of every period into which a file was put."""
    plan = read_plan.plan_of(everything.workspace)
    periods = {entry.draft.period for entry in everything.answer_key}
    return {str(period): check.examine(everything.workspace, plan, period) for period in periods}


def findings_in(entry: AnswerKeyEntry, seasons: dict[str, Season]) -> list[Finding]:
    findings = seasons[str(entry.draft.period)].findings
    return [finding for finding in findings if finding.file == entry.file]


def test_every_rule_has_a_fault_and_every_fault_a_rule() -> None:
    assert sorted(MISTAKES) == CODES


@pytest.mark.parametrize("code", CODES)
def test_the_fault_of_a_rule_is_found_in_its_file_at_its_cell(
    code: str, everything: Rehearsal, seasons: dict[str, Season]
) -> None:
    [entry] = [e for e in everything.answer_key if e.mistake and e.mistake.code == code]
    found = [(f.rule, f.sheet, f.cell) for f in findings_in(entry, seasons)]

    assert (code, entry.draft.sheet, entry.draft.cell) in found


def test_the_forms_in_order_of_a_rehearsal_break_no_rule(tmp_path: Path) -> None:
    made = rehearse.make_rehearsal(tmp_path / "演练", ["F03"])
    season = check.examine(made.workspace, read_plan.plan_of(made.workspace), PERIOD)

    assert [finding.rule for finding in season.findings] == ["F03"]
    assert len(season.adopted) == 5


def test_only_the_faults_that_were_asked_for_are_put_in(tmp_path: Path) -> None:
    code, made, _ = ask(tmp_path, "rehearse", "练习", "--fault", "v02", "P01")
    checked = ask(tmp_path / "练习", "check", str(PERIOD))

    assert (code, made["faults"]) == (0, ["P01", "V02"])
    assert checked.code == 1
    assert len(checked.json["submissions"]) == 7
    assert {"V02", "P01"} <= {finding["rule"] for finding in checked.json["findings"]}


def test_a_code_that_no_rule_has_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    code, made, error = ask(tmp_path, "rehearse", "练习", "--fault", "V99")

    assert (code, made) == (2, None)
    assert "V99" in error
    assert "V02" in error
    assert not (tmp_path / "练习").exists()


@pytest.mark.parametrize(
    "words",
    [["rehearse"], ["rehearse", "甲", "--fault"], ["check", "2025-09", "--fault", "V02"]],
)
def test_a_rehearsal_that_was_not_asked_for_as_it_must_be_is_refused(
    words: list[str], tmp_path: Path
) -> None:
    code, _, error = ask(tmp_path, *words)

    assert code == 2
    assert "wyexcel rehearse 演练" in error


def test_every_file_and_the_answers_say_that_they_are_invented(everything: Rehearsal) -> None:
    inbox = everything.workspace.inbox(PERIOD)
    for path in (everything.file, inbox / "市科技局.xlsx"):
        sheets: Any = load_workbook(path)
        seen = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
        assert seen
        assert all("演练数据" in str(sheet["A1"].value) for sheet in seen)


def test_the_answers_lead_to_the_cells_and_say_what_will_be_read(everything: Rehearsal) -> None:
    book: Any = load_workbook(everything.file)
    lines = {row[4].value: row for row in book["答案"].iter_rows(min_row=4) if row[4].value}
    file, did, sheet, cell, _, level, message, mend = lines["V02"]

    assert sorted(lines) == CODES
    assert all(line[1].value and line[6].value and line[7].value for line in lines.values())
    assert (sheet.value, cell.value, level.value) == ("填报", at("C02", unit=INDUSTRY), "错")
    assert "129066万元" in message.value
    assert did.value
    assert mend.value
    target = cell.hyperlink.target.replace("\\", "/")
    assert isinstance(read_workbook.read(everything.workspace.root / target), Book)
    assert target.endswith(file.value)


def test_the_same_rehearsal_is_made_every_time(tmp_path: Path) -> None:
    again = rehearse.make_rehearsal(tmp_path / "再来", ["F07", "S06", "U02"])
    alone = {p.name: p.read_bytes() for p in again.workspace.inbox(PERIOD).iterdir()}
    once_more = rehearse.make_rehearsal(tmp_path / "又来", ["U02", "S06", "F07"])

    assert alone == {p.name: p.read_bytes() for p in once_more.workspace.inbox(PERIOD).iterdir()}

"""Another unit's main sheet inside a unit's workbook: named, told once, and told to that unit."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.forms import (
    COMMITTEE,
    INDUSTRY,
    INVESTMENT,
    PERIOD,
    PLAN,
    SCIENCE,
    TRADE,
    Answers,
    written,
)
from wyexcel.files.writing.document import as_text
from wyexcel.findings import Severity
from wyexcel.forms.submission import Season
from wyexcel.intake import check_arrivals
from wyexcel.intake.arrivals import Arrival
from wyexcel.letters.letters_after_check import check_letters
from wyexcel.letters.rejections import rejections

TODAY = date(2025, 10, 9)


def with_sheet_of(
    tmp_path: Path, unit: str, *, change: Callable[[Worksheet], object] = lambda _: None
) -> Path:
    """A form of 市科技局 into which the main sheet of *unit* was copied, *change*d there."""
    path = written(Answers(unit=SCIENCE), tmp_path / "科技.xlsx")
    other = load_workbook(written(Answers(unit=unit), tmp_path / "别家.xlsx"))
    book = load_workbook(path)
    copied(book, other["填报"], change)
    book.save(path)
    return path


def copied(book: Workbook, source: Worksheet, change: Callable[[Worksheet], object]) -> None:
    sheet = book.create_sheet("填报 (2)")
    for line in source.iter_rows():
        for cell in line:
            sheet[cell.coordinate] = cell.value
    change(sheet)


def season(*paths: Path) -> Season:
    moment = datetime(2025, 10, 8, tzinfo=UTC)
    came = [Arrival(path=path, file=path.name, received=moment) for path in paths]
    return check_arrivals.judge_arrivals(came, plan=PLAN, period=PERIOD, today=TODAY)


def told(checked: Season) -> list[tuple[str, Severity, object]]:
    return [(f.rule, f.severity, f.value) for f in checked.findings if f.rule in {"I08", "S10"}]


@pytest.mark.parametrize("unit", [TRADE, INDUSTRY, COMMITTEE, INVESTMENT])
def test_a_foreign_main_sheet_is_named_once(tmp_path: Path, unit: str) -> None:
    checked = season(with_sheet_of(tmp_path, unit))

    assert told(checked) == [("I08", Severity.NOTICE, unit)]
    assert [received.decision.value for received in checked.received] == ["accepted"]


@pytest.mark.parametrize("unit", [TRADE, COMMITTEE])
def test_it_is_known_by_its_labels_where_its_head_is_gone(tmp_path: Path, unit: str) -> None:
    def cut_head(sheet: Worksheet) -> None:
        for row in (1, 2):
            for cell in sheet[row]:
                cell.value = None

    assert told(season(with_sheet_of(tmp_path, unit, change=cut_head))) == [
        ("I08", Severity.NOTICE, unit)
    ]


def test_a_hidden_one_is_named_too(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden"

    assert [r for r, _, _ in told(season(with_sheet_of(tmp_path, TRADE, change=hide)))] == ["I08"]


def test_a_copy_of_its_own_sheet_is_no_other_units(tmp_path: Path) -> None:
    assert [rule for rule, _, _ in told(season(with_sheet_of(tmp_path, SCIENCE)))] == ["S10"]


def test_a_table_of_its_own_is_no_form(tmp_path: Path) -> None:
    def scribble(sheet: Worksheet) -> None:
        sheet.delete_rows(1, 60)
        sheet["A1"] = "市商务局来电记录"

    assert [r for r, _, _ in told(season(with_sheet_of(tmp_path, TRADE, change=scribble)))] == [
        "S10"
    ]


def test_the_other_unit_is_told_where_its_form_lies_if_it_sent_none(tmp_path: Path) -> None:
    checked = season(with_sheet_of(tmp_path, TRADE))
    letters = {
        letter.unit: as_text(letter)
        for letter in check_letters(checked, rejections(checked), PLAN, TODAY)
    }

    assert "夹在市科技局报来的“科技.xlsx”里（“填报 (2)”工作表）" in letters[TRADE]
    assert "夹在" not in letters[INDUSTRY]


def test_who_sent_its_own_form_is_not_told(tmp_path: Path) -> None:
    own = written(Answers(unit=TRADE), tmp_path / "商务.xlsx")
    checked = season(with_sheet_of(tmp_path, TRADE), own)

    assert told(checked) == [("I08", Severity.NOTICE, TRADE)]
    letters = list(check_letters(checked, rejections(checked), PLAN, TODAY))
    assert all("夹在" not in as_text(letter) for letter in letters)

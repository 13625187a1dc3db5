from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from forms import COMMITTEE, PERIOD, PLAN, Answers, written
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator, ValidationSeverity

from wyexcel import annotate, intake
from wyexcel.findings import Finding
from wyexcel.intake import Arrival
from wyexcel.submission import Season

MORNING = datetime(2025, 10, 9, 9, tzinfo=UTC)


def check(path: Path) -> Season:
    there = [Arrival(path=path, file=path.name, received=MORNING)]
    return intake.check(there, plan=PLAN, period=PERIOD, today=date(2025, 10, 20))


def own(season: Season) -> list[Finding]:
    return [finding for finding in season.findings if finding.file]


def faulty(tmp_path: Path) -> Path:
    typed = {("C02", "白沙"): "约6亿元", ("C02", "青花"): None, ("C02", "区内园外"): None}
    return written(Answers(unit=COMMITTEE, typed=typed), tmp_path / "a.xlsx")


def test_the_copy_lists_every_problem_first_with_a_link_to_its_cell(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    before = source.read_bytes()
    annotate.copy(source, tmp_path / "退回.xlsx", own(check(source)))

    book = load_workbook(tmp_path / "退回.xlsx")

    assert book.sheetnames[0] == "问题清单"
    lines = list(book["问题清单"].iter_rows(min_row=3, max_col=3, values_only=True))
    assert lines == [(1, "错", "填报 E8"), (2, "错", "填报 G8:H8")]
    assert book["问题清单"]["C3"].hyperlink.location == "'填报'!E8"
    assert source.read_bytes() == before


def test_faulty_cells_are_coloured_and_say_what_to_do(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    annotate.copy(source, tmp_path / "退回.xlsx", own(check(source)))

    page = load_workbook(tmp_path / "退回.xlsx")["填报"]

    assert [page[c].fill.fgColor.rgb for c in ("E8", "G8", "H8")] == ["FFFFC7CE"] * 3
    assert "60000" in page["E8"].comment.text
    assert "没有发生请填 0" in page["G8"].comment.text
    assert page["F8"].comment is None


def test_formats_choices_protection_and_identity_survive(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    annotate.copy(source, tmp_path / "退回.xlsx", own(check(source)))

    old, new = load_workbook(source), load_workbook(tmp_path / "退回.xlsx")

    assert new.sheetnames[1:] == old.sheetnames
    for sheet in old.sheetnames:
        assert new[sheet].protection.sheet == old[sheet].protection.sheet
        assert new[sheet].sheet_state == old[sheet].sheet_state
        assert new[sheet].print_title_rows == old[sheet].print_title_rows
        rules = [r.formula1 for r in old[sheet].data_validations.dataValidation]
        assert [r.formula1 for r in new[sheet].data_validations.dataValidation] == rules
        for row in old[sheet].iter_rows():
            for cell in row:
                there = new[sheet][cell.coordinate]
                assert there.value == cell.value
                assert there.number_format == cell.number_format
                assert there.protection.locked == cell.protection.locked


def test_the_copy_once_mended_is_accepted(tmp_path: Path) -> None:
    source, copy = faulty(tmp_path), tmp_path / "退回.xlsx"
    annotate.copy(source, copy, own(check(source)))
    book = load_workbook(copy)
    for cell, value in (("E8", 60000), ("G8", 0), ("H8", 0)):
        book["填报"][cell] = value
    book.save(copy)

    season = check(copy)

    assert [s.unit for s in season.adopted] == [COMMITTEE]


def test_a_copy_of_a_copy_forgets_the_marks_of_the_first(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    annotate.copy(source, tmp_path / "一.xlsx", own(check(source)))
    annotate.copy(tmp_path / "一.xlsx", tmp_path / "二.xlsx", ())

    book = load_workbook(tmp_path / "二.xlsx")

    assert book.sheetnames.count("问题清单") == 1
    assert book["填报"]["E8"].comment is None
    assert book["填报"]["E8"].fill.fgColor.rgb == "FFFFF9E5"


def test_the_same_problems_give_the_same_bytes(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    for name in ("一.xlsx", "二.xlsx"):
        annotate.copy(source, tmp_path / name, own(check(source)))

    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_what_a_unit_typed_stays_text_in_the_list(tmp_path: Path) -> None:
    finding = Finding(
        rule="V02",
        severity=own(check(faulty(tmp_path)))[0].severity,
        file="a.xlsx",
        message="=HYPERLINK(1)",
        sheet="填报",
        cell="E8",
        value="=1+1",
    )
    annotate.copy(tmp_path / "a.xlsx", tmp_path / "退回.xlsx", [finding])

    page = load_workbook(tmp_path / "退回.xlsx")["问题清单"]

    assert [page[c].data_type for c in ("D3", "E3")] == ["s", "s"]


def test_a_workbook_that_openpyxl_cannot_open_still_gets_its_list(tmp_path: Path) -> None:
    source = faulty(tmp_path)
    finding = own(check(source))[0]
    source.write_bytes(b"PK no workbook")

    annotate.copy(source, tmp_path / "退回.xlsx", [finding])

    book = load_workbook(tmp_path / "退回.xlsx")
    assert book.sheetnames == ["问题清单"]
    assert book["问题清单"]["E3"].value == finding.message


@pytest.mark.parametrize("unit", PLAN.reporting)
def test_forms_and_their_annotated_copies_keep_to_the_standard(tmp_path: Path, unit: str) -> None:
    form = written(Answers(unit=unit, people={"phone": ""}), tmp_path / "表.xlsx")
    annotate.copy(form, tmp_path / "退回.xlsx", own(check(form)))

    for path in (form, tmp_path / "退回.xlsx"):
        assert validate(path) == []


def validate(path: Path) -> list[str]:
    """What breaks the standard; advice on how Excel would rather have it is left out."""
    told = OpenXmlValidator().validate(path).errors
    return [str(one) for one in told if one.severity is ValidationSeverity.ERROR]

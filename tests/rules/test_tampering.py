from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.support.forms import (
    COMMITTEE,
    INDUSTRY,
    PLAN,
    TRADE,
    WHOLE,
    Answers,
    book,
    filled,
    findings,
    written,
)
from tests.support.places import at, column_of, row_of, span
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.findings import Finding, Severity
from wyexcel.forms.filled import read_form
from wyexcel.forms.layout import layout
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import Unit
from wyexcel.rules import all_rules

TEA = ("茶厂", "2025-001", "白沙", "2025-03-28", 6800)


def mended(answers: Answers, path: Path, change: Callable[[Any], object]) -> list[Finding]:
    """What is found in the form after somebody *change*d it in a spreadsheet program."""
    there = load_workbook(written(answers, path / "a.xlsx"))
    change(there)
    there.save(path / "a.xlsx")
    read = read_workbook.read(path / "a.xlsx", skip=("说明",))
    assert isinstance(read, Book), read
    return all_rules.validate(read_form.read_form(read, answers.plan, answers.unit, answers.period))


def codes(found: list[Finding]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.cell) for finding in found]


def listed() -> Answers:
    return Answers(unit=INDUSTRY, typed={("C09", WHOLE): 1}, lists={"C09": [TEA]})


FIRST, SECOND = at("C01", unit=INDUSTRY), at("C02", unit=INDUSTRY)
"""Two numbers that 市经信局's form asks for, one below the other."""

PROJECT = at("C09", "name", INDUSTRY)
ASKED = at("C14", unit=TRADE)
MEASURE, INDICATOR = at("C14", "计量单位", TRADE), at("C14", "指标", TRADE)
REASON = at("reason.1")
LAST = at("C22", unit=INDUSTRY)
"""The last row of 补充 in 市经信局's form, which nobody has to fill."""


def hide_row(there: Any) -> None:
    there["填报"].row_dimensions[row_of(SECOND)].hidden = True


def hide_columns(there: Any) -> None:
    there["填报"].column_dimensions[column_of(FIRST)].hidden = True


def hide_sheet(there: Any) -> None:
    there["竣工项目"].sheet_state = "hidden"


def hide_row_beside(there: Any) -> None:
    there["补充"].row_dimensions[row_of(REASON)].hidden = True
    there["补充"].row_dimensions[row_of(LAST)].hidden = True


def hide_listed_row(there: Any) -> None:
    there["竣工项目"].row_dimensions[row_of(PROJECT)].hidden = True


@pytest.mark.parametrize(
    ("hide", "sheet", "cell", "place"),
    [
        (hide_row, "填报", SECOND, f"“填报”第 {row_of(SECOND)} 行被隐藏"),
        (hide_columns, "填报", FIRST, f"“填报” {column_of(FIRST)} 列被隐藏"),
        (hide_sheet, "竣工项目", PROJECT, "“竣工项目”工作表被隐藏"),
        (hide_row_beside, "补充", REASON, f"“补充”第 {row_of(REASON)} 行被隐藏"),
        (hide_listed_row, "竣工项目", PROJECT, f"“竣工项目”第 {row_of(PROJECT)} 行被隐藏"),
    ],
)
def test_what_is_filled_is_not_hidden(
    hide: Callable[[Any], None], sheet: str, cell: str, place: str, tmp_path: Path
) -> None:
    [finding] = mended(listed(), tmp_path, hide)

    assert (finding.rule, finding.severity) == ("S06", Severity.REVIEW)
    assert (finding.sheet, finding.cell) == (sheet, cell)
    assert finding.message.startswith(place)


def test_rows_hidden_together_are_told_once_however_many_there_are() -> None:
    rows = [(f"项目{n}", f"2025-{n:05}", *TEA[2:]) for n in range(3_000)]
    form = filled(Answers(unit=INDUSTRY, typed={("C09", WHOLE): 3_000}))
    sheet = [*form.book.sheets["竣工项目"][:3], *([None, *row] for row in rows)]
    hidden = " ".join(str(n) for n in range(10, 2_900) if n != 50)
    there = form.book._replace(
        sheets={**form.book.sheets, "竣工项目": sheet}, hidden={"竣工项目": hidden}
    )

    found = all_rules.validate(read_form.read_form(there, PLAN, INDUSTRY, Answers().period))

    assert codes(found) == [
        ("S06", f"{column_of(PROJECT)}10"),
        ("S06", f"{column_of(PROJECT)}51"),
    ]
    assert "第 51—2899 行被隐藏" in found[1].message


def test_what_is_blank_may_be_hidden(tmp_path: Path) -> None:
    def hide(there: Any) -> None:
        there["填报"].row_dimensions[40].hidden = True
        there["填报"].column_dimensions["Z"].hidden = True
        there["产业集群"].row_dimensions[9].hidden = True

    assert mended(listed(), tmp_path, hide) == []


ACROSS = span(at("C02", "白沙"), at("C02", "官渡"))
DOWN = span(at("C02", "白沙"), at("C03a", "白沙"))
LISTED = span(at("C09", "name", row=2), at("C09", "id", row=3))
TOLD = span(at("reason.1"), at("measures.1"))


@pytest.mark.parametrize(
    ("sheet", "area", "cells"),
    [
        ("填报", ACROSS, [("S07", ACROSS), ("V01", at("C02", "官渡"))]),
        ("填报", DOWN, [("S07", DOWN), ("V01", at("C03a", "白沙"))]),
        ("竣工项目", LISTED, [("S07", LISTED)]),
        ("竣工项目", "A1:G1", []),
        ("补充", TOLD, [("S07", TOLD)]),
        ("填报", "A30:C31", []),
    ],
)
def test_no_input_is_merged(
    sheet: str, area: str, cells: list[tuple[str, str]], tmp_path: Path
) -> None:
    form = Answers(unit=COMMITTEE)

    found = mended(form, tmp_path, lambda there: there[sheet].merge_cells(area))

    assert codes(found) == cells


def test_a_name_that_is_needed_and_whose_place_is_gone_is_told(tmp_path: Path) -> None:
    def spoil(there: Any) -> None:
        there.defined_names["合计"] = DefinedName("合计", attr_text="#REF!$A$1")
        there.defined_names["没用"] = DefinedName("没用", attr_text="#REF!$A$1")
        there.defined_names["别的"] = DefinedName("别的", attr_text="填报!$A$1")
        there["填报"].add_data_validation(DataValidation("list", formula1="合计", sqref="Z99"))

    [finding] = mended(Answers(unit=TRADE), tmp_path, spoil)

    assert (finding.rule, finding.severity, finding.value) == ("S08", Severity.ERROR, "合计")


def test_a_form_that_a_program_only_saved_again_is_in_order(tmp_path: Path) -> None:
    for unit in PLAN.reporting:
        assert mended(Answers(unit=unit), tmp_path, lambda _there: None) == []


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [(MEASURE, "亿元", "万元"), (INDICATOR, "进出口", "进出口总额"), (MEASURE, None, "万元")],
)
def test_a_locked_cell_that_was_changed_is_told(cell: str, value: object, words: str) -> None:
    [finding] = findings(Answers(unit=TRADE, cells={("填报", cell): value}))

    assert (finding.rule, finding.severity, finding.cell) == ("S09", Severity.ERROR, cell)
    assert f"应为“{words}”" in finding.message


def test_spaces_in_a_locked_cell_are_no_change() -> None:
    assert findings(Answers(unit=TRADE, cells={("填报", MEASURE): " 万元 "})) == []


@pytest.mark.parametrize(
    ("cell", "value", "own"),
    [
        ("E2", "报告期：2025年1—6月", "报告期：2025年1—9月"),
        ("A2", "填报单位：市科技局", "填报单位：市商务局"),
    ],
)
def test_a_sheet_that_was_moved_in_from_another_form_is_told(
    cell: str, value: str, own: str
) -> None:
    [finding] = findings(Answers(unit=TRADE, cells={("填报", cell): value}))

    assert (finding.rule, finding.severity, finding.cell) == ("S09", Severity.REVIEW, cell)
    assert f"“{value}”，这份填报表是“{own}”" in finding.message


def test_a_head_that_is_gone_or_names_the_unit_as_it_was_called_is_no_other_form() -> None:
    renamed = replace(PLAN, units=tuple(map(once_bureau, PLAN.units)))

    assert findings(Answers(unit=TRADE, cells={("填报", "A2"): None})) == []
    assert (
        findings(Answers(unit=TRADE, plan=renamed, cells={("填报", "A2"): "填报单位：市商贸局"}))
        == []
    )


def once_bureau(unit: Unit) -> Unit:
    return replace(unit, former=("市商贸局",)) if unit.name == TRADE else unit


def test_what_is_locked_makes_a_form_the_one_it_is() -> None:
    locked = layout(PLAN, TRADE, Answers().period).locked

    assert locked == {
        ("填报", INDICATOR): "进出口总额",
        ("填报", MEASURE): "万元",
        ("补充", f"C{row_of(at('state.11', unit=TRADE))}"): "亿元",
        ("补充", f"C{row_of(at('C14.single', unit=TRADE))}"): "万元",
    }


def beside(sheet: str, row: int, column: int, value: object) -> list[Finding]:
    """What is found in 市经信局's form with *value* written where nothing is asked."""
    form = Answers(unit=INDUSTRY)
    sheets: dict[str, list[list[Any]]] = {
        n: [list(line) for line in lines] for n, lines in book(form).sheets.items()
    }
    lines = sheets.setdefault(sheet, [])
    lines.extend([] for _ in range(row + 1 - len(lines)))
    lines[row].extend([None] * (column + 1 - len(lines[row])))
    lines[row][column] = value
    return findings(form, sheets=sheets)


@pytest.mark.parametrize(
    ("sheet", "row", "column", "place"),
    [
        ("填报", 7, 12, "在“填报” M8 发现表外内容“备查”"),
        ("补充", 4, 9, "在“补充” J5 发现表外内容“备查”"),
        ("补充", 25, 0, "在“补充” A26 发现表外内容“备查”"),
        ("填报", 40, 0, "在“填报” A41 发现表外内容“备查”"),
        ("竣工项目", 5, 8, "在“竣工项目” I6 发现表外内容“备查”"),
        ("附表", 1, 1, "在“附表”工作表发现表外内容“备查”"),
    ],
)
def test_what_stands_beside_the_form_is_noticed(
    sheet: str, row: int, column: int, place: str
) -> None:
    [finding] = beside(sheet, row, column, "备查")

    assert (finding.rule, finding.severity) == ("S10", Severity.NOTICE)
    assert finding.message.startswith(place)


def test_a_list_may_go_on_below_its_drawn_rows_and_be_numbered() -> None:
    assert beside("竣工项目", 30, 0, 28.0) == []
    assert beside("说明", 30, 20, "x") == []
    assert beside("问题清单", 3, 3, "x") == []


def test_a_number_for_which_a_unit_does_not_answer_is_asked_about() -> None:
    form = Answers(unit=TRADE)
    sheets: dict[str, list[list[Any]]] = {
        n: [list(line) for line in lines] for n, lines in book(form).sheets.items()
    }
    sheets["_identity"][4][1] = "0123456789abcdef"
    below = at("C14", unit=TRADE, row=2)
    sheets["_form"].append(["C13", "全区", "填报", below, "number", "实际使用外资 / 全区"])
    sheets["填报"][row_of(below) - 1] = [None, None, "实际使用外资", "万美元", 5.0]

    [finding] = [f for f in findings(form, sheets=sheets) if f.rule != "S02"]

    assert (finding.rule, finding.severity, finding.cell) == ("I03", Severity.REVIEW, below)
    assert "市商务局 不是“实际使用外资”的责任单位" in finding.message
    assert filled(form, sheets=sheets).submission.entries[1].number == 5


def shown(plan: Plan, value: float, number_format: str, path: Path) -> list[Finding]:
    """What is found in 市商务局's form when its one number is typed and formatted so."""
    form = Answers(unit=TRADE, plan=plan)

    def change(there: Any) -> None:
        there["填报"][ASKED] = value
        there["填报"][ASKED].number_format = number_format

    return mended(form, path, change)


SHARE = replace(
    PLAN,
    elements=tuple(replace(e, measure="%") if e.code == "C14" else e for e in PLAN.elements),
)


@pytest.mark.parametrize(
    ("plan", "value", "number_format", "problem"),
    [
        (SHARE, 85.0, "0.00", None),
        (SHARE, 0.85, "0%", None),
        (SHARE, 85.0, "0%", f"{ASKED} 显示为 8500%，实际存的是 85。本栏单位是“%”，85% 请填 85。"),
        (SHARE, 85.0, '0.0"%"', None),
        (PLAN, 1760.0, "0.00%", f"{ASKED} 显示为 176000%，实际存的是 1760。本栏单位是“万元”，请把"),
    ],
)
def test_what_is_shown_and_what_is_held_are_one(
    plan: Plan, value: float, number_format: str, problem: str | None, tmp_path: Path
) -> None:
    found = shown(plan, value, number_format, tmp_path)

    assert codes(found) == ([("V07", ASKED)] if problem else [])
    assert not problem or found[0].message.startswith(problem)


def test_an_amount_of_a_list_is_no_percentage(tmp_path: Path) -> None:
    def change(there: Any) -> None:
        there["竣工项目"][at("C09", "amount", INDUSTRY)].number_format = "0%"
        there["竣工项目"][at("C09", "amount", INDUSTRY, row=6)].number_format = "0%"

    assert codes(mended(listed(), tmp_path, change)) == [("V07", at("C09", "amount", INDUSTRY))]

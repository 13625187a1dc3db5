"""Locked cells: every heading, title, measure, number of a row and target, in every sheet."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from tests.support import small_plan as small
from tests.support.forms import COMMITTEE, INDUSTRY, PLAN, Answers, book, written
from tests.support.places import at
from wyexcel.files.address import a1, parse
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.files.writing.sheet import Part
from wyexcel.findings import Finding, Severity
from wyexcel.forms.blank.form import asking_sheets
from wyexcel.forms.filled import read_form
from wyexcel.forms.layout import layout
from wyexcel.period import Period
from wyexcel.rules import all_rules
from wyexcel.rules.history import History

FORM = small.answers()
LISTS = {"签约", "企业名册"}
HEAD = {("填报", "A2"), ("填报", "E2")}
"""The unit and the period of the form, which may be blank."""


def locked(answers: Answers) -> list[tuple[str, str, Part, object]]:
    """Every cell of the blank form that nobody is to fill, with its words or its number."""
    form = layout(answers.plan, answers.unit, answers.period)
    return [
        (sheet.name, a1(row, column), cell.part, cell.value)
        for sheet in asking_sheets(form, answers.unit, answers.plan, answers.period)
        for row, line in enumerate(sheet.rows)
        for column, cell in enumerate(line.cells)
        if cell is not None and not cell.part.startswith(("input", "plain"))
        if cell.value not in {None, ""} and (sheet.name, a1(row, column)) not in form.closed
        if sheet.name in {"填报", "补充"} or row <= 2  # below, a list is its unit's own
    ]


LOCKED = locked(FORM)
HEADINGS = [(sheet, cell) for sheet, cell, part, _ in LOCKED if part is Part.HEADING]
PROSE = [
    (sheet, cell)
    for sheet, cell, part, value in LOCKED
    if (sheet, cell) not in {*HEADINGS, *HEAD} and isinstance(value, str)
    if part is not Part.ASIDE  # the day it is due
    if part in {Part.TITLE, Part.SUBTITLE, Part.NOTE, Part.SIGN_OFF} or len(value) > 12
]


def told(
    *changes: tuple[str, str, object],
    formulas: Mapping[tuple[str, str], str] | None = None,
    answers: Answers = FORM,
) -> list[Finding]:
    """What is found in the form after cells were *change*d to something else."""
    there = book(answers)
    sheets = {name: [list(line) for line in rows] for name, rows in there.sheets.items()}
    for sheet, cell, value in changes:
        row, column = parse(cell)
        sheets[sheet][row].extend([None] * (column + 1 - len(sheets[sheet][row])))
        sheets[sheet][row][column] = value  # type: ignore[call-overload]
    own = layout(answers.plan, answers.unit, answers.period).formulas
    written = None if formulas is None else {**{k: v[1:] for k, v in own.items()}, **formulas}
    read = there._replace(sheets=sheets, formulas=written)
    form = read_form.read_form(read, answers.plan, answers.unit, answers.period)
    return all_rules.validate(form, History())


def rules(found: Sequence[Finding]) -> list[tuple[str, Severity]]:
    return [(finding.rule, finding.severity) for finding in found]


def saved(path: Path, change: Callable[[Any], object], answers: Answers = FORM) -> list[Finding]:
    """The same in a real file that a spreadsheet program changed and saved."""
    there = load_workbook(written(answers, path / "a.xlsx"))
    change(there)
    there.save(path / "a.xlsx")
    read = read_workbook.read(path / "a.xlsx", skip=("说明",))
    assert isinstance(read, Book), read
    form = read_form.read_form(read, answers.plan, answers.unit, answers.period)
    found = all_rules.validate(form, History())
    return [finding for finding in found if finding.rule != "V09"]  # its amounts are made up


def test_a_form_as_it_was_issued_has_nothing_changed() -> None:
    assert told() == []


@pytest.mark.parametrize(("sheet", "cell"), HEADINGS)
@pytest.mark.parametrize("value", ["4—6月当季数", "（亿元）", 123.0, None])
def test_every_heading_of_every_sheet_is_told_once(sheet: str, cell: str, value: object) -> None:
    found = told((sheet, cell, value))

    [finding] = [f for f in found if f.rule == "S05"]
    assert (finding.severity, finding.sheet, finding.cell) == (Severity.ERROR, sheet, cell)
    assert "请恢复" in finding.message
    assert {f.rule for f in found} <= {"S05", "V01", "V08", "I05"}  # what stands there is not read


@pytest.mark.parametrize(("sheet", "cell", "part", "value"), LOCKED)
def test_every_locked_cell_is_told_once_changed_emptied_or_made_a_formula(
    sheet: str, cell: str, part: Part, value: object
) -> None:
    assert part is not None
    changed, number, emptied = (
        [f for f in told((sheet, cell, other)) if (f.sheet, f.cell) == (sheet, cell)]
        for other in ("4—6月当季数，亿元", 987.0, None)
    )
    stands = [f for f in told(formulas={(sheet, cell): '"x"'}) if f.cell == cell]

    assert [f.rule for f in changed] in (["S05"], ["S09"])
    assert [f.rule for f in number] in (["S05"], ["S09"])
    if (sheet, cell) in HEAD:
        return
    assert [f.rule for f in emptied] in (["S05"], ["S09"])
    assert [(f.rule, f.severity) for f in stands] == [("S09", Severity.NOTICE)]
    assert "“空”" in emptied[0].message
    assert str(value if isinstance(value, str) else int(value))[:4] in stands[0].message  # type: ignore[call-overload]


def test_all_that_was_changed_is_told_at_once() -> None:
    """Four of one row of the head, of which the first is the period over the numbers."""
    head = [cell for sheet, cell in HEADINGS if sheet == "填报" and cell.endswith("5")]
    found = told(*(("填报", cell, "改") for cell in head))

    assert {f.cell for f in found if f.rule == "S05"} >= set(head)
    assert len(head) == 9


def test_the_period_over_the_numbers_is_that_of_this_very_form() -> None:
    june, march = FORM, replace(FORM, period=Period(2031, 3))

    [finding] = told(("填报", "E5", "4—6月当季数"))
    assert finding.message == (
        "“填报”E5 的表头被改为“4—6月当季数”，应为“1—6月累计”。"
        "请恢复原样，并按原表头核对这一栏所填的数。"
    )
    assert [f.cell for f in told(("填报", "E5", "1—3月累计"), answers=june)] == ["E5"]
    of_march = told(("填报", "E5", "1—3月累计"), answers=march)
    assert [f for f in of_march if f.rule == "S05"] == []


@pytest.mark.parametrize(
    "value", ["1-6月累计", "1～6月累计", " 1—6月\n累计", "１—６月累计", "1至6月累计"]
)
def test_the_same_words_with_another_dash_or_space_are_no_change(value: str) -> None:
    assert told(("填报", "E5", value)) == []


@pytest.mark.parametrize(("sheet", "cell"), PROSE)
@pytest.mark.parametrize("words", ["2031年4—6月", "单位：亿元", "当季数", "只填江南", "期末数，%"])
def test_a_title_or_hint_that_tells_another_period_measure_or_park_sends_back(
    sheet: str, cell: str, words: str
) -> None:
    issued = next(value for s, c, _, value in LOCKED if (s, c) == (sheet, cell))
    [finding] = told((sheet, cell, f"{issued}{words}"))

    assert (finding.rule, finding.severity, finding.cell) == ("S05", Severity.ERROR, cell)
    assert "多出“" in finding.message


@pytest.mark.parametrize(("sheet", "cell"), PROSE)
def test_a_title_or_hint_that_only_reads_otherwise_is_a_notice(sheet: str, cell: str) -> None:
    for value in ("请各科室填写", None):
        [finding] = told((sheet, cell, value))
        assert (finding.rule, finding.severity) == ("S05", Severity.NOTICE)
        assert "不影响填报" in finding.message


def test_the_mark_of_a_sample_may_go_or_come() -> None:
    assert told(("填报", "A1", f"【示例数据】{LOCKED[0][3]}")) == []


@pytest.mark.parametrize(
    ("sheet", "cell", "words", "severity"),
    [
        ("填报", "F5", "当季数", Severity.ERROR),  # beside the period, where it was merged
        ("填报", "A4", "单位：亿元", Severity.ERROR),
        ("签约", "C2", "金额填元", Severity.ERROR),
        ("补充", "F1", "经办：李四", Severity.NOTICE),
    ],
)
def test_words_between_the_headings_are_told(
    sheet: str, cell: str, words: str, severity: Severity
) -> None:
    [finding] = told((sheet, cell, words))

    assert (finding.rule, finding.severity, finding.cell) == ("S05", severity, cell)


def test_words_that_a_program_repeats_under_what_was_merged_are_no_change() -> None:
    assert told(*(("填报", f"{column}5", "1—6月累计") for column in "FGH")) == []
    assert [f.cell for f in told(("填报", "F5", "4—6月累计"))] == ["F5"]


def test_words_beside_the_form_are_told_of_where_a_row_was_renamed_too() -> None:
    found = told(("填报", "C8", "改"), ("填报", "Z9", "备查"))

    assert {(f.rule, f.cell) for f in found if f.rule[0] == "S"} == {("S05", "C8"), ("S10", "Z9")}


def test_what_names_a_shifted_or_renamed_row_is_not_told_again() -> None:
    rows = book(FORM).sheets["填报"]
    name, measure = (f"{letter}8" for letter in "CD")
    renamed = told(("填报", name, "改"), ("填报", measure, "亿元"))
    assert [(f.rule, f.cell) for f in renamed if f.rule[0] == "S"] == [("S05", name)]

    lower = [*rows[:4], [], *rows[4:]]
    there = book(FORM)._replace(sheets={**book(FORM).sheets, "填报": lower})
    form = read_form.read_form(there, small.PLAN, FORM.unit, FORM.period)
    assert {f.rule for f in all_rules.validate(form) if f.rule[0] == "S"} == {"S04"}


def test_a_renamed_row_does_not_hide_what_was_changed_in_another() -> None:
    found = told(("填报", "C8", "改"), ("填报", "D9", "亿元"), ("填报", "E5", "当季数"))

    assert {(f.rule, f.cell) for f in found if f.rule[0] == "S"} == {
        ("S05", "C8"),
        ("S09", "D9"),
        ("S05", "E5"),
    }


def test_a_form_that_was_issued_with_other_words_is_held_against_its_own() -> None:
    """The office has since given another definition: the hint of the list says something else."""
    deals = small.PLAN.element["DEALS"]
    elements = tuple(
        replace(e, definition="另一口径，单位亿元。") if e is deals else e
        for e in small.PLAN.elements
    )
    later = replace(small.PLAN, elements=elements)
    there = book(FORM)
    form = read_form.read_form(there, later, FORM.unit, FORM.period)

    assert all_rules.validate(form) == []


def test_a_target_that_the_office_changed_since_is_no_mistake_of_the_unit() -> None:
    indicators = tuple(
        replace(i, targets=dict.fromkeys(i.targets, 99)) for i in small.PLAN.indicators
    )
    there = book(FORM)
    later = replace(small.PLAN, indicators=indicators)
    form = read_form.read_form(there, later, FORM.unit, FORM.period)

    assert [f for f in all_rules.validate(form) if f.rule == "S09"] == []


def test_a_form_from_before_forms_stated_their_words_has_its_headings_checked() -> None:
    there = book(FORM)
    older = {**there.sheets, "_identity": there.sheets["_identity"][:5]}
    e5 = [list(line) for line in older["填报"]]
    e5[0][0], e5[4][4] = "标题", "当季数"
    for sheets, cells in ((older, []), ({**older, "填报": e5}, ["E5"])):
        read = there._replace(sheets=sheets)
        form = read_form.read_form(read, small.PLAN, FORM.unit, FORM.period)
        assert [f.cell for f in all_rules.validate(form, History())] == cells


@pytest.mark.parametrize(
    ("place", "value", "rule", "shown"),
    [
        ("填报!E5", "7—9月当季数", "S05", "“7—9月当季数”，应为“1—9月累计”"),
        ("填报!K5", "上年累计", "S05", "“上年累计”，应为“上期累计”"),
        ("填报!D5", "计量单位（亿元）", "S05", "应为“计量单位”"),
        ("竣工项目!A3", "万元", "S05", "应为“序号”"),
        ("竣工项目!A2", "名单金额填元", "S05", "标题或提示被改为"),
        ("补充!D4", "上年完成", "S05", "“上年完成”，应为“年度目标”"),
        ("补充!D6", 240, "S09", "“240”，应为“24”"),
        ("补充!D6", "=12+12", "S09", "“=12+12”，应为“24”"),
        ("填报!A7", 5, "S09", "“5”，应为“1”"),
        ("填报!B7", "=A7", "S09", "“=A7”"),
    ],
)
def test_in_a_real_file_too(
    place: str, value: object, rule: str, shown: str, tmp_path: Path
) -> None:
    sheet, _, cell = place.partition("!")

    def change(there: Any) -> None:
        there[sheet][cell] = value

    [finding] = saved(tmp_path, change, Answers(unit=COMMITTEE))

    assert (finding.rule, finding.severity) == (rule, Severity.ERROR)
    assert (finding.sheet, finding.cell) == (sheet, cell)
    assert shown in finding.message


def test_a_head_that_was_parted_and_filled_anew_is_told_once(tmp_path: Path) -> None:
    def change(there: Any) -> None:
        form = there["填报"]
        form.unmerge_cells("E5:J5")
        for column in "EFGHIJ":
            form[f"{column}5"] = "三季度"

    found = saved(tmp_path, change, Answers(unit=COMMITTEE))

    assert [(f.rule, f.cell) for f in found] == [("S05", "E5")]


def test_units_that_only_report_for_the_zone_have_the_same_checks(tmp_path: Path) -> None:
    def change(there: Any) -> None:
        there["填报"]["F5"] = "上年同期"
        there["填报"]["G5"] = "上期累计"

    found = saved(tmp_path, change, Answers(unit=INDUSTRY))

    assert [(f.rule, f.cell) for f in found] == [("S05", "F5"), ("S05", "G5")]
    assert at("C02", "上期累计", INDUSTRY).startswith("F")
    assert PLAN.reports(INDUSTRY)

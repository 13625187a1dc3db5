"""What nobody owes (补充): blank it is nothing, filled it is held against what is owed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from tests.support.forms import (
    COMMITTEE,
    INDUSTRY,
    PARKS,
    PLAN,
    SCIENCE,
    TRADE,
    WHOLE,
    Answers,
    book,
    filled,
)
from tests.support.forms import findings as every
from tests.support.places import at, column_of, row_of, span
from wyexcel.files.address import parse
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.files.writing import xlsx
from wyexcel.findings import Finding, Level, Severity
from wyexcel.forms import layout
from wyexcel.forms.blank import form
from wyexcel.forms.supplement import SUPPLEMENT
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.settings import Given, GivenKind
from wyexcel.progress import measure
from wyexcel.rules import all_rules
from wyexcel.rules.all_rules import requirements
from wyexcel.rules.history import History

JUNE = Period(2025, 6)
BASELINE = Given(no=1, year=2025, item=GivenKind.BASELINE, park=WHOLE, value=Decimal(10))
STRICT = replace(PLAN, settings=replace(PLAN.settings, levels={}))
"""The plan with every rule as it is written, none on trial."""
EXPLANATION = ("reason", "measures", "finish")
SILENT = {f"{field}.{i.no}": None for i in PLAN.indicators for field in ("reason", "measures")}
UNTOLD = {**SILENT, **{f"finish.{i.no}": None for i in PLAN.indicators}}


def extra(unit: str = INDUSTRY, **numbers: object) -> Answers:
    """The form of *unit* with 12 enterprises, and *numbers* that nobody owes."""
    typed: dict[tuple[str, str], object] = {(code, WHOLE): n for code, n in numbers.items()}
    if unit == COMMITTEE:
        typed |= {("C01", park): n for park, n in zip(PARKS, (5, 5, 2, 0, 0), strict=True)}
    else:
        typed["C01", WHOLE] = 12
    return Answers(unit=unit, typed=typed)


def codes(found: list[Finding]) -> list[tuple[str, str | None]]:
    return [(f.rule, f.cell) for f in found]


@pytest.mark.parametrize("unit", PLAN.reporting)
def test_a_form_on_which_only_what_is_owed_is_filled_is_at_most_noticed(unit: str) -> None:
    found = every(Answers(unit=unit, told=UNTOLD))

    assert {f.severity for f in found} <= {Severity.NOTICE}
    assert {f.rule for f in found} <= {"R06"}


# ---- I06 填报日期 ----


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (None, ""),
        ("2025-10-09", ""),
        (date(2025, 10, 9), ""),
        ("2025年9月30日", ""),
        ("2025-09-29", "早于报告期末（2025-09-30）"),
        ("2025-10-11", "晚于今天（2025-10-10）"),
        ("十月九日", "读不成日期"),
    ],
)
def test_the_day_of_a_form_lies_between_its_period_and_today(typed: object, why: str) -> None:
    there = filled(Answers(unit=TRADE, told={"filled_on": typed}))

    found = all_rules.validate(replace(there, today=date(2025, 10, 10)))

    assert [(f.rule, f.severity, f.cell) for f in found] == (
        [("I06", Severity.REVIEW, at("filled_on", unit=TRADE))] if why else []
    )
    assert all(why in f.message for f in found)


# ---- V13 公式 ----

COMPUTED = at("state.11", "完成", TRADE)


def computed(written: Mapping[tuple[str, str], str] | None, typed: object) -> list[Finding]:
    """What is found in 市商务局's form with *typed* where 完成 is computed, of these formulas."""
    form_ = Answers(unit=TRADE, cells={(SUPPLEMENT, COMPUTED): typed})
    return every(form_, formulas=written)


CELL = at("C14", unit=TRADE)
PINNED = f"${column_of(CELL)}${row_of(CELL)}"
OURS = {(SUPPLEMENT, COMPUTED): f'IF(COUNT(填报!{PINNED})=0,"",SUM(填报!{CELL})/10000)'}


def test_a_computed_cell_keeps_its_formula_however_programs_write_it() -> None:
    assert computed(OURS, 0.0004) == []
    assert computed({(SUPPLEMENT, COMPUTED): ""}, 0.0004) == []


def test_a_value_typed_over_a_formula_is_told_with_the_formula() -> None:
    [finding] = computed({}, 5.0)

    assert (finding.rule, finding.sheet, finding.cell) == ("V13", SUPPLEMENT, COMPUTED)
    assert finding.severity is Severity.ERROR
    assert f"现被手工改为“5”，请恢复公式 =IF(COUNT('填报'!{CELL})=0" in finding.message


def test_another_formula_in_its_place_is_told_too() -> None:
    assert codes(computed({(SUPPLEMENT, COMPUTED): "1+1"}, 2.0)) == [("V13", COMPUTED)]


def test_a_formula_may_follow_the_rows_of_its_name_list_and_count_another_column() -> None:
    asked = layout.layout(PLAN, INDUSTRY, Answers().period).formulas
    place = next(place for place, formula in asked.items() if "COUNTA" in formula)
    fewer = {**asked, place: asked[place].replace("B4:B1003", "B4:B1001")}
    ids = {**asked, place: asked[place].replace("B4:B1003", "C4:C1003")}
    more = {**asked, place: f"{asked[place]}+1"}
    cells = {place: 0}

    assert fewer != asked
    assert every(Answers(unit=INDUSTRY, cells=cells), formulas=fewer) == []
    assert every(Answers(unit=INDUSTRY, cells=cells), formulas=ids) == []
    assert codes(every(Answers(unit=INDUSTRY, cells=cells), formulas=more)) == [("V13", place[1])]


def test_nothing_is_said_of_a_computed_cell_that_is_empty_or_of_files_without_formulas() -> None:
    assert computed({}, None) == []
    assert computed(None, 5.0) == []


def test_a_form_that_another_program_filled_and_saved_keeps_its_formulas(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    xlsx.write(form.blank_form(PLAN, SCIENCE, Answers().period, rules=requirements(PLAN)), path)
    there = load_workbook(path)
    there["填报"][at("C07", unit=SCIENCE)] = 700
    there.save(path)

    read = read_workbook.read(path)

    assert isinstance(read, Book)
    assert [f.rule for f in all_rules.validate(filled(Answers(unit=SCIENCE), **_of(read)))] == []


def _of(read: Book) -> dict[str, Any]:
    return {"formulas": read.formulas, "uncached": read.uncached}


def test_what_is_computed_is_never_read_as_a_number() -> None:
    there = filled(Answers(unit=TRADE, cells={(SUPPLEMENT, COMPUTED): 99.0}))

    said = (*there.submission.entries, *there.submission.extras)
    assert all(entry.raw != 99 for entry in said)


# ---- B01 名单在库 ----

FIRMS = [
    ("甲厂", "91511781MA6200001X", "白沙", None, None, None),
    ("乙厂", "91511781MA6200002X", "官渡", "2019-05-01", None, None),
    ("丙厂", "91511781MA6200003X", "青花", None, None, "2025年6月退库"),
]


def enterprises(count: int, *firms: Any) -> list[tuple[str, str | None, object]]:
    answers = Answers(unit=INDUSTRY, typed={("C01", WHOLE): count}, lists={"C01list": firms})
    return [(f.rule, f.cell, f.suggestion) for f in every(answers) if f.rule != "B05"]


def test_enterprises_are_as_many_as_their_list_has_on_it() -> None:
    assert enterprises(2, *FIRMS) == []
    assert enterprises(3, *FIRMS) == [("B01", at("C01", unit=INDUSTRY), 2)]
    assert enterprises(2, *FIRMS, FIRMS[0]) == [("B04", at("C01list", "id", INDUSTRY, row=4), None)]


def test_an_enterprise_that_is_said_not_to_be_gone_counts() -> None:
    stays = ("丁厂", "91511781MA6200004X", "青花", None, None, "未退库")

    assert enterprises(3, *FIRMS, stays) == []


def test_no_list_of_enterprises_is_nothing() -> None:
    assert enterprises(3) == []


def test_the_list_of_enterprises_counts_for_nothing_else() -> None:
    said = filled(Answers(unit=INDUSTRY, lists={"C01list": FIRMS})).submission

    assert said.items == ()


# ---- B03 期末＝期初＋纳规－退库 ----


def test_enterprises_come_and_go_until_the_end() -> None:
    assert every(extra(C01t0=10, C27=3, C28=1)) == []

    [finding] = every(extra(C01t0=10, C27=3, C28=2))
    end = at("C01", unit=INDUSTRY)

    assert (finding.rule, finding.cell) == ("B03", at("C27", unit=INDUSTRY))
    assert finding.severity is Severity.ERROR
    assert (
        f"期初 10＋纳规 3－退库 2＝11，与期末“规上工业企业数”12（填报!{end}）不等"
        in finding.message
    )


def test_the_parks_make_the_enterprises_of_the_end() -> None:
    [finding] = every(extra(COMMITTEE, C01t0=10, C27=3, C28=2))

    assert f"12（填报!{span(at('C01', PARKS[0]), at('C01', PARKS[-1]))}）" in finding.message


@pytest.mark.parametrize("numbers", [{"C27": 3}, {"C01t0": 10, "C27": 3}, {"C27": 3, "C28": 9}])
def test_without_all_of_them_nothing_is_added(numbers: dict[str, int]) -> None:
    assert every(extra(**numbers)) == []


def test_the_office_knows_the_start_where_the_unit_does_not_say_it() -> None:
    known: Plan = replace(PLAN, given=(BASELINE,))

    assert every(replace(extra(C27=3, C28=1), plan=known)) == []
    assert codes(every(replace(extra(C27=3, C28=0), plan=known))) == [
        ("B03", at("C27", unit=INDUSTRY))
    ]


# ---- B09 智改数转 ≤ 规上制造业 ≤ 规上工业 ----


def test_the_digital_are_among_the_makers_and_those_among_all() -> None:
    assert every(extra(C22=8, C23=11)) == []
    assert every(extra(C22=12)) == []
    assert codes(every(extra(C23=13))) == [("B09", at("C23", unit=INDUSTRY))]

    [finding] = every(extra(C22=9, C23=8))

    assert (finding.rule, finding.cell, finding.value) == ("B09", at("C22", unit=INDUSTRY), 9)
    assert "“完成“智改数转”的企业数”9 户大于“规上制造业企业数”8 户" in finding.message


def test_a_number_that_nobody_owes_is_still_to_be_a_number() -> None:
    assert codes(every(extra(C27="3户"))) == [("V02", at("C27", unit=INDUSTRY))]
    assert codes(every(extra(C27=2.5))) == [("V06", at("C27", unit=INDUSTRY))]
    assert codes(every(extra(C27=-1))) == [("V05", at("C27", unit=INDUSTRY))]


# ---- R02 上期累计＋本期＝本期累计 ----


def trade(total: float, single: object = None, **more: Any) -> Answers:
    return Answers(unit=TRADE, typed={("C14", WHOLE): total, ("C14.single", WHOLE): single}, **more)


def after_june(now: Answers, june: Answers) -> list[Finding]:
    """What is found in *now* of what goes on from *june*, but for how far it went (P)."""
    last = filled(replace(june, period=JUNE)).submission
    history = History(period=JUNE, last={june.unit: last})
    return [f for f in all_rules.validate(filled(now), history) if f.rule[0] != "P"]


@pytest.mark.parametrize(
    ("single", "problem"), [(None, False), (2, False), (2.01, False), (2.02, True), (6, True)]
)
def test_a_running_total_grew_by_what_was_new(single: object, *, problem: bool) -> None:
    found = after_june(trade(6, single), trade(4))

    assert codes(found) == ([("R02", at("C14.single", unit=TRADE))] if problem else [])


def test_what_does_not_add_up_says_each_number() -> None:
    [finding] = after_june(trade(6, 5), trade(4))

    assert (finding.severity, finding.value, finding.suggestion) == (Severity.ERROR, 5, 2)
    assert "上期（2025-06）累计 4＋本期 5＝9，与本期累计 6 相差 3（允许 0.015）" in finding.message


def test_without_a_last_report_there_is_nothing_to_add_to() -> None:
    assert every(trade(6, 5)) == []


def test_what_was_too_high_may_be_corrected_by_a_negative_number() -> None:
    assert after_june(trade(3, -1), trade(4)) == []


# ---- R06 欠进度原因 ----

EXPLAINED = span(at("reason.7", unit=SCIENCE), at("finish.7", unit=SCIENCE))


def science(cost: float, plan: Plan = PLAN, **told: object) -> Answers:
    """市科技局's form: *cost* of research on 10000万元 of revenue, against a target of 0.22%."""
    typed = {("C07", WHOLE): cost, ("C06", WHOLE): 10000}
    return Answers(unit=SCIENCE, typed=typed, plan=plan, told={**UNTOLD, **_dotted(told)})


def _dotted(told: Mapping[str, object]) -> dict[str, object]:
    return {name.replace("_", "."): words for name, words in told.items()}


def test_what_lags_by_the_units_own_number_is_to_be_explained() -> None:
    [finding] = every(science(20, STRICT))

    assert (finding.rule, finding.sheet, finding.cell) == ("R06", SUPPLEMENT, EXPLAINED)
    assert finding.severity is Severity.ERROR
    assert "“企业研发投入强度”低0.020个百分点" in finding.message
    assert f"“补充”{EXPLAINED} 填写原因、措施、预计完成时间" in finding.message


def test_only_what_lacks_is_asked_for() -> None:
    told = {"reason_7": "设备未到", "finish_7": date(2025, 12, 31)}

    [finding] = every(science(20, STRICT, **told))

    assert finding.cell == at("measures.7", unit=SCIENCE)
    assert finding.message.endswith("填写措施。")
    assert every(science(20, STRICT, **told, measures_7="催办")) == []


def test_what_does_not_lag_needs_no_words() -> None:
    assert every(science(22, STRICT)) == []


def test_the_rule_is_on_trial_until_the_office_lets_it_weigh() -> None:
    [finding] = every(science(20))

    assert PLAN.settings.levels == {"R06": Level.TRIAL}
    assert finding.severity is Severity.NOTICE
    assert finding.message.startswith("（试行）")


def lagging(plan: Plan, **typed: object) -> list[int]:
    """The indicators of 市经信局 that are to be explained, of 24亿元 and 8 projects by the year."""
    on_pace = {"C01": 12, "C02": 180000, "C05": 315000, "C09": None}
    answers = Answers(
        unit=INDUSTRY,
        typed={(code, WHOLE): value for code, value in {**on_pace, **typed}.items()},
        lists={"C09": [("项目", f"P{n}", "白沙", "2025-03-28", 6800, "") for n in range(6)]},
        told={f"{field}.{no}": None for no in (1, 2, 4, 8) for field in EXPLANATION},
        plan=plan,
    )
    accounts = {
        span(at(f"reason.{i.no}", unit=INDUSTRY), at(f"finish.{i.no}", unit=INDUSTRY)): i.no
        for i in plan.answered_by(INDUSTRY)
    }
    return [accounts[f.cell or ""] for f in every(answers) if f.rule == "R06"]


def test_amounts_lag_behind_their_share_of_the_year_and_counts_by_whole_things() -> None:
    assert lagging(STRICT) == []
    assert lagging(STRICT, C02=179999) == [2]
    assert lagging(STRICT, C05=314999) == [4]


def test_a_stock_is_judged_only_where_its_start_is_known() -> None:
    known = replace(STRICT, given=(BASELINE,))

    assert lagging(STRICT, C01=12) == []
    assert lagging(known, C01=12) == [1]
    assert lagging(known, C01=13) == []


def test_the_check_measures_as_the_bulletin_does() -> None:
    said = filled(science(22.62)).zone_values
    research = next(i for i in PLAN.indicators if i.no == 7)

    assert measure.measurement_of_unit(
        PLAN, research, Answers().period, said
    ).figures.actual == Decimal("0.2262")


# ---- R07 原因与上期相同 ----


def test_an_explanation_is_not_that_of_the_last_report() -> None:
    told = {"reason_7": "设备未到", "measures_7": "催办", "finish_7": "2025-12-31"}
    new = {**told, "reason_7": "设备已到，未投产", "measures_7": "派人驻厂"}

    found = after_june(science(20, **told), science(20, **told))

    assert codes(found) == [
        ("R07", at("reason.7", unit=SCIENCE)),
        ("R07", at("measures.7", unit=SCIENCE)),
    ]
    assert {f.severity for f in found} == {Severity.REVIEW}
    assert "原因与上期（2025-06）完全相同" in found[0].message
    assert after_june(science(20, **new), science(20, **told)) == []


# ---- R08 已完成 ----


def test_nothing_is_done_before_its_target_is_reached() -> None:
    [finding] = every(science(21, state_7="已完成", **TOLD))

    assert (finding.rule, finding.sheet, finding.cell) == (
        "R08",
        SUPPLEMENT,
        at("state.7", unit=SCIENCE),
    )
    assert "状态选“已完成”，但完成数 0.210% 未达到目标 0.220%" in finding.message
    assert every(science(22, state_7="已完成")) == []
    assert every(science(21, state_7="正常", **TOLD)) == []


TOLD = {"reason_7": "设备未到", "measures_7": "催办", "finish_7": "2025-12-31"}


def test_a_state_of_progress_is_chosen_from_its_list() -> None:
    [finding] = every(science(22, state_7="基本完成"))

    assert (finding.rule, finding.cell) == ("V14", at("state.7", unit=SCIENCE))
    assert "正常、有困难、已完成" in finding.message


# ---- the sheet itself ----


def test_a_sheet_that_nobody_had_to_fill_may_be_deleted() -> None:
    there = book(Answers(unit=TRADE))
    sheets = {name: rows for name, rows in there.sheets.items() if name != SUPPLEMENT}

    [finding] = every(Answers(unit=TRADE), sheets=sheets)

    assert (finding.rule, finding.severity) == ("S03", Severity.NOTICE)


def test_a_form_issued_before_the_sheet_was_is_only_an_older_one() -> None:
    there = book(Answers(unit=INDUSTRY, told=UNTOLD))
    sheets = {n: [list(r) for r in rows] for n, rows in there.sheets.items() if n != SUPPLEMENT}
    sheets["_identity"][4][1] = "0123456789abcdef"
    sheets["_form"] = [r for r in sheets["_form"] if r[2] not in {SUPPLEMENT, "规上企业"}]

    [finding] = every(Answers(unit=INDUSTRY), sheets=sheets)

    assert (finding.rule, finding.severity) == ("S02", Severity.REVIEW)


def test_every_computed_cell_reckons_with_the_cells_that_are_filled() -> None:
    there = layout.layout(PLAN, COMMITTEE, Answers().period)

    area = span(at("C02", PARKS[0]), at("C02", PARKS[-1]))

    assert there.formulas[SUPPLEMENT, at("state.2", "完成")] == (
        f"=IF(COUNT('填报'!{area})=0,\"\",(SUM('填报'!{area}))/10000)"
    )
    assert all(parse(cell)[1] == 4 for _, cell in there.formulas)

from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.forms import COMMITTEE, INDUSTRY, PARKS, PERIOD, PLAN, SCIENCE, TRADE, WHOLE
from tests.support.places import at, row_of, span
from wyexcel.files.address import parse
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.pagination import room
from wyexcel.forms import layout
from wyexcel.forms.asked import ElementNumber
from wyexcel.forms.blank import form, prefilled
from wyexcel.period import Period
from wyexcel.plan import official
from wyexcel.plan.plan import Plan
from wyexcel.plan.settings import Given, GivenKind
from wyexcel.rules.all_rules import requirements


def issued(
    tmp_path: Path, unit: str, known: prefilled.Prefilled = prefilled.NOTHING_PREFILLED
) -> Path:
    path = tmp_path / f"{unit}.xlsx"
    xlsx.write(form.blank_form(PLAN, unit, PERIOD, known=known, rules=requirements(PLAN)), path)
    return path


def owed(plan: Plan, unit: str, period: Period) -> set[str]:
    slots = layout.layout(plan, unit, period).slots
    return {s.code for s in slots if isinstance(s.asks, ElementNumber) and s.code not in plan.extra}


def extra(unit: str) -> set[str]:
    return {s.code for s in layout.layout(PLAN, unit, PERIOD).slots if s.code in PLAN.extra}


def test_a_unit_is_asked_for_its_own_elements_only() -> None:
    assert owed(PLAN, TRADE, PERIOD) == {"C14"}
    assert owed(PLAN, INDUSTRY, PERIOD) == {"C01", "C02", "C05", "C09", "C10", "C11", "C12"}


def test_january_does_not_ask_for_what_is_reported_with_february() -> None:
    assert owed(PLAN, INDUSTRY, PERIOD) - owed(PLAN, INDUSTRY, Period(2025, 1)) == {"C02", "C05"}


def test_what_nobody_owes_is_asked_beside_what_it_is_compared_with() -> None:
    enterprises = {"C01t0", "C27", "C28", "C23", "C22", "C01list"}

    assert extra(INDUSTRY) == {*enterprises, "C02.single", "C05.single"}
    assert extra(COMMITTEE) == {*enterprises, "C02.single", "C05.single", "C14.single"}
    assert extra(TRADE) == {"C14.single"}
    assert extra(SCIENCE) == set()


def test_a_unit_may_tell_how_each_of_its_indicators_goes_on() -> None:
    slots = layout.layout(PLAN, SCIENCE, PERIOD).slots

    told = [(s.code, s.cell, s.label) for s in slots if s.code.endswith(".7")]

    assert told == [
        ("state.7", at("state.7", unit=SCIENCE), "企业研发投入强度 / 状态"),
        ("reason.7", at("reason.7", unit=SCIENCE), "企业研发投入强度 / 原因"),
        ("measures.7", at("measures.7", unit=SCIENCE), "企业研发投入强度 / 措施"),
        ("finish.7", at("finish.7", unit=SCIENCE), "企业研发投入强度 / 预计完成时间"),
    ]


def test_only_the_breakdown_source_has_park_columns() -> None:
    def parks(unit: str, element: str) -> list[str]:
        slots = layout.layout(PLAN, unit, PERIOD).slots
        numbers = [s.asks for s in slots if isinstance(s.asks, ElementNumber)]
        return [number.park for number in numbers if number.element == element]

    assert parks(COMMITTEE, "C02") == [*PARKS, WHOLE]
    assert parks(COMMITTEE, "C14") == [WHOLE]
    assert parks(COMMITTEE, "C09") == [WHOLE]
    assert parks(INDUSTRY, "C02") == [WHOLE]


def test_the_layout_of_a_plan_is_made_once_and_is_the_same_for_an_equal_plan() -> None:
    again = official.load()

    there = layout.layout(PLAN, COMMITTEE, PERIOD)

    assert layout.layout(PLAN, COMMITTEE, PERIOD) is there
    assert layout.layout(again, COMMITTEE, PERIOD).fingerprint == there.fingerprint
    assert layout.layout(again, INDUSTRY, PERIOD).fingerprint != there.fingerprint


def test_a_renamed_unit_keeps_its_form() -> None:
    renamed = replace(
        PLAN,
        units=tuple(replace(u, name="商务和经合局") if u.name == TRADE else u for u in PLAN.units),
        indicators=tuple(
            replace(i, units=tuple("商务和经合局" if u == TRADE else u for u in i.units))
            for i in PLAN.indicators
        ),
    )

    now = layout.layout(renamed, "商务和经合局", PERIOD)

    assert now.fingerprint == layout.layout(PLAN, TRADE, PERIOD).fingerprint


@pytest.mark.parametrize("unit", PLAN.reporting)
def test_every_slot_is_an_open_cell_beside_the_words_of_its_label(
    tmp_path: Path, unit: str
) -> None:
    book = load_workbook(issued(tmp_path, unit))

    _, *slots = book["_form"].iter_rows(values_only=True)

    assert len(slots) == len(layout.layout(PLAN, unit, PERIOD).slots)
    for _element, _park, sheet, cell, kind, label in slots:
        page = book[str(sheet)]
        assert page[str(cell)].protection.locked is False, (sheet, cell)
        assert page[str(cell)].value is None
        assert page.protection.sheet
        assert beside(page, str(cell), str(kind), str(label)), label


def beside(page: Worksheet, cell: str, kind: str, label: str) -> bool:
    """Whether the words of *label* stand to the left of and above *cell* (contract of `Slot`)."""
    row, column = parse(cell)
    lefts = [page.cell(row + 1, c).value for c in range(1, column + 1)]
    aboves = [page.cell(r, column + 1).value for r in range(1, row + 1)]
    left, separator, above = label.rpartition(" / ")
    if kind.startswith("list:"):
        return label in aboves
    if not separator:
        return label in lefts
    return left in lefts and above in aboves


def test_every_other_cell_of_the_form_is_locked(tmp_path: Path) -> None:
    book = load_workbook(issued(tmp_path, COMMITTEE))
    slots = {(s.sheet, s.cell) for s in layout.layout(PLAN, COMMITTEE, PERIOD).slots}

    cells = (c for row in book["填报"] for c in row if not isinstance(c, MergedCell))
    opened = {c.coordinate for c in cells if not c.protection.locked}

    assert opened == {cell for sheet, cell in slots if sheet == "填报"}


def test_the_form_says_whose_it_is_and_hides_what_programs_read(tmp_path: Path) -> None:
    book = load_workbook(issued(tmp_path, TRADE))

    said = dict(book["_identity"].iter_rows(values_only=True))

    assert said["unit"] == TRADE
    assert said["period"] == "2025-09"
    assert said["form"] == layout.layout(PLAN, TRADE, PERIOD).fingerprint
    assert list(said)[:5] == ["format", "plan", "unit", "period", "form"]
    assert set(said) == {"format", "plan", "unit", "period", "form", "headings", "words", "known"}
    assert book["_identity"].sheet_state == book["_form"].sheet_state == "veryHidden"
    assert book.sheetnames == ["填报", "补充", "说明", "_identity", "_form"]


def test_the_form_prints_on_one_a4_page(tmp_path: Path) -> None:
    page = load_workbook(issued(tmp_path, COMMITTEE))["填报"]

    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight or 1) == (1, 1)
    assert page.print_title_rows == "$5:$6"


def test_choices_are_offered_where_only_some_words_will_do(tmp_path: Path) -> None:
    book = load_workbook(issued(tmp_path, COMMITTEE))

    states, vintages = book["填报"].data_validations.dataValidation
    [parks] = book["竣工项目"].data_validations.dataValidation
    last = layout.layout(PLAN, COMMITTEE, PERIOD).main.rows[-1]

    assert (str(states.sqref), states.formula1) == (
        span(at("C01", "状态"), at(last.element.code, "状态")),
        '"正常,不详,不适用"',
    )
    assert (str(parks.sqref), parks.formula1) == (
        span(at("C09", "park"), at("C09", "park", row=1000)),
        '"白沙,官渡,青花,区内园外,未分园区"',
    )
    assert vintages.formula1 == '"快报,正式"'


def test_the_first_number_lands_in_row_seven_of_a_readable_table() -> None:
    lines = str(form.blank_form(PLAN, TRADE, PERIOD, rules=requirements(PLAN))[0]).split("\n")

    assert lines[0].startswith("万源市工业园区三年目标任务报送表（2025年1—9月）")
    assert "填报单位：市商务局" in lines[1]
    assert "报送截止：2025年10月10日" in lines[1]
    assert lines[4] == (
        "序号 | 指标 | 数据要素 | 计量单位 | 1—9月累计 | 上期累计 | 上年同期 | 状态 | 说明"
    )
    assert lines[6] == "11 | 进出口总额 | 进出口总额 | 万元 |  | — | — |  | "


def test_closed_park_cells_show_a_dash() -> None:
    sheet = form.blank_form(PLAN, COMMITTEE, PERIOD, rules=requirements(PLAN))[0]

    values = [cell and cell.value for cell in sheet.rows[18].cells]

    assert values[:4] == [11, "进出口总额", "进出口总额", "万元\n只填全区"]
    assert values[4:] == ["—", "—", "—", "—", "—", None, "—", "—", None, None]


def test_what_is_known_already_is_filled_in_and_locked(tmp_path: Path) -> None:
    known = prefilled.Prefilled(previous={"C14": Decimal("2.5")}, year_ago={"C14": Decimal(0)})

    page = load_workbook(issued(tmp_path, TRADE, known))["填报"]
    known_cells = at("C14", "上期累计", TRADE), at("C14", "上年同期", TRADE)

    assert [page[cell].value for cell in known_cells] == [2.5, 0]
    assert all(page[cell].protection.locked for cell in known_cells)


def test_what_was_reported_last_stands_beside_what_is_new(tmp_path: Path) -> None:
    known = prefilled.Prefilled(previous={"C14": Decimal("2.5")})

    page = load_workbook(issued(tmp_path, TRADE, known))["补充"]

    *words, last, asked = page[row_of(at("C14.single", unit=TRADE))][1:5]
    assert [cell.value for cell in (*words, last)] == ["进出口总额（本期数）", "万元", 2.5]
    assert asked.coordinate == at("C14.single", unit=TRADE)
    assert last.protection.locked
    assert page[at("state.11", "完成", TRADE)].protection.locked


def test_last_year_comes_from_the_office_where_no_report_is_at_hand() -> None:
    given = Given(no=2, year=2025, item=GivenKind.YEAR_AGO, park=WHOLE, value=Decimal("15.66"))
    plan = replace(PLAN, given=(given,))

    lines = str(form.blank_form(plan, INDUSTRY, PERIOD, rules=requirements(plan))[0]).split("\n")

    assert lines[7].split(" | ")[6] == "156600.0"


def test_the_guide_defines_what_is_asked_and_tells_every_requirement() -> None:
    guide = next(
        str(s)
        for s in form.blank_form(PLAN, COMMITTEE, PERIOD, rules=requirements(PLAN))
        if s.name == "说明"
    )

    for code in owed(PLAN, COMMITTEE, PERIOD):
        assert PLAN.element[code].definition in guide
    for rule in requirements(PLAN):
        assert rule.severity.value == "示" or f"{rule.holds}（{rule.code}）" in guide
    assert "2025年10月10日前报送" in guide


def test_the_same_form_is_written_byte_for_byte(tmp_path: Path) -> None:
    first = issued(tmp_path, COMMITTEE).read_bytes()

    assert issued(tmp_path, COMMITTEE).read_bytes() == first


def test_the_guide_is_two_sides_of_a_sheet_at_most_and_can_be_read() -> None:
    for unit in PLAN.reporting:
        sheets = form.blank_form(PLAN, unit, PERIOD, rules=requirements(PLAN))
        guide = next(sheet for sheet in sheets if sheet.name == "说明")

        needed = sum(row.height or 0 for row in guide.rows)

        assert guide.page.pages_tall == 2
        assert 2 * room(guide.page, sum(guide.widths)) / needed > 0.8

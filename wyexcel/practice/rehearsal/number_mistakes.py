"""Faults of what is typed: in single cells, between them, in name lists (V, R, B)."""

from datetime import date
from typing import Final

from msgspec.structs import replace

from wyexcel.forms import layout
from wyexcel.forms.asked import (
    FormField,
    ListColumn,
    NameListColumn,
    ProgressField,
    ProgressStatement,
)
from wyexcel.practice.rehearsal.draft_form import DraftForm
from wyexcel.practice.rehearsal.mistake import MistakeTable
from wyexcel.practice.rehearsal.unit_names import COMMITTEE, INDUSTRY, SCIENCE

NUMBER_MISTAKES: Final = MistakeTable()


_NEW: Final = "2606-511781-04-01-000099"
_DAY: Final = "2026-05-20"


@NUMBER_MISTAKES.mistake(
    "V01", INDUSTRY, did="营业收入空着没填", mend="没有发生填 0；不掌握选“不详”并说明。"
)
def a_blank(draft: DraftForm) -> DraftForm:
    """A number is not filled."""
    return draft.type_number("C05", None)


@NUMBER_MISTAKES.mistake("V02", INDUSTRY, did="数字后面写了“万元”", mend="只留数字，单位已在表头。")
def a_measure_behind_a_number(draft: DraftForm) -> DraftForm:
    """The measure was typed behind the number."""
    return draft.type_number("C02", "129066万元")


@NUMBER_MISTAKES.mistake(
    "V03", INDUSTRY, did="用全角数字填数", mend="已按数字识别，确认无误即可；下次用半角。"
)
def a_number_in_wide_digits(draft: DraftForm) -> DraftForm:
    """The number is text in full-width digits."""
    return draft.type_number("C02", "１２９０６７")


@NUMBER_MISTAKES.mistake(
    "V04", INDUSTRY, did="用“无”代替数字", mend="没有发生填 0；不适用的在“状态”列选。"
)
def a_word_for_nothing(draft: DraftForm) -> DraftForm:
    """A word for nothing stands where a number is asked for."""
    return draft.type_number("C05", "无")


@NUMBER_MISTAKES.mistake(
    "V05", SCIENCE, did="研发费用填了负数", mend="核对后改正；确属调减的在“说明”栏写明。"
)
def a_negative_number(draft: DraftForm) -> DraftForm:
    """An amount is below zero."""
    return draft.type_number("C07", -12)


@NUMBER_MISTAKES.mistake("V06", INDUSTRY, did="企业户数填了小数", mend="户数填整数。")
def a_part_of_a_household(draft: DraftForm) -> DraftForm:
    """A count is not whole."""
    return draft.type_number("C01", 12.5)


@NUMBER_MISTAKES.mistake(
    "V07", SCIENCE, did="把单元格格式设成了百分比", mend="格式改回数值后重填。"
)
def a_percentage(draft: DraftForm) -> DraftForm:
    """An amount is shown as a percentage."""
    return draft.type_number("C07", 549.05, shown="0.00%")


@NUMBER_MISTAKES.mistake(
    "V08", SCIENCE, did="研发费用多写了两位，强度达 22%", mend="核对分子、分母和计量单位。"
)
def an_impossible_ratio(draft: DraftForm) -> DraftForm:
    """What the numbers make is no ratio that can be."""
    return draft.type_number("C07", 54905)


@NUMBER_MISTAKES.mistake(
    "V09", INDUSTRY, did="把“亿元”的数填进了“万元”格", mend="换算成万元后重填。"
)
def another_measure(draft: DraftForm) -> DraftForm:
    """An amount is ten thousand times too small."""
    return draft.type_number("C02", 12.9)


@NUMBER_MISTAKES.mistake("V10", INDUSTRY, did="小数位数过多", mend="按规定位数四舍五入。")
def needless_digits(draft: DraftForm) -> DraftForm:
    """An amount has more digits than are asked for."""
    return draft.type_number("C02", 129066.66667)


@NUMBER_MISTAKES.mistake("V11", INDUSTRY, did="单元格显示 #DIV/0!", mend="检查公式，或直接填数。")
def an_error_value(draft: DraftForm) -> DraftForm:
    """A formula has no result."""
    slot = draft.number_slot("C02")
    return draft.change_cell(
        slot.sheet, slot.cell, lambda c: replace(c, formula="=1/0", value="#DIV/0!")
    )


@NUMBER_MISTAKES.mistake("V12", INDUSTRY, did="“3-5”被自动变成了日期", mend="格式改回数值后重填。")
def a_date_for_a_number(draft: DraftForm) -> DraftForm:
    """A number became a date."""
    return draft.type_number("C01", date(2026, 3, 5), shown="m月d日")


@NUMBER_MISTAKES.mistake("V14", INDUSTRY, did="“状态”不从下拉框选，自己写", mend="从下拉框里选。")
def a_state_of_ones_own(draft: DraftForm) -> DraftForm:
    """状态 says what the list does not have."""
    return draft.choose_state("C02", "基本正常")


@NUMBER_MISTAKES.mistake(
    "R01", COMMITTEE, did="全区合计和各园区相加不一致", mend="核对各园区数和合计。"
)
def a_total_of_its_own(draft: DraftForm) -> DraftForm:
    """The total is not the sum of the parks."""
    return draft.type_number("C02", 130000)


@NUMBER_MISTAKES.mistake("R03", INDUSTRY, did="个数比名单多", mend="补齐名单，或改个数。")
def a_count_without_names(draft: DraftForm) -> DraftForm:
    """More things are counted than are listed."""
    return draft.type_number("C09", 5)


@NUMBER_MISTAKES.mistake(
    "R04", SCIENCE, did="填了研发费用，没填营业收入", mend="分子、分母同时填。"
)
def a_part_without_its_whole(draft: DraftForm) -> DraftForm:
    """What the amount is a part of is blank."""
    return draft.type_number("C06", None)


@NUMBER_MISTAKES.mistake(
    "R05", SCIENCE, did="研发费用比营业收入还大", mend="核对这两项的数和单位。"
)
def a_part_above_its_whole(draft: DraftForm) -> DraftForm:
    """The part is larger than the whole."""
    return draft.type_number("C07", 300000)


@NUMBER_MISTAKES.mistake(
    "B02", COMMITTEE, did="各产业产值加起来超过园区产值", mend="核对各产业产值和园区产值。"
)
def industries_above_their_park(draft: DraftForm) -> DraftForm:
    """The industries of a park produce more than the park."""
    park = draft.plan.places[0]
    whole = draft.number_slot("C04", park)
    return draft.type_number("C03a", 60000, park).mistake_at(whole.sheet, whole.cell)


@NUMBER_MISTAKES.mistake("B04", INDUSTRY, did="同一个项目在名单里写了两行", mend="删去重复的一行。")
def a_thing_listed_twice(draft: DraftForm) -> DraftForm:
    """Two rows of a list have the same code."""
    return _with_project_again(draft, "白沙").mistake_at(*_third_row_cell(draft, ListColumn.ID))


@NUMBER_MISTAKES.mistake(
    "U03", INDUSTRY, did="同一个项目记进了两个园区", mend="查明在哪个园区，只留一个。"
)
def a_thing_in_two_parks(draft: DraftForm) -> DraftForm:
    """A thing is listed in two parks."""
    return _with_project_again(draft, "官渡").mistake_at(*_third_row_cell(draft, ListColumn.PARK))


def _with_project_again(draft: DraftForm, park: str) -> DraftForm:
    """*draft* with its second project listed once more, in *park*."""
    return draft.add_to_list(
        "C09", 2, "同一项目又写一遍（演练）", "2606-511781-04-01-000001", park, _DAY, 5400
    )


def _third_row_cell(draft: DraftForm, column: ListColumn) -> tuple[str, str]:
    """Sheet and cell of a column in the third row of the list of projects."""
    slot = draft.slot(NameListColumn("C09", column))
    letters = slot.cell.rstrip("0123456789")
    return slot.sheet, f"{letters}{int(slot.cell.removeprefix(letters)) + 2}"


def _with_project(
    draft: DraftForm, *, code: str = _NEW, day: str = _DAY, amount: float = 5000
) -> DraftForm:
    """*draft* with one more project."""
    return draft.add_to_list("C09", 2, "新建项目（演练）", code, "白沙", day, amount)


@NUMBER_MISTAKES.mistake("B05", INDUSTRY, did="统一社会信用代码抄错一位", mend="对照营业执照改正。")
def a_wrong_credit_code(draft: DraftForm) -> DraftForm:
    """A credit code has another check digit than it should."""
    return _with_project(draft, code="91511781MA6A12345X").mistake_at(
        *_third_row_cell(draft, ListColumn.ID)
    )


@NUMBER_MISTAKES.mistake(
    "B06", INDUSTRY, did="去年竣工的项目算进了今年", mend="删去该行，或改正日期。"
)
def a_day_of_another_year(draft: DraftForm) -> DraftForm:
    """A thing that happened last year is listed as new."""
    return _with_project(draft, day="2025-11-30").mistake_at(
        *_third_row_cell(draft, ListColumn.DATE)
    )


@NUMBER_MISTAKES.mistake(
    "B07", INDUSTRY, did="总投资不到 2000 万元也列进名单", mend="核对金额；不够的删去该行。"
)
def a_project_that_is_too_small(draft: DraftForm) -> DraftForm:
    """Less is invested than the list asks for."""
    return _with_project(draft, amount=1500).mistake_at(*_third_row_cell(draft, ListColumn.AMOUNT))


@NUMBER_MISTAKES.mistake(
    "U06", COMMITTEE, did="只报全区数的指标填进了分园区栏", mend="清空分园区栏。"
)
def a_closed_cell(draft: DraftForm) -> DraftForm:
    """A park's cell of what is not split is filled."""
    form_layout = layout.layout(draft.plan, draft.unit, draft.period)
    sheet, cell = next(iter(form_layout.closed))
    return draft.write_cell(sheet, cell, 5)


@NUMBER_MISTAKES.mistake("I06", INDUSTRY, did="填报日期早于报告期末", mend="请单位核对填报日期。")
def a_day_before_the_end(draft: DraftForm) -> DraftForm:
    """The form was filled before its period had ended."""
    return draft.answer(FormField.FILLED_ON, "2026-06-01")


@NUMBER_MISTAKES.mistake(
    "B09", INDUSTRY, did="智改数转完成户数比规上制造业还多", mend="核对这几个户数。"
)
def more_digital_than_there_are(draft: DraftForm) -> DraftForm:
    """More enterprises are digital than make anything."""
    return draft.type_number("C23", 9).type_number("C22", 11)


@NUMBER_MISTAKES.mistake(
    "R06", INDUSTRY, did="欠进度没写原因", mend="请单位补写原因、措施和预计完成时间。"
)
def a_lag_without_a_reason(draft: DraftForm) -> DraftForm:
    """Why an indicator lags is not told."""
    return draft.answer(ProgressStatement(ProgressField.REASON, 2), None)


@NUMBER_MISTAKES.mistake("R08", INDUSTRY, did="没到目标却选“已完成”", mend="改状态，或核对完成数。")
def done_before_its_time(draft: DraftForm) -> DraftForm:
    """What falls short is called done."""
    return draft.answer(ProgressStatement(ProgressField.STATE, 2), "已完成")


@NUMBER_MISTAKES.mistake("B01", INDUSTRY, did="规上企业名单只列了一户", mend="补齐名单，或改户数。")
def a_roster_that_lacks_most(draft: DraftForm) -> DraftForm:
    """The list of enterprises has fewer than are counted."""
    listed = draft
    for column, value in zip(ListColumn, ("演练企业", "91511781MA6A12345X", "白沙"), strict=False):
        listed = listed.write_in_list("C01list", 0, column, value)
    count = draft.number_slot("C01")
    return listed.mistake_at(count.sheet, count.cell)


@NUMBER_MISTAKES.mistake("B03", INDUSTRY, did="期初加纳规减退库不等于期末", mend="核对这几个户数。")
def comings_that_do_not_add_up(draft: DraftForm) -> DraftForm:
    """Who came and who left does not make up the difference."""
    return draft.type_number("C01t0", 12).type_number("C28", 0).type_number("C27", 5)


@NUMBER_MISTAKES.mistake("V13", COMMITTEE, did="自动计算的格被手工改写", mend="恢复公式。")
def a_number_over_a_formula(draft: DraftForm) -> DraftForm:
    """A number was typed over a formula."""
    form_layout = layout.layout(draft.plan, draft.unit, draft.period)
    sheet, cell = next(iter(form_layout.formulas))
    return draft.change_cell(sheet, cell, lambda c: replace(c, formula="", value=77))


@NUMBER_MISTAKES.mistake(
    "R09", INDUSTRY, did="填了数，状态又选“不适用”", mend="数属实的状态改“正常”；没有这个数的清空。"
)
def a_number_that_is_said_not_to_be(draft: DraftForm) -> DraftForm:
    """The row of a number says that there is none."""
    return draft.choose_state("C02", "不适用")

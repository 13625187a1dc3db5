"""Faults that show only against earlier periods and against other units (P, U, B08)."""

from typing import Final

from wyexcel.files.address import a1, parse
from wyexcel.files.writing.sheet import Value
from wyexcel.forms.asked import ListColumn, ProgressField, ProgressStatement
from wyexcel.forms.slot import FORM
from wyexcel.forms.submission import Vintage
from wyexcel.period import Period
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.practice.rehearsal import correct_forms
from wyexcel.practice.rehearsal.draft_form import DraftForm
from wyexcel.practice.rehearsal.mistake import ArrivalOrder, MistakeTable
from wyexcel.practice.rehearsal.unit_names import COMMITTEE, INDUSTRY, INVESTMENT, TRADE

COMPARISON_MISTAKES: Final = MistakeTable()


def _reported(draft: DraftForm, element: str, period: Period) -> Value:
    """What the unit reported of *element* for an earlier *period*."""
    submission = correct_forms.correct_submission(draft.plan, draft.unit, period)
    return submission.answers[element, WHOLE]


@COMPARISON_MISTAKES.mistake(
    "P01", INDUSTRY, did="累计数比上期还少", mend="核对；确属调减的写明原因。"
)
def a_total_that_fell(draft: DraftForm) -> DraftForm:
    """What runs from January on is less than it was."""
    return draft.type_number("C02", 60000)


@COMPARISON_MISTAKES.mistake(
    "P02", INDUSTRY, did="比上期推算的数多出一半，没有说明", mend="核对；属实的在“说明”栏写原因。"
)
def a_leap(draft: DraftForm) -> DraftForm:
    """An amount leaps without a reason."""
    return draft.type_number("C02", 195000)


@COMPARISON_MISTAKES.mistake("P03", INDUSTRY, did="照抄了上期的数", mend="改成本期累计数。")
def the_same_number_again(draft: DraftForm) -> DraftForm:
    """An amount is just what it was."""
    return draft.type_number("C02", _reported(draft, "C02", correct_forms.PAST[-1]))


@COMPARISON_MISTAKES.mistake(
    "P05", INDUSTRY, did="改了系统带出的上年同期数", mend="恢复系统带出的数。"
)
def another_last_year(draft: DraftForm) -> DraftForm:
    """Last year's number was changed."""
    row = parse(draft.number_slot("C02").cell)[0]
    return draft.write_cell(FORM, a1(row, draft.year_ago_column), 100000.0)


@COMPARISON_MISTAKES.mistake(
    "P04",
    INDUSTRY,
    did="上一期已通报定稿，又报来改了数的表（在上一期的“报送”里）",
    mend="定稿不能直接改；确有错误的走“数据修订”（wyexcel revise）。",
    arrival=ArrivalOrder.AFTER,
    period=correct_forms.PAST[-1],
)
def another_number_than_was_published(draft: DraftForm) -> DraftForm:
    """A number of a closed period is changed."""
    return draft.type_number("C02", 65000)


@COMPARISON_MISTAKES.mistake(
    "P06",
    INVESTMENT,
    did="该单位上期没有报送",
    mend="不用退回；环比算不出，补报上期后再看。",
    arrival=ArrivalOrder.INSTEAD,
    silent_before=INVESTMENT,
)
def no_report_before(draft: DraftForm) -> DraftForm:
    """The unit reported nothing for the last period."""
    return draft


@COMPARISON_MISTAKES.mistake(
    "P07",
    INDUSTRY,
    did="比往期的月均高出一大截，写了说明",
    mend="不用退回；打电话请单位再核一次。",
    earlier_periods=correct_forms.FURTHER_PAST,
)
def a_number_off_its_level(draft: DraftForm) -> DraftForm:
    """An amount is far from what the unit reported in eight periods, and it says why."""
    return draft.write_remark("C02", "新投产两户大企业（演练）").type_number("C02", 195000)


@COMPARISON_MISTAKES.mistake("P08", INDUSTRY, did="去年已计数的项目又列进来", mend="删去该行。")
def a_thing_that_counted_before(draft: DraftForm) -> DraftForm:
    """A thing of last year is listed as new again."""
    again = "2512-511781-04-01-000001"
    name = "2025年12月竣工项目（演练）"
    listed = draft.add_to_list("C09", 2, name, again, "青花", "2026-01-15", 7800)
    return listed.write_in_list("C09", 2, ListColumn.ID, again)


@COMPARISON_MISTAKES.mistake(
    "P09",
    TRADE,
    did="去年先报了快报，现在报来年报，数不一样（在去年全年的“报送”里）",
    mend="不用退回，通报采用年报数并注明；差得多的问清原因。",
    arrival=ArrivalOrder.AFTER,
    period=correct_forms.PAST[1],
    preliminary=True,
)
def other_final_numbers(draft: DraftForm) -> DraftForm:
    """The final number of a year is another than the preliminary one."""
    return draft.type_number("C14", 5.6)


@COMPARISON_MISTAKES.mistake(
    "B08", INDUSTRY, did="营业收入与产值之比突然变大", mend="问清统计口径是否变化。"
)
def another_ratio_of_revenue(draft: DraftForm) -> DraftForm:
    """Revenue to output is another than it was."""
    return draft.type_number("C05", 340000)


@COMPARISON_MISTAKES.mistake(
    "U01",
    COMMITTEE,
    did="总产值比经信局报的少",
    mend="请两家核对后各自重报或说明。",
    arrival=ArrivalOrder.INSTEAD,
)
def two_values_of_one_thing(draft: DraftForm) -> DraftForm:
    """Two units report different amounts of the same."""
    park = draft.plan.places[0]
    first = draft.number_slot("C02", park)
    last = draft.number_slot("C02", draft.plan.places[-1])
    return draft.type_number("C02", 38000, park).mistake_at(FORM, f"{first.cell}:{last.cell}")


@COMPARISON_MISTAKES.mistake(
    "U02",
    INDUSTRY,
    did="名单里多出一个科技局没有的平台",
    mend="请两家核对名单。",
    arrival=ArrivalOrder.INSTEAD,
)
def a_thing_that_only_one_lists(draft: DraftForm) -> DraftForm:
    """One unit lists what the other does not."""
    more = draft.add_to_list("C12", 1, "市级研发平台（演练）", "演练2号", "官渡", "2026-04-10")
    return more.mistake_at(draft.plan.element["C12"].sheet)


@COMPARISON_MISTAKES.mistake(
    "R02", INDUSTRY, did="上期累计加本期数不等于本期累计", mend="核对本期数和累计数。"
)
def a_quarter_that_does_not_add_up(draft: DraftForm) -> DraftForm:
    """What came since the last report does not make up the difference."""
    return draft.type_number("C02.single", 1000)


@COMPARISON_MISTAKES.mistake("R07", INDUSTRY, did="原因照抄上期", mend="请单位按本期情况更新。")
def the_last_reason_again(draft: DraftForm) -> DraftForm:
    """Why an indicator lags is told in the words of the last report."""
    submission = correct_forms.correct_submission(draft.plan, draft.unit, correct_forms.PAST[-1])
    reason = ProgressStatement(ProgressField.REASON, 2)
    return draft.answer(reason, submission.progress_notes[reason])


@COMPARISON_MISTAKES.mistake(
    "U07",
    INVESTMENT,
    did="“数据性质”选了“快报”，别的单位都是正式数",
    mend="已审定的请单位改“数据性质”重报；没有审定的照收，通报注明。",
    arrival=ArrivalOrder.INSTEAD,
)
def preliminary_among_final(draft: DraftForm) -> DraftForm:
    """One unit's numbers are preliminary, those of the others are final."""
    return draft.choose_vintage(Vintage.FLASH)


@COMPARISON_MISTAKES.mistake("P10", INDUSTRY, did="照抄了上年同期的数", mend="改成本年累计数。")
def last_years_number(draft: DraftForm) -> DraftForm:
    """An amount is just what it was a year ago."""
    return draft.type_number("C02", _reported(draft, "C02", correct_forms.PAST[0]))

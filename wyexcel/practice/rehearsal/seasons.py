"""Faults that show only against earlier periods and against other units (P, U, B08)."""

from typing import Final

from wyexcel.files.address import a1, parse
from wyexcel.files.writing.sheet import Value
from wyexcel.forms.asked import ListColumn, ProgressField, ProgressStatement
from wyexcel.forms.submission import Vintage
from wyexcel.plan.units import WHOLE
from wyexcel.practice.rehearsal import quarters
from wyexcel.practice.rehearsal.fault import Table, Turn
from wyexcel.practice.rehearsal.paper import FORM, Paper

SEASONS: Final = Table()

INDUSTRY: Final = "市经信局"
COMMITTEE: Final = "市工业园区管委会"
TRADE: Final = "市商务局"


def _last(paper: Paper, element: str) -> Value:
    """What the unit reported of *element* for the last period."""
    filled = quarters.filled(paper.plan, paper.unit, quarters.PAST[-1])
    return filled.answers[element, WHOLE]


@SEASONS.fault("P01", INDUSTRY, did="累计数比上期还少", mend="核对；确属调减的写明原因。")
def a_total_that_fell(paper: Paper) -> Paper:
    """What runs from January on is less than it was."""
    return paper.typed("C02", 60000)


@SEASONS.fault(
    "P02", INDUSTRY, did="比上期推算的数多出一半，没有说明", mend="核对；属实的在“说明”栏写原因。"
)
def a_leap(paper: Paper) -> Paper:
    """An amount leaps without a reason."""
    return paper.typed("C02", 195000)


@SEASONS.fault("P03", INDUSTRY, did="照抄了上期的数", mend="改成本期累计数。")
def the_same_number_again(paper: Paper) -> Paper:
    """An amount is just what it was."""
    return paper.typed("C02", _last(paper, "C02"))


@SEASONS.fault("P05", INDUSTRY, did="改了系统带出的上年同期数", mend="恢复系统带出的数。")
def another_last_year(paper: Paper) -> Paper:
    """Last year's number was changed."""
    row = parse(paper.number_slot("C02").cell)[0]
    return paper.wrote(FORM, a1(row, paper.year_ago_column), 100000.0)


@SEASONS.fault(
    "P04",
    INDUSTRY,
    did="上一期已通报定稿，又报来改了数的表（在上一期的“报送”里）",
    mend="定稿不能直接改；确有错误的走“数据修订”（wyexcel revise）。",
    turn=Turn.AFTER,
    period=quarters.PAST[-1],
)
def another_number_than_was_published(paper: Paper) -> Paper:
    """A number of a closed period is changed."""
    return paper.typed("C02", 65000)


@SEASONS.fault(
    "P06",
    quarters.INVESTMENT,
    did="该单位上期没有报送",
    mend="不用退回；环比算不出，补报上期后再看。",
    turn=Turn.INSTEAD,
    unheard=quarters.INVESTMENT,
)
def no_report_before(paper: Paper) -> Paper:
    """The unit reported nothing for the last period."""
    return paper


@SEASONS.fault(
    "P07",
    INDUSTRY,
    did="比往期的月均高出一大截，写了说明",
    mend="不用退回；打电话请单位再核一次。",
    since=quarters.MORE,
)
def a_number_off_its_level(paper: Paper) -> Paper:
    """An amount is far from what the unit reported in eight periods, and it says why."""
    return paper.remarked("C02", "新投产两户大企业（演练）").typed("C02", 195000)


@SEASONS.fault("P08", INDUSTRY, did="去年已计数的项目又列进来", mend="删去该行。")
def a_thing_that_counted_before(paper: Paper) -> Paper:
    """A thing of last year is listed as new again."""
    again = "2512-511781-04-01-000001"
    name = "2025年12月竣工项目（演练）"
    listed = paper.added("C09", 2, name, again, "青花", "2026-01-15", 7800)
    return listed.listed("C09", 2, ListColumn.ID, again)


@SEASONS.fault(
    "P09",
    TRADE,
    did="去年先报了快报，现在报来年报，数不一样（在去年全年的“报送”里）",
    mend="不用退回，通报采用年报数并注明；差得多的问清原因。",
    turn=Turn.AFTER,
    period=quarters.PAST[1],
    preliminary=True,
)
def other_final_numbers(paper: Paper) -> Paper:
    """The final number of a year is another than the preliminary one."""
    return paper.typed("C14", 5.6)


@SEASONS.fault("B08", INDUSTRY, did="营业收入与产值之比突然变大", mend="问清统计口径是否变化。")
def another_ratio_of_revenue(paper: Paper) -> Paper:
    """Revenue to output is another than it was."""
    return paper.typed("C05", 340000)


@SEASONS.fault(
    "U01",
    COMMITTEE,
    did="总产值比经信局报的多",
    mend="请两家核对后各自重报或说明。",
    turn=Turn.INSTEAD,
)
def two_values_of_one_thing(paper: Paper) -> Paper:
    """Two units report different amounts of the same."""
    park = paper.plan.places[0]
    first = paper.number_slot("C02", park)
    last = paper.number_slot("C02", paper.plan.places[-1])
    return paper.typed("C02", 50000, park).at(FORM, f"{first.cell}:{last.cell}")


@SEASONS.fault(
    "U02",
    INDUSTRY,
    did="名单里多出一个科技局没有的平台",
    mend="请两家核对名单。",
    turn=Turn.INSTEAD,
)
def a_thing_that_only_one_lists(paper: Paper) -> Paper:
    """One unit lists what the other does not."""
    more = paper.added("C12", 1, "市级研发平台（演练）", "演练2号", "官渡", "2026-04-10")
    return more.at(paper.plan.element["C12"].sheet)


@SEASONS.fault("R02", INDUSTRY, did="上期累计加本期数不等于本期累计", mend="核对本期数和累计数。")
def a_quarter_that_does_not_add_up(paper: Paper) -> Paper:
    """What came since the last report does not make up the difference."""
    return paper.typed("C02.single", 1000)


@SEASONS.fault("R07", INDUSTRY, did="原因照抄上期", mend="请单位按本期情况更新。")
def the_last_reason_again(paper: Paper) -> Paper:
    """Why an indicator lags is told in the words of the last report."""
    filled = quarters.filled(paper.plan, paper.unit, quarters.PAST[-1])
    return paper.said(
        ProgressStatement(ProgressField.REASON, 2),
        filled.told[ProgressStatement(ProgressField.REASON, 2)],
    )


@SEASONS.fault(
    "U07",
    quarters.INVESTMENT,
    did="“数据性质”选了“快报”，别的单位都是正式数",
    mend="已审定的请单位改“数据性质”重报；没有审定的照收，通报注明。",
    turn=Turn.INSTEAD,
)
def preliminary_among_final(paper: Paper) -> Paper:
    """One unit's numbers are preliminary, those of the others are final."""
    return paper.called(Vintage.FLASH)

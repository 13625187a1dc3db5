from decimal import Decimal
from fractions import Fraction

import pytest

from tests.support.ledgers import (
    COMMITTEE,
    INDUSTRY,
    INVESTMENT,
    PLAN,
    SCIENCE,
    knowing,
    said,
    split,
    stand,
)
from wyexcel.forms.submission import Submission
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.progress import ledger, reconcile, totals
from wyexcel.progress.reconcile import Settled, State

PERIOD = Period(2025, 9)


def settled(element: str, *reports: Submission, plan: Plan = PLAN) -> Settled:
    summed = totals.aggregate(ledger.ledger_of(reports, plan), plan, PERIOD)
    return next(s for s in reconcile.settle(summed, plan) if s.element.code == element)


def test_fourteen_and_fourteen_is_fourteen() -> None:
    both = said(INDUSTRY, "C01 全区 14"), said(COMMITTEE, split("C01 6 5 3"))

    assert settled("C01", *both).state is State.AGREED
    assert settled("C01", *both).value == 14
    assert stand(1, *both).actual == 14
    assert stand(1, *both).difference == 0


def test_fourteen_and_thirteen_is_fourteen_to_be_checked_with_both_cells() -> None:
    both = said(INDUSTRY, "C01 全区 14"), said(COMMITTEE, split("C01 6 5 2"))

    one = settled("C01", *both)

    assert (one.state, one.unit, one.value, one.difference) == (State.DISPUTED, INDUSTRY, 14, 1)
    assert {unit: [c.cell for c in r.cells] for unit, r in one.reports.items()} == {
        INDUSTRY: ["D7"],
        COMMITTEE: ["D7", "D8", "D9", "D10", "D11"],
    }
    standing = stand(1, *both)
    assert (standing.actual, standing.difference, standing.disputed) == (14, 1, True)
    assert standing.reports == {INDUSTRY: 14, COMMITTEE: 13}
    assert "规上工业企业数：市经信局14户、市工业园区管委会13户，不一致，待核" in standing.remarks
    assert [source.cell for source in standing.sources] == ["D7"]


@pytest.mark.parametrize(
    ("checked", "tolerance", "state"),
    [
        ("198000", "1", State.AGREED),
        ("202000", "1", State.AGREED),
        ("202000.01", "1", State.DISPUTED),
        ("197999.99", "1", State.DISPUTED),
        ("210000", "5", State.AGREED),
        ("200000.01", "0", State.DISPUTED),
    ],
)
def test_amounts_may_differ_by_the_share_that_the_office_allows(
    checked: str, tolerance: str, state: State
) -> None:
    plan = knowing(source_tolerance=Decimal(tolerance))
    lead, checker = said(INDUSTRY, "C02 全区 200000"), said(COMMITTEE, split(f"C02 {checked} 0 0"))

    assert settled("C02", lead, checker, plan=plan).state is state


def test_counts_may_not_differ_at_all() -> None:
    lead, checker = said(INDUSTRY, "C01 全区 1000"), said(COMMITTEE, split("C01 1001 0 0"))

    assert settled("C01", lead, checker).state is State.DISPUTED


def test_the_checking_unit_stands_in_for_a_lead_that_did_not_report() -> None:
    checker = said(COMMITTEE, split("C02 60000 86000 30000"))

    one, standing = settled("C02", checker), stand(2, checker)

    assert (one.state, one.unit, one.value) == (State.STAND_IN, COMMITTEE, 176000)
    assert standing.remarks == ("市经信局未报规上工业总产值，暂用市工业园区管委会数据（代报）",)
    assert standing.reports[INDUSTRY] is None
    assert standing.difference is None
    assert {source.file for source in standing.sources} == {"市工业园区管委会.xlsx"}


def test_a_typed_zero_of_the_lead_counts_and_a_blank_of_the_lead_does_not() -> None:
    checker = said(COMMITTEE, split("C02 1 0 0"))

    assert settled("C02", said(INDUSTRY, "C02 全区 0"), checker).value == 0
    assert settled("C02", said(INDUSTRY, "C02 全区 -"), checker).value == 1


def test_the_lead_alone_and_the_only_unit_are_told_apart() -> None:
    assert settled("C01", said(INDUSTRY, "C01 全区 14")).state is State.PARTIAL
    assert settled("C13", said(INVESTMENT, "C13 全区 0")).state is State.ALONE
    assert settled("C13").state is State.UNREPORTED


def test_a_unit_that_does_not_answer_for_an_element_is_not_heard() -> None:
    assert settled("C01", said(SCIENCE, "C01 全区 99")).state is State.UNREPORTED


def test_parks_come_from_the_breakdown_source_and_the_whole_from_the_lead() -> None:
    lead, checker = said(INDUSTRY, "C01 全区 14"), said(COMMITTEE, split("C01 6 5 2"))

    assert stand(1, lead, checker).parks == {
        "白沙": 6,
        "官渡": 5,
        "青花": 2,
        "区内园外": 0,
        "未分园区": 0,
    }


def test_lists_are_united_by_id_and_what_one_lacks_is_named() -> None:
    tea = "C09 2403-01 茶厂 未分园区 2025-03-28"
    lead = said(INDUSTRY, listed=f"{tea}\nC09 2403-02 冷链 官渡 2025-06-16")
    checker = said(
        COMMITTEE,
        listed="C09 2403-01 茶厂 白沙 2025-03-28\nC09 2403-03 洗煤 青花 2025-09-12",
    )

    one, standing = settled("C09", lead, checker), stand(8, lead, checker)

    assert one.value == 3
    assert one.state is State.DISPUTED
    assert one.only == {INDUSTRY: ("冷链",), COMMITTEE: ("洗煤",)}
    assert one.difference == 0
    assert standing.actual == 3
    assert standing.parks == {"白沙": 1, "官渡": 1, "青花": 1, "区内园外": 0, "未分园区": 0}
    assert {source.value for source in standing.sources} == {"茶厂", "冷链", "洗煤"}
    [remark] = standing.remarks
    assert "仅市经信局名单有“冷链”、仅市工业园区管委会名单有“洗煤”，不一致，待核" in remark


def test_the_same_list_from_two_units_counts_once() -> None:
    row = "C12 示例1号 技术中心 白沙 2025-08-20"

    one = settled("C12", said(SCIENCE, listed=row), said(INDUSTRY, listed=row))

    assert (one.value, one.state, dict(one.only)) == (1, State.AGREED, {})
    assert [source.file for source in one.cells] == ["市科技局.xlsx"]


def test_a_ratio_is_made_of_settled_components() -> None:
    lead = said(SCIENCE, "C07 全区 748.7\nC06 全区 -")
    checker = said(COMMITTEE, split("C07 480 168.7 100\nC06 120000 111000 100000"))

    standing = stand(7, lead, checker)

    assert standing.actual == Fraction("748.7") / 331000 * 100
    assert standing.remarks[0] == "市科技局未报规上工业营业收入，暂用市工业园区管委会数据（代报）"
    assert standing.reports[SCIENCE] is None

"""What the numbers of a period come to, against target and calendar (domain.md B)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from msgspec.structs import replace

from tests.support.ledgers import (
    BASELINE,
    COMMITTEE,
    INDUSTRY,
    PLAN,
    SCIENCE,
    TRADE,
    all_stand,
    changed,
    knowing,
    output,
    said,
    season,
    split,
    stand,
)
from wyexcel.files.number_display import decimals_to_see, format_number
from wyexcel.plan.plan import NoTarget, Plan
from wyexcel.plan.status import Method, Status
from wyexcel.progress import ledger
from wyexcel.progress.ledger import Ledger

SAMPLE = """
no | A      | rate   | net  | E    | g     | in     | points | K     | status
1  | 12     | 85.7   | 50.0 | 13   | －1    | 户     | －25.0  | 66.7  | 严重欠进度
2  | 17.60  | 73.3   | —    | 18   | －1.7  | 百分点 | －1.7   | 97.8  | 欠进度
3  | 83.81  | —      | —    | 85   | －1.19 | 百分点 | －1.19  | 98.6  | 未达标
4  | 33.10  | 78.8   | —    | 31.5 | 3.8   | 百分点 | 3.8    | 105.1 | 达进度
5  | 0      | —      | —    | —    | —     | 个     | —      | —     | 无当年任务
6  | 1      | —      | —    | —    | —     | 个     | —      | —     | 提前完成
7  | 0.2262 | —      | —    | 0.22 | 0.006 | 百分点 | 0.006  | 102.8 | 达标
8  | 4      | 50.0   | —    | 6    | －2    | 个     | －25.0  | 66.7  | 严重欠进度
9  | 0      | 0.0    | —    | 0    | —     | 个     | —      | —     | 未到节点
10 | 0      | —      | —    | —    | —     | 百分点 | —      | —     | 不设目标
11 | 0.0004 | —      | —    | —    | —     | 百分点 | —      | —     | 提前完成
"""
"""The table of domain.md B4, 2025 Q3, τ＝75 %, with 10 enterprises at the end of 2024."""


def rows(table: str) -> list[dict[str, str]]:
    heading, *lines = ([c.strip() for c in line.split("|")] for line in table.strip().split("\n"))
    return [dict(zip(heading, line, strict=True)) for line in lines]


def shown(value: Fraction | None, like: str) -> str:
    """*value* rounded to as many decimals as *like* has."""
    return format_number(value, len(like.partition(".")[2]))


@pytest.mark.parametrize("row", rows(SAMPLE), ids=lambda row: row["no"])
def test_the_worked_example_stands_as_it_was_worked_out(row: dict[str, str]) -> None:
    standing = all_stand(*season(), plan=BASELINE)[int(row["no"]) - 1]

    assert shown(standing.actual, row["A"]) == row["A"]
    assert shown(standing.completion, row["rate"]) == row["rate"]
    assert shown(standing.net_completion, row["net"]) == row["net"]
    assert shown(standing.expected, row["E"]) == row["E"]
    assert shown(standing.gap, row["g"]) == row["g"]
    assert standing.gap_measure == row["in"]
    assert shown(standing.gap_points, row["points"]) == row["points"]
    assert shown(standing.attainment, row["K"]) == row["K"]
    assert standing.status.value == row["status"]


def test_the_worked_example_says_why() -> None:
    reasons = [s.reason for s in all_stand(*season(), plan=BASELINE)]

    assert reasons == [
        (
            "期末12户（目标的85.7%），净增（12－10）÷（14－10）＝50.0%，"
            "时序75.0%应达13户，欠1户；达成率66.7%。"
        ),
        "累计17.60÷目标24.00＝73.3%，时序75.0%，欠1.7个百分点；达成率97.8%。",
        "17.60亿元÷21.00亿元＝83.81%，目标85.00%，低1.19个百分点，超过1个百分点的容差。",
        "累计33.10÷目标42.00＝78.8%，时序75.0%，超3.8个百分点；达成率105.1%。",
        "当年目标为0，本期0，没有当年任务。",
        "当年目标为0，已实现1个，提前完成。",
        "748.7万元÷33.10亿元＝0.226%，目标0.220%，高0.006个百分点。",
        "累计4÷目标8＝50.0%，时序75.0%应达6个，欠2个；达成率66.7%。",
        "目标1个×时序75.0%不足1个，本期不作要求；累计0个。",
        "本期0万美元；目标为“/”，只监测，不评进度。",
        "当年目标为0，已实现0.0004亿元，提前完成。",
    ]


def test_sources_are_the_cells_as_they_were_filled() -> None:
    output, share = all_stand(*season(), plan=BASELINE)[1:3]

    assert [tuple(source) for source in output.sources] == [("市经信局.xlsx", "填报", "D8", 176000)]
    assert len(share.sources) == 4 * 5
    assert sum(float(source.value) for source in share.sources) == 176000 + 210000


@pytest.mark.parametrize(
    ("amount", "words"),
    [("176049", "累计17.605÷目标24.000＝73.4%"), ("176000", "累计17.60÷目标24.00＝73.3%")],
)
def test_a_rate_can_be_reckoned_anew_from_what_is_shown(amount: str, words: str) -> None:
    assert output(amount).reason.startswith(words)


def test_a_ratio_can_be_reckoned_anew_from_what_is_shown() -> None:
    parts = said(SCIENCE, "C07 全区 12345\nC06 全区 5000000")

    assert stand(7, parts).reason.startswith("1.2345亿元÷500.00亿元＝0.247%")


def test_a_tiny_amount_is_shown_with_the_digits_that_its_rate_was_reckoned_with() -> None:
    plan = changed(11, targets={2025: Decimal("0.001")})
    standing = stand(11, said(TRADE, "C14 全区 0.6", period="2025-03"), plan=plan, period="2025-03")

    assert standing.reason.startswith("累计0.00006÷目标0.00100＝6.0%，时序25.0%，欠19.0个百分点")
    assert standing.outlook == "后9个月需月均0.000104亿元，为前3个月月均0.00002亿元的5.22倍"
    assert standing.decimals == 5


def test_end_of_may_is_measured_by_five_twelfths() -> None:
    standing = output("96000", period="2025-05")

    assert standing.due == Fraction(125, 3)
    assert standing.completion == 40
    assert shown(standing.gap, "1.7") == "－1.7"
    assert standing.attainment == 96
    assert standing.status is Status.BEHIND


def test_eight_one_nine_two_and_six_seven_reach_twenty_four() -> None:
    parts = said(COMMITTEE, split("C02 81000.0 92000.0 67000.0"))
    in_hundred_millions = said(COMMITTEE, split("C02 8.1 9.2 6.7"))
    plan = changed(2, scale=Fraction(1))

    assert stand(2, parts).status is Status.DONE
    assert stand(2, in_hundred_millions, plan=plan).status is Status.DONE


def test_four_thirty_five_of_five_eight_is_exactly_on_schedule() -> None:
    standing = output("43500", plan=changed(2, targets={2025: Decimal("5.8")}))

    assert standing.gap == 0
    assert standing.attainment == 100
    assert standing.status is Status.ON_PACE
    assert standing.reason == "累计4.35÷目标5.80＝75.0%，时序75.0%，与时序持平；达成率100.0%。"


@pytest.mark.parametrize(
    ("amount", "status"),
    [
        ("198000", Status.AHEAD),
        ("197999.99", Status.ON_PACE),
        ("180000", Status.ON_PACE),
        ("179999.99", Status.BEHIND),
        ("144000", Status.BEHIND),
        ("143999.99", Status.FAR_BEHIND),
    ],
)
def test_a_bound_belongs_to_the_better_band_and_no_rounding_crosses_it(
    amount: str, status: Status
) -> None:
    standing = output(amount)

    printed = Fraction(standing.reason.rpartition("达成率")[2].removesuffix("%。"))
    bands = [band for band in PLAN.bands if band.method is Method.ATTAINMENT]
    assert standing.status is status
    assert [band.status for band in bands if band.holds(printed)] == [status]


def test_a_gap_too_small_for_one_decimal_is_shown_with_as_many_as_it_takes() -> None:
    standing = output("179900")

    assert standing.reason == (
        "累计17.99÷目标24.00＝74.96%，时序75.00%，欠0.04个百分点；达成率99.9%。"
    )


def test_rate_and_schedule_are_never_printed_alike_beside_a_gap() -> None:
    standing = output("100120", period="2025-05")

    assert standing.reason == (
        "累计10.012÷目标24.000＝41.72%，时序41.67%，超0.05个百分点；达成率100.1%。"
    )


def test_nearly_all_of_the_target_is_not_written_as_all_of_it() -> None:
    standing = output("239999", period="2025-12")

    assert standing.status is Status.BEHIND
    assert standing.reason.startswith("累计23.9999÷目标24.0000＝99.9996%，")


def test_a_ratio_just_out_of_tolerance_does_not_read_as_just_within() -> None:
    just_out = said(COMMITTEE, split("C03a 83.996 0 0\nC03b 0 0 0\nC03c 0 0 0\nC04 100 0 0"))

    standing = stand(3, just_out)

    assert standing.status is Status.MISSED
    assert "低1.004个百分点，超过1个百分点的容差" in standing.reason


def test_four_ten_thousandths_of_a_hundred_million_are_seen() -> None:
    standing = stand(11, said(TRADE, "C14 全区 4"))

    assert standing.actual == Fraction("0.0004")
    assert "0.0004亿元" in standing.reason
    assert decimals_to_see(standing.actual, 2) == 4


def test_a_blank_is_unreported_and_a_typed_zero_is_zero() -> None:
    blank, zero = output("-"), output("0")

    assert (blank.status, blank.actual) == (Status.UNREPORTED, None)
    assert blank.reason == "市经信局、市工业园区管委会未报规上工业总产值，不作评判。"
    assert blank.sources == ()
    assert (zero.status, zero.actual) == (Status.FAR_BEHIND, 0)
    assert zero.completion == 0


def test_who_lacks_what_is_said_once_and_some_parks_are_not_called_nothing() -> None:
    standing = stand(3, said(COMMITTEE, "C03a 白沙 1\nC03b 白沙 1\nC04 官渡 5"))

    assert standing.status is Status.UNREPORTED
    assert standing.reason == (
        "市工业园区管委会未报全农产品加工产业产值、绿色建材产业产值、园区工业总产值；"
        "市工业园区管委会未报能源产业产值，不作评判。"
    )


def test_zero_slash_blank_and_not_applicable_are_four_statuses() -> None:
    def of(target: Decimal | NoTarget, amount: str) -> Status:
        return output(amount, plan=changed(2, targets={2025: target})).status

    assert of(Decimal(0), "0") is Status.NO_TASK
    assert of(Decimal(0), "1") is Status.EARLY
    assert of(NoTarget.MONITOR, "0") is Status.NO_TARGET
    assert of(NoTarget.NOT_APPLICABLE, "1") is Status.NOT_APPLICABLE
    assert of(NoTarget.MONITOR, "-") is Status.UNREPORTED
    assert of(Decimal(24), "-") is Status.UNREPORTED


def test_an_unconfirmed_definition_shows_its_value_and_no_light() -> None:
    standing = output("1", plan=changed(2, judged=False))

    assert standing.status is Status.UNCONFIRMED
    assert standing.actual == Fraction("0.0001")
    assert output("-", plan=changed(2, judged=False)).status is Status.UNREPORTED


def test_nothing_at_all_is_eleven_times_unreported() -> None:
    standings = all_stand()

    assert {s.status for s in standings} == {Status.UNREPORTED}
    assert all(s.reason.endswith("，不作评判。") for s in standings)


@pytest.mark.parametrize(
    ("dominant", "status"),
    [
        ("85", Status.REACHED),
        ("84", Status.CLOSE),
        ("83.99", Status.MISSED),
        ("90", Status.REACHED),
    ],
)
def test_a_ratio_is_held_against_its_target_whatever_the_month(
    dominant: str, status: Status
) -> None:
    parts = split(f"C03a {dominant} 0 0\nC03b 0 0 0\nC03c 0 0 0\nC04 100 0 0")

    for period in ("2025-01", "2025-03", "2025-12"):
        report = said(COMMITTEE, parts, period=period)
        assert stand(3, report, period=period).status is status


@pytest.mark.parametrize(("total", "words"), [("10000", "1.00亿元"), ("9999.5", "9999.5万元")])
def test_a_sum_is_said_as_filled_until_it_makes_a_hundred_million(total: str, words: str) -> None:
    parts = split(f"C03a {total} 0 0\nC03b 0 0 0\nC03c 0 0 0\nC04 {total} 0 0")

    assert stand(3, said(COMMITTEE, parts)).reason.startswith(f"{words}÷{words}＝100.00%")


def test_clean_energy_is_asked_for_and_does_not_count() -> None:
    parts = split("C03a 50 0 0\nC03b 0 0 0\nC03c 0 0 0\nC03d 40 0 0\nC04 100 0 0")

    assert stand(3, said(COMMITTEE, parts)).actual == 50


def test_a_value_of_quick_figures_says_so() -> None:
    [remark] = stand(7, said(SCIENCE, "C07 全区 748.7\nC06 全区 331000")).remarks

    assert "快报口径" in remark


def test_last_year_is_what_the_archive_holds_unless_the_office_gave_it_for_that_period() -> None:
    report = said(INDUSTRY, "C02 全区 176000", period="2026-09")
    before = ledger.ledger_of([said(INDUSTRY, "C02 全区 150000", period="2025-09")], PLAN)
    at_large = knowing("2 2026 上年同期 14.5")
    [given] = at_large.given
    in_march, in_september = (
        replace(at_large, given=(replace(given, month=month),)) for month in (3, 9)
    )

    def year_ago(plan: Plan, archived: Ledger | None) -> Fraction | None:
        return stand(2, report, period="2026-09", year_ago=archived, plan=plan).year_ago

    assert year_ago(PLAN, None) is None
    assert year_ago(PLAN, before) == 15
    assert year_ago(at_large, None) == Fraction("14.5")
    assert year_ago(at_large, before) == 15
    assert year_ago(in_march, None) is None
    assert year_ago(in_september, before) == Fraction("14.5")


def test_every_sentence_is_whole_and_no_number_in_it_is_missing() -> None:
    plans = (PLAN, BASELINE, knowing(method=Method.POINTS), changed(1, judged=False))
    for plan in plans:
        for reports in (season(), season()[:1], ()):
            for standing in all_stand(*reports, plan=plan):
                assert standing.reason.endswith("。")
                assert "—" not in standing.reason, standing.reason
                assert "None" not in standing.reason

"""What is written to a unit: 催报单, 退回单, 督办单, and in which colour."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.forms import TRADE, WHOLE, Answers, written
from tests.support.ledgers import (
    BASELINE,
    COMMITTEE,
    INDUSTRY,
    PLAN,
    all_stand,
    knowing,
    said,
    stand,
)
from tests.support.ledgers import season as reports
from tests.support.places import at
from tests.support.standings import PERIOD, one, sample, unreported
from wyexcel.files.writing.document import Letter, Tone, as_text
from wyexcel.findings import Level
from wyexcel.intake import check_arrivals
from wyexcel.intake.arrivals import Arrival
from wyexcel.letters.letter_parts import contact_line
from wyexcel.letters.letters_after_check import check_letters
from wyexcel.letters.rejections import rejections
from wyexcel.letters.reminder_letter import reminder_letter
from wyexcel.letters.supervision_letter import supervision_letters
from wyexcel.plan.plan import Plan
from wyexcel.progress.standing import Standing

TODAY = date(2025, 10, 20)
CELL = at("C14", unit=TRADE)


def to_units(tmp_path: Path, *values: object, plan: Plan = PLAN) -> dict[str, Letter]:
    """The letters when 市商务局 sent forms with *values*, an hour apart, and nobody else any."""
    there: list[Arrival] = []
    for hour, value in enumerate(values):
        path = tmp_path / f"商务{hour}.xlsx"
        written(Answers(unit=TRADE, typed={("C14", WHOLE): value}), path)
        came = datetime(2025, 10, 9, 9 + hour, tzinfo=UTC)
        there.append(Arrival(path=path, file=path.name, received=came))
    season = check_arrivals.judge_arrivals(there, plan=plan, period=PERIOD, today=TODAY)
    letters = check_letters(season, rejections(season), plan, TODAY)
    return {letter.name: letter for letter in letters}


def test_who_sent_nothing_is_urged_and_who_erred_is_told_what_to_mend(tmp_path: Path) -> None:
    letters = to_units(tmp_path, "4万")

    assert list(letters) == [
        "市经信局-催报单",
        "市科技局-催报单",
        "市商务局-退回单",
        "市工业园区管委会-催报单",
        "市投促中心-催报单",
    ]
    urged, returned = as_text(letters["市科技局-催报单"]), as_text(letters["市商务局-退回单"])
    assert "应于2025年10月10日前报送" in urged
    assert "“市科技局.xlsx”" in urged
    assert "贵单位主报新增省级以上研发机构和平台数量、企业研发投入强度。" in urged
    assert "“商务0.xlsx”（2025年10月9日收到）没有通过校验，现退回" in returned
    assert f"1.〔错〕“填报”表：{CELL} 填的是“4万”" in returned
    assert "本期没有可用的数据" in returned


def test_a_letter_says_which_earlier_form_counts_meanwhile(tmp_path: Path) -> None:
    text = as_text(to_units(tmp_path, 4, "5万")["市商务局-退回单"])

    assert "“商务1.xlsx”（2025年10月9日收到）没有通过校验" in text
    assert "暂用贵单位此前已通过校验的“商务0.xlsx”（2025年10月9日收到）" in text


def test_a_unit_that_put_it_right_gets_no_letter(tmp_path: Path) -> None:
    assert "市商务局-退回单" not in to_units(tmp_path, "4万", 4)


def test_who_left_something_unexplained_is_asked_and_its_form_counts(tmp_path: Path) -> None:
    lenient = replace(PLAN, settings=replace(PLAN.settings, levels={"V05": Level.REVIEW}))

    letters = to_units(tmp_path, -5, plan=lenient)

    asked = as_text(letters["市商务局-核实单"])
    assert asked.startswith("【核实】关于2025年1—9月工业园区目标任务填报表的核实单")
    assert "“商务0.xlsx”（2025年10月9日收到）已经采用，其中1处需要核实" in asked
    assert f"1.〔核〕“填报”表：{CELL}“进出口总额”为负数 -5" in asked
    assert "市商务局-催报单" not in letters


def test_who_explained_everything_is_not_asked(tmp_path: Path) -> None:
    path = tmp_path / "商务.xlsx"
    answers = Answers(unit=TRADE, typed={("C14", WHOLE): -5}, remarks={"C14": "退运冲减"})
    written(answers, path)
    came = datetime(2025, 10, 9, tzinfo=UTC)

    season = check_arrivals.judge_arrivals(
        [Arrival(path=path, file=path.name, received=came)], plan=PLAN, period=PERIOD, today=TODAY
    )

    letters = {one.name for one in check_letters(season, rejections(season), PLAN, TODAY)}
    assert [name for name in letters if TRADE in name] == []


@pytest.mark.parametrize(
    ("today", "tone", "words"),
    [
        (date(2025, 10, 6), Tone.EARLY, "距截止还有4天"),
        (date(2025, 10, 7), Tone.SOON, "距截止还有3天"),
        (date(2025, 10, 10), Tone.SOON, "今天是截止日"),
        (date(2025, 10, 12), Tone.LATE, "已逾期1个工作日"),
        (date(2025, 11, 10), Tone.LATE, "已逾期22个工作日"),
    ],
)
def test_blue_is_due_within_three_days_and_red_is_late(today: date, tone: Tone, words: str) -> None:
    letter = reminder_letter("市科技局", PERIOD, PLAN, today)

    assert letter.tone is tone
    assert words in as_text(letter)
    assert f"【{tone.value}】关于报送2025年1—9月工业园区目标任务数据的催报单" in as_text(letter)


def test_the_office_may_set_another_last_day() -> None:
    plan = knowing(quarter_days=20)

    letter = reminder_letter("市科技局", PERIOD, plan, date(2025, 10, 18))

    assert letter.tone is Tone.SOON
    assert "应于2025年10月20日前报送" in as_text(letter)


def test_who_answers_questions_stands_below_where_the_office_has_said_so() -> None:
    known = knowing(contact="王五", phone="0818-8600000")

    assert "联系" not in as_text(reminder_letter(TRADE, PERIOD, PLAN, TODAY)).splitlines()[-1]
    assert as_text(reminder_letter(TRADE, PERIOD, known, TODAY)).endswith(
        "万源市工业园区管理委员会\n2025年10月20日\n（联系人：王五　　联系电话：0818-8600000）\n"
    )


def test_the_phone_of_the_office_is_taken_from_the_directory_where_none_is_set() -> None:
    units = tuple(replace(u, phone="8600001" if u.name == COMMITTEE else "") for u in PLAN.units)

    assert contact_line(replace(PLAN, units=units)) == "联系电话：8600001"


def test_invented_numbers_are_marked_in_letters_too() -> None:
    letter = reminder_letter(TRADE, PERIOD, knowing(mark="示例数据"), TODAY)

    assert as_text(letter).startswith("【示例数据】\n【红色·逾期】")


def supervised(standings: Sequence[Standing], plan: Plan = PLAN) -> dict[str, str]:
    letters = supervision_letters(standings, plan, PERIOD, TODAY)
    return {letter.name: as_text(letter) for letter in letters}


def test_each_unit_that_reports_what_lags_is_told_all_of_it_and_nobody_else_is() -> None:
    letters = supervised(sample())

    assert list(letters) == ["市经信局-督办单", "市工业园区管委会-督办单"]
    industry = letters["市经信局-督办单"]
    assert "贵单位主报的下列3项指标" in industry
    assert (
        "3.指标：规上工业总产值；状态：欠进度；应达：18.00亿元；实际：17.60亿元；"
        "欠额：欠0.40亿元；连续期数：1；配合单位：市工业园区管委会"
    ) in industry
    assert "应达：13户；实际：12户；欠额：欠1户" in industry
    assert "主导产业产值占园区产值比重" not in industry
    assert "欠额：低1.19个百分点；连续期数：1；配合单位：无" in letters["市工业园区管委会-督办单"]


def test_a_supporting_unit_is_named_as_such_and_gets_no_letter_for_it() -> None:
    only = [one(2)]

    assert list(supervised(only)) == ["市经信局-督办单"]
    assert "会同配合单位" in supervised(only)["市经信局-督办单"]
    assert "会同" not in supervised([one(3)])["市工业园区管委会-督办单"]


def test_nobody_is_named_for_what_is_not_reported_not_due_or_not_judged() -> None:
    assert supervised(unreported()) == {}
    assert supervised([one(no) for no in (4, 5, 6, 7, 9, 10, 11)]) == {}


def test_why_it_lags_how_long_and_what_is_needed_are_told() -> None:
    before = all_stand(*reports(), plan=BASELINE, period="2025-08")
    standing = stand(2, *reports(), plan=BASELINE, before=[before])

    text = supervised([standing], BASELINE)["市经信局-督办单"]

    assert standing.periods_behind == 1 + before[1].periods_behind
    assert f"连续期数：{standing.periods_behind}" in text
    assert standing.reason in text
    assert "后3个月需月均2.13亿元" in text
    assert "逐项写明原因、措施、预计完成时间" in text


def test_the_unit_that_compiles_is_not_told_to_report_to_itself() -> None:
    urged = as_text(reminder_letter(COMMITTEE, PERIOD, PLAN, TODAY))
    letter = supervised([one(3)])["市工业园区管委会-督办单"]

    assert "经单位负责人审核后交本单位汇总人员。" in urged
    assert "前存档备查。" in letter
    assert "报市工业园区管委会" not in urged + letter


def test_a_remark_that_is_a_sentence_ends_once() -> None:
    standing = one(2, remarks=("季度值为快报口径。", "快报数（市经信局）"))

    assert "季度值为快报口径。快报数（市经信局）。" in supervised([standing])["市经信局-督办单"]


def test_a_number_on_which_two_units_differ_is_not_told_as_settled() -> None:
    standing = stand(1, said(INDUSTRY, "C01 全区 12"), said(COMMITTEE, COUNTS), plan=BASELINE)

    text = supervised([standing], BASELINE)["市经信局-督办单"]

    assert "不一致，待核。数据核对一致以后，以核对结果为准。" in text


COUNTS = "C01 白沙 5\nC01 官渡 5\nC01 青花 4\nC01 区内园外 0\nC01 未分园区 0"


def test_a_number_that_another_unit_reported_is_told_as_such() -> None:
    standing = stand(1, said(COMMITTEE, COUNTS.replace("青花 4", "青花 2")), plan=BASELINE)

    text = supervised([standing], BASELINE)["市经信局-督办单"]

    assert "市经信局未报规上工业企业数，暂用市工业园区管委会数据（代报）" in text


@pytest.mark.parametrize(
    ("days", "until"), [(5, "2025年10月27日"), (7, "2025年10月27日"), (3, "2025年10月23日")]
)
def test_the_answer_is_wanted_on_a_weekday(days: int, until: str) -> None:
    letters = supervision_letters([one(2)], knowing(reply_days=days), PERIOD, TODAY)

    assert f"审核后于{until}前报市工业园区管委会" in as_text(next(iter(letters)))


def test_the_answer_is_not_wanted_on_a_public_holiday() -> None:
    letters = supervision_letters([one(2)], PLAN, PERIOD, date(2026, 9, 28))  # 10月1—7日放假

    assert "审核后于2026年10月8日前报" in as_text(next(iter(letters)))

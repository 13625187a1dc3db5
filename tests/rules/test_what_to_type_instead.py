"""A finding on what was typed says what to type instead, once for one mistake."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support import small_plan
from tests.support.forms import Answers, filled, findings, found, written
from tests.support.saved_as import ABSENT, convert
from tests.support.small_plan import INVESTMENT, NEW_TOWN, PERIOD, PLAN, STATISTICS, at
from wyexcel.files.reading import pool, read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.findings import Finding, Severity
from wyexcel.forms.asked import RowRemark, RowState
from wyexcel.forms.filled import read_form
from wyexcel.forms.layout import IDENTITY, UNREAD, layout
from wyexcel.rules import all_rules

POWER = at("POWER", unit=INVESTMENT)


def power(value: object, **more: Any) -> Answers:
    """县招商局's form with *value* for 工业用电量 (万千瓦时)."""
    return small_plan.answers(INVESTMENT, typed={("POWER", "全区"): value}, **more)


def cell_of(asked: object, unit: str = INVESTMENT) -> str:
    return next(s.cell for s in layout(PLAN, unit, PERIOD).slots if s.asks == asked)


STATE = cell_of(RowState("POWER"))
REMARK = cell_of(RowRemark("POWER"))


def from_file(answers: Answers, tmp_path: Path, change: Any = None) -> list[Finding]:
    """What is found in the form as a file, after *change* in openpyxl."""
    path = written(answers, tmp_path / "a.xlsx")
    if change is not None:
        book = load_workbook(path)
        change(book)
        book.save(path)
    book = read_workbook.read(path)
    assert isinstance(book, Book)
    return all_rules.validate(read_form.read_form(book, PLAN, answers.unit, PERIOD))


@pytest.mark.parametrize("typed", ["14①", "14²", "½", "㊿", "Ⅷ", "٣", "𝟏𝟒", "१४"])
def test_a_sign_that_is_no_digit_is_text(typed: str, tmp_path: Path) -> None:
    [finding] = from_file(power(typed), tmp_path)

    assert (finding.rule, finding.severity, finding.cell) == ("V02", Severity.ERROR, POWER)
    assert finding.suggestion is None
    assert "请用键盘上的数字键重填" in finding.message


@pytest.mark.parametrize(
    "mark", "\u202a\u202b\u202c\u202d\u202e\u2066\u2069\u200e\u200f\ufeff\u00ad\x08"
)
def test_marks_around_a_pasted_number_are_told_and_not_sent_back(mark: str, tmp_path: Path) -> None:
    [finding] = from_file(power(f"{mark}90{mark}"), tmp_path)

    assert (finding.rule, finding.severity, finding.suggestion) == ("V03", Severity.NOTICE, 90)
    assert "夹有看不见的字符" in finding.message
    assert mark not in finding.message


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.76E+05", 176000),
        ("十七万六千", 176000),
        ("柒佰", 700),
        ("十二", 12),
        ("一百二十点五", 120.5),
        ("176OOO", 176000),
        ("90万千瓦时", 90),
    ],
)
def test_what_was_meant_is_suggested(typed: str, meant: float, tmp_path: Path) -> None:
    [finding] = from_file(power(typed), tmp_path)

    assert (finding.rule, finding.suggestion) == ("V02", meant)
    assert f"是否为 {meant}？" in finding.message


def test_a_range_is_told_to_be_one_number() -> None:
    [finding] = findings(power("14-15"))

    assert finding.suggestion is None
    assert "请只填一个数字" in finding.message


def test_a_number_that_is_too_large_is_not_called_text() -> None:
    [finding] = findings(power(1e18))

    assert "请只填数字" not in finding.message
    assert "请核对后重填" in finding.message


@pytest.mark.parametrize("state", ["不详", "不适用", " 不 详 ", "不适用\u200b"])
def test_a_state_without_a_reason_asks_for_the_reason(state: str) -> None:
    [finding] = findings(power(None, states={"POWER": state}))

    assert (finding.rule, finding.cell) == ("V01", POWER)
    assert f"还要在“说明”（{REMARK}）写明原因" in finding.message
    assert "选“不详”并说明" not in finding.message


def test_a_reason_without_a_state_asks_for_the_state() -> None:
    [finding] = findings(power(None, remarks={"POWER": "供电所月底才出数"}))

    assert f"还要在“状态”（{STATE}）选" in finding.message


def test_a_sign_beside_a_state_asks_for_the_reason() -> None:
    [finding] = findings(power("/", states={"POWER": "不适用"}))

    assert finding.rule == "V04"
    assert f"在“说明”（{REMARK}）写明原因" in finding.message


def test_a_sign_where_nothing_is_owed_is_told_to_be_cleared() -> None:
    [finding] = findings(small_plan.answers(STATISTICS, typed={("EXPORTERS", "全区"): "无"}))

    assert finding.rule == "V04"
    assert "“状态”" not in finding.message
    assert "请清空" in finding.message


@pytest.mark.parametrize("state", ["不适用", "不详"])
@pytest.mark.parametrize("number", [0, 90, "９０"])
def test_a_state_beside_a_number_is_asked_about(state: str, number: object) -> None:
    told = [f for f in findings(power(number, states={"POWER": state})) if f.rule != "V03"]

    [finding] = told
    assert (finding.rule, finding.severity, finding.cell) == ("R09", Severity.REVIEW, STATE)
    assert finding.value == state


def test_a_state_beside_a_number_passes_with_a_reason() -> None:
    [finding] = findings(power(90, states={"POWER": "不详"}, remarks={"POWER": "数未审定"}))

    assert (finding.rule, finding.severity) == ("R09", Severity.NOTICE)


def test_a_state_beside_any_park_is_asked_about_once() -> None:
    [finding] = findings(small_plan.answers(NEW_TOWN, states={"OUT": "不适用"}))

    assert (finding.rule, finding.cell) == ("R09", cell_of(RowState("OUT"), NEW_TOWN))


def test_an_unknown_park_in_a_row_of_numbers_is_no_contradiction() -> None:
    typed = {("SALES", park): None for park in PLAN.places} | {("SALES", "全区"): 36000}
    rest = {("TAX", park): None for park in PLAN.places} | {("TAX", "全区"): 1800}
    both = {"SALES": "不详", "TAX": "不详"}
    why = dict.fromkeys(both, "分片区数月底才出")

    assert found(small_plan.answers(typed={**typed, **rest}, states=both, remarks=why)) == []


def test_a_state_beside_a_name_list_is_asked_about() -> None:
    typed = {("DEALS", "全区"): None}

    [finding] = findings(small_plan.answers(INVESTMENT, typed=typed, states={"DEALS": "不适用"}))

    assert finding.rule == "R09"
    assert "“签约”名单有数（2 行）" in finding.message


@pytest.mark.parametrize("state", ["正常", "已完成", ""])
def test_other_states_stand_beside_numbers(state: str) -> None:
    assert "R09" not in {f.rule for f in findings(power(90, states={"POWER": state}))}


def deals(*rows: tuple[object, ...], **typed: object) -> Answers:
    return small_plan.answers(
        INVESTMENT, lists={"DEALS": rows}, typed={("DEALS", "全区"): typed.get("count")}
    )


@pytest.mark.parametrize(
    "row",
    [
        ("合计", None, None, None, 1300),
        ("合 计", "2个", "", "", 1300),
        ("小计：", None, None, None, 1300),
        ("总计2个项目", "/", "/", "/", 1300),
        (None, "合计", None, None, 1300),
        ("注：金额含设备款", None, None, None, None),
        ("填表人：张三", None, None, None, None),
        ("项目", "合同号", "落地片区", "签约日", "合同额（万元）"),
    ],
)
@pytest.mark.parametrize("count", [None, 2])
def test_a_row_that_lists_nothing_is_told_once(
    row: tuple[object, ...], count: int | None, tmp_path: Path
) -> None:
    [finding] = from_file(deals(*small_plan.DEALS, row, count=count), tmp_path)

    assert (finding.rule, finding.severity, finding.sheet) == ("V01", Severity.ERROR, "签约")
    assert "请删去该行" in finding.message


def test_a_project_with_such_a_word_in_its_name_is_a_project() -> None:
    rows = (("合计科技园", "临-3", "江北", "2031-03-06", 900), *small_plan.DEALS)

    assert found(deals(*rows)) == []


def as_number(book: Any) -> None:
    """Take the format of a date from the day of the first project, as a paste does."""
    cell = book["签约"][at_list("date")]
    cell.value, cell.number_format = 47941, "General"


def at_list(column: str) -> str:
    slots = layout(PLAN, INVESTMENT, PERIOD).slots
    index = ("name", "id", "park", "date", "amount", "note").index(column)
    first = next(s.cell for s in slots if s.sheet == "签约")
    return f"{chr(ord(first[0]) + index)}{first[1:]}"


def test_a_day_that_is_stored_as_a_number_is_said_as_a_day(tmp_path: Path) -> None:
    [finding] = from_file(small_plan.answers(INVESTMENT), tmp_path, as_number)

    assert (finding.rule, finding.cell, finding.suggestion) == (
        "V12",
        at_list("date"),
        "2031-04-03",
    )
    assert "即 2031-04-03" in finding.message


def test_the_day_of_filling_is_said_as_a_day() -> None:
    [finding] = findings(small_plan.answers(INVESTMENT, told={"filled_on": 48035}))

    assert finding.rule == "I06"
    assert "即 2031-07-06" in finding.message


def test_the_day_of_completion_is_read_as_the_day() -> None:
    told = {"finish.2": 48213.0, "state.2": " 推进中\u200b"}

    note = filled(small_plan.answers(NEW_TOWN, told=told)).submission.progress_notes[2]

    assert (note.finish, note.state) == ("2031-12-31", "推进中")


@pytest.mark.parametrize(
    "text", ["2031-03-05 10:30:00", "2031-03-05T10:30:00+08:00", "2031/3/5 9:05"]
)
def test_a_day_with_a_time_is_a_day(text: str) -> None:
    name, code, park, _, amount = small_plan.DEALS[0]

    assert found(deals((name, code, park, text, amount), small_plan.DEALS[1])) == []


def test_a_number_that_became_a_day_says_what_to_type() -> None:
    [finding] = findings(power(datetime(2031, 3, 5)))  # noqa: DTZ001 - cells know no time zone

    assert (finding.rule, finding.suggestion) == ("V12", None)
    assert (
        "显示的不是要报的数的，请重填（填“3-5”之类会变成日期，小数请用小数点）" in finding.message
    )


@pytest.mark.parametrize("number", [14, 59, 60])
def test_a_number_that_programs_count_differently_is_not_suggested(
    number: int, tmp_path: Path
) -> None:
    def shown_as_day(book: Any) -> None:
        cell = book["填报"][POWER]
        cell.value, cell.number_format = number, "yyyy-mm-dd"

    [finding] = from_file(power(90), tmp_path, shown_as_day)

    assert (finding.rule, finding.suggestion) == ("V12", None)
    assert "格式改回“常规”" in finding.message


@pytest.mark.parametrize("number", [61, 90, 176000])
def test_a_number_in_the_format_of_a_day_is_suggested(number: int, tmp_path: Path) -> None:
    def shown_as_day(book: Any) -> None:
        cell = book["填报"][POWER]
        cell.value, cell.number_format = number, "yyyy-mm-dd"

    [finding] = from_file(power(90), tmp_path, shown_as_day)

    assert (finding.rule, finding.suggestion) == ("V12", number)
    assert f"是否为 {number}？" in finding.message


@pytest.mark.parametrize(
    ("typed", "words", "suggestion"),
    [
        ("二〇三一年三月五日", "请用数字写成 2031-03-05", "2031-03-05"),
        ("二○三一年十二月三十一日", "请用数字写成 2031-12-31", "2031-12-31"),
        ("2031-02-30", "没有这一天", None),
        ("2031年3月", "请写成 2025-09-30 的样子", None),
        ("2031-3-⑤", "请写成 2025-09-30 的样子", None),
        ("٢٠٣١-٠٣-٠٥", "请写成 2025-09-30 的样子", None),
        ("47941", "即 2031-04-03", "2031-04-03"),
    ],
)
def test_a_day_that_cannot_be_read_says_how_to_write_it(
    typed: str, words: str, suggestion: str | None
) -> None:
    name, code, park, _, amount = small_plan.DEALS[0]

    [finding] = findings(deals((name, code, park, typed, amount), small_plan.DEALS[1]))

    assert (finding.rule, finding.suggestion) == ("V12", suggestion)
    assert words in finding.message


@pytest.mark.slow
@pytest.mark.skipif(bool(ABSENT), reason=ABSENT)
@pytest.mark.parametrize("kind", ["ods", "xls", "xlsx"])
def test_digits_and_marks_are_judged_alike_in_every_format(kind: str, tmp_path: Path) -> None:
    circled = written(power("14①"), tmp_path / "circled.xlsx")
    marked = written(power("\u202d90\u202c"), tmp_path / "marked.xlsx")
    saved = convert([circled, marked], kind, tmp_path / "saved")

    rules = {
        name: {rule for rule, cell in of_file(path) if cell == POWER}
        for name, path in saved.items()
    }

    assert rules == {"circled": {"V02"}, "marked": {"V03"}}


def of_file(path: Path) -> list[tuple[str, str | None]]:
    (book,) = pool.read_all([path], skip=UNREAD, need=IDENTITY)
    assert isinstance(book, Book)
    form = read_form.read_form(book, PLAN, INVESTMENT, PERIOD)
    return [(f.rule, f.cell) for f in all_rules.validate(form)]

"""Who says 不适用 or 不详, and why, did report: there is no number, and nobody is blamed."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.answers import ask
from tests.support.forms import COMMITTEE, INVESTMENT, WHOLE, Answers, written

Q3 = "2025-09"
PLACES = ("白沙", "官渡", "青花", "区内园外", "未分园区")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    assert ask(tmp_path, "init", ".").code == 0
    return tmp_path


def judged(office: Path, no: int, answers: Answers) -> dict[str, object]:
    """How indicator *no* stands after *answers* came, and nothing else."""
    inbox = office / "报送" / Q3
    inbox.mkdir(parents=True, exist_ok=True)
    written(answers, inbox / f"{answers.unit}.xlsx")
    merged = ask(office, "merge", Q3)
    assert merged.code == 0, merged.error
    found: dict[str, object] = ask(office, "assess", Q3).json["indicators"][no - 1]
    return found


def investment(state: str, remark: str) -> Answers:
    """市投促中心's form, which says *state* of 实际使用外资."""
    return Answers(
        unit=INVESTMENT,
        typed={("C13", WHOLE): None},
        states={"C13": state},
        remarks={"C13": remark},
    )


def parts(state: str) -> Answers:
    """The committee's form, which says *state* of one of the industries."""
    return Answers(
        unit=COMMITTEE,
        typed={("C03c", park): None for park in PLACES},
        states={"C03c": state},
        remarks={"C03c": "没有能源产业"},
    )


def test_what_is_monitored_alone_stays_so(office: Path) -> None:
    standing = judged(office, 10, investment("不适用", "园区没有外资企业"))

    assert (standing["status"], standing["actual"]) == ("不设目标", None)
    assert standing["reason"] == (
        "市投促中心实际使用外资填“不适用”（园区没有外资企业）；没有目标，只监测，不评进度。"
    )


@pytest.mark.parametrize(("state", "status"), [("不适用", "不适用"), ("不详", "未报")])
def test_what_is_said_in_place_of_a_number_is_the_reason(
    office: Path, state: str, status: str
) -> None:
    standing = judged(office, 3, parts(state))

    assert (standing["status"], standing["actual"]) == (status, None)
    assert standing["reason"] == (
        f"市工业园区管委会能源产业产值填“{state}”（没有能源产业），不作评判。"
    )


def test_the_bulletin_says_it_and_names_nobody_as_not_having_reported(office: Path) -> None:
    judged(office, 3, parts("不适用"))

    assert ask(office, "bulletin", Q3).code == 0

    sheet = load_workbook(office / "通报" / Q3 / "通报.xlsx")["正文"]
    cells = [c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]
    told = [text for text in cells if "主导产业产值占园区产值比重：市工业园区管委会" in text]
    assert len(told) == 1
    assert "主导产业产值占园区产值比重未报" not in "".join(cells)


def test_closing_keeps_it(office: Path) -> None:
    judged(office, 10, investment("不适用", "园区没有外资企业"))
    assert ask(office, "close", Q3).code == 0

    assert ask(office, "merge", Q3).code == 0
    assert ask(office, "assess", Q3).json["indicators"][9]["status"] == "不设目标"


def test_one_of_two_units_excuses_nobody_else(office: Path) -> None:
    answers = Answers(
        typed={("C02", park): None for park in PLACES},
        states={"C02": "不适用"},
        remarks={"C02": "以市经信局数为准"},
    )

    assert judged(office, 2, answers)["status"] == "未报"


def test_a_value_for_one_park_alone_is_incomplete_and_not_excused(office: Path) -> None:
    answers = Answers(
        typed={("C03c", park): None for park in PLACES if park != "白沙"},
        states={"C03c": "不适用"},
        remarks={"C03c": "其余没有"},
    )

    assert judged(office, 3, answers)["status"] == "未报"


def test_the_totals_say_the_same_as_the_judgements(office: Path) -> None:
    judged(office, 3, parts("不详"))

    [sheet] = [w for w in load_workbook(office / "通报" / Q3 / "汇总.xlsx") if w.title == "汇总"]

    [row] = [row for row in sheet.iter_rows(values_only=True) if row[0] == 3]
    assert "不详" in row


def test_what_is_said_may_not_change_after_closing(office: Path) -> None:
    judged(office, 3, parts("不详"))
    assert ask(office, "close", Q3).code == 0
    path = written(parts("不适用"), office / "报送" / Q3 / "再报.xlsx")

    refused = ask(office, "merge", Q3)

    assert refused.code == 2
    assert "按收到的报表得出的结果与定稿不同（第3项" in refused.error
    assert "请把该报表移出“报送”文件夹" in refused.error
    path.unlink()
    assert ask(office, "merge", Q3).code == 0


def test_even_what_is_monitored_alone_may_not_change_after_closing(office: Path) -> None:
    judged(office, 10, investment("不适用", "园区没有外资企业"))
    assert ask(office, "close", Q3).code == 0
    written(investment("不详", "没有掌握"), office / "报送" / Q3 / "再报.xlsx")

    assert ask(office, "merge", Q3).code == 2


def test_what_is_left_blank_beside_it_is_still_unreported(office: Path) -> None:
    standing = judged(office, 1, investment("不适用", "园区没有外资企业"))

    assert standing["status"] == "未报"

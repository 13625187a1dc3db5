"""Who says 不适用 or 不详, and why, did report: there is no number, and nobody is blamed."""

from pathlib import Path

import pytest
from answers import ask
from forms import COMMITTEE, INVESTMENT, WHOLE, Answers, written
from openpyxl import load_workbook

Q3 = "2025-09"


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
    places = ("白沙", "官渡", "青花", "区内园外", "未分园区")
    return Answers(
        unit=COMMITTEE,
        typed={("C03c", place): None for place in places},
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


def test_what_is_left_blank_beside_it_is_still_unreported(office: Path) -> None:
    standing = judged(office, 1, investment("不适用", "园区没有外资企业"))

    assert standing["status"] == "未报"

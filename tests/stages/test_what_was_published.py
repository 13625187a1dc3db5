"""What was published stays: last year's numbers, and for how many periods something lagged."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.answers import ask, changing
from tests.support.forms import INDUSTRY, WHOLE, Answers, written
from wyexcel.period import Period


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A new workspace with the official plan, where lagging again is printed red."""
    assert ask(tmp_path, "init", ".").code == 0
    with changing(tmp_path, "设置") as page:
        row = next(row for row in page.iter_rows() if row[0].value == "连续欠进度升级")
        row[1].value = "是"
    return tmp_path


def report(office: Path, period: str, output: float, *, name: str = "a.xlsx") -> dict[str, Any]:
    """#2 规上工业总产值 as `assess` says it after 市经信局 reported *output* (万元)."""
    answers = Answers(unit=INDUSTRY, typed={("C02", WHOLE): output}, period=Period.parse(period))
    inbox = office / "报送" / period
    inbox.mkdir(parents=True, exist_ok=True)
    written(answers, inbox / name)
    assert ask(office, "merge", period).code == 0
    return output_of(office, period)


def output_of(office: Path, period: str) -> dict[str, Any]:
    indicators = ask(office, "assess", period).json["indicators"]
    return dict(indicators[1])


def settle(office: Path, *row: object) -> None:
    """The first row of 核定值: period, element, name, park, reported, value, who, day, why."""
    with changing(office, "核定值") as page:
        for column, value in enumerate(row or (None,) * 9, 1):
            page.cell(4, column).value = value


def printed(office: Path, period: str, sheet: str) -> str:
    ask(office, "bulletin", period)
    book = load_workbook(office / "通报" / period / "通报.xlsx")
    return "\n".join(str(c) for row in book[sheet].iter_rows(values_only=True) for c in row if c)


def test_last_year_is_what_was_published_also_when_its_settled_number_is_gone(
    office: Path,
) -> None:
    settle(office, "2025-03", "C02", None, WHOLE, 50000, 60000, "张三", "2025-04-12", "核增")
    assert report(office, "2025-03", 50000)["actual"] == 6
    report(office, "2025-06", 130000)
    assert ask(office, "close", "2025-03").code == 0
    settle(office)

    assert report(office, "2026-03", 66000)["year_ago"] == 6
    assert report(office, "2026-06", 140000)["year_ago"] == 13
    assert "同比增长10.0%" in printed(office, "2026-03", "正文")


def test_last_year_is_the_last_published_number_while_a_revision_is_open(office: Path) -> None:
    report(office, "2025-03", 50000)
    assert ask(office, "close", "2025-03").code == 0
    assert ask(office, "revise", "2025-03", "--by", "李四", "--why", "更正").code == 0
    report(office, "2025-03", 55000, name="b.xlsx")

    assert report(office, "2026-03", 66000)["year_ago"] == 5
    assert ask(office, "close", "2025-03").code == 0
    assert output_of(office, "2026-03")["year_ago"] == 5.5


def test_quarters_count_among_quarters_and_months_among_months(office: Path) -> None:
    for month, output in ((3, 50000), (4, 70000), (5, 90000)):
        report(office, f"2025-{month:02}", output)

    june = report(office, "2025-06", 110000)
    july = report(office, "2025-07", 120000)

    assert (june["periods_behind"], june["missed"]) == (2, [])
    assert (july["periods_behind"], july["missed"]) == (5, [])


def test_a_quarter_without_a_bulletin_is_named_and_a_new_year_begins_anew(office: Path) -> None:
    report(office, "2025-03", 50000)
    september = report(office, "2025-09", 150000)

    assert (september["status"], september["colour"]) == ("欠进度", "红")
    assert (september["periods_behind"], september["missed"]) == (2, ["2025-06"])
    table = printed(office, "2025-09", "欠进度清单")
    assert "欠进度（连续2期，红）" in table
    assert "2（缺二季度）" in table
    assert "每年1月重新起算" in table
    assert "欠进度（连续2期，红）" in printed(office, "2025-09", "季度通报")
    assert report(office, "2026-03", 70000)["periods_behind"] == 1

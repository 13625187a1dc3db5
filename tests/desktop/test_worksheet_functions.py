from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.support.answers import ask
from tests.support.forms import INDUSTRY, WHOLE, Answers, written
from wyexcel.desktop.worksheet_functions import (
    WY_ACTUAL,
    WY_COMPLETION,
    WY_ELAPSED,
    WY_STATUS,
    WY_TARGET,
)
from wyexcel.period import Period


@pytest.fixture
def asking(demo: Path) -> SimpleNamespace:
    """A cell of the demonstration's master, as xlwings tells a function who asks."""
    book = SimpleNamespace(fullname=str(demo / "master.xlsm"))
    return SimpleNamespace(sheet=SimpleNamespace(book=book))


def test_the_schedule_of_a_period_is_the_share_of_the_year() -> None:
    assert WY_ELAPSED("2025-09") == 0.75
    assert WY_ELAPSED([["2025Q1", "2025Q2"]]) == [[0.25, 0.5]]


def test_target_actual_completion_and_status_are_those_of_the_judgement(
    asking: SimpleNamespace,
) -> None:
    assert WY_TARGET(2, 2025, asking) == 24
    assert WY_ACTUAL(2, "2025-09", asking) == pytest.approx(17.6)
    assert WY_COMPLETION(2, "2025-09", asking) == pytest.approx(73.333, abs=0.001)
    assert WY_STATUS(2, "2025-09", asking) == "欠进度"


def test_an_area_is_answered_in_its_shape_with_numbers_as_excel_gives_them(
    asking: SimpleNamespace,
) -> None:
    numbers = [[1.0], [2.0], [None], [9.0]]

    assert WY_STATUS(numbers, "2025-09", asking) == [
        ["严重欠进度"],
        ["欠进度"],
        [""],
        ["未到节点"],
    ]
    assert WY_TARGET([[2.0, 4.0]], [[2025.0], [2026.0]], asking) == [
        [WY_TARGET(2, 2025, asking), WY_TARGET(4, 2025, asking)],
        [WY_TARGET(2, 2026, asking), WY_TARGET(4, 2026, asking)],
    ]


def test_no_target_and_no_number_are_said_not_zero(asking: SimpleNamespace) -> None:
    assert WY_TARGET(10, 2025, asking) == "/"
    assert WY_COMPLETION(3, "2025-09", asking) == "—"


def test_a_cell_that_cannot_be_answered_says_why(
    asking: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "不是报告期" in WY_ELAPSED("九月")
    assert WY_STATUS(12, "2025-09", asking) == "没有第 12 项指标。"
    assert "还没有合并过" in WY_STATUS(1, "2026-03", asking)
    assert WY_STATUS("一", "2025-09", asking) == "看不懂“一”。"

    monkeypatch.chdir(tmp_path)
    assert "不是工作目录" in WY_STATUS(1, "2025-09")


def test_an_answer_changes_with_the_archive(asking: SimpleNamespace, demo: Path) -> None:
    before = WY_STATUS(2, "2025-09", asking)

    manifest = demo / "归档" / "2025-09" / "manifest.csv"
    manifest.unlink()

    assert before == "欠进度"
    assert "还没有合并过" in WY_STATUS(2, "2025-09", asking)


def test_an_answer_changes_with_the_closing_that_a_year_begins_from(
    asking: SimpleNamespace, demo: Path
) -> None:
    for period, count in ((Period(2025, 12), 14), (Period(2026, 3), 15)):
        answers = Answers(unit=INDUSTRY, typed={("C01", WHOLE): count}, period=period)
        inbox = demo / "报送" / str(period)
        inbox.mkdir()
        written(answers, inbox / "a.xlsx")
        assert ask(demo, "merge", str(period)).code == 0

    before = WY_STATUS(1, "2026-03", asking)
    assert ask(demo, "close", "2025-12").code == 0

    assert (before, WY_STATUS(1, "2026-03", asking)) == ("缺基期，不评进度", "未到节点")

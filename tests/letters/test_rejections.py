"""Who is written to is decided by the last file of each unit."""

from datetime import UTC, date, datetime
from pathlib import Path

from tests.support.forms import INDUSTRY, PERIOD, PLAN, TRADE, WHOLE, Answers, written
from wyexcel.intake import check_arrivals
from wyexcel.intake.arrivals import Arrival
from wyexcel.letters.rejections import rejections

GOOD, OTHER, FAULTY, WORSE = 4, 5, "4万元", "约4"


def answers(tmp_path: Path, *sent: object, unit: str = TRADE) -> list[tuple[str | None, str, str]]:
    """Who gets what back, and what counts meanwhile, when *sent* came hour by hour."""
    element = "C14" if unit == TRADE else "C02"
    there: list[Arrival] = []
    for hour, value in enumerate(sent):
        path = tmp_path / f"{hour}.xlsx"
        if isinstance(value, bytes):
            path.write_bytes(value)
        else:
            written(Answers(unit=unit, typed={(element, WHOLE): value}), path)
        came = datetime(2025, 10, 9, 8 + hour, tzinfo=UTC)
        there.append(Arrival(path=path, file=path.name, received=came))
    season = check_arrivals.judge_arrivals(
        there, plan=PLAN, period=PERIOD, today=date(2025, 10, 20)
    )
    return [
        (rejection.unit, rejection.rejected.file, rejection.in_use.file if rejection.in_use else "")
        for rejection in rejections(season)
    ]


def test_a_rejected_form_goes_back(tmp_path: Path) -> None:
    assert answers(tmp_path, FAULTY) == [(TRADE, "0.xlsx", "")]


def test_nothing_goes_back_to_a_unit_that_has_put_it_right(tmp_path: Path) -> None:
    assert answers(tmp_path, FAULTY, GOOD) == []


def test_a_rejected_correction_goes_back_though_the_first_one_counts(tmp_path: Path) -> None:
    assert answers(tmp_path, GOOD, FAULTY) == [(TRADE, "1.xlsx", "0.xlsx")]


def test_of_several_rejected_forms_the_last_goes_back(tmp_path: Path) -> None:
    assert answers(tmp_path, FAULTY, GOOD, WORSE) == [(TRADE, "2.xlsx", "1.xlsx")]


def test_a_form_sent_once_more_counts_as_sent_last(tmp_path: Path) -> None:
    assert answers(tmp_path, GOOD, FAULTY, GOOD) == []
    assert answers(tmp_path, FAULTY, GOOD, FAULTY) == [(TRADE, "0.xlsx", "1.xlsx")]


def test_a_superseded_form_sent_once_more_does_not_go_back(tmp_path: Path) -> None:
    assert answers(tmp_path, GOOD, OTHER, GOOD) == []


def test_a_file_of_nobody_goes_back_to_nobody(tmp_path: Path) -> None:
    assert answers(tmp_path, b"no workbook", GOOD) == [(None, "0.xlsx", "")]


def test_what_is_wrong_with_one_unit_is_not_laid_to_another(tmp_path: Path) -> None:
    assert answers(tmp_path, 10, unit=INDUSTRY) == []

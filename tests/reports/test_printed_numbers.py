"""What a table and a sentence print never says otherwise than the status beside it."""

import pytest

from tests.support.ledgers import COMMITTEE, changed, output, said, split, stand
from wyexcel.plan.plan import NoTarget
from wyexcel.plan.status import Status
from wyexcel.progress.standing import Standing
from wyexcel.reports.indicator_cells import actual_cell, completion_cell, gap_cell
from wyexcel.reports.quarterly.indicator_sentences import indicator_sentence


def cells(standing: Standing) -> dict[str, tuple[object, str]]:
    """Value and number format of the printed cells."""
    made = {
        "actual": actual_cell(standing),
        "rate": completion_cell(standing),
        "gap": gap_cell(standing),
    }
    return {name: (cell.value, cell.format) for name, cell in made.items()}


def test_nearly_all_of_the_target_is_printed_as_less_than_all() -> None:
    standing = output("239999", period="2025-12")

    assert standing.status is Status.BEHIND
    assert cells(standing)["actual"] == (23.9999, "0.0000")
    assert cells(standing)["rate"] == (pytest.approx(99.99958), "0.0000")
    assert indicator_sentence(standing) == (
        "规上工业总产值23.9999亿元，完成年度目标99.9996%，欠时序进度0.0004个百分点。"
    )


def test_all_of_the_target_is_printed_with_the_usual_digits() -> None:
    standing = output("240000", period="2025-12")

    assert standing.status is Status.DONE
    assert cells(standing)["actual"] == (24, "0.00")
    assert cells(standing)["rate"] == (100, "0.0")


def test_a_ratio_just_below_its_target_is_printed_below_it() -> None:
    parts = split("C03a 84.996 0 0\nC03b 0 0 0\nC03c 0 0 0\nC04 100 0 0")

    standing = stand(3, said(COMMITTEE, parts))

    assert standing.status is Status.CLOSE
    assert cells(standing)["actual"] == (84.996, "0.000")
    assert cells(standing)["gap"] == (-0.004, "+0.000;-0.000;0.000")
    assert indicator_sentence(standing).startswith(
        "主导产业产值占园区产值比重84.996%，低于目标0.004个百分点"
    )


def test_without_value_or_target_the_usual_digits_are_enough() -> None:
    plan = changed(2, targets={2025: NoTarget.MONITOR})

    assert output("-").decimals == 2
    assert output("239999", plan=plan).decimals == 2


def test_what_nobody_reported_is_printed_as_such_and_a_typed_zero_as_zero() -> None:
    assert cells(output("-"))["actual"] == ("未报", "")
    assert cells(output("0"))["actual"] == (0, "0")

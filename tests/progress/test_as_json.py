"""The JSON of `assess` is that of contract.md."""

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.support.ledgers import (
    BASELINE,
    COMMITTEE,
    INDUSTRY,
    PLAN,
    all_stand,
    changed,
    said,
    season,
    split,
)
from wyexcel.forms.submission import Submission
from wyexcel.period import Period
from wyexcel.plan.plan import NoTarget, Plan
from wyexcel.plan.status import Status
from wyexcel.progress import standings_as_json

CONTRACT = (
    "no name measure target actual completion expected gap gap_measure attainment status reason "
    "parks reports difference sources"
)


def assessed(*reports: Submission, plan: Plan = PLAN) -> list[dict[str, Any]]:
    """The indicators as another program reads them."""
    standings = all_stand(*reports, plan=plan)
    written = json.dumps(standings_as_json.assessment(Period(2025, 9), standings), allow_nan=False)
    there = json.loads(written)
    assert there["period"] == "2025-09"
    return list(there["indicators"])


def test_every_indicator_has_every_field_of_the_contract() -> None:
    for reports in ((), season()):
        indicators = assessed(*reports)
        assert [indicator["no"] for indicator in indicators] == list(range(1, 12))
        for indicator in indicators:
            assert set(CONTRACT.split()) <= set(indicator)
            assert Status(indicator["status"])
            assert indicator["reason"]


def test_numbers_are_unrounded_and_in_the_printed_measure() -> None:
    output = assessed(*season(), plan=BASELINE)[1]

    assert (output["target"], output["actual"], output["expected"]) == (24, 17.6, 18)
    assert output["completion"] == pytest.approx(100 * 17.6 / 24)
    assert output["gap"] == pytest.approx(100 * 17.6 / 24 - 75)
    assert output["gap_measure"] == "百分点"
    assert output["attainment"] == pytest.approx(100 * 17.6 / 18)
    assert output["parks"] == {
        "白沙": 6.0,
        "官渡": 8.6,
        "青花": 3.0,
        "区内园外": 0.0,
        "未分园区": 0.0,
    }
    assert output["reports"] == {INDUSTRY: 17.6, COMMITTEE: 17.6}
    assert output["difference"] == 0
    assert output["sources"] == [
        {"file": "市经信局.xlsx", "sheet": "填报", "cell": "D8", "value": 176000}
    ]


def test_the_rate_of_a_stock_is_its_level_with_the_net_rate_beside_it() -> None:
    enterprises = assessed(*season(), plan=BASELINE)[0]

    assert enterprises["completion"] == pytest.approx(100 * 12 / 14)
    assert enterprises["net_completion"] == 50
    assert (enterprises["gap"], enterprises["gap_measure"]) == (-1, "户")


def test_no_number_is_null_and_a_typed_zero_is_not() -> None:
    reported = assessed(said(INDUSTRY, "C01 全区 0"))
    enterprises, output = reported[0], reported[1]

    assert enterprises["actual"] == 0
    assert (output["actual"], output["gap"], output["difference"]) == (None, None, None)
    assert set(output["parks"].values()) == {None}
    assert output["reports"] == {INDUSTRY: None, COMMITTEE: None}
    assert output["sources"] == []


@pytest.mark.parametrize(
    ("target", "written"),
    [
        (NoTarget.MONITOR, "/"),
        (NoTarget.NOT_APPLICABLE, "不适用"),
        (Decimal(0), 0),
        (Decimal("0.001"), 0.001),
    ],
)
def test_a_target_is_a_number_or_the_sign_that_stands_for_none(
    target: Decimal | NoTarget, written: object
) -> None:
    output = assessed(plan=changed(2, targets={2025: target}))[1]

    assert output["target"] == written


def test_a_disputed_count_shows_both_and_their_difference() -> None:
    enterprises = assessed(said(INDUSTRY, "C01 全区 14"), said(COMMITTEE, split("C01 5 5 3")))[0]

    assert (enterprises["actual"], enterprises["difference"]) == (14, 1)
    assert enterprises["reports"] == {INDUSTRY: 14, COMMITTEE: 13}
    assert enterprises["disputed"] is True


def test_a_value_without_parks_has_none_of_them() -> None:
    trade = assessed(*season())[10]

    assert set(trade["parks"].values()) == {None}
    assert trade["actual"] == 0.0004

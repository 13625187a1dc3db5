"""A first season in which units typed amounts in another measure, through real files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.answers import ask
from tests.support.forms import COMMITTEE, INDUSTRY, PARKS, WHOLE
from tests.support.places import at

FILES = {INDUSTRY: "市经信局三季度（更正）.xlsx", COMMITTEE: "市工业园区管委会.xlsx"}
OUTPUT = (60_000, 86_000, 30_000, 0, 0)
"""规上工业总产值 of the sample, 万元: 17.6亿元, of which 18 are due."""

Cells = Mapping[tuple[str, str], Any]


def zone(element: str, value: float) -> Cells:
    """The cell of 市经信局 for the zone."""
    return {("填报", at(element, WHOLE, INDUSTRY)): value}


def split(element: str, values: Sequence[float]) -> Cells:
    """The cells of 管委会 for the parks."""
    return {("填报", at(element, park)): v for park, v in zip(PARKS, values, strict=True)}


def amounts(*values: object) -> Cells:
    """The amounts of the projects that 市经信局 lists."""
    return {("竣工项目", at("C09", "amount", row=n)): v for n, v in enumerate(values, 1)}


def told(root: Path, unit: str, cells: Cells) -> list[dict[str, Any]]:
    """What is found in the form of *unit* with other *cells*, but for what the sample has."""
    retype(root, unit, cells)
    found = ask(root, "check", "2025-09").json["findings"]
    return [f for f in found if f["unit"] == unit and f["rule"] not in {"R06", "F05"}]


def retype(root: Path, unit: str, cells: Cells) -> None:
    path = root / "报送" / "2025-09" / FILES[unit]
    book = load_workbook(path)
    for (sheet, cell), value in cells.items():
        book[sheet][cell].value = value
    book.save(path)


@pytest.mark.parametrize(
    ("times", "measure"), [(10**-4, "亿元"), (10**-2, "百万元"), (10**4, "元")]
)
def test_both_units_in_another_measure_are_asked(demo: Path, times: float, measure: str) -> None:
    retype(demo, INDUSTRY, zone("C02", 176_000 * times))
    found = told(demo, COMMITTEE, split("C02", [value * times for value in OUTPUT]))
    found += told(demo, INDUSTRY, {})

    asked = [f for f in found if f["rule"] == "V09"]
    assert [(f["unit"], f["severity"]) for f in asked] == [(COMMITTEE, "核"), (INDUSTRY, "核")]
    for finding in asked:
        assert f"像是按“{measure}”填的，折合 176000万元" in finding["message"]
        assert finding["suggestion"] == 176_000
    assert not [f for f in found if f["rule"] == "U01"]


def test_one_unit_in_another_measure_is_one_finding(demo: Path) -> None:
    found = told(demo, INDUSTRY, zone("C02", 1_760_000_000))
    found += told(demo, COMMITTEE, {})

    assert [(f["rule"], f["unit"]) for f in found] == [("V09", INDUSTRY)]


def test_a_reason_lets_the_measure_pass_and_the_difference_is_told(demo: Path) -> None:
    reason = {("填报", at("C02", "说明", INDUSTRY)): "确为17.6万元"}
    found = told(demo, INDUSTRY, {**zone("C02", 17.6), **reason})
    found += told(demo, COMMITTEE, {})

    assert [(f["rule"], f["severity"]) for f in found] == [("V09", "示"), ("U01", "核")]


def test_projects_in_yuan_and_in_hundred_millions_are_told(demo: Path) -> None:
    found = told(demo, INDUSTRY, amounts(52_000_000, 15_000_000, 800_000, 0.36))

    assert [(f["rule"], f["suggestion"]) for f in found] == [
        ("B07", 3_600),
        ("V09", 5_200),
        ("V09", 1_500),
    ]


def test_a_whole_in_yuan_makes_a_ratio_that_cannot_be(demo: Path) -> None:
    [finding] = told(demo, COMMITTEE, split("C04", (6e8, 12e8, 3e8, 0, 0)))

    assert (finding["rule"], finding["severity"]) == ("V09", "核")
    assert "主导产业产值占园区产值比重" in finding["message"]


def test_parks_in_each_others_cells_are_sent_back_in_a_first_season(demo: Path) -> None:
    [finding] = told(demo, COMMITTEE, split("C02", (60_000, 30_000, 86_000, 0, 0)))

    assert (finding["rule"], finding["severity"]) == ("B02", "错")
    assert "官渡、青花两栏可能填反" in finding["message"]


def test_the_sample_has_nothing_of_it(demo: Path) -> None:
    assert told(demo, COMMITTEE, {}) == told(demo, INDUSTRY, {}) == []


def test_a_number_that_its_format_scales_is_one_finding(demo: Path) -> None:
    path = demo / "报送" / "2025-09" / FILES[INDUSTRY]
    book = load_workbook(path)
    cell = book["填报"][at("C02", WHOLE, INDUSTRY)]
    cell.value, cell.number_format = 176_000_000, "#,##0,"
    book.save(path)

    found = told(demo, INDUSTRY, {})

    assert [(f["rule"], f["severity"]) for f in found] == [("V07", "错")]

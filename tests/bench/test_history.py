"""Three years are lived, and the last month costs what the second did."""

from pathlib import Path

import pytest

from tests.bench.bench_history import LAST, measured

MOST = 1.2
"""How many times the second month the last one may cost, with what was derived in place."""


@pytest.mark.long
@pytest.mark.slow
def test_a_command_of_month_36_costs_what_one_of_month_2_does(tmp_path: Path) -> None:
    growths = {growth.command: growth for growth in measured(tmp_path, LAST)}

    assert {command: g.ratio for command, g in growths.items() if g.ratio > MOST} == {}
    assert all(growth.late < growth.bare for growth in growths.values())

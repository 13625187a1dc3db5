"""Twenty seasons lived through by real files and commands, and judged once more by the oracle.

`python -m tests.oracle 1000` does the same with as many as are asked for.
"""

from pathlib import Path

import pytest

from tests.oracle.live import Life
from tests.oracle.season import make


@pytest.mark.parametrize("seed", range(20))
def test_what_is_said_and_printed_of_a_season_is_what_a_person_would_reckon(
    seed: int, tmp_path: Path
) -> None:
    life = Life(make(seed), tmp_path)

    assert list(life.differences()) == []
    assert life.fields

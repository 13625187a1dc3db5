"""From a target plan to a printed bulletin, by way of many people's workbooks.

For analysts: `wyexcel.ledger(workspace)` is every reported value of every period as one DataFrame.
"""

from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ledger"]


def ledger(workspace: str | PathLike[str], period: str | None = None) -> "pd.DataFrame":
    """Every adopted value in the archive of *workspace* (工作目录), one row each, the oldest first.

    *period* ("2025-09" or "2025Q3") is the only one that is wanted; None wants all. The columns
    and their types are those of `wyexcel.stages.data_frame.data_frame`: exact amounts stand in
    `exact` beside floats in `value`. Never add values over units (two report the same quantity)
    or over periods of a year (each is 1月 to its end). Raises a WyexcelError in Chinese where the
    folder is no workspace, nothing was merged, or an original was touched.
    """
    from pathlib import Path  # noqa: PLC0415 - a reading process loads this package and little more

    from wyexcel.archive.workspace import find  # noqa: PLC0415 - likewise
    from wyexcel.period import Period  # noqa: PLC0415 - likewise
    from wyexcel.stages import data_frame, ledger_table, read_plan  # noqa: PLC0415 - likewise

    office = find(Path(workspace))
    wanted = None if period is None else Period.parse(period)
    values = ledger_table.ledger_values(office, read_plan.plan_of(office), wanted)
    return data_frame.data_frame(values)

"""The long table of all periods as a pandas DataFrame: the only place that knows pandas."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from wyexcel.stages.ledger_table import Value

CATEGORIES: Final = (
    *("unit", "role", "element", "element_name"),
    *("measure", "kind", "park", "vintage"),
)
"""Columns whose few values repeat, in the order in which they first appear."""

TEXTS: Final = ("item", "name", "file", "sheet", "cell", "sha256")


def data_frame(values: Sequence[Value]) -> pd.DataFrame:
    """*values* as a typed table, one row each, in their order.

    Columns are the fields of `ledger_table.Value`: `period` is an ordered category, `year` and
    `month` are small integers, `day` is a date (datetime64), `value` the number as a float64 and
    `exact` beside it the same as a Decimal; CATEGORIES are categories, TEXTS strings.
    """
    frame = pd.DataFrame(values, columns=list(Value._fields))
    frame.insert(Value._fields.index("value") + 1, "exact", frame["value"].astype(object))
    periods = sorted(set(frame["period"]))
    types: dict[str, Any] = {
        "period": pd.CategoricalDtype(periods, ordered=True),
        "year": "int16",
        "month": "int8",
        "day": "datetime64[s]",
        "value": "float64",
        **dict.fromkeys(TEXTS, "string"),
        **{
            name: pd.CategoricalDtype(list(dict.fromkeys(frame[name])), ordered=False)
            for name in CATEGORIES
        },
    }
    return frame.astype(types)

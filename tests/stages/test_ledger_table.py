"""The ledger of all periods, for people who analyse: a typed table, and the same as a file."""

import csv
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import wyexcel
from tests.support.answers import ask
from wyexcel.errors import BadPeriod, NotAWorkspace, NothingToDo
from wyexcel.stages.data_frame import CATEGORIES, TEXTS
from wyexcel.stages.ledger_table import Value


def test_the_table_has_its_documented_columns_and_types(demo: Path) -> None:
    table = wyexcel.ledger(demo)

    assert [name for name in table.columns if name != "exact"] == list(Value._fields)
    assert {name for name in table if table[name].dtype == "category"} == {*CATEGORIES, "period"}
    assert all(table[name].dtype == "string" for name in TEXTS)
    assert str(table["day"].dtype).startswith("datetime64")
    assert (table["value"].dtype, table["year"].dtype, table["month"].dtype) == (
        "float64",
        "int16",
        "int8",
    )
    assert table["period"].cat.ordered


def test_amounts_stay_exact_beside_their_floats(demo: Path) -> None:
    table = wyexcel.ledger(demo)

    [spent] = table.loc[(table["element"] == "C07") & (table["role"] == "主报"), "exact"]

    assert spent == Decimal("748.7")
    assert all(isinstance(exact, Decimal) for exact in table["exact"])
    assert [float(exact) for exact in table["exact"]] == list(table["value"])


def test_the_values_that_count_add_up_to_what_is_published(demo: Path) -> None:
    """#2 总产值 is 17.60 亿元 by its 主报单位, whatever the other unit says of its parks."""
    table = wyexcel.ledger(demo)
    output = table[table["element"] == "C02"]

    lead = output.loc[output["role"] == "主报", "exact"].sum()
    parks = output.loc[output["role"] == "核对", "exact"].sum()

    assert (lead, parks) == (Decimal(176000), Decimal(176000))


def test_a_row_of_a_name_list_has_its_id_its_day_and_counts_one(demo: Path) -> None:
    table = wyexcel.ledger(demo)

    listed = table[table["item"] != ""]

    assert set(listed["element"]) == {"C09", "C12"}
    assert (listed["value"] == 1).all()
    assert listed["day"].notna().all()


def test_one_period_can_be_asked_for_in_either_way_of_writing(demo: Path) -> None:
    assert wyexcel.ledger(demo, "2025Q3").equals(wyexcel.ledger(demo, "2025-09"))
    with pytest.raises(NothingToDo, match="2025年1—6月还没有合并过"):
        wyexcel.ledger(demo, "2025-06")
    with pytest.raises(BadPeriod):
        wyexcel.ledger(demo, "2031-01")


def test_a_folder_that_is_no_workspace_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotAWorkspace):
        wyexcel.ledger(tmp_path)


def test_the_command_writes_the_same_as_a_file(demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "台账" / "全部.csv"

    answered = ask(demo, "ledger", "--csv", str(file))

    table = wyexcel.ledger(demo)
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert answered.code == 0
    assert answered.json == {"period": None, "rows": len(table), "files": [str(file)]}
    assert [Decimal(row["value"]) for row in rows] == list(table["exact"])
    for name in ("period", "unit", "element", "park", "cell", "sha256"):
        assert [row[name] for row in rows] == list(table[name].astype(str))
    assert [row["day"] for row in rows] == [
        "" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in table["day"]
    ]


def test_the_command_asks_for_a_file_and_refuses_what_it_does_not_know(demo: Path) -> None:
    assert "--csv" in ask(demo, "ledger").error
    assert ask(demo, "ledger").code == 2
    assert ask(demo, "merge", "2025-09", "--csv", "x.csv").code == 2
    assert "还没有合并过" in ask(demo, "ledger", "2025-06", "--csv", "x.csv").error


def test_no_command_but_the_analysts_function_loads_pandas(demo: Path) -> None:
    program = (
        "import sys; from wyexcel.cli.main import main\n"
        "for words in sys.argv[2:]: main(['-C', sys.argv[1], '--quiet', *words.split()])\n"
        "print('pandas' in sys.modules)\n"
        "import wyexcel; wyexcel.ledger(sys.argv[1])\n"
        "print('pandas' in sys.modules)"
    )
    file = demo / "x.csv"
    words = (*(f"{name} 2025-09" for name in ("check", "return", "merge", "assess")),)
    told = subprocess.run(
        [sys.executable, "-c", program, str(demo), *words, f"ledger --csv {file}"],
        check=True,
        capture_output=True,
    )

    assert told.stdout.decode().splitlines() == ["False", "True"]

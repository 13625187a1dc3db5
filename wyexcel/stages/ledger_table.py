"""台账: every value of every archived period as one long table, for people who analyse (ledger)."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from wyexcel.archive import archived_forms, manifest
from wyexcel.archive.manifest import guarded_text
from wyexcel.archive.workspace import Workspace, folder
from wyexcel.errors import NothingToDo
from wyexcel.files import disk
from wyexcel.files.number_display import all_digits
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.period import MONTHS, Period
from wyexcel.plan.plan import Plan
from wyexcel.progress import ledger
from wyexcel.progress.ledger import LedgerRow
from wyexcel.stages.read_plan import covered
from wyexcel.stages.write_workbooks import silent

LEAD: Final = "主报"
CHECKER: Final = "核对"


class Value(NamedTuple):
    """One reported number, or one row of a name list, with the cell it stands in.

    `period` is the year to date (2025-09 is 1—9月累计), so values of one year are never added over
    periods. `role` tells the unit whose value counts (主报) from those that check it (核对): they
    report the same quantity, so values are never added over units. `park` is a park, a bucket, or
    全区 for the zone. `item` and `name` are the id and the name of a row of a name list, `day` its
    date; they are empty for a number. `value` is exact, in `measure`; 1 for a row of a name list.
    """

    period: str
    year: int
    month: int
    unit: str
    role: str
    element: str
    element_name: str
    measure: str
    kind: str
    park: str
    item: str
    name: str
    day: date | None
    value: Decimal
    vintage: str
    file: str
    sheet: str
    cell: str
    sha256: str


def ledger_values(
    workspace: Workspace, plan: Plan, period: Period | None = None, *, tell: Tell = silent
) -> tuple[Value, ...]:
    """Every adopted value of *period*, or of all archived periods, the oldest first.

    Raises NothingToDo where nothing was merged, CannotRead where an original was touched.
    """
    periods = [covered(plan, period)] if period else list(_periods(plan))
    merged = [p for p in periods if manifest.exists(workspace, p)]
    if not merged:
        what = f"{period.title}还" if period else "这个工作目录还"
        message = f"{what}没有合并过，没有台账。请先运行 wyexcel merge 报告期。"
        raise NothingToDo(message)
    values: list[Value] = []
    for number, past in enumerate(merged):
        tell(f"读取 {past}", number, len(merged))
        rows = ledger.ledger_of(archived_forms.adopted(workspace, plan, past), plan)
        values += (_value(row, plan, past) for row in rows)
    return tuple(values)


def _periods(plan: Plan) -> Iterator[Period]:
    return (Period(year, month) for year in plan.years for month in range(1, MONTHS + 1))


def _value(row: LedgerRow, plan: Plan, period: Period) -> Value:
    element = plan.element[row.element]
    sources = plan.sources.get(row.element, ())
    return Value(
        period=str(period),
        year=period.year,
        month=period.month,
        unit=row.unit,
        role=LEAD if sources[:1] == (row.unit,) else CHECKER,
        element=row.element,
        element_name=element.name,
        measure=element.measure,
        kind=element.kind.value,
        park=row.park,
        item=row.item,
        name=row.name,
        day=row.day,
        value=row.value,
        vintage=row.vintage,
        file=row.file,
        sheet=row.sheet,
        cell=row.cell,
        sha256=row.sha256,
    )


def write_csv(table: Iterable[Value], path: Path) -> Path:
    """*table* as a CSV file (UTF-8 with its mark, so that Excel reads it), amounts exact."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(Value._fields)
    rows.writerows(map(_as_text, table))
    folder(path.parent)
    disk.write_text(path, "\ufeff" + text.getvalue())
    return path


def _as_text(row: Value) -> Iterator[str]:
    for value in row:
        if isinstance(value, Decimal):
            yield all_digits(value)
        else:
            yield "" if value is None else guarded_text(str(value))

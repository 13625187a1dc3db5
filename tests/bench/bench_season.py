"""A season from files to ledger (read, check, merge) beside the plain loop, as ratios of one run.

Run it with `python -m tests.bench.bench_season [COUNT …]`; each COUNT is that many units.
The plain loops are what a user writes, and neither check nor merge: one reads what the ledger is
made of, the same sheets of every form as the program reads; one reads the first sheets alone, and
so misses the name lists of four indicators. All get the same forms, no two alike, and the best of
three runs.
"""

import gc
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from msgspec.structs import replace

from tests.bench.clock import cpu_seconds
from wyexcel.files.writing import xlsx
from wyexcel.forms.layout import SLOTS, UNREAD
from wyexcel.forms.submission import Season
from wyexcel.intake import check_arrivals
from wyexcel.intake.arrivals import Arrival
from wyexcel.plan import official
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import Unit
from wyexcel.practice import demo
from wyexcel.practice.demo import sample_submission
from wyexcel.practice.fill_form import InventedSubmission, fill_form
from wyexcel.progress import assessment, ledger
from wyexcel.progress.ledger import Ledger

MOST_PLAIN = 1000
"""The plain loop is not asked to read more than this: it takes ten seconds."""

ROLES = ("市经信局", "市科技局", "市商务局", "市投促中心")


class Cost(NamedTuple):
    """What one form took in milliseconds, and how far memory grew in MiB."""

    cpu: float
    wall: float
    memory: float

    def __str__(self) -> str:
        """The cost as a row of the table tells it."""
        return f"{self.cpu:6.3f} ms CPU, {self.wall:6.3f} ms wall a form, +{self.memory:.0f} MiB"


def large_plan(count: int) -> Plan:
    """The official plan with *count* reporting units, each in the part of one of the five."""
    base = official.load()
    parts = {f"{ROLES[n % len(ROLES)]}{n}": ROLES[n % len(ROLES)] for n in range(count)}
    units = (*base.units, *(Unit(code=f"N{n}", name=name) for n, name in enumerate(parts)))
    indicators = tuple(
        replace(i, units=(*i.units, *(name for name, part in parts.items() if part in i.units)))
        for i in base.indicators
    )
    return replace(base, units=units, indicators=indicators)


def filled(plan: Plan, count: int, folder: Path) -> list[Path]:
    """One filled form for each of the *count* further units."""
    paths = []
    for unit in plan.reporting[len(official.load().reporting) :][:count]:
        paths.append(folder / f"{unit}.xlsx")
        answers = answered(plan, unit, len(paths))
        paths[-1].write_bytes(xlsx.render(fill_form(plan, answers, demo.PERIOD)))
    return paths


def answered(plan: Plan, unit: str, number: int) -> InventedSubmission:
    """*unit*'s form as it should be, with amounts of its own."""
    filled = sample_submission(plan, unit)
    amounts = {
        place: value + number / 100
        if isinstance(value, float | int) and not plan.element[place[0]].is_count
        else value
        for place, value in filled.answers.items()
    }
    notes = sample_submission(plan, ROLES[(number - 1) % len(ROLES)]).progress_notes
    return replace(filled, file=f"{unit}.xlsx", answers=amounts, progress_notes=notes)


def plain_loop(paths: Sequence[Path]) -> object:
    """What a user writes who needs the first sheets alone."""
    return pd.concat([pd.read_excel(path, engine="openpyxl") for path in paths])


def same_loop(paths: Sequence[Path]) -> object:
    """What a user writes who needs what the ledger is made of."""
    return pd.concat([_same_sheets(path) for path in paths])


def _same_sheets(path: Path) -> pd.DataFrame:
    with pd.ExcelFile(path, engine="openpyxl") as book:
        read = [name for name in book.sheet_names if name not in {*UNREAD, SLOTS}]
        return pd.concat(pd.read_excel(book, sheet_name=read))


def season(plan: Plan, paths: Sequence[Path]) -> tuple[Season, Ledger]:
    """Read, check and merge."""
    came = datetime(2025, 10, 9, tzinfo=UTC)
    arrivals = [Arrival(path=path, file=path.name, received=came) for path in paths]
    checked = check_arrivals.judge_arrivals(
        arrivals, plan=plan, period=demo.PERIOD, today=date(2025, 10, 10)
    )
    entries = ledger.ledger_of(checked.adopted, plan)
    assessment.settle_ledger(plan, demo.PERIOD, entries)
    return checked, entries


def best(work: Callable[[], object], forms: int) -> Cost:
    """The least that *work* took in three runs, its child processes counted."""
    runs = [cost(work, forms) for _ in range(3)]
    return Cost(*(min(values) for values in list(zip(*runs, strict=True))[:2]), runs[0].memory)


def cost(work: Callable[[], object], forms: int) -> Cost:
    """What *work* took; what was made before it costs it no search for garbage."""
    gc.collect()
    gc.freeze()
    memory, cpu, wall = _memory(), cpu_seconds(), time.perf_counter()
    kept = work()
    share = 1000 / forms
    taken = Cost(
        (cpu_seconds() - cpu) * share, (time.perf_counter() - wall) * share, _memory() - memory
    )
    del kept
    gc.unfreeze()
    return taken


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Comparison(NamedTuple):
    """What the loops and a season take of the same forms, and the ledger that came of it."""

    first: Cost
    same: Cost
    ours: Cost
    ledger: Ledger

    def told(self, name: str, loop: Cost) -> str:
        """What *loop* takes, and how many times as much as a season that is, in both times."""
        cpu, wall = loop.cpu / self.ours.cpu, loop.wall / self.ours.wall
        return f"  {name:13}{loop}: {cpu:.1f} x CPU, {wall:.1f} x wall"


def compared(plan: Plan, paths: Sequence[Path]) -> Comparison:
    """All ways on *paths*, the loops on no more of them than they are asked to read."""
    some = paths[:MOST_PLAIN]
    plain_loop(paths[:10])
    checked, entries = season(plan, paths)
    assert len(checked.adopted) == len(paths), checked.findings[:3]
    ours = best(lambda: season(plan, paths), len(paths))
    first, same = (
        best(lambda loop=loop: loop(some), len(some)) for loop in (plain_loop, same_loop)
    )
    return Comparison(first, same, ours, entries)


def main(counts: Sequence[int]) -> None:
    """Print what a season takes of each count, and how many times as much the loops take."""
    with tempfile.TemporaryDirectory() as folder:
        plan = large_plan(max(counts))
        paths = filled(plan, max(counts), Path(folder))
        for count in counts:
            ways = compared(plan, paths[:count])
            print(f"{count} forms, a ledger of {len(ways.ledger)} rows")
            print(f"  wyexcel      {ways.ours}")
            print(ways.told("same sheets", ways.same))
            print(ways.told("first sheets", ways.first))


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [100, 1000])

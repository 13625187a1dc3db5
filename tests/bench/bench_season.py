"""A season from files to ledger (read, check, merge) beside the plain loop, as ratios of one run.

Run it with `python -m tests.bench.bench_season [COUNT …]`; each COUNT is that many units.
The plain loop is what a user writes: it reads the first sheet of every form and stacks them, and
neither checks nor merges.
"""

import gc
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from wyexcel import demo, form, intake, ledger, official, progress, xlsx
from wyexcel.intake import Arrival
from wyexcel.organisation import Unit
from wyexcel.plan import Plan
from wyexcel.submission import Season

SAMPLE = 100
ROLES = ("市经信局", "市科技局", "市商务局", "市投促中心")


class Cost(NamedTuple):
    """What one form took in milliseconds, and how far memory grew in MiB."""

    cpu: float
    wall: float
    memory: float


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
        answers = replace(demo.in_order(plan, unit), file=paths[-1].name)
        paths[-1].write_bytes(xlsx.render(demo.typed_in(plan, answers)))
    return paths


def plain_loop(paths: Sequence[Path]) -> object:
    """What a user writes."""
    return pd.concat([pd.read_excel(path, engine="openpyxl") for path in paths])


def season(plan: Plan, paths: Sequence[Path]) -> tuple[Season, pd.DataFrame]:
    """Read, check and merge."""
    came = datetime(2025, 10, 9, tzinfo=UTC)
    arrivals = [Arrival(path=path, file=path.name, received=came) for path in paths]
    checked = intake.check(arrivals, plan=plan, period=demo.PERIOD, today=date(2025, 10, 10))
    entries = ledger.merge(checked.adopted, plan)
    progress.settle(plan, demo.PERIOD, entries)
    return checked, entries


def cost(work: Callable[[], object], forms: int) -> Cost:
    """What *work* took, its child processes counted."""
    gc.collect()
    memory, cpu, wall = _memory(), _cpu(), time.perf_counter()
    kept = work()
    share = 1000 / forms
    taken = Cost((_cpu() - cpu) * share, (time.perf_counter() - wall) * share, _memory() - memory)
    del kept
    return taken


def _cpu() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(counts: Sequence[int]) -> None:
    """Print a row for each count."""
    with tempfile.TemporaryDirectory() as folder:
        plan = large_plan(max(counts))
        paths = filled(plan, max(counts), Path(folder))
        plain = cost(lambda: plain_loop(paths[:SAMPLE]), SAMPLE)
        print(f"plain loop: {plain.cpu:.2f} ms CPU, {plain.wall:.2f} ms wall a form")
        for count in counts:
            ours = cost(lambda: season(plan, paths[:count]), count)
            checked, entries = season(plan, paths[:count])
            assert len(checked.adopted) == count, checked.findings[:3]
            print(
                f"{count:6} forms: {ours.cpu:.3f} ms CPU ({plain.cpu / ours.cpu:.1f}×), "
                f"{ours.wall:.3f} ms wall ({plain.wall / ours.wall:.1f}×) a form; "
                f"{len(entries)} rows; memory +{ours.memory:.0f} MiB, "
                f"ledger {entries.memory_usage(deep=True).sum() / 2**20:.0f} MiB"
            )


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [100, 1000])

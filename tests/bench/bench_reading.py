"""Reading many forms, beside the plain loop and beside mere unzipping, as ratios of one run.

Run it with `python -m tests.bench.bench_reading [COUNT]`.
"""

import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from tests.bench.clock import LONG_ENOUGH, cpu_seconds
from tests.bench.season import forms
from wyexcel.files.pause_gc import gc_paused
from wyexcel.files.reading import pool, read_workbook

SAMPLE = 100
SKIP = ("说明",)
_NEEDED = ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
_ALSO_NEEDED = ("xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet3.xml")


class Cost(NamedTuple):
    """What one file took, in milliseconds."""

    cpu: float
    wall: float


def cost(work: Callable[[Sequence[Path]], object], paths: Sequence[Path]) -> Cost:
    """The best of three runs of *work*, the time of child processes counted."""
    return min(_once(work, paths) for _ in range(3))


def _once(work: Callable[[Sequence[Path]], object], paths: Sequence[Path]) -> Cost:
    """The mean of as many rounds as a clock that ticks a hundred times a second can tell."""
    cpu, wall, rounds = cpu_seconds(), time.perf_counter(), 0
    with gc_paused():  # as the check does
        while (taken := time.perf_counter() - wall) < LONG_ENOUGH:
            work(paths)
            rounds += 1
    share = 1000 / (len(paths) * rounds)
    return Cost((cpu_seconds() - cpu) * share, taken * share)


def plain_loop(paths: Sequence[Path]) -> object:
    """What a user writes."""
    return pd.concat([pd.read_excel(path, engine="openpyxl") for path in paths])


def unzip(paths: Sequence[Path]) -> None:
    """The bound: the needed members are inflated, and nothing is done with them."""
    for path in paths:
        with zipfile.ZipFile(path) as box:
            for name in (*_NEEDED, *_ALSO_NEEDED):
                box.read(name)


def in_process(paths: Sequence[Path]) -> object:
    """One file after the other, guarded but not isolated."""
    return [read_workbook.read(path, skip=SKIP, need="_identity") for path in paths]


def isolated(paths: Sequence[Path]) -> object:
    """All of them through the workers."""
    return list(pool.read_all(paths, skip=SKIP, need="_identity"))


def main(count: int) -> None:
    """Print what each way costs a form, and its ratio to the loop and to the bound."""
    with tempfile.TemporaryDirectory() as folder:
        paths = forms(Path(folder), count)
        ways = {
            "pd.read_excel": cost(plain_loop, paths[:SAMPLE]),
            "unzip": cost(unzip, paths),
            "in one process": cost(in_process, paths),
            "in the pool": cost(isolated, paths),
        }
    loop, bound = ways["pd.read_excel"], ways["unzip"]
    for way, taken in ways.items():
        print(
            f"{way:14} cpu {taken.cpu:7.3f} ms  wall {taken.wall:7.3f} ms  "
            f"loop/cpu {loop.cpu / taken.cpu:5.1f}  loop/wall {loop.wall / taken.wall:5.1f}  "
            f"cpu/bound {taken.cpu / bound.cpu:4.2f}  wall/bound {taken.wall / bound.wall:4.2f}"
        )
    handed = ways["in the pool"].cpu - ways["in one process"].cpu
    print(
        f"handing a form over from the pool: {handed:.3f} ms CPU, starting its processes included"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1000)

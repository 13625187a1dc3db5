"""What a command costs in month 36 beside month 2, with what was derived of the past and without.

Run it with `python -m tests.bench.bench_history [MONTHS]`. Five units report every month, each
quarter is closed; a command is a whole process, its cost the processor time of it and its readers,
the median of five runs that take turns.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.bench.clock import cpu_seconds
from wyexcel.archive import derived
from wyexcel.archive.workspace import ARCHIVE, Workspace, folder
from wyexcel.files import disk
from wyexcel.intake import history
from wyexcel.period import MONTHS, QUARTER, Period
from wyexcel.plan.plan import Plan
from wyexcel.practice.rehearsal import correct_forms
from wyexcel.stages import close, merge, new_workspace

COMMANDS: Final = ("check", "merge", "assess")
FIRST: Final = 2
LAST: Final = 36
RUNS: Final = 5


def months(count: int) -> Iterator[Period]:
    """The first *count* months of the plan."""
    for number in range(count):
        year, month = divmod(number, MONTHS)
        yield Period(2025 + year, month + 1)


def live(workspace: Workspace, plan: Plan, periods: Sequence[Period]) -> None:
    """Have every unit report in each of *periods*; each quarter before the last one is closed."""
    for period in periods:
        known = history.known(workspace, plan, period)
        inbox = folder(workspace.inbox(period))
        for unit in plan.reporting:
            paper = correct_forms.correct_form(plan, unit, period, known=known[unit])
            content = paper.content()
            disk.write(inbox / paper.file, lambda file, content=content: file.write(content))
        merge.merge(workspace, plan, period)
        if period.month % QUARTER == 0 and period != periods[-1]:
            close.close(workspace, plan, period, by="演练")


def cost(workspace: Workspace, command: str, period: Period) -> float:
    """The processor time of one command, in seconds."""
    before = cpu_seconds()
    words = [sys.executable, "-m", "wyexcel", "-C", str(workspace.root), "--quiet"]
    done = subprocess.run([*words, command, str(period)], check=False, capture_output=True)
    if done.returncode not in {0, 1}:
        raise SystemExit(done.stderr.decode())
    return cpu_seconds() - before


def forget(workspace: Workspace) -> None:
    """Delete what was derived."""
    shutil.rmtree(workspace.root / ARCHIVE / derived.FOLDER, ignore_errors=True)


def main() -> None:
    """Live so many months, and print what each command costs."""
    last = int(sys.argv[1]) if len(sys.argv) > 1 else LAST
    periods = list(months(last))
    with tempfile.TemporaryDirectory() as root:
        plan = correct_forms.rehearsal_plan()
        old = new_workspace.found(Path(root, "旧"), plan)
        live(old, plan, periods[:FIRST])
        young = Workspace(Path(root, "新"))
        shutil.copytree(old.root, young.root)
        live(old, plan, periods[FIRST:])
        for command in COMMANDS:
            cost(young, command, periods[FIRST - 1])
            cost(old, command, periods[-1])
            pairs = [
                (cost(young, command, periods[FIRST - 1]), cost(old, command, periods[-1]))
                for _ in range(RUNS)
            ]
            bare: list[float] = []
            for _ in range(RUNS):
                forget(old)
                bare.append(cost(old, command, periods[-1]))
            then, now = (statistics.median(column) for column in zip(*pairs, strict=True))
            print(
                f"{command:7} month {FIRST}: {then:.3f} s CPU, month {last}: {now:.3f} s"
                f" = {now / then:.2f} ×; nothing derived: {statistics.median(bare):.3f} s"
            )


if __name__ == "__main__":
    main()

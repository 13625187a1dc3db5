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
from typing import Final, NamedTuple

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
        known = history.prefilled_values(workspace, plan, period)
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


class Growth(NamedTuple):
    """What a command costs in an early month and in a late one, in seconds of processor time.

    `bare` is the late one where nothing was derived.
    """

    command: str
    early: float
    late: float
    bare: float

    @property
    def ratio(self) -> float:
        """How many times as much the late month costs."""
        return self.late / self.early


def measured(folder: Path, last: int) -> Iterator[Growth]:
    """Live *last* months in *folder* and measure every command."""
    periods = list(months(last))
    plan = correct_forms.rehearsal_plan()
    old = new_workspace.create(folder / "旧", plan)
    live(old, plan, periods[:FIRST])
    young = Workspace(folder / "新")
    shutil.copytree(old.root, young.root)
    live(old, plan, periods[FIRST:])
    for command in COMMANDS:
        early, late = (young, command, periods[FIRST - 1]), (old, command, periods[-1])
        cost(*early)
        cost(*late)
        pairs = [(cost(*early), cost(*late)) for _ in range(RUNS)]
        bare: list[float] = []
        for _ in range(RUNS):
            forget(old)
            bare.append(cost(*late))
        yield Growth(command, *map(statistics.median, (*zip(*pairs, strict=True), bare)))


def main() -> None:
    """Live so many months, and print what each command costs."""
    last = int(sys.argv[1]) if len(sys.argv) > 1 else LAST
    with tempfile.TemporaryDirectory() as folder:
        for growth in measured(Path(folder), last):
            print(
                f"{growth.command:7} month {FIRST}: {growth.early:.3f} s CPU,"
                f" month {last}: {growth.late:.3f} s = {growth.ratio:.2f} ×;"
                f" nothing derived: {growth.bare:.3f} s"
            )


if __name__ == "__main__":
    main()

"""What a click imports, with and without what `quick_xlwings` leaves out, beside `import xlwings`.

Run it with `python -m tests.bench.bench_click_imports [RUNS]`.
"""

import statistics
import subprocess
import sys
from typing import Final

from tests.bench.clock import cpu_seconds

_CLICK: Final = """
import contextlib
from wyexcel.desktop import libreoffice_button, quick_xlwings
with {context}():
    from wyexcel.desktop.addin import click, run_click
    from wyexcel.desktop.libreoffice import session
"""
PROGRAMS: Final = {
    "import xlwings": "import xlwings",
    "click, libraries left out": _CLICK.format(context="quick_xlwings.loading"),
    "click, plain imports": _CLICK.format(context="contextlib.nullcontext"),
}


def cost(program: str) -> float:
    """The processor time, in seconds, of a fresh Python that runs *program*."""
    before = cpu_seconds()
    subprocess.run([sys.executable, "-c", program], check=True)
    return cpu_seconds() - before


def medians(runs: int) -> dict[str, float]:
    """The median cost of each program; they take turns, for a machine is not always as busy."""
    turns = [[cost(program) for program in PROGRAMS.values()] for _ in range(runs + 1)]
    # the first turn compiles what has changed
    return dict(zip(PROGRAMS, map(statistics.median, zip(*turns[1:], strict=True)), strict=True))


def main(runs: int) -> None:
    """Print the cost of the two ways to import, as multiples of `import xlwings`."""
    xlwings, *clicks = medians(runs).items()
    for name, seconds in clicks:
        print(f"{name:26} {seconds / xlwings[1]:4.2f} x {xlwings[0]}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 9)

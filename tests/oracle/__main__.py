"""`python -m tests.oracle 1000 [first]`: as many seasons as are asked for, and what differs."""

import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.oracle.live import Life
from tests.oracle.season import make
from tests.support.repository import ROOT

_OFTEN = 50
_OUT_OF_REACH = ROOT / "tests" / "support" / "out_of_reach"


def main(count: int, first: int = 0) -> int:
    """Live through *count* seasons from number *first* on; how many of them differ."""
    os.environ["PATH"] = f"{_OUT_OF_REACH}{os.pathsep}{os.environ['PATH']}"  # no PDF
    differing = fields = 0
    began = time.monotonic()
    for seed in range(first, first + count):
        with TemporaryDirectory() as folder:
            life = Life(make(seed), Path(folder))
            found = list(life.differences())
            fields += life.fields
        differing += bool(found)
        if seed > first and not (seed - first) % _OFTEN:
            _tell(f"{seed - first} seasons, {fields} fields of JSON, {differing} differing so far")
        for line in found:
            _tell(f"season {seed}: {line}")
    took = f"{time.monotonic() - began:.0f} s"
    _tell(f"{count} seasons, {fields} fields of JSON, {differing} differing, {took}")
    return differing


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))

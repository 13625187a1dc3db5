"""Imports xlwings without the optional libraries that it would import too.

xlwings can put data frames, figures and pictures into cells, and at its import tries to import each
library that it knows for that. A button reads and writes plain values. So while the imports of a
click are made, these libraries are entered in `sys.modules` as None, which Python takes for “not
installed”; afterwards they can be imported as ever.

It halves the imports of a click: they cost 0.7 to 0.9 times as much as `import xlwings`, and
without it 1.5 to 1.7 times, where of these libraries pandas and numpy are installed. Measured by
`python -m tests.bench.bench_click_imports`.
"""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

_OPTIONAL: Final = ("numpy", "pandas", "polars", "matplotlib", "plotly", "PIL", "xlwings.pro")
"""`xlwings.pro` is the part of xlwings that asks for a licence key; xlwings does without it."""


@contextmanager
def loading() -> Generator[None]:
    """Hide the optional libraries from imports while the block lasts, but those loaded before."""
    hidden = [name for name in _OPTIONAL if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: not to be found
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]

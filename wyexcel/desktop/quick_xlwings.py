"""xlwings without what it brings along: half of a click's time would go into loading that.

It can put data frames, figures and pictures into cells and take secret code out of them, and so
loads whatever of these libraries is installed. A button reads and writes plain values.
"""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from wyexcel.files.pause_gc import gc_paused

_UNUSED: Final = ("numpy", "pandas", "polars", "matplotlib", "plotly", "PIL", "cryptography")

_PAID: Final = "xlwings.pro"
"""A part of xlwings that asks for a licence key, and does without it."""


@contextmanager
def loading() -> Generator[None]:
    """Let what is loaded meanwhile find none of these libraries, but those that are loaded."""
    held = [name for name in (*_UNUSED, _PAID) if name not in sys.modules]
    sys.modules.update(dict.fromkeys(held))  # type: ignore[arg-type]  # None: not to be found
    try:
        with gc_paused():  # to look for garbage, of which there is none, takes a tenth of the time
            yield
    finally:
        for name in held:
            del sys.modules[name]

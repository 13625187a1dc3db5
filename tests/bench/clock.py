"""The processor time that this process and its ended children have used."""

import resource
from typing import Final

LONG_ENOUGH: Final = 0.3
"""Seconds: some systems count processor time in steps of a hundredth of a second."""


def cpu_seconds() -> float:
    """User and system time, in seconds."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)

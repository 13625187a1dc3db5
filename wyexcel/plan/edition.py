"""Which of two editions of the plan is the newer, as far as their names tell."""

import re
from typing import Final

_STAGES: Final = ("征求意见稿", "送审稿", "审议稿", "印发稿")
_NUMBER: Final = re.compile(r"\d+")


def newer(edition: str, other: str) -> bool:
    """Whether *edition* is later than *other*: by its numbers, then by its stage.

    >>> newer("v10", "v9"), newer("2025年征求意见稿", "2025年印发稿"), newer("试行", "v1")
    (True, False, False)
    """
    first, second = _numbers(edition), _numbers(other)
    if first and second and first != second:
        return first > second
    return -1 < _stage(other) < _stage(edition)


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _NUMBER.findall(name))


def _stage(name: str) -> int:
    return next((at for at, stage in enumerate(_STAGES) if stage in name), -1)

"""A number that its cell shows as another one."""

from typing import Final, TypeGuard

_MOST: Final = 10
"""1000%: nobody types more with a sign; a larger number is what it says, and only looks odd."""


class Percentage(float):
    """A number that is shown as a hundred times as many percent: 0.85 as 85%."""


def may_be_typed_with_a_sign(value: object) -> TypeGuard[float]:
    """Whether *value* is a number so small that it may have been typed with a %."""
    if not isinstance(value, float | int) or isinstance(value, bool):
        return False
    return 0 < abs(value) <= _MOST

"""Values and colours between Python, xlwings and Calc."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias

Matrix: TypeAlias = Sequence[Sequence[Any]]
Colour: TypeAlias = tuple[int, int, int]

EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's date knows no time zone
POINT: Final = 2540 / 72
"""A point in hundredths of a millimetre, Calc's measure."""

_PARTS: Final = ("year", "month", "day", "hour", "minute", "second", "microsecond")


def to_calc(value: Any) -> str | float:
    """*value* as Calc's data arrays take it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - EPOCH) / timedelta(days=1)
    if isinstance(value, date):
        return float((value - EPOCH.date()).days)
    return float(value)


def to_date(number: float) -> datetime:
    """The moment that *number* is in a cell that shows a date.

    >>> to_date(45930.0).isoformat()
    '2025-09-30T00:00:00'
    """
    return EPOCH + timedelta(days=number)


def for_xlwings(
    data: Matrix, as_date: Callable[..., Any], empty: Any, as_number: Callable[[float], Any] | None
) -> list[list[Any]]:
    """*data* as xlwings returns it: blanks as *empty*, dates and numbers converted as asked for."""

    def converted(value: Any) -> Any:
        if value is None or value == "":
            return empty
        if isinstance(value, datetime) and as_date is not datetime:
            return as_date(**{part: getattr(value, part) for part in _PARTS}, tzinfo=None)
        if isinstance(value, float) and as_number is not None:
            return as_number(value)
        return value

    return [[converted(value) for value in row] for row in data]


def to_colour(colour: str | Colour) -> int:
    """A colour (#RRGGBB or red, green, blue) as Calc's number.

    >>> to_colour("#F8CBAD") == to_colour((248, 203, 173)) == 0xF8CBAD
    True
    """
    if isinstance(colour, str):
        return int(colour.removeprefix("#"), 16)
    red, green, blue = colour
    return red << 16 | green << 8 | blue


def from_colour(number: int) -> Colour | None:
    """Calc's number as a triple; None where there is no colour.

    >>> from_colour(0xF8CBAD), from_colour(-1)
    ((248, 203, 173), None)
    """
    return None if number < 0 else (number >> 16 & 255, number >> 8 & 255, number & 255)

"""A value of a form as a finding keeps it, as JSON writes it, and as a sentence names it."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from wyexcel.files.reading.book import CellValue
from wyexcel.files.reading.plain_characters import without_marks
from wyexcel.files.reading.typed_number import LIMIT
from wyexcel.findings import FindingValue

_LONGEST: Final = 60


def finding_value(value: CellValue | Decimal) -> FindingValue:
    """*value* as a finding keeps it: text, number or None; a moment as text."""
    if isinstance(value, Decimal):
        return json_number(value)
    if isinstance(value, date | datetime | time | timedelta):
        return str(value)
    return value


def json_number(value: Decimal) -> int | float:
    """*value* as JSON writes it: an int where it is whole, or too large for anything else."""
    whole = value == value.to_integral_value() or abs(value) >= LIMIT
    return int(value) if whole else float(value)


def in_words(value: object) -> str:
    """*value* as a sentence says it: no needless zeros, one line, at most 60 signs; blank is 空.

    Marks that cannot be seen are left out: some turn the rest of a sentence around.
    """
    if value is None or value == "":
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float | int | Decimal):
        text = _plain(Decimal(repr(value)) if isinstance(value, float) else Decimal(value))
    else:
        text = " ".join(without_marks(str(value)).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

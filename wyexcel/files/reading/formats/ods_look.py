"""What a cell of an .ods shows beside its value: the file holds the text that was on the screen."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Final

from msgspec import Struct, field

from wyexcel.files.reading.colour import BLACK, WHITE, Colour, is_unseen
from wyexcel.files.reading.sheet_facts import CellLook
from wyexcel.files.reading.xml import attribute

PROPERTIES: Final = frozenset({"text-properties", "table-cell-properties"})
AMOUNTS: Final = frozenset({"float", "percentage", "currency"})
"""The kinds of value that are numbers."""

_PERCENTAGE: Final = "percentage"
_PERCENT: Final = "0.00%"
_NOTHING: Final = ";;;"
_LONGEST: Final = 200
_WIDE: Final = Context(prec=400, rounding=ROUND_HALF_UP)


class OdsStyles(Struct):
    """The styles of cells whose letters have the colour of their ground."""

    unseen: set[str] = field(default_factory=set[str])
    _name: str = ""
    _letters: Colour = BLACK
    _ground: Colour = WHITE

    def begin(self, name: str) -> None:
        """A style of cells begins; "" for one that is of something else."""
        self._name, self._letters, self._ground = name, BLACK, WHITE

    def properties(self, kind: str, attributes: Mapping[str, str]) -> None:
        """Take note of what a style says of its letters or of its ground."""
        if kind == "text-properties":
            self._letters = _colour(attribute(attributes, "color")) or self._letters
        else:
            self._ground = _colour(attribute(attributes, "background-color")) or self._ground
        if not is_unseen(self._letters, self._ground):
            self.unseen.discard(self._name)
        elif self._name:
            self.unseen.add(self._name)

    def is_unseen(self, style: str) -> bool:
        """Whether nobody can read what stands in cells of *style*."""
        return style in self.unseen


def look(attributes: Mapping[str, str], text: str | None, *, unseen: bool) -> CellLook | None:
    """How a cell that shows *text* looks, None where that is its value; no *text* is not known.

    The text stands for the number format, which says for other values what nobody asks.
    """
    kind = attribute(attributes, "value-type")
    percent = kind == _PERCENTAGE
    code = ""
    if kind in AMOUNTS and text is not None:
        value = attribute(attributes, "value")
        code = "" if _says(text.removesuffix("%"), value, 2 * percent) else _as_format(text)
    if percent and not code:
        code = _PERCENT
    return CellLook(code, percent, unseen) if code or unseen else None


def _as_format(text: str) -> str:
    """A number format that shows *text* for every number."""
    shown = text[:_LONGEST].replace('"', "'")
    return f'"{shown}"' if shown else _NOTHING


def _says(text: str, value: str, power: int) -> bool:
    """Whether *text* is the number *value* with *power* zeros more, rounded as it is written."""
    try:
        shown, stored = Decimal(text.replace(",", "")), Decimal(value).scaleb(power)
        places = shown.as_tuple().exponent
        rounded = stored.quantize(Decimal(1).scaleb(int(places)), context=_WIDE)
    except (InvalidOperation, ValueError, OverflowError):
        return False
    return rounded == shown


def _colour(text: str) -> Colour | None:
    return Colour("rgb", text[1:].upper()) if text.startswith("#") else None

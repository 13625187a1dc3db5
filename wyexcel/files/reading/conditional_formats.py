"""What conditional formats make of numbers: formats that apply for certain, of cells by address.

A condition is understood that compares the cell with a number, or that always holds; what other
formulas come to is not known here.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from math import inf
from typing import Final

from wyexcel.files.address import parse
from wyexcel.files.reading.cell_look import is_harmless
from wyexcel.files.reading.colour import BLACK, WHITE, Colour, is_unseen
from wyexcel.files.reading.condition import BETWEEN, NOT_BETWEEN, Area, Condition
from wyexcel.files.reading.format_code import is_percent
from wyexcel.files.reading.number_styles import colour
from wyexcel.files.reading.sheet_facts import CellLook
from wyexcel.files.reading.xml import local_name, walk

_FORMATS: Final = re.compile(
    rb"<(?:\w+:)?conditionalFormatting[ >].*?</(?:\w+:)?conditionalFormatting>", re.DOTALL
)
_AREA: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_NUMBER: Final = r"[-+]?[0-9]*\.?[0-9]+(?:E[-+]?[0-9]{1,3})?"
_COMPARED: Final = re.compile(rf"([A-Z]{{1,3}}[0-9]{{1,7}})(<=|>=|<>|<|>|=)({_NUMBER})")
_ALWAYS: Final = frozenset({"TRUE", "TRUE()", "1", "1=1"})
_OPERATORS: Final = {
    "lessThan": "<",
    "lessThanOrEqual": "<=",
    "equal": "=",
    "notEqual": "<>",
    "greaterThanOrEqual": ">=",
    "greaterThan": ">",
    BETWEEN: BETWEEN,
    NOT_BETWEEN: NOT_BETWEEN,
}
_MOST: Final = 1_000
"""How many conditions of one sheet are looked at."""


def conditions(tail: bytes, styles: bytes) -> tuple[Condition, ...]:
    """The conditions in *tail*, the end of a sheet, whose formats may show another number.

    *styles* is the part of styles, which says what the formats look like.
    """
    looks = _differential_looks(styles)
    if not looks:
        return ()
    steps = _Conditions(looks)
    for xml in _FORMATS.findall(tail)[:_MOST]:
        walk(_undeclared(xml), "conditionalFormatting", steps.start, text=steps.text, end=steps.end)
    return tuple(steps.found)


def _undeclared(xml: bytes) -> bytes:
    """*xml* as a document of its own; it is read by local names."""
    return b"<sheet>%b</sheet>" % xml


class _Conditions:
    """A walk through the conditional formats of a sheet."""

    def __init__(self, looks: Mapping[int, CellLook]) -> None:
        """Only formats with one of *looks* are told."""
        self.looks = looks
        self.found: list[Condition] = []
        self.areas: tuple[Area, ...] = ()
        self.look: CellLook | None = None
        self.kind = self.operator = ""
        self.formulas: list[str] = []
        self.inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of what begins."""
        match local_name(name):
            case "conditionalFormatting":
                self.areas = tuple(_areas(attributes.get("sqref", "")))
            case "cfRule":
                dxf = attributes.get("dxfId", "")
                self.look = self.looks.get(int(dxf[:9])) if dxf.isdecimal() else None
                self.kind = attributes.get("type", "")
                self.operator = _OPERATORS.get(attributes.get("operator", ""), "")
                self.formulas = []
            case "formula":
                self.inside = True
                self.formulas.append("")
            case _:
                pass

    def text(self, content: str) -> None:
        """Collect a formula."""
        if self.inside:
            self.formulas[-1] += content

    def end(self, name: str) -> None:
        """Take note of a condition when it is whole."""
        match local_name(name):
            case "formula":
                self.inside = False
            case "cfRule":
                self.settle()
            case _:
                pass

    def settle(self) -> None:
        """Keep the condition that was just read, if it is understood."""
        compared = self.compared() if self.look is not None and self.areas else None
        if self.look is not None and compared is not None and len(self.found) < _MOST:
            self.found.append(Condition(self.areas, *compared, self.look))

    def compared(self) -> tuple[str, tuple[float, ...]] | None:
        """How the cell is compared, and with what; None where that is not understood."""
        formulas = ["".join(formula.split()).upper().lstrip("=") for formula in self.formulas]
        if self.kind == "cellIs" and self.operator and formulas:
            plain = all(re.fullmatch(_NUMBER, formula) for formula in formulas)
            return (self.operator, tuple(map(float, formulas))) if plain else None
        if self.kind != "expression" or len(formulas) != 1:
            return None
        if formulas[0] in _ALWAYS:
            return ">=", (-inf,)
        match = _COMPARED.fullmatch(formulas[0])
        own = match is not None and parse(match[1]) == self.areas[0][:2]
        return (match[2], (float(match[3]),)) if match is not None and own else None


def _areas(sqref: str) -> list[Area]:
    """The areas that *sqref* lists."""
    areas: list[Area] = []
    for match in map(_AREA.fullmatch, sqref.split()[:_MOST]):
        if match is not None:
            top, left = parse(match[1] + match[2])
            bottom, right = parse(match[3] + match[4]) if match[3] else (top, left)
            areas.append((top, left, bottom, right))
    return areas


@lru_cache(maxsize=8)
def _differential_looks(styles: bytes) -> Mapping[int, CellLook]:
    """The formats for conditions in *styles*, by number, that may show something else."""
    if b"dxfs" not in styles:
        return {}
    steps = _Differential()
    walk(styles, "xl/styles.xml", steps.start, end=steps.end)
    return {n: look for n, dxf in enumerate(steps.formats) if (look := dxf.look()) is not None}


class _Format:
    """One format for a condition: what it changes of a cell."""

    def __init__(self) -> None:
        """Nothing is changed yet."""
        self.code = ""
        self.letters: Colour | None = None
        self.ground: Colour | None = None

    def look(self) -> CellLook | None:
        """The look that it gives a cell; None where nothing can be wrong with it."""
        coloured = self.letters is not None or self.ground is not None
        unseen = coloured and is_unseen(self.letters or BLACK, self.ground or WHITE)
        if is_harmless(self.code) and not unseen:
            return None
        return CellLook(self.code, is_percent(self.code), unseen)


class _Differential:
    """A walk through the formats for conditions in the part of styles."""

    def __init__(self) -> None:
        """Stand before the part."""
        self.formats: list[_Format] = []
        self.inside = False
        self.within = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of what begins."""
        name = local_name(name)
        if name == "dxfs":
            self.inside = True
        elif name == "dxf" and self.inside:
            self.formats.append(_Format())
        elif self.inside and self.formats:
            self.change(self.formats[-1], name, attributes)

    def change(self, format_: _Format, name: str, attributes: Mapping[str, str]) -> None:
        """Take note of what the format changes."""
        match self.within, name:
            case _, "numFmt":
                format_.code = attributes.get("formatCode", "")
            case _, "font" | "fill" | "border":
                self.within = name
            case "font", "color":
                format_.letters = colour(attributes)
            case "fill", "bgColor":
                format_.ground = colour(attributes)
            case _:
                pass

    def end(self, name: str) -> None:
        """Take note that the formats are over."""
        if local_name(name) == "dxfs":
            self.inside = False

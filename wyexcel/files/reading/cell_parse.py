"""A sheet's XML walked through element by element: what its cells hold beside their values."""

from collections.abc import Mapping, Sequence
from typing import Final

from wyexcel.files.address import a1, column_name, parse
from wyexcel.files.reading.condition import Condition
from wyexcel.files.reading.formulas.written import WrittenFormulas
from wyexcel.files.reading.number_styles import Looks
from wyexcel.files.reading.refusal import Reason, Refused
from wyexcel.files.reading.sheet_facts import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    CellLook,
    SheetFacts,
)
from wyexcel.files.reading.xml import local_name, walk

_TRUE: Final = frozenset({"1", "true"})


def walk_through(
    xml: bytes, sheet: str, looks: Looks, conditions: Sequence[Condition] = ()
) -> SheetFacts:
    """The facts of *xml*, the part of *sheet*; *looks* as for `cell_scan.scan_sheet`.

    *conditions* are its conditional formats.
    """
    steps = _Walk(sheet, looks, conditions)
    walk(xml, sheet, steps.start, text=steps.text, end=steps.end)
    return SheetFacts(
        errors=steps.errors,
        uncached=frozenset(steps.uncached),
        filled=steps.filled,
        hidden=" ".join(steps.hidden[:MAX_ROWS]),
        formulas=steps.written.by_cell() if steps.written else {},
        looks=steps.seen,
    )


class _Walk:
    """A slow walk through a sheet: where the parser stands, and what it has seen."""

    def __init__(self, sheet: str, looks: Looks, conditions: Sequence[Condition]) -> None:
        self.sheet = sheet
        self.looks = looks
        self.conditions = conditions
        self.seen: dict[str, CellLook] = {}
        self.errors: dict[str, str] = {}
        self.uncached: set[str] = set()
        self.filled = False
        self.hidden: list[str] = []
        self.count = 0
        self.row = self.column = -1
        self.kind = self.style = ""
        self.formula = self.inside = self.reckons = self.valued = False
        self.written: WrittenFormulas | None = None
        self.words: list[str] = []
        self.about: Mapping[str, str] = {}
        self.value: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""
        match local_name(name):
            case "row":
                row_number = attributes.get("r", "")
                self.row = int(row_number[:20]) - 1 if row_number.isdecimal() else self.row + 1
                self.column = -1
                if attributes.get("hidden") in _TRUE:
                    self.hidden.append(str(self.row + 1))
            case "col":
                if attributes.get("hidden") in _TRUE:
                    self.hidden.append(_columns(attributes))
            case "c":
                self.place(attributes.get("r", ""))
                self.kind = attributes.get("t", "n")
                self.style = attributes.get("s", "")
                self.formula = self.valued = False
                self.value = []
            case "f":
                self.formula = self.reckons = True
                self.words = []
                self.about = dict(attributes)
            case "v" | "is":
                self.refuse_second()
                self.inside = local_name(name) == "v"
            case "t":
                self.inside = True
            case _:
                pass

    def place(self, cell: str) -> None:
        """Go to the cell that is named, or to the next one."""
        if not cell:
            self.column += 1
            return
        try:
            self.row, self.column = parse(cell)
        except ValueError:
            raise Refused(Reason.DAMAGED, f"{self.sheet} 的单元格地址 {cell[:20]}") from None

    def refuse_second(self) -> None:
        """Raise Refused where the cell has a value already: programs do not agree which counts."""
        if self.valued:
            where = f"{self.sheet} {a1(self.row, self.column)} 里有两个值"
            raise Refused(Reason.DAMAGED, where)
        self.valued = True

    def text(self, content: str) -> None:
        """Collect what stands in a value, or in a formula."""
        if self.inside:
            self.value.append(content)
        elif self.reckons:
            self.words.append(content)

    def end(self, name: str) -> None:
        """Take note of an element that ends, and judge a cell when it is whole."""
        match local_name(name):
            case "v" | "t":
                self.inside = False
            case "f":
                self.reckons = False
            case "c":
                self.judge("".join(self.value))
            case _:
                pass

    def judge(self, value: str) -> None:
        """Judge the cell that was just read."""
        if not value and not self.formula:
            return
        self.count += 1
        if self.row >= MAX_ROWS or self.column >= MAX_COLUMNS or self.count > MAX_CELLS:
            raise Refused(Reason.TOO_WIDE, f"{self.sheet} {a1(self.row, self.column)}")
        if self.formula:
            self.written = self.written or WrittenFormulas()
            self.written.add(self.row, self.column, "".join(self.words), self.about)
        self.filled = self.filled or bool(value)
        look = self.looks.get(self.style) if value else None
        if self.conditions and value and self.kind == "n":
            look = self.changed(look, value)
        if look is not None:
            self.seen[a1(self.row, self.column)] = look
        if self.kind == "e":
            self.errors[a1(self.row, self.column)] = value
        elif not value and self.kind != "str":
            self.uncached.add(a1(self.row, self.column))

    def changed(self, look: CellLook | None, value: str) -> CellLook | None:
        """*look* of the present cell as its conditional formats leave it, the first one first."""
        try:
            number = float(value)
        except ValueError:
            return look
        applied = [c.look for c in self.conditions if c.applies(self.row, self.column, number)]
        for change in reversed(applied):
            own = look or CellLook("")
            coded = change if change.code else own
            look = CellLook(coded.code, coded.percent, own.unseen or change.unseen)
        return look


def _columns(attributes: Mapping[str, str]) -> str:
    """The columns that a `col` element is about, as `C:D`."""
    first, last = (attributes.get(name, "") for name in ("min", "max"))
    if not (first.isdecimal() and last.isdecimal() and 0 < int(first[:9]) <= int(last[:9])):
        return ""
    most = min(int(last[:9]), MAX_COLUMNS)
    return f"{column_name(int(first[:9]) - 1)}:{column_name(most - 1)}"

"""A sheet's XML walked through element by element: what its cells hold beside their values."""

from collections.abc import Mapping, Sequence
from typing import Final

from wyexcel.files.address import a1, parse
from wyexcel.files.reading.condition import Condition
from wyexcel.files.reading.formulas.written import WrittenFormulas
from wyexcel.files.reading.hidden_places import HiddenPlaces
from wyexcel.files.reading.number_styles import Looks
from wyexcel.files.reading.refusal import Reason, Refused
from wyexcel.files.reading.runs import Marks, MixedText, Run, RunReader, look_of_runs
from wyexcel.files.reading.sheet_facts import (
    MAX_COLUMNS,
    MAX_ROWS,
    CellLook,
    SheetFacts,
    refuse_wide,
)
from wyexcel.files.reading.xml import local_name, walk

_TWICE: Final = "在文件里写了两次，不同的程序会读出不同的数"


def walk_through(
    xml: bytes, sheet: str, looks: Looks, marks: Marks, conditions: Sequence[Condition] = ()
) -> SheetFacts:
    """The facts of *xml*, the part of *sheet*; *looks*, *marks* as for `cell_scan.scan_sheet`.

    *conditions* are its conditional formats.
    """
    steps = _Walk(sheet, looks, marks, conditions)
    walk(xml, sheet, steps.start, text=steps.text, end=steps.end)
    return SheetFacts(
        errors=steps.errors,
        uncached=frozenset(steps.uncached),
        filled=steps.filled,
        hidden=steps.hidden.told(),
        formulas=steps.written.by_cell() if steps.written else {},
        looks=steps.seen,
        mixed=steps.mixed,
        struck=frozenset(steps.struck),
        moments=frozenset(steps.moments),
    )


class _Walk:
    """A slow walk through a sheet: where the parser stands, and what it has seen."""

    def __init__(
        self, sheet: str, looks: Looks, marks: Marks, conditions: Sequence[Condition]
    ) -> None:
        self.sheet = sheet
        self.looks = looks
        self.marks = marks
        self.conditions = conditions
        self.seen: dict[str, CellLook] = {}
        self.errors: dict[str, str] = {}
        self.uncached: set[str] = set()
        self.mixed: dict[str, MixedText] = {}
        self.struck: set[str] = set()
        self.moments: set[str] = set()
        self.filled = False
        self.hidden = HiddenPlaces()
        self.count = self.tables = 0
        self.row = self.column = -1
        self.rows: set[int] = set()
        self.columns: dict[int, int] = {}
        self.kind = self.style = ""
        self.formula = self.inside = self.reckons = self.valued = False
        self.written: WrittenFormulas | None = None
        self.words: list[str] = []
        self.about: Mapping[str, str] = {}
        self.value: list[str] = []
        self.string: RunReader | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""
        kind = local_name(name)
        match kind:
            case "sheetData":
                self.refuse_second_table()
            case "sheetFormatPr":
                self.hidden.defaults(attributes)
            case "outlinePr":
                self.hidden.outline(attributes)
            case "col":
                self.hidden.column(attributes)
            case "row":
                self.begin_row(attributes)
            case "c":
                self.place(attributes.get("r", ""))
                self.kind = attributes.get("t", "n")
                self.style = attributes.get("s", "")
                self.formula = self.valued = False
                self.value = []
                self.string = None
            case "f":
                self.formula = self.reckons = True
                self.words = []
                self.about = dict(attributes)
            case "v" | "is":
                self.refuse_second()
                self.inside = kind == "v"
                self.string = None if self.inside else RunReader()
            case _:
                if self.string is not None:
                    self.string.start(kind, attributes)

    def refuse_second_table(self) -> None:
        """Raise Refused where the sheet has its cells already."""
        self.tables += 1
        if self.tables > 1:
            raise Refused(Reason.DAMAGED, f"“{self.sheet}”的数据区 sheetData {_TWICE}")

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        """Go to the row that begins; raise Refused where it was there before."""
        row_number = attributes.get("r", "")
        self.row = int(row_number[:20]) - 1 if row_number.isdecimal() else self.row + 1
        self.column = -1
        self.hidden.row(self.row, attributes)
        if self.row in self.rows:
            raise Refused(Reason.DAMAGED, f"“{self.sheet}”第 {self.row + 1} 行{_TWICE}")
        if self.row < MAX_ROWS:
            self.rows.add(self.row)

    def place(self, cell: str) -> None:
        """Go to the cell that is named, or to the next one; raise Refused where it was before."""
        if cell:
            try:
                self.row, self.column = parse(cell)
            except ValueError:
                where = f"{self.sheet} 的单元格地址 {cell[:20]}"
                raise Refused(Reason.DAMAGED, where) from None
        else:
            self.column += 1
        if self.row < MAX_ROWS and self.column < MAX_COLUMNS:
            filled = self.columns.get(self.row, 0)
            if filled >> self.column & 1:
                where = f"“{self.sheet}”{a1(self.row, self.column)} {_TWICE}"
                raise Refused(Reason.DAMAGED, where)
            self.columns[self.row] = filled | 1 << self.column

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
        elif self.string is not None:
            self.string.text(content)

    def end(self, name: str) -> None:
        """Take note of an element that ends, and judge a cell when it is whole."""
        kind = local_name(name)
        match kind:
            case "v":
                self.inside = False
            case "f":
                self.reckons = False
            case "c":
                runs = self.string.runs if self.string else ()
                self.judge("".join(self.value) or "".join(run.text for run in runs), runs)
                self.string = None
            case _:
                if self.string is not None:
                    self.string.end(kind)

    def judge(self, value: str, runs: Sequence[Run]) -> None:
        """Judge the cell that was just read."""
        if not value and not self.formula:
            return
        self.count += 1
        cell = a1(self.row, self.column)
        refuse_wide(self.sheet, self.row, self.column, self.count)
        if self.formula:
            self.written = self.written or WrittenFormulas()
            self.written.add(self.row, self.column, "".join(self.words), self.about)
        self.filled = self.filled or bool(value)
        if value and self.kind == "d":
            self.moments.add(cell)
        if value:
            is_shared = self.kind == "s"
            self.judge_runs(cell, self.marks.strings.get(value.strip(), ()) if is_shared else runs)
        look = self.looks.get(self.style) if value else None
        if self.conditions and value and self.kind == "n":
            look = self.changed(look, value)
        if look is not None:
            self.seen[cell] = look
        if self.kind == "e":
            self.errors[cell] = value
        elif not value and self.kind != "str":
            self.uncached.add(cell)

    def judge_runs(self, cell: str, runs: Sequence[Run]) -> None:
        """Take note of a cell whose text is struck out, or made of runs of different looks."""
        struck = self.style in self.marks.struck
        if not struck and not any(run.marks for run in runs):
            return
        mixed, whole = look_of_runs(runs, struck=struck)
        if mixed:
            self.mixed[cell] = mixed
        elif whole:
            self.struck.add(cell)

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

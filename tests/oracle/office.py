"""An office that lives through a season: master filled, forms issued and filled, commands run."""

import shutil
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook

from tests.oracle.official_table import ELEMENTS, WHOLE
from tests.oracle.season import Form, Item, Season, When
from tests.support.answers import Answered, ask, slots

COLUMNS = ("name", "id", "park", "date", "amount", "note")
AMOUNTS = {"C09": 5200, "C10": 120_000, "C11": 100, "C12": 100}


class Cells(NamedTuple):
    """Where each thing stands in one unit's form, as its `_form` sheet says."""

    numbers: Mapping[tuple[str, str], tuple[str, str]]
    states: Mapping[tuple[str, str], tuple[str, str]]
    remarks: Mapping[tuple[str, str], tuple[str, str]]
    people: tuple[tuple[str, str], ...]
    columns: Mapping[tuple[str, str], tuple[str, str]]


def cells_of(form: Path) -> Cells:
    """The cells of an issued form."""
    rows = slots(form)

    def of(kind: str, last: str = "") -> dict[tuple[str, str], tuple[str, str]]:
        return {
            (r["element"], r["park"]): (r["sheet"], r["cell"])
            for r in rows
            if r["kind"] == kind and r["element"] in ELEMENTS and r["label"].endswith(last)
        }

    people = ("preparer", "reviewer", "phone")
    return Cells(
        numbers=of("number"),
        states=of("choice"),
        remarks=of("text"),
        people=tuple((r["sheet"], r["cell"]) for r in rows if r["element"] in people),
        columns={
            (r["element"], r["kind"].removeprefix("list:")): (r["sheet"], r["cell"])
            for r in rows
            if r["kind"].startswith("list:")
        },
    )


@cache
def _new_workspace() -> Path:
    """A workspace with the official plan, made once and copied."""
    root = Path(mkdtemp(prefix="oracle-"))
    assert ask(root, "init", ".").code == 0
    return root


class Office:
    """A workspace of its own for one season."""

    def __init__(self, root: Path, season: Season) -> None:
        """Copy an empty workspace to *root* and set what *season* says."""
        self.root = root
        self.season = season
        self.cells: dict[tuple[When, str], Cells] = {}
        shutil.copytree(_new_workspace(), root, dirs_exist_ok=True)
        self._set_up()

    def _set_up(self) -> None:
        season = self.season
        book = load_workbook(self.root / "master.xlsm", keep_vba=True)
        words = {
            "判定方法": season.method,
            "季度计划填法": "累计" if season.cumulative else "当季",
            "连续欠进度升级": "是" if season.escalate else "否",
            "跨来源容差（%）": season.tolerance,
        }
        for row in book["设置"].iter_rows():
            if row[0].value in words:
                row[1].value = words[str(row[0].value)]
            if row[0].value == "B06":
                row[1].value = "试行"  # things of another year come in, and do not count
        given: list[tuple[Any, ...]] = [
            (1, year, "基期", WHOLE, value) for year, value in season.baselines.items()
        ]
        for (no, year), ends in season.plans.items():
            steps = self._as_filled(no, ends)
            quarters = zip("一二三四", steps, strict=True)
            given += [(no, year, f"{q}季度计划", WHOLE, v) for q, v in quarters]
        for number, line in enumerate(given, 4):
            for column, value in enumerate(line, 1):
                book["基期与分解"].cell(number, column).value = value
        self._write_rulings(book, {r.when for r in season.rulings})
        book.save(self.root / "master.xlsm")

    def _as_filled(self, no: int, ends: tuple[Decimal, ...]) -> list[Decimal]:
        """The plan of the quarters as 季度计划填法 asks for it; a stock's are levels always."""
        if self.season.cumulative or no == 1:
            return list(ends)
        return [after - before for before, after in zip((Decimal(0), *ends), ends, strict=False)]

    def _write_rulings(self, book: Workbook, periods: set[When]) -> None:
        lines = [r for r in self.season.rulings if r.when in periods]
        for offset in range(len(self.season.rulings)):
            values: list[Any] = [None] * 9
            if offset < len(lines):
                r = lines[offset]
                values = [str(r.when), r.element, None, r.park, None, r.value, "张三"]
                values += [datetime(2025, 10, 12), "核实"]  # noqa: DTZ001 - a day in a cell
            for column, value in enumerate(values, 1):
                book["核定值"].cell(4 + offset, column).value = value

    def keep_rulings(self, periods: set[When]) -> None:
        """Remove every 核定值 row but those of *periods*."""
        book = load_workbook(self.root / "master.xlsm", keep_vba=True)
        self._write_rulings(book, periods)
        book.save(self.root / "master.xlsm")

    def run(self, *words: str) -> Answered:
        """A command that must do what it is asked."""
        answered = ask(self.root, *words)
        assert answered.code in {0, 1}, (words, answered.error)
        return answered

    def issue(self, when: When) -> None:
        """The forms of *when*."""
        self.run("issue", str(when))

    def send(self, when: When, unit: str, form: Form, *, again: bool = False) -> None:
        """*unit* fills its form and sends it."""
        issued = self.root / "下发" / str(when) / f"{unit}.xlsx"
        where = self.cells.setdefault((when, unit), cells_of(issued))
        book = load_workbook(issued)
        _fill(book, where, form)
        name = f"{unit}{'（更正）' if again else ''}.xlsx"
        target = self.root / "报送" / str(when) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        book.save(target)


def _fill(book: Workbook, where: Cells, form: Form) -> None:
    for place, value in form.numbers.items():
        if isinstance(value, Decimal):
            _put(book, where.numbers[place], value)
        else:
            _put(book, _beside(where.states, place), value)
            _put(book, _beside(where.remarks, place), "统计口径调整")
    for place in where.people:
        _put(book, place, "王五 0818-8600001")
    for code, things in form.lists.items():
        for offset, thing in enumerate(things):
            for column, value in zip(COLUMNS, _row(code, thing), strict=True):
                sheet, cell = where.columns[code, column]
                book[sheet][below(cell, offset)] = value


def _beside(
    cells: Mapping[tuple[str, str], tuple[str, str]], place: tuple[str, str]
) -> tuple[str, str]:
    """The state or remark of a number: its own, or the one of its element."""
    return cells.get(place) or cells[place[0], WHOLE]


def _row(code: str, thing: Item) -> tuple[object, ...]:
    day = date(thing.day.year, thing.day.month, thing.day.day)
    return thing.name, thing.id, thing.park, day, AMOUNTS[code], None


def _put(book: Workbook, place: tuple[str, str], value: object) -> None:
    sheet, cell = place
    book[sheet][cell] = value


def below(cell: str, rows: int) -> str:
    """The address *rows* below *cell*, which has one letter."""
    return f"{cell[0]}{int(cell[1:]) + rows}"

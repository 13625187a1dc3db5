"""Asking the program as other programs do: a command, its exit code, its JSON."""

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from wyexcel.cli.main import main


class Answered(NamedTuple):
    code: int
    json: Any
    error: str


def ask(root: Path, *words: str) -> Answered:
    """Run `wyexcel -C root … --json -`."""
    out, error = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(error):
        code = main(["-C", str(root), *words, "--json", "-"])
    text = out.getvalue()
    return Answered(code, json.loads(text) if text else None, error.getvalue())


def slots(path: Path) -> list[dict[str, str]]:
    """The rows of a form's `_form` sheet, as any other program reads them."""
    rows = load_workbook(path)["_form"].iter_rows(values_only=True)
    heading = [str(name) for name in next(rows)]
    return [dict(zip(heading, map(str, row), strict=True)) for row in rows]


def fill(form: Path, target: Path, values: dict[tuple[str, str], object]) -> Path:
    """Fill *form* through `_form` with openpyxl, people included, and save it as *target*."""
    book = load_workbook(form)
    for slot in slots(form):
        key = (slot["element"], slot["park"])
        if slot["kind"] == "number" and key in values:
            book[slot["sheet"]][slot["cell"]] = values[key]
        elif slot["kind"] == "text" and any(
            word in slot["label"] for word in ("填表人", "审核人", "电话")
        ):
            book[slot["sheet"]][slot["cell"]] = "王五 0818-8600001"
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target


@contextmanager
def changing(root: Path, sheet: str) -> Iterator[Worksheet]:
    """A sheet of the master while a clerk changes it, who saves it then."""
    book = load_workbook(root / "master.xlsm", keep_vba=True)
    yield book[sheet]
    book.save(root / "master.xlsm")


def edit(root: Path, sheet: str, words: Sequence[object], column: str, value: object) -> None:
    """Change the master in the row of *sheet* with all *words*, below the heading *column*."""
    with changing(root, sheet) as page:
        row, columns = find(page, *words)
        page.cell(row, columns[column]).value = value


def find(page: Worksheet, *words: object) -> tuple[int, dict[str, int]]:
    """The row of a master's sheet that holds all *words*, and the columns of its heading row."""
    heading: dict[str, int] = {}
    for number, row in enumerate(page.iter_rows(values_only=True), 1):
        texts = [str(v).replace("\n", "") for v in row if v is not None]
        if {"序号", "方法", "项目名", "编号"} & set(texts):
            heading = {str(v).replace("\n", ""): at for at, v in enumerate(row, 1) if v is not None}
        if all(str(word) in texts for word in words):
            return number, heading
    raise LookupError(words)

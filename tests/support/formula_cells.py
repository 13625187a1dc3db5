"""Forms as files into whose cells formulas are put, just as a program's XML writes them."""

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from tests.support.forms import Answers, written
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.findings import Finding
from wyexcel.forms.filled import read_form
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.practice.rehearsal.file_rewrites import rewrite_part
from wyexcel.rules import all_rules

Formula = tuple[str, Any]
"""A formula without its `=`, or an element `<f …>`, and the result that is stored beside it."""


def cell_xml(cell: str, formula: Formula | None, style: str = "") -> str:
    """The element of *cell*; a result of None is none, a text is one; no *formula* is a blank."""
    if formula is None:
        return f'<c r="{cell}"{style}/>'
    text, stored = formula
    element = text if text.startswith("<f") else f"<f>{escape(text, quote=False)}</f>"
    if isinstance(stored, str):
        return f'<c r="{cell}"{style} t="str">{element}<v>{escape(stored)}</v></c>'
    value = "" if stored is None else f"<v>{stored!r}</v>"
    return f'<c r="{cell}"{style}>{element}{value}</c>'


def put(path: Path, formulas: Mapping[str, Formula | None], *, sheet: int = 1) -> Path:
    """The workbook at *path* with *formulas* in cells of the *sheet*th sheet that are there."""

    def change(xml: str) -> str:
        for cell, formula in formulas.items():
            pattern = re.compile(rf'<c r="{cell}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
            assert pattern.search(xml), cell
            xml = pattern.sub(lambda m, c=cell, f=formula: cell_xml(c, f, m[1] or ""), xml, count=1)
        return xml

    rewritten = rewrite_part(f"xl/worksheets/sheet{sheet}.xml", change, more={})
    path.write_bytes(rewritten(path.read_bytes()))
    return path


def reread(path: Path, answers: Answers) -> FilledForm:
    """The form at *path*, which is of the unit of *answers*, through the real reader."""
    book = read_workbook.read(path, need="_identity")
    assert isinstance(book, Book), book
    return read_form.read_form(book, answers.plan, answers.unit, answers.period)


def form_with(
    path: Path, answers: Answers, formulas: Mapping[str, Formula | None], *, sheet: int = 1
) -> FilledForm:
    """The form of *answers*, as a file with *formulas* in it, read again."""
    return reread(put(written(answers, path), formulas, sheet=sheet), answers)


def found(form: FilledForm) -> list[tuple[str, str, str | None]]:
    """Rule, severity and cell of all that is found within *form*."""
    return [(f.rule, f.severity.value, f.cell) for f in all_rules.validate(form)]


def findings(form: FilledForm) -> list[Finding]:
    """All that is found within *form*."""
    return all_rules.validate(form)

"""Rules of formulas: what they come to, where they take from, and those of the form itself."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from wyexcel.files.address import parse
from wyexcel.files.number_display import rounded
from wyexcel.files.reading.book import Book, CellValue, Place
from wyexcel.files.reading.formulas.check import fits
from wyexcel.files.reading.formulas.elsewhere import (
    HYPERLINK,
    Source,
    SourceKind,
    outside_source,
    resolved,
)
from wyexcel.files.reading.formulas.evaluate import Reckoner, Result
from wyexcel.files.reading.formulas.syntax import NotEvaluated, Value
from wyexcel.files.reading.typed_number import TypedKind, exact
from wyexcel.findings import Severity
from wyexcel.forms.filled import name_rows
from wyexcel.forms.filled.labels import value_at
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.value_in_words import in_words
from wyexcel.rules.rule import Family, Violation

FORMULAS: Final = Family[FilledForm]()

_ROWS_OF_LIST: Final = re.compile(r"(COUNTA[^!,]+![A-Z]+)\d+:([A-Z]+)\d+")
"""What is counted in a name list, whose rows somebody may add or take away."""
_MOST_SIGNS: Final = 2_000_000
"""How many signs of a workbook's formulas are looked through for what they take from."""

_NO_RESULT: Final = "没有计算结果，请改为直接填数，或在 Excel/WPS 中打开该文件按 Ctrl+S 保存后再报"
_OTHER_RESULT: Final = (
    "“{formula}”应得 {result}，文件里存的却是 {value}，不能采用。"
    "请改为直接填数，或在 Excel/WPS 中打开该文件，核对后按 Ctrl+S 保存再报"
)
_NOT_CHECKED: Final = (
    "“{formula}”无法核对，文件里存的结果是 {value}。请核对后改为直接填数，或在“说明”栏写明"
)


@FORMULAS.rule(
    "F06",
    Severity.ERROR,
    holds="填数字；填了公式的，结果要算过、算对",
    message="“{sheet}”{cell} 中的公式{problem}。",
)
def every_formula_was_calculated(form: FilledForm) -> Iterator[Violation]:
    """A formula in a number cell has its result beside it, and that is what it comes to.

    What cannot be reckoned here is asked about.
    """
    no_result = {"problem": _NO_RESULT}
    for entry, reading in form.odd_cells:
        if reading.kind is TypedKind.UNCALCULATED:
            yield Violation(entry.sheet, entry.cell, words=no_result)
    for sheet, cell in name_rows.places_in_lists(form.reading_order.name_lists, form.book.uncached):
        yield Violation(sheet, cell, words=no_result)
    for (sheet, cell), found in form.unconfirmed_formulas.items():
        result, value = found.comparison.result, found.stored
        words = {"formula": _shown(found.formula), "value": in_words(value)}
        if found.is_wrong:
            problem = _OTHER_RESULT.format(**words, result=in_words(_plain(result)))
            number = _plain(result) if isinstance(result, Fraction) else None
            suggestion = number if isinstance(number, Decimal) else None
            yield Violation(sheet, cell, value, suggestion, words={"problem": problem})
        elif found.is_unknown:
            problem = _NOT_CHECKED.format(**words)
            words = {"problem": problem}
            yield Violation(sheet, cell, value, words=words, severity=Severity.REVIEW)


def _shown(formula: str) -> str:
    """*formula* as people see it in its cell."""
    return in_words(formula if formula.startswith("{") else f"={formula}")


def _plain(result: Value) -> CellValue | Decimal:
    """*result* with as many digits as a program shows."""
    return exact(float(result)) if isinstance(result, Fraction) else result


_SOURCES: Final[Mapping[SourceKind, str]] = {
    SourceKind.FILE: "其他文件“{}”",
    SourceKind.PROGRAM: "其他程序“{}”（DDE）",
    SourceKind.FUNCTION: "文件以外的内容（函数 {}）",
}


def source_in_words(source: Source) -> str:
    """What a formula takes from, as a sentence says it."""
    return _SOURCES[source.kind].format(in_words(source.name))


@FORMULAS.rule(
    "F07",
    Severity.REVIEW,
    holds="公式不从别的文件、程序、网页取数",
    message="“{sheet}”{cell} 中的公式引用了{source}，数值可能不是最新，请改为直接填数。",
)
def no_formula_takes_from_elsewhere(form: FilledForm) -> Iterator[Violation]:
    """No formula of the workbook takes what it reckons from outside it; number cells come first.

    Beside a number cell that needs it, a cell that the form does not ask for is not told too.
    """
    asked: list[tuple[Place, Source]] = [
        (place, source)
        for place, found in form.unconfirmed_formulas.items()
        if (source := found.comparison.source) is not None
    ]
    told = {source for _, source in asked}
    silent = form.book.uncached | form.book.errors.keys() | dict(asked).keys()
    besides = [
        (place, source)
        for place, source in sources(form.book).items()
        if place not in silent and source not in told and source.name != HYPERLINK
    ]
    for (sheet, cell), source in (*asked, *besides):
        words = {"source": source_in_words(source)}
        yield Violation(sheet, cell, source.name, words=words)


def sources(book: Book) -> Mapping[Place, Source]:
    """What each formula of *book* takes from outside, where it does."""
    found: dict[Place, Source] = {}
    left = _MOST_SIGNS
    for place, text in (book.formulas or {}).items():
        left -= len(text)
        if left < 0:
            break
        source = outside_source(text)
        if source is not None:
            found[place] = resolved(source, book.links)
    return found


@FORMULAS.rule(
    "V13",
    Severity.ERROR,
    holds="自动计算的格不改动",
    message="“{sheet}”{cell} 应由公式计算（应得 {result}），现被手工改为“{value}”，"
    "请恢复公式 {formula}。",
)
def computed_cells_keep_their_formula(form: FilledForm) -> Iterator[Violation]:
    """A cell that was issued with a formula shows what that comes to still, or nothing.

    However it is written: a program rewrites it where a sheet was renamed, and its right value may
    be pasted over it.
    """
    written = form.book.formulas
    if written is None or form.labels.lost:
        return
    changed = [
        place
        for place, formula in form.layout.formulas.items()
        if not _is_untouched(form, place, formula, written.get(place))
    ]
    if not changed:
        return
    computed = _Computed(form)
    for sheet, cell in changed:
        formula, now = form.layout.formulas[sheet, cell], written.get((sheet, cell))
        wanted = computed.wanted(sheet, formula)
        shown = computed.shown(sheet, cell, now)
        if wanted and not any(_looks_like(form, cell, result, shown) for result in wanted):
            value = shown if now is None else f"={now}"
            words = {"formula": formula, "result": in_words(_plain(wanted[0].value))}
            yield Violation(sheet, cell, value, words=words)


def _is_untouched(form: FilledForm, place: Place, formula: str, now: str | None) -> bool:
    """Whether a computed cell has its formula still, in whatever spelling, or nothing at all.

    One that is not spelled out is taken for its own.
    """
    if now is not None:
        return not now or _normalized(now) == _normalized(formula)
    sheet, cell = place
    return value_at(form.book.sheets.get(sheet, []), *parse(cell)) is None


class _Computed:
    """What the computed cells of one form come to: by the values in its cells, and by formulas."""

    def __init__(self, form: FilledForm) -> None:
        self._book = form.book
        self._reckoners = Reckoner(form.book._replace(formulas=None)), Reckoner(form.book)

    def wanted(self, sheet: str, formula: str) -> list[Result]:
        """What *formula* comes to; nothing where a sheet is gone that it needs."""
        found = (_result(reckoner, formula, sheet) for reckoner in self._reckoners)
        return [result for result in found if result is not None]

    def shown(self, sheet: str, cell: str, now: str | None) -> CellValue:
        """What the cell shows: what the formula comes to that is there *now*, else its value."""
        result = None if now is None else _result(self._reckoners[1], now, sheet)
        if result is None:
            return value_at(self._book.sheets.get(sheet, []), *parse(cell))
        return float(result.value) if isinstance(result.value, Fraction) else result.value


def _result(reckoner: Reckoner, formula: str, sheet: str) -> Result | None:
    try:
        return reckoner.reckon(formula, sheet)
    except NotEvaluated:
        return None


def _looks_like(form: FilledForm, cell: str, result: Result, shown: CellValue) -> bool:
    """Whether *shown* is *result*, or is it with as many decimals as the cell shows."""
    if fits(result, shown):
        return True
    row = parse(cell)[0]
    decimals = (r.indicator.decimals for r in form.layout.supplement.progress_rows if r.row == row)
    if not isinstance(result.value, Fraction) or not isinstance(shown, float):
        return False
    return rounded(exact(shown), (places := next(decimals, 0))) == rounded(result.value, places)


@lru_cache(maxsize=1024)
def _normalized(formula: str) -> str:
    """*formula* without what programs write in different ways, and in rows of a list move."""
    kept = "".join(letter for letter in formula.upper() if letter not in "'$ =()")
    return _ROWS_OF_LIST.sub(r"\1:\2", kept.replace(";", ","))

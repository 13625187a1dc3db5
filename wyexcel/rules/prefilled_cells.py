"""Rules of what the office filled in when it issued a form: 上期累计, 上年同期 (P04, P05, S09)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from wyexcel.files.reading.book import CellValue
from wyexcel.files.reading.typed_number import exact
from wyexcel.findings import Severity
from wyexcel.forms.filled import issued_form
from wyexcel.forms.filled.known_cells import (
    Known,
    KnownCell,
    issued_value,
    known_cells,
    stands,
    value_in,
)
from wyexcel.forms.main_sheet import CLOSED
from wyexcel.forms.slot import FORM
from wyexcel.rules.history import FormWithHistory
from wyexcel.rules.rule import Family, Violation

PREFILLED_CELLS: Final = Family[FormWithHistory]()


class _Prefilled(NamedTuple):
    """A prefilled cell, the value in it, what was `issued` there, and what is adopted now (`then`).

    `issued` is None for a form that was issued before forms stated it.
    """

    place: KnownCell
    value: CellValue
    issued: str | None
    then: Decimal | None

    @property
    def number(self) -> Decimal | None:
        """The number that stands there, if it is one."""
        return exact(self.value) if isinstance(self.value, float) else None

    @property
    def is_as_issued(self) -> bool:
        """Whether it stands as it was issued, as far as that is known."""
        return stands(self.value, CLOSED if self.issued is None else self.issued)

    @property
    def is_another_number(self) -> bool:
        """Whether a number stands there that is not the one that was adopted."""
        return self.number is not None and self.then is not None and self.number != self.then


def _prefilled(compared: FormWithHistory, kind: Known) -> Iterator[_Prefilled]:
    """The cells of one *kind* that hold neither what was issued in words nor the adopted number."""
    form = compared.form
    before = compared.values_last if kind is Known.PREVIOUS else compared.values_year_ago
    for place in known_cells(form.layout, kind):
        value, issued = value_in(form, place), issued_value(form, place)
        if value == (CLOSED if issued is None else issued):
            continue
        cell = _Prefilled(place, value, issued, before.get(place.about))
        if (cell.then is None or cell.number != cell.then) and not issued_form.is_elsewhere(
            form, place.sheet, place.row, place.column
        ):
            yield cell


@PREFILLED_CELLS.rule(
    "P05",
    Severity.ERROR,
    holds="系统带出的上年同期数不改动",
    message="{cell}“{name}”上年同期应为 {then}（系统已带出），现为 {value}，{advice}。",
)
def a_prefilled_year_ago_value_stays(compared: FormWithHistory) -> Iterator[Violation]:
    """Last year's number on the form is the one that was adopted then.

    One that was right when the form was issued, and was corrected since, is asked about.
    """
    for cell in _prefilled(compared, Known.YEAR_AGO) if compared.year_ago else ():
        place, number = cell.place, cell.number
        if number is not None and cell.is_another_number:
            was_right = cell.is_as_issued or compared.was_prefilled_as_year_ago(place.about, number)
            is_stated = not was_right and cell.issued not in {None, CLOSED}
            words: dict[str, object] = {"name": place.name, "advice": _ADVICE[was_right]}
            words["then"] = cell.issued if is_stated else cell.then
            severity = Severity.REVIEW if was_right else None
            yield Violation(place.sheet, place.cell, cell.value, words=words, severity=severity)


_ADVICE: Final = {True: "是下发以后才更正的，请按更正数核对同比", False: "请勿改动"}


@PREFILLED_CELLS.rule(
    "P04",
    Severity.ERROR,
    holds="已定稿的上期累计数不改动",
    message="“{name}”{period} 已通报定稿为 {old}，现改为 {new}，须走“数据修订”。",
)
def a_prefilled_published_value_stays(compared: FormWithHistory) -> Iterator[Violation]:
    """What a form carries of a closed period (上期累计) is what was published of it."""
    for cell in _changed_published(compared):
        words: dict[str, object] = {"name": cell.place.name, "period": compared.history.period}
        words |= {"old": cell.then, "new": cell.number}
        yield Violation(cell.place.sheet, cell.place.cell, cell.value, words=words)


def _changed_published(compared: FormWithHistory) -> Iterator[_Prefilled]:
    """The cells of 上期累计 on 填报 that never said what was published of the last period."""
    for cell in _prefilled(compared, Known.PREVIOUS) if compared.history.last_is_closed else ():
        is_another = cell.place.sheet == FORM and cell.is_another_number
        if is_another and not _was_right_when_issued(compared, cell):
            yield cell


def _was_right_when_issued(compared: FormWithHistory, cell: _Prefilled) -> bool:
    """Whether a cell stands as it was issued, though another number was adopted since.

    A later revision never makes a form wrong.
    """
    if cell.is_as_issued:
        return True
    was_prefilled = (
        compared.was_prefilled_as_previous
        if cell.place.kind is Known.PREVIOUS
        else compared.was_prefilled_as_year_ago
    )
    return cell.number is not None and was_prefilled(cell.place.about, cell.number)


@PREFILLED_CELLS.rule(
    "S09",
    Severity.ERROR,
    holds="不改动系统带出的上期累计、上年同期",
    message="“{sheet}”{cell}“{name}”{kind}是系统带出的锁定单元格，下发时为“{issued}”，"
    "现为“{value}”，请恢复。",
)
def no_prefilled_cell_was_changed(compared: FormWithHistory) -> Iterator[Violation]:
    """What was filled in stands, whatever is told otherwise (P04, P05) left aside.

    Of a form that does not say what it was issued with it is only asked.
    """
    told = {cell.place for cell in _changed_published(compared)}
    for kind in (Known.PREVIOUS, Known.YEAR_AGO):
        for cell in _prefilled(compared, kind):
            is_told = cell.place in told or (kind is Known.YEAR_AGO and cell.is_another_number)
            if is_told or _was_right_when_issued(compared, cell):
                continue
            place, issued = cell.place, cell.issued
            words = {"name": place.name, "kind": kind.value}
            words["issued"] = issued or str(cell.then or CLOSED)
            written = issued_form.as_written(compared.form, place.sheet, place.cell, cell.value)
            severity = Severity.REVIEW if issued is None else None
            yield Violation(place.sheet, place.cell, written, words=words, severity=severity)

"""A unit's workbook as a submission: which form it is, and every value with its cell."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.errors import BadPeriod
from wyexcel.files.address import parse
from wyexcel.files.reading import typed_number
from wyexcel.files.reading.book import Book, CellValue, Place
from wyexcel.files.reading.runs import MixedText
from wyexcel.files.reading.serial_days import day_of_serial
from wyexcel.files.reading.typed_number import LIMIT, TypedKind, TypedNumber, exact
from wyexcel.forms import zone_totals
from wyexcel.forms.asked import ElementNumber, ListColumn, ProgressField
from wyexcel.forms.blank import issued_cells
from wyexcel.forms.filled.formula_checks import (
    NONE_UNCONFIRMED,
    UnconfirmedFormulas,
    unconfirmed_formulas,
)
from wyexcel.forms.filled.labels import ALL_IN_PLACE, Labels, check_labels, value_at
from wyexcel.forms.filled.name_rows import (
    NameRow,
    as_text,
    as_text_or_day,
    name_rows,
)
from wyexcel.forms.filled.reading_order import ReadingOrder, reading_order
from wyexcel.forms.filled.stated_layout import stated_layout
from wyexcel.forms.filled.stray_rows import StrayRow, sort_rows
from wyexcel.forms.layout import IDENTITY, Layout, layout
from wyexcel.forms.submission import Entry, ProgressNote, Submission, Vintage
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import WHOLE


class OddCell(NamedTuple):
    """A number cell in which something else stands than a number, and what that is."""

    entry: Entry
    reading: TypedNumber


class FilledForm(Struct, frozen=True, kw_only=True, dict=True):
    """One form as it came back: what rules look at; `today` is when they do.

    `adopted` says that it lies in the archive already.
    """

    plan: Plan
    book: Book
    layout: Layout
    labels: Labels
    submission: Submission
    odd_cells: tuple[OddCell, ...] = ()
    vintage: str = ""
    list_rows: tuple[NameRow, ...] = ()
    today: date | None = None
    adopted: bool = False
    unconfirmed_formulas: UnconfirmedFormulas = NONE_UNCONFIRMED
    stray_rows: tuple[StrayRow, ...] = ()

    @property
    def reading_order(self) -> ReadingOrder:
        """Where everything stands on the form that is read, in the order of reading."""
        return reading_order(self.layout)

    @cached_property
    def counting_entries(self) -> Mapping[str, tuple[Entry, ...]]:
        """The number cells that make up each element."""
        return zone_totals.counting_entries(self.submission)

    @cached_property
    def zone_values(self) -> Mapping[str, Decimal]:
        """What the form says of each element for the zone."""
        return zone_totals.zone_values(self.submission)

    @cached_property
    def stated_values(self) -> Mapping[str, str] | None:
        """What the form states that it was issued with, by place; None where it does not."""
        return issued_cells.stated_values(identity(self.book))

    def without_sheets(self) -> "FilledForm":
        """The form without the sheets it was read from: enough to hold it against other forms."""
        return replace(self, book=self.book._replace(sheets={}), odd_cells=())


def identity(book: Book) -> Mapping[str, str]:
    """What `_identity` says: format, plan, unit, period, form; empty where there is none."""
    return {
        row[0]: row[1]
        for row in book.sheets.get(IDENTITY, ())
        if len(row) > 1 and isinstance(row[0], str) and isinstance(row[1], str)
    }


def read_submission(book: Book, plan: Plan, period: Period) -> Submission:
    """What *book* says, if it is a form of a unit that reports; *period* where it names none.

    It was adopted as it stands: what its formulas come to is not asked again.
    """
    book = book._replace(formulas=None)
    stated = identity(book)
    unit = plan.unit_named(stated.get("unit", ""))
    form = read_form(book, plan, unit.name if unit else "", stated_period(stated) or period)
    return form.submission


def stated_period(stated: Mapping[str, str]) -> Period | None:
    """The period that `_identity` names, if it names one."""
    try:
        return Period.parse(stated.get("period", ""))
    except BadPeriod:
        return None


def read_form(
    book: Book, plan: Plan, unit: str, period: Period, *, today: date | None = None
) -> FilledForm:
    """Read the form of *unit*, which must be one that reports, as our layout or its own says."""
    ours = layout(plan, unit, period)
    is_ours = identity(book).get("form") == ours.fingerprint
    form = ours if is_ours else stated_layout(book.sheets, plan)
    labels = check_labels(form, book.sheets)
    order = reading_order(form)
    odd_cells: list[OddCell] = []
    unconfirmed = unconfirmed_formulas(book, form, labels)
    wrong = frozenset(place for place, found in unconfirmed.items() if found.is_wrong)
    entries = [_with_number(e, book, plan, odd_cells) for e in _entries(order, book, labels)]
    if wrong:
        entries = [_without_wrong_number(entry, wrong, odd_cells) for entry in entries]
    if labels is not ALL_IN_PLACE:
        entries = [_without_lost_list(entry, plan, labels) for entry in entries]
        odd_cells = [odd for odd in odd_cells if not _is_unreadable(odd.entry, labels)]
    rows, stray_rows = sort_rows(_list_rows(order, book, labels), plan)
    list_rows = tuple(_with_present_park(row, plan) for row in rows)
    if wrong:
        list_rows = tuple(_without_wrong_amount(row, wrong) for row in list_rows)
    vintage = _vintage(order, book, labels)
    submission = Submission(
        file=book.file,
        sha256=book.sha256,
        unit=unit,
        period=period,
        entries=tuple(e for e in entries if e.element not in plan.extra),
        items=tuple(row.item for row in list_rows if row.item.element not in plan.extra),
        extras=tuple(e for e in entries if e.element in plan.extra),
        progress_notes=dict(_progress_notes(order, book, labels)),
        asked={} if is_ours else _parks_asked(form),
        vintage=Vintage.FLASH if Vintage.FLASH in vintage else Vintage.FINAL,
        **dict(_signatures(order, book, labels)),
    )
    return FilledForm(
        plan=plan,
        book=book,
        layout=form,
        labels=labels,
        submission=submission,
        odd_cells=tuple(odd_cells),
        vintage=vintage,
        list_rows=list_rows,
        today=today,
        unconfirmed_formulas=unconfirmed,
        stray_rows=tuple(stray_rows),
    )


def _parks_asked(form: Layout) -> Mapping[str, int]:
    """Of how many places *form* asks for each element that it asks for park by park."""
    parks = {
        (slot.asks.element, slot.asks.park)
        for slot in form.slots
        if isinstance(slot.asks, ElementNumber) and slot.asks.park != WHOLE
    }
    return Counter(element for element, _ in parks)


def _entries(order: ReadingOrder, book: Book, labels: Labels) -> Iterator[Entry]:
    """Every number cell just as it was typed; one whose labels moved is blank."""
    for sheet, number_rows in order.number_rows.items():
        rows = book.sheets.get(sheet)
        if rows is None:
            continue
        for row, state_column, remark_column, cells in number_rows:
            values = rows[row] if row < len(rows) else []
            if labels.lost:
                values = [
                    None if labels.is_unreadable(sheet, row, column) else value
                    for column, value in enumerate(values)
                ]
            state, remark = _choice_in(values, state_column), _text_in(values, remark_column)
            if remark and typed_number.says_nothing(remark):
                remark = ""
            width = len(values)
            for column, element, park, cell in cells:
                raw = values[column] if column < width else None
                number = exact(raw) if type(raw) is float and -LIMIT < raw < LIMIT else None
                yield Entry(element, park, sheet, cell, raw, number, state, remark)


def _with_number(entry: Entry, book: Book, plan: Plan, odd_cells: list[OddCell]) -> Entry:
    """*entry* with the number that it says; what is no plain number is put to *odd_cells*."""
    if entry.number is not None and not (book.errors or book.uncached or book.percent):
        return entry
    place = (entry.sheet, entry.cell)
    if place in book.errors:
        entry = entry._replace(raw=book.errors[place], number=None)
        reading = TypedNumber(TypedKind.ERROR)
    elif place in book.uncached:
        reading = TypedNumber(TypedKind.UNCALCULATED)
    else:
        measure = plan.element[entry.element].measure
        reading = typed_number.interpret(entry.raw, measure, percent=place in book.percent)
        if place in book.mixed:
            reading = _unglued(reading, book.mixed[place], measure)
    if reading.number is not entry.number:
        entry = entry._replace(number=reading.number)
    if reading.kind is not TypedKind.NUMBER:
        odd_cells.append(OddCell(entry, reading))
    return entry


def _without_wrong_number(
    entry: Entry, wrong: Collection[Place], odd_cells: list[OddCell]
) -> Entry:
    """*entry* without a number where that is not what its formula comes to: told by that alone."""
    if (entry.sheet, entry.cell) not in wrong:
        return entry
    entry = entry._replace(number=None)
    odd_cells[:] = [odd for odd in odd_cells if odd.entry[:4] != entry[:4]]
    odd_cells.append(OddCell(entry, TypedNumber(TypedKind.MISCALCULATED)))
    return entry


def _without_wrong_amount(row: NameRow, wrong: Collection[Place]) -> NameRow:
    has = ListColumn.AMOUNT in row.typed
    if not has or (row.item.sheet, row.cell(ListColumn.AMOUNT)) not in wrong:
        return row
    return row._replace(item=row.item._replace(amount=None))


def _unglued(reading: TypedNumber, mixed: MixedText, measure: str) -> TypedNumber:
    """What a text of runs is that was read as one: no number; the unmarked ones are the guess."""
    if reading.kind not in {TypedKind.NUMERIC_TEXT, TypedKind.TEXT}:
        return reading
    plain = typed_number.interpret(mixed.unmarked, measure)
    return TypedNumber(TypedKind.TEXT, guess=plain.guess if plain.number is None else plain.number)


def _is_unreadable(entry: Entry, labels: Labels) -> bool:
    return labels.is_unreadable(entry.sheet, *parse(entry.cell))


def _without_lost_list(entry: Entry, plan: Plan, labels: Labels) -> Entry:
    """*entry* without a number where the name list that it counts could not be read."""
    element = plan.element[entry.element]
    unread = element.listed and labels.is_damaged(element.sheet)
    return entry._replace(number=None) if unread else entry


def _text_in(values: Sequence[CellValue], column: int) -> str:
    return as_text(values[column]) if 0 <= column < len(values) else ""


def _choice_in(values: Sequence[CellValue], column: int) -> str:
    """The word that was chosen there; spaces and marks are no part of it."""
    text = _text_in(values, column)
    return text and typed_number.bare_text(text)


def _signatures(order: ReadingOrder, book: Book, labels: Labels) -> Iterator[tuple[str, str]]:
    for field, sheet, row, column, _ in order.signatures:
        if not (labels.lost and labels.is_unreadable(sheet, row, column)):
            yield field.value, as_text_or_day(value_at(book.sheets.get(sheet, []), row, column))


def _progress_notes(
    order: ReadingOrder, book: Book, labels: Labels
) -> Iterator[tuple[int, ProgressNote]]:
    for no, sheet, row, columns in order.progress:
        rows = book.sheets.get(sheet)
        if rows is not None and not any(
            labels.is_unreadable(sheet, row, c) for c in columns.values()
        ):
            yield (
                no,
                ProgressNote(
                    **{f: _statement(f, value_at(rows, row, c)) for f, c in columns.items()}
                ),
            )


def _statement(field: ProgressField, value: CellValue) -> str:
    """What a field of a statement says; a day by its serial number as the day."""
    if field is ProgressField.STATE:
        return typed_number.bare_text(as_text(value))
    day = day_of_serial(value) if field is ProgressField.FINISH else None
    return as_text_or_day(value) if day is None else str(day)


def _vintage(order: ReadingOrder, book: Book, labels: Labels) -> str:
    """What the form says of how final it is; "" where it does not, or cannot be read."""
    place = order.vintage
    if place is None or labels.is_unreadable(place.sheet, place.row, place.column):
        return ""
    value = value_at(book.sheets.get(place.sheet, []), place.row, place.column)
    return typed_number.bare_text(as_text(value))


def _list_rows(order: ReadingOrder, book: Book, labels: Labels) -> Iterator[NameRow]:
    for area in order.name_lists:
        rows = book.sheets.get(area.sheet)
        if rows is not None and not labels.is_damaged(area.sheet):
            for row in name_rows(area, rows):
                yield _without_glued_amount(row, book) if book.mixed else row


def _without_glued_amount(row: NameRow, book: Book) -> NameRow:
    """*row* without an amount where that was glued together of several runs."""
    amount = row.cell(ListColumn.AMOUNT) if ListColumn.AMOUNT in row.typed else ""
    glued = (row.item.sheet, amount) in book.mixed
    return row._replace(item=row.item._replace(amount=None)) if glued else row


def _with_present_park(row: NameRow, plan: Plan) -> NameRow:
    """*row* with its park called as it is now."""
    park = plan.place_named(row.item.park) if plan.former_places else row.item.park
    return row if park == row.item.park else row._replace(item=row.item._replace(park=park))

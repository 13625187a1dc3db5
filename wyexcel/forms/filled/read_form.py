"""A unit's workbook as a submission: which form it is, and every value with its cell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from wyexcel.errors import BadPeriod
from wyexcel.files.address import parse
from wyexcel.files.reading import typed_number
from wyexcel.files.reading.book import Book, CellValue
from wyexcel.files.reading.typed_number import LIMIT, TypedKind, TypedNumber, exact
from wyexcel.forms import zone_totals
from wyexcel.forms.filled import labels, name_rows, reading_order, stated_layout
from wyexcel.forms.filled.labels import Standing, at
from wyexcel.forms.filled.name_rows import Line
from wyexcel.forms.filled.reading_order import Route
from wyexcel.forms.layout import IDENTITY, Layout, layout
from wyexcel.forms.submission import Account, Entry, Submission, Vintage
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.units import WHOLE


class Odd(NamedTuple):
    """A number cell in which something else stands than a number, and what that is."""

    entry: Entry
    reading: TypedNumber


class Filled(Struct, frozen=True, kw_only=True, dict=True):
    """One form as it came back: what rules look at; `today` is when they do.

    `adopted` says that it lies in the archive already.
    """

    plan: Plan
    book: Book
    layout: Layout
    standing: Standing
    submission: Submission
    odd: tuple[Odd, ...] = ()
    vintage: str = ""
    lines: tuple[Line, ...] = ()
    today: date | None = None
    adopted: bool = False

    @property
    def way(self) -> Route:
        """The way through the form: where everything stands that is read."""
        return reading_order.through(self.layout)

    @cached_property
    def parts(self) -> Mapping[str, tuple[Entry, ...]]:
        """The number cells that make up each element."""
        return zone_totals.parts(self.submission)

    @cached_property
    def wholes(self) -> Mapping[str, Decimal]:
        """What the form says of each element for the zone."""
        return zone_totals.wholes(self.submission)

    def lighter(self) -> "Filled":
        """The same without the sheets it was read from, to be held against other forms."""
        return replace(self, book=self.book._replace(sheets={}), odd=())


def identity(book: Book) -> Mapping[str, str]:
    """What `_identity` says: format, plan, unit, period, form; empty where there is none."""
    return {
        row[0]: row[1]
        for row in book.sheets.get(IDENTITY, ())
        if len(row) > 1 and isinstance(row[0], str) and isinstance(row[1], str)
    }


def submission(book: Book, plan: Plan, period: Period) -> Submission:
    """What *book* says, if it is a form of a unit that reports; *period* where it names none."""
    said = identity(book)
    unit = plan.unit_named(said.get("unit", ""))
    return filled(book, plan, unit.name if unit else "", stated_period(said) or period).submission


def stated_period(said: Mapping[str, str]) -> Period | None:
    """The period that `_identity` names, if it names one."""
    try:
        return Period.parse(said.get("period", ""))
    except BadPeriod:
        return None


def filled(
    book: Book, plan: Plan, unit: str, period: Period, *, today: date | None = None
) -> Filled:
    """Read the form of *unit*, which must be one that reports, as our layout or its own says."""
    ours = layout(plan, unit, period)
    is_ours = identity(book).get("form") == ours.fingerprint
    form = ours if is_ours else stated_layout.layout(book.sheets, plan)
    standing = labels.look(form, book.sheets)
    way = reading_order.through(form)
    odd: list[Odd] = []
    read = [_judged(e, book, plan, odd) for e in _entries(way, book, standing)]
    if standing is not labels.WHOLE_FORM:
        read = [_uncounted(entry, plan, standing) for entry in read]
        odd = [one for one in odd if not standing.hides(one.entry.sheet, *parse(one.entry.cell))]
    lines = tuple(_at_home(line, plan) for line in _lines(way, book, standing))
    vintage = _vintage(way, book, standing)
    said = Submission(
        file=book.file,
        sha256=book.sha256,
        unit=unit,
        period=period,
        entries=tuple(e for e in read if e.element not in plan.extra),
        items=tuple(line.item for line in lines if line.item.element not in plan.extra),
        extras=tuple(e for e in read if e.element in plan.extra),
        accounts=dict(_accounts(way, book, standing)),
        asked={} if is_ours else _asked(form),
        vintage=Vintage.FLASH if Vintage.FLASH in vintage else Vintage.FINAL,
        **dict(_people(way, book, standing)),
    )
    return Filled(
        plan=plan,
        book=book,
        layout=form,
        standing=standing,
        submission=said,
        odd=tuple(odd),
        vintage=vintage,
        lines=lines,
        today=today,
    )


def _asked(form: Layout) -> Mapping[str, int]:
    """Of how many places *form* asks for each element that it asks for park by park."""
    split = {(s.element, s.park) for s in form.slots if s.kind == "number" and s.park != WHOLE}
    return Counter(element for element, _ in split)


def _entries(way: Route, book: Book, standing: Standing) -> Iterator[Entry]:
    """Every number cell just as it was typed; one whose labels do not stand any more is blank."""
    for sheet, stretches in way.stretches.items():
        rows = book.sheets.get(sheet)
        if rows is None:
            continue
        for row, state_column, remark_column, stops in stretches:
            line = rows[row] if row < len(rows) else []
            if standing.lost:
                line = [None if standing.hides(sheet, row, c) else v for c, v in enumerate(line)]
            state, remark = _words(line, state_column), _words(line, remark_column)
            if remark and typed_number.says_nothing(remark):
                remark = ""
            width = len(line)
            for column, element, park, cell in stops:
                raw = line[column] if column < width else None
                number = exact(raw) if type(raw) is float and -LIMIT < raw < LIMIT else None
                yield Entry(element, park, sheet, cell, raw, number, state, remark)


def _judged(entry: Entry, book: Book, plan: Plan, odd: list[Odd]) -> Entry:
    """*entry* with the number that it says; what is no plain number is put to *odd*."""
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
    if reading.number is not entry.number:
        entry = entry._replace(number=reading.number)
    if reading.kind is not TypedKind.NUMBER:
        odd.append(Odd(entry, reading))
    return entry


def _uncounted(entry: Entry, plan: Plan, standing: Standing) -> Entry:
    """*entry* without a number where the name list that it counts could not be read."""
    element = plan.element[entry.element]
    unread = element.listed and standing.spoils(element.sheet)
    return entry._replace(number=None) if unread else entry


def _words(line: Sequence[CellValue], column: int) -> str:
    return name_rows.words(line[column]) if 0 <= column < len(line) else ""


def _people(way: Route, book: Book, standing: Standing) -> Iterator[tuple[str, str]]:
    for who, sheet, row, column, _ in way.people:
        if not (standing.lost and standing.hides(sheet, row, column)):
            yield who, name_rows.moment(at(book.sheets.get(sheet, []), row, column))


def _accounts(way: Route, book: Book, standing: Standing) -> Iterator[tuple[int, Account]]:
    for no, sheet, row, columns in way.accounts:
        rows = book.sheets.get(sheet)
        if rows is not None and not any(standing.hides(sheet, row, c) for c in columns.values()):
            yield no, Account(**{f: name_rows.moment(at(rows, row, c)) for f, c in columns.items()})


def _vintage(way: Route, book: Book, standing: Standing) -> str:
    """What the form says of how final it is; "" where it does not, or cannot be read."""
    place = way.vintage
    if place is None or standing.hides(place.sheet, place.row, place.column):
        return ""
    return name_rows.words(at(book.sheets.get(place.sheet, []), place.row, place.column))


def _lines(way: Route, book: Book, standing: Standing) -> Iterator[Line]:
    for roll in way.rolls:
        rows = book.sheets.get(roll.sheet)
        if rows is not None and not standing.spoils(roll.sheet):
            yield from name_rows.lines(roll, rows)


def _at_home(line: Line, plan: Plan) -> Line:
    """*line* with its park called as it is now."""
    park = plan.place_named(line.item.park) if plan.former_places else line.item.park
    return line if park == line.item.park else line._replace(item=line.item._replace(park=park))

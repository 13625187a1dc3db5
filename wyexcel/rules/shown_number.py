"""The numbers of a form whose cells may show something else, and whether they agree with it.

Few forms have any, so rules load this only then.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from wyexcel.files.address import a1
from wyexcel.files.reading import measure
from wyexcel.files.reading.book import CellValue
from wyexcel.files.reading.measure import Measure
from wyexcel.files.reading.shown_value import Shown, ShownKind, shown
from wyexcel.files.reading.typed_number import PERCENT, exact
from wyexcel.forms.asked import ListColumn
from wyexcel.forms.filled.labels import value_at
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.slot import FORM
from wyexcel.forms.value_in_words import in_words
from wyexcel.rules.agreement import Agreement, NumberAsShown

_AMOUNT: Final = "万元"
_WIDE: Final = Context(prec=400, rounding=ROUND_HALF_UP)


def agreement(there: Shown, number: Decimal, column: str) -> Agreement:
    """How *there*, what a cell shows, stands to its *number* in the measure of its *column*.

    >>> agreement(shown('0"万元"', 17.6), Decimal("17.6"), "亿元").name
    'OTHER_MEASURE'
    >>> agreement(shown('0!.0000"亿元"', 176000), Decimal(176000), "万元").name
    'SAME_IN_OTHER_MEASURE'
    """
    if there.kind is not ShownKind.NUMBER or there.number is None:
        return _OF_KIND.get(there.kind, Agreement.UNREADABLE)
    due, said = measure.measure(column), measure.stated(there.before, there.after, column)
    as_stored = _is(there.number, number)
    if said is None:
        agreed = Agreement.OTHER_MONEY if _is_other_money(there, due) else Agreement.SAME
        return agreed if as_stored else Agreement.OTHER_NUMBER
    if _same_thing(said, due) and _is(there.number, number.scaleb(due.power - said.power)):
        same = said.power == due.power or not number
        return Agreement.SAME if same else Agreement.SAME_IN_OTHER_MEASURE
    return Agreement.OTHER_MEASURE if as_stored else Agreement.OTHER_NUMBER


_OF_KIND: Final = {ShownKind.FRACTION: Agreement.SAME, ShownKind.NOTHING: Agreement.NOTHING}


def _is_other_money(there: Shown, due: Measure) -> bool:
    """Whether the sign of another money stands beside the number."""
    money = measure.money(there.before + there.after)
    return money != due.thing and measure.is_money(money) and measure.is_money(due.thing)


def _same_thing(said: Measure, due: Measure) -> bool:
    return not said.thing or not due.thing or said.thing == due.thing


def _is(read: Decimal, number: Decimal) -> bool:
    """Whether *read* is *number*, rounded to as many places as were shown."""
    exponent = read.as_tuple().exponent
    return number.quantize(Decimal(1).scaleb(int(exponent)), context=_WIDE) == read


def _meant(there: Shown, column: str) -> Decimal | None:
    """What *there* says in the measure of the *column*, where it names a measure."""
    said, due = measure.stated(there.before, there.after, column), measure.measure(column)
    if there.number is None or said is None or not _same_thing(said, due):
        return None
    return there.number.scaleb(said.power - due.power)


def numbers_as_shown(form: FilledForm) -> Iterator[NumberAsShown]:
    """The numbers of *form* that were read from cells which may show something else.

    A cell that nobody can see is not among them: what is not seen is not read.
    """
    looks = form.book.looks
    for sheet, cell, stored, number, column in _numbers(form):
        look = looks.get((sheet, cell))
        if look and look.code and not look.unseen and isinstance(stored, float | str):
            there = shown(look.code, f"{number:f}" if isinstance(stored, str) else stored)
            agreed, meant = agreement(there, number, column), _meant(there, column)
            yield NumberAsShown(sheet, cell, stored, column, there.text, agreed, meant)


def percentage_as_shown(code: str, stored: float) -> str:
    """What *code* shows of *stored*, with every digit where it only makes a percentage of it."""
    there, number = shown(code, stored), exact(stored) * 100
    same = agreement(there, number, PERCENT) is Agreement.SAME
    return f"{in_words(number)}{PERCENT}" if same else there.text


def _numbers(form: FilledForm) -> Iterator[tuple[str, str, CellValue, Decimal, str]]:
    """Sheet, cell, stored value, number and measure: number cells, last year's, list amounts."""
    elements = form.plan.element
    for entry in (*form.submission.entries, *form.submission.extras):
        if entry.number is not None:
            unit = elements[entry.element].measure
            yield entry.sheet, entry.cell, entry.raw, entry.number, unit
    rows, column = form.book.sheets.get(FORM, []), form.layout.main.year_ago_column
    for line in form.layout.main.rows:
        value, cell = value_at(rows, line.row, column), a1(line.row, column)
        if isinstance(value, float) and not form.labels.is_unreadable(FORM, line.row, column):
            percent = line.element.measure == PERCENT and (FORM, cell) in form.book.percent
            yield FORM, cell, value, exact(value) * (100 if percent else 1), line.element.measure
    for name in form.list_rows:
        amount = name.item.amount
        if amount is not None and ListColumn.AMOUNT in name.typed:
            cell = name.cell(ListColumn.AMOUNT)
            if (name.item.sheet, cell) not in form.book.percent:
                yield name.item.sheet, cell, name.typed[ListColumn.AMOUNT], amount, _AMOUNT

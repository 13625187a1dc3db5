"""Amounts that look as if they were typed in another measure, by the past and by the target."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.submission import Entry
from wyexcel.forms.zone_totals import sum_of
from wyexcel.plan.element import Element
from wyexcel.rules.against_target import Expectation, expectations
from wyexcel.rules.other_measure import by_size, guess

_TIMES_MORE: Final = (500, 50_000)
_TIMES_LESS: Final = (2_000, 50_000)
"""By how much a number is off in a mistaken measure (10³, 10⁴; 10⁻⁴), growth allowed for."""

_PART_OF_ALL: Final = Fraction(1, 100)
"""What is less than this part of a sum does not make it too large."""

_SIZE: Final = "请核对计量单位和位数"


class Compared(NamedTuple):
    """A number now, and what was said in the same place before, in the period called *before*.

    At the same pace that makes so many times as much by now.
    """

    entry: Entry
    now: Decimal
    then: Decimal
    pace: Fraction
    before: str

    @property
    def paced(self) -> Fraction:
        """What was said before, at the same pace until now."""
        return Fraction(self.then) * self.pace


class Slip(NamedTuple):
    """Cells of one element that are off by their measure, what they were held against, and advice.

    `fitting` is what they would say in the right one.
    """

    entries: tuple[Entry, ...]
    now: Decimal
    then: Decimal
    before: str
    advice: str
    fitting: Decimal | None


def by_history(form: FilledForm, compared: Mapping[str, Sequence[Compared]]) -> Iterator[Slip]:
    """The amounts that are off from what their own cells said before; one slip an element."""
    for code, there in compared.items():
        element = form.plan.element[code]
        slipped = [] if element.is_count else [c for c in there if _is_slip(c)]
        if slipped:
            alike = [c for c in slipped if _kind_of(c) == _kind_of(slipped[0])]
            yield _slip(element, alike, _expectation(form, code))


def _is_slip(compared: Compared) -> bool:
    """Whether a number is off by as much as where its measure was mistaken."""
    now, then = compared.now, compared.then
    if now * then <= 0:
        return False
    (least, most), (fewest, furthest) = _TIMES_MORE, _TIMES_LESS
    now, then = abs(now), abs(then)
    return then * least <= now <= then * most or now * fewest <= then <= now * furthest


def _kind_of(compared: Compared) -> tuple[str, bool, bool]:
    """What cells of one slip have in common: the same past, the same way, the same sign."""
    return compared.before, abs(compared.now) > abs(compared.then), compared.now > 0


def _expectation(form: FilledForm, code: str) -> Expectation | None:
    """What the target lets one expect of the element *code* alone."""
    submission = form.submission
    expected = expectations(form.plan, submission.unit, submission.period)
    return next((e for e in expected if e.indicator.numerator == (code,)), None)


def _slip(element: Element, slipped: Sequence[Compared], expectation: Expectation | None) -> Slip:
    now = sum((c.now for c in slipped), Decimal(0))
    then = sum((c.then for c in slipped), Decimal(0))
    before, entries = slipped[0].before, tuple(c.entry for c in slipped)
    held = Slip(entries, now, then, before, _SIZE, None)
    if expectation and expectation.allows(now) and not expectation.allows(then):
        other = by_size(then, Fraction(then) / Fraction(now), element.measure)
        blame = f"和年度目标相称，{before}的数{other.words if other else '有误'}，请核对"
        return held._replace(advice=blame)
    factor, paced = Fraction(now) / Fraction(then), sum((c.paced for c in slipped), Fraction(0))
    other = guess(now, factor, element.measure, paced=Fraction(now) / paced)
    if other is None:
        return held
    return held._replace(advice=f"{other.words}，请核对", fitting=other.fitting)


def by_target(form: FilledForm, known: frozenset[str]) -> Iterator[Slip]:
    """The amounts that are far off from what is due by the target; not again those *known*."""
    submission = form.submission
    for expectation in expectations(form.plan, submission.unit, submission.period):
        codes = expectation.indicator.numerator
        values = [form.zone_values.get(code) for code in codes]
        amount = sum((v for v in values if v is not None), Decimal(0))
        if None in values or not known.isdisjoint(codes) or expectation.allows(amount):
            continue
        entries = _cells_of(amount, [form.counting_entries[code] for code in codes])
        now = sum_of(entries) or amount
        held = Slip(entries, now, expectation.due, expectation.words, _SIZE, None)
        factor = Fraction(amount) / Fraction(expectation.due)
        other = by_size(now, factor, form.plan.element[codes[0]].measure)
        if other is not None:
            advice = f"{other.words}，请连同本表其他金额一并核对"
            held = held._replace(advice=advice, fitting=other.fitting)
        yield held


def _cells_of(amount: Decimal, rows: Sequence[tuple[Entry, ...]]) -> tuple[Entry, ...]:
    """The cells of one row that make the *amount* what it is."""
    row = max(rows, key=lambda entries: abs(sum_of(entries) or Decimal(0)))
    making = [e for e in row if e.number and abs(e.number) >= abs(Fraction(amount)) * _PART_OF_ALL]
    return tuple(making or row)

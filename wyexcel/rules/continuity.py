"""Rules of what goes on from the last report, and is not owed (R02, R07)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from wyexcel.files.address import parse
from wyexcel.findings import Severity
from wyexcel.forms.asked import ProgressField
from wyexcel.forms.filled.known_cells import issued_previous
from wyexcel.forms.zone_totals import zone_values
from wyexcel.plan.comparison_elements import summed
from wyexcel.rules.history import FormWithHistory
from wyexcel.rules.rule import Family, Violation
from wyexcel.rules.within_form import tolerance

CONTINUITY: Final = Family[FormWithHistory]()

_SUMMANDS: Final = 2


@CONTINUITY.rule(
    "R02",
    Severity.ERROR,
    holds="填了本期数的，上期累计＋本期数＝本期累计",
    message="“{sheet}”第 {row} 行“{name}”：上期（{period}）累计 {then}＋本期 {value}＝{sum}，"
    "与本期累计 {whole} 相差 {off}（允许 {allowed}），请核对。",
)
def a_running_total_is_the_last_plus_what_came_since(
    compared: FormWithHistory,
) -> Iterator[Violation]:
    """What was reported last and what has come since make what is reported now."""
    for entry in compared.form.submission.extras if compared.last else ():
        code = summed(entry.element)
        now, then, number = (
            compared.values_now.get(code),
            _previous(compared, code),
            entry.number,
        )
        if now is None or then is None or number is None:
            continue
        element = compared.form.plan.element[code]
        allowed, off = tolerance(element, _SUMMANDS), abs(then + number - now)
        if off > allowed and not _fits_otherwise(compared, code, now - number, allowed):
            words = {
                "row": parse(entry.cell)[0] + 1,
                "name": element.name,
                "period": compared.history.period,
                "then": then,
                "sum": then + number,
                "whole": now,
                "off": off,
                "allowed": allowed,
            }
            yield Violation(entry.sheet, entry.cell, number, now - then, words=words)


def _previous(compared: FormWithHistory, code: str) -> Decimal | None:
    """The last report of *code* as the form was issued with it, else as it is adopted now.

    What stands in the cell counts for nothing: somebody may have typed over it.
    """
    issued = issued_previous(compared.form, code)
    return compared.values_last.get(code) if issued is None else issued


def _fits_otherwise(
    compared: FormWithHistory, code: str, needed: Decimal, allowed: Decimal
) -> bool:
    """Whether what is *needed* was the last report too, before or after a revision of it."""
    unit = compared.form.submission.unit
    before = (zone_values(s) for s in compared.history.last_replaced() if s.unit == unit)
    values = (compared.values_last.get(code), *(values.get(code) for values in before))
    return any(value is not None and abs(value - needed) <= allowed for value in values)


@CONTINUITY.rule(
    "R07",
    Severity.REVIEW,
    holds="欠进度的原因、措施每期更新",
    message="“{sheet}”{cell} 的{field}与上期（{period}）完全相同，请更新。",
)
def an_explanation_is_a_new_one(compared: FormWithHistory) -> Iterator[Violation]:
    """Why an indicator lags is not explained in just the words of the last report."""
    if not compared.last:
        return
    for place in compared.form.reading_order.progress:
        now, then = (
            compared.form.submission.progress_notes.get(place.no),
            compared.last.progress_notes.get(place.no),
        )
        for field in (ProgressField.REASON, ProgressField.MEASURES) if now and then else ():
            words = getattr(now, field)
            if words and words == getattr(then, field):
                names = {"field": field.heading, "period": compared.history.period}
                yield Violation(place.sheet, place.cell(field), words, words=names)

"""Rules of how a unit tells that its indicators go on (进度说明: R06, R08, V14)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from wyexcel.findings import Severity
from wyexcel.forms.asked import ProgressField
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.filled.reading_order import ProgressCells
from wyexcel.forms.submission import ProgressNote
from wyexcel.forms.supplement import DONE, STATES
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Indicator
from wyexcel.plan.status import LAGGING
from wyexcel.progress import judge, measure
from wyexcel.progress.arithmetic import actual_and_target, shortfall
from wyexcel.progress.measure import Measurement
from wyexcel.rules.rule import Family, Violation

PROGRESS_NOTES: Final = Family[FilledForm]()

_EXPLANATIONS: Final = (ProgressField.REASON, ProgressField.MEASURES, ProgressField.FINISH)


@PROGRESS_NOTES.rule(
    "R06",
    Severity.ERROR,
    holds="本单位的数欠进度的，写明原因、措施和预计完成时间",
    message="“{name}”{gap}，请在“{sheet}”{cell} 填写{lacking}。",
)
def a_lag_is_explained(form: FilledForm) -> Iterator[Violation]:
    """Where a unit's own number lags, it says why, what it does about it, and until when."""
    for place, account, indicator in _stated_progress(form):
        blank = [field for field in _EXPLANATIONS if not getattr(account, field)]
        measurement = _measurement(form, indicator) if blank else None
        if measurement is not None and judge.status_of(measurement) in LAGGING:
            first, last = place.cell(blank[0]), place.cell(blank[-1])
            words = {
                "name": indicator.name,
                "gap": shortfall(
                    indicator, measurement.measured.expected, measurement.figures.actual
                ),
                "lacking": "、".join(field.heading for field in blank),
            }
            cell = first if first == last else f"{first}:{last}"
            yield Violation(place.sheet, cell, words=words)


@PROGRESS_NOTES.rule(
    "R08",
    Severity.ERROR,
    holds="完成数达到目标的，状态才选“已完成”",
    message="“{sheet}”{cell}“{name}”状态选“已完成”，但完成数 {actual}{measure} 未达到目标 "
    "{target}{measure}，请改状态或核对完成数。",
)
def what_is_done_has_reached_its_target(form: FilledForm) -> Iterator[Violation]:
    """Nothing is called done whose number falls short of the year's target."""
    for place, account, indicator in _stated_progress(form):
        measurement = _measurement(form, indicator) if account.state == DONE else None
        if measurement is not None and _is_short(measurement):
            actual, target = actual_and_target(measurement)
            words = {"name": indicator.name, "actual": actual, "target": target}
            words["measure"] = indicator.measure
            yield Violation(
                place.sheet, place.cell(ProgressField.STATE), account.state, words=words
            )


def _is_short(measurement: Measurement) -> bool:
    if measurement.figures.actual is None or not isinstance(measurement.set_target, Decimal):
        return False
    gap = measurement.measured.gap
    if measurement.indicator.kind is Kind.RATIO:
        return gap is not None and gap < 0
    return not measurement.is_reached


@PROGRESS_NOTES.rule(
    "V14",
    Severity.ERROR,
    holds="进度说明的状态从下拉框选",
    message="“{sheet}”{cell} “{value}”不在可选项中，请从下拉框选：{options}。",
)
def a_state_of_progress_is_one_of_the_list(form: FilledForm) -> Iterator[Violation]:
    """The state of an indicator is blank or one of the words of its drop-down list."""
    for place, account, _ in _stated_progress(form):
        if account.state and account.state not in STATES:
            words = {"options": "、".join(STATES)}
            yield Violation(
                place.sheet, place.cell(ProgressField.STATE), account.state, words=words
            )


def _measurement(form: FilledForm, indicator: Indicator) -> Measurement:
    return measure.measurement_of_unit(
        form.plan, indicator, form.submission.period, form.zone_values
    )


def _stated_progress(
    form: FilledForm,
) -> Iterator[tuple[ProgressCells, ProgressNote, Indicator]]:
    """Every indicator of the unit that the form asks about, with what it tells of it."""
    answered = {i.no: i for i in form.plan.answered_by(form.submission.unit)}
    for place in form.reading_order.progress:
        account, indicator = form.submission.progress_notes.get(place.no), answered.get(place.no)
        if account is not None and indicator is not None:
            yield place, account, indicator

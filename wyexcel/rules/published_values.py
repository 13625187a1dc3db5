"""The rule of closed periods: what was published stands until it is revised (P04)."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from wyexcel.findings import Severity
from wyexcel.forms import value_changes
from wyexcel.forms.asked import ListColumn
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.slot import FORM
from wyexcel.forms.value_changes import Change, ValuePlace
from wyexcel.forms.value_in_words import in_words
from wyexcel.rules.history import FormWithHistory
from wyexcel.rules.rule import Family, Violation

_Cell: TypeAlias = tuple[str, str | None]

_NOTHING: Final = "没有报"
_GONE: Final = "没有填"

PUBLISHED_VALUES: Final = Family[FormWithHistory]()


@PUBLISHED_VALUES.rule(
    "P04",
    Severity.ERROR,
    holds="已通报定稿的数不改动（要改走“数据修订”）",
    message="“{name}”{period} 已通报定稿为 {old}，现改为 {new}，须走“数据修订”。",
)
def what_was_published_stands(compared: FormWithHistory) -> Iterator[Violation]:
    """A form that comes for a closed period says what was published of it.

    A form that was adopted before the closing, or under a revision, is not asked again.
    """
    published, form = compared.history.published, compared.form
    if published is None or form.submission.sha256 in compared.history.kept:
        return
    unit, period = form.submission.unit, form.submission.period
    now = {unit: value_changes.values_of(form.submission, form.plan)}
    cells = _cells(form)
    for change in value_changes.changes({unit: published.get(unit, {})}, now):
        sheet, cell = _cell_of(form, change, cells)
        words = {"name": _name(form, change.place), "period": period}
        words |= {"old": change.old or _NOTHING, "new": change.new or _GONE}
        yield Violation(sheet, cell, change.new or None, words=words)


def _name(form: FilledForm, place: ValuePlace) -> str:
    """What was asked for there, and in which park or for which thing."""
    element = form.plan.element.get(place.element)
    name = element.name if element else place.element
    return f"{name}（{in_words(place.item or place.park)}）"


def _cells(form: FilledForm) -> Mapping[ValuePlace, tuple[str, str]]:
    """Sheet and cell of every number, and of the day of every list row, wherever its park is."""
    numbers = {ValuePlace(e.element, e.park): (e.sheet, e.cell) for e in form.submission.entries}
    lines = {
        ValuePlace(line.item.element, "", line.item.key): (
            line.item.sheet,
            line.cell(ListColumn.DATE),
        )
        for line in reversed(form.list_rows)
    }
    return {**numbers, **lines}


def _cell_of(
    form: FilledForm, change: Change, cells: Mapping[ValuePlace, tuple[str, str]]
) -> _Cell:
    """The cell that says it, or would; only the sheet for a list row that is gone."""
    place = change.place
    cell = cells.get(place._replace(park="").key if place.item else place)
    if cell is not None:
        return cell
    element = form.plan.element.get(place.element)
    return (element.sheet if element and place.item else FORM), None

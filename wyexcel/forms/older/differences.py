"""How a form that was issued earlier, or laid out otherwise, differs from the present one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from wyexcel.files.address import parse
from wyexcel.files.reading.book import Place
from wyexcel.forms.asked import PEOPLE, Asked, ElementNumber, FormField, NameListColumn, to_text
from wyexcel.forms.filled import stated_layout
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.layout import LIST_REQUIRED, Layout, elements_asked, layout
from wyexcel.forms.slot import Slot
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import WHOLE


class LayoutDifference(NamedTuple):
    """How an older layout differs, in sentences for its unit.

    `unasked` is owed now and was not asked for, `lacking` cannot be understood: either is why the
    form cannot stand for the present one; `changes` is the rest. `is_unrelated` is true where it
    has nothing in common with the present form.
    """

    unasked: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    is_unrelated: bool = False


SAME_LAYOUT: Final = LayoutDifference()


def layout_difference(form: FilledForm) -> LayoutDifference:
    """How the layout of *form* differs from the one that its unit has for its period now."""
    present = present_layout(form)
    if form.layout is present:
        return SAME_LAYOUT
    now, then = slots_by_question(present), slots_by_question(form.layout)
    return LayoutDifference(
        unasked=tuple(_unasked(form, then)),
        lacking=(
            *_other_measures(form),
            *_other_meanings(form),
            *_asked_twice(form, then),
            *_filled_for_unknown_parks(form),
        ),
        changes=(
            *_added(now, then, frozenset(_owed(form))),
            *_dropped(form),
            *_renamed(now, then),
        ),
        is_unrelated=not any(asked in then for asked in now if asked not in PEOPLE),
    )


def present_layout(form: FilledForm) -> Layout:
    """The layout that the unit of *form* has for its period now."""
    return layout(form.plan, form.submission.unit, form.submission.period)


def slots_by_question(form: Layout) -> Mapping[Asked, Slot]:
    """The slots of *form* by what they ask for."""
    return {slot.asks: slot for slot in form.slots}


def asked_in_several_cells(form: FilledForm) -> frozenset[Asked]:
    """What *form* asks for in several cells, those of parks that were merged aside."""
    former = form.plan.former_places
    counts = Counter(
        slot.asks
        for slot in form.layout.slots
        if not _is_of_merged_park(slot.asks, stated_layout.label_words(slot)[1], former)
    )
    return frozenset(asked for asked, count in counts.items() if count > 1)


def _is_of_merged_park(asks: Asked, heading: str, former: Mapping[str, str]) -> bool:
    """Whether *heading* is a former name of the park that is asked for."""
    return former.get(heading) == to_text(asks)[1]


def other_measures(form: FilledForm) -> Mapping[Place, str]:
    """The measure of each number that was filled in another than the present one, or 未写明."""
    if form.layout is present_layout(form):
        return {}
    stated = stated_layout.stated_measures(form.layout, form.book.sheets)
    others: dict[Place, str] = {}
    for slot in form.layout.slots:
        place, element = (slot.sheet, slot.cell), form.plan.element.get(slot.code)
        if place not in stated or element is None or stated[place] == element.measure:
            continue
        if not form.labels.is_unreadable(slot.sheet, *parse(slot.cell)):
            others[place] = stated[place] or "未写明"
    return others


def other_meanings(form: FilledForm) -> Mapping[str, str]:
    """The elements whose code then was that of something called like another element now."""
    elements = form.plan.element
    codes = {element.name: element.code for element in elements.values()}
    named = [(slot.code, stated_layout.label_words(slot)[0]) for slot in form.layout.slots]
    return {
        code: then
        for code, then in named
        if code in elements and then != elements[code].name and codes.get(then, code) != code
    }


def _owed(form: FilledForm) -> Iterator[Asked]:
    """What the unit must be asked for."""
    plan, unit = form.plan, form.submission.unit
    for element in elements_asked(plan, unit, form.submission.period):
        for park in plan.places if plan.splits(element, unit) else (WHOLE,):
            yield ElementNumber(element.code, park)
        for column in LIST_REQUIRED if element.listed else ():
            yield NameListColumn(element.code, column)
    yield from PEOPLE


def _unasked(form: FilledForm, then: Mapping[Asked, Slot]) -> Iterator[str]:
    """What is owed and has no cell: whole elements first, then columns and sheets of others."""
    owed: dict[str, list[Asked]] = {}
    for asked in _owed(form):
        owed.setdefault(to_text(asked)[0], []).append(asked)
    whole = [code for code, cells in owed.items() if not any(asked in then for asked in cells)]
    if whole:
        yield f"没有“{'、'.join(_name(code, form.plan) for code in whole)}”的填报格"
    rest = {code: cells for code, cells in owed.items() if code not in whole}
    lacking: dict[str, list[str]] = {}
    for code, cells in rest.items():
        for asked in cells:
            if asked not in then:
                column = _column(asked, form.plan)
                lacking.setdefault(column, []).append(_name(code, form.plan))
    split = [code for code, cells in rest.items() if any(map(_is_of_a_park, cells))]
    for column, names in lacking.items():
        which = "" if len(names) == len(split) else f"（{'、'.join(dict.fromkeys(names))}）"
        yield f"没有“{column}”栏{which}"


def _is_of_a_park(asked: Asked) -> bool:
    return isinstance(asked, ElementNumber) and asked.park != WHOLE


def _column(asked: Asked, plan: Plan) -> str:
    """Where what lacks would stand: the column of a park, or the sheet of a name list."""
    code, park, _ = to_text(asked)
    return park if isinstance(asked, ElementNumber) else plan.element[code].sheet


def _name(code: str, plan: Plan) -> str:
    return FormField(code).label if code in PEOPLE else plan.element[code].name


def _other_measures(form: FilledForm) -> Iterator[str]:
    """The elements that were filled in another measure than the present one."""
    measures: dict[str, str] = {}
    then_by_place = other_measures(form)
    for slot in form.layout.slots:
        if (slot.sheet, slot.cell) in then_by_place:
            measures.setdefault(slot.code, then_by_place[slot.sheet, slot.cell])
    for code, then in measures.items():
        element = form.plan.element[code]
        yield f"“{element.name}”的计量单位是“{then}”，现为“{element.measure}”"


def _other_meanings(form: FilledForm) -> Iterator[str]:
    """The elements that were asked for under the code of another one."""
    for code, then in other_meanings(form).items():
        yield f"旧表的“{then}”用的是“{form.plan.element[code].name}”的代码，不能对应"


def _asked_twice(form: FilledForm, then: Mapping[Asked, Slot]) -> Iterator[str]:
    for asked in sorted(asked_in_several_cells(form), key=to_text):
        yield f"“{then[asked].label}”有几个填报格，不能确定用哪一格"


def _filled_for_unknown_parks(form: FilledForm) -> Iterator[str]:
    """The parks that the plan does not know and for which something was filled in."""
    entries = form.submission.entries
    parks = (e.park for e in entries if e.number and not form.plan.is_place(e.park))
    for park in dict.fromkeys(parks):
        yield f"“{park}”栏填有数，现行表没有这个园区"


def _added(
    now: Mapping[Asked, Slot], then: Mapping[Asked, Slot], owed: frozenset[Asked]
) -> Iterator[str]:
    """The columns and the sheets that came in since, as far as nothing is owed there.

    What stands beside a cell that lacks altogether came in with it.
    """
    sheets = {slot.sheet for slot in then.values()}
    lacking = {to_text(asked)[0] for asked in owed} - {to_text(asked)[0] for asked in then}
    new = [
        slot
        for asked, slot in now.items()
        if asked not in then and asked not in owed and slot.code not in lacking
    ]
    names = dict.fromkeys(
        f"{stated_layout.label_words(slot)[1] or slot.label}”栏"
        if slot.sheet in sheets
        else f"{slot.sheet}”表"
        for slot in new
    )
    if names:
        yield f"现行表新增“{'、“'.join(names)}"


def _dropped(form: FilledForm) -> Iterator[str]:
    """What is not asked for any more."""
    codes = present_layout(form).codes
    slots = [slot for slot in form.layout.slots if slot.code not in codes]
    slots += stated_layout.slots_not_asked_now(form.book.sheets, form.plan)
    row_labels = (stated_layout.label_words(slot)[0] for slot in slots)
    names = dict.fromkeys(label for label in row_labels if label)
    if names:
        yield f"旧表的“{'、'.join(names)}”现在不报"


def _renamed(now: Mapping[Asked, Slot], then: Mapping[Asked, Slot]) -> Iterator[str]:
    """Words that were changed, and whether anything stands in another place."""
    both = [(then[asked], slot) for asked, slot in now.items() if asked in then]
    names = dict.fromkeys(
        pair
        for old, new in both
        for pair in zip(stated_layout.label_words(old), stated_layout.label_words(new), strict=True)
        if pair[0] != pair[1] and all(pair)
    )
    yield from (f"“{old}”现称“{new}”" for old, new in names)
    if any((old.sheet, old.cell) != (new.sheet, new.cell) for old, new in both):
        yield "部分填报格的位置不同"

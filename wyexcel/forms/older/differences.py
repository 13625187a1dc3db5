"""How a form that was issued earlier, or laid out otherwise, differs from the present one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from wyexcel.files.address import parse
from wyexcel.files.reading.book import Place
from wyexcel.forms.filled import stated_layout
from wyexcel.forms.filled.read_form import FilledForm
from wyexcel.forms.layout import LIST_REQUIRED, Layout, elements_asked, layout
from wyexcel.forms.main_sheet import PEOPLE
from wyexcel.forms.slot import Slot
from wyexcel.plan.plan import Plan
from wyexcel.plan.units import WHOLE

Key: TypeAlias = tuple[str, str, str]
"""What makes two cells mean the same: element, park, kind."""


class LayoutDifference(NamedTuple):
    """What differs: `unasked` is owed now and was not asked for, `lacking` cannot be understood.

    Either is why it cannot stand for the present form; `changes` is the rest. `strange` is true
    where it has nothing in common with the present form.
    """

    unasked: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    is_unrelated: bool = False


SAME_LAYOUT: Final = LayoutDifference()


def layout_difference(form: FilledForm) -> LayoutDifference:
    """How the layout of *form* differs from the one that its unit has for its period now."""
    ours = present_layout(form)
    if form.layout is ours:
        return SAME_LAYOUT
    here, there = slots_by_key(ours), slots_by_key(form.layout)
    return LayoutDifference(
        unasked=tuple(_unasked(form, there)),
        lacking=(
            *_other_measures(form),
            *_other_meanings(form),
            *_twice(form, there),
            *_in_foreign_parks(form),
        ),
        changes=(
            *_added(here, there, frozenset(_owed(form))),
            *_foreign(form),
            *_renamed(here, there),
        ),
        is_unrelated=not any(key in there for key in here if key[0] not in PEOPLE),
    )


def present_layout(form: FilledForm) -> Layout:
    """The layout that the unit of *form* has for its period now."""
    return layout(form.plan, form.submission.unit, form.submission.period)


def key(slot: Slot) -> Key:
    """What *slot* asks for."""
    return slot.element, slot.park, slot.kind


def slots_by_key(form: Layout) -> Mapping[Key, Slot]:
    """The slots of *form* by what they ask for."""
    return {key(slot): slot for slot in form.slots}


def asked_in_several_cells(form: FilledForm) -> frozenset[Key]:
    """What *form* asks for in several cells, those of parks that were merged aside."""
    places: Counter[Key] = Counter()
    for slot in form.layout.slots:
        if form.plan.former_places.get(stated_layout.label_words(slot)[1]) != slot.park:
            places[key(slot)] += 1
    return frozenset(what for what, times in places.items() if times > 1)


def other_measures(form: FilledForm) -> Mapping[Place, str]:
    """The measure of each number that was filled in another than the present one, or 未写明."""
    if form.layout is present_layout(form):
        return {}
    said = stated_layout.stated_measures(form.layout, form.book.sheets)
    found: dict[Place, str] = {}
    for slot in form.layout.slots:
        place, element = (slot.sheet, slot.cell), form.plan.element.get(slot.element)
        if place not in said or element is None or said[place] == element.measure:
            continue
        if not form.labels.is_unreadable(slot.sheet, *parse(slot.cell)):
            found[place] = said[place] or "未写明"
    return found


def other_meanings(form: FilledForm) -> Mapping[str, str]:
    """The elements whose code then was that of something called like another element now."""
    elements = form.plan.element
    codes = {element.name: element.code for element in elements.values()}
    named = [(slot.element, stated_layout.label_words(slot)[0]) for slot in form.layout.slots]
    return {
        code: then
        for code, then in named
        if code in elements and then != elements[code].name and codes.get(then, code) != code
    }


def _owed(form: FilledForm) -> Iterator[Key]:
    """What the unit must be asked for."""
    plan, unit = form.plan, form.submission.unit
    for element in elements_asked(plan, unit, form.submission.period):
        for park in plan.places if plan.splits(element, unit) else (WHOLE,):
            yield element.code, park, "number"
        for name in LIST_REQUIRED if element.listed else ():
            yield element.code, WHOLE, f"list:{name}"
    for who in PEOPLE:
        yield who, WHOLE, "text"


def _unasked(form: FilledForm, there: Mapping[Key, Slot]) -> Iterator[str]:
    """What is owed and has no cell."""
    owed = tuple(_owed(form))
    gone = [what for what in owed if what not in there]
    codes = dict.fromkeys(what[0] for what in owed)
    whole = [code for code in codes if _all_gone(code, owed, gone)]
    if whole:
        yield f"没有“{'、'.join(_name(code, form.plan) for code in whole)}”的填报格"
    parts: dict[str, list[str]] = {}
    for code, park, kind in gone:
        if code not in whole:
            what = park if kind == "number" else form.plan.element[code].sheet
            parts.setdefault(what, []).append(_name(code, form.plan))
    split = {code for code, park, _ in owed if park != WHOLE and code not in whole}
    for what, names in parts.items():
        which = "" if len(names) == len(split) else f"（{'、'.join(dict.fromkeys(names))}）"
        yield f"没有“{what}”栏{which}"


def _all_gone(code: str, owed: tuple[Key, ...], gone: list[Key]) -> bool:
    return all(what in gone for what in owed if what[0] == code)


def _name(code: str, plan: Plan) -> str:
    return PEOPLE[code] if code in PEOPLE else plan.element[code].name


def _other_measures(form: FilledForm) -> Iterator[str]:
    """The elements that were filled in another measure than the present one."""
    told: dict[str, str] = {}
    then_by_place = other_measures(form)
    for slot in form.layout.slots:
        if (slot.sheet, slot.cell) in then_by_place:
            told.setdefault(slot.element, then_by_place[slot.sheet, slot.cell])
    for code, then in told.items():
        element = form.plan.element[code]
        yield f"“{element.name}”的计量单位是“{then}”，现为“{element.measure}”"


def _other_meanings(form: FilledForm) -> Iterator[str]:
    """The elements that were asked for under the code of another one."""
    for code, then in other_meanings(form).items():
        yield f"旧表的“{then}”用的是“{form.plan.element[code].name}”的代码，不能对应"


def _twice(form: FilledForm, there: Mapping[Key, Slot]) -> Iterator[str]:
    for what in sorted(asked_in_several_cells(form)):
        yield f"“{there[what].label}”有几个填报格，不能确定用哪一格"


def _in_foreign_parks(form: FilledForm) -> Iterator[str]:
    """The parks that the plan does not know and for which something was filled in."""
    entries = form.submission.entries
    parks = (e.park for e in entries if e.number and not form.plan.is_place(e.park))
    for park in dict.fromkeys(parks):
        yield f"“{park}”栏填有数，现行表没有这个园区"


def _added(
    here: Mapping[Key, Slot], there: Mapping[Key, Slot], owed: frozenset[Key]
) -> Iterator[str]:
    """The columns and the sheets that came in since, as far as nothing is owed there.

    What stands beside a cell that lacks altogether came in with it.
    """
    sheets = {slot.sheet for slot in there.values()}
    gone = {what[0] for what in owed} - {what[0] for what in there}
    new = [
        slot
        for what, slot in here.items()
        if what not in there and what not in owed and what[0] not in gone
    ]
    names = dict.fromkeys(
        f"{stated_layout.label_words(slot)[1] or slot.label}”栏"
        if slot.sheet in sheets
        else f"{slot.sheet}”表"
        for slot in new
    )
    if names:
        yield f"现行表新增“{'、“'.join(names)}"


def _foreign(form: FilledForm) -> Iterator[str]:
    """What is not asked for any more."""
    asked_for = present_layout(form).elements
    slots = [slot for slot in form.layout.slots if slot.element not in asked_for]
    slots += stated_layout.slots_not_asked_now(form.book.sheets, form.plan)
    names = dict.fromkeys(
        stated_layout.label_words(slot)[0] for slot in slots if stated_layout.label_words(slot)[0]
    )
    if names:
        yield f"旧表的“{'、'.join(names)}”现在不报"


def _renamed(here: Mapping[Key, Slot], there: Mapping[Key, Slot]) -> Iterator[str]:
    """Words that were changed, and whether anything stands in another place."""
    both = [(there[what], slot) for what, slot in here.items() if what in there]
    names = dict.fromkeys(
        pair
        for then, now in both
        for pair in zip(
            stated_layout.label_words(then), stated_layout.label_words(now), strict=True
        )
        if pair[0] != pair[1] and all(pair)
    )
    yield from (f"“{then}”现称“{now}”" for then, now in names)
    if any((then.sheet, then.cell) != (now.sheet, now.cell) for then, now in both):
        yield "部分填报格的位置不同"

"""The form that a unit fills (填报表): described as sheets, for whoever writes them."""

from collections.abc import Mapping, Sequence

from wyexcel.files.writing.sheet import Part, Sheet, row
from wyexcel.findings import Requirement
from wyexcel.forms.blank import issued_cells, main_sheet, supplement
from wyexcel.forms.blank.guide import guide
from wyexcel.forms.blank.name_list import blank_name_list
from wyexcel.forms.blank.prefilled import NOTHING_PREFILLED, Prefilled, with_given_year_ago
from wyexcel.forms.layout import FORMAT, IDENTITY, SLOTS, Layout, layout
from wyexcel.forms.slot import SLOT_COLUMNS, slot_row
from wyexcel.period import Period
from wyexcel.plan.plan import Plan


def blank_form(
    plan: Plan,
    unit: str,
    period: Period,
    *,
    rules: Sequence[Requirement],
    known: Prefilled = NOTHING_PREFILLED,
) -> tuple[Sheet, ...]:
    """The blank form of *unit* for *period*: 填报, its name lists, 说明, and what programs read.

    *rules* are those that 说明 lists, *known* what stands in the form already.
    """
    form = layout(plan, unit, period)
    asking = asking_sheets(form, unit, plan, period, known=known)
    return (
        *asking,
        guide(form, unit, plan, period, rules=rules),
        _identity(form, unit, plan, period, issued_cells.stated(asking, form)),
        _slots(form),
    )


def asking_sheets(
    form: Layout, unit: str, plan: Plan, period: Period, *, known: Prefilled = NOTHING_PREFILLED
) -> tuple[Sheet, ...]:
    """The sheets of *form* that people fill, with what is *known*."""
    lists = (line.element for line in form.main.rows if line.element.listed)
    return (
        main_sheet.blank_main_sheet(
            form, unit, plan, period, known=with_given_year_ago(known, plan, period)
        ),
        *(
            blank_name_list(element, plan, period)
            for element in (*lists, *form.supplement.name_lists)
        ),
        supplement.blank_supplement(form, period, known.previous),
    )


def _identity(
    form: Layout, unit: str, plan: Plan, period: Period, issued: Mapping[str, str]
) -> Sheet:
    stated = {
        "format": FORMAT,
        "plan": plan.version,
        "unit": unit,
        "period": str(period),
        "form": form.fingerprint,
        **issued,
    }
    rows = tuple(row(Part.PLAIN, key, value) for key, value in stated.items())
    return Sheet(name=IDENTITY, rows=rows, widths=(30, 60), hidden=True)


def _slots(form: Layout) -> Sheet:
    rows = (
        row(Part.PLAIN, *SLOT_COLUMNS),
        *(row(Part.PLAIN, *slot_row(slot)) for slot in form.slots),
    )
    return Sheet(
        name=SLOTS, rows=rows, widths=(20,) * len(SLOT_COLUMNS), inline_strings=True, hidden=True
    )

"""The sheet of a form on which a unit lists things by name (名单)."""

from typing import Final

from wyexcel.files.address import column_name
from wyexcel.files.writing.sheet import Cell, Choice, Page, Part, Row, Sheet, row, spread
from wyexcel.forms.asked import ListColumn
from wyexcel.forms.layout import LIST_ROWS
from wyexcel.forms.slot import LIST_FIRST_ROW, LIST_MOST_ROWS
from wyexcel.period import Period
from wyexcel.plan.element import Element, Kind
from wyexcel.plan.plan import Plan

_HINT: Final = (
    "{definition}名称、代码、园区{day}必填；日期写成 2025-09-30 的样子。画好的行不够，接着往下填。"
)
_WIDTHS: Final = (12.0, 72.0, 56.0, 24.0, 26.0, 29.0, 38.0)
_PARTS: Final = {
    ListColumn.PARK: Part.INPUT_CENTRE,
    ListColumn.DATE: Part.INPUT_DATE,
    ListColumn.AMOUNT: Part.INPUT_NUMBER,
}


def blank_name_list(element: Element, plan: Plan, period: Period) -> Sheet:
    """The list sheet of *element*, with rows prepared and parks to choose from."""
    width = len(ListColumn) + 1
    park = column_name(1 + [*ListColumn].index(ListColumn.PARK))
    day = "、日期" if element.kind is Kind.COUNT else ""
    hint = _HINT.format(definition=element.definition, day=day)
    return Sheet(
        name=element.sheet,
        rows=(
            spread(Part.TITLE, f"{element.name}名单（{period.title}）", width, height=36),
            spread(Part.NOTE, hint, width, height=30),
            row(Part.HEADING, "序号", *(element.columns[c] for c in ListColumn), height=26),
            *(_blank(number) for number in range(1, LIST_ROWS + 1)),
        ),
        widths=_WIDTHS,
        page=Page(repeat=(LIST_FIRST_ROW - 1, LIST_FIRST_ROW - 1)),
        freeze=(LIST_FIRST_ROW, 2),
        choices=(
            Choice(
                area=f"{park}{LIST_FIRST_ROW + 1}:{park}{LIST_FIRST_ROW + LIST_MOST_ROWS}",
                options=plan.places,
            ),
        ),
        protected=True,
        open_ended=True,
    )


def _blank(number: int) -> Row:
    cells = (Cell(value=None, part=_PARTS.get(c, Part.INPUT)) for c in ListColumn)
    return Row((Cell(value=number, part=Part.CENTRE), *cells), 20)

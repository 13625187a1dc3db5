"""填报, the main sheet of a form: which row asks for what, and what stands in which column."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from wyexcel.files.address import a1
from wyexcel.forms.asked import PEOPLE, ElementNumber, FormField, RowRemark, RowState
from wyexcel.forms.slot import FORM, LabelPosition, Slot
from wyexcel.forms.submission import Vintage
from wyexcel.plan.element import Element
from wyexcel.plan.plan import Indicator
from wyexcel.plan.responsible_units import WHOLE

NOT_APPLICABLE: Final = "不适用"
STATES: Final = ("正常", "不详", NOT_APPLICABLE)
MEASURE: Final = "计量单位"
STATE: Final = "状态"
REMARK: Final = "说明"
CLOSED: Final = "—"
TOTAL: Final = "全区合计"
VINTAGES: Final = tuple(Vintage)

HEAD_ROW: Final = 1
OF_UNIT: Final = "填报单位：{}"
OF_PERIOD: Final = "报告期：{}"
HEADING_ROW: Final = 4
SUBHEADING_ROW: Final = 5
FIRST_ROW: Final = 6
INDICATOR_COLUMN: Final = 1
NAME_COLUMN: Final = 2
MEASURE_COLUMN: Final = 3
FIRST_VALUE_COLUMN: Final = 4
PEOPLE_COLUMNS: Final = dict(zip(PEOPLE, (2, 4, 6), strict=True))
DAY_COLUMN: Final = PEOPLE_COLUMNS[FormField.PHONE]
VINTAGE_COLUMN: Final = PEOPLE_COLUMNS[FormField.PREPARER]


class FormRow(NamedTuple):
    """One row of 填报: the element it asks for, under which indicator, in which row from 0."""

    row: int
    indicator: Indicator
    element: Element


class MainSheet(NamedTuple):
    """The rows of 填报, one for each element that is asked for, and the parks with a column."""

    rows: tuple[FormRow, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def split(self) -> bool:
        """Whether it asks for numbers park by park."""
        return len(self.columns) > 1

    @property
    def vintage_row(self) -> int:
        """The row that asks how final its numbers are."""
        return self.people_row + 1

    @property
    def people_row(self) -> int:
        """The row that asks who filled it."""
        return FIRST_ROW + len(self.rows) + 1

    @property
    def day_row(self) -> int:
        """The row that asks when it was filled."""
        return self.people_row + 3

    @property
    def previous_column(self) -> int:
        """The column of 上期累计."""
        return FIRST_VALUE_COLUMN + len(self.columns)

    @property
    def year_ago_column(self) -> int:
        """The column of 上年同期."""
        return self.previous_column + 1

    @property
    def state_column(self) -> int:
        """The column of 状态."""
        return self.previous_column + 2

    @property
    def remark_column(self) -> int:
        """The column of 说明, the last one."""
        return self.previous_column + 3

    def heading(self, park: str) -> str:
        """What stands over the column of *park*."""
        return TOTAL if park == WHOLE and self.split else park

    def measure(self, element: Element) -> str:
        """In what to fill *element*, and how where the columns alone would not say it."""
        if element.listed:
            return f"{element.measure}\n按名单数"
        if self.split and not element.by_park:
            return f"{element.measure}\n只填全区"
        return element.measure

    @property
    def row_slots(self) -> Iterator[Slot]:
        """The cells of each row that are to be filled."""
        for row, _, element in self.rows:
            for column, park in enumerate(self.columns, FIRST_VALUE_COLUMN):
                if is_open(element, park):
                    label = f"{element.name} / {self.heading(park)}"
                    asks = ElementNumber(element.code, park)
                    yield Slot(asks, FORM, a1(row, column), label)
            cell, label = a1(row, self.state_column), f"{element.name} / {STATE}"
            yield Slot(RowState(element.code), FORM, cell, label)
            cell, label = a1(row, self.remark_column), f"{element.name} / {REMARK}"
            yield Slot(RowRemark(element.code), FORM, cell, label)

    @property
    def signature_slots(self) -> Iterator[Slot]:
        """The cells below: who filled it, when, and how final its numbers are."""
        for field, row, column in self._form_fields:
            yield Slot(field, FORM, a1(row, column), field.label)

    @property
    def _form_fields(self) -> Iterator[tuple[FormField, int, int]]:
        """What the form asks of itself, with the row and the column of each answer."""
        for person, column in PEOPLE_COLUMNS.items():
            yield person, self.people_row, column
        yield FormField.FILLED_ON, self.day_row, DAY_COLUMN
        yield FormField.VINTAGE, self.vintage_row, VINTAGE_COLUMN

    @property
    def closed(self) -> Iterator[tuple[tuple[str, str], str]]:
        """The cells of parks that must stay empty, and the element whose they are."""
        for row, _, element in self.rows:
            for column, park in enumerate(self.columns, FIRST_VALUE_COLUMN):
                if not is_open(element, park):
                    yield (FORM, a1(row, column)), element.code

    @property
    def locked(self) -> Iterator[tuple[tuple[str, str], str]]:
        """The words beside a row's label that must stay: its indicator and its measure."""
        for row, indicator, element in self.rows:
            if row == FIRST_ROW or self.rows[row - FIRST_ROW - 1].indicator is not indicator:
                yield (FORM, a1(row, INDICATOR_COLUMN)), indicator.name
            yield (FORM, a1(row, MEASURE_COLUMN)), self.measure(element)

    @property
    def labels(self) -> Iterator[LabelPosition]:
        """The words that must still stand beside or above its cells."""
        for row, _, element in self.rows:
            yield LabelPosition(FORM, row, NAME_COLUMN, element.name, above=False)
        for field, row, column in self._form_fields:
            yield LabelPosition(FORM, row, column - 1, field.label, above=False)
        for column, park in enumerate(self.columns, FIRST_VALUE_COLUMN):
            yield LabelPosition(FORM, SUBHEADING_ROW, column, self.heading(park), above=True)
        yield LabelPosition(FORM, HEADING_ROW, self.state_column, STATE, above=True)
        yield LabelPosition(FORM, HEADING_ROW, self.remark_column, REMARK, above=True)


def is_open(element: Element, park: str) -> bool:
    """Whether *element* may be filled in the column of *park*."""
    return park == WHOLE or element.by_park

"""What an input cell of a form asks for, and the text by which `_form` says so (contract.md)."""

from enum import StrEnum
from typing import Final, TypeAlias

from msgspec import Struct

from wyexcel.plan.responsible_units import WHOLE

_LIST: Final = "list:"
"""How the kind of a cell begins with which a column of a name list begins."""


class InputKind(StrEnum):
    """How a cell is filled that stands alone."""

    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"


class ListColumn(StrEnum):
    """The columns of a name list (名单), in their order; what stands over them is the plan's."""

    NAME = "name"
    ID = "id"
    PARK = "park"
    DATE = "date"
    AMOUNT = "amount"
    NOTE = "note"


class ProgressField(StrEnum):
    """What a unit states of an indicator's progress (进度说明), in the order of its columns."""

    STATE = "state"
    REASON = "reason"
    MEASURES = "measures"
    FINISH = "finish"

    @property
    def heading(self) -> str:
        """What stands over its column."""
        return _HEADINGS[self]


_HEADINGS: Final = {
    ProgressField.STATE: "状态",
    ProgressField.REASON: "原因",
    ProgressField.MEASURES: "措施",
    ProgressField.FINISH: "预计完成时间",
}


class FormField(StrEnum):
    """What a form asks of itself: who filled it, when, and how final its numbers are."""

    PREPARER = "preparer"
    REVIEWER = "reviewer"
    PHONE = "phone"
    FILLED_ON = "filled_on"
    VINTAGE = "vintage"

    @property
    def label(self) -> str:
        """What stands beside its cell."""
        return _LABELS[self]


_LABELS: Final = {
    FormField.PREPARER: "填表人",
    FormField.REVIEWER: "审核人",
    FormField.PHONE: "联系电话",
    FormField.FILLED_ON: "填报日期",
    FormField.VINTAGE: "数据性质",
}

PEOPLE: Final = (FormField.PREPARER, FormField.REVIEWER, FormField.PHONE)
"""Who must be named on every form."""

SIGNATURES: Final = (*PEOPLE, FormField.FILLED_ON)
"""Who filled the form, and when; only the day may be left out."""


class ElementNumber(Struct, frozen=True):
    """The number of an element in one park, or for the zone."""

    element: str
    park: str


class RowState(Struct, frozen=True):
    """The 状态 of the row of an element."""

    element: str


class RowRemark(Struct, frozen=True):
    """The 说明 of the row of an element."""

    element: str


class NameListColumn(Struct, frozen=True):
    """The column of a name list that begins in the cell."""

    element: str
    column: ListColumn


class ProgressStatement(Struct, frozen=True):
    """What a unit states of the progress of one indicator, which is known by its number."""

    field: ProgressField
    indicator: int


AboutElement: TypeAlias = ElementNumber | RowState | RowRemark | NameListColumn
Asked: TypeAlias = AboutElement | ProgressStatement | FormField


def to_text(asked: Asked) -> tuple[str, str, str]:
    """*asked* as `_form` says it: the code of an element or of another question, park, kind.

    >>> to_text(NameListColumn("C09", ListColumn.DATE))
    ('C09', '全区', 'list:date')
    """
    match asked:
        case ElementNumber(element, park):
            return element, park, InputKind.NUMBER.value
        case RowState(element):
            return element, WHOLE, InputKind.CHOICE.value
        case RowRemark(element):
            return element, WHOLE, InputKind.TEXT.value
        case NameListColumn(element, column):
            return element, WHOLE, f"{_LIST}{column}"
        case ProgressStatement(field, indicator):
            kind = InputKind.CHOICE if field is ProgressField.STATE else InputKind.TEXT
            return f"{field}.{indicator}", WHOLE, kind.value
        case FormField():
            kind = InputKind.CHOICE if asked is FormField.VINTAGE else InputKind.TEXT
            return asked.value, WHOLE, kind.value


def from_text(code: str, park: str, kind: str) -> Asked | None:
    """What a row of `_form` asks for; None where it is not just what `to_text` writes."""
    asked = _meant(code, park, kind)
    return asked if asked is not None and to_text(asked) == (code, park, kind) else None


_FORM_FIELDS: Final = frozenset(FormField)
_PROGRESS_FIELDS: Final = frozenset(ProgressField)
_LIST_COLUMNS: Final = frozenset(ListColumn)


def _meant(code: str, park: str, kind: str) -> Asked | None:
    name, _, number = code.partition(".")
    if code in _FORM_FIELDS:
        return FormField(code)
    if name in _PROGRESS_FIELDS and number.isdecimal():
        return ProgressStatement(ProgressField(name), int(number))
    return _about_element(code, park, kind)


def _about_element(code: str, park: str, kind: str) -> AboutElement | None:
    match kind:
        case InputKind.NUMBER:
            return ElementNumber(code, park)
        case InputKind.CHOICE:
            return RowState(code)
        case InputKind.TEXT:
            return RowRemark(code)
        case _:
            column = kind.removeprefix(_LIST)
            return NameListColumn(code, ListColumn(column)) if column in _LIST_COLUMNS else None

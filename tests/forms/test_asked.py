"""What a cell asks for is written as `_form` has it and read from there, and nothing else is."""

import pytest

from wyexcel.forms.asked import (
    Asked,
    ElementNumber,
    FormField,
    ListColumn,
    NameListColumn,
    ProgressField,
    ProgressStatement,
    RowRemark,
    RowState,
    from_text,
    to_text,
)
from wyexcel.forms.layout import Layout, layout
from wyexcel.forms.slot import LabelPosition, Slot, slot_from_row, slot_row
from wyexcel.period import Period
from wyexcel.plan import official

WRITTEN: dict[tuple[str, str, str], Asked] = {
    ("C02", "官渡", "number"): ElementNumber("C02", "官渡"),
    ("C02.single", "全区", "number"): ElementNumber("C02.single", "全区"),
    ("C02", "全区", "choice"): RowState("C02"),
    ("C02", "全区", "text"): RowRemark("C02"),
    ("C09", "全区", "list:name"): NameListColumn("C09", ListColumn.NAME),
    ("C09", "全区", "list:id"): NameListColumn("C09", ListColumn.ID),
    ("C09", "全区", "list:park"): NameListColumn("C09", ListColumn.PARK),
    ("C09", "全区", "list:date"): NameListColumn("C09", ListColumn.DATE),
    ("C09", "全区", "list:amount"): NameListColumn("C09", ListColumn.AMOUNT),
    ("C09", "全区", "list:note"): NameListColumn("C09", ListColumn.NOTE),
    ("state.12", "全区", "choice"): ProgressStatement(ProgressField.STATE, 12),
    ("reason.12", "全区", "text"): ProgressStatement(ProgressField.REASON, 12),
    ("measures.12", "全区", "text"): ProgressStatement(ProgressField.MEASURES, 12),
    ("finish.12", "全区", "text"): ProgressStatement(ProgressField.FINISH, 12),
    ("preparer", "全区", "text"): FormField.PREPARER,
    ("reviewer", "全区", "text"): FormField.REVIEWER,
    ("phone", "全区", "text"): FormField.PHONE,
    ("filled_on", "全区", "text"): FormField.FILLED_ON,
    ("vintage", "全区", "choice"): FormField.VINTAGE,
}


@pytest.mark.parametrize(("text", "asked"), WRITTEN.items())
def test_every_question_has_the_text_that_issued_forms_have(
    text: tuple[str, str, str], asked: Asked
) -> None:
    assert to_text(asked) == text
    assert from_text(*text) == asked


@pytest.mark.parametrize(
    "text",
    [
        ("C02", "全区", ""),
        ("C02", "全区", "Number"),
        ("C02", "全区", "date"),
        ("C02", "全区", "name"),
        ("C09", "全区", "list:"),
        ("C09", "全区", "list:colour"),
        ("C09", "白沙", "list:name"),
        ("C02", "白沙", "choice"),
        ("reason.12", "全区", "number"),
        ("reason.12", "白沙", "text"),
        ("reason.012", "全区", "text"),
        ("preparer", "全区", "number"),
        ("vintage", "全区", "text"),
    ],
)
def test_text_that_no_issued_form_has_asks_for_nothing(text: tuple[str, str, str]) -> None:
    assert from_text(*text) is None


def test_questions_about_one_element_differ_by_what_they_ask() -> None:
    assert len({RowState("C02"), RowRemark("C02"), ElementNumber("C02", "全区")}) == 3


def test_every_slot_of_every_form_comes_back_from_its_row() -> None:
    plan = official.load()
    for unit in plan.reporting:
        slots = layout(plan, unit, Period(2025, 9)).slots

        assert [slot_from_row(slot_row(slot)) for slot in slots] == list(slots)


def test_a_row_of_another_length_states_no_slot() -> None:
    assert slot_from_row(("C02", "全区", "填报", "E7", "number")) is None


def test_the_fingerprint_is_that_of_the_forms_that_were_issued_first() -> None:
    number, remark = ElementNumber("C02", "官渡"), RowRemark("C02")
    form = Layout(
        slots=(
            Slot(number, "填报", "E7", "产值 / 官渡"),
            Slot(remark, "填报", "F7", "产值 / 说明"),
        ),
        sheets=("填报",),
        labels=(LabelPosition("填报", 6, 2, "产值", above=False),) * 2,
        locked={("填报", "D7"): "万元"},
    )

    assert form.fingerprint == "28fd89263bd56f36"

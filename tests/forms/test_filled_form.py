import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.forms import (
    COMMITTEE,
    INDUSTRY,
    PARKS,
    PERIOD,
    PLAN,
    SCIENCE,
    TRADE,
    WHOLE,
    Answers,
)
from tests.support.forms import book as made
from tests.support.places import at
from wyexcel.forms import zone_totals
from wyexcel.forms.filled import read_form
from wyexcel.period import Period
from wyexcel.rules import all_rules


def read(answers: Answers) -> read_form.FilledForm:
    return read_form.read_form(made(answers), answers.plan, answers.unit, answers.period)


@given(
    value=st.decimals(min_value=-(10**9), max_value=10**9, places=4) | st.none(),
    park=st.sampled_from(PARKS),
)
def test_whatever_was_typed_comes_back_exactly_with_its_cell(
    value: Decimal | None, park: str
) -> None:
    typed = None if value is None else float(value)
    there = read(Answers(typed={("C02", park): typed})).submission

    [entry] = [e for e in there.entries if (e.element, e.park) == ("C02", park)]
    assert entry.number == value
    assert (entry.sheet, entry.cell) == ("填报", f"{'EFGHI'[PARKS.index(park)]}8")
    assert entry.raw == typed


def test_every_owed_number_is_an_entry_even_when_blank() -> None:
    there = read(Answers(unit=SCIENCE, typed={("C06", WHOLE): None})).submission

    assert {e.element: e.number for e in there.entries} == {"C07": 5, "C06": None, "C12": 0}


def test_state_and_remark_go_with_every_number_of_their_row() -> None:
    answers = Answers(states={"C02": "正常"}, remarks={"C02": "快报"})

    entries = [e for e in read(answers).submission.entries if e.element == "C02"]

    assert {(e.state, e.remark) for e in entries} == {("正常", "快报")}
    assert [e.park for e in entries] == [*PARKS, WHOLE]


def test_list_rows_keep_their_place_and_their_digits() -> None:
    rows = [
        ("富硒茶", " 2403-511781 ", "白沙", "2025-03-28", 6800, ""),
        (),
        ("石灰石", 2403511781040003.0, "官渡", "2025/7/30", "12,500", "二期"),
    ]

    items = read(Answers(lists={"C09": rows})).submission.items

    assert [(i.row, i.cell, i.name, i.id, i.park) for i in items] == [
        (3, at("C09", "name"), "富硒茶", "2403-511781", "白沙"),
        (5, at("C09", "name", row=3), "石灰石", "2403511781040003", "官渡"),
    ]
    assert [i.amount for i in items] == [6800, 12500]
    assert items[1].day is not None
    assert str(items[1].day) == "2025-07-30"


def test_who_filled_it_is_read_as_words() -> None:
    people = {"preparer": " 张三 ", "phone": "08188600000"}

    there = read(Answers(unit=TRADE, people=people)).submission

    assert (there.preparer, there.reviewer, there.phone) == ("张三", "李四", "08188600000")


def test_an_archived_form_is_read_without_being_told_whose_it_is() -> None:
    book = made(Answers(unit=INDUSTRY, period=Period(2025, 6)))

    there = read_form.read_submission(book, PLAN, PERIOD)

    assert (there.unit, there.period) == (INDUSTRY, Period(2025, 6))
    assert len(there.entries) == 7


def test_a_form_says_each_element_for_the_whole_zone() -> None:
    rows = [("甲", "1", "白沙", "2025-01-08"), ("甲", "1", "白沙", "2025-01-08")]
    answers = Answers(
        typed={("C02", "青花"): 0.1, ("C02", "官渡"): 0.2, ("C09", WHOLE): None},
        lists={"C09": rows},
    )

    whole = zone_totals.zone_values(read(answers).submission)

    assert whole["C02"] == Decimal("30.3")
    assert whole["C09"] == 1
    assert whole["C14"] == 10


def test_a_sum_over_parks_that_lacks_one_is_no_number() -> None:
    whole = zone_totals.zone_values(read(Answers(typed={("C02", "青花"): None})).submission)

    assert "C02" not in whole


def test_the_zone_alone_counts_where_its_parks_are_not_known() -> None:
    parks = {("C05", park): None for park in PARKS}
    unknown = {"states": {"C05": "不详"}, "remarks": {"C05": "分园区数月底才出"}}
    answers = Answers(typed={**parks, ("C05", WHOLE): 331000}, **unknown)  # type: ignore[arg-type]

    assert all_rules.validate(read(answers)) == []
    assert zone_totals.zone_values(read(answers).submission)["C05"] == 331000


@pytest.mark.slow
def test_the_largest_form_is_collected_and_checked_in_well_under_a_few_milliseconds() -> None:
    book = made(Answers(unit=COMMITTEE))
    all_rules.validate(read_form.read_form(book, PLAN, COMMITTEE, PERIOD))
    begun = time.process_time()

    for _ in range(200):
        all_rules.validate(read_form.read_form(book, PLAN, COMMITTEE, PERIOD))

    assert (time.process_time() - begun) / 200 < 0.0035

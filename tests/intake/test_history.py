"""A period after another in one workspace: what was adopted before is what forms are held to."""

from pathlib import Path

from tests.support.answers import ask
from tests.support.forms import COMMITTEE, TRADE, WHOLE, Answers, written
from wyexcel.archive.workspace import Workspace
from wyexcel.intake import history
from wyexcel.period import Period
from wyexcel.stages import read_plan

DECEMBER = Period(2025, 12)


def came(demo: Path, value: float) -> None:
    """市商务局's form for December with *value* of C14 in the inbox; it said 4 in September."""
    inbox = demo / "报送" / str(DECEMBER)
    inbox.mkdir(parents=True)
    form = Answers(unit=TRADE, typed={("C14", WHOLE): value}, period=DECEMBER)
    written(form, inbox / "a.xlsx")


def rules_of(demo: Path) -> list[str]:
    findings = ask(demo, "check", str(DECEMBER)).json["findings"]
    return [finding["rule"] for finding in findings if finding["unit"] == TRADE]


def test_a_form_is_held_to_what_its_unit_said_last(demo: Path) -> None:
    came(demo, 3)

    assert rules_of(demo) == ["P01"]


def test_a_form_that_goes_on_is_in_order(demo: Path) -> None:
    came(demo, 5)

    assert rules_of(demo) == []


def test_what_was_adopted_is_known_by_period_and_unit(demo: Path) -> None:
    plan = read_plan.plan_of(Workspace(demo))

    there = history.read_history(Workspace(demo), plan, DECEMBER)
    next_year = history.read_history(Workspace(demo), plan, Period(2026, 9))

    assert there.period == Period(2025, 9)
    assert set(there.last) == set(plan.reporting)
    assert (there.year_ago, there.counted) == ({}, {})
    assert next_year.period is None
    assert set(next_year.year_ago) == set(plan.reporting)
    assert next_year.counted["C09", "2403-511781-04-01-000001"] == 2025
    assert COMMITTEE in next_year.year_ago


def test_a_units_level_is_known_from_eight_periods_on(demo: Path) -> None:
    workspace = Workspace(demo)
    for month in (*range(1, 9), 11):
        home = demo / "报送" / f"2025-{month:02}"
        home.mkdir(parents=True)
        form = Answers(unit=TRADE, typed={("C14", WHOLE): 4}, period=Period(2025, month))
        written(form, home / "a.xlsx")
        assert history.read_history(workspace, read_plan.plan_of(workspace), DECEMBER).past() == {}
        if month < 8 and month != 1:
            ask(demo, "merge", f"2025-{month:02}")
    ask(demo, "merge", "2025-08")

    past = history.read_history(workspace, read_plan.plan_of(workspace), DECEMBER).past()

    assert past[TRADE]["C14"] == [(month, 4) for month in range(2, 10)]
    assert set(past) == set(read_plan.plan_of(workspace).reporting)

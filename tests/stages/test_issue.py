"""下发: the due date that stands on the forms is settled when they are issued."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from wyexcel.archive import due_dates
from wyexcel.archive.workspace import ARCHIVE, Workspace
from wyexcel.errors import CannotRead
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.schedule import due
from wyexcel.plan.working_days import Holiday
from wyexcel.stages import issue, new_workspace, read_plan

PERIOD = Period(2025, 9)


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    """A new workspace."""
    return new_workspace.create(tmp_path / "office")


def later(plan: Plan) -> Plan:
    """*plan* after the office learned of a holiday on the day on which reports are due."""
    holiday = Holiday(first=date(2025, 10, 10), last=date(2025, 10, 12))
    return replace(plan, settings=replace(plan.settings, holidays=(holiday,)))


def stated(office: Workspace) -> str:
    """What the head of an issued form says of its due date."""
    form = read_workbook.read(office.forms(PERIOD) / "市商务局.xlsx")
    assert isinstance(form, Book)
    cells = [str(value) for value in form.sheets["填报"][1] if value]
    return next(value for value in cells if value.startswith("报送截止"))


def test_a_later_calendar_does_not_change_the_date_of_issued_forms(office: Workspace) -> None:
    issue.issue(office, read_plan.plan_of(office), PERIOD)

    plan = read_plan.with_due_dates(office, later(read_plan.plan_of(office)))

    assert stated(office) == "报送截止：2025年10月10日"
    assert due(plan, PERIOD) == date(2025, 10, 10)
    assert due(plan, Period(2025, 10)) == date(2025, 11, 10)


def test_forms_that_are_issued_again_get_the_date_of_now(office: Workspace) -> None:
    issue.issue(office, read_plan.plan_of(office), PERIOD)

    issue.issue(office, later(read_plan.plan_of(office)), PERIOD)

    assert stated(office) == "报送截止：2025年10月13日"
    assert due(read_plan.plan_of(office), PERIOD) == date(2025, 10, 13)


def test_a_due_date_says_nothing_of_the_plan_itself(office: Workspace) -> None:
    plan = read_plan.plan_of(office)

    issue.issue(office, plan, PERIOD)

    assert read_plan.plan_of(office).fingerprint == plan.fingerprint


def test_a_damaged_list_is_refused_with_what_to_do(office: Workspace) -> None:
    issue.issue(office, read_plan.plan_of(office), PERIOD)
    (office.root / ARCHIVE / ".报送截止.csv").write_text("period\n2025-09\n")

    with pytest.raises(CannotRead, match=r"报送截止日，现在读不懂.*从备份恢复"):
        due_dates.due_dates(office)

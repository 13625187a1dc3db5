"""What was derived of an archived period: believed while it fits, deleted at will, no truth."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from wyexcel.archive import archived_forms, derived
from wyexcel.archive.workspace import ARCHIVE, Workspace
from wyexcel.errors import CannotRead
from wyexcel.files.reading.book import Book
from wyexcel.files.reading.refusal import Unreadable
from wyexcel.forms.filled import open_forms
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.forms.submission import Submission
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.plan.settings import Given, GivenKind
from wyexcel.practice import demo as season
from wyexcel.stages import assess, read_plan

NEXT = Period(2025, 12)
"""A later period of the demonstration's year."""


@pytest.fixture
def office(demo: Path) -> Workspace:
    """The demonstration, of which nothing is derived yet."""
    workspace = Workspace(demo)
    shutil.rmtree(kept_in(workspace), ignore_errors=True)
    return workspace


@pytest.fixture
def plan(office: Workspace) -> Plan:
    return read_plan.plan_of(office)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every file that is opened as a form from now on."""
    paths_opened: list[Path] = []
    books = open_forms.books

    def noting(
        paths: Sequence[Path], plan: Plan, *, tell: Tell | None = None
    ) -> Iterator[Book | Unreadable]:
        paths_opened.extend(paths)
        return books(paths, plan, tell=tell)

    monkeypatch.setattr(open_forms, "books", noting)
    return paths_opened


def kept_in(workspace: Workspace) -> Path:
    return workspace.root / ARCHIVE / derived.FOLDER


def adopted(workspace: Workspace, plan: Plan) -> tuple[Submission, ...]:
    return archived_forms.adopted(workspace, plan, season.PERIOD)


def test_an_archived_form_is_opened_once_and_says_the_same_again(
    office: Workspace, plan: Plan, opened: list[Path]
) -> None:
    first = adopted(office, plan)
    once = len(opened)

    again = adopted(office, plan)

    assert once == len(first) == 5
    assert len(opened) == once
    assert again == first


def test_what_is_deleted_is_derived_again(office: Workspace, plan: Plan) -> None:
    first = adopted(office, plan)
    kept = sorted(kept_in(office).iterdir())
    shutil.rmtree(kept_in(office))

    again = adopted(office, plan)

    assert again == first
    assert sorted(kept_in(office).iterdir()) == kept


@pytest.mark.parametrize("place", [0, 40, 70, -1])
def test_a_file_in_which_a_byte_was_changed_is_not_believed(
    office: Workspace, plan: Plan, opened: list[Path], place: int
) -> None:
    first = adopted(office, plan)
    opened.clear()
    [path] = kept_in(office).iterdir()
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)

    assert adopted(office, plan) == first
    assert len(opened) == len(first)


def test_a_file_that_was_cut_short_is_not_believed(office: Workspace, plan: Plan) -> None:
    first = adopted(office, plan)
    [path] = kept_in(office).iterdir()
    for length in (0, 10, 64, 100):
        path.write_bytes(path.read_bytes()[:length])

        assert adopted(office, plan) == first


def test_an_original_that_was_touched_is_told_although_its_numbers_are_remembered(
    office: Workspace, plan: Plan
) -> None:
    submission = adopted(office, plan)[0]
    original = office.archive(season.PERIOD) / submission.file
    original.write_bytes(original.read_bytes() + b" ")

    with pytest.raises(CannotRead, match=submission.file):
        adopted(office, plan)


def test_a_plan_that_reads_forms_otherwise_has_them_opened_again(
    office: Workspace, plan: Plan, opened: list[Path]
) -> None:
    adopted(office, plan)
    opened.clear()
    unit = plan.units[0]
    renamed = replace(plan, units=(replace(unit, former=("旧名",)), *plan.units[1:]))

    adopted(office, renamed)

    assert len(opened) == 5


def test_what_the_office_judges_by_leaves_the_forms_as_they_were_read(
    office: Workspace, plan: Plan, opened: list[Path]
) -> None:
    adopted(office, plan)
    opened.clear()
    row = Given(no=2, year=2025, item=GivenKind.YEAR_AGO, park=WHOLE, value=Decimal(16))
    judging = replace(
        plan, given=(*plan.given, row), settings=replace(plan.settings, escalate=True)
    )

    adopted(office, judging)

    assert opened == []


def test_another_program_derives_for_itself(
    office: Workspace, plan: Plan, opened: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted(office, plan)
    opened.clear()
    monkeypatch.setattr(derived, "_program", lambda: b"another")

    adopted(office, plan)

    assert len(opened) == 5


def test_every_room_that_decides_what_is_derived_counts_for_it() -> None:
    program = (
        "import sys; import wyexcel.stages.earlier_standings\n"
        "names = [m.split('.') for m in sys.modules if m.startswith('wyexcel.')]\n"
        "print(*{name[1] for name in names if len(name) > 2})"
    )
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)

    assert {*ran.stdout.decode().split()} <= {*derived._DERIVING}  # noqa: SLF001


def test_where_nothing_can_be_kept_everything_is_derived_each_time(
    office: Workspace, plan: Plan
) -> None:
    kept_in(office).write_bytes(b"")  # a file where the folder would be

    assert adopted(office, plan) == adopted(office, plan)


def later(workspace: Workspace, plan: Plan) -> dict[int, tuple[object, int]]:
    """How indicators stand a quarter later by the same numbers, and for how many periods."""
    manifest = workspace.archive(season.PERIOD)
    shutil.copytree(manifest, workspace.archive(NEXT), dirs_exist_ok=True)
    submissions = [replace(s, period=NEXT) for s in adopted(workspace, plan)]
    standings = assess.stands(workspace, plan, NEXT, submissions)
    return {s.indicator.no: (s.status, s.periods_behind) for s in standings}


def test_how_indicators_stood_is_judged_once_and_anew_where_it_may_differ(
    office: Workspace, plan: Plan
) -> None:
    first = later(office, plan)
    remembered = later(office, plan)
    met = replace(
        plan,
        indicators=tuple(
            replace(i, targets={**i.targets, 2025: Decimal(1)}) if i.no == 2 else i
            for i in plan.indicators
        ),
    )

    assert remembered == first
    assert first[2][1] == 2
    assert later(office, met)[2][1] == 0
    assert later(office, plan) == first

"""A whole run: what a stage knows is handed to the next, and the archive alone says the same."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from wyexcel.archive import archived_forms
from wyexcel.files.reading.book import Book
from wyexcel.files.reading.refusal import Unreadable
from wyexcel.forms.filled import open_forms
from wyexcel.forms.filled.open_forms import Tell
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.practice import demo
from wyexcel.practice.rehearsal.rehearse import make_rehearsal
from wyexcel.stages import assess, read_plan
from wyexcel.stages.run import run

Reads = Counter[Path]

SECOND_QUARTER = Period(2026, 6)
"""The period that a rehearsal is about."""


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """How often each file was opened as a form from now on."""
    counted: Reads = Counter()
    books = open_forms.books

    def counting(
        paths: Sequence[Path], plan: Plan, *, tell: Tell | None = None
    ) -> Iterator[Book | Unreadable]:
        counted.update(paths)
        return books(paths, plan, tell=tell)

    monkeypatch.setattr(open_forms, "books", counting)
    return counted


def test_a_run_reads_each_form_of_the_inbox_once(tmp_path: Path, reads: Reads) -> None:
    made = make_rehearsal(tmp_path / "演练")
    inbox = set(made.workspace.inbox(SECOND_QUARTER).iterdir())
    reads.clear()

    run(made.workspace, read_plan.plan_of(made.workspace), SECOND_QUARTER)

    assert {path for path in reads if path in inbox}
    assert reads.total() == len(reads), reads.most_common(3)


def test_a_second_run_reads_each_archived_form_once(tmp_path: Path, reads: Reads) -> None:
    workspace = demo.make_demo(tmp_path / "示例")
    plan = read_plan.plan_of(workspace)
    run(workspace, plan, demo.PERIOD)
    reads.clear()

    run(workspace, plan, demo.PERIOD)

    assert {path.parent.parent.name for path in reads} >= {"归档"}
    assert reads.total() == len(reads), reads.most_common(3)


def test_what_a_run_hands_on_is_what_the_archive_says(tmp_path: Path) -> None:
    workspace = demo.make_demo(tmp_path / "示例")
    plan = read_plan.plan_of(workspace)

    done = run(workspace, plan, demo.PERIOD)

    assert done.assessed.standings == assess.standings_of(workspace, plan, demo.PERIOD)
    assert {s.file: s for s in done.merged.submissions} == {
        s.file: s for s in archived_forms.adopted(workspace, plan, demo.PERIOD)
    }

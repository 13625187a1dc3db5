"""Any order of files gives the same season: however they lie, are called, or are merged in turn."""

import os
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import load_workbook

from tests.support.answers import ask
from tests.support.forms import (
    COMMITTEE,
    INDUSTRY,
    INVESTMENT,
    PERIOD,
    PLAN,
    SCIENCE,
    TRADE,
    WHOLE,
    Answers,
    written,
)
from wyexcel.archive import manifest, returned_log
from wyexcel.archive.workspace import Workspace
from wyexcel.errors import CannotRead
from wyexcel.findings import Level
from wyexcel.forms.submission import Decision, Season
from wyexcel.intake import check_arrivals
from wyexcel.intake.arrivals import Arrival
from wyexcel.plan.plan import Plan
from wyexcel.progress import ledger
from wyexcel.stages import assess, check, merge

FIRST = datetime(2025, 10, 9, tzinfo=UTC)
BLANK = {("C09", WHOLE): None}
HERE = ("茶厂", "2025-001", "白沙", "2025-03-28", 6800)
THERE = ("茶厂", "2025-001", "官渡", "2025-03-28", 6800)

SENT = {
    "经信局错": Answers(unit=INDUSTRY, typed={("C02", WHOLE): "约50"}),
    "科技局": Answers(unit=SCIENCE),
    "经信局": Answers(unit=INDUSTRY, typed=BLANK, lists={"C09": [THERE]}),
    "商务局": Answers(unit=TRADE),
    "管委会": Answers(unit=COMMITTEE, typed=BLANK, lists={"C09": [HERE]}),
    "商务局更正": Answers(unit=TRADE, typed={("C14", WHOLE): 11}),
    "管委会更正": Answers(unit=COMMITTEE, typed=BLANK, lists={"C09": [THERE]}),
    "科技局错": Answers(unit=SCIENCE, typed={("C07", WHOLE): None}),
    "经信局改错": Answers(unit=INDUSTRY, typed=BLANK, lists={"C09": [HERE]}),
    "投促中心": Answers(unit=INVESTMENT),
}
"""What five units send, mistakes and corrections too; two disagree over a park."""

AGAIN = {"商务局又一遍": "商务局"}
"""What is sent a second time, byte for byte."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The files by name, all of them forms that say so themselves."""
    home = tmp_path_factory.mktemp("来件")
    made = {name: written(answers, home / f"{name}.xlsx") for name, answers in SENT.items()}
    return made | {name: made[same] for name, same in AGAIN.items()}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("工作目录")
    assert ask(root, "init", ".").code == 0
    return root


NAMES = (*SENT, *AGAIN)
ORDERS = st.permutations(NAMES)


def moment(name: str) -> datetime:
    """When a file came: one an hour, in the order of NAMES."""
    return FIRST + NAMES.index(name) * timedelta(hours=1)


def checked(files: Mapping[str, Path], lying: Sequence[str], called: Sequence[str]) -> Season:
    """What is said of the files, which came in the order of NAMES under the names *called*."""
    there = {
        name: Arrival(
            path=files[name], file=f"{word}.xlsx", received=FIRST + n * timedelta(hours=1)
        )
        for n, (name, word) in enumerate(zip(NAMES, called, strict=True))
    }
    arrivals = [there[name] for name in lying]
    return check_arrivals.judge_arrivals(
        arrivals, plan=PLAN, period=PERIOD, today=date(2025, 10, 20)
    )


@settings(max_examples=12, deadline=None, derandomize=True)
@given(ORDERS, st.permutations([f"新建工作表{n}" for n in range(len(NAMES))]))
def test_neither_the_folder_nor_the_names_decide_which_form_counts(
    files: Mapping[str, Path], lying: Sequence[str], called: Sequence[str]
) -> None:
    usual = checked(files, NAMES, [f"{n}" for n in range(len(NAMES))])

    season = checked(files, lying, called)

    assert season == checked(files, NAMES, called)
    assert [(r.sha256, r.decision) for r in season.received] == [
        (r.sha256, r.decision) for r in usual.received
    ]
    mine, theirs = (
        [row._replace(file="") for row in ledger.ledger_of(s.adopted, PLAN)]
        for s in (season, usual)
    )
    assert mine == theirs


def merged(office: Path, files: Mapping[str, Path], parts: Sequence[Sequence[str]]) -> Workspace:
    """A workspace into whose inbox the files came part by part, merged after each."""
    workspace = Workspace(office)
    inbox = workspace.inbox(PERIOD)
    for folder in (inbox, workspace.archive(PERIOD)):
        shutil.rmtree(folder, ignore_errors=True)
    inbox.mkdir(parents=True)
    for part in parts:
        for name in part:
            path = shutil.copy(files[name], inbox / f"{name}.xlsx")
            os.utime(path, (moment(name).timestamp(),) * 2)
        merge.merge(workspace, PLAN, PERIOD)
    return workspace


def summary(workspace: Workspace) -> tuple[object, ...]:
    """What a merge said, what the archive says without the inbox, and every judgement."""
    entries = merge.merge(workspace, PLAN, PERIOD).ledger
    standings = assess.standings_of(workspace, PLAN, PERIOD)
    kept = manifest.read_manifest(workspace, PERIOD)
    return entries, standings, [(k.sha256, k.decision) for k in kept]


@pytest.fixture(scope="module")
def once(office: Path, files: Mapping[str, Path]) -> tuple[object, ...]:
    """What comes of all files merged at one time."""
    return summary(merged(office, files, [NAMES]))


@settings(max_examples=6, deadline=None, derandomize=True)
@given(st.sets(st.integers(min_value=1, max_value=len(NAMES) - 1)))
def test_merging_in_any_number_of_goes_ends_as_merging_once(
    office: Path, files: Mapping[str, Path], once: tuple[object, ...], cuts: set[int]
) -> None:
    ends = [0, *sorted(cuts), len(NAMES)]
    parts = [NAMES[a:b] for a, b in pairwise(ends)]

    assert summary(merged(office, files, parts)) == once


LENIENT = replace(PLAN, settings=replace(PLAN.settings, levels={"V05": Level.REVIEW}))
"""The plan once a negative export (V05) may pass."""


def send(workspace: Workspace, name: str, value: float, saved: int) -> Path:
    """A form of 市商务局 that says *value*, in the inbox; last saved so many hours after FIRST."""
    answers = Answers(unit=TRADE, typed={("C14", WHOLE): value})
    path = written(answers, workspace.inbox(PERIOD) / f"{name}.xlsx")
    os.utime(path, ((FIRST + saved * timedelta(hours=1)).timestamp(),) * 2)
    return path


def decisions(workspace: Workspace, plan: Plan) -> dict[str, Decision]:
    season = merge.merge(workspace, plan, PERIOD).season
    return {r.file: r.decision for r in season.received}


def test_what_went_back_keeps_its_place_though_it_is_copied_and_called_otherwise(
    office: Path, files: Mapping[str, Path]
) -> None:
    workspace = merged(office, files, [])
    first = send(workspace, "先", -3, saved=1)
    send(workspace, "后", 4, saved=2)
    merge.merge(workspace, PLAN, PERIOD)
    shutil.copyfile(first, first.with_name("又存.xlsx"))
    first.unlink()

    assert decisions(workspace, LENIENT) == {
        "又存.xlsx": Decision.SUPERSEDED,
        "后.xlsx": Decision.ACCEPTED,
    }


def test_a_correction_that_was_saved_before_what_it_corrects_counts(
    office: Path, files: Mapping[str, Path]
) -> None:
    workspace = merged(office, files, [])
    elsewhere = send(workspace, "后", 4, saved=1).rename(workspace.root / "后.xlsx")
    send(workspace, "先", 3, saved=2)
    merge.merge(workspace, PLAN, PERIOD)
    elsewhere.rename(workspace.inbox(PERIOD) / "后.xlsx")

    found = check.examine(workspace, PLAN, PERIOD).findings
    [told] = [f.message for f in found if f.rule == "F05"]
    assert told.endswith("前一份留存备查（后一份的存盘时间反而早，请特别核对）。")
    assert "（全区）前一份3、后一份4。" in told
    assert decisions(workspace, PLAN) == {
        "先.xlsx": Decision.SUPERSEDED,
        "后.xlsx": Decision.ACCEPTED,
    }


def test_a_correction_that_went_back_and_passes_later_counts_though_it_was_saved_before(
    office: Path, files: Mapping[str, Path]
) -> None:
    workspace = merged(office, files, [])
    send(workspace, "先", 3, saved=2)
    merge.merge(workspace, PLAN, PERIOD)
    send(workspace, "后", -4, saved=1)
    merge.merge(workspace, PLAN, PERIOD)
    shutil.copy(files["科技局"], workspace.inbox(PERIOD))  # the archive is written once more
    merge.merge(workspace, PLAN, PERIOD)

    found = decisions(workspace, LENIENT)
    assert (found["先.xlsx"], found["后.xlsx"]) == (Decision.SUPERSEDED, Decision.ACCEPTED)


SAVED = {
    "back and accepted at once": [[("先", -3, 1), ("a", 4, 2)]],
    "back, back": [[("先", -3, 2)], [("a", -4, 1)]],
    "back, two back at once": [[("先", -3, 9)], [("z", -4, 1), ("a", -5, 2)]],
    "accepted, back, back, accepted": [
        *([("先", 3, 9)], [("二", -3, 1)], [("三", -5, 2)], [("a", 4, 3)]),
    ],
    "accepted, two back at once": [[("先", 3, 9)], [("z", -4, 1), ("a", -5, 2)]],
    "accepted, back and accepted at once": [[("先", 3, 9)], [("z", -4, 1), ("a", 5, 2)]],
    "back, accepted": [[("先", -3, 9)], [("a", 4, 2)]],
}
"""Forms as they came, those of each merge together: name, value, and the hour of saving."""


@pytest.mark.parametrize("parts", SAVED.values(), ids=SAVED.keys())
def test_the_last_that_came_counts_in_whatever_order_they_were_saved(
    office: Path,
    files: Mapping[str, Path],
    parts: Sequence[Sequence[tuple[str, float, int]]],
) -> None:
    workspace = merged(office, files, [])
    for part in parts:
        for name, value, saved in part:
            send(workspace, name, value, saved=saved)
        merge.merge(workspace, PLAN, PERIOD)

    for _ in "12":  # at once, and from the archive
        found = decisions(workspace, LENIENT)
        assert [n for n, d in found.items() if d is Decision.ACCEPTED] == ["a.xlsx"]


def test_a_correction_that_a_later_one_had_replaced_still_comes_after_the_first(
    office: Path, files: Mapping[str, Path]
) -> None:
    workspace = merged(office, files, [])
    send(workspace, "甲", 3, saved=9)
    merge.merge(workspace, LENIENT, PERIOD)
    send(workspace, "乙", 4, saved=1)
    send(workspace, "丙", -5, saved=2)
    merge.merge(workspace, LENIENT, PERIOD)

    found = decisions(workspace, PLAN)

    assert [n for n, d in found.items() if d is Decision.ACCEPTED] == ["乙.xlsx"]


def test_a_form_of_a_unit_that_becomes_known_later_has_its_place_as_it_came(
    office: Path, files: Mapping[str, Path]
) -> None:
    workspace = merged(office, files, [])
    send(workspace, "甲", 3, saved=9)
    merge.merge(workspace, PLAN, PERIOD)
    path = send(workspace, "乙", 4, saved=1)
    with_identity(path, "市商务和粮食局")
    merge.merge(workspace, PLAN, PERIOD)
    units = [
        replace(unit, former=("市商务和粮食局",)) if unit.name == TRADE else unit
        for unit in PLAN.units
    ]

    found = decisions(workspace, replace(PLAN, units=tuple(units)))

    assert [n for n, d in found.items() if d is Decision.ACCEPTED] == ["乙.xlsx"]


def with_identity(path: Path, unit: str) -> None:
    """The form at *path* says that it is from *unit*, and is dated as before."""
    dated = path.stat().st_mtime
    book = load_workbook(path)
    for row in book["_identity"].iter_rows():
        if row[0].value == "unit":
            row[1].value = unit
    book.save(path)
    os.utime(path, (dated, dated))


def test_an_archive_from_before_there_was_a_list_goes_by_the_dates_of_files(
    office: Path, files: Mapping[str, Path]
) -> None:
    workspace = merged(office, files, [])
    send(workspace, "先", -3, saved=1)
    send(workspace, "后", 4, saved=2)
    merge.merge(workspace, PLAN, PERIOD)
    workspace.archive(PERIOD).with_name(f".{PERIOD}.csv").unlink()
    merge.merge(workspace, PLAN, PERIOD)

    assert decisions(workspace, LENIENT)["后.xlsx"] is Decision.ACCEPTED


def test_what_is_taken_in_is_noted_until_the_manifest_says_so(tmp_path: Path) -> None:
    home = tmp_path / "归档" / "2025-09"
    path = written(Answers(unit=TRADE), tmp_path / "a.xlsx")
    [one] = check_arrivals.judge_arrivals(
        [Arrival(path=path, file="a.xlsx", received=FIRST)],
        plan=PLAN,
        period=PERIOD,
        today=date(2025, 10, 20),
    ).received
    returned_log.record_arrivals(home, [one], lambda received: received.received)
    home.mkdir()

    returned_log.record_arrivals(home, [], lambda received: received.received)

    assert returned_log.arrival_moments(home) == {one.sha256: FIRST}
    returned_log.keep_only(home, [])
    assert returned_log.arrival_moments(home) == {}


def test_a_damaged_list_of_what_went_back_is_told_and_nothing_decided(
    office: Path, files: Mapping[str, Path]
) -> None:
    workspace = merged(office, files, [])
    send(workspace, "先", -3, saved=1)
    merge.merge(workspace, PLAN, PERIOD)
    noted = workspace.archive(PERIOD).with_name(f".{PERIOD}.csv")
    noted.write_text("改过")

    with pytest.raises(CannotRead, match="记着哪些报表退回过"):
        merge.merge(workspace, PLAN, PERIOD)
    assert noted.read_text() == "改过"


def test_a_list_of_what_went_back_is_worth_nothing_without_its_archive(
    office: Path, files: Mapping[str, Path]
) -> None:
    workspace = merged(office, files, [])
    noted = workspace.archive(PERIOD).with_name(f".{PERIOD}.csv")
    noted.write_text("改过")
    send(workspace, "先", -3, saved=1)

    assert decisions(workspace, PLAN) == {"先.xlsx": Decision.REJECTED}
    assert len(noted.read_text("utf-8-sig").splitlines()) == 2


def test_merging_again_leaves_the_list_of_what_went_back_as_it_is(
    office: Path, files: Mapping[str, Path]
) -> None:
    workspace = merged(office, files, [])
    first = send(workspace, "先", -3, saved=1)
    merge.merge(workspace, PLAN, PERIOD)
    noted = workspace.archive(PERIOD).with_name(f".{PERIOD}.csv")
    before = noted.stat()
    merge.merge(workspace, PLAN, PERIOD)
    assert noted.stat() == before

    first.unlink()
    send(workspace, "后", 4, saved=2)
    merge.merge(workspace, PLAN, PERIOD)
    assert first.name not in noted.read_text("utf-8-sig")
    assert len(noted.read_text("utf-8-sig").splitlines()) == 1

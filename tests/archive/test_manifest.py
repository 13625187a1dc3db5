from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from wyexcel.archive import manifest
from wyexcel.archive.workspace import Workspace
from wyexcel.errors import CannotRead
from wyexcel.forms.submission import Decision, Received, Season
from wyexcel.period import Period

PERIOD = Period(2025, 9)
MORNING = datetime(2025, 10, 9, 8, 30, tzinfo=UTC)


def received(
    path: Path, decision: Decision = Decision.ACCEPTED, unit: str = "市商务局"
) -> Received:
    return Received(
        file=path.name,
        path=path,
        sha256=sha256(path.read_bytes()).hexdigest(),
        unit=unit,
        period=str(PERIOD),
        received=MORNING,
        decision=decision,
    )


def file(folder: Path, name: str, content: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(content)
    return path


def season(*files: Received) -> Season:
    return Season(period=PERIOD, received=files, findings=(), missing=())


def test_an_accepted_original_is_kept_byte_for_byte_under_its_name(tmp_path: Path) -> None:
    office, inbox = Workspace(tmp_path), tmp_path / "来件"
    sent = file(inbox, "报表.xlsx", "一")

    [kept] = manifest.adopt(office, season(received(sent)))

    assert (office.archive(PERIOD) / "报表.xlsx").read_text() == "一"
    assert (kept.file, kept.unit, kept.decision) == ("报表.xlsx", "市商务局", Decision.ACCEPTED)
    assert manifest.read_manifest(office, PERIOD) == (kept,)


def test_another_content_under_the_same_name_gets_a_number_and_loses_nothing(
    tmp_path: Path,
) -> None:
    office = Workspace(tmp_path)
    first, second = file(tmp_path / "a", "报表.xlsx", "一"), file(tmp_path / "b", "报表.xlsx", "二")

    manifest.adopt(office, season(received(first)))
    manifest.adopt(office, season(received(second, unit="市科技局")))

    assert (office.archive(PERIOD) / "报表.xlsx").read_text() == "一"
    assert (office.archive(PERIOD) / "报表（2）.xlsx").read_text() == "二"


def test_a_superseded_original_stays_and_the_manifest_says_so(tmp_path: Path) -> None:
    office = Workspace(tmp_path)
    early, late = file(tmp_path / "a", "早.xlsx", "一"), file(tmp_path / "a", "晚.xlsx", "二")
    manifest.adopt(office, season(received(early)))

    kept = manifest.adopt(
        office,
        season(received(early, Decision.SUPERSEDED), received(late)),
    )

    assert {k.file: k.decision for k in kept} == {
        "早.xlsx": Decision.SUPERSEDED,
        "晚.xlsx": Decision.ACCEPTED,
    }
    assert (office.archive(PERIOD) / "早.xlsx").read_text() == "一"


def test_rejected_files_are_not_archived(tmp_path: Path) -> None:
    office, sent = Workspace(tmp_path), file(tmp_path / "a", "错.xlsx", "一")

    assert manifest.adopt(office, season(received(sent, Decision.REJECTED))) == ()
    assert not (office.archive(PERIOD) / "错.xlsx").exists()


def test_what_goes_back_after_it_was_accepted_stays_and_the_manifest_says_so(
    tmp_path: Path,
) -> None:
    office, sent = Workspace(tmp_path), file(tmp_path / "a", "报表.xlsx", "一")
    manifest.adopt(office, season(received(sent)))

    [kept] = manifest.adopt(office, season(received(sent, Decision.REJECTED)))

    assert kept.decision is Decision.REJECTED
    assert manifest.read_manifest(office, PERIOD) == (kept,)
    assert (office.archive(PERIOD) / "报表.xlsx").read_text() == "一"


def test_a_form_that_could_not_be_read_this_once_stays_accepted(tmp_path: Path) -> None:
    office, sent = Workspace(tmp_path), file(tmp_path / "a", "报表.xlsx", "一")
    manifest.adopt(office, season(received(sent)))
    unread = replace(received(sent, Decision.REJECTED), unit=None, period=None)

    [kept] = manifest.adopt(office, season(unread))

    assert kept.decision is Decision.ACCEPTED


def test_adopting_twice_changes_no_byte(tmp_path: Path) -> None:
    office, sent = Workspace(tmp_path), file(tmp_path / "a", "报表.xlsx", "一")
    manifest.adopt(office, season(received(sent)))
    before = (office.archive(PERIOD) / "manifest.csv").read_bytes()

    manifest.adopt(office, season(received(sent)))

    assert (office.archive(PERIOD) / "manifest.csv").read_bytes() == before
    assert len(list(office.archive(PERIOD).iterdir())) == 2


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    office, sent = Workspace(tmp_path), file(tmp_path / "a", "=1+1.xlsx", "一")

    manifest.adopt(office, season(received(sent)))

    assert "'=1+1.xlsx" in (office.archive(PERIOD) / "manifest.csv").read_text("utf-8-sig")
    assert manifest.read_manifest(office, PERIOD)[0].file == "=1+1.xlsx"


def test_a_correction_that_is_dated_earlier_still_comes_after_what_it_replaces(
    tmp_path: Path,
) -> None:
    office = Workspace(tmp_path)
    first, second = file(tmp_path / "a", "一.xlsx", "一"), file(tmp_path / "a", "二.xlsx", "二")
    manifest.adopt(office, season(received(first)))
    dated = replace(received(second), received=MORNING - timedelta(days=3))

    kept = manifest.adopt(office, season(dated, received(first, Decision.SUPERSEDED)))

    assert [k.file for k in kept] == ["一.xlsx", "二.xlsx"]
    assert manifest.read_manifest(office, PERIOD) == kept


@pytest.mark.parametrize("text", ["", "乱七八糟", "甲,乙\n1,2\n", "file,sha256\na.xlsx,1\n"])
def test_a_damaged_manifest_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    office = Workspace(tmp_path)
    file(office.archive(PERIOD), "manifest.csv", text)

    with pytest.raises(CannotRead, match="读不懂"):
        manifest.read_manifest(office, PERIOD)

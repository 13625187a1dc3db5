"""One file never stops the others, whatever it is called and whatever it is."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

from tests.support.forms import INVESTMENT, PERIOD, SCIENCE, TRADE, Answers, written
from wyexcel.archive import manifest
from wyexcel.archive.workspace import find
from wyexcel.cli.main import main
from wyexcel.files.file_name import LONGEST, shown_name, storable_name


def gbk(name: str) -> str:
    """*name* as the disk gives it whose bytes are GBK."""
    return os.fsdecode(name.encode("gbk"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.xlsx", "a.xlsx"),
        ("表　一 (2)😀.xlsx", "表　一 (2)😀.xlsx"),
        ("👨‍👩‍👧.xlsx", "👨‍👩‍👧.xlsx"),
        (gbk("市商务局（盖章）.xlsx"), "市商务局（盖章）.xlsx"),
        (f"收件/{gbk('一季度')}/报表.xlsx", "收件/一季度/报表.xlsx"),
        (os.fsdecode(b"\xff\xfe\x80.xlsx"), "���.xlsx"),
        ("市\n商\t务\x07局.xlsx", "市□商□务□局.xlsx"),
        ("报表\u202exslx.exe", "报表□xslx.exe"),
        ("\ud800.xlsx", "?.xlsx"),
    ],
)
def test_a_name_is_shown_as_well_as_it_can_be(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("收件/a.xlsx", "a.xlsx"),
        ('a:b*?"<>|.xlsx', "a_b______.xlsx"),
        ("表.xlsx. .", "表.xlsx"),
        ("CON.xlsx", "_CON.xlsx"),
        ("...", "_"),
    ],
)
def test_a_name_is_stored_so_that_every_system_holds_it(name: str, stored: str) -> None:
    assert storable_name(name) == stored


def test_a_long_name_is_cut_before_its_suffix() -> None:
    stored = storable_name("长" * 120 + ".xlsx")

    assert len(stored.encode()) <= LONGEST
    assert stored.endswith("长.xlsx")
    assert storable_name(stored) == stored


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = tmp_path / "办公室"
    assert main(["--quiet", "init", str(root)]) == 0
    assert main(["--quiet", "-C", str(root), "issue", str(PERIOD)]) == 0
    (root / "报送" / str(PERIOD)).mkdir(parents=True, exist_ok=True)
    return root


def inbox(office: Path) -> Path:
    return office / "报送" / str(PERIOD)


def put(office: Path, name: str, unit: str) -> Path:
    path = inbox(office) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    content = written(Answers(unit=unit), office.parent / "一份.xlsx").read_bytes()
    path.write_bytes(content)
    return path


def checked(office: Path, *files: str) -> dict[str, Any]:
    answer = office.parent / "答.json"
    main(["--quiet", "-C", str(office), "check", str(PERIOD), *files, "--json", str(answer)])
    season: dict[str, Any] = json.loads(answer.read_text("utf-8"))
    return season


def statuses(season: dict[str, Any]) -> dict[str, str]:
    return {each["file"]: each["status"] for each in season["submissions"]}


def everything(office: Path) -> Iterator[tuple[str, bytes]]:
    """What lies in the workspace beside the inbox, the master and the cache."""
    for room in ("归档", "退回", "通报"):
        for path in sorted((office / room).rglob("*")):
            if path.is_file() and ".缓存" not in path.parts:
                yield path.relative_to(office).as_posix(), path.read_bytes()


ODD_NAMES = {
    gbk("市商务局.xlsx"): "市商务局.xlsx",
    gbk("子夹") + "/报\n表😀.xlsx": "子夹/报□表😀.xlsx",
    "-rf.xlsx": "-rf.xlsx",
    "=SUM(A1).xlsx": "=SUM(A1).xlsx",
    "'=x.xlsx": "'=x.xlsx",
    gbk("长" * 100 + ".xlsx"): "长" * 100 + ".xlsx",
    "尾点.xlsx..": "尾点.xlsx..",
    "a?b#c%20[d].xlsx": "a?b#c%20[d].xlsx",
    "x.xlsx/y.xlsx": "x.xlsx/y.xlsx",
    "/".join(["深"] * 60) + "/表.xlsx": "/".join(["深"] * 60) + "/表.xlsx",
}


@pytest.mark.parametrize("name", ODD_NAMES, ids=map(repr, ODD_NAMES.values()))
def test_a_form_is_taken_in_under_any_name_and_twice_is_once(office: Path, name: str) -> None:
    put(office, name, TRADE)
    faulty = inbox(office) / f"坏{name.replace('/', '')[:40]}"
    faulty.write_bytes(b"PK\x03\x04")
    put(office, "科技.xlsx", SCIENCE)

    for _ in range(2):
        assert main(["--quiet", "-C", str(office), "run", str(PERIOD)]) == 1
        season = checked(office)
        assert statuses(season)[ODD_NAMES[name]] == "accepted"
        assert statuses(season)["科技.xlsx"] == "accepted"
        assert sorted(statuses(season).values()) == ["accepted", "accepted", "rejected"]

    before = dict(everything(office))
    assert main(["--quiet", "-C", str(office), "run", str(PERIOD)]) == 1
    assert dict(everything(office)) == before
    kept = manifest.read_manifest(find(office), PERIOD)
    assert [manifest.checked_original(office / "归档" / str(PERIOD), k).name for k in kept]
    assert statuses(checked(office, os.fspath(inbox(office) / name))) == {
        ODD_NAMES[name].rpartition("/")[2]: "accepted"
    } or name.count("/")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_no_file_is_told_and_the_others_are_read(office: Path) -> None:
    there = inbox(office)
    put(office, "市投促中心.xlsx", INVESTMENT)
    os.mkfifo(there / "管道.xlsx")
    (there / "断.xlsx").symlink_to("/没有/这个.xlsx")
    (there / "圈.xlsx").symlink_to("圈.xlsx")
    (there / "夹.xlsx").symlink_to(office)
    (there / "零.xlsx").symlink_to("/dev/zero")
    with chdir(there), socket.socket(socket.AF_UNIX) as plug:
        plug.bind("口.xlsx")

    season = checked(office)

    assert statuses(season) == {
        "市投促中心.xlsx": "accepted",
        **dict.fromkeys(
            ["管道.xlsx", "断.xlsx", "圈.xlsx", "夹.xlsx", "零.xlsx", "口.xlsx"], "rejected"
        ),
    }
    assert {f["rule"] for f in season["findings"] if f["file"] not in {"", "市投促中心.xlsx"}} == {
        "F01"
    }
    assert main(["--quiet", "-C", str(office), "run", str(PERIOD)]) == 1


@pytest.mark.parametrize("saved", [-5e9, 1e10, 253402300800.0])
def test_any_date_of_a_file_is_borne(office: Path, saved: float) -> None:
    path = put(office, "市商务局.xlsx", TRADE)
    try:
        os.utime(path, (saved, saved))
    except (OSError, OverflowError):
        pytest.skip("this disk holds no such date")

    assert statuses(checked(office)) == {"市商务局.xlsx": "accepted"}


def test_folders_as_deep_as_the_disk_allows_are_looked_through(office: Path) -> None:
    put(office, "市商务局.xlsx", TRADE)
    with chdir(inbox(office)):
        for _ in range(1200):
            Path("d").mkdir()
            os.chdir("d")
        Path("deep.xlsx").write_bytes(b"x")

    try:
        assert main(["--quiet", "-C", str(office), "run", str(PERIOD)]) == 1
        assert sorted(statuses(checked(office)).values()) == ["accepted", "rejected"]
    finally:  # deeper than Python itself can remove
        flatten(inbox(office) / "d")


def flatten(folder: Path) -> None:
    """Remove *folder*, in which lies one folder in another, by moving each to the top."""
    top, below = folder, folder.with_name("e")
    while (top / "d").is_dir():
        (top / "d").rename(below)
        top.rmdir()
        below.rename(top)

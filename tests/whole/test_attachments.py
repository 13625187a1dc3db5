"""What lies beside the forms: kept with the form of its unit, told, and never sent back."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.support.forms import INDUSTRY, PERIOD, SCIENCE, TRADE, Answers, written
from wyexcel.archive import attachments, manifest
from wyexcel.archive.workspace import find
from wyexcel.cli.main import main

PDF = b"%PDF-1.7\n"
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0"
NOTE = "关于本期数据的说明：产值含新投产企业。\n".encode("gb18030")
RTF = b"{\\rtf1 note}"
KINDS = {"pdf": PDF, "jpg": PHOTO, "heic": HEIC, "txt": NOTE, "rtf": RTF}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = tmp_path / "办公室"
    assert main(["--quiet", "init", str(root)]) == 0
    assert main(["--quiet", "-C", str(root), "issue", str(PERIOD)]) == 0
    return root


def put(office: Path, name: str, content: bytes | str) -> Path:
    """The bytes, or the form of a unit, as a file of the inbox."""
    path = office / "报送" / str(PERIOD) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        return written(Answers(unit=content), path)
    path.write_bytes(content)
    return path


def run(office: Path) -> dict[str, Any]:
    answer = office.parent / "答.json"
    main(["--quiet", "-C", str(office), "run", str(PERIOD), "--json", str(answer)])
    season: dict[str, Any] = json.loads(answer.read_text("utf-8"))["check"]
    return season


def about(season: dict[str, Any], file: str) -> tuple[str, str | None, list[tuple[str, str]]]:
    [received] = [s for s in season["submissions"] if s["file"] == file]
    findings = [(f["rule"], f["severity"]) for f in season["findings"] if f["file"] == file]
    return received["status"], received["unit"], findings


def kept(office: Path) -> dict[str, bytes]:
    home = office / "归档" / str(PERIOD) / "附件"
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


NOTICED = [("F11", "示")]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_kept_with_the_form_of_the_unit_that_its_name_names(office: Path, kind: str) -> None:
    put(office, "a.xlsx", TRADE)
    put(office, f"商务局盖章.{kind}", KINDS[kind])

    season = run(office)

    assert about(season, f"商务局盖章.{kind}") == ("ignored", TRADE, NOTICED)
    assert kept(office)[f"{TRADE}/商务局盖章.{kind}"] == KINDS[kind]
    assert not [p for p in (office / "退回").rglob("*") if "盖章" in p.name]
    [line] = attachments.read_attachments(find(office), PERIOD)
    assert (line.unit, line.sha256) == (
        TRADE,
        manifest.file_sha256(office / "归档" / str(PERIOD) / "附件" / line.file),
    )


@pytest.mark.parametrize(
    ("form", "file"),
    [
        ("甲/表.xlsx", "甲/IMG_2031.jpg"),
        ("甲/表.xlsx", "甲/附件/扫描件.jpg"),
        ("表.xlsx", "市商务局/扫描件.jpg"),
        ("表.xlsx", "商务局材料/十月/1.jpg"),
    ],
)
def test_its_folder_says_whose_it_is(office: Path, form: str, file: str) -> None:
    put(office, form, TRADE)
    put(office, "别家/b.xlsx", SCIENCE)
    put(office, file, PHOTO)

    assert about(run(office), file) == ("ignored", TRADE, NOTICED)
    assert f"{TRADE}/{Path(file).name}" in kept(office)


@pytest.mark.parametrize("file", ["IMG_2031.jpg", "两家/扫描.jpg", "商务局、科技局会签.jpg"])
def test_where_nobody_can_tell_it_is_said_and_stays(office: Path, file: str) -> None:
    put(office, "两家/a.xlsx", TRADE)
    put(office, "两家/b.xlsx", SCIENCE)
    path = put(office, file, PHOTO)

    season = run(office)

    assert about(season, file) == ("ignored", None, NOTICED)
    [finding] = [f for f in season["findings"] if f["rule"] == "F11"]
    assert "看不出是哪家" in finding["message"]
    assert kept(office) == {}
    assert path.read_bytes() == PHOTO


def test_a_unit_that_sent_only_a_picture_is_told_so(office: Path) -> None:
    put(office, "a.xlsx", TRADE)
    put(office, "科技局报表.jpg", PHOTO)

    season = run(office)

    assert about(season, "科技局报表.jpg") == ("rejected", None, [("F01", "阻")])
    assert SCIENCE in season["missing"]
    letter = (office / "退回" / str(PERIOD) / f"{SCIENCE}-催报单.txt").read_text("utf-8-sig")
    assert "科技局报表.jpg" in letter
    assert "不能代替填报表" in letter
    other = (office / "退回" / str(PERIOD) / f"{INDUSTRY}-催报单.txt").read_text("utf-8-sig")
    assert "不能代替" not in other
    assert kept(office) == {}


def test_where_no_form_came_at_all_a_picture_is_no_attachment(office: Path) -> None:
    put(office, "IMG_1.jpg", PHOTO)

    assert about(run(office), "IMG_1.jpg") == ("rejected", None, [("F01", "阻")])


@pytest.mark.parametrize("name", ["商务局.xlsx", "商务局.csv", "商务局.et"])
def test_what_claims_to_be_a_table_is_none(office: Path, name: str) -> None:
    put(office, "a.xlsx", TRADE)
    put(office, name, PDF)

    assert about(run(office), name)[2] == [("F01", "阻")]


def test_a_workbook_that_is_no_form_is_none_either(office: Path) -> None:
    put(office, "a.xlsx", TRADE)
    Workbook().save(put(office, "商务局附表.xlsx", b""))

    assert about(run(office), "商务局附表.xlsx")[2] == [("S01", "阻")]


def test_it_waits_for_a_form_that_is_accepted(office: Path) -> None:
    faulty = Answers(unit=TRADE, typed={("C14", "全区"): "约4"})
    written(faulty, put(office, "a.xlsx", b""))
    put(office, "商务局.pdf", PDF)

    assert about(run(office), "商务局.pdf") == ("ignored", TRADE, NOTICED)
    assert kept(office) == {}

    put(office, "b.xlsx", TRADE)
    run(office)
    assert f"{TRADE}/商务局.pdf" in kept(office)


def test_nothing_is_lost_or_written_over_however_often_it_runs(office: Path) -> None:
    put(office, "a.xlsx", TRADE)
    first = put(office, "商务局.pdf", PDF)
    run(office)
    once = kept(office)
    run(office)
    assert kept(office) == once

    first.write_bytes(PDF + b"2")
    run(office)
    first.unlink()
    run(office)

    assert {name: content for name, content in kept(office).items() if "清单" not in name} == {
        f"{TRADE}/商务局.pdf": PDF,
        f"{TRADE}/商务局（2）.pdf": PDF + b"2",
    }
    assert len(attachments.read_attachments(find(office), PERIOD)) == 2

"""Archives of forms: opened in place within limits, each form read as if it had come by itself."""

import io
import json
import tarfile
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.forms import PERIOD, SCIENCE, TRADE, Answers, written
from wyexcel.archive import manifest
from wyexcel.archive.workspace import find
from wyexcel.cli.main import main
from wyexcel.files.reading import zip_container

PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF"
Files = dict[str, bytes]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = tmp_path / "办公室"
    assert main(["--quiet", "init", str(root)]) == 0
    assert main(["--quiet", "-C", str(root), "issue", str(PERIOD)]) == 0
    (root / "报送" / str(PERIOD)).mkdir(parents=True, exist_ok=True)
    return root


def form(office: Path, unit: str, **more: Any) -> bytes:
    return written(Answers(unit=unit, **more), office.parent / "一份.xlsx").read_bytes()


def put(office: Path, name: str, content: bytes) -> Path:
    path = office / "报送" / str(PERIOD) / name
    path.write_bytes(content)
    return path


def zipped(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 10, 8, 9, 0, 0)), content, method)
    return held.getvalue()


def zipped_raw(files: dict[bytes, bytes]) -> bytes:
    """A .zip whose names are these bytes, and which does not say how they are to be read."""
    plain = {f"{number:0{len(name)}}": c for number, (name, c) in enumerate(files.items())}
    data = zipped(plain)
    for shown, raw in zip(plain, files, strict=True):
        data = data.replace(shown.encode(), raw)
    return data


def tarred(files: Files, mode: str) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=f"w:{mode}") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return held.getvalue()


def answer(office: Path, *command: str) -> dict[str, Any]:
    path = office.parent / "答.json"
    main(["--quiet", "-C", str(office), *command, "--json", str(path)])
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told.get("check", told)


def statuses(season: dict[str, Any]) -> dict[str, str]:
    return {each["file"]: each["status"] for each in season["submissions"]}


def found(season: dict[str, Any], file: str) -> list[tuple[str, str]]:
    return [(f["rule"], f["message"]) for f in season["findings"] if f["file"] == file]


@pytest.mark.parametrize(
    ("name", "mode"),
    [("来件.zip", ""), ("来件.tar", "plain"), ("来件.tgz", "gz"), ("来件.tar.bz2", "bz2"),
     ("来件.tar.xz", "xz"), ("来件.xlsx", "")],
)  # fmt: skip
def test_its_forms_are_read_as_files_of_that_folder(office: Path, name: str, mode: str) -> None:
    files = {"科技/表.xlsx": form(office, SCIENCE), "商务.xlsx": form(office, TRADE)}
    put(office, name, tarred(files, mode.removeprefix("plain")) if mode else zipped(files))

    season = answer(office, "run", str(PERIOD))

    assert statuses(season) == {
        name: "ignored",
        f"{name}/科技/表.xlsx": "accepted",
        f"{name}/商务.xlsx": "accepted",
    }
    [(rule, sentence)] = found(season, name)
    assert (rule, "里面的 2 份填报表" in sentence) == ("F12", True)
    home = office / "归档" / str(PERIOD)
    assert {
        k.file: (home / k.file).read_bytes() for k in manifest.read_manifest(find(office), PERIOD)
    } == {"表.xlsx": files["科技/表.xlsx"], "商务.xlsx": files["商务.xlsx"]}
    assert not (office / ".解压").exists()


@pytest.mark.parametrize("raw", ["科技局/报表.xlsx".encode("gbk"), "科技局/报表.xlsx".encode()])
def test_names_in_gbk_are_shown_as_they_are_meant(office: Path, raw: bytes) -> None:
    put(office, "来件.zip", zipped_raw({raw: form(office, SCIENCE)}))

    assert statuses(answer(office, "check", str(PERIOD))) == {
        "来件.zip": "ignored",
        "来件.zip/科技局/报表.xlsx": "accepted",
    }


@pytest.mark.parametrize(
    "name", ["../../../x.xlsx", "/etc/x.xlsx", "..\\..\\x.xlsx", "a/../x.xlsx"]
)
def test_no_name_leads_out_of_it(office: Path, name: str) -> None:
    before = set(office.parent.iterdir())
    put(office, "来件.zip", zipped({name: form(office, TRADE)}))

    season = answer(office, "run", str(PERIOD))

    [member] = [file for file in statuses(season) if file != "来件.zip"]
    assert ".." not in member
    assert {line.file for line in manifest.read_manifest(find(office), PERIOD)} == {"x.xlsx"}
    assert {path.name for path in office.parent.iterdir()} - {p.name for p in before} <= {
        "一份.xlsx",
        "答.json",
    }


def test_running_twice_changes_nothing_and_its_removal_neither(office: Path) -> None:
    faulty = form(office, SCIENCE, typed={("C11", "全区"): "约"})
    packed = put(
        office,
        "来件.zip",
        zipped({"a.xlsx": form(office, TRADE), "b.xlsx": faulty, "c.jpg": PHOTO}),
    )
    first = answer(office, "run", str(PERIOD))
    before = everything(office)

    assert answer(office, "run", str(PERIOD)) == first
    assert everything(office) == before

    packed.unlink()
    assert "a.xlsx" in statuses(answer(office, "run", str(PERIOD)))


def everything(office: Path) -> dict[str, bytes]:
    return {
        path.relative_to(office).as_posix(): path.read_bytes()
        for room in ("归档", "退回", "通报")
        for path in sorted((office / room).rglob("*"))
        if path.is_file() and ".缓存" not in path.parts
    }


def test_links_lead_to_the_archive(office: Path) -> None:
    faulty = form(office, TRADE, typed={("C14", "全区"): "约4"})
    put(office, "来件.zip", zipped({"a.xlsx": faulty}))
    answer(office, "check", str(PERIOD))

    sheet = load_workbook(office / "通报" / str(PERIOD) / "校验结果.xlsx").worksheets[0]
    cells = (cell for row in sheet.iter_rows() for cell in row)
    links = {str(c.hyperlink.target).replace("\\", "/") for c in cells if c.hyperlink}
    assert links == {f"../../报送/{PERIOD}/来件.zip"}


def test_an_archive_may_be_checked_by_itself(office: Path) -> None:
    other = office.parent / "别处.zip"
    other.write_bytes(zipped({"a.xlsx": form(office, TRADE)}))
    put(office, "科技.xlsx", form(office, SCIENCE))

    season = answer(office, "check", str(PERIOD), str(other))

    assert statuses(season) == {"别处.zip": "ignored", "别处.zip/a.xlsx": "accepted"}


def test_an_attachment_in_it_is_kept_with_the_form_beside_it(office: Path) -> None:
    put(office, "来件.zip", zipped({"a.xlsx": form(office, TRADE), "附/IMG_1.jpg": PHOTO}))

    season = answer(office, "run", str(PERIOD))

    assert [rule for rule, _ in found(season, "来件.zip/附/IMG_1.jpg")] == ["F11"]
    kept = office / "归档" / str(PERIOD) / "附件" / TRADE / "IMG_1.jpg"
    assert kept.read_bytes() == PHOTO


def encrypted(data: bytes) -> bytes:
    """*data* as if its first file took a password: the bit in both directories."""
    changed = bytearray(data)
    changed[6] |= 1
    changed[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def refused(office: Path, data: bytes) -> tuple[str, str]:
    put(office, "来件.zip", data)
    put(office, "好.xlsx", form(office, SCIENCE))
    started = time.monotonic()
    season = answer(office, "check", str(PERIOD))
    assert time.monotonic() - started < 20
    assert statuses(season)["来件.zip"] == "rejected"
    assert statuses(season)["好.xlsx"] == "accepted"
    [told] = found(season, "来件.zip")
    return told


@pytest.mark.parametrize(
    ("kind", "rule", "words"),
    [
        ("locked", "F02", "取消密码"),
        ("bomb", "F01", "解压后过大"),
        ("gz bomb", "F01", "解压后过大"),
        ("many", "F01", "1000 个"),
        ("photos", "F01", "只有“1.jpg”、“2.jpg”"),
        ("empty", "F01", "什么都没有"),
        ("cut off", "F01", "重新发送"),
        ("broken inside", "F01", "重新发送"),
        ("odd method", "F01", "解压后"),
        ("plain gz", "F01", "解压后"),
        ("rar", "F01", "解压后"),
        ("7z", "F01", "解压后"),
    ],
)
def test_what_cannot_be_opened_is_told_and_the_others_are_read(
    office: Path, kind: str, rule: str, words: str
) -> None:
    one = form(office, TRADE)
    good = zipped({"a.xlsx": one}, zipfile.ZIP_STORED)
    middle = len(good) // 2
    data = {
        "locked": encrypted(good),
        "bomb": zipped({"a.xlsx": one, "b.bin": bytes(zip_container.MAX_INFLATED // 4)}),
        "gz bomb": tarred({"b.bin": bytes(zip_container.MAX_INFLATED + 1)}, "gz"),
        "many": zipped({f"{n}.txt": b"" for n in range(zip_container.MAX_ENTRIES + 1)}),
        "photos": zipped({"1.jpg": PHOTO, "2.jpg": PHOTO + b"2"}),
        "empty": zipped({}),
        "cut off": good[:middle],
        "broken inside": good[:middle] + bytes([good[middle] ^ 255]) + good[middle + 1 :],
        "odd method": zipped({"a.xlsx": one}, zipfile.ZIP_LZMA),
        "plain gz": b"\x1f\x8b\x08\0" + bytes(40),
        "rar": b"Rar!\x1a\x07\x01\0",
        "7z": b"7z\xbc\xaf\x27\x1c\0\x04",
    }[kind]

    told = refused(office, data)

    assert told[0] == rule
    assert words in told[1]


def test_an_archive_inside_an_archive_is_not_opened(office: Path) -> None:
    inner = zipped({"a.xlsx": form(office, TRADE)})
    put(office, "来件.zip", zipped({"内.zip": inner, "b.xlsx": form(office, SCIENCE)}))

    season = answer(office, "check", str(PERIOD))

    assert statuses(season) == {
        "来件.zip": "ignored",
        "来件.zip/内.zip": "rejected",
        "来件.zip/b.xlsx": "accepted",
    }
    [(rule, sentence)] = found(season, "来件.zip/内.zip")
    assert (rule, "解压" in sentence) == ("F01", True)


def test_documents_that_are_zip_files_themselves_are_no_archives(office: Path) -> None:
    put(office, "a.xlsx", form(office, TRADE))
    moved = zipfile.ZipFile(io.BytesIO(form(office, SCIENCE)))
    others = {name: moved.read(name) for name in reversed(moved.namelist())}
    put(office, "b.xlsx", zipped(others))
    put(
        office,
        "c.docx",
        zipped({"其他.xml": b"<a/>", "[Content_Types].xml": b"", "word/document.xml": b""}),
    )
    put(office, "d.ods", zipped({"Pictures/1.png": b"", "content.xml": b"<a/>"}))

    season = answer(office, "check", str(PERIOD))

    assert set(statuses(season)) == {"a.xlsx", "b.xlsx", "c.docx", "d.ods"}
    assert statuses(season)["b.xlsx"] == "accepted"
    assert all(rule != "F12" for file in statuses(season) for rule, _ in found(season, file))


def test_what_macos_packs_beside_is_passed_over(office: Path) -> None:
    put(office, "来件.zip", zipped({"a.xlsx": form(office, TRADE), "__MACOSX/._a.xlsx": b"\0"}))

    assert statuses(answer(office, "check", str(PERIOD))) == {
        "来件.zip": "ignored",
        "来件.zip/a.xlsx": "accepted",
    }

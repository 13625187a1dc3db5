"""备份、恢复: a workspace packed whole, and the same workspace made of the pack."""

import os
import zipfile
from pathlib import Path

import pytest

from wyexcel.archive.workspace import Workspace
from wyexcel.cli.main import main
from wyexcel.errors import CannotRead, CannotWrite
from wyexcel.stages import new_workspace
from wyexcel.stages.backup_workspace import back_up, restore

REPORT = "报送/2025-09/市经信局（盖章）.pdf"


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    """A workspace with something in its inbox, its archive and its cache."""
    workspace = new_workspace.create(tmp_path / "office")
    for name, content in {
        REPORT: b"%PDF stamped",
        "归档/2025-09/manifest.csv": b"file,sha256",
        "归档/.缓存/2025-09.standings": b"made again by itself",
        "备份/20251009-080000-000001-校验前.xlsm": b"a copy of the master",
        "报送/2025-09/~$市经信局.xlsx": b"lock",
    }.items():
        path = workspace.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    os.utime(workspace.root / REPORT, (1_760_000_000, 1_760_000_000))
    return workspace


def contents(root: Path) -> dict[str, bytes]:
    """Every file below *root* by its place."""
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_a_restored_workspace_has_all_that_is_not_made_again_by_itself(
    office: Workspace, tmp_path: Path
) -> None:
    packed = back_up(office)

    restored = restore(packed.file, tmp_path / "again")

    kept = contents(office.root)
    lock, cache, pack = "报送/2025-09/~$市经信局.xlsx", "归档/.缓存/2025-09.standings", packed.file
    for name in (lock, cache, str(pack.relative_to(office.root))):
        del kept[name]
    assert contents(restored.root) == kept
    assert restored.files == packed.files == len(kept)
    assert abs((restored.root / REPORT).stat().st_mtime - 1_760_000_000) <= 2


def test_a_second_backup_does_not_hold_the_first(office: Workspace) -> None:
    first = back_up(office)
    first.file.rename(first.file.with_name("整体备份-20250101-000000.zip"))

    assert back_up(office).files == first.files


def test_nothing_that_is_there_is_overwritten(office: Workspace, tmp_path: Path) -> None:
    packed = back_up(office, tmp_path / "copy.zip")
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "note.txt").write_text("mine")

    with pytest.raises(CannotWrite, match="没有覆盖"):
        back_up(office, packed.file)
    with pytest.raises(CannotWrite, match="不是空文件夹"):
        restore(packed.file, tmp_path / "used")
    assert contents(tmp_path / "used") == {"note.txt": b"mine"}


def changed(pack: Path, name: str, content: bytes | None) -> Path:
    """A copy of *pack* in which *name* has other *content*, or is missing."""
    copy = pack.with_name("changed.zip")
    with zipfile.ZipFile(pack) as before, zipfile.ZipFile(copy, "w") as after:
        for entry in before.namelist():
            if entry != name:
                after.writestr(entry, before.read(entry))
        if content is not None:
            after.writestr(name, content)
    return copy


@pytest.mark.parametrize("content", [None, b"%PDF another", b""])
def test_a_pack_that_is_not_as_it_was_made_is_refused_whole(
    office: Workspace, tmp_path: Path, content: bytes | None
) -> None:
    pack = changed(back_up(office).file, REPORT, content)

    with pytest.raises(CannotRead, match=r"不是完整的整体备份.*盖章"):
        restore(pack, tmp_path / "again")

    assert not (tmp_path / "again").exists()
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".~")]


def test_a_pack_that_leads_out_of_its_folder_is_refused(office: Workspace, tmp_path: Path) -> None:
    pack = back_up(office).file
    with zipfile.ZipFile(pack) as packed:
        listing = packed.read("备份清单.csv").decode("utf-8-sig")
    outside = listing.replace(REPORT, "../outside.pdf")

    with pytest.raises(CannotRead, match="不是完整的整体备份"):
        restore(changed(pack, "备份清单.csv", outside.encode()), tmp_path / "again")

    assert not (tmp_path / "outside.pdf").exists()


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 cut off"])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)

    with pytest.raises(CannotRead, match=r"a\.zip"):
        restore(tmp_path / "a.zip", tmp_path / "again")


@pytest.mark.skipif(os.name == "nt", reason="names in bytes are of Linux")
def test_a_name_in_gbk_bytes_is_packed_under_the_name_that_it_means(
    office: Workspace, tmp_path: Path
) -> None:
    name = os.fsdecode("情况说明.txt".encode("gbk"))
    (office.root / "报送" / "2025-09" / name).write_bytes(b"why")

    restored = restore(back_up(office).file, tmp_path / "again")

    assert (restored.root / "报送/2025-09/情况说明.txt").read_bytes() == b"why"


def test_both_are_commands(office: Workspace, tmp_path: Path) -> None:
    pack = tmp_path / "all.zip"

    assert main(["-C", str(office.root), "--quiet", "backup", str(pack)]) == 0
    assert main(["--quiet", "restore", str(pack), str(tmp_path / "again")]) == 0

    assert Workspace(tmp_path / "again").master.read_bytes() == office.master.read_bytes()
    assert "备份" in {p.name for p in (tmp_path / "again").iterdir()}

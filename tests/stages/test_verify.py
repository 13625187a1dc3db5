"""核验: a closed bulletin agrees with its archive, and what was changed since is named."""

import os
import time
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from wyexcel.archive import issued_files, manifest
from wyexcel.archive.workspace import Workspace
from wyexcel.cli.main import main
from wyexcel.errors import CannotRead, NothingToDo
from wyexcel.forms.submission import Decision
from wyexcel.plan.plan import Plan
from wyexcel.practice import demo
from wyexcel.stages import close, read_plan, revise
from wyexcel.stages.run import run
from wyexcel.stages.verify import Verified, verify

PERIOD = demo.PERIOD


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The invented season, run and closed."""
    workspace = demo.make_demo(tmp_path_factory.mktemp("demo") / "office")
    run(workspace, read_plan.plan_of(workspace), PERIOD)
    close.close(workspace, read_plan.plan_of(workspace), PERIOD)
    return workspace


@pytest.fixture
def office(closed: Workspace, tmp_path: Path) -> Workspace:
    """A copy of it that a test may change."""
    import shutil  # noqa: PLC0415 - the one use

    return Workspace(Path(shutil.copytree(closed.root, tmp_path / "office")))


def signed(office: Workspace) -> Path:
    """The folder of what was signed."""
    return issued_files.issued_folder(office, PERIOD, 0)


def verified(office: Workspace, plan: Plan | None = None) -> Verified:
    """The verification under the master's plan, or another one."""
    return verify(office, plan or read_plan.plan_of(office), PERIOD)


def test_everything_that_was_signed_is_kept(office: Workspace) -> None:
    names = {str(p.relative_to(signed(office))) for p in signed(office).rglob("*") if p.is_file()}

    assert {"通报.xlsx", "方案.xlsx", "说明.txt", "清单.csv", "进度判定.xlsx"} <= names
    assert any(name.startswith("督办/") and name.endswith(".docx") for name in names)


def test_an_untouched_archive_agrees_wherever_and_whenever(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verified(office).differences == ()

    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert verified(office).differences == ()
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_workspace_moved_elsewhere_agrees(office: Workspace, tmp_path: Path) -> None:
    moved = office.root.rename(tmp_path / "另一台电脑")

    assert verified(Workspace(moved)).differences == ()


def test_a_changed_signed_file_is_named(office: Workspace) -> None:
    book = openpyxl.load_workbook(signed(office) / "通报.xlsx")
    book["季度通报"]["E7"] = 99.0
    book.save(signed(office) / "通报.xlsx")
    (signed(office) / "进度判定.xlsx").unlink()

    differences = verified(office).differences

    assert "签发的“通报.xlsx”后来被改动过" in differences
    assert "签发的“进度判定.xlsx”不见了" in differences
    assert "“季度通报”E7 重新生成后和签发的不同" in differences


def test_a_changed_original_is_named(office: Workspace) -> None:
    kept = manifest.read_manifest(office, PERIOD)
    name = next(line.file for line in kept if line.decision is Decision.ACCEPTED)
    original = office.archive(PERIOD) / name
    original.write_bytes(original.read_bytes() + b" ")

    with pytest.raises(CannotRead, match=f"{original.name}.*缺失或被改动"):
        verified(office)


def test_a_changed_value_of_the_closing_is_named(office: Workspace) -> None:
    path = office.archive(PERIOD) / "定稿.json"
    text = path.read_text("utf-8")
    path.write_text(text.replace('"value": "176000"', '"value": "178000"'), "utf-8")

    differences = verified(office).differences

    assert any("归档的数和定稿不同" in d and "178000变为176000" in d for d in differences)


def test_a_changed_plan_is_named(office: Workspace) -> None:
    plan = read_plan.plan_of(office)
    other = replace(plan, version="第二版", given=())

    differences = verified(office, other).differences

    assert "现在的方案和签发时不同：计划版本由“征求意见稿”改为“第二版”" in differences
    assert all(d.startswith("现在的方案和签发时不同：") for d in differences)


def test_a_revision_is_kept_beside_what_was_signed_first(office: Workspace) -> None:
    before = {p: p.read_bytes() for p in signed(office).rglob("*") if p.is_file()}
    plan = read_plan.plan_of(office)
    revise.revise(office, plan, PERIOD, by="张三", why="统计局核减产值")
    run(office, plan, PERIOD)

    close.close(office, plan, PERIOD)

    assert {p: p.read_bytes() for p in signed(office).rglob("*") if p.is_file()} == before
    assert issued_files.is_kept(issued_files.issued_folder(office, PERIOD, 1))
    assert verified(office).differences == ()


def test_what_is_not_closed_cannot_be_verified(tmp_path: Path) -> None:
    workspace = demo.make_demo(tmp_path / "office")

    with pytest.raises(NothingToDo, match="还没有定稿"):
        verified(workspace)


def test_the_command_says_what_it_looked_at(
    office: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(office.root), "verify", str(PERIOD)]) == 0

    printed = capsys.readouterr().out
    assert "核对了签发的文件" in printed
    assert "和签发时完全一致。" in printed
    os.truncate(signed(office) / "方案.xlsx", 100)
    assert main(["-C", str(office.root), "verify", str(PERIOD)]) == 2

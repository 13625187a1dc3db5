"""Wrong use ends with exit code 2, one Chinese sentence, and nothing half-written."""

import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.answers import ask


def everything(root: Path) -> set[str]:
    return {str(p.relative_to(root)) for p in root.rglob("*") if p.name != ".wyexcel.lock"}


def refused(root: Path, *words: str, says: str) -> None:
    before = everything(root)

    answered = ask(root, *words)

    assert answered.code == 2
    assert says in answered.error
    assert answered.error.count("\n") == 1
    assert "Traceback" not in answered.error
    assert answered.json is None
    assert everything(root) == before


@pytest.fixture
def office(tmp_path: Path) -> Path:
    assert ask(tmp_path, "init", ".").code == 0
    return tmp_path


def test_no_workspace(tmp_path: Path) -> None:
    refused(tmp_path, "check", "2025-09", says="没有 master.xlsm")


def test_no_such_folder(tmp_path: Path) -> None:
    answered = ask(tmp_path / "没有", "check", "2025-09")

    assert answered.code == 2
    assert "没有 master.xlsm" in answered.error


@pytest.mark.parametrize("period", ["2025-13", "2025-00", "2025", "三季度", "2025Q5"])
def test_what_is_no_period(office: Path, period: str) -> None:
    refused(office, "issue", period, says="不是报告期")


@pytest.mark.parametrize("command", ["issue", "check", "merge", "assess", "bulletin", "run"])
def test_a_period_outside_the_plan(office: Path, command: str) -> None:
    refused(office, command, "2031-09", says="2025—2027")


@pytest.mark.parametrize("command", ["check", "merge", "run"])
def test_an_empty_inbox(office: Path, command: str) -> None:
    ask(office, "issue", "2025-09")
    refused(office, command, "2025-09", says="没有文件")


def test_urging_units_to_whom_nothing_was_issued(office: Path) -> None:
    refused(office, "return", "2025-09", says="还没下发的，先运行 wyexcel issue")


@pytest.mark.parametrize("command", ["assess", "bulletin"])
def test_judging_before_merging(office: Path, command: str) -> None:
    refused(office, command, "2025-09", says="wyexcel merge 2025-09")


def test_a_reader_that_has_seen_enough_is_no_mistake(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "import time; from wyexcel.cli.main import main; time.sleep(0.5);",
    ]
    command[-1] += f"raise SystemExit(main(['-C', {str(tmp_path)!r}, 'init', '.']))"
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode, said) == (0, b"")
    assert (tmp_path / "master.xlsm").is_file()


def test_a_file_that_is_not_there(office: Path) -> None:
    refused(office, "check", "2025-09", "没有.xlsx", says="找不到文件")


def test_a_new_workspace_over_an_old_one(office: Path) -> None:
    refused(office, "init", ".", says="已有 master.xlsm")


def test_a_master_that_lacks_a_sheet(office: Path) -> None:
    book = load_workbook(office / "master.xlsm", keep_vba=True)
    del book["判定规则"]
    book.save(office / "master.xlsm")

    refused(office, "issue", "2025-09", says="判定规则")


def test_a_master_that_is_no_workbook(office: Path) -> None:
    (office / "master.xlsm").write_bytes(b"PK\x03\x04 not a workbook")

    refused(office, "issue", "2025-09", says="主工作簿")


_POWERLESS = """
import ctypes, struct, sys
from wyexcel.cli.main import main
head, nothing = struct.pack("Ii", 0x20080522, 0), bytes(24)
if ctypes.CDLL(None).capset(head, nothing):
    sys.exit("capset")
sys.exit(main(["-C", sys.argv[1], "check", "2025-09"]))
"""
"""Even root is held to the permissions of files without its capabilities (capabilities(7))."""


@pytest.mark.skipif(sys.platform != "linux", reason="capset 只有 Linux 有")
def test_an_inbox_that_may_not_be_read(office: Path) -> None:
    inbox = office / "报送" / "2025-09"
    inbox.mkdir(parents=True)
    inbox.chmod(0)
    try:
        done = subprocess.run(
            [sys.executable, "-c", _POWERLESS, str(office)],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        inbox.chmod(0o755)

    assert done.returncode == 2
    assert f"不能读取文件夹“{inbox}”（没有权限）" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_inbox_that_is_a_file(office: Path) -> None:
    (office / "报送").mkdir(exist_ok=True)
    (office / "报送" / "2025-09").write_text("挡路")

    refused(office, "check", "2025-09", says="（不是文件夹）")


def test_a_folder_where_a_file_stands(office: Path) -> None:
    (office / "下发" / "2025-09").write_text("挡路")

    refused(office, "issue", "2025-09", says="不能新建文件夹")


_FULL = """
import resource, sys
from wyexcel.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
sys.exit(main(["-C", sys.argv[1], "issue", "2025-09"]))
"""


def test_a_full_disk_leaves_nothing_half_written(office: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(office)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "磁盘" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((office / "下发").rglob("*.xlsx"))
    assert not [p for p in office.rglob("*") if p.name.startswith(".~")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_failure_that_no_log_can_keep_is_told_all_the_same() -> None:
    program = (
        "import resource; from wyexcel.files import crash_log\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))\n"
        "print(crash_log.crash_sentence(ValueError()))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert ran.stdout.decode() == (
        "程序出错，没有做完；已有文件不受影响。详情没能记下，请把它发给技术人员。\n"
    )

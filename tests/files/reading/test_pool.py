"""Many files read in other processes: same answers, same order, and nothing can stop the rest."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter

import wyexcel
from wyexcel.files.reading import pool, pool_decode, pool_encode, read_workbook
from wyexcel.files.reading.book import Attached, Book
from wyexcel.files.reading.defined_names import BrokenName
from wyexcel.files.reading.refusal import Reason, Unreadable
from wyexcel.files.reading.sheet_facts import CellLook

LOADED = """
import sys
sys.path += sys.argv[1:]
before = {*sys.stdlib_module_names, *sys.modules}
import wyexcel.files.reading.pool_worker
print(*{name.partition(".")[0] for name in sys.modules} - before)
"""

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")


def workbook(path: Path, value: object, *, sheet: str = "填报") -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet(sheet).write(0, 0, value)
    return path


def workbooks(folder: Path, count: int) -> list[Path]:
    return [workbook(folder / f"{number:03}.xlsx", number) for number in range(count)]


def first_cells(books: Iterator[Book | Unreadable]) -> list[object]:
    return [b.sheets["填报"][0][0] if isinstance(b, Book) else b.reason for b in books]


def children() -> set[int]:
    """The processes that this one has started and that still run."""
    command = ["ps", "-o", "pid=,stat=", "--ppid", str(os.getpid())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as ps:
        rows = [line.split() for line in ps.communicate()[0].splitlines()]
    return {int(pid) for pid, state in rows if not state.startswith("Z")} - {ps.pid}


def test_the_answers_come_in_the_order_of_the_paths(tmp_path: Path) -> None:
    paths = workbooks(tmp_path, 130)
    paths.reverse()
    assert first_cells(pool.read_all(paths)) == [float(number) for number in range(129, -1, -1)]


def test_a_worker_answers_what_reading_in_process_answers(tmp_path: Path) -> None:
    broken = tmp_path / "半个.xlsx"
    broken.write_bytes(workbook(tmp_path / "整个.xlsx", 1).read_bytes()[:-100])
    paths = [workbook(tmp_path / "填报 é 😀.xlsx", "14户"), broken, tmp_path / "没有这个文件.xlsx"]
    assert list(pool.read_all(paths)) == [read_workbook.read(path) for path in paths]


def test_no_paths_give_no_answers_and_start_no_process() -> None:
    assert list(pool.read_all([])) == []
    assert children() == set()


def test_a_sheet_to_skip_is_skipped_and_a_needed_one_that_is_missing_leaves_the_names(
    tmp_path: Path,
) -> None:
    path = workbook(tmp_path / "甲.xlsx", 1)
    (skipped,) = pool.read_all([path], skip=("填报",))
    (foreign,) = pool.read_all([path], need="_identity")
    assert isinstance(skipped, Book)
    assert isinstance(foreign, Book)
    assert (skipped.names, dict(skipped.sheets)) == (("填报",), {})
    assert (foreign.names, dict(foreign.sheets)) == (("填报",), {})


def test_progress_is_told_for_every_file(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    paths = workbooks(tmp_path, 3)
    list(pool.read_all(paths, progress=lambda _what, done, of: told.append((done, of))))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.slow
@posix_only
def test_a_worker_killed_in_the_middle_costs_no_file(tmp_path: Path) -> None:
    paths = workbooks(tmp_path, 120)
    books = pool.read_all(paths)
    first = next(books)
    for pid in children():
        os.kill(pid, signal.SIGKILL)
    assert first_cells(iter([first, *books])) == [float(number) for number in range(120)]


@posix_only
def test_a_pipe_that_nobody_writes_to_is_no_workbook_and_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    paths = [workbook(tmp_path / "甲.xlsx", 1), tmp_path / "管道.xlsx"]
    assert first_cells(pool.read_all(paths)) == [1.0, Reason.NO_FILE]


@pytest.mark.slow
@posix_only
def test_a_worker_that_falls_silent_is_replaced_when_its_time_is_up(tmp_path: Path) -> None:
    paths = workbooks(tmp_path, 120)
    books = pool.read_all(paths, seconds=2.0)
    first = next(books)
    for pid in children():
        os.kill(pid, signal.SIGSTOP)
    assert first_cells(iter([first, *books])) == [float(number) for number in range(120)]


@pytest.mark.slow
@posix_only
def test_a_file_that_kills_every_worker_is_told_as_crashed_and_the_others_are_read(
    tmp_path: Path,
) -> None:
    paths = workbooks(tmp_path, 3)
    stop = threading.Event()

    def kill_all() -> None:
        while not stop.wait(0.001):
            for pid in children():
                os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_all)
    killer.start()
    try:
        (told,) = pool.read_all(paths[1:2])
    finally:
        stop.set()
        killer.join()
    assert isinstance(told, Unreadable)
    assert told.reason is Reason.CRASHED
    assert told.sha256 == read_workbook.read(paths[1]).sha256
    assert first_cells(pool.read_all(paths)) == [0.0, 1.0, 2.0]


@posix_only
def test_no_process_is_left_when_the_reading_is_broken_off(tmp_path: Path) -> None:
    books = pool.read_all(workbooks(tmp_path, 120))
    next(books)
    assert isinstance(books, Iterator)
    del books
    deadline = time.monotonic() + 5
    while children() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert children() == set()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_worker_may_use_one_gibibyte_and_no_more(tmp_path: Path) -> None:
    books = pool.read_all(workbooks(tmp_path, 60))
    next(books)
    limits = [Path(f"/proc/{pid}/limits").read_text(encoding="ascii") for pid in children()]
    assert limits
    assert all("Max address space         1073741824" in text for text in limits)
    list(books)


def test_a_worker_loads_what_reads_and_the_standard_library_and_nothing_else() -> None:
    homes = [str(Path(package.__file__).parents[1]) for package in (wyexcel, python_calamine)]
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", LOADED, *homes],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(told.stdout.split()) - {"isal"} == {"python_calamine", "wyexcel"}


def test_every_kind_of_value_survives_the_wire() -> None:
    values = [
        None,
        "甲\n乙",
        True,
        14.0,
        17.6,
        1e300,
        date(2025, 9, 30),
        datetime(2025, 9, 30, 8, 5),  # noqa: DTZ001  a cell knows no time zone
        clock(23, 59, 59),
        timedelta(hours=26, microseconds=1),
    ]
    book = Book(
        file="甲.xlsx",
        sha256="0f",
        names=("填报", "隐藏"),
        sheets={"填报": [values, []]},
        errors={("填报", "B2"): "#REF!"},
        uncached=frozenset({("填报", "C3")}),
        links=("上期.xlsx",),
        macros=True,
        merged={"填报": "A1:C1 D2:D3"},
        hidden={"填报": "5 C:D", "_form": "*"},
        broken=(BrokenName("合计"), BrokenName("打印区域", "填报")),
        percent=frozenset({("填报", "E7")}),
        formulas={("填报", "B2"): "1/0", ("填报", "C3"): ""},
        looks={("填报", "E7"): CellLook("0%", percent=True), ("填报", "F7"): CellLook(";;;")},
        attached=(Attached("对象", "Package", "填报", "E8"),),
    )
    read = pool_decode.decode(pool_encode.encode(book), "甲.xlsx")
    assert read == book
    assert [type(v) for v in read.sheets["填报"][0]] == [type(v) for v in values]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}\n",
        b'["refused","0f","damaged"\n',
        b'["refused","0f","no such reason",""]\n',
        b'["read","0f","damaged",""]\n',
        b"\xff\n",
        b"[" * 9999,
    ],
)
def test_a_line_that_is_no_answer_is_garbled(line: bytes) -> None:
    with pytest.raises(pool_decode.Garbled):
        pool_decode.decode(line, "甲.xlsx")

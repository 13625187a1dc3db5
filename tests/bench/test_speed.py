"""What must stay fast, in ratios of one run: about half of what a quiet machine shows."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings as xw

from tests.bench import bench_issue, bench_reading, bench_season, season
from tests.bench.clock import cpu_seconds
from tests.support import calc
from wyexcel.archive.workspace import Workspace, folder
from wyexcel.files.writing import xlsx
from wyexcel.master import buttons
from wyexcel.practice import demo
from wyexcel.practice.demo import demo_plan, sample_submission
from wyexcel.practice.fill_form import fill_form
from wyexcel.stages import new_workspace, read_plan

pytestmark = pytest.mark.slow

FORMS = 100
HEAVY = ("pandas", "numpy", "openpyxl", "rich", "xlwings")


@pytest.fixture(scope="module")
def five_forms(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace to whose inbox five units have sent their forms."""
    workspace = new_workspace.create(tmp_path_factory.mktemp("工作目录") / "季度", demo_plan())
    plan = read_plan.plan_of(workspace)
    inbox = folder(workspace.inbox(demo.PERIOD))
    for unit in plan.reporting:
        filled = fill_form(plan, sample_submission(plan, unit), demo.PERIOD)
        xlsx.write(filled, inbox / f"{unit}.xlsx")
    return workspace


@pytest.fixture
def open_master(
    five_forms: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[xw.Book]:
    """The master of *five_forms*, open in a LibreOffice that a click finds; its period chosen."""
    if reason := calc.absent():
        pytest.skip(reason)
    monkeypatch.setenv("UserInstallation", calc.profile(tmp_path).as_uri())
    address = f"pipe,name=bench-{secrets.token_hex(8)}"
    options = ["--headless", "--norestore", "--nologo", f"--accept={address};urp;"]
    command = ["soffice", *options, str(five_forms.master)]
    with subprocess.Popen(command, start_new_session=True) as program:
        try:
            [app] = calc.reached(address, program).apps
            while not len(app.books):
                time.sleep(0.1)
            app.books.active.sheets[buttons.NAME][buttons.PERIOD_CELL].value = str(demo.PERIOD)
            yield app.books.active
        finally:
            os.killpg(program.pid, signal.SIGKILL)
            # a second try of the test would be told that the master is open elsewhere
            five_forms.master.with_name(f".~lock.{five_forms.master.name}#").unlink(missing_ok=True)


def python(*words: str, pycache: Path | None = None) -> str:
    """What a fresh Python prints; with *pycache*, what it compiles is kept there for the next."""
    kept = {} if pycache is None else {"PYTHONPYCACHEPREFIX": str(pycache)}
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | kept
    command = [sys.executable, *words]
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout


def least(*works: Callable[[], object], clock: Callable[[], float]) -> tuple[float, ...]:
    """The least that each of *works* takes by *clock*; they take turns, for machines are busy."""
    turns = [[spent(work, clock) for work in works] for _ in range(5)]
    return tuple(min(taken) for taken in zip(*turns, strict=True))


def spent(work: Callable[[], object], clock: Callable[[], float]) -> float:
    start = clock()
    work()
    return clock() - start


def test_a_season_takes_a_small_part_of_the_time_of_the_plain_loop(tmp_path: Path) -> None:
    plan = bench_season.large_plan(FORMS)
    paths = bench_season.filled(plan, FORMS, tmp_path)
    bench_season.plain_loop(paths[:5])
    bench_season.season(plan, paths[:5])

    plain = bench_season.cost(lambda: bench_season.plain_loop(paths), FORMS)
    same = bench_season.cost(lambda: bench_season.same_loop(paths), FORMS)
    ours = min(bench_season.cost(lambda: bench_season.season(plan, paths), FORMS) for _ in "12")

    assert plain.cpu / ours.cpu > 3
    assert same.cpu / ours.cpu > 5


def test_reading_with_every_guard_takes_few_times_as_long_as_unzipping(tmp_path: Path) -> None:
    paths = season.forms(tmp_path, FORMS)

    guarded = bench_reading.cost(bench_reading.in_process, paths)
    bound = bench_reading.cost(bench_reading.unzip, paths)

    assert guarded.cpu / bound.cpu < 4


def test_issuing_takes_a_small_part_of_building_each_form_with_openpyxl() -> None:
    plan = bench_season.large_plan(50)

    by_openpyxl = bench_issue.cost(bench_issue.by_openpyxl, plan, 10)
    ours = bench_issue.cost(xlsx.render, plan, 50)

    assert by_openpyxl / ours > 2.5


def test_a_check_of_five_forms_takes_no_longer_than_to_import_pandas(
    five_forms: Workspace, tmp_path: Path
) -> None:
    command = ("-m", "wyexcel", "-C", str(five_forms.root), "check", str(demo.PERIOD), "--quiet")
    python(*command, pycache=tmp_path)

    check, pandas = least(
        lambda: python(*command, pycache=tmp_path),
        lambda: python("-c", "import pandas"),
        clock=cpu_seconds,
    )

    assert check < pandas


def test_a_check_loads_no_library_that_is_slow_to_load(five_forms: Workspace) -> None:
    arguments = ["-C", str(five_forms.root), "check", str(demo.PERIOD), "--quiet"]
    program = (
        f"import sys; from wyexcel.cli import main; code = main.main({arguments!r}); "
        f"print(code, [name for name in {HEAVY} if name in sys.modules])"
    )
    assert python("-c", program).split("\n")[-2] == "0 []"


@pytest.mark.flaky(reruns=2)  # two programs at work on a machine that others may use too
def test_a_click_on_check_takes_little_longer_than_to_import_xlwings(
    open_master: xw.Book, tmp_path: Path
) -> None:
    command = ("-m", "wyexcel", "button", "check", "--engine", "libreoffice")
    python(*command, pycache=tmp_path / "cache")
    assert "校验报送" in open_master.sheets[buttons.NAME][buttons.LAST_CELL].value

    click, xlwings = least(
        lambda: python(*command, pycache=tmp_path / "cache"),
        lambda: python("-c", "import xlwings"),
        clock=time.perf_counter,
    )

    assert click < 2 * xlwings


def test_a_click_loads_xlwings_without_the_libraries_for_tables_and_pictures() -> None:
    program = (
        "import sys; from wyexcel.desktop import quick_xlwings\n"
        "with quick_xlwings.loading():\n"
        "    from wyexcel.desktop.addin import click\n"
        "    from wyexcel.desktop.libreoffice import session\n"
        "print([name for name in ('xlwings', 'pandas', 'numpy') if name in sys.modules])\n"
        "import pandas; print(pandas.DataFrame([1]).shape)"
    )
    assert python("-c", program) == "['xlwings']\n(1, 1)\n"

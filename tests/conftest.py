"""What all tests share: what slow ones may do and others may not, and the demonstration season."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from tests.support.repository import ROOT
from wyexcel.cli.main import main

PATH = os.environ.get("PATH", "")
OUT_OF_REACH = ROOT / "tests" / "support" / "out_of_reach"
ONE_AT_A_TIME = FileLock(Path(tempfile.gettempdir()) / "wyexcel-slow-test.lock")


def is_slow(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("slow", "long"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what lives through months or years, unless `-m` names it."""
    if "long" not in config.option.markexpr:
        config.hook.pytest_deselected(items=[i for i in items if i.get_closest_marker("long")])
        items[:] = [item for item in items if not item.get_closest_marker("long")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Slow tests run one at a time, whichever worker has them.

    They alone may start LibreOffice or a screen: others find programs that fail at once.
    """
    if is_slow(item):
        os.environ["PATH"] = PATH
        with ONE_AT_A_TIME:
            return (yield)
    os.environ["PATH"] = f"{OUT_OF_REACH}{os.pathsep}{PATH}"
    return (yield)


@pytest.fixture(scope="session")
def demo_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("演示") / "示例"
    assert main(["--quiet", "demo", str(root)]) == 0
    return root


@pytest.fixture
def demo(demo_made_once: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration that a test may change."""
    return shutil.copytree(demo_made_once, tmp_path / "示例")

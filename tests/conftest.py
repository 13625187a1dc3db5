"""What many tests start from: the demonstration season, made once."""

import shutil
from pathlib import Path

import pytest

from wyexcel.cli.main import main


@pytest.fixture(scope="session")
def demo_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("演示") / "示例"
    assert main(["--quiet", "demo", str(root)]) == 0
    return root


@pytest.fixture
def demo(demo_made_once: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration that a test may change."""
    return shutil.copytree(demo_made_once, tmp_path / "示例")

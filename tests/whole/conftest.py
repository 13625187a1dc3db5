"""What tests of the whole program start from: a workspace whose forms were issued."""

import shutil
from pathlib import Path

import pytest

from tests.support.answers import ask


@pytest.fixture(scope="session")
def issued_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("季度")
    assert ask(root, "init", ".").code == 0
    assert ask(root, "issue", "2025-09").code == 0
    return root


@pytest.fixture
def office(issued_once: Path, tmp_path: Path) -> Path:
    """A new workspace with the official plan and the forms of 2025-09."""
    return shutil.copytree(issued_once, tmp_path, dirs_exist_ok=True)

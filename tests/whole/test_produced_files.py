"""Every file that the season makes is sound, for a validator and for LibreOffice."""

import subprocess
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator, ValidationSeverity

from wyexcel.files.writing.find_libreoffice import soffice_program


@pytest.fixture(scope="module")
def produced(demo_made_once: Path) -> list[Path]:
    files = [p for p in demo_made_once.rglob("*.*") if p.suffix in {".xlsx", ".xlsm", ".docx"}]
    assert {p.parent.parent.name for p in files} >= {"下发", "报送", "退回", "归档", "通报"}
    return files


def test_an_independent_validator_finds_no_error(produced: list[Path]) -> None:
    validator = OpenXmlValidator()
    errors = [
        f"{path.name}: {found.description}"
        for path in produced
        for found in validator.validate(path).errors
        if found.severity is ValidationSeverity.ERROR
    ]

    assert errors == []


@pytest.mark.slow
@pytest.mark.skipif(not soffice_program(), reason="没有 LibreOffice")
def test_libreoffice_opens_every_one(produced: list[Path], tmp_path: Path) -> None:
    copies = []
    for number, file in enumerate(p for p in produced if p.suffix != ".docx"):
        copies.append(tmp_path / f"{number}{file.suffix}")
        copies[-1].write_bytes(file.read_bytes())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice_program() or "", profile, "--headless", "--convert-to", "ods"]

    subprocess.run(
        [*command, "--outdir", str(tmp_path / "ods"), *map(str, copies)],
        check=True,
        capture_output=True,
        timeout=240,
    )

    assert len(list((tmp_path / "ods").glob("*.ods"))) == len(copies)

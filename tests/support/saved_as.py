"""Workbooks saved in other formats, as a clerk's LibreOffice saves them."""

import shutil
import subprocess
from pathlib import Path

ABSENT = "" if shutil.which("soffice") else "soffice is not installed"


def convert(paths: list[Path], kind: str, home: Path) -> dict[str, Path]:
    """*paths* saved as *kind* in *home* by one LibreOffice with a profile of its own, by stem."""
    profile = home / "profile"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--convert-to", kind, "--outdir", str(home / kind)),
            *map(str, paths),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {path.stem: home / kind / f"{path.stem}.{kind}" for path in paths}

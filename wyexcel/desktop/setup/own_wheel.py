"""A wheel of wyexcel itself, made of the installed files; needs no build tool and no network."""

import base64
import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path
from typing import Final

from wyexcel.master import master_workbook

_TAG: Final = "py3-none-any"
_WHEEL: Final = f"Wheel-Version: 1.0\nGenerator: wyexcel\nRoot-Is-Purelib: true\nTag: {_TAG}\n"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_FROM_METADATA: Final = ("METADATA", "entry_points.txt")


def make(folder: Path) -> Path:
    """Write the wheel into *folder*; return its path."""
    version = metadata.version("wyexcel")
    info = f"wyexcel-{version}.dist-info"
    files = {**dict(_package()), **dict(_info(info))}
    files[f"{info}/RECORD"] = _record(files, f"{info}/RECORD")
    path = folder / f"wyexcel-{version}-{_TAG}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, data in files.items():
            wheel.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return path


def _package() -> Iterator[tuple[str, bytes]]:
    root = Path(str(resources.files("wyexcel")))
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"wyexcel/{path.relative_to(root).as_posix()}", path.read_bytes()
    for path in sorted(master_workbook.macros().iterdir()):
        yield f"wyexcel/macros/{path.name}", path.read_bytes()


def _info(folder: str) -> Iterator[tuple[str, bytes]]:
    installed = metadata.distribution("wyexcel")
    for name in _FROM_METADATA:
        yield f"{folder}/{name}", (installed.read_text(name) or "").encode()
    yield f"{folder}/WHEEL", _WHEEL.encode()


def _record(files: dict[str, bytes], itself: str) -> bytes:
    """The wheel's RECORD: every file with its digest and size."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for name, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
        rows.writerow((name, f"sha256={digest}", len(data)))
    rows.writerow((itself, "", ""))
    return text.getvalue().encode()

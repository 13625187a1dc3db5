"""Sheets written to a workspace as workbooks, marked where their numbers are invented."""

from collections.abc import Sequence
from pathlib import Path

from wyexcel.archive.workspace import folder
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sample_mark import with_sample_mark
from wyexcel.files.writing.sheet import Sheet
from wyexcel.plan.plan import Plan


def silent(_what: str, _done: int, _of: int) -> None:
    """Tell nobody."""


def is_another(sheets: Sequence[Sheet], path: Path, plan: Plan) -> bool:
    """Whether the workbook at *path* is not the one that *sheets* make."""
    return path.read_bytes() != xlsx.render(
        [with_sample_mark(s, plan.settings.mark) for s in sheets]
    )


def write_sheets(sheets: Sequence[Sheet], path: Path, plan: Plan) -> Path:
    """*sheets* as a workbook at *path*, each marked where the numbers are invented."""
    folder(path.parent)
    xlsx.write([with_sample_mark(sheet, plan.settings.mark) for sheet in sheets], path)
    return path

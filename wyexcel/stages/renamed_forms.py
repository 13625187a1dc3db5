"""Blank forms left from before a unit was renamed, which must not be sent out any more."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from wyexcel.files import disk
from wyexcel.files.writing import xlsx
from wyexcel.files.writing.sheet import Row, Sheet
from wyexcel.plan.responsible_units import Unit

_REPLACED: Final = "“{old}.xlsx”是 {unit} 更名前的空表，没有改动过，已由“{unit}.xlsx”代替。"
_KEPT: Final = (
    "“{old}.xlsx”是 {unit} 更名前的填报表，和下发时不一样（可能已填过），没有动它。"
    "请核对后移走，以后只发“{unit}.xlsx”。"
)


def cleared(folder: Path, unit: Unit, sheets: Sequence[Sheet]) -> Iterator[str]:
    """A sentence for each form in *folder* under a former name of *unit*, now issued as *sheets*.

    A form that is byte for byte what would have been issued under that name is removed.
    """
    for old in unit.former:
        path = folder / f"{old}.xlsx"
        if not path.is_file():
            continue
        untouched = path.read_bytes() == xlsx.render([_named(s, unit.name, old) for s in sheets])
        if untouched:
            disk.remove(path)
        yield (_REPLACED if untouched else _KEPT).format(old=old, unit=unit.name)


def _named(sheet: Sheet, now: str, former: str) -> Sheet:
    """*sheet* as it was when the unit that is called *now* was called *former*."""
    return replace(sheet, rows=tuple(_row(row, now, former) for row in sheet.rows))


def _row(row: Row, now: str, former: str) -> Row:
    cells = (
        replace(cell, value=cell.value.replace(now, former))
        if cell is not None and isinstance(cell.value, str)
        else cell
        for cell in row.cells
    )
    return Row(tuple(cells), row.height)

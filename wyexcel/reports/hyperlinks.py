"""Links from a sheet that we write to a cell of somebody's workbook."""

import os
from pathlib import Path
from typing import Final

_ESCAPED: Final = str.maketrans({sign: f"%{ord(sign):02X}" for sign in ' "%#<>[]^`{}'})
"""What may not stand in a link; Chinese may, and Excel wants it as it is."""


def relative_link(path: Path, home: Path) -> str:
    """The way from the folder *home* to a file, as a link writes it."""
    try:
        found = os.path.relpath(path, home)
    except ValueError:  # on another drive
        found = str(path.absolute())
    return found.replace(os.sep, "/").translate(_ESCAPED)


def link_to_cell(way: str, sheet: str, cell: str) -> str:
    """The link to *cell*, or to the first one of a range, of *sheet* in the file at *way*."""
    first, quoted = cell.partition(":")[0], sheet.replace("'", "''")
    return f"external:{way}#'{quoted}'!{first}"

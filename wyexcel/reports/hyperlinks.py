"""Links from a sheet that we write to a cell of somebody's workbook."""

import os
from pathlib import Path
from typing import Final

_ESCAPED: Final = str.maketrans({sign: f"%{ord(sign):02X}" for sign in ' "%#<>[]^`{}'})
"""Signs that a link must escape; Chinese must not be, for Excel."""


def relative_link(path: Path, folder: Path) -> str:
    """The path of a file from *folder*, absolute on another drive, as a link writes it."""
    try:
        target = os.path.relpath(path, folder)
    except ValueError:  # on another drive
        target = str(path.absolute())
    return target.replace(os.sep, "/").translate(_ESCAPED)


def link_to_cell(file_link: str, sheet: str, cell: str) -> str:
    """The link to *cell*, or to the first one of a range, of *sheet* in the file of *file_link*."""
    first, quoted = cell.partition(":")[0], sheet.replace("'", "''")
    return f"external:{file_link}#'{quoted}'!{first}"

"""Links from a sheet that we write to a cell of somebody's workbook."""

import os
from pathlib import Path
from typing import Final

_ESCAPED: Final = str.maketrans(
    {sign: f"%{ord(sign):02X}" for sign in (*map(chr, range(32)), *' "%#<>[]^`{}\x7f')}
    | {chr(0xDC00 + byte): f"%{byte:02X}" for byte in range(0x80, 0x100)}
)
"""Signs that a link must escape, bytes of a name in no known encoding too; Chinese must not be, for
Excel."""
_LONGEST: Final = 1_900
"""Excel takes links of up to 2,079 characters, the place inside the file included."""


def relative_link(path: Path, folder: Path) -> str:
    """The path of a file from *folder*, absolute on another drive, as a link writes it.

    "" where it is too long for a link.
    """
    try:
        target = os.path.relpath(path, folder)
    except ValueError:  # on another drive
        target = str(path.absolute())
    link = target.replace(os.sep, "/").translate(_ESCAPED)
    return link if len(link) <= _LONGEST else ""


def link_to_file(file_link: str) -> str:
    """The link to the file of *file_link* itself."""
    return f"external:{file_link}"


def link_to_cell(file_link: str, sheet: str, cell: str) -> str:
    """The link to *cell*, or to the first one of a range, of *sheet* in the file of *file_link*."""
    first, quoted = cell.partition(":")[0], sheet.replace("'", "''")
    return f"external:{file_link}#'{quoted}'!{first}"

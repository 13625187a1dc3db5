"""What LibreOffice 7.4 loses of a workbook's buttons when it saves one, written again.

It calls every button `shape_0`, leaves its words without a font, and names its macro by module;
then it finds none of the three again. The sheet still says their numbers: 1001 and on, in order.
"""

import io
import re
from itertools import count
from typing import Final

_DRAWING: Final = re.compile(r"xl/drawings/vmlDrawing\d+\.vml")
_LOST: Final = re.compile(rb'(<v:shape )id="shape_0"')
_BARE: Final = re.compile(rb"<div>([^<]*)</div>")
_DRESSED: Final = (
    rb'<div style="text-align:center">'
    rb'<font face="Calibri" size="220" color="#000000">\1</font></div>'
)
_MACRO: Final = re.compile(rb"(<x:FmlaMacro>)\w+\.(\w+)(</x:FmlaMacro>)")
_BUTTON: Final = b'ObjectType="Button"'
_FIRST: Final = 1001
_FAST: Final = 1


def lost(workbook: bytes) -> bool:
    """Whether *workbook* was saved so that its buttons are not found again."""
    return mended(workbook) != workbook


def mended(workbook: bytes) -> bytes:
    """*workbook* with its buttons numbered again; the very same where none was lost."""
    import zipfile  # noqa: PLC0415 - few files are looked at

    with zipfile.ZipFile(io.BytesIO(workbook)) as old:
        parts = {entry: old.read(entry) for entry in old.infolist()}
    numbered = {entry: _numbered(entry.filename, data) for entry, data in parts.items()}
    if numbered == parts:
        return workbook
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for entry, data in numbered.items():
            new.writestr(entry, data, zipfile.ZIP_DEFLATED, compresslevel=_FAST)
    return content.getvalue()


def _numbered(name: str, data: bytes) -> bytes:
    if not _DRAWING.fullmatch(name) or _BUTTON not in data or not _LOST.search(data):
        return data
    number = count(_FIRST)
    data = _MACRO.sub(rb"\1[0]!\2\3", _BARE.sub(_DRESSED, data))
    return _LOST.sub(lambda shape: b'%bid="_x0000_s%d"' % (shape[1], next(number)), data)

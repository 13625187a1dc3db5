"""A workbook in the binary format .xlsb, which no program on this machine can save."""

import struct
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_PERCENT = 1
"""The cell style that shows percentages: 0 % is the number format 9."""


def write(
    path: Path, sheets: Mapping[str, Mapping[tuple[int, int], Any]], percent: Iterable[Any] = ()
) -> Path:
    """*sheets* at *path*: values by row and column from 0; the last two sheets are very hidden.

    The cells in *percent*, by sheet, row and column, show percentages; an error is a bytes value.
    """
    bundle, relations = b"", ""
    with zipfile.ZipFile(path, "w") as made:
        for number, (name, cells) in enumerate(sheets.items(), 1):
            state = 2 if number > len(sheets) - 2 else 0
            bundle += _record(
                156, struct.pack("<II", state, number) + _text(f"r{number}") + _text(name)
            )
            relations += (
                f'<Relationship Id="r{number}" Type="{_KIND}/worksheet" '
                f'Target="worksheets/sheet{number}.bin"/>'
            )
            shown = {(row, column) for sheet, row, column in percent if sheet == name}
            made.writestr(f"xl/worksheets/sheet{number}.bin", _sheet(cells, shown))
        book = _record(131) + _record(143) + bundle + _record(144) + _record(132)
        made.writestr("xl/workbook.bin", book)
        made.writestr("xl/styles.bin", _styles())
        made.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>',
        )
        made.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
            f'Type="{_KIND}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        )
        made.writestr("[Content_Types].xml", "<Types/>")
    return path


def _record(kind: int, body: bytes = b"") -> bytes:
    return _varying(kind) + _varying(len(body)) + body


def _varying(number: int) -> bytes:
    made = b""
    while number >= 0x80:
        made += bytes([number & 0x7F | 0x80])
        number >>= 7
    return made + bytes([number])


def _text(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return struct.pack("<I", len(raw) // 2) + raw


def _styles() -> bytes:
    plain, percent = (_record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, 9))
    return _record(278) + _record(617, struct.pack("<I", 2)) + plain + percent + _record(618)


def _sheet(cells: Mapping[tuple[int, int], Any], percent: set[tuple[int, int]]) -> bytes:
    rows = sorted({row for row, _ in cells})
    body = b""
    for row in rows:
        body += _record(0, struct.pack("<IIHB", row, 0, 300, 0) + bytes(6))
        for column in sorted(column for there, column in cells if there == row):
            style = _PERCENT if (row, column) in percent else 0
            body += _cell(cells[row, column], struct.pack("<II", column, style))
    corner = (rows[0], rows[-1], 0, max(column for _, column in cells))
    start = _record(129) + _record(148, struct.pack("<4I", *corner)) + _record(145)
    return start + body + _record(146) + _record(130)


def _cell(value: Any, place: bytes) -> bytes:
    if isinstance(value, bytes):
        return _record(3, place + value)
    if isinstance(value, str):
        return _record(6, place + _text(value))
    return _record(5, place + struct.pack("<d", value))

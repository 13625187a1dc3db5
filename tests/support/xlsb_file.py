"""A workbook in the binary format .xlsb, which no program on this machine can save."""

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
PERCENT, SCALED, WHITE = 1, 2, 3
"""The cell styles that show percentages, ten-thousandths, and letters as white as their ground."""

_WHITE_COLOUR = struct.pack("<BBh4B", 2 << 1 | 1, 0, 0, 255, 255, 255, 255)


def write(
    path: Path,
    sheets: Mapping[str, Mapping[tuple[int, int], Any]],
    styles: Mapping[Any, int] = MappingProxyType({}),
) -> Path:
    """*sheets* at *path*: values by row and column from 0; the last two sheets are very hidden.

    The cells in *styles*, by sheet, row and column, have that style; an error is a bytes value.
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
            shown = {place[1:]: style for place, style in styles.items() if place[0] == name}
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
    formats = _record(615, struct.pack("<I", 1))
    formats += _record(44, struct.pack("<H", 164) + _text("0!.0000")) + _record(616)
    fonts = b"".join(_record(43, bytes(12) + colour) for colour in (bytes(8), _WHITE_COLOUR))
    fills = _record(45, struct.pack("<I", 0) + bytes(64))
    looks = ((0, 0), (9, 0), (164, 0), (0, 1))
    styles = b"".join(_record(47, struct.pack("<HHH", 0, *look) + bytes(10)) for look in looks)
    return (
        _record(278)
        + formats
        + fonts
        + fills
        + _record(617, struct.pack("<I", 4))
        + styles
        + _record(618)
    )


def _sheet(cells: Mapping[tuple[int, int], Any], styles: Mapping[tuple[int, int], int]) -> bytes:
    rows = sorted({row for row, _ in cells})
    body = b""
    for row in rows:
        body += _record(0, struct.pack("<IIHB", row, 0, 300, 0) + bytes(6))
        for column in sorted(column for there, column in cells if there == row):
            style = styles.get((row, column), 0)
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
